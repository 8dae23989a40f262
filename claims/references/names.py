"""Personal and corporate names as references print them."""

from __future__ import annotations

import re
import unicodedata

from claims.model import Author

_UPPER = r"[^\W\d_a-zà-öø-ÿ]"
_WORD = rf"(?:{_UPPER}[\w'’`´‐-]*|[dDlLoO]['’]{_UPPER}[\w'’-]*)"
_PARTICLES = (
    r"(?:(?:van|von|vom|zu|zum|zur|de|der|den|dem|del|della|di|da|das|dos|du|la|las|le|el|al|af|av|bin|ben|ibn"
    r"|ter|ten|te|'t|St\.|Van|Von|De|Der|Den|Del|Di|Da|Dos|La|Le|El|Al)[\s-]+){0,3}"
)
_FAMILY = rf"{_PARTICLES}{_WORD}(?:[\s-]+{_WORD}){{0,2}}"
_INITIAL = rf"{_UPPER}{{1,4}}(?:\.|\b)"
_INITIALS = rf"(?:{_UPPER}\.?[\s-]?){{1,5}}(?:\.)?"
_SUFFIX = r"(?:,?\s*(?:Jr|Sr|II|III|IV)\.?)?"
_SEPARATOR = re.compile(
    r"\s*(?:[,;]\s*(?:&|and\b|et\b|und\b|y\b)?|&|\band\b|\bund\b|\bet\b(?!\s+al))\s*(?:\.{3}\s*|…\s*)?",
    re.IGNORECASE,
)
_FAMILY_FIRST = re.compile(
    rf"(?P<family>{_FAMILY}),?\s+(?P<initials>(?:{_UPPER}\.?[\s-]?){{1,5}}(?<![\s])){_SUFFIX}(?=[\s,;.:&(]|$)"
)
_INITIALS_FIRST = re.compile(
    rf"(?P<initials>(?:{_UPPER}[a-z]?\.[\s-]*){{1,4}})(?P<family>{_FAMILY}){_SUFFIX}(?=[\s,;.:&(]|$)"
)
_GIVEN_LAST = re.compile(
    rf"(?P<family>{_FAMILY}),\s+(?P<given>{_WORD}(?:[\s-]+(?:{_WORD}\.?|{_UPPER}\.)){{0,2}})(?=[,;.&(]|\s+(?:and|&)|$)"
)
_GIVEN_FIRST = re.compile(
    rf"(?P<given>{_WORD}(?:\s+{_UPPER}\.?)*)\s+(?P<family>{_PARTICLES}{_WORD})(?=[,;.&(:]|\s+(?:and|&|et)\b|$)"
)
_ET_AL = re.compile(
    r"[\s,;]*(?:\bet\s+al\b\.?|\band\s+(?:others|colleagues)\b|\bи др\.)[\s,.:]*", re.IGNORECASE
)
_EDITORS = re.compile(r"[\s,]*\(?\b[Ee]ds?(?:itors?)?\b\.?\)?[.,:]?\s*")


def author_run(text: str) -> int:
    """Where the authors at the beginning of a reference end (0 when it begins with something else)."""
    position = 0
    family_first: bool | None = None
    count = 0
    while count < 400:
        patterns = (_FAMILY_FIRST, _INITIALS_FIRST, _GIVEN_LAST)
        match = next((found for pattern in patterns if (found := pattern.match(text, position))), None)
        if match is None and count and text[position : position + 1].isalpha():
            match = _GIVEN_FIRST.match(text, position)
        if match is None:
            break
        family_first = family_first if family_first is not None else match.re is not _INITIALS_FIRST
        position = match.end()
        count += 1
        more = _ET_AL.match(text, position)
        if more:
            return more.end()
        separator = _SEPARATOR.match(text, position)
        if separator is None:
            break
        position_after = separator.end()
        if not any(
            pattern.match(text, position_after)
            for pattern in (_FAMILY_FIRST, _INITIALS_FIRST, _GIVEN_LAST, _GIVEN_FIRST)
        ):
            more = _ET_AL.match(text, position)
            position = more.end() if more else position
            break
        position = position_after
    if count == 0:
        return _corporate_run(text)
    editors = _EDITORS.match(text, position)
    return editors.end() if editors else position


def _corporate_run(text: str) -> int:
    """A corporate author: what stands before "(2020)" or before the first full stop and a capital."""
    match = re.match(r"(?P<name>[^().]{2,120}?)[.,]?\s*(?=\(\s*(?:1[5-9]|20)\d\d)", text)
    if match:
        return match.end()
    match = re.match(r"(?P<name>[^\W\d_a-z][^.()]{2,90})\.\s+(?=[^\W\d_a-z])", text)
    if match and len(match["name"].split()) <= 10 and _corporate(match["name"]):
        return match.end("name")
    return 0


def _corporate(name: str) -> bool:
    return (
        re.search(
            r"\b(?:organi[sz]ation|institutes?|society|association|college|academy|department|ministry|cent(?:er|re)s?|foundation|council"
            r"|committee|agency|services?|NHS|WHO|CDC|NIH|NICE|FDA|EFSA|USDA|consortium|collaborat\w+|group|university|federation|network)\b",
            name,
            re.IGNORECASE,
        )
        is not None
    )


def read_authors(text: str) -> tuple[tuple[Author, ...], bool]:
    """The names of an author string, and whether it ends with "et al."."""
    et_al = _ET_AL.search(text) is not None
    body = _EDITORS.sub("", _ET_AL.sub("", text)).strip(" .,;:")
    if not body:
        return (), et_al
    authors = []
    position = 0
    text = body + " "
    while position < len(text):
        match = next(
            (
                found
                for pattern in (_FAMILY_FIRST, _INITIALS_FIRST, _GIVEN_LAST, _GIVEN_FIRST)
                if (found := pattern.match(text, position))
            ),
            None,
        )
        if match is None:
            break
        groups = match.groupdict()
        given = groups.get("initials") or groups.get("given") or ""
        authors.append(Author(match["family"].strip(), initials_of(given)))
        separator = _SEPARATOR.match(text, match.end())
        if separator is None or separator.end() == match.end():
            break
        position = separator.end()
    if not authors:
        return (Author(body),), et_al
    return tuple(authors), et_al


def initials_of(given: str) -> str:
    """The initials of given names: "Mary-Jane H." and "MJH" are both MJH."""
    letters = []
    for word in re.split(r"[\s.\-‐]+", given.strip()):
        if not word:
            continue
        letters.append(word if word.isupper() and len(word) <= 4 else word[0].upper())
    return "".join(letters)


def recorded_author(name: str) -> Author:
    """A recorded name ("Pocovi NC", "van Dongen, J. M.", "Natasha C Pocovi") as family and initials."""
    name = " ".join(name.split())
    if "," in name:
        family, _, given = name.partition(",")
        return Author(family.strip(), initials_of(given))
    words = name.split(" ")
    if len(words) > 1 and re.fullmatch(rf"{_UPPER}{{1,4}}(?:-{_UPPER})?", words[-1].replace(".", "")):
        return Author(" ".join(words[:-1]), initials_of(words[-1]))
    if len(words) > 1 and not _corporate(name):
        cut = len(words) - 1
        while cut > 1 and words[cut - 1].lower() in _LOWER_PARTICLES:
            cut -= 1
        return Author(" ".join(words[cut:]), initials_of(" ".join(words[:cut])))
    return Author(name)


_LOWER_PARTICLES = frozenset(
    """
    van von vom zu de der den dem del della di da das dos du la las le el al af av bin ben ibn ter ten
    te
    """.split()  # noqa: SIM905
)
_FOLD = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)


def fold(name: str) -> str:
    """A name for comparing: no case, marks, hyphens, apostrophes or spaces; particles kept."""
    lowered = name.lower().translate(_FOLD)
    plain = unicodedata.normalize("NFKD", lowered)
    return "".join(character for character in plain if character.isalnum())


def same_family(one: str, other: str) -> bool:
    """Whether two family names agree: marks, transliteration, particles and double names allowed for."""
    first, second = fold(one), fold(other)
    if not first or not second:
        return False
    if first == second or _transliterated(one) == _transliterated(other):
        return True
    bare_first, bare_second = fold(without_particles(one)), fold(without_particles(other))
    if bare_first == bare_second and len(bare_first) > 2:
        return True
    parts_first, parts_second = _parts(one), _parts(other)
    shorter, longer = sorted((parts_first, parts_second), key=len)
    # A double name printed by one half: "Garcia" for "García-López".
    return bool(
        len(longer) > len(shorter) == 1 and shorter[0] in (longer[0], longer[-1]) and len(shorter[0]) > 3
    )


def without_particles(name: str) -> str:
    """A family name without its leading particles: "van Dongen" is Dongen."""
    words = name.split()
    while len(words) > 1 and words[0].lower().strip("'’") in _LOWER_PARTICLES:
        words = words[1:]
    return " ".join(words)


def _parts(name: str) -> list[str]:
    return [fold(part) for part in re.split(r"[\s\-‐–]+", without_particles(name)) if fold(part)]


def _transliterated(name: str) -> str:
    lowered = name.lower()
    for mark, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("ñ", "n")):
        lowered = lowered.replace(mark, letters)
    return fold(lowered)
