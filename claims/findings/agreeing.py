"""Whether a number of a sentence is one that is known of a source, as far as printing rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims import quantities
from claims.findings.known import KnownNumber
from claims.model import LinkedClaim, Quantity


def printed(linked: LinkedClaim, text: str) -> Iterator[tuple[Quantity, int, int]]:
    """The claim's quantities with their place in the sentence."""
    found = {(one.start, one.end): one for one in quantities.find(text)}
    offsets = linked.claim.sentence.offsets
    for (start, end), _ in sorted(found.items()):
        for quantity in linked.claim.quantities:
            if quantity.span.start == offsets[start]:
                yield quantity, start, end
                break


def is_known(quantity: Quantity, known: Sequence[KnownNumber]) -> bool:
    """Whether a quantity, both ends of it where it is a range, is among known numbers."""
    if quantity.high is None:
        return _is_among(quantity, quantity.value, known)
    if _is_among(quantity, quantity.value, known) and _is_among(quantity, quantity.high, known):
        return True
    # "three to five times a week" of a study's "five": a range that holds what was studied
    doses = [number for number in known if number.kind == "dose"]
    if quantity.role != "dose" or quantity.unit is None:
        return False
    for number in doses:
        value = in_unit(number, quantity.unit)
        if value is not None and quantity.value <= value <= quantity.high:
            return True
    return False


def in_unit(number: KnownNumber, unit: str) -> Decimal | None:
    """A known number in another unit; None where it is none of that unit."""
    source = number.unit
    if source is None:
        return None
    # "less than two hours", said of a source's "two hours a day": the period was named before
    _, slash, period = source.partition("/")
    for one in (unit, f"{unit}/session", f"{unit}/{period}" if slash and "/" not in unit else unit):
        value = quantities.convert(number.value, source, one)
        if value is not None:
            return value
    return None


def _is_among(quantity: Quantity, value: Decimal, known: Sequence[KnownNumber]) -> bool:
    printed = abs(value)
    slack = slack_of(printed)
    return any(_same(quantity, printed, slack, number) for number in known)


def _same(quantity: Quantity, printed: Decimal, slack: Decimal, number: KnownNumber) -> bool:
    """Whether a printed number is this known one, as far as printing rounds."""
    value: Decimal | None = number.value
    if number.unit != quantity.unit and number.unit is not None and quantity.unit is not None:
        value = in_unit(number, quantity.unit)
        if value is None:
            return False
    elif number.unit == "percent" and quantity.unit is None and quantity.role not in ("other", "statistic"):
        return False
    if value is None:
        return False
    if quantity.comparison == "about":
        slack = max(slack, printed / 10)
    elif quantity.comparison is not None:
        slack = max(slack, printed / 50, Decimal(1) if printed >= 20 else Decimal(0))
    elif number.unit != quantity.unit and number.kind == "time":
        slack = max(slack, printed / 50)  # a year of 365 or 365.25 days
    return abs(printed - value) <= slack


def slack_of(printed: Decimal) -> Decimal:
    """Half a unit of the last digit that was meant: 23 is 22.5 to 23.5, 11,000 is 10,500 to 11,500."""
    exponent = printed.as_tuple().exponent
    places = exponent if isinstance(exponent, int) else 0
    if places == 0:
        digits = str(printed.to_integral_value())
        zeros = len(digits) - len(digits.rstrip("0"))
        places = zeros if zeros >= 2 else 0
    return Decimal(5).scaleb(places - 1)
