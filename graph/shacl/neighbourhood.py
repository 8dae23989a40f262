"""What a shape can see from a node: the triples at hand, over those of a store read when asked for.

Validating one article touches the article, what it points at and what points at it, whatever the size
of the store; so nothing is copied, and what was looked up is kept only up to a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.jsonld import declared_datatypes
from graph.shacl.spelling import is_misspelt
from graph.shacl.triples import Data, Facts, Node
from graph.terms import TYPE, XSD
from graph.vocabulary import is_name, triples
from ontology.terms import Adopted

_INTEGER = XSD + "integer"
_NAME = ox.NamedNode(Adopted.PREF_LABEL)
KEPT = 50_000  # nodes looked up and remembered: some tens of megabytes
FEW = 20  # graphs that do not count, named in one query
AT_ONCE = 2_000  # nodes asked for in one query


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


def is_named(said: Iterable[tuple[Node, Node]]) -> bool:
    """Whether some of these properties and values name a concept, so that they replace a shipped one."""
    return any(
        prop == _NAME and isinstance(node, ox.Literal) and is_name(_NAME.value, node.language)
        for prop, node in said
    )


def not_replaced(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The shipped vocabulary without the concepts that these triples name."""
    named = {one.subject for one in triples if is_named([(one.predicate, one.object)])}
    return [one for one in shipped_concepts() if one.subject not in named]


@cache
def shipped() -> Data:
    """The shipped vocabulary, indexed; nothing may be added to it."""
    return Data(map(declared, shipped_concepts()))


class Neighbourhood(Data):
    """Triples at hand, the shipped vocabulary, and a store behind them, as one graph.

    Of a shipped concept that the triples or the store name, what was shipped does not count.

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
        self._far = _Far(store, without, self.near)
        self.out = _Out(self.near, self._far)
        self._back = _Back(self.near, self._far)


class _Far:
    """The store behind. Of the nodes at hand all is asked together, and its own version of them left out."""

    def __init__(
        self,
        store: EmbeddedStore | None,
        without: Collection[str],
        near: Mapping[Node, dict[Node, list[Node]]],
    ) -> None:
        self.store = store
        self.without = frozenset(ox.NamedNode(name) for name in without)
        self._near = near
        self._replaced: dict[Node, bool] = {}
        self.elsewhere: dict[Node, list[tuple[Node, Node]]] = {}
        if store is not None and 0 < len(without) <= FEW:
            named = [node for node in near if isinstance(node, ox.NamedNode)]
            self.elsewhere = {node: [] for node in named}
            for start in range(0, len(named), AT_ONCE):
                self._ask(store, named[start : start + AT_ONCE])

    def _ask(self, store: EmbeddedStore, nodes: Collection[Node]) -> None:
        others = " && ".join(f"!sameTerm(?g, {graph})" for graph in sorted(map(str, self.without)))
        values = " ".join(map(str, nodes))
        found = store.engine.query(
            f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} FILTER({others}) }}"
        )
        assert isinstance(found, ox.QuerySolutions)
        for subject, prop, node in found:
            self.elsewhere[subject] += _typed(subject, prop, node)

    def said(self, subject: Node, prop: Node | None = None) -> Iterator[tuple[Node, Node]]:
        """Properties and values of a node in the store, its numbers typed again, without misspelt ones."""
        if self.store is None or isinstance(subject, ox.Literal):
            return
        if subject in self.elsewhere:
            yield from self.elsewhere[subject]
            return
        without = self.without
        for quad in self.store.engine.quads_for_pattern(subject, prop, None):  # type: ignore[arg-type]
            if not without or quad.graph_name not in without:
                yield from _typed(quad.subject, quad.predicate, quad.object)

    def replaces(self, node: Node) -> bool:
        """Whether a shipped concept is named again here or in the store."""
        found = self._replaced.get(node)
        if found is None:
            near = ((_NAME, value) for value in self._near.get(node, {}).get(_NAME, ()))
            found = self._replaced[node] = is_named(near) or is_named(self.said(node, _NAME))
        return found

    def subjects(self, prop: Node, node: Node) -> Iterator[Node]:
        """The nodes of the store that have this value."""
        if self.store is None or (isinstance(node, ox.Literal) and is_misspelt(node)):
            return
        for quad in self.store.engine.quads_for_pattern(None, prop, node):  # type: ignore[arg-type]
            if not self.without or quad.graph_name not in self.without:
                yield quad.subject


def _typed(subject: Node, prop: Node, node: Node) -> tuple[tuple[Node, Node], ...]:
    if isinstance(node, ox.Literal):
        node = declared(ox.Triple(subject, prop, node)).object  # type: ignore[arg-type]
        if isinstance(node, ox.Literal) and is_misspelt(node):
            return ()
    return ((prop, node),)


class _Out(Facts):
    """Objects by subject and property; a node is looked up when it is asked for."""

    def __init__(self, near: Mapping[Node, dict[Node, list[Node]]], far: _Far) -> None:
        super().__init__()
        self._near, self._far = near, far

    def __missing__(self, node: Node) -> dict[Node, list[Node]]:
        """What is said of a node; nothing is an empty mapping."""
        if len(self) >= KEPT:
            self.clear()
        found = self[node] = self._look(node)
        return found

    def _look(self, node: Node) -> dict[Node, list[Node]]:
        if self._far.store is not None and node not in self._near and node not in shipped().out:
            return _Distant(node, self._far)
        said: dict[Node, dict[Node, None]] = {}
        known = node in shipped().out and not self._far.replaces(node)
        for layer in (self._near, shipped().out) if known else (self._near,):
            for prop, objects in layer[node].items():
                said.setdefault(prop, {}).update(dict.fromkeys(objects))
        for prop, value in self._far.said(node):
            said.setdefault(prop, {})[value] = None
        return {prop: list(objects) for prop, objects in said.items()}


class _Distant(dict[Node, list[Node]]):
    """A node that only the store describes. Most are asked for their class alone; then no more is read."""

    def __init__(self, node: Node, far: _Far) -> None:
        super().__init__()
        self._node, self._far = node, far
        self._types: list[Node] | None = None
        self._whole = False

    def get(self, prop: Node, default: Any = None) -> Any:
        """The values of a property."""
        if prop == TYPE and not self._whole:
            if self._types is None:
                self._types = list(dict.fromkeys(kind for _, kind in self._far.said(self._node, TYPE)))
            return self._types or default
        self._read()
        return super().get(prop, default)

    def _read(self) -> None:
        if not self._whole:
            self._whole = True
            for prop, value in self._far.said(self._node):
                values = self.setdefault(prop, [])
                if value not in values:
                    values.append(value)

    def __iter__(self) -> Iterator[Node]:
        self._read()
        return super().__iter__()

    def __len__(self) -> int:
        self._read()
        return super().__len__()

    def __contains__(self, prop: object) -> bool:
        self._read()
        return super().__contains__(prop)

    def items(self) -> Any:
        """All properties with their values."""
        self._read()
        return super().items()


class _Back(Facts):
    """Subjects by object and property, one property at a time: a node may be pointed at a million times."""

    def __init__(self, near: Mapping[Node, dict[Node, list[Node]]], far: _Far) -> None:
        super().__init__()
        self._far = far
        self._near: dict[Node, dict[Node, list[Node]]] = {}
        for subject, said in near.items():
            for prop, objects in said.items():
                for node in objects:
                    self._near.setdefault(node, {}).setdefault(prop, []).append(subject)

    def __missing__(self, node: Node) -> dict[Node, list[Node]]:
        """Who points at a node."""
        if len(self) >= KEPT:
            self.clear()
        found = self[node] = _Pointing(lambda prop: self._look(node, prop))
        return found

    def _look(self, node: Node, prop: Node) -> list[Node]:
        found = dict.fromkeys(self._near.get(node, {}).get(prop, ()))
        known = shipped().back[node].get(prop, ())
        found |= dict.fromkeys(one for one in known if not self._far.replaces(one))
        found |= dict.fromkeys(self._far.subjects(prop, node))
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
