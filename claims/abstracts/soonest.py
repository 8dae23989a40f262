# ruff: noqa: E501 - tables of patterns read better unwrapped
"""A time told as short ("after just one week"), beside the soonest that an abstract looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.abstracts.given import LONGEST
from claims.expressions import expression
from claims.study.times import Time, times

__all__ = ["TooSoon", "too_soon"]

# that it went fast is the point of the sentence
_QUICKLY = expression(
    r"\b(?:within|(?:in|after)\s(?:only|just|as little as|as few as|less than|under|no more than|a mere|merely|barely))"
    r"\s(?:an?\s|the\s|the first\s|about\s|just\s|only\s|a single\s)*$",
    re.IGNORECASE,
)
_LED_QUICKLY = expression(
    r"\b(?:within|(?:in|after)\s(?:only|just|as|less|under|no|a mere|merely|barely))\s", re.I
)
_UNCOUNTED = expression(
    r"\bwithin (?:hours|(?:just |only )?(?:a few |a couple of |the first few )?days)\b|\bovernight\b(?!\s(?:fast|stay|shift|in))"
    r"|\b(?:in|after) (?:just|only) (?:a few|a couple of) days\b",
    re.IGNORECASE,
)
_SOONEST_READ = ("s", "min")  # how long a session or a test takes
_WITHIN_A_DAY = ("s", "min", "h")
# an abstract that speaks of an early effect in words of its own, or of days it does not count
_EARLY = expression(
    r"\b(?:rapid\w*|early|earl(?:ier|iest)|immediate\w*|onset|soon\w*|initial\w*|acute(?:ly)?|quick\w*|promptly"
    r"|first (?:day|week|month|dose|session|visit|few)|days|nights?|overnight|single[- ]dose)\b",
    re.IGNORECASE,
)
_MUCH = 3  # times as long as the time told


@dataclass(frozen=True, slots=True)
class TooSoon:
    """Where a sentence tells the time, and the soonest ``time`` that its source has."""

    start: int
    end: int
    time: Time


def too_soon(text: str, abstract: str) -> TooSoon | None:
    """The time that a sentence tells as short, where all times of its abstract are several times as long.

    >>> found = too_soon("It fell after just one week.", "It fell at 12 weeks and at 6 months.")
    >>> (found.start, found.end, str(found.time.low)) if found else None
    (19, 27, '84')
    >>> too_soon("It fell after just one week.", "It fell at 2 weeks and at 6 months.") is None
    True
    """
    told = _told(text)
    if told is None:
        return None
    start, end, days = told
    if _EARLY.search(abstract, 0, LONGEST):
        return None
    given = [one for one in times(abstract[:LONGEST], of_anything=True) if one.unit not in _SOONEST_READ]
    soonest = min(given, key=lambda one: one.low, default=None)
    if soonest is None or soonest.low <= days * _MUCH:
        return None
    return TooSoon(start, end, soonest)


def _told(text: str) -> tuple[int, int, Decimal] | None:
    """Where a sentence tells a short time, and how many days it is at the most."""
    uncounted = _UNCOUNTED.search(text)
    if uncounted is not None:
        return uncounted.start(), uncounted.end(), Decimal(7)
    for one in times(text) if _LED_QUICKLY.search(text) is not None else ():
        if one.unit in _WITHIN_A_DAY:
            continue  # "eating within eight hours" is what was done
        if _QUICKLY.search(text, max(0, one.start - 40), one.start):
            return one.start, one.end, one.high
    return None
