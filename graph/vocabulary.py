"""The triples of the shipped vocabulary, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ontology.loader import DATA_BASE
from ontology.terms import Adopted


@cache
def triples(name: str) -> tuple[ox.Triple, ...]:
    """The triples of a Turtle file of the ontology, such as ``schemes.ttl``."""
    text = files("ontology").joinpath(name).read_text(encoding="utf-8")
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def preferred_label(iri: str) -> str | None:
    """What the shipped vocabulary calls a concept; None where it is none of its own."""
    return _preferred_labels().get(iri)


@cache
def _preferred_labels() -> dict[str, str]:
    return {
        triple.subject.value: triple.object.value
        for triple in triples("concepts.ttl")
        if triple.predicate.value == Adopted.PREF_LABEL
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
    }


@cache
def concept_ids() -> frozenset[str]:
    """The ids of the shipped concepts under the base that they were shipped with: ``concept/walking``."""
    held = (t.subject.value for t in triples("concepts.ttl") if isinstance(t.subject, ox.NamedNode))
    return frozenset(iri.removeprefix(DATA_BASE) for iri in held)
