"""TriG, with one graph a source; Turtle and JSON-LD, with all sources as one graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.export.linked import linked
from graph.jsonld import BASE
from graph.sparql import prefixes


def write(quads: Iterable[ox.Quad], format: str, base: str = BASE) -> bytes:
    """The quads as trig, turtle or jsonld; ``base``: what their ids stand under."""
    held = list(quads)
    if format == "trig":
        return abbreviated(held, ox.RdfFormat.TRIG, prefixes(base))
    triples = sorted({quad.triple for quad in held}, key=str)
    if format == "turtle":
        return abbreviated(triples, ox.RdfFormat.TURTLE, prefixes(base))
    return (json.dumps(linked(triples, base), ensure_ascii=False, indent=2) + "\n").encode()


def abbreviated(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple],
    format: ox.RdfFormat,
    under: Mapping[str, str],
) -> bytes:
    """Turtle or TriG with prefixes, in an order of their own: the engine's differs from run to run."""
    text = ox.serialize(statements, format=format, prefixes=dict(under)) or b""
    lines = text.split(b"\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])
