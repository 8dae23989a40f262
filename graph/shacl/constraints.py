"""The constraint components of SHACL Core that are compiled (SHACL 4): one function each, in one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

import pyoxigraph as ox

from graph.shacl.comparing import compare
from graph.shacl.shape import Breach, Check, Shape
from graph.shacl.shapes_graph import ShapesGraph, Unsupported, is_true, value_of
from graph.shacl.spelling import is_misspelt
from graph.shacl.triples import Data, Node
from graph.terms import SH, TYPE


class Compiler(Protocol):
    """What a constraint asks of the compiler: the graph that it stands in, and the shapes it names."""

    @property
    def graph(self) -> ShapesGraph:
        """The shapes graph."""

    def shape(self, node: Node) -> Shape:
        """Another shape, compiled."""


Maker = Callable[[Compiler, Shape, Node], Check]  # the shape that has the parameter, and its value


def _each(shape: Shape, fine: Callable[[Data, Node], bool]) -> Check:
    """A question asked of each value node."""

    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        return (shape.breach(focus, value) for value in values if not fine(data, value))

    return check


# 4.1 Value type


def _class(compiler: Compiler, shape: Shape, node: Node) -> Check:
    def fine(data: Data, value: Node) -> bool:
        kinds = data.out[value].get(TYPE, ())
        return node in kinds or not data.subclasses(node).isdisjoint(kinds)

    return _each(shape, fine)


def _datatype(compiler: Compiler, shape: Shape, node: Node) -> Check:
    def fine(data: Data, value: Node) -> bool:
        return isinstance(value, ox.Literal) and value.datatype == node and not is_misspelt(value)

    return _each(shape, fine)


def _node_kind(compiler: Compiler, shape: Shape, node: Node) -> Check:
    kind = value_of(node).removeprefix(SH)  # IRI, BlankNodeOrLiteral ...
    known = (("IRI", ox.NamedNode), ("BlankNode", ox.BlankNode), ("Literal", ox.Literal))
    classes = tuple(cls for name, cls in known if name in kind)
    return _each(shape, lambda data, value: isinstance(value, classes))


# 4.2 Cardinality


def _min_count(compiler: Compiler, shape: Shape, node: Node) -> Check:
    least = int(value_of(node))
    return lambda data, focus, values: iter([shape.breach(focus)] if len(values) < least else ())


def _max_count(compiler: Compiler, shape: Shape, node: Node) -> Check:
    most = int(value_of(node))
    return lambda data, focus, values: iter([shape.breach(focus)] if len(values) > most else ())


# 4.3 Value range


def _bound(*signs: int) -> Maker:
    """A value that compares with the parameter by one of these signs."""

    def maker(compiler: Compiler, shape: Shape, node: Node) -> Check:
        return _each(shape, lambda data, value: compare(value, node) in signs)

    return maker


# 4.4 Strings


def _min_length(compiler: Compiler, shape: Shape, node: Node) -> Check:
    least = int(value_of(node))
    return _each(shape, lambda data, v: not isinstance(v, ox.BlankNode) and len(value_of(v)) >= least)


def _max_length(compiler: Compiler, shape: Shape, node: Node) -> Check:
    most = int(value_of(node))
    return _each(shape, lambda data, v: not isinstance(v, ox.BlankNode) and len(value_of(v)) <= most)


def _pattern(compiler: Compiler, shape: Shape, node: Node) -> Check:
    flags = "".join(value_of(flag) for flag in compiler.graph.get(shape.node, "flags"))
    if set(flags) - set("ism"):
        raise Unsupported(f"sh:flags {flags}")
    try:
        pattern = re.compile(value_of(node), sum(getattr(re, flag.upper()) for flag in set(flags)))
    except re.error as exc:
        raise Unsupported(f"sh:pattern {exc}") from exc

    def fine(data: Data, value: Node) -> bool:
        return not isinstance(value, ox.BlankNode) and pattern.search(value_of(value)) is not None

    return _each(shape, fine)


def _language_in(compiler: Compiler, shape: Shape, node: Node) -> Check:
    ranges = [value_of(one).lower() for one in compiler.graph.items(node)]

    def fine(data: Data, value: Node) -> bool:
        language = ((isinstance(value, ox.Literal) and value.language) or "").lower()
        return bool(language) and any(one == "*" or f"{language}-".startswith(f"{one}-") for one in ranges)

    return _each(shape, fine)


def _unique_lang(compiler: Compiler, shape: Shape, node: Node) -> Check:
    wanted = is_true(node)

    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        languages = [v.language for v in values if isinstance(v, ox.Literal) and v.language]
        for language in sorted(set(languages)):
            if wanted and languages.count(language) > 1:
                yield shape.breach(focus)

    return check


# 4.5 Property pairs


def _equals(compiler: Compiler, shape: Shape, node: Node) -> Check:
    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        others = data.objects(focus, node)
        yield from (shape.breach(focus, value) for value in values if value not in others)
        yield from (shape.breach(focus, other) for other in others if other not in values)

    return check


def _disjoint(compiler: Compiler, shape: Shape, node: Node) -> Check:
    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        others = data.objects(focus, node)
        return (shape.breach(focus, value) for value in values if value in others)

    return check


def _pair(*signs: int) -> Maker:
    """Values that compare with each value of another property by one of these signs."""

    def maker(compiler: Compiler, shape: Shape, node: Node) -> Check:
        def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
            for value in values:
                for other in data.objects(focus, node):
                    if compare(value, other) not in signs:
                        yield shape.breach(focus, value)

        return check

    return maker


# 4.6 Logic


def _not(compiler: Compiler, shape: Shape, node: Node) -> Check:
    inner = compiler.shape(node)
    return _each(shape, lambda data, value: not inner.holds(data, value))


def _counted(fine: Callable[[Iterator[bool]], bool]) -> Maker:
    """Shapes of a list, of which all, any or just one must hold."""

    def maker(compiler: Compiler, shape: Shape, node: Node) -> Check:
        inner = [compiler.shape(one) for one in compiler.graph.items(node)]
        return _each(shape, lambda data, value: fine(one.holds(data, value) for one in inner))

    return maker


# 4.7 Other shapes


def _node(compiler: Compiler, shape: Shape, node: Node) -> Check:
    return _each(shape, compiler.shape(node).holds)


def of_properties(compiler: Compiler, nodes: list[Node]) -> Check:
    """``sh:property``, those of a shape together: most ask of properties that a node has not."""
    inner = [compiler.shape(one) for one in nodes]
    by_property: dict[Node, list[Shape]] = {}
    others: list[Shape] = []  # may be broken where there is no value, or lie at the end of a longer path

    def sort() -> None:
        for one in inner:
            if isinstance(one.path_node, ox.NamedNode) and not one.of_set:
                by_property.setdefault(one.path_node, []).append(one)
            else:
                others.append(one)

    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        if not by_property and not others:
            sort()  # only now is each shape whole: shapes may be within themselves
        for value in values:
            for one in others:
                yield from one.run(data, value)
            for prop in data.out[value]:
                for one in by_property.get(prop, ()):
                    yield from one.run(data, value)

    return check


def _qualified(compiler: Compiler, shape: Shape, node: Node) -> Check:
    inner = compiler.shape(node)
    least = [int(value_of(n)) for n in compiler.graph.get(shape.node, "qualifiedMinCount")]
    most = [int(value_of(n)) for n in compiler.graph.get(shape.node, "qualifiedMaxCount")]
    siblings = [compiler.shape(one) for one in compiler.graph.siblings(shape.node)]

    def counts(data: Data, value: Node) -> bool:
        return inner.holds(data, value) and not any(one.holds(data, value) for one in siblings)

    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        count = sum(counts(data, value) for value in values)
        yield from (shape.breach(focus) for one in least if count < one)
        yield from (shape.breach(focus) for one in most if count > one)

    return check


# 4.8 The rest


def _closed(compiler: Compiler, shape: Shape, node: Node) -> Check:
    if not is_true(node):
        return lambda data, focus, values: iter(())
    allowed = compiler.graph.allowed(shape.node)

    def check(data: Data, focus: Node, values: list[Node]) -> Iterator[Breach]:
        for value in values:
            for prop, objects in data.out[value].items():
                if prop not in allowed:
                    yield from (shape.breach(focus, node, prop) for node in objects)

    return check


def _has_value(compiler: Compiler, shape: Shape, node: Node) -> Check:
    return lambda data, focus, values: iter(() if node in values else [shape.breach(focus)])


def _in(compiler: Compiler, shape: Shape, node: Node) -> Check:
    allowed = frozenset(compiler.graph.items(node))
    return _each(shape, lambda data, value: value in allowed)


#: Of a node's values taken together: these may be broken where there is no value at all.
OF_SET: dict[str, Maker] = {
    "minCount": _min_count,
    "hasValue": _has_value,
    "equals": _equals,
    "qualifiedValueShape": _qualified,
}
#: Broken only where there is a value.
OF_VALUES: dict[str, Maker] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "maxCount": _max_count,
    "minInclusive": _bound(0, 1),
    "minExclusive": _bound(1),
    "maxInclusive": _bound(0, -1),
    "maxExclusive": _bound(-1),
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "disjoint": _disjoint,
    "lessThan": _pair(-1),
    "lessThanOrEquals": _pair(-1, 0),
    "not": _not,
    "and": _counted(all),
    "or": _counted(any),
    "xone": _counted(lambda held: sum(held) == 1),
    "node": _node,
    "closed": _closed,
    "in": _in,
}
