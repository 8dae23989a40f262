"""The doses that a text gives: so much at a time, so often, so long a session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.concepts import fold
from claims.findings.outcome_sentences import stem
from claims.quantities.units import KINDS

__all__ = ["Amount", "amounts", "of_one_kind", "same_amount"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as printed at ``start`` to ``end``, with the stems of the words around it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    comparison: str | None = None
    near: frozenset[str] = frozenset()

    def text_of(self, text: str) -> str:
        """The amount as its text prints it."""
        return text[self.start : self.end]


_WORD = re.compile(r"[^\W\d_]{4,}")
_SILENT = frozenset(
    stem(fold(word))
    for word in """
    dose doses dosed daily weekly twice once every each with were that this they them from than received
    given took taken group groups either same only about around over more less least most both study trial
    patients people participants adults children women body weight minutes hours times sessions
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=2048)
def amounts(text: str) -> tuple[Amount, ...]:
    """The doses of a text, in order, each as it is printed.

    >>> [(str(one.low), one.unit) for one in amounts("They took 20 mg a day for three weeks.")]
    [('20', 'mg/day')]
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[Amount]:
    for one in quantities.find(text):
        if one.role != "dose" or one.unit is None or one.value <= 0:
            continue
        around = f"{text[max(0, one.start - 60) : one.start]} {text[one.end : one.end + 60]}"
        near = frozenset(stem(fold(word)) for word in _WORD.findall(around)) - _SILENT
        yield Amount(one.start, one.end, one.value, one.high or one.value, one.unit, one.comparison, near)


def of_one_kind(one: Amount, other: Amount) -> bool:
    """Whether two amounts measure the same thing over a period, or one of them over none: mg and mg a day."""
    return _in_unit(other, one) is not None


_SPEED, _OFTEN = {"s", "min", "h"}, {"day", "week", "month", "year"}


def _in_unit(other: Amount, one: Amount) -> tuple[Decimal, Decimal] | None:
    """The ends of an amount in the unit of another; a period that only one of them has does not count."""
    source, target = other.unit, one.unit
    periods = {unit.partition("/")[2] for unit in (source, target)}
    if periods & _SPEED and periods & _OFTEN:
        return None  # a speed, and so far a week
    if ("/" in source) != ("/" in target) and not {source, target} & {"mg/kg", "g/kg"}:
        source, target = source.partition("/")[0], target.partition("/")[0]
    low = quantities.convert(other.low, source, target)
    high = quantities.convert(other.high, source, target)
    return None if low is None or high is None else (low, high)


def same_amount(said: Amount, given: Amount) -> bool:
    """Whether two amounts are the same, as far as printing rounds."""
    ends = _in_unit(given, said)
    if ends is None:
        return False
    if said.low < said.high and ends[0] < ends[1]:  # of two ranges one is the other, or a part of it
        within = ends[0] <= said.low * _ROUNDED and said.high <= ends[1] * _ROUNDED
        return within or (said.low <= ends[0] * _ROUNDED and ends[1] <= said.high * _ROUNDED)
    slack = Decimal("1.13") if said.comparison is not None else Decimal("1.03")
    return said.low <= ends[1] * slack and ends[0] <= said.high * slack


_ROUNDED = Decimal("1.03")


def other_period(said: Amount, given: Amount) -> bool:
    """Whether the number is the same and only the unit or the period another: 20 mg a day, 20 mg a week."""
    if said.unit == given.unit or said.low != given.low:
        return False
    top, _, below = said.unit.partition("/")
    other, _, under = given.unit.partition("/")
    if top == other:
        return bool(below) and bool(under) and KINDS.get(below) != "measure"
    return below == under and quantities.same_kind(top, other)
