"""The results that a sentence of an article tells, in numbers or words, with what stands with each."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from claims.printed.contexts import contexts_of
from claims.printed.following import Told, told_number
from claims.printed.numbers import PrintedNumber, read_numbers
from claims.printed.shares import shares_in_words

__all__ = ["told_in"]


# "7/ Of 43 people", "**A4.** Where"
_ITEM = re.compile(r"\W*[A-Z]?\d{1,3}[/.):*]+\s")


def told_in(text: str) -> tuple[Told, ...]:
    """The results that a claim's sentence tells, in numbers or words."""
    item = _ITEM.match(text)
    numbers = [one for one in read_numbers(text) if item is None or one.start >= item.end()]
    told = [told_number(one) for one in numbers]
    taken = [(one.start, one.end) for one in told]
    worded = [
        one
        for one in shares_in_words(text)
        if not any(low < one.end and one.start < high for low, high in taken)
    ]
    if worded:
        places = sorted([*taken, *((one.start, one.end) for one in worded)])
        contexts = dict(zip(places, contexts_of(text, places), strict=True))
        told = [
            replace(one, number=replace(one.number, own=contexts[one.start, one.end].own, listed=True))
            if one.kind == "percent" and len(told) == 1
            else one
            for one in told
        ]
        told += [
            Told(
                one.start, one.end, "percent", one.value, one.low, one.high,
                PrintedNumber(
                    one.value or Decimal(0), "percent", one.start, one.end,
                    contexts[one.start, one.end].own, contexts[one.start, one.end].shared, text,
                    len(places) > 1,
                ),
            )
            for one in worded
        ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: one.start))
