"""The engine's terms, formats and words, and ours: what the stores and all who hold its terms share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.results import LANGUAGE_STRING, Term, Triples
from graph.sparql import prologue_end

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


#: What the engine says in words among the tokens that it expected.
_SENTENCE = re.compile(r"(?:expected (?:one of )?|, )((?:The SELECT|IRI|[A-Z][a-z]+)(?: [A-Za-z]+)+)")
_UNTOLD = re.compile(r"(?:, )?(?:\[[^\]]*+\]|<unreported>)")  # classes of characters tell a reader nothing
_WORD = re.compile(r"\w*")
_QUERIES = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_DECLARING = frozenset({"PREFIX", "BASE", "VERSION"})
_UPDATES = frozenset(
    {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"},
)


def query_syntax(exc: SyntaxError, text: str, *, update: bool = False) -> ClaimspineError:
    """The engine's syntax error in the query, or update, with line and column as it was written."""
    what = "update" if update else "query"
    message = str(exc).removeprefix("error at ").partition(" (")[0]
    place, _, said = message.partition(": ")
    line, _, column = place.partition(":")
    if not (line.isdigit() and column.isdigit()):
        return ClaimspineError("query-syntax", f"cannot read the {what}: {exc}")
    first = said.splitlines()[0] if said else ""
    if (sentence := _SENTENCE.search(first)) is not None:
        told = sentence[1]
    else:
        told = _UNTOLD.sub("", first)[:120].replace("one of ,", "one of").rstrip(" ,|")
        if told in ("expected", "expected one of", ""):
            told = "it cannot go on like this here"
    rest = text[prologue_end(text) :]
    begins = _WORD.match(rest)
    word, hint = begins[0].upper() if begins else "", None
    known, others = (_UPDATES, _QUERIES) if update else (_QUERIES, _UPDATES)
    if not rest.strip():
        told = "it is empty" if not text.strip() else "nothing comes after its declarations"
    elif word in others:
        told = f"{word} begins a query" if update else f"{word} begins an update"
        hint = "queries and updates are sent to different places: /sparql and /update over HTTP"
    elif word not in known and word not in _DECLARING:
        told = f"{rest.split()[0][:40]!r} begins no {what}"
        hint = "begin it with " + ", ".join(sorted(known))
    elif told == "Prefix not found":
        told, hint = "a prefix in it is not declared", "write PREFIX name: <...> before it"
    return ClaimspineError(
        "query-syntax", f"cannot read the {what}: {told}", hint=hint, line=int(line), column=int(column)
    )
