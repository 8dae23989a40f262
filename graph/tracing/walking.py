"""A stored query of one long path, answered by walking the engine's index: the same, sooner.

``trace.rq`` is ``?root (a|b|^c)* ?s . ?s ?p ?o``. For each node an engine looks up each of twenty ways
on; walking looks the node up once and follows those of its triples that are ways on. The query stays
the definition: the ways are read from it, and other stores are asked it as it stands. One thing is left
out: lines that bear on what no line may bear on, such as a paper or a part of a list, are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.evidence import Iri
from graph.reading.kept_nodes import Said
from graph.results import Term
from graph.sparql import PREFIXES, stored
from graph.store import Store
from graph.terms import RDF, TYPE
from ontology.terms import Class, Property

_PATH = re.compile(r"\?root\s*\(([^()]*)\)\*\s*\?s\s*\.\s*\?s\s+\?p\s+\?o\s*\.\s*\}\s*$")
_UP = re.compile(r"\?root\s*\(([^()]*)\)\+\s*\?above\s*\.\s*FILTER EXISTS \{ \?above (\w+):(\w+) ")
_FIRST, _NIL = RDF + "first", ox.NamedNode(RDF + "nil")
_BEARS_ON = ox.NamedNode(Property.BEARS_ON)
_CLASSES = {iri for name, iri in vars(Class).items() if name.isupper()}
_NEVER = _CLASSES - {Class.CLAIM, Class.RECOMMENDATION, Class.MECHANISM_STEP}  # what no line may bear on
Link = ox.NamedNode | ox.BlankNode
Match = Callable[..., Iterator[ox.Quad]]
_FOLLOWED = (ox.NamedNode, ox.BlankNode)
_STEP = re.compile(r"(\^?)([a-z]+):(\w+)", re.IGNORECASE)


def below(store: Store, query: str, root: Iri, *, seen: set[str] | None = None) -> Iterator[tuple[str, Said]]:
    """What a stored query says from ``root`` down: each subject once, with its values by property.

    ``seen`` is kept by a caller that asks for several roots: what one of them reached is not read again.
    """
    if isinstance(store, EmbeddedStore):
        return _walk(store, query, root, set() if seen is None else seen)
    return _asked(store, query, root)


def _walk(store: EmbeddedStore, query: str, root: Iri, seen: set[str]) -> Iterator[tuple[str, Said]]:
    ways, match = _ways(query), store.engine.quads_for_pattern
    queue: list[tuple[str, Link]] = [] if root in seen else [(root, ox.NamedNode(root))]
    seen.add(root)
    while queue:
        name, node = queue.pop()
        said, ahead = _read(match, node, *ways)
        if said:
            yield name, said
        for link in ahead.items():
            if link[0] not in seen:
                seen.add(link[0])
                queue.append(link)


def _read(
    match: Match, node: Link, forward: frozenset[str], backward: tuple[ox.NamedNode, ...]
) -> tuple[Said, dict[str, Link]]:
    """One node, and where the walk goes from it. A blank node goes by its label, which no IRI is like."""
    said, ahead = Said(), dict[str, Link]()
    for quad in match(node, None, None):
        prop, target = quad.predicate.value, quad.object
        value = str(target) if isinstance(target, ox.Triple) else target.value
        said.add(prop, value)
        if prop in forward and isinstance(target, _FOLLOWED):
            ahead[value] = target
    for way in backward:
        if way == _BEARS_ON and _bears_nothing(node, said):
            continue
        for quad in match(None, way, node):
            source = quad.subject
            if isinstance(source, _FOLLOWED):
                ahead[source.value] = source
    return said, ahead


def _bears_nothing(node: Link, said: Said) -> bool:
    """Whether no line may bear on this: a paper, a part of a list. In memory, nil would take long."""
    kinds = said.get(TYPE.value)
    return _NEVER.issuperset(kinds) if kinds else _FIRST in said or node == _NIL


def above(store: Store, query: str, roots: Iterable[Iri]) -> set[str]:
    """What a stored query finds above the roots: all that leads to one, where it says what the query asks.

    ``resting.rq`` is ``?root (^a|^b)+ ?above`` and a property that ``?above`` must have.
    """
    if not isinstance(store, EmbeddedStore):
        return {
            row[0] for root in roots for row in store.rows(stored(query), {"root": Term.iri(root)}) if row[0]
        }
    ways, must = _ways_up(query)
    match = store.engine.quads_for_pattern
    found: dict[ox.NamedNode | ox.BlankNode, None] = {}
    queue: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(root) for root in roots]
    while queue:
        node = queue.pop()
        for way in ways:
            for quad in match(None, way, node):
                source = quad.subject
                if source not in found and isinstance(source, _FOLLOWED):
                    found[source] = None
                    queue.append(source)
    return {node.value for node in found if any(True for _ in match(node, must, None))}


def _asked(store: Store, query: str, root: Iri) -> Iterator[tuple[str, Said]]:
    """The same from a store that is asked the query as it stands."""
    found: dict[str, Said] = {}
    for subject, prop, value, *_ in store.rows(stored(query), {"root": Term.iri(root)}):
        said = found.setdefault(subject or "", Said())
        if value is not None:
            said.add(prop or "", value)
    yield from found.items()


@cache
def _ways(query: str) -> tuple[frozenset[str], tuple[ox.NamedNode, ...]]:
    """The properties followed forwards and backwards, as the query's path names them."""
    found = _PATH.search(stored(query))
    assert found is not None, f"{query}.rq is not one long path"
    steps = [(sign, ox.NamedNode(PREFIXES[prefix] + name)) for sign, prefix, name in _STEP.findall(found[1])]
    assert len(steps) == found[1].count("|") + 1
    forward = frozenset(prop.value for sign, prop in steps if not sign)
    return forward, tuple(prop for sign, prop in steps if sign)


@cache
def _ways_up(query: str) -> tuple[tuple[ox.NamedNode, ...], ox.NamedNode]:
    """The properties followed backwards, and the one that must be there, as the query names them."""
    found = _UP.search(stored(query))
    assert found is not None, f"{query}.rq is not one long path upwards"
    steps = _STEP.findall(found[1])
    assert len(steps) == found[1].count("|") + 1 == found[1].count("^")
    ways = tuple(ox.NamedNode(PREFIXES[prefix] + name) for _, prefix, name in steps)
    return ways, ox.NamedNode(PREFIXES[found[2]] + found[3])
