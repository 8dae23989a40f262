"""The triples below one thing, by the query that tracing uses: what a proof shows and anyone can ask."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from graph.engine import from_term
from graph.results import Term
from graph.sparql import PREFIXES, stored
from graph.store import Store

__all__ = ["PATH_QUERY", "paths_below"]

_PREFIXES = ("oa", "rdf", "spine")
#: Whole, to be pasted into any SPARQL 1.1 engine; ?root is bound (BIND or VALUES) to where a path starts.
PATH_QUERY = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _PREFIXES) + stored("trace")


def paths_below(stores: Iterable[Store], roots: Iterable[str]) -> list[str]:
    """The paths below the roots in any of the stores as N-Triples, sorted; unknown roots add nothing.

    Blank nodes are named by RDF Dataset Canonicalization (W3C, 2024), so that the same graph gives the
    same lines wherever and whenever it was loaded.
    """
    wanted = sorted(set(roots))
    found = ox.Dataset()
    for store in stores:
        for root in wanted:
            answer = store.query(PATH_QUERY, {"root": Term.iri(root)})
            for row in getattr(answer, "rows", ()):
                subject, predicate, value = (from_term(term) for term in row[:3])
                found.add(ox.Quad(subject, predicate, value))  # type: ignore[arg-type]
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad.triple} ." for quad in found)
