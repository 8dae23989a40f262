# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Kinds of people and cases that exclude one another: which one a sentence tells of, which one its source had.

The kinds stand in ``data/groups.toml``. Two more are known by form: tumours and such that are positive or
negative for something, and people told as ill of a source that took the healthy only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import assert_never

from claims.model.kinds import Bound, Health, Kind, Listed, Mostly, Share, Signed, Species
from claims.study.bounds import bounds_told, other_bound
from claims.study.kinds import EXCLUDED, denied, held, kinds_told, other_kind, stems
from claims.study.sexes import other_sexes, sexes_told

__all__ = ["groups_told", "opposed", "tells_of_them"]


# people told as ill, of a source that took the healthy only
_ILL_TOLD = re.compile(
    r"\bpatients\b(?=\s(?:with|who had)\b)|\b(?:with|had|have|having|suffer(?:ed|ing) from|living with)\s(?:already\s|been\s)?(?:a history of\s)?(?:an?\s|the\s|sore\s|bad\s|early\s|mild\s|severe\s)?"
    r"(?:[\w'’-]+\s){0,3}?(?:pain|asthma|diabetes|arthritis|disease|disorder|cancer|stroke|migraine|hypertension|depression|epilepsy|dementia"
    r"|injur(?:y|ies)|backs|knees|hips|necks)\b"
    r"|\b(?:living with|a history of|already had)\s(?:[\w'’-]+\s){0,3}[\w'’-]{4,}",
    re.IGNORECASE,
)
_HEALTHY = re.compile(
    r"\b(?:healthy|unimpaired)\s(?:[\w-]+\s){0,3}?(?:volunteers?|participants?|subjects|men|women|adults|students|people"
    r"|individuals|males|females|children)\b",
    re.IGNORECASE,
)
_ANY_ILL = re.compile(
    r"(?<!no )\bpatients\b|\bcases\b|\bcontrols\b|\bdiagnosed\b|\bdisab\w+|\bsufferers\b"
    r"|\b(?:people|persons|subjects|individuals|adults|participants|those|volunteers|men|women|children) (?:with|suffering|who had)\b",
    re.IGNORECASE,
)
# people told as healthy, of a source that took the ill only
_WELL_TOLD = re.compile(
    rf"{_HEALTHY.pattern}|\b(?:were|are|was|being|people|volunteers|participants|adults) (?:all )?in (?:perfect|good|full) health\b"
    r"|\b(?:were|are) (?:all )?(?:perfectly |otherwise )?(?:healthy|fit and well)\b",
    re.IGNORECASE,
)
_MAY_BE_WELL = re.compile(
    r"\b(?:health\w*|normal|controls?|volunteers?|asymptomatic|without|general population|uncomplicated|fit)\b",
    re.IGNORECASE,
)
# a species by its Latin name
_LATIN = re.compile(r"\b(?P<genus>[A-Z][a-z]{3,})\s(?P<species>[a-z]{4,}(?:us|a|um|is|i|ae|ens|ans|e))\b")
_SIGNED = re.compile(r"\b(?P<of>[A-Za-z][\w/]{1,11})[-\s]?(?P<sign>positive|negative)\b", re.IGNORECASE)
# told of all who were studied
_THEM = re.compile(
    r"\b(?:participants?|volunteers?|enrolled|recruited|took part|were studied|cases|all|every\w*|those|they|these|come from|whom|subjects|took|in question|entrants?"
    r"|(?:the|its|their) (?:patients|people|women|men|children|group|sample|cohort|guidance|recommendation))\b"
    r"|\b(?:trial|study|studies|review|survey|research|sample|cohort|studied|followed|tested|tracked|surveyed|randomi[sz]ed|made|done|given|taken|collected|carried out|conducted)\b[^.;:]{0,40}?\b(?:in|of|on|with|among|from|at|covered)\b"
    r"|^\W*(?:in|among|for)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|sixty|\d+)\s(?:[\w-]+\s){0,2}(?:patients|people|men|women|adults|volunteers|students|children|workers|nurses|pupils)\b",
    re.IGNORECASE,
)


def tells_of_them(text: str) -> bool:
    """Whether a sentence speaks of those who were studied: "all had", "the participants were".

    >>> tells_of_them("They had all been operated on."), tells_of_them("Tea raised the pulse.")
    (True, False)
    """
    return _THEM.search(text) is not None


@lru_cache(maxsize=2048)
def groups_told(text: str) -> tuple[tuple[Kind, int, int], ...]:
    """The kinds of people or cases that a sentence tells of and that exclude another, each with where.

    >>> [kind for kind, *_ in groups_told("All of them had HER2-positive tumours.")]
    [Signed(of='her2', positive=True)]
    """
    return tuple(_groups(text))


def _groups(text: str) -> Iterator[tuple[Kind, int, int]]:
    yield from kinds_told(text)
    ill = _ILL_TOLD.search(text)
    if (
        ill is not None
        and not _HEALTHY.search(text)
        and not denied(text, ill.start())
        and tells_of_them(text)
    ):
        yield Health(ill=True), ill.start(), ill.end()
    well = _WELL_TOLD.search(text)
    if well is not None and not denied(text, well.start()) and not _ANY_ILL.search(text):
        yield Health(ill=False), well.start(), well.end()
    yield from bounds_told(text)
    yield from sexes_told(text)
    for match in _LATIN.finditer(text):
        yield Species(match["genus"], match["species"]), match.start(), match.end()
    for match in _SIGNED.finditer(text):
        if not denied(text, match.start()):
            yield Signed(match["of"].lower(), _positive(match)), match.start(), match.end()


def _positive(signed: re.Match[str]) -> bool:
    return signed["sign"].lower() == "positive"


def opposed(
    kind: Kind, text: str, start: int, end: int, lines: Sequence[str]
) -> tuple[bool, str, str] | None:
    """Whether a source has the kind that a sentence tells of (True) or only one that excludes it, told of the same
    thing, with its words and its line; None where neither is plain."""
    match kind:
        case Health(ill=True):
            return _only_healthy(text, start, end, lines)
        case Health():
            return _only_ill(lines)
        case Species():
            return _other_species(kind, lines)
        case Bound():
            return other_bound(kind, lines)
        case Mostly() | Share():
            return other_sexes(kind, lines)
        case Signed():
            return _other_sign(kind, lines)
        case Listed():
            return other_kind(kind, text, start, end, lines)
    assert_never(kind)


# told of how they were when it began
_AT_FIRST = re.compile(
    r"\b(?:already|at the (?:outset|start|beginning)|when (?:it|the \w+|they) (?:began|started|joined)|to begin with"
    r"|from the (?:outset|start)|at baseline|history of|living with|beforehand|on entry|at enrol\w+|had been)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:without|free (?:of|from)|no history of)\s(?P<of>[^.;:,()]{3,60})", re.IGNORECASE)


def _only_healthy(text: str, start: int, end: int, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Where all whom the source took were healthy, or, of how they were at first, free of just this."""
    healthy = next(((match, line) for line in lines if (match := _HEALTHY.search(line))), None)
    if healthy is not None and not any(_ANY_ILL.search(line) for line in lines):
        return False, healthy[0][0], healthy[1]
    told = stems(text[start:end]) if _AT_FIRST.search(text) else frozenset()
    for line in lines:
        for match in _FREE.finditer(line):
            free = stems(match["of"])
            if told and free and len(free & told) * 2 >= len(free) and _TOOK_FREE.search(line):
                return False, match[0].strip(), line
    return None


def _only_ill(lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Where a source tells of the ill and has no word that may be meant for the healthy."""
    if any(_MAY_BE_WELL.search(line) for line in lines):
        return None
    return next(((False, match[0], line) for line in lines if (match := _WITH_ILLNESS.search(line))), None)


_WITH_ILLNESS = re.compile(
    r"\b(?:patients|people|persons|subjects|individuals|adults|participants|volunteers|men|women|children) (?:with|suffering from) [\w-]+",
    re.IGNORECASE,
)


_TOOK_FREE = re.compile(
    r"^people without|\b(?:participants?|adults|people|men|women|persons|volunteers|included|recruited|enrolled|cohort)\b",
    re.IGNORECASE,
)


def _other_species(told: Species, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Where a source has by the initial of a genus ("S. japonicum") only another one of it."""
    if any(re.search(rf"\b{told.species}\b", line) for line in lines):
        return None
    other = re.compile(rf"\b{told.genus[0]}\.\s[a-z]{{4,}}\b")
    return next(((False, match[0], line) for line in lines if (match := other.search(line))), None)


def _other_sign(told: Signed, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    found = [
        (match, line) for line in lines for match in _SIGNED.finditer(line) if match["of"].lower() == told.of
    ]
    same = [pair for pair in found if _positive(pair[0]) == told.positive]
    others = [pair for pair in found if pair not in same and not EXCLUDED.search(pair[1])]
    return held(same, others) if same or others else None
