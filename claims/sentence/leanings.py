# ruff: noqa: E501 - tables of patterns read better unwrapped
"""The words of a text that each say by themselves more or less, better or worse; no denied ones.

Narrower than ``claims.sentence.change``, which also reads verbs that mostly name what was done ("supports",
"controls"), and wider than ``claims.sentence.going``, which reads amounts alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claims.sentence.change import change_cues
from claims.sentence.differing import NONE, said
from claims.sentence.going import AMOUNTS, told_amounts

__all__ = ["BREAK", "Leaning", "leanings"]

_WORTH = re.compile(
    r"\b(?:(?P<down>worse(?:n\w*)?|worst|inferior|poorer|poorest|deteriorat\w+|aggravat\w*|impair(?:s|ed|ments?)|less (?:effective|efficacious|successful|well))"
    r"|(?P<up>better|best|superior|improv(?:e|es|ed|ing|ements?)|enhanc\w+|more (?:effective|efficacious|successful)|outdid|outperform\w*|surpass\w*|eased?|reliev(?:e|es|ed)|alleviat\w+))\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:(?P<down>less (?:often|likely|common|frequent\w*)|prevent(?:s|ed)?|protect(?:s|ed|ive)?|shorten\w*|sooner|rarer|halv\w+|inversely|negatively|suppress(?:es|ed)?|attenuat\w*|inhibit(?:s|ed)"
    r"|milder|diminish\w*|lessen\w*|minimi[sz]\w+|slow(?:ed|s)|declin\w+|reduc\w+|decreas\w+|cuts?|lighter|halted|impeded)"
    r"|(?P<up>more (?:often|likely|common|frequent\w*)|(?<!months )(?<!weeks )(?<!years )(?<!days )later(?= (?:than|with|in|on|after|when|among)\b)|prolong\w*|lengthen\w*|elevat\w+|positively|doubled|twice"
    r"|increas\w+|rais\w+|exceed\w*|gained|gains|accelerat\w+|heavier|(?:is|are|was|were|be) (?:an? )?(?:\w+ ){0,2}?(?:risk factors?|predictors?)))\b",
    re.IGNORECASE,
)
# "a greater reduction", "increased the fall in pressure": the noun says which way, the word before it how much
_NOUN = re.compile(
    r"reductions?|decreases?|declines?|drops?|falls?|increases?|rises?|improvements?|relief|loss(?:es)?|gains?|deterioration|impairment|worsening",
    re.IGNORECASE,
)
_MUCH = (
    "greater",
    "larger",
    "bigger",
    "more",
    "higher",
    "better",
    "increased",
    "increases",
    "increase",
    "enhanced",
)
_WITHIN, _REACH = 5, 16  # words, letters between the two
#: where another part of a sentence begins
BREAK = re.compile(r"[;:()]|,\s|\s(?:and|but|whereas|while|although|though|which|who|that|yet)\s")
_BOUND = re.compile(
    r"\sthan\s(?:about\s|around\s|an?\s|some\s)?(?:\d|half|third|quarter|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_ABOVE_ALL = re.compile(r"(?!best$)\w+est|most", re.IGNORECASE)
# "fell more", "had dropped more": by how much
_CHANGED = re.compile(
    r"\b(?:(?:declin|decreas|increas|reduc|improv|worsen|eas|lower|rais|dropp|climb|rise|fall|drop)(?:e|ed|en|s|es)?|fell|rose|shed|(?:came|come|went|go) (?:up|down)|grew|shrank|lost|cut|improve|worsen)"
    r"\s(?:far |much |even |significantly )?$",
    re.IGNORECASE,
)


_FALL = re.compile(r"f[ea]ll(?:s|en)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaning:
    """A word that says more (``up``) or less; ``worth``: better or worse. ``loosely``: it may say how much there
    was of something else ("with larger tumours")."""

    start: int
    end: int
    up: bool
    worth: bool
    loosely: bool = False


@lru_cache(maxsize=4096)
def leanings(text: str) -> tuple[Leaning, ...]:
    """The words of a text that say more or less, better or worse, in order.

    >>> [(one.up, one.worth) for one in leanings("Sleep was better, deaths fewer, pain no lower.")]
    [(True, True), (False, False)]
    """
    denied = [(one.start, one.end) for one in said(text) if one.kind == NONE]
    found: list[Leaning] = []
    for one in _every(text):
        overlaps = any(one.start < other.end and other.start < one.end for other in found)
        if not overlaps and not any(low < one.end and one.start < high for low, high in denied):
            found.append(one)
    return tuple(_together(text, sorted(found, key=lambda one: one.start)))


def _every(text: str) -> Iterator[Leaning]:
    told: dict[tuple[int, int], set[bool]] = {}
    for up, low, high in told_amounts(text):
        told.setdefault((low, high), set()).add(up)
    unclear = [high for (_, high), ways in told.items() if len(ways) > 1]  # "lowered the rise"
    for (low, high), ways in told.items():
        if any(0 < low - end <= _REACH for end in unclear) and _NOUN.fullmatch(text, low, high):
            continue
        if len(ways) == 1 and _says(text, low, high):
            yield Leaning(low, high, ways.pop(), False)
    for match in _WORTH.finditer(text):
        yield Leaning(match.start(), match.end(), match["up"] is not None, True)
    amounts = [match.span() for match in AMOUNTS.finditer(text)]
    for match in _MORE.finditer(text):
        inside = any(low <= match.start() < high for low, high in amounts)
        if not inside and _says(text, match.start(), match.end()):
            yield Leaning(match.start(), match.end(), match["up"] is not None, False)
    for low, high in amounts:
        if (low, high) not in told and not _ABOVE_ALL.fullmatch(text, low, high):
            way = AMOUNTS.match(text, low)
            yield Leaning(low, high, way is not None and way["up"] is not None, False, True)
    for cue in change_cues(text):
        if cue.meaning in ("better", "worse"):
            yield Leaning(cue.start, cue.end, cue.meaning == "better", True, True)


def _says(text: str, low: int, high: int) -> bool:
    """Whether a word is no bound of a number, no superlative and no measure of a change beside it."""
    if _BOUND.match(text, high) or _ABOVE_ALL.fullmatch(text, low, high):
        return False
    if _FALL.fullmatch(text, low, high):
        return any(
            one.start <= low < one.end for one in change_cues(text)
        )  # "fell within a year": people did
    by_how_much = text[low:high].lower() in ("more", "less")
    return not (by_how_much and _CHANGED.search(text, max(0, low - 30), low))


def _together(text: str, every: list[Leaning]) -> Iterator[Leaning]:
    """The words, of two that say one thing the noun where the first only says how much of it, else none."""
    at = 0
    while at < len(every):
        one, after = every[at], every[at + 1] if at + 1 < len(every) else None
        at += 1
        if after is None or not _of_noun(text, one, after):
            yield one
            continue
        at += 1
        if text[one.start : one.end].lower() in _MUCH:
            yield after


def _of_noun(text: str, one: Leaning, after: Leaning) -> bool:
    return (
        _NOUN.fullmatch(text, after.start, after.end) is not None
        and _NOUN.fullmatch(text, one.start, one.end) is None
        and BREAK.search(text, one.end, after.start) is None
        and len(text[one.end : after.start].split()) <= _WITHIN
    )
