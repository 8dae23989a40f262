# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Kinds of which nobody, and nothing, is two at once, from ``data/groups.toml``: told, and had by a source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from claims.alternatives import lowered, one_of
from claims.concepts import fold
from claims.findings.outcome_sentences import stem
from claims.model.kinds import Kind, Listed
from claims.study.designs import OF_OTHERS

__all__ = ["EXCLUDED", "denied", "held", "kinds_told", "other_kind", "stems", "told_as"]


@dataclass(frozen=True, slots=True)
class _Family:
    """Kinds of which nobody is two. ``of``, ``told`` and ``unless`` as in the table; ``apart``: by kind, those it excludes."""

    of: str
    told: str
    kinds: tuple[re.Pattern[str], ...]
    apart: tuple[tuple[int, ...], ...]
    unless: re.Pattern[str] | None


@cache
def _families() -> tuple[_Family, ...]:
    found = []
    for one in _table():
        kinds, beside = one["kinds"], [set(pair) for pair in one.get("beside", ())]
        everyone = range(len(kinds))
        apart = tuple(
            tuple(other for other in everyone if other != kind and {kind, other} not in beside)
            for kind in everyone
        )
        unless = re.compile(rf"\b(?:{one['unless']})\b") if "unless" in one else None
        found.append(
            _Family(
                one.get("of", ""),
                one.get("told", "group"),
                tuple(re.compile(rf"\b(?:{kind})\b") for kind in kinds),
                apart,
                unless,
            )
        )
    return tuple(found)


def _table() -> list[dict[str, Any]]:
    read = tomllib.loads(resources.files("claims.data").joinpath("groups.toml").read_text("utf-8"))
    families: list[dict[str, Any]] = read["family"]
    for one in families:
        one["kinds"] = [_with_hyphens(kind) for kind in one["kinds"]]
    return families


def _with_hyphens(kind: str) -> str:
    """A pattern whose words may be joined by hyphens: "second-trimester"."""
    return _SPACE.sub(lambda match: "[- ]" if match[0] == " " else match[0], kind)


_SPACE = re.compile(r"\[[^\]]+\]| ")


@cache
def _any_kind() -> re.Pattern[str]:
    return one_of((kind for family in _table() for kind in family["kinds"]), after=r"\b")


_NOT = r"not|no|non|never|neither|nor|without|rather than|instead of|unlike|or|and|between|false|true|test|nobody|none"
_DENIED = re.compile(
    rf"\b(?:{_NOT}|than|compared with|versus|against)[\s-](?:[\w-]+\s){{0,2}}$", re.IGNORECASE
)
_NOT_TOLD = re.compile(rf"\b(?:{_NOT})[\s-](?:[\w-]+\s){{0,2}}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SILENT = frozenset(
    stem(word)
    for word in """
    with were that this they them from have been people patients participants women children adults study trial group
    groups those after before first first-ever second among which while when than into only over more most
    """.split()  # noqa: SIM905
)
_BEHIND = 30


# said of each of two kinds
_BOTH = re.compile(r"\balike\b|\bas well as\b|\b(?:both|equally)\b")


def denied(text: str, end: int) -> bool:
    """Whether the words before ``end`` deny, or only compare with, what stands there."""
    return _DENIED.search(text, 0, end) is not None


def told_as(kind: Kind) -> str:
    """What a kind is a kind of: group (of people or cases), moment or route."""
    return _families()[kind.family].told if isinstance(kind, Listed) else "group"


def kinds_told(text: str) -> Iterator[tuple[Listed, int, int]]:
    """The kinds that a sentence tells of, each with where; one of a family, and none beside its opposite."""
    low = lowered(text)
    places = [match.start() for match in _any_kind().finditer(low)]
    for index, family in enumerate(_families()) if places else ():
        if family.unless is not None and family.unless.search(low):
            continue
        told: dict[int, re.Match[str]] = {}
        for kind, pattern in enumerate(family.kinds):
            match = next((found for at in places if (found := pattern.match(low, at))), None)
            if match is not None:
                told[kind] = match
        both = _BOTH.search(low) is not None
        for kind, match in told.items():
            beside = set(family.apart[kind]) & set(told)
            if (beside and not both) or _NOT_TOLD.search(text if not beside else "", 0, match.start()):
                continue
            yield Listed(index, kind), match.start(), match.start() + len(match[0].rstrip(" -"))
            if not both:
                break


def held(
    same: list[tuple[re.Match[str], str]], others: list[tuple[re.Match[str], str]]
) -> tuple[bool, str, str] | None:
    """Whether a source has a kind, with its words and line: yes, only others, or None where it has both or none."""
    if same:
        return None if others else (True, *_words(*same[0]))
    return (False, *_words(*others[0])) if others else None


def _words(match: re.Match[str], line: str) -> tuple[str, str]:
    return line[match.start() : match.end()].strip(), line


def other_kind(
    kind: Listed, text: str, start: int, end: int, lines: Sequence[str]
) -> tuple[bool, str, str] | None:
    """Whether a source has the ``kind`` told of at ``start`` (True), or only one that excludes it."""
    return _other_kind(_families()[kind.family], kind.number, text, start, end, lines)


@lru_cache(maxsize=256)
def _own(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    """The lines of a source that tell of its own study, each in lower case and as it is."""
    return [(lowered(line), line) for line in lines if not OF_OTHERS.search(line)]


def _other_kind(
    family: _Family, kind: int, text: str, start: int, end: int, lines: Sequence[str]
) -> tuple[bool, str, str] | None:
    lower = _own(tuple(lines))
    if family.unless is not None and any(family.unless.search(low) for low, _ in lower):
        return None
    same = [
        (match, line)
        for low, line in lower
        for match in family.kinds[kind].finditer(low)
        if not _NEGATED.search(low, 0, match.start()) and not _within(match, family, kind, low)
    ]
    # a kind that may go with it leaves it open
    beside = set(range(len(family.kinds))) - {kind, *family.apart[kind]}
    if not same and any(family.kinds[other].search(low) for other in beside for low, _ in lower):
        return None
    others = [
        (match, line)
        for low, line in lower
        for other in family.apart[kind]
        for match in family.kinds[other].finditer(low)
        if not EXCLUDED.search(line)
    ]
    if same or any(_a_share(match, line) for match, line in others):
        return None if family.of in ("people", "next") else held(same, others)
    if family.of == "next":
        behind = _next(text, end)
        others = [(match, line) for match, line in others if _like(behind, _next(line, match.end()))]
    return held([], others)


_SHARE_BEFORE = re.compile(r"\d\s?%\)?\s(?:\w+\s){0,2}$|\bpercent(?:age)? of\s$", re.IGNORECASE)
_SHARE_BEHIND = re.compile(r"\s?(?:\(|,\s|:\s)\d")


def _a_share(match: re.Match[str], line: str) -> bool:
    """Whether so many of them were of a kind, so others were of another: "61 % women"."""
    return _SHARE_BEFORE.search(line, 0, match.start()) is not None or (
        _SHARE_BEHIND.match(line, match.end()) is not None
    )


_NEGATED = re.compile(r"\b(?:not|no|never|without|non)[\s-](?:[\w-]+\s){0,2}$")


def _within(match: re.Match[str], family: _Family, kind: int, low: str) -> bool:
    """Whether the words are a part of those of a kind that excludes this one: "no evidence of symptomatic"."""
    return any(
        other.start() < match.start() and match.end() <= other.end()
        for one in family.apart[kind]
        for other in family.kinds[one].finditer(low)
    )


def _like(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(one.startswith(other) or other.startswith(one) for one in some for other in others)


EXCLUDED = re.compile(r"\bexclu\w+|\bnot (?:eligible|included)\b", re.IGNORECASE)


def _next(text: str, end: int) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{3,}", re.split(r"[.;:,(]", text[end : end + _BEHIND])[0])
    return frozenset(stem(fold(word)) for word in words[:2]) - _SILENT


def stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about, without those of people and studies."""
    return frozenset(stem(fold(word)) for word in _WORD.findall(text)) - _SILENT
