"""Recompute the p values of test statistics as they are printed.

``t(44) = 2.10, p = .04`` says three things, of which each follows from the other two. The printed
statistic is rounded, so a range of p values is compatible with it; a printed p outside that range is
inconsistent, and when only one of the two lies below .05 it is a decision error. A p that is right
for a one-tailed test is called consistent where the text says that the test was one-tailed.

The idea is that of Nuijten et al. 2016, Behav Res Methods 48:1205.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.statistics.printed import PrintedTest, printed_tests
from claims.statistics.tails import tail

ALPHA = 0.05
_ONE_TAILED = re.compile(
    r"\bone[-‐‑\s]{0,3}(?:tailed|sided)\b|\bdirectional\s+(?:test|hypothes)", re.IGNORECASE
)
_HALVED_BY_ONE_TAIL = ("t", "r", "z")


@dataclass(frozen=True, slots=True)
class StatisticCheck:
    """One reported test, at ``text[start:end]``, and what its p value comes to.

    ``test``: t, F, r, chi2, z or Q. ``df1``/``df2`` as printed (t, r, chi2, Q have df1 only; z none).
    ``comparison`` and ``p_comparison`` are <, = or >; ``p_value`` None means "ns" was printed.
    ``p_low`` to ``p_high`` is what the rounded statistic allows, ``p_computed`` for the printed value.
    ``result``: consistent, inconsistent, decision-error. ``one_tailed``: the verdict rests on that.
    """

    start: int
    end: int
    text: str
    test: str
    df1: Decimal | None
    df2: Decimal | None
    comparison: str
    value: Decimal
    p_comparison: str
    p_value: Decimal | None
    p_computed: float
    p_low: float
    p_high: float
    result: str
    one_tailed: bool = False
    sample_size: int | None = None


def check(text: str) -> tuple[StatisticCheck, ...]:
    """Every test statistic of ``text`` that is printed with a p value, in reading order.

    >>> [(one.test, one.result) for one in check("t(28) = 2.20, p = .036; F(1, 40) = 1.10, p = .03")]
    [('t', 'consistent'), ('F', 'decision-error')]
    """
    found = printed_tests(text)
    one_tailed = bool(found) and _ONE_TAILED.search(text) is not None
    return tuple(_checked(one, text, one_tailed) for one in found)


def _checked(one: PrintedTest, text: str, one_tailed: bool) -> StatisticCheck:
    size, half = abs(float(one.value)), float(one.step) / 2
    computed = tail(one.test, size, one.df1, one.df2)
    high = tail(one.test, max(0.0, size - half), one.df1, one.df2)
    low = tail(one.test, size + half, one.df1, one.df2)
    halved = one_tailed and one.test in _HALVED_BY_ONE_TAIL
    result, by_one_tail = _verdict(one, (low, computed, high), halved)
    return StatisticCheck(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        test=one.test,
        df1=one.df1,
        df2=one.df2,
        comparison=one.comparison,
        value=one.value,
        p_comparison=one.p_comparison,
        p_value=one.p_value,
        p_computed=computed,
        p_low=low,
        p_high=high,
        result=result,
        one_tailed=by_one_tail,
        sample_size=one.sample_size,
    )


def _verdict(one: PrintedTest, tails: tuple[float, float, float], halved: bool) -> tuple[str, bool]:
    """The result, and whether it rests on one tail; ``tails``: the least p, that of the value, the most."""
    low, computed, high = tails
    if _agrees(one, low, high):
        return "consistent", False
    if halved and _agrees(one, low / 2, high / 2):
        return "consistent", True
    claimed = _claims_significance(one)
    decides = one.comparison == "=" and claimed is not None and claimed != (computed < ALPHA)
    return ("decision-error" if decides else "inconsistent"), False


def _claims_significance(one: PrintedTest) -> bool | None:
    if one.p_value is None:
        return False
    value = float(one.p_value)
    if one.p_comparison == "<":
        return True if value <= ALPHA else None
    if one.p_comparison == ">":
        return False if value >= ALPHA else None
    return value <= ALPHA


def _agrees(one: PrintedTest, low: float, high: float) -> bool:
    """Whether the p that is printed can lie in the range that the rounded statistic allows."""
    if one.comparison == "<":  # a smaller statistic has a larger p
        high = 1.0
    elif one.comparison == ">":
        low = 0.0
    if one.p_value is None:
        return high > ALPHA
    value, slack = float(one.p_value), float(one.p_step) / 2
    tiny = 1e-12
    if one.p_comparison == "<":
        return low < value + tiny
    if one.p_comparison == ">":
        return high > value - tiny
    return low - slack - tiny <= value <= high + slack + tiny
