"""How the literals of XML Schema are spelt, as far as evidence uses them."""

from __future__ import annotations

import re

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NATURAL = re.compile(r"\+?\d+|-0+", re.ASCII)
_SPELLINGS = {
    _XSD + "decimal": (re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII), "a number, such as 0.72"),
    _XSD + "integer": (re.compile(r"[+-]?\d+", re.ASCII), "a whole number"),
    _XSD + "nonNegativeInteger": (_NATURAL, "a whole number, zero or more"),
    _XSD + "positiveInteger": (re.compile(r"\+?0*[1-9]\d*", re.ASCII), "a whole number above zero"),
    _XSD + "boolean": (re.compile(r"true|false|0|1", re.ASCII), "true or false"),
    _XSD + "gYear": (re.compile(r"-?\d{4,}(Z|[+-]\d\d:\d\d)?", re.ASCII), "a year, such as 2024"),
    _XSD + "date": (
        re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?", re.ASCII),
        "a date, such as 2024-06-19",
    ),
}


def is_misspelt(node: ox.Literal) -> bool:
    """Whether a literal is not one of its own datatype; what is not listed here never is."""
    spelling = _SPELLINGS.get(node.datatype.value)
    return spelling is not None and not spelling[0].fullmatch(node.value.strip())


def wanted(node: ox.Literal) -> str:
    """What a literal of this datatype looks like, in words."""
    spelling = _SPELLINGS.get(node.datatype.value)
    return spelling[1] if spelling else "another value"
