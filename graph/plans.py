"""What is asked of a store to find the nodes that may break shapes, sorted by what drives each query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from graph.conditions import Inexact, Plain, Writer, both, kinds_of, value_of
from graph.jsonld import RDF
from graph.shapes import Shape, compiled, parsed, shape_list
from graph.triples import Node

_TYPE = ox.NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Ask:
    """A whole query for nodes of a shape. It names none where ``kind``, the class asked of, has no nodes,
    where all of them have one of the properties ``ways``, or where nothing ends in a bad value:
    ``bad_end`` is the last property of a path and the condition of a bad ?v."""

    number: int
    query: str
    kind: Node | None
    ways: tuple[Node, ...] = ()
    bad_end: tuple[Node, str] | None = None


@dataclass(slots=True)
class Plan:
    """What is asked. Shapes are named by their place in ``compiled``."""

    by_value: dict[tuple[Node, str], list[int]] = field(default_factory=dict)  # (property, of a bad ?v)
    by_count: dict[Node, list[int]] = field(default_factory=dict)  # properties with one value at most
    by_class: dict[tuple[Node, Node], list[int]] = field(default_factory=dict)  # (property, class)
    by_node: list[Ask] = field(default_factory=list)
    closed: dict[int, frozenset[Node]] = field(default_factory=dict)  # the properties allowed
    all_of: set[int] = field(default_factory=set)
    deep: dict[int, set[Node]] = field(default_factory=dict)  # properties beyond the first step


@lru_cache(maxsize=8)
def plan_of(turtle: str, below: tuple[tuple[str, str], ...]) -> Plan:
    """What to ask for these shapes; ``below`` pairs classes with those that the data puts below them."""
    names: dict[Node, list[Node]] = {}
    for up, low in below:
        if up.startswith("<") and low.startswith("<"):
            names.setdefault(ox.NamedNode(up[1:-1]), []).append(ox.NamedNode(low[1:-1]))
    plan = Plan()
    data = parsed(turtle)
    for number, shape in enumerate(compiled(turtle)):
        writer = Writer(data, names)
        try:
            _of_shape(plan, number, shape, writer)
        except Inexact:
            plan.all_of.add(number)
        plan.deep[number] = writer.deep
    return plan


def _of_shape(plan: Plan, number: int, shape: Shape, writer: Writer) -> None:
    """Sort the constraints of a shape with targets into queries."""
    if writer.off(shape.node):
        return
    writer.targets = [kind for kind, _ in shape.targets]
    allowed = None if writer.get(shape.node, "path") else writer.allowed(shape.node)
    if allowed is not None:
        plan.closed[number] = allowed
    conditions: list[str] = []
    driven: list[tuple[Node, str]] = []
    ends: list[tuple[Node, str, str]] = []
    classes: list[tuple[Node, Node]] = []
    single: list[Node] = []
    needed: list[list[Node]] = []
    parts = [shape.node] if writer.get(shape.node, "path") else writer.get(shape.node, "property")
    plain: list[list[Plain]] = []
    if not writer.get(shape.node, "path"):
        skip = ["property"]
        for name in ("class", "or"):
            found = writer.all_plain(shape.node, name)
            if found:
                plain += found
                skip.append(name)
        conditions.append(writer.of_value(shape.node, "?this", skip=tuple(skip)))
    for part in parts:
        if writer.off(part):
            continue
        paths = writer.get(part, "path")
        if not paths:  # a node shape named as a property shape
            conditions.append(writer.holds(part, "?this"))
            continue
        path_node = paths[0]
        ways = writer.ways(path_node)
        if not ways:
            writer.path(path_node, first=True)
        asked = writer.get(part, "class") if ways else []
        classes += [(way, kind) for way in ways for kind in asked]
        apart = []
        if ways and _only_one(writer.get(part, "minCount")):
            apart.append("minCount")
            needed.append(ways)
        if isinstance(path_node, ox.NamedNode) and _only_one(writer.get(part, "maxCount")):
            apart.append("maxCount")
            single.append(path_node)
        conditions.append(writer.of_set(part, path_node, "?this", skip=tuple(apart)))
        told = writer.of_value(part, "?v", skip=("class",) if asked else ())
        if told != "true":
            bad = f"!COALESCE({told}, false)"
            driven += [(way, bad) for way in ways]
            if not ways:
                steps = shape_list(writer.shapes, path_node) if writer.is_list(path_node) else [path_node]
                lasting = "!" + writer.some("?this", path_node, bad, "?v")
                if isinstance(steps[-1], ox.NamedNode):
                    ends.append((steps[-1], bad, lasting))
                else:
                    conditions.append(lasting)
    for key in driven:
        plan.by_value.setdefault(key, []).append(number)
    for pair in classes:
        plan.by_class.setdefault(pair, []).append(number)
    for way in single:
        plan.by_count.setdefault(way, []).append(number)
    told = both(conditions)
    for pattern, kind in _patterns(shape, writer.below):
        for choice in plain:
            # sets are joined and taken away whole: looked up node by node it would take longer
            broken = pattern + "".join(f" {one.pattern} ." for one in choice if not one.holds)
            broken += "".join(f" MINUS {{ {one.pattern} }}" for one in choice if one.holds)
            query = f"SELECT DISTINCT ?this WHERE {{ {broken} }}"
            plan.by_node.append(Ask(number, query, kind, tuple(one.way for one in choice if one.way)))
        for some in needed:
            having = " UNION ".join(f"{{ ?this {way} ?any }}" for way in some)
            query = f"SELECT DISTINCT ?this WHERE {{ {pattern} MINUS {{ {having} }} }}"
            plan.by_node.append(Ask(number, query, kind, tuple(some)))
        for end, bad, each in ends:
            query = f"SELECT DISTINCT ?this WHERE {{ {pattern} FILTER(!COALESCE({each}, false)) }}"
            plan.by_node.append(Ask(number, query, kind, bad_end=(end, bad)))
        if told != "true":
            query = f"SELECT DISTINCT ?this WHERE {{ {pattern} FILTER(!COALESCE({told}, false)) }}"
            plan.by_node.append(Ask(number, query, kind))


def _only_one(counts: list[Node]) -> bool:
    return [value_of(count) for count in counts] == ["1"]


def _patterns(shape: Shape, below: dict[Node, list[Node]]) -> Iterator[tuple[str, Node | None]]:
    """Where the nodes of a shape stand, and the class if it is one."""
    for kind, node in shape.targets:
        if kind == "targetClass":
            yield from ((f"?this {_TYPE} {one} .", one) for one in kinds_of(node, below))
        elif kind == "targetSubjectsOf":
            yield f"?this {node} ?any .", None
        elif kind == "targetObjectsOf":
            yield f"?any {node} ?this .", None
