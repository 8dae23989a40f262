"""Estimates with their intervals and p values: whether the three can stand together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal

from claims.statistics.fault import Fault, half, read

__all__ = ["intervals"]

_NUMBER = r"\d{1,4}(?:[.·]\d{1,4})?|[.·]\d{1,4}"
_NAME = (
    r"\b(?:a?HRs?|a?RRs?|a?ORs?|IRR|[Hh]azard ratios?|[Oo]dds ratios?|[Rr]isk ratios?|[Rr]elative risks?"
    r"|[Rr]ate ratios?)\b"
)
_P = r"(?:[\])]?\s?[,;]?\s?[\[(]?\s?[pP]\s?(?P<sign>=|<|>)\s?(?P<p>[01]?[.·]\d{1,6}))?"
_RATIO = re.compile(
    _NAME + r"\)?(?:\s?(?:=|:|,)|\s[A-Za-z ,'’-]{0,40}?\b(?:of|was))?\s?"
    rf"(?P<value>{_NUMBER})(?![\d.·]*\d|\s?%)\s?[,;:]?\s?[\[(]?\s?"
    r"(?:(?P<level>\d\d)\s?%\s?(?:CI|confidence interval)s?\s?[:=,]?\s?[\[(]?\s?|[\[(]\s?)?"
    rf"(?P<low>{_NUMBER})\s?(?:-|–|—|to|,|and)\s?(?P<high>{_NUMBER})(?![\d.·]*\d|\s?%\s?C|\s?%\s?[Cc]onf)"
    + _P
)
_SIGNED = r"[-−–]?\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|[-−–]?(?:\d{1,5}(?:[.·]\d{1,4})?|[.·]\d{1,4})"
# what may stand between an estimate and the word for its interval: a unit, a way, a bracket
_UNIT = r"\s?(?:%|per ?cent\b|percentage points?\b|[a-zA-Zµ²/]{1,12}(?:\s(?:per|a)\s[a-z]{3,6})?(?![\w-]))?"
_WAY = r"(?:\s(?:lower|higher|shorter|longer|fewer|more|less|greater|faster|slower|earlier|later))?"
_LEVEL = r"(?!\d\d\s?(?:%|th|per ?cent)?\s?(?:CI|CrI|[Cc]onf|[Cc]red))"  # no estimate: "95 % CI"
_ANY = re.compile(
    rf"(?<![\w.,·/<>±-]){_LEVEL}(?P<value>{_SIGNED})(?P<unit>{_UNIT}){_WAY}[\s,;:]{{0,2}}(?:[\[(]\s?)?"
    r"(?:(?:with|and)\s(?:an?|its)\s)?(?:(?P<level>\d\d)\s?%\s?)?"
    r"(?:CI|CrI|[Cc]onfidence interval|[Cc]redible interval)\b"
    r"(?:\s?\[CI\]|\s?\(CI\))?\s?(?:\d\d\s?%)?\s?(?:[:=,]|from|of|was)?\s?[\[(]?\s?"
    rf"(?P<low>{_SIGNED})\s?(?:%|(?!to\b|and\b)[a-zA-Z]{{0,8}})"
    rf"\s?(?:-|–|—|to\b|,|;|and\b)\s?(?P<high>{_SIGNED})(?![\d.]*\d)\s?%?" + _P
)
# A number behind one of these is no estimate: a time, a size, a p value.
_NO_ESTIMATE = re.compile(
    r"(?:\b(?:at|in|per|every|each|out of|p(?: value)? of|after|within|over|during|for|until|aged?"
    r"|weeks?|days?|months?|years?|grade|stage|visit|top)\s|\d\s(?:to|of)\s|[=<>≤≥±]\s?)$",
    re.IGNORECASE,
)
_EQUALS = re.compile(r"\b(?:MD|WMD|SMD|RD|d|g|r|β|B|beta|HR|RR|OR|IRR|ratio|difference)\s?=\s?$")
_TIMES = re.compile(r"\s?(?:weeks?|days?|months?|years?|patients?|people|participants?|trials?|studies)$")
_DIFFERENCE = re.compile(
    r"(?<!median )(?<!median\s\s)\b(?:differences?|MD|WMD|SMD|Cohen['’]s d|Hedges['’]? g)\)?"
    r"(?:\s?[=:,(]|\s(?:of|was|in [a-z ]{3,30}? (?:of|was)))?\s?$"
)


def intervals(text: str) -> Iterator[Fault]:
    """The estimates that do not fit their intervals, and the p values that do not fit these.

    >>> [one.says for one in intervals("It fell by 3.1 points (95% CI 4.0 to 6.2).")]
    ['“3.1 points (95% CI 4.0 to 6.2”: 3.1 lies outside its own interval, 4.0 to 6.2']
    """
    ratios = []
    for match in _RATIO.finditer(text):
        ratios.append(match.span())
        said = _ratio(match) or _p_beside(match, Decimal(1))
        if said:
            yield Fault(said, match.start(), match.end())
    if "I" not in text and "nterval" not in text:
        return
    for match in _ANY.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in ratios):
            continue
        before = text[max(0, match.start() - 50) : match.start()]
        if _NO_ESTIMATE.search(before) and not _EQUALS.search(before):
            continue
        if _TIMES.match(match["unit"]) and not _DIFFERENCE.search(before) and " by " not in before[-6:]:
            continue
        said = _any(match, _DIFFERENCE.search(before) is not None)
        if said:
            yield Fault(said, match.start(), match.end())


def _ratio(match: re.Match[str]) -> str | None:
    """Outside the interval, or far from its middle on the log scale, rounding allowed for."""
    value, low, high = (read(match[name]) for name in ("value", "low", "high"))
    if low > high:
        return f"“{match[0]}”: the lower end of the interval is above the upper"
    if low <= 0 or value <= 0 or low == high:
        return None
    slack = half(match["value"])
    if not low - slack <= value <= high + slack:
        return f"“{match[0]}”: {value} lies outside its own interval, {low} to {high}"
    halves = (half(match["low"]), half(match["high"]))
    if low <= 3 * halves[0]:
        return None  # too coarsely rounded to say
    least = math.sqrt(float((low - halves[0]) * (high - halves[1])))
    most = math.sqrt(float((low + halves[0]) * (high + halves[1])))
    width = math.log(float(high) / float(low)) / 2
    nearest = min(max(float(value), least), most)
    shifted = abs(math.log(float(value) / nearest)) - float(slack / value)
    if shifted > 0.35 * width and shifted > 0.03:
        middle = math.sqrt(float(low * high))
        return (
            f"“{match[0]}”: an interval of a ratio is even on the log scale, so {low} to {high} "
            f"belongs to about {middle:.2f}, not {value}"
        )
    return None


def _any(match: re.Match[str], is_difference: bool) -> str | None:
    """Outside the interval whichever sign is printed; of a difference also far from its middle, or of a p
    value that does not fit. A percentage beside the interval of a ratio is left alone."""
    value, low, high = (read(match[name]) for name in ("value", "low", "high"))
    if low > high:
        low, high = high, low
        if low >= 0:
            return f"“{match[0]}”: the lower end of the interval is above the upper"
    if "%" in match["unit"] and value > 3 * high > 0 and high < 10 and "%" not in match[0][-2:]:
        return None  # "38 % lower (95 % CI 0.46 to 0.84)"
    if "%" in match["unit"] and max(abs(low), abs(high)) <= 1:
        return None  # "22 % (95 % CI 0.08 to 0.42)"
    slack = half(match["value"]) + max(half(match["low"]), half(match["high"]))
    both = (value,) if value < 0 <= low else (value, -value)
    inside = [one for one in both if low - slack <= one <= high + slack]
    if not inside:
        return (
            f"“{match[0]}”: {match['value']} lies outside its own interval, {match['low']} to {match['high']}"
        )
    if not is_difference:
        return None
    middle = (low + high) / 2
    if min(abs(one - middle) for one in inside) - slack > (high - low) * Decimal("0.3"):
        return (
            f"“{match[0]}”: an interval of a difference is even about it, so {_range(match)} "
            f"belongs to about {middle.normalize() + 0:f}, not {match['value']}"
        )
    return _p_beside(match, Decimal(0))


def _range(match: re.Match[str]) -> str:
    return f"{match['low']} to {match['high']}"


def _p_beside(match: re.Match[str], none: Decimal) -> str | None:
    """A p value on the other side of 0.05 than the interval is of no effect, ``none``."""
    if match["p"] is None or match["level"] not in (None, "95"):
        return None
    low, high, p = (read(match[name]) for name in ("low", "high", "p"))
    if low >= high or (none == 1 and (low <= 0 or read(match["value"]) <= 0)):
        return None
    slack = max(half(match["low"]), half(match["high"]))
    includes = low + slack < none < high - slack
    excludes = low - slack > none or high + slack < none
    significant = match["sign"] in "<=" and p <= Decimal("0.04")
    not_significant = match["sign"] in ">=" and p >= Decimal("0.06")
    if includes and significant:
        return f"“{match[0]}”: the interval includes {none}, which a p of {p} does not fit"
    if excludes and not_significant:
        return f"“{match[0]}”: the interval excludes {none}, which a p of {p} does not fit"
    return None
