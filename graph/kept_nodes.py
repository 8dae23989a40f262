"""Nodes as a walk read them from the engine, and the values made of them: kept while nothing is written.

Recommendations share works, studies and findings; what one trace has read, the next need not read again.
Memory is bounded: what was read first goes first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pyoxigraph as ox

from graph.unchanged import WhileUnchanged

KEPT = 150_000  # values of properties for one store, some 60 MB
Link = ox.NamedNode | ox.BlankNode
Made = TypeVar("Made")


class Said(dict[str, list[str]]):
    """What is said of a node, by property, and the values that were made of it, by what made them.

    A value holds what is said of other nodes too, all of them reached from this one.
    """

    __slots__ = ("_made",)
    _made: dict[Callable[..., Any], Any]

    def make(self, nodes: object, node: str, make: Callable[[Any, str], Made]) -> Made:
        """``make(nodes, node)``, once; the nodes hold all that is reached from this one."""
        try:
            made = self._made
        except AttributeError:
            made = self._made = {}
        if make not in made:
            made[make] = make(nodes, node)
        found: Made = made[make]
        return found


class Described(NamedTuple):
    """A node with what is said of it, and where the walk goes from it, by name."""

    said: Said
    ahead: tuple[tuple[str, Link], ...]


class KeptNodes:
    """The nodes that were read of late, by name. Any thread may ask."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._nodes: dict[str, Described] = {}
        self._size = 0
        self.get = self._nodes.get

    def keep(self, name: str, node: Described) -> None:
        """Keep a node, and let go of what was read first when there is too much."""
        with self._lock:
            if name not in self._nodes:
                self._nodes[name] = node
                self._size += _size(node)
                while self._size > KEPT:
                    self._size -= _size(self._nodes.pop(next(iter(self._nodes))))


def _size(node: Described) -> int:
    return 1 + sum(map(len, node.said.values()))


KEPT_NODES = WhileUnchanged(KeptNodes)
