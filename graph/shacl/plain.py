"""Constraints that are one pattern of triples, so that an engine can join them or take them away whole."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from graph.shacl.conditions import Writer
from graph.shacl.shapes_graph import value_of
from graph.shacl.sparql_terms import kinds_of
from graph.shacl.triples import Node
from graph.shacl.value_conditions import has_class
from graph.terms import TYPE

_TOLD = frozenset(("message", "severity", "name", "description", "group", "order", "defaultValue"))


@dataclass(frozen=True, slots=True)
class Plain:
    """A condition that is one pattern: it ``holds`` where the pattern is found, or where it is not.

    ``way``: the property that is enough to have.
    """

    pattern: str
    holds: bool = True
    way: Node | None = None


def all_plain(writer: Writer, shape: Node, parameter: str) -> list[list[Plain]]:
    """Each ``class`` or ``or`` of a node: patterns of which one must hold. Empty: not so plain."""
    found: list[list[Plain]] = []
    for node in writer.graph.get(shape, parameter):
        if parameter == "class":
            told = [_of_class(writer, node)]
        else:
            told = [plain(writer, one) for one in writer.graph.items(node)]
        if None in told or not told:
            return []
        found.append([one for one in told if one is not None])
    return found


def plain(writer: Writer, shape: Node) -> Plain | None:
    """A shape of ``?this`` as one pattern: a property, a value of one, a class, or none of these."""
    said = {name: nodes for name, nodes in writer.graph.parameters(shape) if name not in _TOLD}
    if any(len(nodes) != 1 for nodes in said.values()):
        return None
    match {name: nodes[0] for name, nodes in said.items()}:
        case {"class": kind, **rest} if not rest:
            return _of_class(writer, kind)
        case {"not": inner, **rest} if not rest:
            told = plain(writer, inner)
            return None if told is None else Plain(told.pattern, not told.holds)
        case {"path": ox.NamedNode() as path, "hasValue": ox.NamedNode() as one, **rest} if not rest:
            return Plain(f"?this {path} {one}")
        case {"path": ox.NamedNode() as path, "minCount": n, **rest} if not rest and value_of(n) == "1":
            return Plain(f"?this {path} {writer.fresh()}", way=path)
        case {"path": ox.NamedNode() as path, "maxCount": n, **rest} if not rest and value_of(n) == "0":
            return Plain(f"?this {path} {writer.fresh()}", holds=False)
    return None


def _of_class(writer: Writer, kind: Node) -> Plain | None:
    has_class(writer, kind, kind, "?this")  # Inexact where the pattern would not be either
    kinds = [one for one in kinds_of(kind, writer.below) if isinstance(one, ox.NamedNode)]
    if len(kinds) == 1:
        return Plain(f"?this {TYPE} {kinds[0]}")
    union = " UNION ".join(f"{{ ?this {TYPE} {one} }}" for one in kinds)
    return Plain(f"{{ {union} }}") if kinds else None
