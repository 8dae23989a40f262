"""The triples of the shipped vocabulary, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pyoxigraph as ox


@cache
def triples(name: str) -> tuple[ox.Triple, ...]:
    """The triples of a Turtle file of the ontology, such as ``schemes.ttl``."""
    text = files("ontology").joinpath(name).read_text(encoding="utf-8")
    return tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
