"""How the literals of XML Schema are spelt, as far as evidence uses them."""

from __future__ import annotations

import calendar
import re

import pyoxigraph as ox

from graph.terms import XSD

_NATURAL = re.compile(r"\+?\d+|-0+", re.ASCII)
_DAY = re.compile(r"-?(\d{4,})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_SPELLINGS = {
    XSD + "decimal": (re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII), "a number, such as 0.72"),
    XSD + "integer": (re.compile(r"[+-]?\d+", re.ASCII), "a whole number"),
    XSD + "nonNegativeInteger": (_NATURAL, "a whole number, zero or more"),
    XSD + "positiveInteger": (re.compile(r"\+?0*[1-9]\d*", re.ASCII), "a whole number above zero"),
    XSD + "boolean": (re.compile(r"true|false|0|1", re.ASCII), "true or false"),
    XSD + "gYear": (re.compile(r"-?\d{4,}(Z|[+-]\d\d:\d\d)?", re.ASCII), "a year, such as 2024"),
    XSD + "date": (
        re.compile(_DAY.pattern + r"(Z|[+-]\d\d:\d\d)?", re.ASCII),
        "a day of the calendar, such as 2024-06-19",
    ),
    XSD + "dateTime": (
        re.compile(_DAY.pattern + r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII),
        "a day and a time, such as 2024-06-19T12:30:00Z",
    ),
}
_OF_THE_CALENDAR = frozenset((XSD + "date", XSD + "dateTime"))


def is_misspelt(node: ox.Literal) -> bool:
    """Whether a literal is not one of its own datatype; what is not listed here never is."""
    spelling = _SPELLINGS.get(node.datatype.value)
    if spelling is None:
        return False
    written = node.value.strip()
    return not spelling[0].fullmatch(written) or (
        node.datatype.value in _OF_THE_CALENDAR and not _in_the_calendar(written)
    )


def _in_the_calendar(written: str) -> bool:
    """Whether there is such a day; the calendar repeats every 400 years."""
    found = _DAY.match(written)
    if found is None:
        return False
    year, month, day = (int(part) for part in found.groups())
    return day <= calendar.monthrange(2000 + year % 400, month)[1]


def wanted(node: ox.Literal) -> str:
    """What a literal of this datatype looks like, in words."""
    spelling = _SPELLINGS.get(node.datatype.value)
    return spelling[1] if spelling else "another value"
