"""The dataset that a request names for an update, written into it (SPARQL 1.1 Protocol, 2.2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import ClaimspineError
from graph.sparql import _TOKEN


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
    for token in _TOKEN.finditer(update):
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
        token.lastgroup == "word" and token[0].upper() == "FROM" for token in _TOKEN.finditer(query)
    )
