"""What a printed number is worth, in digits or in words."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.quantities import patterns

__all__ = ["digits_value", "word_value"]


def digits_value(printed: str) -> Decimal:
    """The value of a number in digits; a raised point and a comma before three digits at most are points."""
    plain = re.sub(r"[·∙⋅‧]", ".", printed)
    if re.fullmatch(r"0,\d{1,3}", plain):
        plain = plain.replace(",", ".")
    return Decimal(re.sub(r"[,\s]", "", plain)[:24])


_PARTS = {"a half": "0.5", "a quarter": "0.25", "three quarters": "0.75", "three-quarters": "0.75"}


def word_value(printed: str) -> Decimal | None:
    """The value of a number in words ("two and a half", "forty-five thousand", "half a")."""
    word = printed.lower()
    if word.endswith("couple of"):
        return Decimal(2)
    if word.startswith("half"):
        return Decimal("0.5")
    whole, _, part = word.partition(" and ")
    if part in _PARTS:  # "two and a half"
        return Decimal(patterns.WORDS[whole]) + Decimal(_PARTS[part])
    total = group = 0
    for part in re.split(r"[ -]", word.replace(" and ", " ")):
        if part in ("hundred", "dozen"):
            group = (group or 1) * {"hundred": 100, "dozen": 12}[part]
        elif part in ("thousand", "million"):
            total += (group or 1) * {"thousand": 1_000, "million": 1_000_000}[part]
            group = 0
        else:
            group += 1 if part == "a" else patterns.WORDS[part]
    return Decimal(total + group)
