"""What triples that are not yet stored point at, and what points at them, for engines that see no store."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

import pyoxigraph as ox

from graph.shacl.neighbourhood import is_named, shipped_concepts
from graph.store import Store


@cache
def _shipped_by_subject() -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = {}
    for triple in shipped_concepts():
        found.setdefault(str(triple.subject), []).append(triple)
    return found


def around(triples: list[ox.Triple], beside: Store | None, without: Collection[str]) -> list[ox.Triple]:
    """What the triples point at, and what points at them, one step away."""
    described = {str(t.subject) for t in triples}
    wanted = {str(t.object): t.object for t in triples if isinstance(t.object, ox.NamedNode)}
    for key in described:
        wanted.pop(key, None)
    named = {str(t.subject) for t in triples if is_named([(t.predicate, t.object)])}
    found: list[ox.Triple] = []
    shipped = _shipped_by_subject()
    for key in sorted({*wanted, *described} - named):
        found += shipped.get(key, ())
    if beside is not None and set(beside.graph_names()) - set(without):
        found += _neighbours(beside, set(wanted), described, without)
    return found


_OUTBOUND = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } GRAPH ?g { ?s ?p ?o } %s }"
_INBOUND = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?o { %s } GRAPH ?g { ?s ?p ?o } %s }"


def _neighbours(
    store: Store, wanted: set[str], described: set[str], without: Collection[str]
) -> list[ox.Triple]:
    """Asked in one query each way; blank nodes of the store are not followed."""
    found: list[ox.Triple] = []
    names = ", ".join(str(ox.NamedNode(name)) for name in sorted(without))
    kept = f"FILTER(?g NOT IN ({names}))" if names else ""
    for template, keys in ((_OUTBOUND, wanted), (_INBOUND, described)):
        iris = " ".join(sorted(key for key in keys if key.startswith("<")))
        if iris:  # terms serialised by the engine, so nothing can break out of VALUES
            text = store.query_serialized(template % (iris, kept), "ntriples")
            found += [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    return found
