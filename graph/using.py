"""The graphs of an update: those a request names (SPARQL 1.1 Protocol, 2.2.3), and those it may write to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.errors import ClaimspineError
from graph.sparql import TOKEN
from graph.sparql import prefixes as standard
from graph.terms import RDF
from ontology.loader import DATA_BASE


def with_dataset(update: str, using: Sequence[str] | None, using_named: Sequence[str] | None) -> str:
    """The update with ``USING`` before each ``WHERE`` of its modifying operations.

    >>> with_dataset("DELETE {?s ?p ?o} WHERE {?s ?p ?o}", ["urn:g"], None)
    'DELETE {?s ?p ?o} USING <urn:g> WHERE {?s ?p ?o}'

    Raises:
        ClaimspineError: ``dataset-twice``: the update names one itself (the protocol makes that an error).
    """
    clauses = [f"USING <{graph}>" for graph in using or ()]
    clauses += [f"USING NAMED <{graph}>" for graph in using_named or ()]
    if not clauses:
        return update
    written: list[str] = []
    depth, before = 0, ""
    for token in TOKEN.finditer(update):
        text = token[0]
        depth += (text == "{") - (text == "}") if token.lastgroup == "other" else 0
        word = text.upper() if token.lastgroup == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise ClaimspineError(
                "dataset-twice",
                "the update names a dataset itself, so the request may not",
                hint="drop one of them",
            )
        if word == "WHERE":
            if before == "DELETE":
                raise ClaimspineError(
                    "dataset-with-delete-where",
                    "DELETE WHERE cannot be given a dataset",
                    hint="write DELETE { ... } WHERE { ... }",
                )
            written += [clause + " " for clause in clauses]
        written.append(text)
        if not text.isspace() and token.lastgroup != "comment":
            before = word
    return "".join(written)


def names_dataset(query: str) -> bool:
    """Whether a query has a FROM clause; then the union of all graphs is not its default graph.

    >>> names_dataset("SELECT * FROM <urn:g> { ?s ?p 'from' }"), names_dataset("ASK { ?from ?p 'from' }")
    (True, False)
    """
    return "from" in query.lower() and any(
        token.lastgroup == "word" and token[0].upper() == "FROM" for token in TOKEN.finditer(query)
    )


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def may_change(update: str, base: str = DATA_BASE, *, variables: bool = False) -> frozenset[str] | None:
    """The graphs that an update may write to, and perhaps more; the empty name is the default graph.

    None: any. An update writes to the graphs that it names, unless it names one by a variable, or all at
    once. Names can be written with escapes, or relative to something: then it is any graph too.
    ``variables``: beside the graphs that its variables name.

    >>> sorted(may_change("PREFIX g: <urn:g:> INSERT DATA { GRAPH g:1 { <urn:a> a <urn:b> } }"))
    ['', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'urn:a', 'urn:b', 'urn:g:', 'urn:g:1']
    >>> may_change("DELETE { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p 1 } }"), may_change("DROP ALL")
    (None, None)
    """
    if "\\" in update:
        return None
    prefixes = {name: {iri} for name, iri in standard(base).items()}
    found, names = {"", RDF + "type"}, []
    before: tuple[str, str] = ("", "")
    declared = "-"  # no prefix is called that
    for token in TOKEN.finditer(update):
        kind, text = token.lastgroup or "", token[0]
        if kind == "comment" or text.isspace():
            continue
        word = text.lower() if kind == "word" else ""
        if word == "base" or word.endswith(("all", "named")):
            return None
        if not variables and kind == "variable" and before[0] == "word" and before[1].endswith("graph"):
            return None
        if kind == "name":
            names.append(text)
            declared = text.partition(":")[0] if before[1].endswith("prefix") else "-"
        elif kind == "iri":
            if _ABSOLUTE.match(text[1:]) is None:
                return None
            found.add(text[1:-1])
            if before[0] == "name" and before[1] == declared + ":":
                prefixes.setdefault(declared, set()).add(text[1:-1])
        before = (kind, word or text)
    for name in names:
        prefix, _, local = name.partition(":")
        if prefix not in prefixes or prefix.lower().endswith(("graph", "with", "to")):
            return None  # `GRAPH:g` may be a keyword and a name
        for iri in prefixes[prefix]:
            found |= {iri + local, iri + local.rstrip(".")}
    return frozenset(found)
