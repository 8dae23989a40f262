"""The order of literals, as SPARQL's < has it and SHACL's ranges and pairs ask for it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pyoxigraph as ox

from graph.shacl.spelling import is_misspelt
from graph.terms import XSD

#: The datatypes derived from xsd:integer, by their last parts.
DERIVED: tuple[str, ...] = ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
DERIVED += ("int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")
NUMERIC = frozenset(XSD + name for name in ("decimal", "integer", "double", "float", *DERIVED))
_ORDERED = frozenset(XSD + name for name in ("date", "gYear", "string"))


def compare(one: object, other: object) -> int | None:
    """-1, 0, 1, or None when the two cannot be compared."""
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal):
        return None
    kinds = one.datatype.value, other.datatype.value
    if is_misspelt(one) or is_misspelt(other):
        return None
    a: Decimal | str
    b: Decimal | str
    if kinds[0] in NUMERIC and kinds[1] in NUMERIC:
        try:
            a, b = Decimal(one.value), Decimal(other.value)
        except ArithmeticError:
            return None
        return None if a.is_nan() or b.is_nan() else (a > b) - (a < b)
    if kinds[0] == kinds[1] == XSD + "dateTime":
        return _compare_moments(one.value, other.value)
    if kinds[0] == kinds[1] and kinds[0] in _ORDERED:
        a, b = one.value, other.value
        return (a > b) - (a < b)
    return None


def _compare_moments(one: str, other: str) -> int | None:
    """Moments in their time zones; one with a zone and one without cannot be compared (XSD 1.1, 3.3.7)."""
    try:
        a, b = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:  # a year beyond the calendar of the library
        return None
    if (a.tzinfo is None) != (b.tzinfo is None):
        return None
    return (a > b) - (a < b)
