"""Triples at hand, by subject and property and the other way round: what compiled shapes look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.terms import SUBCLASS_OF, TYPE

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Facts(dict[Node, dict[Node, list[Node]]]):
    """What is said of each node; of one that is not there, nothing."""

    def __missing__(self, node: Node) -> dict[Node, list[Node]]:
        """Nothing, and it is not noted that somebody asked."""
        return _NOTHING


_NOTHING: dict[Node, list[Node]] = {}


class Data:
    """Triples by subject and property, and the other way round."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Index the triples; repeated ones count once."""
        self.out: dict[Node, dict[Node, list[Node]]] = Facts()
        for triple in dict.fromkeys(triples):
            self.out.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
        self._back: Mapping[Node, dict[Node, list[Node]]] | None = None
        self._below: dict[Node, set[Node]] = {}

    @property
    def back(self) -> Mapping[Node, dict[Node, list[Node]]]:
        """Subjects by object and property."""
        if self._back is None:
            back: dict[Node, dict[Node, list[Node]]] = Facts()
            for subject, said in self.out.items():
                for prop, objects in said.items():
                    for node in objects:
                        back.setdefault(node, {}).setdefault(prop, []).append(subject)
            self._back = back
        return self._back

    def objects(self, subject: Node, prop: Node) -> list[Node]:
        """What a property of a node leads to."""
        return self.out[subject].get(prop, [])

    def subclasses(self, kind: Node) -> set[Node]:
        """A class and those that the data puts below it."""
        if kind not in self._below:
            found, queue = {kind}, [kind]
            while queue:
                for lower in self.back[queue.pop()].get(SUBCLASS_OF, ()):
                    if lower not in found:
                        found.add(lower)
                        queue.append(lower)
            self._below[kind] = found
        return self._below[kind]

    def instances(self, kind: Node) -> list[Node]:
        """The nodes of a class."""
        return [node for one in self.subclasses(kind) for node in self.back[one].get(TYPE, ())]
