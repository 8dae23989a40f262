"""What the store itself says of a source, beside what the source says (PROV): whence it came, and when."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph.jsonld import context
from graph.sources.source_files import BIBLIOGRAPHIES, Source
from graph.terms import ATTRIBUTED_TO, ENTITY, GENERATED_AT, LABEL, TYPE, XSD
from ontology.loader import DATA_BASE
from ontology.terms import Class, Property, value

_CONFORMS = ox.NamedNode("http://purl.org/dc/terms/conformsTo")
_TYPES = (ENTITY, ox.NamedNode(Class.SOURCE))
_NAME, _KIND, _SHA256 = map(ox.NamedNode, (Property.SOURCE_NAME, Property.SOURCE_KIND, Property.SHA256))
_SAID = frozenset({LABEL, GENERATED_AT, ATTRIBUTED_TO, _CONFORMS, _NAME, _KIND, _SHA256})


def provenance_of(source: Source, at: str | None, by: str | None = None) -> list[ox.Triple]:
    """What is said of a source; ``at`` is when it is written (ISO 8601), ``by`` who writes it."""
    graph = ox.NamedNode(source.graph)
    bibliography = Path(source.path).suffix.lower() in BIBLIOGRAPHIES
    kind = ox.NamedNode(value("sourceKind", "bibliography" if bibliography else "evidence"))
    facts = [
        *(ox.Triple(graph, TYPE, one) for one in _TYPES),
        ox.Triple(graph, _NAME, ox.Literal(source.name)),
        ox.Triple(graph, _KIND, kind),
        ox.Triple(graph, LABEL, ox.Literal(source.path)),
        ox.Triple(graph, _SHA256, ox.Literal(source.sha256)),
        ox.Triple(graph, _CONFORMS, _reader(source.resolved_against)),
    ]
    if at is not None:
        facts.append(ox.Triple(graph, GENERATED_AT, ox.Literal(at, datatype=ox.NamedNode(XSD + "dateTime"))))
    if by is not None:
        facts.append(ox.Triple(graph, ATTRIBUTED_TO, ox.Literal(by)))
    return facts


def is_provenance(triple: ox.Triple, graph: str) -> bool:
    """Whether this is what the store says of the source's graph; no source says it of itself."""
    if triple.subject != ox.NamedNode(graph):
        return False
    return triple.predicate in _SAID or (triple.predicate == TYPE and triple.object in _TYPES)


def read_alike(triples: list[ox.Triple], graph: str, resolved_against: str) -> bool:
    """Whether the source was read with this context, and its relative IRIs against this one."""
    reader = _reader(resolved_against)
    return ox.Triple(ox.NamedNode(graph), _CONFORMS, reader) in triples


@cache
def _reader(resolved_against: str) -> ox.NamedNode:
    """Names what a file was read with: another context or base reads another graph."""
    told = json.dumps([context(), resolved_against], sort_keys=True)
    return ox.NamedNode(f"{DATA_BASE}context/{hashlib.sha256(told.encode()).hexdigest()[:16]}")
