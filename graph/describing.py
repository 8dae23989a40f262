"""What the store says of one thing: its own statements, those of its parts, and who points at it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.engine import from_term
from graph.jsonld import by_property
from graph.reading.nodes import last_part
from graph.results import Term
from graph.shacl.neighbourhood import is_named, shipped_concepts
from graph.sparql import stored
from graph.store import Store


def describe(store: Store, iri: str) -> list[ox.Triple]:
    """The triples about a thing and its parts, and evidence lines that bear on it; sorted.

    A shipped concept that the store does not name is described as it was shipped, with what the store adds.
    """
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return []
    answer = store.query(stored("describe"), {"root": Term.iri(iri)})
    found = set()
    for row in getattr(answer, "rows", ()):
        subject, predicate, value = (from_term(term) for term in row[:3])
        found.add(ox.Triple(subject, predicate, value))  # type: ignore[arg-type]
    if not is_named((one.predicate, one.object) for one in found if one.subject == node):
        found |= {triple for triple in shipped_concepts() if triple.subject == node}
    return sorted(found, key=str)


def statements(triples: Iterable[ox.Triple], iri: str, base: str) -> list[tuple[str, str, str | None]]:
    """(name, value, link) of what is said of ``iri`` itself, by the names of the context, sorted."""
    said: list[tuple[str, str, str | None]] = []
    for triple in triples:
        if getattr(triple.subject, "value", None) != iri:
            continue
        keys = by_property().get(triple.predicate.value, ())
        name = keys[0].key if keys else last_part(triple.predicate.value)
        value = triple.object
        if isinstance(value, ox.NamedNode):
            said.append((name, value.value.removeprefix(base), value.value))
        elif isinstance(value, ox.Literal):
            said.append((name, value.value, None))
    return sorted(said, key=lambda row: (row[0], row[1]))


_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_SERVICE = """
PREFIX sd: <{sd}>
_:service a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat {formats} ;
  sd:defaultDataset _:dataset .
_:dataset a sd:Dataset ; sd:defaultGraph _:graph .
_:graph a sd:Graph .
"""
_KNOWN_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service_description(endpoint: str) -> list[ox.Triple]:
    """What a bare GET of a SPARQL endpoint tells (SPARQL 1.1 Service Description).

    Of this endpoint alone: a client that finds two (Comunica) may send its queries to the wrong one.
    """
    formats = ", ".join(f"<{_FORMATS}{name}>" for name in _KNOWN_FORMATS)
    text = _SERVICE.format(
        sd=_SD,
        endpoint=ox.NamedNode(endpoint).value,
        formats=formats,
    )
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
