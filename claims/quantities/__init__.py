"""Numbers in running text: values, ranges, units, roles; and the doses they make up.

>>> [(q.value, q.unit, q.comparison) for q in find("walk more than 100 minutes per day")]
[(Decimal('100'), 'min/day', 'more-than')]
>>> to_doses("30 min, 5 times a week")
(Dose(unit='min/week', low=Decimal('150'), high=Decimal('150'), role=None),)
"""

from __future__ import annotations

from claims.quantities.doses import Comparison, combine, comparable, dose_parts, to_dose, to_doses
from claims.quantities.roles import ABOVE, BELOW
from claims.quantities.scan import FoundQuantity, find
from claims.quantities.units import convert, same_kind

__all__ = [
    "ABOVE",
    "BELOW",
    "Comparison",
    "FoundQuantity",
    "combine",
    "comparable",
    "convert",
    "dose_parts",
    "find",
    "same_kind",
    "to_dose",
    "to_doses",
]
