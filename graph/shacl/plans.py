"""What is asked of a store to find the nodes that may break shapes, sorted by what drives each query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox

from graph.shacl.compiling import compiled
from graph.shacl.conditions import Writer
from graph.shacl.paths import steps_of, ways_of
from graph.shacl.plain import Plain, all_plain
from graph.shacl.shape import Shape
from graph.shacl.shapes_graph import ShapesGraph, is_true, parsed, value_of
from graph.shacl.sparql_terms import Below, Inexact, both, kinds_of
from graph.shacl.triples import Node
from graph.terms import TYPE


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
    # (property, classes of one of which its values are)
    by_class: dict[tuple[Node, tuple[Node, ...]], list[int]] = field(default_factory=dict)
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
    graph = parsed(turtle)
    for number, shape in enumerate(compiled(turtle)):
        if graph.is_off(shape.node):
            plan.deep[number] = set()
            continue
        if not graph.get(shape.node, "path") and any(map(is_true, graph.get(shape.node, "closed"))):
            plan.closed[number] = graph.allowed(shape.node)
        writer = Writer(graph, names, tuple(kind for kind, _ in shape.targets))
        try:
            _add(plan, number, shape, _sorted(shape, writer), names)
        except Inexact:
            plan.all_of.add(number)
        plan.deep[number] = writer.deep
    return plan


@dataclass(slots=True)
class _Sorted:
    """The constraints of one shape with targets, by what drives the query that finds its breaches."""

    conditions: list[str] = field(default_factory=list)  # of ?this, asked of each node
    plain: list[list[Plain]] = field(default_factory=list)  # of ?this, patterns of which one must hold
    needed: list[list[Node]] = field(default_factory=list)  # properties of which a node must have one
    single: list[Node] = field(default_factory=list)  # properties with one value at most
    classes: list[tuple[Node, tuple[Node, ...]]] = field(default_factory=list)  # as in the plan
    driven: list[tuple[Node, str]] = field(default_factory=list)  # (property, condition of a bad ?v)
    ends: list[tuple[Node, str, str]] = field(default_factory=list)  # (last property, of a bad ?v, of ?this)


def _sorted(shape: Shape, writer: Writer) -> _Sorted:
    """Sort what a shape asks.

    Raises:
        Inexact: some of it cannot be told in SPARQL.
    """
    found = _Sorted()
    graph = writer.graph
    if graph.get(shape.node, "path"):
        _sort_property(shape.node, writer, found)
        return found
    skip = ["property"]
    for name in ("class", "or"):
        if choices := all_plain(writer, shape.node, name):
            found.plain += choices
            skip.append(name)
    found.conditions.append(writer.of_value(shape.node, "?this", skip=tuple(skip)))
    for part in graph.get(shape.node, "property"):
        if graph.get(part, "path"):
            _sort_property(part, writer, found)
        elif not graph.is_off(part):  # a node shape named as a property shape
            found.conditions.append(writer.holds(part, "?this"))
    return found


def _sort_property(part: Node, writer: Writer, found: _Sorted) -> None:
    graph = writer.graph
    if graph.is_off(part):
        return
    path = graph.get(part, "path")[0]
    ways = ways_of(graph, path)
    if not ways:
        writer.path(path)  # for the properties beyond its first step
    asked, elsewhere = _classes(graph, part) if ways else ([], ())
    found.classes += [(way, kinds) for way in ways for kinds in asked]
    apart = []
    if ways and _is_one(graph.get(part, "minCount")):
        apart.append("minCount")
        found.needed.append(ways)
    if isinstance(path, ox.NamedNode) and _is_one(graph.get(part, "maxCount")):
        apart.append("maxCount")
        found.single.append(path)
    found.conditions.append(writer.of_set(part, path, "?this", skip=tuple(apart)))
    told = writer.of_value(part, "?v", skip=elsewhere)
    if told == "true":
        return
    bad = f"!COALESCE({told}, false)"
    found.driven += [(way, bad) for way in ways]
    if not ways:
        last = steps_of(graph, path)[-1]
        lasting = "!" + writer.some("?this", path, bad, "?v")
        if isinstance(last, ox.NamedNode):
            found.ends.append((last, bad, lasting))
        else:
            found.conditions.append(lasting)


def _add(plan: Plan, number: int, shape: Shape, found: _Sorted, below: Below) -> None:
    """Add to the plan what is to be asked for a shape."""
    for key in found.driven:
        plan.by_value.setdefault(key, []).append(number)
    for pair in found.classes:
        plan.by_class.setdefault(pair, []).append(number)
    for way in found.single:
        plan.by_count.setdefault(way, []).append(number)
    told = both(found.conditions)
    for pattern, kind in _patterns(shape, below):
        for choice in found.plain:
            # sets are joined and taken away whole: looked up node by node it would take longer
            broken = pattern + "".join(f" {one.pattern} ." for one in choice if not one.holds)
            broken += "".join(f" MINUS {{ {one.pattern} }}" for one in choice if one.holds)
            query = f"SELECT DISTINCT ?this WHERE {{ {broken} }}"
            plan.by_node.append(Ask(number, query, kind, tuple(one.way for one in choice if one.way)))
        for some in found.needed:
            having = " UNION ".join(f"{{ ?this {way} ?any }}" for way in some)
            query = f"SELECT DISTINCT ?this WHERE {{ {pattern} MINUS {{ {having} }} }}"
            plan.by_node.append(Ask(number, query, kind, tuple(some)))
        for end, bad, each in found.ends:
            query = f"SELECT DISTINCT ?this WHERE {{ {pattern} FILTER(!COALESCE({each}, false)) }}"
            plan.by_node.append(Ask(number, query, kind, bad_end=(end, bad)))
        if told != "true":
            query = f"SELECT DISTINCT ?this WHERE {{ {pattern} FILTER(!COALESCE({told}, false)) }}"
            plan.by_node.append(Ask(number, query, kind))


def _classes(graph: ShapesGraph, part: Node) -> tuple[list[tuple[Node, ...]], tuple[str, ...]]:
    """Classes of one of which each value is, and the parameters that say so: ``class``, and ``or`` of it."""
    found: list[tuple[Node, ...]] = [(kind,) for kind in graph.get(part, "class")]
    choices = [[dict(graph.parameters(one)) for one in graph.items(node)] for node in graph.get(part, "or")]
    if all(one.keys() == {"class"} and len(one["class"]) == 1 for choice in choices for one in choice):
        found += [tuple(one["class"][0] for one in choice) for choice in choices]
        return found, ("class", "or")
    return found, ("class",)


def _is_one(counts: list[Node]) -> bool:
    return [value_of(count) for count in counts] == ["1"]


def _patterns(shape: Shape, below: Below) -> Iterator[tuple[str, Node | None]]:
    """Where the nodes of a shape stand, and the class if it is one."""
    for kind, node in shape.targets:
        if kind == "targetClass":
            yield from ((f"?this {TYPE} {one} .", one) for one in kinds_of(node, below))
        elif kind == "targetSubjectsOf":
            yield f"?this {node} ?any .", None
        elif kind == "targetObjectsOf":
            yield f"?any {node} ?this .", None
