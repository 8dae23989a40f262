"""The triples of the shipped vocabulary, read once."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from ontology.loader import DATA_BASE, text
from ontology.terms import Adopted


@cache
def triples(name: str) -> tuple[ox.Triple, ...]:
    """The triples of a Turtle file of the ontology, such as ``schemes.ttl``."""
    return tuple(quad.triple for quad in ox.parse(text(name), format=ox.RdfFormat.TURTLE))


def is_name(prop: str, language: str | None) -> bool:
    """Whether a label names its concept: a ``prefLabel`` in English, or in no language that is told.

    Whoever names a shipped concept replaces it whole; whoever says other things of it extends it.

    >>> [is_name(Adopted.PREF_LABEL, language) for language in (None, "en-GB", "de")]
    [True, True, False]
    """
    return prop == Adopted.PREF_LABEL and is_english(language)


def is_english(language: str | None) -> bool:
    """Whether a text is in English, or in no language that is told."""
    return (language or "en").partition("-")[0].lower() == "en"


@cache
def concept_ids() -> frozenset[str]:
    """The ids of the shipped concepts under the base that they were shipped with: ``concept/walking``."""
    held = (t.subject.value for t in triples("concepts.ttl") if isinstance(t.subject, ox.NamedNode))
    return frozenset(iri.removeprefix(DATA_BASE) for iri in held)
