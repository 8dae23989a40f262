"""A stored query of one long path, answered by walking the engine's index: the same rows, sooner.

``trace.rq`` is ``?root (a|b|^c)* ?s . ?s ?p ?o``. For each node an engine looks up each of twenty ways
on; walking looks the node up once and follows those of its triples that are ways on. The query stays
the definition: the ways are read from it, and other stores are asked it as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from graph.evidence import Iri
from graph.results import Term
from graph.sparql import PREFIXES, stored
from graph.store import EmbeddedStore, Store

_PATH = re.compile(r"\?root\s*\(([^()]*)\)\*\s*\?s\s*\.\s*\?s\s+\?p\s+\?o\s*\.\s*\}\s*$")
_STEP = re.compile(r"(\^?)([a-z]+):(\w+)", re.IGNORECASE)


def below(
    store: Store, query: str, root: Iri, *, seen: set[object] | None = None
) -> Iterator[tuple[str | None, ...]]:
    """The rows subject, property, object of a stored query, from ``root`` down.

    ``seen`` is kept by a caller that asks for several roots: what one of them reached is not read again.
    """
    if not isinstance(store, EmbeddedStore):
        yield from (row[:3] for row in store.rows(stored(query), {"root": Term.iri(root)}))
        return
    forward, backward = _ways(query)
    engine, start = store.engine, ox.NamedNode(root)
    queue: list[ox.NamedNode | ox.BlankNode] = [start]
    seen = set() if seen is None else seen
    if start in seen:
        return
    seen.add(start)
    while queue:
        node = queue.pop()
        subject = node.value
        for quad in engine.quads_for_pattern(node, None, None):
            prop, target = quad.predicate, quad.object
            yield subject, prop.value, str(target) if isinstance(target, ox.Triple) else target.value
            if prop in forward and target not in seen and isinstance(target, ox.NamedNode | ox.BlankNode):
                seen.add(target)
                queue.append(target)
        for prop in backward:
            for quad in engine.quads_for_pattern(None, prop, node):
                source = quad.subject
                if source not in seen and isinstance(source, ox.NamedNode | ox.BlankNode):
                    seen.add(source)
                    queue.append(source)


@cache
def _ways(query: str) -> tuple[frozenset[ox.NamedNode], tuple[ox.NamedNode, ...]]:
    """The properties followed forwards and backwards, as the query's path names them."""
    found = _PATH.search(stored(query))
    assert found is not None, f"{query}.rq is not one long path"
    steps = [(sign, ox.NamedNode(PREFIXES[prefix] + name)) for sign, prefix, name in _STEP.findall(found[1])]
    assert len(steps) == found[1].count("|") + 1
    forward = frozenset(prop for sign, prop in steps if not sign)
    return forward, tuple(prop for sign, prop in steps if sign)
