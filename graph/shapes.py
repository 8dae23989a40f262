"""SHACL Core, compiled: shapes become functions over triples held in memory.

Most of SHACL Core is covered. A shapes graph that uses anything else is not compiled at all
(:class:`Unsupported`) and goes to pySHACL, which stays the reference: tests hold the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from graph.comparing import compare
from graph.errors import ClaimspineError
from graph.jsonld import RDF
from graph.nodes import last_part
from graph.shape_words import asked
from graph.spelling import is_misspelt
from graph.triples import Data, Node

SH = "http://www.w3.org/ns/shacl#"
Check = Callable[["Data", Node, list[Node]], Iterator["Breach"]]
Path = Callable[["Data", Node], list[Node]]

_TYPE = ox.NamedNode(RDF + "type")
_FIRST, _REST, _NIL = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_IGNORED = ("name", "description", "order", "group", "message", "severity", "path", "deactivated", "flags")
_OF_SET = ("minCount", "hasValue", "qualifiedValueShape", "equals")
_HANDLED_ELSEWHERE = ("ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount", "defaultValue")


class Unsupported(Exception):  # noqa: N818 - not an error: pySHACL takes over
    """The shapes use a construct that is not compiled."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One result, as SHACL defines it."""

    shape: Node
    severity: str
    focus: Node
    path: Node | None
    value: Node | None
    messages: tuple[str, ...]


@dataclass(slots=True)
class Shape:
    """A compiled shape: where its values are, and what is asked of them."""

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
                types = data.out[focus].get(_TYPE, ())
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


@lru_cache(maxsize=8)
def compiled(turtle: str) -> tuple[Shape, ...]:
    """The shapes of a Turtle text that have targets.

    Raises:
        Unsupported: they use what is not compiled.
        ClaimspineError: they are not Turtle.
    """
    return _Compiler(parsed(turtle)).all()


@lru_cache(maxsize=8)
def parsed(turtle: str) -> Data:
    """The triples of a shapes graph.

    Raises:
        ClaimspineError: they are not Turtle.
    """
    try:
        return Data([quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)])
    except SyntaxError as exc:
        raise ClaimspineError("shapes-unreadable", f"the shapes cannot be used: {exc}") from exc


def run(shapes: tuple[Shape, ...], triples: Iterable[ox.Triple]) -> list[Breach]:
    """All breaches of the shapes in the triples."""
    data = Data(triples)
    return [b for shape in shapes for focus in shape.focus_nodes(data) for b in shape.run(data, focus)]


def shape_list(shapes: Data, head: Node) -> list[Node]:
    """The items of a list in a shapes graph.

    Raises:
        Unsupported: it is no list.
    """
    found: list[Node] = []
    while head != _NIL:
        cells = shapes.out[head]
        if _FIRST not in cells or _REST not in cells or len(found) > len(shapes.out):
            raise Unsupported("a broken list")
        found.append(cells[_FIRST][0])
        head = cells[_REST][0]
    return found


class _Compiler:
    def __init__(self, shapes: Data) -> None:
        self.shapes = shapes
        self.made: dict[Node, Shape] = {}

    def all(self) -> tuple[Shape, ...]:
        targeted = {
            node
            for node, said in self.shapes.out.items()
            if any(ox.NamedNode(SH + target) in said for target in _TARGETS)
        }
        for said in self.shapes.out.values():
            kinds = {getattr(kind, "value", "") for kind in said.get(_TYPE, ())}
            if SH + "NodeShape" in kinds and kinds & {
                "http://www.w3.org/2000/01/rdf-schema#Class",
                "http://www.w3.org/2002/07/owl#Class",
            }:
                raise Unsupported("implicit class targets")
            if ox.NamedNode(SH + "target") in said:
                raise Unsupported("sh:target")
        return tuple(self.shape(node) for node in sorted(targeted, key=str))

    def get(self, node: Node, name: str) -> list[Node]:
        return self.shapes.objects(node, ox.NamedNode(SH + name))

    def list_of(self, head: Node) -> list[Node]:
        return shape_list(self.shapes, head)

    def shape(self, node: Node) -> Shape:
        if node in self.made:
            return self.made[node]
        paths = self.get(node, "path")
        severities = self.get(node, "severity")
        shape = Shape(
            node,
            self.path(paths[0]) if paths else None,
            paths[0] if paths else None,
            _value(severities[0]).rpartition("#")[2] if severities else "Violation",
            tuple(sorted(_value(message) for message in self.get(node, "message")))
            or self.in_words(node, paths),
            [],
            [],
            [(target, kind) for target in _TARGETS for kind in self.get(node, target)],
        )
        self.made[node] = shape
        if any(_value(one) in ("true", "1") for one in self.get(node, "deactivated")):
            return shape
        for prop, values in self.shapes.out[node].items():
            name = _value(prop).removeprefix(SH)
            if _value(prop) == SH + "property":
                shape.of_values.append(self.all_properties(values))
                continue
            if not _value(prop).startswith(SH) or name in _IGNORED + _TARGETS + _HANDLED_ELSEWHERE:
                continue
            maker = getattr(self, f"make_{name}", None)
            if maker is None:
                raise Unsupported(f"sh:{name}")
            checks = shape.of_set if name in _OF_SET else shape.of_values
            checks += [maker(shape, value) for value in values]
        return shape

    def in_words(self, node: Node, paths: list[Node]) -> tuple[str]:
        path = self.path_in_words(paths[0]) if paths else None
        return (asked(lambda name: sorted(_value(one) for one in self.get(node, name)), path),)

    def path_in_words(self, node: Node) -> str:
        """A property by its IRI; a longer path by the last parts of its properties: ``basedOn/^bearsOn``."""
        if isinstance(node, ox.NamedNode):
            return node.value
        steps = self.list_of(node) if _FIRST in self.shapes.out[node] else []
        if steps:
            return "/".join(last_part(self.path_in_words(step)) for step in steps)
        [(prop, values)] = self.shapes.out[node].items() or [(node, [node])]
        ways = self.list_of(values[0]) if _value(prop) == SH + "alternativePath" else values
        told = "|".join(last_part(self.path_in_words(way)) for way in ways)
        return f"^{told}" if _value(prop) == SH + "inversePath" else told

    def path(self, node: Node) -> Path:
        if isinstance(node, ox.NamedNode):
            return lambda data, focus: data.out[focus].get(node, [])
        if _FIRST in self.shapes.out[node]:
            steps = [self.path(step) for step in self.list_of(node)]
            return lambda data, focus: _sequence(steps, data, focus)
        [(prop, values)] = self.shapes.out[node].items() or [(node, [])]
        kind = _value(prop).removeprefix(SH)
        if kind == "inversePath" and isinstance(values[0], ox.NamedNode):
            inner = values[0]
            return lambda data, focus: data.back[focus].get(inner, [])
        if kind == "alternativePath":
            ways = [self.path(way) for way in self.list_of(values[0])]
            return lambda data, focus: list(dict.fromkeys(n for way in ways for n in way(data, focus)))
        if kind in ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"):
            step = self.path(values[0])
            return lambda data, focus: _repeated(step, kind, data, focus)
        raise Unsupported(f"path {kind}")

    def all_properties(self, shapes: list[Node]) -> Check:
        """``sh:property``, those of a shape together: most ask of properties that a node has not."""
        inner = [self.shape(one) for one in shapes]
        by_property: dict[Node, list[Shape]] = {}
        others: list[Shape] = []  # may be broken where there is no value, or lie at the end of a longer path

        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            if (
                not by_property and not others
            ):  # only now is each shape whole, shapes may be within themselves
                for one in inner:
                    if isinstance(one.path_node, ox.NamedNode) and not one.of_set:
                        by_property.setdefault(one.path_node, []).append(one)
                    else:
                        others.append(one)
            for value in values:
                for one in others:
                    yield from one.run(data, value)
                for prop in data.out[value]:
                    for one in by_property.get(prop, ()):
                        yield from one.run(data, value)

        return check

    def make_minCount(self, shape: Shape, node: Node) -> Check:  # noqa: N802 - named after the parameter
        least = int(_value(node))
        return lambda data, focus, values: iter([shape.breach(focus)] if len(values) < least else ())

    def make_maxCount(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        most = int(_value(node))
        return lambda data, focus, values: iter([shape.breach(focus)] if len(values) > most else ())

    def make_hasValue(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return lambda data, focus, values: iter(() if node in values else [shape.breach(focus)])

    def each(self, shape: Shape, fine: Callable[[Data, Node], bool]) -> Check:
        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            return (shape.breach(focus, value) for value in values if not fine(data, value))

        return check

    def make_nodeKind(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        kind = _value(node).removeprefix(SH)
        classes = tuple(
            cls
            for name, cls in (("IRI", ox.NamedNode), ("BlankNode", ox.BlankNode), ("Literal", ox.Literal))
            if name in kind
        )
        return self.each(shape, lambda data, value: isinstance(value, classes))

    def make_datatype(self, shape: Shape, node: Node) -> Check:
        return self.each(
            shape,
            lambda data, value: (
                isinstance(value, ox.Literal) and value.datatype == node and not is_misspelt(value)
            ),
        )

    def make_class(self, shape: Shape, node: Node) -> Check:
        def fine(data: Data, value: Node) -> bool:
            kinds = data.out[value].get(_TYPE, ())
            return node in kinds or not data.subclasses(node).isdisjoint(kinds)

        return self.each(shape, fine)

    def make_in(self, shape: Shape, node: Node) -> Check:
        allowed = frozenset(self.list_of(node))
        return self.each(shape, lambda data, value: value in allowed)

    def make_pattern(self, shape: Shape, node: Node) -> Check:
        flags = "".join(_value(flag) for flag in self.get(shape.node, "flags"))
        if set(flags) - set("ism"):
            raise Unsupported(f"sh:flags {flags}")
        try:
            pattern = re.compile(_value(node), sum(getattr(re, flag.upper()) for flag in set(flags)))
        except re.error as exc:
            raise Unsupported(f"sh:pattern {exc}") from exc
        return self.each(
            shape,
            lambda data, value: (
                not isinstance(value, ox.BlankNode) and pattern.search(_value(value)) is not None
            ),
        )

    def make_minLength(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        least = int(_value(node))
        return self.each(shape, lambda data, v: not isinstance(v, ox.BlankNode) and len(_value(v)) >= least)

    def make_maxLength(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        most = int(_value(node))
        return self.each(shape, lambda data, v: not isinstance(v, ox.BlankNode) and len(_value(v)) <= most)

    def bound(self, shape: Shape, node: Node, signs: tuple[int, ...]) -> Check:
        return self.each(shape, lambda data, value: compare(value, node) in signs)

    def make_minInclusive(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return self.bound(shape, node, (0, 1))

    def make_minExclusive(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return self.bound(shape, node, (1,))

    def make_maxInclusive(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return self.bound(shape, node, (0, -1))

    def make_maxExclusive(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return self.bound(shape, node, (-1,))

    def pair(self, shape: Shape, prop: Node, signs: tuple[int, ...]) -> Check:
        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            for value in values:
                for other in data.objects(focus, prop):
                    if compare(value, other) not in signs:
                        yield shape.breach(focus, value)

        return check

    def make_lessThan(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return self.pair(shape, node, (-1,))

    def make_lessThanOrEquals(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        return self.pair(shape, node, (-1, 0))

    def make_equals(self, shape: Shape, node: Node) -> Check:
        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            others = data.objects(focus, node)
            yield from (shape.breach(focus, value) for value in values if value not in others)
            yield from (shape.breach(focus, other) for other in others if other not in values)

        return check

    def make_disjoint(self, shape: Shape, node: Node) -> Check:
        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            others = data.objects(focus, node)
            return (shape.breach(focus, value) for value in values if value in others)

        return check

    def make_languageIn(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        ranges = [_value(one).lower() for one in self.list_of(node)]

        def fine(data: Data, value: Node) -> bool:
            language = ((isinstance(value, ox.Literal) and value.language) or "").lower()
            return bool(language) and any(
                one == "*" or f"{language}-".startswith(f"{one}-") for one in ranges
            )

        return self.each(shape, fine)

    def make_uniqueLang(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        wanted = _value(node) in ("true", "1")

        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            languages = [v.language for v in values if isinstance(v, ox.Literal) and v.language]
            for language in sorted(set(languages)):
                if wanted and languages.count(language) > 1:
                    yield shape.breach(focus)

        return check

    def make_node(self, shape: Shape, node: Node) -> Check:
        inner = self.shape(node)
        return self.each(shape, inner.holds)

    def make_not(self, shape: Shape, node: Node) -> Check:
        inner = self.shape(node)
        return self.each(shape, lambda data, value: not inner.holds(data, value))

    def make_or(self, shape: Shape, node: Node) -> Check:
        inner = [self.shape(one) for one in self.list_of(node)]
        return self.each(shape, lambda data, value: any(one.holds(data, value) for one in inner))

    def make_and(self, shape: Shape, node: Node) -> Check:
        inner = [self.shape(one) for one in self.list_of(node)]
        return self.each(shape, lambda data, value: all(one.holds(data, value) for one in inner))

    def make_xone(self, shape: Shape, node: Node) -> Check:
        inner = [self.shape(one) for one in self.list_of(node)]
        return self.each(shape, lambda data, value: sum(one.holds(data, value) for one in inner) == 1)

    def make_qualifiedValueShape(self, shape: Shape, node: Node) -> Check:  # noqa: N802
        inner = self.shape(node)
        least = [int(_value(n)) for n in self.get(shape.node, "qualifiedMinCount")]
        most = [int(_value(n)) for n in self.get(shape.node, "qualifiedMaxCount")]

        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            count = sum(inner.holds(data, value) for value in values)
            yield from (shape.breach(focus) for one in least if count < one)
            yield from (shape.breach(focus) for one in most if count > one)

        return check

    def make_closed(self, shape: Shape, node: Node) -> Check:
        if _value(node) not in ("true", "1"):
            return lambda data, focus, values: iter(())
        allowed = {p for inner in self.get(shape.node, "property") for p in self.get(inner, "path")}
        for head in self.get(shape.node, "ignoredProperties"):
            allowed |= set(self.list_of(head))

        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            for value in values:
                for prop, objects in data.out[value].items():
                    if prop not in allowed:
                        yield from (shape.breach(focus, node, prop) for node in objects)

        return check


def _value(node: Node) -> str:
    return str(node) if isinstance(node, ox.BlankNode | ox.Triple) else node.value


def _sequence(steps: list[Path], data: Data, focus: Node) -> list[Node]:
    nodes = [focus]
    for step in steps:
        nodes = list(dict.fromkeys(found for node in nodes for found in step(data, node)))
    return nodes


def _repeated(step: Path, kind: str, data: Data, focus: Node) -> list[Node]:
    found: dict[Node, None] = {} if kind == "oneOrMorePath" else {focus: None}
    queue = [focus]
    while queue:
        for node in step(data, queue.pop()):
            if node not in found:
                found[node] = None
                if kind != "zeroOrOnePath":
                    queue.append(node)
    return list(found)
