"""A compiled shape: which nodes it chooses, what it asks of them, and what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from graph.shacl.paths import Path
from graph.shacl.triples import Data, Node
from graph.terms import TYPE

Check = Callable[[Data, Node, list[Node]], Iterator["Breach"]]  # the data, a focus node, its value nodes
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")


@dataclass(frozen=True, slots=True)
class Breach:
    """One result, as SHACL defines it. ``severity`` is Violation, Warning or Info."""

    shape: Node
    severity: str
    focus: Node
    path: Node | None
    value: Node | None
    messages: tuple[str, ...]


@dataclass(slots=True)
class Shape:
    """Where the values of a focus node are, and what is asked of them."""

    node: Node
    path: Path | None
    path_node: Node | None
    severity: str
    messages: tuple[str, ...]
    of_set: list[Check]  # may be broken where there is no value
    of_values: list[Check]
    targets: list[tuple[str, Node]]

    def run(self, data: Data, focus: Node) -> Iterator[Breach]:
        """The breaches of a focus node."""
        values = [focus] if self.path is None else self.path(data, focus)
        for check in self.of_set:
            yield from check(data, focus, values)
        if values:
            for check in self.of_values:
                yield from check(data, focus, values)

    def holds(self, data: Data, focus: Node) -> bool:
        """Whether a node conforms."""
        return next(self.run(data, focus), None) is None

    def breach(self, focus: Node, value: Node | None = None, path: Node | None = None) -> Breach:
        """A result of this shape."""
        return Breach(self.node, self.severity, focus, path or self.path_node, value, self.messages)

    def focus_nodes(self, data: Data) -> list[Node]:
        """The nodes that the targets choose."""
        found: dict[Node, None] = {}
        for kind, node in self.targets:
            if kind == "targetClass":
                found |= dict.fromkeys(data.instances(node))
            elif kind == "targetNode":
                found[node] = None
            elif kind == "targetSubjectsOf":
                found |= dict.fromkeys(s for s, said in data.out.items() if node in said)
            else:
                found |= {o: None for said in data.out.values() for o in said.get(node, ())}
        return list(found)

    def chooses(self, data: Data, focus: Node) -> bool:
        """Whether the targets choose this node."""
        for kind, node in self.targets:
            if kind == "targetClass":
                types = data.out[focus].get(TYPE, ())
                found = bool(types) and not data.subclasses(node).isdisjoint(types)
            elif kind == "targetNode":
                found = node == focus
            elif kind == "targetSubjectsOf":
                found = node in data.out[focus]
            else:
                found = bool(data.back[focus].get(node, ()))
            if found:
                return True
        return False


def run(shapes: tuple[Shape, ...], triples: Iterable[ox.Triple]) -> list[Breach]:
    """All breaches of the shapes in the triples."""
    data = Data(triples)
    return [b for shape in shapes for focus in shape.focus_nodes(data) for b in shape.run(data, focus)]
