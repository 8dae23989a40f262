"""Nodes as they were read from the engine, and the values made of them: kept while nothing is written.

Recommendations share works, studies and findings; what one trace has read, the next need not read again.
Memory is bounded: what was read first goes first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from graph.embedded.unchanged import WhileUnchanged

KEPT = 150_000  # values of properties for one store, some 60 MB
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


class KeptNodes:
    """The nodes that were read of late, by name. Any thread may ask."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._nodes: dict[str, Said] = {}
        self._size = 0
        self.get = self._nodes.get

    def keep(self, nodes: Mapping[str, Said]) -> None:
        """Keep nodes, and let go of what was read first when there is too much."""
        with self._lock:
            for name, node in nodes.items():
                if name not in self._nodes:
                    self._nodes[name] = node
                    self._size += _size(node)
            while self._size > KEPT:
                self._size -= _size(self._nodes.pop(next(iter(self._nodes))))


def _size(said: Said) -> int:
    return 1 + sum(map(len, said.values()))


KEPT_NODES = WhileUnchanged(KeptNodes)
