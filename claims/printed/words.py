# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The words by which one printed number is told from another: stems, times, doses; what is denied."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.concepts import fold
from claims.findings.outcome_sentences import stem
from claims.linking.nearness import nearness
from claims.sentence.two_groups import CONTROLS

__all__ = ["CONTROL", "Words", "near_in_meaning", "nearest", "words_of"]

_LETTERS = 6
Words = dict[str, str]  # each stem with the word that it comes from

_TOKEN = re.compile(r"[^\W\d_]+(?:['’]s\b)?")
# Of how a number is told, and of whom all numbers of a study are: these tell no two of them apart
_SILENT = frozenset(
    stem(fold(word))
    for word in """
    the an of and in on at to for with by from as or than that this these those it its they their them there
    then which who whom whose when while whereas where was were is are be been being had has have having did
    do does done not no nor but if so such also both each all any some other others another one ones same own
    about around roughly nearly almost approximately approx only just over under above below up down out off
    more less most least higher lower greater fewer larger smaller highest lowest better worse much many few
    increase increased increases decrease decreased decreases reduce reduced reduces reduction rise rose risen
    fall fell fallen went gone came come put got get gave given take took taken turned made make show showed shown
    found find report reported observed seen saw see noted said says told tells run ran stood stand
    compared comparison compare versus vs against relative respectively significantly significant overall total
    patient patients people person persons participant participants subject subjects individual individuals
    group groups arm arms case cases number numbers rate rates percent percentage per cent proportion share
    mean median average value values score scores level levels range ratio ratios odds hazard
    study studies trial trials author authors team paper result results finding findings
    year years month months week weeks day days hour hours minute minutes time times
    first second third half quarter two three four five six seven eight nine ten hundred thousand
    between among within without during after before into through we our us he she his her you your
    could can may might will would should must what how way well even still too very quite rather
    use used uses using user users confidence interval intervals ci sd se sem iqr adjusted et al like likely get
    """.split()  # noqa: SIM905
)
_DENIED = re.compile(
    r"\b(?:no|not|without|never|non|lack of|free (?:of|from))[\s-](?:(?:any|a|an|the|other|having|had|been)\s)?"
    r"(?P<word>[^\W\d_]{4,})|\b(?:un|non)(?P<whole>vaccinated|treated|screened|exposed|infected|immunised|"
    r"immunized|smokers?|users?|surveillance)\b",
    re.IGNORECASE,
)
_LISTED_TIMES = re.compile(
    r"\b(\d{1,3})(?=(?:-|\s)?,?\s(?:and|or|to|,)?\s?(?:\d{1,3}-?,?\s(?:and|or)\s)?\d{1,3}[\s-]"
    r"(?P<unit>days?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?P<unit>day|week|month|year)\s(?P<number>\d{1,3})\b", re.IGNORECASE)
_DOSED = re.compile(
    r"\b(?P<level>low|lower|lowest|small|smaller|weaker|high|higher|highest|large|larger|stronger)[\s-]"
    r"(?:of the (?:two|three)\s)?(?:dos(?:e|es|age)|strength)\b",
    re.IGNORECASE,
)
_LOW = frozenset({"low", "lower", "lowest", "small", "smaller", "weaker"})


CONTROL = "∘control"


@lru_cache(maxsize=4096)
def _of(text: str) -> tuple[tuple[str, str], ...]:
    found: Words = {}
    for match in _DENIED.finditer(text):
        word = match["word"] or match["whole"]
        found["¬" + _stem(word)] = match[0]
    plain = _DENIED.sub(" ", text)
    for token in _TOKEN.findall(plain):
        if stem(fold(token)) not in _SILENT and len(token) > 1:
            found.setdefault(_stem(token), token.lower())
    control = CONTROLS.search(text)
    if control is not None:
        found[CONTROL] = control[0]
    for one in quantities.find(text):
        if one.role == "year":
            found.update({f"@{year}": one.text for year in (one.value, one.high) if year is not None})
        if one.unit is None:
            continue
        length = quantities.convert(one.high or one.value, one.unit, "day")
        if length is not None and one.unit in ("day", "week", "month", "year", "night"):
            found[f"@{round(length)} d"] = one.text
        elif one.role == "dose" and "/" not in one.unit:
            found[f"#{one.value.normalize():f} {one.unit}"] = one.text
    for match in _LISTED_TIMES.finditer(text):
        found[_time(match[1], match["unit"])] = f"{match[1]} {match['unit']}"
    for match in _AT.finditer(text):
        found[_time(match["number"], match["unit"])] = match[0]
    for match in _DOSED.finditer(text):
        found["#low" if match["level"].lower() in _LOW else "#high"] = match[0]
    return tuple(found.items())


def _stem(word: str) -> str:
    """The beginning of a word: "perforated" and "perforation" are one, "fastest" and "fast"."""
    folded = fold(word)
    return stem(_COMPARED.sub(lambda match: match[1] or match[2], folded))[:_LETTERS]


_COMPARED = re.compile(
    r"^(fast|slow|young|old|long|short|strong|weak|deep|thick|thin|warm|cold|light|tall|small|great|quick)(?:er|est)$"
    r"|^(larg|wid|lat|saf|simpl)(?:e|er|est)$"
)


def _time(number: str, unit: str) -> str:
    days = quantities.convert(Decimal(number), unit.lower().rstrip("s"), "day")
    return f"@{round(days or 0)} d"


def words_of(*texts: str) -> Words:
    """What a run of text is about: stems (``¬`` before what is denied), ``@`` times in days, ``#`` doses,
    ``∘control`` where a comparison group is named.

    >>> sorted(words_of("in patients with no complications at 37 weeks"))
    ['@259 d', '¬compli']
    """
    found: Words = {}
    for text in texts:
        found.update(_of(text))
    return found


_NEAR = 0.5


def nearest(one: str, others: Words) -> float:
    """How near a word is in meaning to the nearest of others; 0 where it may not stand for it. Times and doses
    are near to nothing."""
    if not one.isalpha():
        return 0.0
    found = max((nearness(one, other) for stem, other in others.items() if stem[0] not in "@#¬∘"), default=0)
    return found if found >= _NEAR else 0.0


def near_in_meaning(one: str, others: Words) -> bool:
    """Whether a word is near in meaning to one of others, so that it may stand for it."""
    return nearest(one, others) > 0
