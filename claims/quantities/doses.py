"""From quantities to doses that can be compared: session length times frequency, period to period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from claims.quantities.roles import ABOVE, BELOW
from claims.quantities.scan import FoundQuantity, find
from claims.quantities.units import convert, factor
from graph.evidence import Dose


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two doses in one unit. ``relation`` is how the first lies to the second: same, within, contains,
    overlaps, below, above. An open end is None."""

    unit: str
    low: Decimal | None
    high: Decimal | None
    other_low: Decimal | None
    other_high: Decimal | None
    relation: str


class _Quantity(Protocol):
    @property
    def value(self) -> Decimal: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def role(self) -> str: ...
    @property
    def comparison(self) -> str | None: ...


def to_dose(quantity: _Quantity) -> Dose | None:
    """One quantity as a dose; None when its role is not dose or it has no unit.

    >>> to_dose(find("at least 400 mg daily")[0])
    Dose(unit='mg/day', low=Decimal('400'), high=None, role=None)
    """
    if quantity.role != "dose" or quantity.unit is None:
        return None
    unit = f"{quantity.unit}/session" if quantity.unit in ("min", "h") else quantity.unit
    if quantity.high is not None:
        return Dose(unit, quantity.value, quantity.high)
    if quantity.comparison in ABOVE:
        return Dose(unit, quantity.value, None)
    if quantity.comparison in BELOW:
        return Dose(unit, None, quantity.value)
    return Dose(unit, quantity.value, quantity.value)


def dose_parts(text: str) -> tuple[Dose, ...]:
    """The doses of ``text`` one by one, nothing combined.

    >>> [dose.unit for dose in dose_parts("30 min, 5 times a week")]
    ['min/session', 'session/week']
    """
    return tuple(dose for dose in map(to_dose, find(text)) if dose is not None)


_JOIN = re.compile(r"[^.;:()\n]{0,60}")


def to_doses(text: str) -> tuple[Dose, ...]:
    """The doses of ``text``; a length or amount a session and the frequency beside it become one.

    Time comes out per week (``min/week``), other amounts in their own unit per day or week. What
    stands alone is handed on as it is. Years, ages, reference numbers and follow-up are no doses.

    >>> to_doses("20-30 minutes most days")
    (Dose(unit='min/week', low=Decimal('80'), high=Decimal('180'), role=None),)
    """
    quantities = [
        (quantity, dose)
        for quantity in find(text)
        if (dose := to_dose(quantity)) is not None and not _is_result(text, quantity)
    ]
    used: set[int] = set()
    doses: list[tuple[int, Dose]] = []
    for index, (quantity, dose) in enumerate(quantities):
        if index in used or not _is_amount(dose.unit):
            continue
        partner = _partner(text, quantities, index, used)
        if partner is None:
            continue
        used.update((index, partner))
        doses.append((quantity.start, _product(dose, quantities[partner][1])))
    doses.extend(
        (quantity.start, dose) for index, (quantity, dose) in enumerate(quantities) if index not in used
    )
    return tuple(dose for _, dose in sorted(doses, key=lambda one: one[0]))


_SPREAD_BEFORE = re.compile(r"(?:±|\+/[-−]|=|\(\s?[+−-]|\bdifferences?(?:,| of| was)?)\s?$", re.IGNORECASE)
_RESULT_AFTER = re.compile(
    r"\s?(?:±|\+/[-−])|\s+(?:more|less|fewer|extra|higher|lower|before|after|apart|later|ago)\b",
    re.IGNORECASE,
)


def _is_result(text: str, quantity: FoundQuantity) -> bool:
    """Whether an amount is what came out ("508 ± 106 kcal/day", "MD = 7 min", "500 kcal more a day") or when
    something was ("6 hours before bed")."""
    before = text[max(0, quantity.start - 20) : quantity.start]
    return _SPREAD_BEFORE.search(before) is not None or _RESULT_AFTER.match(text, quantity.end) is not None


def combine(doses: Iterable[Dose]) -> tuple[Dose, ...]:
    """A study's doses with session length and frequency of the same role multiplied out as well.

    >>> five = Dose("session/week", Decimal(5), Decimal(5))
    >>> combine((Dose("min/session", Decimal(30), Decimal(30)), five))[-1]
    Dose(unit='min/week', low=Decimal('150'), high=Decimal('150'), role=None)
    """
    given = tuple(doses)
    made = []
    for role in dict.fromkeys(dose.role for dose in given):
        lengths = [dose for dose in given if dose.role == role and _is_amount(dose.unit)]
        frequencies = [dose for dose in given if dose.role == role and dose.unit.startswith("session/")]
        if len(lengths) == len(frequencies) == 1:
            made.append(_product(lengths[0], frequencies[0]))
    return given + tuple(made)


def comparable(dose_a: Dose, dose_b: Dose) -> Comparison | None:
    """How two doses compare in the unit of the second; None when they measure different things.

    >>> comparable(Dose("min/day", Decimal(30), Decimal(30)), Dose("min/week", Decimal(150), None)).relation
    'within'
    """
    if factor(dose_a.unit, dose_b.unit) is None:
        return None
    low, high = (
        None if end is None else convert(end, dose_a.unit, dose_b.unit) for end in (dose_a.low, dose_a.high)
    )
    return Comparison(
        dose_b.unit, low, high, dose_b.low, dose_b.high, _relation(low, high, dose_b.low, dose_b.high)
    )


def _is_amount(unit: str) -> bool:
    return unit.endswith("/session") or ("/" not in unit and unit not in ("session", "percent"))


def _partner(
    text: str, quantities: list[tuple[FoundQuantity, Dose]], index: int, used: set[int]
) -> int | None:
    """The nearest frequency in the same clause, after the amount for choice, else before it."""
    quantity = quantities[index][0]
    for other in (index + 1, index - 1):
        if not 0 <= other < len(quantities) or other in used:
            continue
        candidate, dose = quantities[other]
        if not dose.unit.startswith("session/"):
            continue
        first, second = sorted((quantity, candidate), key=lambda one: one.start)
        if _JOIN.fullmatch(text[first.end : second.start]):
            return other
    return None


def _product(amount: Dose, frequency: Dose) -> Dose:
    unit = amount.unit.removesuffix("/session")
    period = frequency.unit.split("/")[1]
    low = None if amount.low is None or frequency.low is None else amount.low * frequency.low
    high = None if amount.high is None or frequency.high is None else amount.high * frequency.high
    combined = f"{unit}/{period}"
    target = "min/week" if unit in ("min", "h") else combined
    scale = factor(combined, target) or Decimal(1)
    return Dose(
        target,
        None if low is None else low * scale,
        None if high is None else high * scale,
        amount.role,
    )


def _relation(
    low: Decimal | None, high: Decimal | None, other_low: Decimal | None, other_high: Decimal | None
) -> str:
    if (low, high) == (other_low, other_high):
        return "same"
    infinity = Decimal("Infinity")
    a, b = low if low is not None else -infinity, high if high is not None else infinity
    c, d = (
        other_low if other_low is not None else -infinity,
        other_high if other_high is not None else infinity,
    )
    if b < c:
        return "below"
    if a > d:
        return "above"
    if c <= a and b <= d:
        return "within"
    if a <= c and d <= b:
        return "contains"
    return "overlaps"
