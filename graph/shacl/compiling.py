"""SHACL Core, compiled: shapes become functions over triples held in memory.

Most of SHACL Core is covered. A shapes graph that uses anything else is not compiled at all
(:class:`Unsupported`) and goes to pySHACL, which stays the reference: tests hold the two equal.
"""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox

from graph.shacl import constraints
from graph.shacl.messages import asked
from graph.shacl.paths import compiled_path, path_in_words
from graph.shacl.shape import TARGETS, Shape
from graph.shacl.shapes_graph import ShapesGraph, Unsupported, parsed, value_of
from graph.shacl.triples import Node
from graph.terms import RDFS, SH, TYPE

_CLASSES = {RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"}
# what tells of the shape, and what is read with another parameter
_TOLD = (
    "name",
    "description",
    "order",
    "group",
    "message",
    "severity",
    "path",
    "deactivated",
    "defaultValue",
)
_BESIDE = (
    "flags",
    "ignoredProperties",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
)
_NOT_ASKING = frozenset((*TARGETS, *_TOLD, *_BESIDE))


@lru_cache(maxsize=8)
def compiled(turtle: str) -> tuple[Shape, ...]:
    """The shapes of a Turtle text that have targets, by name.

    Raises:
        Unsupported: they use what is not compiled.
        ClaimspineError: ``shapes-unreadable``, they are not Turtle.
    """
    compiler = _Compiler(parsed(turtle))
    return tuple(compiler.shape(node) for node in sorted(_targeted(compiler.graph), key=str))


def _targeted(graph: ShapesGraph) -> set[Node]:
    """The shapes that choose nodes themselves."""
    for said in graph.triples.out.values():
        kinds = {getattr(kind, "value", "") for kind in said.get(TYPE, ())}
        if SH + "NodeShape" in kinds and kinds & _CLASSES:
            raise Unsupported("implicit class targets")
        if ox.NamedNode(SH + "target") in said:
            raise Unsupported("sh:target")
    targets = [ox.NamedNode(SH + name) for name in TARGETS]
    return {node for node, said in graph.triples.out.items() if any(target in said for target in targets)}


class _Compiler:
    """Makes each shape once, so that shapes may name one another, and themselves."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self.made: dict[Node, Shape] = {}

    def shape(self, node: Node) -> Shape:
        if node in self.made:
            return self.made[node]
        paths, severities = self.graph.get(node, "path"), self.graph.get(node, "severity")
        shape = Shape(
            node,
            compiled_path(self.graph, paths[0]) if paths else None,
            paths[0] if paths else None,
            value_of(severities[0]).rpartition("#")[2] if severities else "Violation",
            self.messages(node, paths),
            [],
            [],
            [(target, kind) for target in TARGETS for kind in self.graph.get(node, target)],
        )
        self.made[node] = shape
        if not self.graph.is_off(node):
            self.fill(shape)
        return shape

    def fill(self, shape: Shape) -> None:
        """Add what the parameters of a shape ask."""
        for name, values in self.graph.parameters(shape.node):
            if name == "property":
                shape.of_values.append(constraints.of_properties(self, values))
            elif name in constraints.OF_SET:
                shape.of_set += [constraints.OF_SET[name](self, shape, value) for value in values]
            elif name in constraints.OF_VALUES:
                shape.of_values += [constraints.OF_VALUES[name](self, shape, value) for value in values]
            elif name not in _NOT_ASKING:
                raise Unsupported(f"sh:{name}")

    def messages(self, node: Node, paths: list[Node]) -> tuple[str, ...]:
        """What the shape says where it is broken, else what it asks for, in words."""
        told = tuple(sorted(map(value_of, self.graph.get(node, "message"))))
        if told:
            return told
        path = path_in_words(self.graph, paths[0]) if paths else None
        return (asked(lambda name: sorted(map(value_of, self.graph.get(node, name))), path),)
