"""Shapes as SPARQL conditions: what is asked of a store to find the nodes that may break a shape.

A condition is true of no node that breaks its shape, and of nearly all that do not. Where SPARQL could
not tell without missing a breach, :class:`Inexact` is raised and all nodes of the shape are judged.
Conditions nest as EXISTS, step by step along a path, since engines join long paths in any order; IF
stands for "and", since engines work out both sides of an && but only one branch of an IF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from graph.shacl.paths import path_in_sparql, properties_beyond, steps_of
from graph.shacl.shapes_graph import ShapesGraph, is_true, value_of
from graph.shacl.sparql_terms import Below, Inexact, both, constant
from graph.shacl.triples import Node
from graph.shacl.value_conditions import OF_VALUE

_MOST_VALUES = 3  # a count of more is not asked: each value more is one more join


class Writer:
    """Shapes as SPARQL conditions, true where a node conforms.

    ``deep`` collects the properties beyond the first step of a path: a node may break a shape for what is
    said of another node.
    """

    def __init__(self, graph: ShapesGraph, below: Below, targets: tuple[str, ...] = ()) -> None:
        """``below``: the classes that the data puts below others; ``targets``: the kinds of the shape's."""
        self.graph, self.below, self.targets = graph, below, targets
        self.deep: set[Node] = set()
        self._count = 0
        self._open: list[Node] = []
        # -1 inside one sh:not, 0 where it cannot be told: what may be a breach need not count
        self._sense = 1

    @property
    def is_nested(self) -> bool:
        """Whether the shape that is being written stands inside another."""
        return len(self._open) > 1

    @contextmanager
    def sense(self, factor: int) -> Iterator[None]:
        """Inside what turns a condition round (-1), or counts how often it holds (0)."""
        before, self._sense = self._sense, self._sense * factor
        try:
            yield
        finally:
            self._sense = before

    def fresh(self) -> str:
        """A variable that no condition has used."""
        self._count += 1
        return f"?x{self._count}"

    def path(self, node: Node, *, first: bool = True) -> str:
        """A path as SPARQL writes it; properties beyond the ``first`` step are noted in ``deep``."""
        self.deep |= properties_beyond(self.graph, node, first=first)
        return path_in_sparql(self.graph, node)

    def holds(self, shape: Node, variable: str) -> str:
        """Whether ``variable`` conforms to a shape."""
        if shape in self._open:
            raise Inexact("a shape within itself")
        if self.graph.is_off(shape):
            return "true"
        paths = self.graph.get(shape, "path")
        if not paths:
            return self.of_value(shape, variable)
        self._open.append(shape)
        self.path(paths[0], first=variable == "?this")
        told = [self.of_set(shape, paths[0], variable)]
        value = self.fresh()
        each = self.of_value(shape, value)
        if each != "true":
            told.append("!" + self.some(variable, paths[0], f"!COALESCE({each}, false)", value))
        self._open.pop()
        return both(told)

    def of_value(self, shape: Node, variable: str, skip: tuple[str, ...] = ()) -> str:
        """What a shape asks of each of its value nodes, without the parameters to ``skip``."""
        self._open.append(shape)
        told: list[str] = []
        for name, nodes in self.graph.parameters(shape):
            if name in OF_VALUE and name not in skip:
                told += [OF_VALUE[name](self, shape, node, variable) for node in nodes]
        if not self.graph.get(shape, "path"):
            told += self._of_itself(shape, variable)
        self._open.pop()
        return both(told)

    def _of_itself(self, shape: Node, variable: str) -> list[str]:
        """What a node shape asks of its one value, the node itself, as if it were a set of values."""
        get = self.graph.get
        told = [f"sameTerm({variable}, {constant(n)})" for n in get(shape, "hasValue")]
        told += ["false" for n in get(shape, "minCount") if int(value_of(n)) > 1]
        told += ["false" for n in get(shape, "maxCount") if int(value_of(n)) < 1]
        if get(shape, "qualifiedValueShape"):
            raise Inexact("a count of one node")
        if any(get(shape, name) for name in ("lessThan", "lessThanOrEquals", "equals", "disjoint")):
            raise Inexact("a comparison of a node")
        return told

    def some(self, start: str, path: Node, condition: str = "", end: str = "") -> str:
        """Whether a path leads somewhere; step by step, since engines join long paths in any order."""
        steps = steps_of(self.graph, path)
        inner, last = condition, end or self.fresh()
        for number in range(len(steps) - 1, -1, -1):
            begin = start if number == 0 else self.fresh()
            kept = f" FILTER({inner})" if inner else ""
            inner = f"EXISTS {{ {begin} {self.path(steps[number])} {last}{kept} }}"
            last = begin
        return inner

    def many(
        self, variable: str, path: Node, least: int, inner: Node | None = None, but: Sequence[Node] = ()
    ) -> str:
        """Whether a path leads to so many distinct values that conform to ``inner`` and not to ``but``."""
        if least <= 0:
            return "true"
        if least == 1:
            value = self.fresh()
            kept = "" if inner is None else self._counts(inner, but, value)
            return self.some(variable, path, kept, value)
        if least > _MOST_VALUES or self.graph.is_list(path):
            raise Inexact("a large count, or one at the end of a long path")
        written = self.path(path)
        values = [self.fresh() for _ in range(least)]
        conditions = [
            f"!sameTerm({one}, {other})" for n, one in enumerate(values) for other in values[n + 1 :]
        ]
        if inner is not None:
            conditions += [self._counts(inner, but, value) for value in values]
        kept = f" FILTER({' && '.join(conditions)})" if conditions else ""
        return f"EXISTS {{ {variable} {written} {', '.join(values)}{kept} }}"

    def _counts(self, inner: Node, but: Sequence[Node], value: str) -> str:
        told = [f"COALESCE({self.holds(inner, value)}, false)"]
        return " && ".join([*told, *(f"!COALESCE({self.holds(one, value)}, false)" for one in but)])

    def of_set(self, shape: Node, path: Node, variable: str, skip: tuple[str, ...] = ()) -> str:
        """What a property shape asks of its value nodes together, without the parameters to ``skip``."""
        told: list[str] = []
        written = self.path(path)
        if "minCount" not in skip:
            for node in self.graph.get(shape, "minCount"):
                told.append(self.many(variable, path, int(value_of(node))))
        if "maxCount" not in skip:
            for node in self.graph.get(shape, "maxCount"):
                told.append(f"!{self.many(variable, path, int(value_of(node)) + 1)}")
        for node in self.graph.get(shape, "hasValue"):
            told.append(self.some(variable, path, "", constant(node)))
        told += self._unique_languages(shape, written, variable)
        told += self._ordered(shape, written, variable)
        told += self._alike(shape, path, variable)
        siblings = self.graph.siblings(shape)
        with self.sense(0):
            for inner in self.graph.get(shape, "qualifiedValueShape"):
                for node in self.graph.get(shape, "qualifiedMinCount"):
                    told.append(self.many(variable, path, int(value_of(node)), inner, siblings))
                for node in self.graph.get(shape, "qualifiedMaxCount"):
                    told.append(f"!{self.many(variable, path, int(value_of(node)) + 1, inner, siblings)}")
        return both(told)

    def _unique_languages(self, shape: Node, written: str, variable: str) -> Iterator[str]:
        for node in self.graph.get(shape, "uniqueLang"):
            if is_true(node):
                one, other = self.fresh(), self.fresh()
                yield (
                    f'!EXISTS {{ {variable} {written} {one}, {other} FILTER(LANG({one}) != "" &&'
                    f" !sameTerm({one}, {other}) && LCASE(LANG({one})) = LCASE(LANG({other}))) }}"
                )

    def _ordered(self, shape: Node, written: str, variable: str) -> Iterator[str]:
        """``sh:lessThan`` and ``sh:lessThanOrEquals``."""
        for name, sign in (("lessThan", "<"), ("lessThanOrEquals", "<=")):
            for node in self.graph.get(shape, name):
                one, other = self.fresh(), self.fresh()
                self.deep.add(node)
                if self._sense == 0:
                    raise Inexact("a comparison inside a count")
                # dates and words are compared where all nodes are judged, or the node is a candidate
                fine = f"isNumeric({one}) && isNumeric({other})"
                wrong = f"!COALESCE({fine} && {one} {sign} {other}, false)"
                if self._sense < 0:
                    wrong = f"COALESCE({fine} && !({one} {sign} {other}), false)"
                yield f"!EXISTS {{ {variable} {written} {one} . {variable} {node} {other} FILTER({wrong}) }}"

    def _alike(self, shape: Node, path: Node, variable: str) -> Iterator[str]:
        """``sh:equals`` and ``sh:disjoint``."""
        for node in self.graph.get(shape, "equals"):
            one, other = self.fresh(), self.fresh()
            self.deep.add(node)
            yield "!" + self.some(variable, path, f"!EXISTS {{ {variable} {node} {one} }}", one)
            among = self.some(variable, path, "", other)
            yield f"!EXISTS {{ {variable} {node} {other} FILTER(!{among}) }}"
        for node in self.graph.get(shape, "disjoint"):
            one = self.fresh()
            self.deep.add(node)
            yield "!" + self.some(variable, path, f"EXISTS {{ {variable} {node} {one} }}", one)
