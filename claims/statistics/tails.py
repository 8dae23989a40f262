"""The tail areas that p values are, from test statistics and their degrees of freedom.

Computed here with the incomplete beta and gamma functions (continued fractions and series, DLMF 8.9,
8.17), since scipy would cost more to import than an audit takes.
"""

from __future__ import annotations

import math
from decimal import Decimal


def tail(test: str, value: float, df1: Decimal | None, df2: Decimal | None) -> float:
    """The two-tailed p of t, r and z, the upper tail of F, chi-squared and Q."""
    first = float(df1) if df1 is not None else 0.0
    if test == "z":
        return math.erfc(value / math.sqrt(2))
    if test == "t":
        return incomplete_beta(first / (first + value * value), first / 2, 0.5)
    if test == "r":
        return incomplete_beta(max(0.0, 1 - min(value, 1.0) ** 2), first / 2, 0.5)
    if test == "F":
        second = float(df2) if df2 is not None else 0.0
        return incomplete_beta(second / (second + first * value), second / 2, first / 2)
    return upper_gamma(first / 2, value / 2)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b).

    >>> round(incomplete_beta(0.5, 2, 2), 6)
    0.5
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _beta_fraction(x, a, b) / a)
    return max(0.0, 1.0 - front * _beta_fraction(1 - x, b, a) / b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    result = d
    for step in range(1, 500):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d = 1 + term * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + term / (c if abs(c) > tiny else tiny)
            result *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return result


def upper_gamma(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x).

    >>> round(upper_gamma(0.5, 1.920729), 4)  # chi-squared 3.841458 with one degree of freedom
    0.05
    """
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for step in range(1, 2000):
            term *= x / (a + step)
            total += term
            if term < total * 1e-16:
                break
        return max(0.0, 1 - front * total)
    tiny = 1e-300
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    result = d
    for step in range(1, 2000):
        term = -step * (step - a)
        b += 2
        d = 1 / (term * d + b or tiny)
        c = b + term / c or tiny
        result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return min(1.0, front * result)
