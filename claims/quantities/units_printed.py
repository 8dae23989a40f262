"""The unit that stands behind a number, and the period over which it is counted."""

from __future__ import annotations

import re

from claims.quantities import patterns
from claims.quantities.units import KINDS, PERIODS, UNITS

__all__ = ["LEFT", "RIGHT", "counted_unit_at", "rate", "unit_at", "with_period"]


LEFT, RIGHT = 64, 96  # how far the context may reach, in characters
_LONE_LETTERS = frozenset({"m", "y", "s"})


def unit_at(text: str, position: int) -> tuple[str | None, int]:
    """The unit at a position, as a pint expression, and where it ends; None and the position without one."""
    match = patterns.UNIT.match(text, position)
    if match is None or match.lastgroup is None:
        return None, position
    unit = UNITS[int(match.lastgroup[1:])][0]
    gap = match["gap"]
    if "-" in gap and gap != "-":
        return None, position
    if match[0][len(gap) :] in _LONE_LETTERS:
        return None, position
    return unit, match.end()


# "seven or more times per week", "10 or more cups a day", "3 sauna bathing sessions per week"
_COUNTED = re.compile(
    r"\s(?:or (?:more|fewer|less)\s)?(?:(?!(?:or|to|and|than|in|of|for|at|on|with|who)\b)[a-z-]+\s){0,2}?"
    r"(?P<what>times|sessions?|cups?|servings?|portions?|glass(?:es)?|drinks?|tablets?)"
    r"(?=\s(?:(?:of\s[a-z]+\s)?(?:per|a|each|every)\s(?:day|week|month)\b|(?:daily|weekly|monthly)\b))"
)


def counted_unit_at(text: str, position: int) -> tuple[str | None, int]:
    """The unit behind "or more", or behind the words that say what is counted, where a period follows."""
    match = _COUNTED.match(text, position)
    if match is None:
        return None, position
    return unit_at(text, match.start("what") - 1)


def with_period(text: str, unit: str | None, end: int) -> tuple[str | None, int, bool]:
    """The unit with what it is counted over: ``min`` → ``min/day``; whether there was a period."""
    if unit is None or unit in ("percent", "percentage_point", "fold"):
        return unit, end, False
    if "/" in unit and unit not in ("g/kg", "mg/kg"):
        return unit, end, False
    adjacent = patterns.ADJACENT_PERIOD.match(text, end)
    if adjacent is not None:
        period = PERIODS[(adjacent["slash"] or adjacent["each"] or adjacent["adverb"]).lower()]
        if period != unit:
            return rate(unit, period), adjacent.end(), True
    if KINDS.get(unit) in ("dose", "short-time"):  # "30 minutes of brisk walking per day"
        later = patterns.OF_PERIOD.match(text, end, min(len(text), end + RIGHT))
        if later is not None:
            return rate(unit, PERIODS[(later["one"] or later["two"]).lower()]), end, True
    return unit, end, False


def rate(unit: str, period: str) -> str:
    """A unit over a period: ``mg`` and ``day`` as ``mg/day``; what is only counted counts sessions."""
    counted = "session" if unit in ("times", "day", "night", "session") else unit
    return f"{counted}/{period}"
