"""Personal and corporate names as references print them."""

from __future__ import annotations

import re
import unicodedata

from claims.model import Author
from graph.bibliography.names import corporate as corporate

_UPPER = "[A-ZÀ-ÖØ-ÞĀ-ɏΑ-ΩА-ЯЁ]"
_PARTICLES = frozenset(
    """
    van von vom t zu zum zur de der den dem del della di da das dos du la las le el al af av bin ben ibn ter
    ten te
    """.split()  # noqa: SIM905
)
_BEGINNINGS = ("st", "saint", "mc", "mac")  # of family names in two words
# "M. H.", "MH", "M.-H.", "Ch.": initials alone. Written without stops they are at most four capitals.
_INITIALS = re.compile(rf"(?:{_UPPER}[a-z]?\.[\s-]*){{1,5}}|(?:{_UPPER}[\s-]?){{1,4}}\.?")
_PARTICLE_BEHIND = re.compile(
    rf"(?P<initials>(?:{_UPPER}[a-z]?\.[\s-]*){{1,5}})\s(?P<particle>(?:(?:van|von|de|der|den|del|la|du|da|das|dos|ten|ter|zu)\s?){{1,3}})\.?"
)
# "Vries H de": particles behind initials without stops, as some databases write them.
_PARTICLE_LAST = re.compile(
    rf"(?P<family>{_UPPER}[\w'’-]+)\s(?P<initials>{_UPPER}{{1,4}})\s"
    rf"(?P<particle>(?:(?:van|von|de|der|den|del|la|du|da|das|dos|ten|ter|zu)\s?){{1,3}})\.?"
)
_LAST_INITIALS = re.compile(
    rf"(?P<family>\S.*?)[\s,]+(?P<initials>(?:{_UPPER}\.[\s-]*){{1,5}}|{_UPPER}{{1,4}}(?:-{_UPPER})?\.?)$"
)
# A family name in capitals as short as initials, with stopped initials after it: "GREY, P.".
_SHORT_FAMILY = re.compile(rf"{_UPPER}{{2,4}}")
_STOPPED = re.compile(rf"(?:{_UPPER}[a-z]?\.[\s-]*){{1,5}}")
# What stands beside a name and is none of it: its number, a year, "(forthcoming)", "[1964]", "*".
_REMARK = re.compile(r"\s*\((?!\w{1,3}\.|\w{1,3}\))[^()\[\]]*[)\]]|\s*\[[^\[\]]*\]|[*†‡§¶#]|(?<!\w)\d+(?!\w)")
_PERSON = re.compile(
    rf"(?:[a-z]{{2,4}}\s){{0,2}}{_UPPER}[\w'’-]*[a-z][\w'’-]*\s{_UPPER}{{1,3}}(?:\s(?:Jr|Sr|II|III))?"
)
# "Goss DL. Moore JH.": stops part the names, and initials end each.
_STOP_BETWEEN = re.compile(rf"(?<=\s{_UPPER}{_UPPER})\.\s+(?={_UPPER}[\w'’-]+\s{_UPPER}{{1,3}}\b)")
_SUFFIX = re.compile(
    r"[\s,]+(?:Jr|Sr|II|III|IV|2nd|3rd|4th)\b\.?|\s+\((?:eds?|editors?)\.?\)|[\s,]+(?:eds?|editors?)\.?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*[,;]?\s*(?:&|\b(?:and|und|en|og|y|e|et)\b(?!\s+al\b))\s*")
_ET_AL = re.compile(
    r"[\s,;]*(?:\bet\s*al\b\.?|\band\s+(?:others|colleagues|coworkers)\b|\b(?:y|e)\s+(?:cols?|otros|outros|colab)\b\.?"
    r"|\bu\.\s?a\.|\bи др\.|等)[\s,.:]*",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"\s*,?\s*(?:\.\s?\.\s?\.|…)\s*,?\s*(?:&\s*)?")
# Bodies of people who signed together; no person's name ends so.
_GROUP = re.compile(
    r"\b(?:group|society|association|foundation|federation|council|agency|alliance|project|initiative|investigators"
    r"|collaborat(?:ors|ion)|consortium|committee|task force|panel|trialists|network|team|clinic staff"
    r"|editorial (?:board|team))\b"
    r"(?:\s\([^()]*\))?\.?$|^the\s",
    re.IGNORECASE,
)
# Bodies whose names have initials or "and" in them, as persons' names do.
_OFFICE = re.compile(
    r"\b(?:school|department|ministry|institutes?|university|cent(?:er|re)s?|college|society|academy|office)"
    r"\s(?:of|for|on)\b",
    re.IGNORECASE,
)


def read_authors(text: str) -> tuple[tuple[Author, ...], bool]:
    """The names of an author string, and whether it ends with "et al.".

    Family first ("Lee AB, Roy C", "Lee, A. B., & Roy, C.", "Lee, Ann, and Carl Roy") or last
    ("A. B. Lee and C. Roy", "Ann Lee, Carl Roy"), whatever stands between the names.
    """
    et_al = cut_short(text)
    body = _SUFFIX.sub("", _ET_AL.sub(" ", text)).strip(" ,;:")
    body = _STOP_BETWEEN.sub(", ", body)
    if not corporate(body):
        body = _REMARK.sub("", body).strip(" ,;:-–—_")
    body = re.sub(rf",?\s*\(((?:{_UPPER}[a-z]?\.?[\s-]?){{1,3}})\)", r", \1", body)  # "Kefi (N.)"
    body = re.sub(r"\s+(?=[.,])", "", _ELLIPSIS.sub(", ", body))
    if not body:
        return (), et_al
    if _OFFICE.search(body) and not re.search("[,;]", body):
        return (Author(body.strip(" .")),), et_al
    if corporate(body) and ";" not in body and not _has_person(body):
        return (Author(body.strip(" .")),), et_al
    if ";" in body:
        parts = [piece for part in body.split(";") for piece in _AND.split(part)]
        authors = [author for part in parts for author in _listed(part)]
    else:
        parts = _AND.split(body)
        authors = [author for part in parts for author in _listed(part, last=len(parts) == 1)]
    return tuple(authors), et_al


def _has_person(body: str) -> bool:
    """Whether a list that names a body names persons too: "WHO Group, Lee AB, Roy C"."""
    if re.search(rf"\b{_UPPER}\.", re.sub(r"^U\.\s?S\.|\be\.\s?V\.", "", body)):
        return True
    return any(_PERSON.fullmatch(piece.strip()) for piece in body.split(",")[1:])


def cut_short(text: str) -> bool:
    """Whether a list of names says that it leaves some out: "et al.", "and others", an ellipsis."""
    return _ET_AL.search(text) is not None or _ELLIPSIS.search(text) is not None


def _listed(text: str, *, last: bool = True) -> list[Author]:
    """The names of a list parted by commas only; ``last``: no name follows it."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip(" .")]
    authors: list[Author] = []
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        following = pieces[position + 1] if position + 1 < len(pieces) else ""
        behind = _PARTICLE_BEHIND.fullmatch(following)
        if behind:  # "Mulder, P. de"
            authors.append(
                Author(f"{behind['particle']} {piece.strip(' .')}", initials_of(behind["initials"]))
            )
            position += 2
        elif following and _INITIALS.fullmatch(following) and not _initials_alone(piece, following):
            authors.append(Author(piece.strip(" ."), initials_of(following)))
            position += 2
        elif following and _inverted(
            piece, following, alone=len(pieces) == 2, first=position == 0, last=last
        ):
            authors.append(Author(piece, initials_of(following)))
            position += 2
        else:
            name = _one(piece)
            if name is not None:
                authors.append(name)
            position += 1
    return authors


def _initials_alone(piece: str, following: str) -> bool:
    if _SHORT_FAMILY.fullmatch(piece) and _STOPPED.fullmatch(following):
        return False
    return _INITIALS.fullmatch(piece) is not None


def _inverted(piece: str, following: str, *, alone: bool, first: bool, last: bool) -> bool:
    """Whether "Lakoff, George" is one person: a family name alone, then given names."""
    words = without_particles(piece).split()
    given = following.split()
    if not first or len(words) > 2 or not given or len(given) > 3 or _LAST_INITIALS.match(piece):
        return False
    if re.match(rf"{_UPPER}\.", piece):
        return False  # "S. Ramanathan, B. D'Angelo"
    if len(words) == 2 and (not alone or (len(given) == 2 and not last)):
        return False  # "Ann Lee, Carl Roe, and Dan Shah"
    if re.search(rf"{_UPPER}\.$", following) and not re.match(rf"{_UPPER}\.", following):
        return True  # "Burton, Robert P."
    return len(given) <= 2 and (alone or len(given) == 1) and all(word[0].isupper() for word in given)


def _one(piece: str) -> Author | None:
    """One name without a comma in it, family first with initials, or last."""
    if _INITIALS.fullmatch(piece):
        return None
    if _GROUP.search(piece):
        return Author(piece.strip(" ."))
    behind = _PARTICLE_LAST.fullmatch(piece)
    if behind:
        return Author(f"{behind['particle'].strip()} {behind['family']}", initials_of(behind["initials"]))
    ends = _LAST_INITIALS.match(piece)
    if ends and not re.match(rf"{_UPPER}\.", piece) and not _given_capitals(ends["initials"], ends["family"]):
        return Author(ends["family"].strip(" ,."), initials_of(ends["initials"]))
    words = piece.strip(" .").split()
    if not words:
        return None
    if len(words) == 1:
        # "J.Smith" and "M.Ya.Azbel": no space after the stops.
        parts = [part for part in words[0].split(".") if part]
        return Author(parts[-1], initials_of(" ".join(parts[:-1])))
    cut = len(words) - 1
    while cut > 1 and _begins_family(words[cut - 1]):
        cut -= 1
    if words[0].lower() in _PARTICLES and cut == len(words) - 1 and not any("." in word for word in words):
        cut = 0
    return Author(" ".join(words[cut:]).strip(" ."), initials_of(" ".join(words[:cut])))


def _begins_family(word: str) -> bool:
    """Whether a word before the last one belongs to the family name: "van", "de", "St.", but no "T."."""
    lowered = word.lower()
    return lowered.strip("'’") in _PARTICLES or lowered.rstrip(".") in _BEGINNINGS


def _given_capitals(last: str, rest: str) -> bool:
    """Whether a name in capitals ends with the family ("J COOK"), and not with an initial ("DUCLERT V")."""
    return (
        last.isalpha() and rest.isupper() and len(last) > 1 and all(len(word) <= 2 for word in rest.split())
    )


def signs_together(name: str) -> bool:
    """Whether a name ends as those of people who sign as one: "SPRINT Research Group"."""
    return any(match.end() == len(name) for match in _GROUP.finditer(name))


def office(name: str) -> bool:
    """Whether a name is that of an office or a school, which publish and are no journals.

    >>> office("U.S. Department of Health"), office("Journal of Physiology")
    (True, False)
    """
    return _OFFICE.search(name) is not None and not re.search(
        r"\b(?:journal|annals|archives|bulletin|proceedings|transactions|review|j|bull|proc)\b",
        name,
        re.IGNORECASE,
    )


def initials_of(given: str) -> str:
    """The initials of given names: "Mary-Jane H." and "MJH" are both MJH."""
    letters = []
    for word in re.split(r"[\s.\-‐]+", given.strip()):
        if not word:
            continue
        letters.append(word if word.isupper() and len(word) <= 4 else word[0].upper())
    return "".join(letters)


def made_of_initials(short: str, letters: str, *, least: int) -> bool:
    """Whether a short name is a body's initials; of ``least`` letters it may lack one, but not the first.

    >>> made_of_initials("nice", "nihce", least=4), made_of_initials("nie", "nihce", least=4)
    (True, False)
    """
    if short == letters:
        return True
    return len(short) >= least and short in (
        letters[:at] + letters[at + 1 :] for at in range(1, len(letters))
    )


def recorded_author(name: str) -> Author:
    """A recorded name ("Pocovi NC", "van Dongen, J. M.", "Natasha C Pocovi") as family and initials."""
    name = " ".join(name.split())
    if "," in name:
        family, _, given = name.partition(",")
        return Author(family.strip(), initials_of(given))
    words = name.split(" ")
    if len(words) > 1 and re.fullmatch(rf"{_UPPER}{{1,4}}(?:-{_UPPER})?", words[-1].replace(".", "")):
        return Author(" ".join(words[:-1]), initials_of(words[-1]))
    if len(words) > 1 and not corporate(name):
        cut = len(words) - 1
        while cut > 1 and words[cut - 1].lower() in _PARTICLES:
            cut -= 1
        return Author(" ".join(words[cut:]), initials_of(" ".join(words[:cut])))
    return Author(name)


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
    while len(words) > 1 and words[0].lower().strip("'’") in _PARTICLES:
        words = words[1:]
    return " ".join(words)


def _parts(name: str) -> list[str]:
    return [fold(part) for part in re.split(r"[\s\-‐–]+", without_particles(name)) if fold(part)]


# Letters with marks as other languages write them: Müller, Mueller; Ščerbakov, Shcherbakov.
_LETTERS = (
    ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe"), ("ñ", "n"),
    ("š", "sh"), ("č", "ch"), ("ž", "zh"),
)  # fmt: skip


def _transliterated(name: str) -> str:
    lowered = name.lower()
    for mark, letters in _LETTERS:
        lowered = lowered.replace(mark, letters)
    return fold(lowered)
