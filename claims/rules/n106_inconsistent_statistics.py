"""N106: statistics of the article that cannot all be right."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from claims import statistics
from claims.model import Confidence, Diagnostic, Severity, Span
from claims.rule import Facts, Rule, rule
from graph.wording import number as as_number

_NUMBER = r"\d{1,4}(?:[.·]\d{1,4})?|[.·]\d{1,4}"
_NAME = (
    r"\b(?:a?HRs?|a?RRs?|a?ORs?|IRR|[Hh]azard ratios?|[Oo]dds ratios?|[Rr]isk ratios?|[Rr]elative risks?"
    r"|[Rr]ate ratios?)\b"
)
_RATIO = re.compile(
    _NAME + r"\)?(?:\s?(?:=|:|,)|\s[A-Za-z ,'’-]{0,40}?\b(?:of|was))?\s?"
    rf"(?P<value>{_NUMBER})(?!\s?%)\s?[,;:]?\s?[\[(]?\s?"
    r"(?:(?P<level>\d\d)\s?%\s?(?:CI|confidence interval)s?\s?[:=,]?\s?[\[(]?\s?|[\[(]\s?)?"
    rf"(?P<low>{_NUMBER})\s?(?:-|–|—|to|,|and)\s?(?P<high>{_NUMBER})"
    r"(?:[\])]?\s?[,;]?\s?[\[(]?\s?[pP]\s?(?P<sign>=|<|>)\s?(?P<p>[01]?[.·]\d{1,6}))?"
)
_SHARE = r"\d{1,3}(?:[.·]\d{1,2})?"
_COUNTED = re.compile(
    r"(?P<part>\d{1,6})\s?(?:/|of|out of)\s?(?:the\s)?(?P<whole>\d{1,6})(?:\s[A-Za-z-]{2,20}){0,3}\s?[\[(]"
    rf"(?P<percent>{_SHARE})\s?%"
    rf"|(?P<percent2>{_SHARE})\s?%\s?[\[(]"
    r"(?P<part2>\d{1,6})\s?(?:/|of|out of)\s?(?P<whole2>\d{1,6})\s?[\])]"
)


@rule(
    "N106",
    "inconsistent-statistics",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Nuijten et al. 2016, The prevalence of statistical reporting errors in psychology. "
        "Behav Res Methods 48:1205-1226",
        "Altman and Bland 2011, How to obtain the P value from a confidence interval. BMJ 343:d2304",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """Printed statistics contradict one another."""
    for block in facts.document.blocks:
        if block.kind == "reference" or not any(character.isdigit() for character in block.text):
            continue
        for message, start, end, severity in _faults(block.text[:_LONGEST]):
            span = block.span_of(start, end)
            said = rule.diagnostic(message, span, claim=_claim_at(facts, span))
            yield said if severity is None else replace(said, severity=severity)


def _claim_at(facts: Facts, span: Span) -> str | None:
    for linked in facts.claims:
        if linked.claim.span.start <= span.start < linked.claim.span.end:
            return linked.claim.id
    return None


_LONGEST = 20_000  # characters of a paragraph; what is longer is no prose
_Fault = tuple[str, int, int, Severity | None]


def _faults(text: str) -> Iterator[_Fault]:
    yield from _tests(text)
    for match in _RATIO.finditer(text):
        said = _interval(match) or _p_beside_interval(match)
        if said:
            yield said, match.start(), match.end(), None
    for match in _COUNTED.finditer(text):
        counted = _counted(match)
        if counted:
            yield counted, match.start(), match.end(), None


def _tests(text: str) -> Iterator[_Fault]:
    """Test statistics whose p does not follow; where only its size is off, no more than a note."""
    for one in statistics.check(text):
        if one.result == "consistent":
            continue
        p = "ns" if one.p_value is None else f"p {one.p_comparison} {as_number(one.p_value)}"
        says = f"“{one.text}”: this statistic gives p = {one.p_computed:.3g}, not {p}"
        if one.result == "decision-error":
            yield f"{says}, and on the other side of 0.05", one.start, one.end, None
        else:
            yield says, one.start, one.end, Severity.INFO


def _value(printed: str) -> Decimal:
    return Decimal(printed.replace("·", "."))


def _half(printed: str) -> Decimal:
    exponent = _value(printed).as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def _interval(match: re.Match[str]) -> str | None:
    """Outside the interval, or far from its middle on the log scale, rounding allowed for."""
    value, low, high = (_value(match[name]) for name in ("value", "low", "high"))
    if low > high:
        return f"“{match[0]}”: the lower end of the interval is above the upper"
    if low <= 0 or value <= 0 or low == high:
        return None
    slack = _half(match["value"])
    if not low - slack <= value <= high + slack:
        return f"“{match[0]}”: {value} lies outside its own interval, {low} to {high}"
    halves = (_half(match["low"]), _half(match["high"]))
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


def _p_beside_interval(match: re.Match[str]) -> str | None:
    """A p value on the other side of 0.05 than the interval is of one."""
    if match["p"] is None or match["level"] not in (None, "95"):
        return None
    value, low, high, p = (_value(match[name]) for name in ("value", "low", "high", "p"))
    if low <= 0 or value <= 0 or low >= high:
        return None
    slack = max(_half(match["low"]), _half(match["high"]))
    includes = low + slack < 1 < high - slack
    excludes = low - slack > 1 or high + slack < 1
    significant = match["sign"] in "<=" and p <= Decimal("0.04")
    not_significant = match["sign"] in ">=" and p >= Decimal("0.06")
    if includes and significant:
        return f"“{match[0]}”: the interval includes 1, which a p of {p} does not fit"
    if excludes and not_significant:
        return f"“{match[0]}”: the interval excludes 1, which a p of {p} does not fit"
    return None


def _counted(match: re.Match[str]) -> str | None:
    part = Decimal(match["part"] or match["part2"])
    whole = Decimal(match["whole"] or match["whole2"])
    printed = match["percent"] or match["percent2"]
    if whole == 0 or part > whole:
        return None
    percent = 100 * part / whole
    if abs(percent - _value(printed)) <= _half(printed) + Decimal("0.051"):
        return None
    return f"“{match[0]}”: {part} of {whole} is {percent:.1f} %, not {printed} %"
