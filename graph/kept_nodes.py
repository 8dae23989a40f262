"""Nodes as a walk read them from the engine, and the values made of them: kept while nothing is written.

Recommendations share works, studies and findings; what one trace has read, the next need not read again.
Memory is bounded: what was read first goes first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pyoxigraph as ox

from graph.unchanged import WhileUnchanged

KEPT = 150_000  # values of properties for one store, some 60 MB
Link = ox.NamedNode | ox.BlankNode
Made = TypeVar("Made")


class Said(dict[str, tuple[str, ...]]):
    """What is said of a node, by property, and the values that were made of it, by what made them.

    A value holds what is said of other nodes too, all of them reached from this one.
    """

    __slots__ = ("_made",)
    _made: tuple[tuple[Callable[..., Any], Any], ...]

    def add(self, prop: str, value: str) -> None:
        """Take in a value; the same from another graph counts once."""
        values = self.get(prop, ())
        if value not in values:
            self[prop] = (*values, value)

    def make(self, nodes: object, node: str, make: Callable[[Any, str], Made]) -> Made:
        """``make(nodes, node)``, once; the nodes hold all that is reached from this one."""
        made = getattr(self, "_made", ())
        for by, value in made:  # one, or two
            if by is make:
                known: Made = value
                return known
        found = make(nodes, node)
        self._made = (*made, (make, found))
        return found


Described = tuple[Said, tuple[tuple[str, Link], ...]]
"""What is said of a node, and where the walk goes from it, by name."""


class KeptNodes:
    """The nodes that were read of late, by name. Any thread may ask."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._nodes: dict[str, Described] = {}
        self._size = 0
        self.get = self._nodes.get

    def keep(self, nodes: Mapping[str, Described]) -> None:
        """Keep nodes, and let go of what was read first when there is too much."""
        with self._lock:
            for name, node in nodes.items():
                if name not in self._nodes:
                    self._nodes[name] = node
                    self._size += _size(node)
            while self._size > KEPT:
                self._size -= _size(self._nodes.pop(next(iter(self._nodes))))


def _size(node: Described) -> int:
    return 1 + sum(map(len, node[0].values()))


KEPT_NODES = WhileUnchanged(KeptNodes)
