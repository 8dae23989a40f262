"""The numbers that a source prints, each with the words it stands with, and a claim's numbers held against
them: whether one is printed at all, and whether it is printed for what the claim tells it of."""

from __future__ import annotations

from claims.printed.holding import Held, held_against
from claims.printed.numbers import PrintedNumber
from claims.printed.source import Source, of_source
from claims.printed.sources import Printed, printed_for
from claims.printed.units import OtherUnit, amounts_of_abstract, in_another_unit

__all__ = [
    "Held",
    "OtherUnit",
    "Printed",
    "PrintedNumber",
    "Source",
    "amounts_of_abstract",
    "held_against",
    "in_another_unit",
    "of_source",
    "printed_for",
]
