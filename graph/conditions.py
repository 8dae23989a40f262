"""Shapes as SPARQL conditions: what is asked of a store to find the nodes that may break a shape.

A condition is true of no node that breaks its shape, and of nearly all that do not. Where SPARQL could
not tell without missing a breach, :class:`Inexact` is raised and all nodes of the shape are judged.
Conditions nest as EXISTS, step by step along a path, since engines join long paths in any order; IF
stands for "and", since engines work out both sides of an && but only one branch of an IF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox

from graph.jsonld import RDF, XSD
from graph.neighbourhood import shipped
from graph.shapes import SH, shape_list
from graph.triples import Data, Node

_TYPE = ox.NamedNode(RDF + "type")
_FIRST = ox.NamedNode(RDF + "first")
_DERIVED: tuple[str, ...] = ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
_DERIVED += ("int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")
_RANGES = {"nonNegativeInteger": ">= 0", "positiveInteger": "> 0"}
_RANGES |= {"nonPositiveInteger": "<= 0", "negativeInteger": "< 0"}
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", *_DERIVED))
_ALIKE = re.compile(r"""(?:[A-Za-z0-9 _/:,'"@#%=<>!;~-]|\\[.\\/()\[\]{}?*+^$|-]|[.^()|?*+{}]"""
                    r"""|\[\^?(?:[A-Za-z0-9 _./:()@#%+,;='"-]|\\[.\\/()\[\]-])+\])*""")  # fmt: skip
_TOLD = ("message", "severity", "name", "description", "group", "order", "defaultValue")  # what asks nothing
_DIFFERS = re.compile(r"--|~~|&&|\(\?|[*+?}][*+?]")


class Inexact(Exception):  # noqa: N818 - not an error: every node is judged
    """SPARQL could say of a breach that it is none."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A condition that is one pattern: it ``holds`` where the pattern is found, or where it is not.

    ``way``: the property that is enough to have.
    """

    pattern: str
    holds: bool = True
    way: Node | None = None

    # named nodes are always judged


def value_of(node: Node) -> str:
    """The lexical form or the IRI."""
    return str(node) if isinstance(node, ox.BlankNode | ox.Triple) else node.value


def kinds_of(kind: Node, below: dict[Node, list[Node]]) -> list[Node]:
    """A class and those below it."""
    found, queue = {kind: None}, [kind]
    while queue:
        for lower in below.get(queue.pop(), ()):
            if lower not in found:
                found[lower] = None
                queue.append(lower)
    return list(found)


def of_class(variable: str, kind: Node, below: dict[Node, list[Node]]) -> str:
    """Whether a variable is of a class."""
    kinds = [one for one in kinds_of(kind, below) if isinstance(one, ox.NamedNode)]
    return either([f"EXISTS {{ {variable} {_TYPE} {one} }}" for one in kinds])


class Writer:
    """Shapes as SPARQL conditions, true where a node conforms."""

    def __init__(self, shapes: Data, below: dict[Node, list[Node]]) -> None:
        """``below``: the classes that the data puts below others."""
        self.shapes, self.below = shapes, below
        self.deep: set[Node] = set()
        self.targets: list[str] = []
        self._count = 0
        self._open: list[Node] = []
        self._sense = (
            1  # -1 inside one sh:not, 0 where it cannot be told: what may be a breach need not count
        )

    @contextmanager
    def sense(self, factor: int) -> Iterator[None]:
        """Inside what turns a condition round (-1), or counts how often it holds (0)."""
        before, self._sense = self._sense, self._sense * factor
        try:
            yield
        finally:
            self._sense = before

    def get(self, node: Node, name: str) -> list[Node]:
        """What a SHACL parameter of a shape says."""
        return self.shapes.objects(node, ox.NamedNode(SH + name))

    def off(self, node: Node) -> bool:
        """Whether a shape is deactivated."""
        return any(value_of(one) in ("true", "1") for one in self.get(node, "deactivated"))

    def _fresh(self) -> str:
        self._count += 1
        return f"?x{self._count}"

    def allowed(self, shape: Node) -> frozenset[Node] | None:
        """The properties of a closed shape; None: it is open."""
        if not any(value_of(one) in ("true", "1") for one in self.get(shape, "closed")):
            return None
        allowed = {p for inner in self.get(shape, "property") for p in self.get(inner, "path")}
        for head in self.get(shape, "ignoredProperties"):
            allowed |= set(shape_list(self.shapes, head))
        return frozenset(allowed)

    def path(self, node: Node, *, first: bool = False) -> str:
        """A path as SPARQL writes it; properties beyond the first step are noted in ``deep``."""
        if isinstance(node, ox.NamedNode):
            if not first:
                self.deep.add(node)
            return str(node)
        said = self.shapes.out[node]
        if _FIRST in said:
            steps = shape_list(self.shapes, node)
            return "(" + "/".join(self.path(s, first=first and n == 0) for n, s in enumerate(steps)) + ")"
        [(prop, values)] = said.items()
        kind = value_of(prop).removeprefix(SH)
        if kind == "alternativePath":
            return "(" + "|".join(self.path(s) for s in shape_list(self.shapes, values[0])) + ")"
        signs = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
        inner = self.path(values[0])
        return f"(^{inner})" if kind == "inversePath" else f"({inner}{signs[kind]})"

    def holds(self, shape: Node, variable: str) -> str:
        """Whether ``variable`` conforms to a shape."""
        if shape in self._open:
            raise Inexact("a shape within itself")
        if self.off(shape):
            return "true"
        paths = self.get(shape, "path")
        if not paths:
            return self.of_value(shape, variable)
        self._open.append(shape)
        self.path(paths[0], first=variable == "?this")
        told = [self.of_set(shape, paths[0], variable)]
        value = self._fresh()
        each = self.of_value(shape, value)
        if each != "true":
            told.append("!" + self.some(variable, paths[0], f"!COALESCE({each}, false)", value))
        self._open.pop()
        return both(told)

    def of_value(self, shape: Node, variable: str, skip: tuple[str, ...] = ()) -> str:
        """What a shape asks of each of its value nodes."""
        self._open.append(shape)
        told: list[str] = []
        for prop, nodes in self.shapes.out[shape].items():
            name = value_of(prop).removeprefix(SH)
            maker = getattr(self, f"_say_{name}", None)
            if maker is None or name in skip or not value_of(prop).startswith(SH):
                continue
            told += [maker(shape, node, variable) for node in nodes]
        if not self.get(shape, "path"):
            told += [f"sameTerm({variable}, {self.constant(n)})" for n in self.get(shape, "hasValue")]
            told += ["false" for n in self.get(shape, "minCount") if int(value_of(n)) > 1]
            told += ["false" for n in self.get(shape, "maxCount") if int(value_of(n)) < 1]
            if self.get(shape, "qualifiedValueShape") or self.get(shape, "lessThan"):
                raise Inexact("a count of one node")
            if any(self.get(shape, name) for name in ("lessThanOrEquals", "equals", "disjoint")):
                raise Inexact("a comparison of a node")
        self._open.pop()
        return both(told)

    def all_plain(self, shape: Node, name: str) -> list[list[Plain]]:
        """Each ``sh:class`` or ``sh:or`` of a node: patterns of which one must hold. None: not so plain."""
        found: list[list[Plain]] = []
        for node in self.get(shape, name):
            if name == "class":
                told = [self.plain_class(node)]
            else:
                told = [self.plain(one) for one in shape_list(self.shapes, node)]
            if None in told or not told:
                return []
            found.append([one for one in told if one is not None])
        return found

    def plain(self, shape: Node) -> Plain | None:
        """A shape of ``?this`` as one pattern: a property, a value of one, a class, or none of these."""
        said = {
            value_of(prop).removeprefix(SH): nodes
            for prop, nodes in self.shapes.out[shape].items()
            if value_of(prop).startswith(SH) and value_of(prop).removeprefix(SH) not in _TOLD
        }
        if any(len(nodes) != 1 for nodes in said.values()):
            return None
        match {name: nodes[0] for name, nodes in said.items()}:
            case {"class": kind, **rest} if not rest:
                return self.plain_class(kind)
            case {"not": inner, **rest} if not rest:
                told = self.plain(inner)
                return None if told is None else Plain(told.pattern, not told.holds)
            case {"path": ox.NamedNode() as path, "hasValue": ox.NamedNode() as one, **rest} if not rest:
                return Plain(f"?this {path} {one}")
            case {"path": ox.NamedNode() as path, "minCount": count, **rest} if (
                not rest and value_of(count) == "1"
            ):
                return Plain(f"?this {path} {self._fresh()}", way=path)
            case {"path": ox.NamedNode() as path, "maxCount": count, **rest} if (
                not rest and value_of(count) == "0"
            ):
                return Plain(f"?this {path} {self._fresh()}", holds=False)
        return None

    def plain_class(self, kind: Node) -> Plain | None:
        """Whether ``?this`` is of a class."""
        self._say_class(kind, kind, "?this")
        kinds = [one for one in kinds_of(kind, self.below) if isinstance(one, ox.NamedNode)]
        if len(kinds) == 1:
            return Plain(f"?this {_TYPE} {kinds[0]}")
        union = " UNION ".join(f"{{ ?this {_TYPE} {one} }}" for one in kinds)
        return Plain(f"{{ {union} }}") if kinds else None

    def is_list(self, node: Node) -> bool:
        """Whether a node is a list, and so a path of several steps."""
        return _FIRST in self.shapes.out[node]

    def ways(self, path: Node) -> list[Node]:
        """The properties that a path is, or is a choice of; none for other paths."""
        if isinstance(path, ox.NamedNode):
            return [path]
        heads = self.get(path, "alternativePath")
        ways = shape_list(self.shapes, heads[0]) if heads else []
        return ways if all(isinstance(way, ox.NamedNode) for way in ways) else []

    def some(self, start: str, path: Node, condition: str = "", end: str = "") -> str:
        """Whether a path leads somewhere; step by step, since engines join long paths in any order."""
        steps = shape_list(self.shapes, path) if self.is_list(path) else [path]
        inner, last = condition, end or self._fresh()
        for number in range(len(steps) - 1, -1, -1):
            begin = start if number == 0 else self._fresh()
            kept = f" FILTER({inner})" if inner else ""
            inner = f"EXISTS {{ {begin} {self.path(steps[number], first=True)} {last}{kept} }}"
            last = begin
        return inner

    def of_set(self, shape: Node, path_node: Node, variable: str, skip: tuple[str, ...] = ()) -> str:
        """What a property shape asks of its value nodes together."""
        told: list[str] = []
        path = self.path(path_node, first=True)
        if "minCount" not in skip:
            for node in self.get(shape, "minCount"):
                told.append(self.many(variable, path_node, int(value_of(node))))
        if "maxCount" not in skip:
            for node in self.get(shape, "maxCount"):
                told.append(f"!{self.many(variable, path_node, int(value_of(node)) + 1)}")
        for node in self.get(shape, "hasValue"):
            told.append(self.some(variable, path_node, "", self.constant(node)))
        for node in self.get(shape, "uniqueLang"):
            if value_of(node) in ("true", "1"):
                one, other = self._fresh(), self._fresh()
                told.append(
                    f'!EXISTS {{ {variable} {path} {one}, {other} FILTER(LANG({one}) != "" &&'
                    f" !sameTerm({one}, {other}) && LCASE(LANG({one})) = LCASE(LANG({other}))) }}"
                )
        for name, sign in (("lessThan", "<"), ("lessThanOrEquals", "<=")):
            for node in self.get(shape, name):
                one, other = self._fresh(), self._fresh()
                self.deep.add(node)
                # dates and words are compared where all nodes are judged, or the node is a candidate
                fine = f"isNumeric({one}) && isNumeric({other})"
                if self._sense == 0:
                    raise Inexact("a comparison inside a count")
                wrong = f"!COALESCE({fine} && {one} {sign} {other}, false)"
                if self._sense < 0:
                    wrong = f"COALESCE({fine} && !({one} {sign} {other}), false)"
                told.append(
                    f"!EXISTS {{ {variable} {path} {one} . {variable} {node} {other} FILTER({wrong}) }}"
                )
        for node in self.get(shape, "equals"):
            one, other = self._fresh(), self._fresh()
            self.deep.add(node)
            alone = f"!EXISTS {{ {variable} {node} {one} }}"
            told.append("!" + self.some(variable, path_node, alone, one))
            among = self.some(variable, path_node, "", other)
            told.append(f"!EXISTS {{ {variable} {node} {other} FILTER(!{among}) }}")
        for node in self.get(shape, "disjoint"):
            one = self._fresh()
            self.deep.add(node)
            told.append("!" + self.some(variable, path_node, f"EXISTS {{ {variable} {node} {one} }}", one))
        with self.sense(0):
            for inner in self.get(shape, "qualifiedValueShape"):
                for node in self.get(shape, "qualifiedMinCount"):
                    told.append(self.many(variable, path_node, int(value_of(node)), inner))
                for node in self.get(shape, "qualifiedMaxCount"):
                    told.append(f"!{self.many(variable, path_node, int(value_of(node)) + 1, inner)}")
        return both(told)

    def many(self, variable: str, path_node: Node, least: int, inner: Node | None = None) -> str:
        """Whether there are so many distinct values."""
        if least <= 0:
            return "true"
        if least == 1:
            value = self._fresh()
            kept = "" if inner is None else f"COALESCE({self.holds(inner, value)}, false)"
            return self.some(variable, path_node, kept, value)
        if least > 3 or _FIRST in self.shapes.out[path_node]:
            raise Inexact("a large count, or one at the end of a long path")
        path = self.path(path_node, first=True)
        values = [self._fresh() for _ in range(least)]
        conditions = [
            f"!sameTerm({one}, {other})" for n, one in enumerate(values) for other in values[n + 1 :]
        ]
        if inner is not None:
            conditions += [f"COALESCE({self.holds(inner, value)}, false)" for value in values]
        kept = f" FILTER({' && '.join(conditions)})" if conditions else ""
        return f"EXISTS {{ {variable} {path} {', '.join(values)}{kept} }}"

    def constant(self, node: Node) -> str:
        """A term as the engine would give it back; else it cannot be compared there."""
        if isinstance(node, ox.NamedNode):
            return str(node)
        if isinstance(node, ox.Literal) and not isinstance(node, ox.BlankNode):
            probe = ox.Store()
            probe.add(ox.Quad(_TYPE, _TYPE, node))
            [back] = probe
            if back.object == node and node.datatype.value not in _NUMBERS:
                return str(node)
        raise Inexact("a constant that the engine spells otherwise")

    def _say_nodeKind(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802 - named after SHACL
        kind = value_of(node).removeprefix(SH)
        tests = (("IRI", "isIRI"), ("BlankNode", "isBlank"), ("Literal", "isLiteral"))
        return "(" + " || ".join(f"{test}({v})" for name, test in tests if name in kind) + ")"

    def _say_datatype(self, shape: Node, node: Node, v: str) -> str:
        name = value_of(node).removeprefix(XSD)
        same = f"IF(isLiteral({v}), DATATYPE({v}) = {node}, false)"
        if name in _DERIVED:
            if name not in _RANGES:
                raise Inexact("an integer type of limited size")
            return f"IF({same}, true, IF(DATATYPE({v}) = <{XSD}integer>, {v} {_RANGES[name]}, false))"
        return same

    def _say_class(self, shape: Node, node: Node, v: str) -> str:
        if node in {kind for said in shipped().out.values() for kind in said.get(_TYPE, ())}:
            raise Inexact("a class that the shipped vocabulary has instances of")
        return f"({of_class(v, node, self.below)})"

    def _say_in(self, shape: Node, node: Node, v: str) -> str:
        terms = shape_list(self.shapes, node)
        iris = [str(term) for term in terms if isinstance(term, ox.NamedNode)]
        told = [f"sameTerm({v}, {self.constant(t)})" for t in terms if not isinstance(t, ox.NamedNode)]
        if iris:
            told.append(f"IF(isIRI({v}), {v} IN ({', '.join(iris)}), false)")
        return either(told)

    def _say_pattern(self, shape: Node, node: Node, v: str) -> str:
        text = value_of(node)
        flags = "".join(sorted({c for flag in self.get(shape, "flags") for c in value_of(flag)}))
        body = text.removesuffix("$")
        if not _ALIKE.fullmatch(body) or _DIFFERS.search(body) or flags.strip("s"):
            raise Inexact("a pattern that engines read differently")
        if body != text:  # Python's end may have a line break after it
            text = body + "\\n?$"
        return f"(!isBlank({v}) && REGEX(STR({v}), {ox.Literal(text)}, {ox.Literal(flags)}))"

    def _say_languageIn(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        ranges = [self.constant(one) for one in shape_list(self.shapes, node)]
        return f"IF(isLiteral({v}), {either([f'LANGMATCHES(LANG({v}), {one})' for one in ranges])}, false)"

    def _say_minLength(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        return f"(!isBlank({v}) && STRLEN(STR({v})) >= {int(value_of(node))})"

    def _say_maxLength(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        return f"(!isBlank({v}) && STRLEN(STR({v})) <= {int(value_of(node))})"

    def _bound(self, node: Node, sign: str, v: str) -> str:
        if not isinstance(node, ox.Literal) or node.datatype.value not in _NUMBERS:
            raise Inexact("a bound that is no number")
        return f"(isNumeric({v}) && {v} {sign} {node})"

    def _say_minInclusive(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        return self._bound(node, ">=", v)

    def _say_minExclusive(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        return self._bound(node, ">", v)

    def _say_maxInclusive(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        return self._bound(node, "<=", v)

    def _say_maxExclusive(self, shape: Node, node: Node, v: str) -> str:  # noqa: N802
        return self._bound(node, "<", v)

    def _say_property(self, shape: Node, node: Node, v: str) -> str:
        return f"({self.holds(node, v)})"

    def _say_node(self, shape: Node, node: Node, v: str) -> str:
        return f"COALESCE({self.holds(node, v)}, false)"

    def _say_not(self, shape: Node, node: Node, v: str) -> str:
        with self.sense(-1):
            return f"(!COALESCE({self.holds(node, v)}, false))"

    def _say_or(self, shape: Node, node: Node, v: str) -> str:
        inner = [f"COALESCE({self.holds(n, v)}, false)" for n in shape_list(self.shapes, node)]
        return either(inner)

    def _say_and(self, shape: Node, node: Node, v: str) -> str:
        return both([f"COALESCE({self.holds(n, v)}, false)" for n in shape_list(self.shapes, node)])

    def _say_xone(self, shape: Node, node: Node, v: str) -> str:
        with self.sense(0):
            counts = [f"IF(COALESCE({self.holds(n, v)}, false), 1, 0)" for n in shape_list(self.shapes, node)]
        return f"({' + '.join(counts) or '0'} = 1)"

    def _say_closed(self, shape: Node, node: Node, v: str) -> str:
        if value_of(node) not in ("true", "1"):
            return "true"
        if len(self._open) > 1:
            raise Inexact("a closed shape inside another")
        if all(target == "targetClass" for target in self.targets):
            return "true"  # asked of the properties that the class is used with
        allowed = self.allowed(shape) or frozenset()
        names = ", ".join(sorted(str(prop) for prop in allowed if isinstance(prop, ox.NamedNode)))
        prop = self._fresh()
        return f"(!EXISTS {{ {v} {prop} {self._fresh()} FILTER({prop} NOT IN ({names})) }})"


def both(told: list[str]) -> str:
    """All of these; an IF each, so that the first that fails is the last that is worked out."""
    parts = list(dict.fromkeys(one for one in told if one != "true"))
    if not parts:
        return "true"
    text = parts.pop()
    while parts:
        text = f"IF({parts.pop()}, {text}, false)"
    return text


def either(told: list[str]) -> str:
    """Any of these, none of which can fail to be worked out."""
    if not told:
        return "false"
    text = told[-1]
    for one in reversed(told[:-1]):
        text = f"IF({one}, true, {text})"
    return text
