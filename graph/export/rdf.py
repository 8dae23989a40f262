"""TriG, with one graph a source; Turtle and JSON-LD, with all sources as one graph."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pyoxigraph as ox

from graph.abbreviating import abbreviated
from graph.export.linked import linked
from graph.sparql import prefixes
from ontology.loader import DATA_BASE


def write(quads: Iterable[ox.Quad], format: str, base: str = DATA_BASE) -> bytes:
    """The quads as trig, turtle or jsonld; ``base``: what their ids stand under."""
    held = list(quads)
    if format == "trig":
        return abbreviated(held, ox.RdfFormat.TRIG, prefixes(base))
    triples = sorted({quad.triple for quad in held}, key=str)
    if format == "turtle":
        return abbreviated(triples, ox.RdfFormat.TURTLE, prefixes(base))
    return (json.dumps(linked(triples, base), ensure_ascii=False, indent=2) + "\n").encode()
