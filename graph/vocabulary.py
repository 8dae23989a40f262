"""What the shipped vocabulary says, read once: its triples, and the null value of each measure."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ontology.terms import Property, value


@cache
def triples(name: str) -> tuple[ox.Triple, ...]:
    """The triples of a Turtle file of the ontology, such as ``schemes.ttl``."""
    text = files("ontology").joinpath(name).read_text(encoding="utf-8")
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


@cache
def null_value(measure: str) -> Decimal | None:
    """The number at which a measure says "no effect"; None for measures of one group, which have none.

    >>> null_value("hazard-ratio"), null_value("mean-difference"), null_value("median")
    (Decimal('1.0'), Decimal('0.0'), None)
    """
    subject = value("measure", measure)
    for triple in triples("schemes.ttl"):
        named = isinstance(triple.subject, ox.NamedNode) and triple.subject.value == subject
        if named and triple.predicate.value == Property.NULL_VALUE and isinstance(triple.object, ox.Literal):
            return Decimal(triple.object.value)
    return None
