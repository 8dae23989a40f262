"""Journal names: whether two of them, one perhaps abbreviated, name the same journal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STOP = frozenset(
    """
    the of and for in on a an to de la le les des du der die das und fur voor et y e del di
    series ser section sect
    """.split()  # noqa: SIM905
)
# Short names by which journals are known and which no rule of abbreviation gives.
_KNOWN = {
    "nejm": "new england journal of medicine",
    "jama": "jama",
    "journal of the american medical association": "jama",
    "j am med assoc": "jama",
    "bmj": "bmj",
    "british medical journal": "bmj",
    "br med j": "bmj",
    "brit med j": "bmj",
    "pnas": "proceedings of the national academy of sciences",
    "proc natl acad sci u s a": "proceedings of the national academy of sciences",
    "proc natl acad sci usa": "proceedings of the national academy of sciences",
    "proceedings of the national academy of sciences of the united states of america": (
        "proceedings of the national academy of sciences"
    ),
    "ajcn": "american journal of clinical nutrition",
    "bjsm": "british journal of sports medicine",
    "plos one": "plos one",
    "public library of science one": "plos one",
    "cochrane database syst rev": "cochrane database of systematic reviews",
    "cochrane library": "cochrane database of systematic reviews",
    "the cochrane library": "cochrane database of systematic reviews",
    "mmwr": "morbidity and mortality weekly report",
    "lancet london england": "lancet",
    "ann n y acad sci": "annals of the new york academy of sciences",
}
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")


def same_journal(one: str, other: str) -> bool:
    """Whether two printed names are of one journal ("J Clin Med" and "Journal of Clinical Medicine").

    Words are compared as ISO 4 abbreviates them: by their beginning, or with letters left out.
    """
    return _same(one, other)


def journal_key(name: str) -> str:
    """The name in one plain form: lower case, no marks, no article, no place in brackets."""
    return " ".join(_words(name))


@lru_cache(maxsize=65536)
def _same(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if _initials_of(one, second) or _initials_of(other, first):
        return True
    if _aligned(first, second):
        return True
    # A subtitle that one of the two leaves out: "Spine" is not "Spine Journal", but
    # "BMJ Open: ..." and a name with its society after a comma are the same journal.
    short_one, short_other = _words(_main_title(one)), _words(_main_title(other))
    if (short_one, short_other) != (first, second) and short_one and short_other:
        return short_one == short_other or _aligned(short_one, short_other)
    return False


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    text = _PARENTHESIS.sub("", name) or name
    text = unicodedata.normalize("NFKD", text.lower().replace("&", " and "))
    text = "".join(character for character in text if not unicodedata.combining(character))
    plain = " ".join(re.findall(r"[^\W_]+", text))
    plain = re.sub(r"^the ", "", plain)
    plain = _KNOWN.get(plain, plain)
    return tuple(word for word in plain.split() if word not in _STOP) or tuple(plain.split())


def _main_title(name: str) -> str:
    return re.split(r"\s*[:;]\s+|\s+[-–—=/]\s+", name, maxsplit=1)[0]


def _initials_of(short: str, words: tuple[str, ...]) -> bool:
    letters = re.sub(r"[.\s]", "", short)
    return (
        len(letters) >= 4
        and letters.isupper()
        and letters.isalpha()
        and letters.lower() == "".join(word[0] for word in words)
    )


def _aligned(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if len(first) != len(second):
        return False
    several = len(first) > 1
    return all(_abbreviates(one, two, several) for one, two in zip(first, second, strict=True))


def _abbreviates(one: str, two: str, several: bool) -> bool:
    """Whether one word may stand for the other; ``several``: other words of the name must agree too."""
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    if long.startswith(short):
        return len(short) >= 2 or several or short in "jbmn"
    if short[0] != long[0] or len(short) < 3:
        return _spelling(one) == _spelling(two)
    if _spelling(long).startswith(_spelling(short)):
        return True
    # Contractions keep the order of the letters, and mostly the last one: natl, dept, wkly, dtsch.
    if not _in_order(short, long):
        return False
    return (short[-1] == long[-1] and len(long) - len(short) >= 2) or (several and len(short) >= 4)


def _spelling(word: str) -> str:
    return word.replace("ae", "e").replace("oe", "e").replace("our", "or").replace("paed", "ped")


def _in_order(short: str, long: str) -> bool:
    position = 0
    for letter in short:
        position = long.find(letter, position) + 1
        if not position:
            return False
    return True
