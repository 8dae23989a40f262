"""Pieces of SPARQL that conditions are put together from: terms, classes, "all of" and "any of"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from graph.shacl.comparing import NUMERIC
from graph.shacl.triples import Node
from graph.terms import TYPE

Below = Mapping[Node, Sequence[Node]]  # class → those that the data puts right below it


class Inexact(Exception):  # noqa: N818 - not an error: every node is judged
    """SPARQL could say of a breach that it is none."""


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


def kinds_of(kind: Node, below: Below) -> list[Node]:
    """A class and those below it."""
    found, queue = {kind: None}, [kind]
    while queue:
        for lower in below.get(queue.pop(), ()):
            if lower not in found:
                found[lower] = None
                queue.append(lower)
    return list(found)


def of_class(variable: str, kind: Node, below: Below) -> str:
    """Whether a variable is of a class."""
    kinds = [one for one in kinds_of(kind, below) if isinstance(one, ox.NamedNode)]
    return either([f"EXISTS {{ {variable} {TYPE} {one} }}" for one in kinds])


def constant(node: Node) -> str:
    """A term as the engine would give it back.

    Raises:
        Inexact: the engine spells it otherwise, so that it cannot be compared there.
    """
    if isinstance(node, ox.NamedNode):
        return str(node)
    if isinstance(node, ox.Literal):
        probe = ox.Store()
        probe.add(ox.Quad(TYPE, TYPE, node))
        [back] = probe
        if back.object == node and node.datatype.value not in NUMERIC:
            return str(node)
    raise Inexact("a constant that the engine spells otherwise")
