"""Amounts of change that a sentence counts in everyday words: "four migraine days a month", "a week sooner".

What is counted there has no unit of measurement, and the number is often a word, so ``claims.quantities``
leaves it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.concepts import fold
from claims.quantities.patterns import WORDS

__all__ = ["Amount", "amounts_of"]

_NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: Decimal(WORDS[word]) for word in _NAMES} | {
    "a": Decimal(1),
    "an": Decimal(1),
    "half a": Decimal("0.5"),
    "half an": Decimal("0.5"),
}
_NUMBER = (
    rf"(?P<number>\d+(?:\.\d+)?|half an?|(?:an?|{'|'.join(_NAMES)})(?=\s(?!lot\b|few\b|bit\b|little\b)))"
)
_MORE = r"(?:fewer|more|less|extra|additional|further)"
_RATE = re.compile(
    rf"\b{_NUMBER}\s(?:{_MORE}\s)?(?P<what>(?:[a-z-]+\s){{1,3}}?)(?:a|an|per|each|every)\s"
    r"(?P<period>day|night|week|month|year)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"\b{_NUMBER}\s(?P<what>minutes?|hours?|days?|weeks?|months?|years?)\s"
    r"(?:sooner|later|earlier|faster|longer|shorter)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|nearly|almost|some|approximately|close to)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` of ``what`` (its last word, folded: "day" of "migraine days") a ``period``, where it has one.

    ``slack``: how far the number meant may be from the one printed.
    """

    start: int
    end: int
    value: Decimal
    slack: Decimal
    what: str
    period: str | None


def amounts_of(text: str) -> Iterator[Amount]:
    """The amounts that a sentence counts, in reading order.

    >>> found = amounts_of("It spared them about two attacks a month.")
    >>> [(str(one.value), one.what, one.period) for one in found]
    [('2', 'attack', 'month')]
    """
    for pattern in (_RATE, _TIME):
        for match in pattern.finditer(text):
            printed = match["number"].lower()
            value = _WORDS[printed] if printed in _WORDS else Decimal(printed)
            about = _ABOUT.search(text, max(0, match.start() - 16), match.start()) is not None
            slack = Decimal("0.5") if value == value.to_integral_value() else Decimal("0.05")
            if about:
                slack = max(slack, value / 10)
            period = match["period"].lower() if pattern is _RATE else None
            yield Amount(match.start(), match.end(), value, slack, fold(match["what"].split()[-1]), period)
