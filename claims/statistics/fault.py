"""What is wrong with numbers that a text prints beside one another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Fault", "half", "read"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Numbers at ``start`` to ``end`` of a text that cannot all be right; ``says`` why."""

    says: str
    start: int
    end: int


def read(printed: str) -> Decimal:
    """The value of a printed number.

    >>> [str(read(one)) for one in ("0·62", "3,420", "−4.8")]
    ['0.62', '3420', '-4.8']
    """
    plain = printed.replace(",", "").replace("·", ".").replace(" ", "").replace(" ", "")
    return Decimal(f"-{plain[1:]}" if plain[0] in "-−–" else plain)


def half(printed: str) -> Decimal:
    """Half a step of a printed number's last place: what rounding may have taken from it or added."""
    exponent = read(printed).as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
