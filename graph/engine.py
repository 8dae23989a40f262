"""The engine's terms, formats and words, and ours: what the stores and all who hold its terms share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.results import LANGUAGE_STRING, Term, Triples

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Parameters = Mapping[str, Term]

RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}


def to_term(node: Node | None) -> Term | None:
    """An engine's term as ours."""
    if node is None:
        return None
    if isinstance(node, ox.NamedNode):
        return Term("iri", node.value)
    if isinstance(node, ox.Literal):
        datatype = node.datatype.value
        return Term("literal", node.value, None if datatype == LANGUAGE_STRING else datatype, node.language)
    return Term("blank", str(node).removeprefix("_:"))


def some_term(node: Node) -> Term:
    """As ``to_term``, of a node that is there."""
    term = to_term(node)
    assert term is not None
    return term


def triples_of(found: Iterable[ox.Triple]) -> Triples:
    """An engine's triples as ours, in order."""
    return Triples(tuple((some_term(t.subject), some_term(t.predicate), some_term(t.object)) for t in found))


def from_term(term: Term) -> Node:
    """Our term as the engine's.

    Raises:
        ClaimspineError: not a valid IRI or language tag.
    """
    try:
        if term.kind == "iri":
            return ox.NamedNode(term.value)
        if term.kind == "blank":
            return ox.BlankNode(term.value)
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype) if term.datatype else None)
    except ValueError as exc:
        raise ClaimspineError("not-a-term", f"{term.value!r} is not a valid {term.kind}: {exc}") from exc


def query_syntax(exc: SyntaxError) -> ClaimspineError:
    """The engine's syntax error, with line and column of the query as written."""
    message = str(exc).removeprefix("error at ").partition(" (")[0]
    place, _, said = message.partition(": ")
    said = said.splitlines()[0][:120] if said else ""
    line, _, column = place.partition(":")
    if line.isdigit() and column.isdigit():
        return ClaimspineError(
            "query-syntax", f"cannot read the query: {said}", line=int(line), column=int(column)
        )
    return ClaimspineError("query-syntax", f"cannot read the query: {exc}")
