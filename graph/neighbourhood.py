"""What a shape can see from a node: the triples at hand, over those of a store read when asked for.

Validating one article touches the article, what it points at and what points at it, whatever the size
of the store; so nothing is copied, and what was looked up is kept only up to a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from graph.jsonld import declared_datatypes
from graph.shapes import Data, Node
from graph.spelling import is_misspelt
from graph.store import EmbeddedStore
from graph.vocabulary import triples

_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
KEPT = 50_000  # nodes looked up and remembered: some tens of megabytes


def declared(triple: ox.Triple) -> ox.Triple:
    """An integer that came back from the engine gets the type its property declares again."""
    node = triple.object
    if isinstance(node, ox.Literal) and node.datatype.value == _INTEGER:
        datatype = declared_datatypes().get(triple.predicate.value, _INTEGER)
        if datatype != _INTEGER:
            return ox.Triple(
                triple.subject, triple.predicate, ox.Literal(node.value, datatype=ox.NamedNode(datatype))
            )
    return triple


@cache
def shipped_concepts() -> tuple[ox.Triple, ...]:
    """The triples of the shipped vocabulary and of its links to MeSH and UBERON."""
    return (*triples("concepts.ttl"), *triples("concept_links.ttl"))


@cache
def shipped() -> Data:
    """The shipped vocabulary, indexed; nothing may be added to it."""
    return Data(map(declared, shipped_concepts()))


class Neighbourhood(Data):
    """Triples at hand, the shipped vocabulary, and a store behind them, as one graph.

    ``without`` names graphs of the store that do not count. Literals that their datatype does not
    allow are not there, as in every validation.
    """

    def __init__(
        self,
        triples: Iterable[ox.Triple] = (),
        store: EmbeddedStore | None = None,
        without: Collection[str] = (),
    ) -> None:
        """Index the triples at hand; the store is only asked later."""
        super().__init__(triples)
        self.near = self.out
        self._far = _Far(store, without)
        self.out = _Out(self.near, self._far)
        self._back = _Back(self.near, self._far)


class _Far:
    def __init__(self, store: EmbeddedStore | None, without: Collection[str]) -> None:
        self.store = store
        self.without = frozenset(ox.NamedNode(name) for name in without)

    def match(self, subject: Node | None, prop: Node | None, node: Node | None) -> Iterable[ox.Triple]:
        """Triples of the store, its numbers typed again, without misspelt ones."""
        if self.store is None or isinstance(subject, ox.Literal):
            return
        without = self.without
        for quad in self.store.engine.quads_for_pattern(subject, prop, node):  # type: ignore[arg-type]
            if not without or quad.graph_name not in without:
                triple = declared(quad.triple)
                if not (isinstance(triple.object, ox.Literal) and is_misspelt(triple.object)):
                    yield triple


class _Out(dict[Node, dict[Node, list[Node]]]):
    """Objects by subject and property; a node is looked up when it is asked for."""

    def __init__(self, near: Mapping[Node, dict[Node, list[Node]]], far: _Far) -> None:
        super().__init__()
        self._near, self._far = near, far

    def get(self, node: Node, default: object = None) -> dict[Node, list[Node]]:
        """What is said of a node; nothing is an empty mapping."""
        found = super().get(node)
        if found is None:
            if len(self) >= KEPT:
                self.clear()
            found = self[node] = self._look(node)
        return found

    def _look(self, node: Node) -> dict[Node, list[Node]]:
        said: dict[Node, dict[Node, None]] = {}
        for layer in (self._near, shipped().out):
            for prop, objects in layer.get(node, {}).items():
                said.setdefault(prop, {}).update(dict.fromkeys(objects))
        for triple in self._far.match(node, None, None):
            said.setdefault(triple.predicate, {})[triple.object] = None
        return {prop: list(objects) for prop, objects in said.items()}


class _Back(dict[Node, "_Pointing"]):
    """Subjects by object and property, one property at a time: a node may be pointed at a million times."""

    def __init__(self, near: Mapping[Node, dict[Node, list[Node]]], far: _Far) -> None:
        super().__init__()
        self._far = far
        self._near: dict[Node, dict[Node, list[Node]]] = {}
        for subject, said in near.items():
            for prop, objects in said.items():
                for node in objects:
                    self._near.setdefault(node, {}).setdefault(prop, []).append(subject)

    def get(self, node: Node, default: object = None) -> _Pointing:
        """Who points at a node."""
        found = super().get(node)
        if found is None:
            if len(self) >= KEPT:
                self.clear()
            found = self[node] = _Pointing(lambda prop: self._look(node, prop))
        return found

    def _look(self, node: Node, prop: Node) -> list[Node]:
        found = dict.fromkeys(self._near.get(node, {}).get(prop, ()))
        found |= dict.fromkeys(shipped().back.get(node, {}).get(prop, ()))
        found |= {triple.subject: None for triple in self._far.match(None, prop, node)}
        return list(found)


class _Pointing(dict[Node, list[Node]]):
    def __init__(self, look: Callable[[Node], list[Node]]) -> None:
        super().__init__()
        self._look = look

    def get(self, prop: Node, default: object = None) -> list[Node]:
        found = super().get(prop)
        if found is None:
            found = self[prop] = self._look(prop)
        return found
