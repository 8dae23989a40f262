"""TriG, with one graph a source; Turtle and JSON-LD, with all sources as one graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.export.linked import linked
from graph.sparql import PREFIXES


def write(quads: Iterable[ox.Quad], format: str) -> bytes:
    """The quads as trig, turtle or jsonld."""
    held = list(quads)
    if format == "trig":
        return abbreviated(held, ox.RdfFormat.TRIG)
    triples = sorted({quad.triple for quad in held}, key=str)
    if format == "turtle":
        return abbreviated(triples, ox.RdfFormat.TURTLE)
    return (json.dumps(linked(triples), ensure_ascii=False, indent=2) + "\n").encode()


def abbreviated(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple],
    format: ox.RdfFormat,
    prefixes: Mapping[str, str] = PREFIXES,
) -> bytes:
    """Turtle or TriG with prefixes, in an order of their own: the engine's differs from run to run."""
    text = ox.serialize(statements, format=format, prefixes=dict(prefixes)) or b""
    lines = text.split(b"\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])
