"""SHACL's property paths: which nodes they lead to from a focus node, and how they are told in words."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from graph.reading.nodes import last_part
from graph.shacl.shapes_graph import ShapesGraph, Unsupported, value_of
from graph.shacl.triples import Data, Node
from graph.terms import SH

Path = Callable[[Data, Node], list[Node]]  # from a focus node to the nodes at the end, each once


def compiled_path(graph: ShapesGraph, node: Node) -> Path:
    """The path that a node of the shapes graph describes (SHACL 2.3.1).

    Raises:
        Unsupported: it is none that SHACL knows.
    """
    if isinstance(node, ox.NamedNode):
        return lambda data, focus: data.out[focus].get(node, [])
    if graph.is_list(node):
        steps = [compiled_path(graph, step) for step in graph.items(node)]
        return lambda data, focus: _sequence(steps, data, focus)
    kind, values = _operator(graph, node)
    if kind == "inversePath" and isinstance(values[0], ox.NamedNode):
        inner = values[0]
        return lambda data, focus: data.back[focus].get(inner, [])
    if kind == "alternativePath":
        ways = [compiled_path(graph, way) for way in graph.items(values[0])]
        return lambda data, focus: list(dict.fromkeys(n for way in ways for n in way(data, focus)))
    if kind in ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"):
        step = compiled_path(graph, values[0])
        return lambda data, focus: _repeated(step, kind, data, focus)
    raise Unsupported(f"path {kind}")


def path_in_words(graph: ShapesGraph, node: Node) -> str:
    """A property by its IRI; a longer path by the last parts of its properties: ``basedOn/^bearsOn``."""
    if isinstance(node, ox.NamedNode):
        return node.value
    if graph.is_list(node):
        return "/".join(last_part(path_in_words(graph, step)) for step in graph.items(node))
    kind, values = _operator(graph, node)
    ways = graph.items(values[0]) if kind == "alternativePath" else values
    told = "|".join(last_part(path_in_words(graph, way)) for way in ways)
    return f"^{told}" if kind == "inversePath" else told


def path_in_sparql(graph: ShapesGraph, node: Node) -> str:
    """A path as SPARQL writes it: ``(<p>/(^<q>))``."""
    if isinstance(node, ox.NamedNode):
        return str(node)
    if graph.is_list(node):
        return "(" + "/".join(path_in_sparql(graph, step) for step in graph.items(node)) + ")"
    kind, values = _operator(graph, node)
    if kind == "alternativePath":
        return "(" + "|".join(path_in_sparql(graph, way) for way in graph.items(values[0])) + ")"
    inner = path_in_sparql(graph, values[0])
    signs = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
    return f"(^{inner})" if kind == "inversePath" else f"({inner}{signs[kind]})"


def steps_of(graph: ShapesGraph, path: Node) -> list[Node]:
    """The steps of a path, one where it is no sequence."""
    return graph.items(path) if graph.is_list(path) else [path]


def ways_of(graph: ShapesGraph, path: Node) -> list[Node]:
    """The properties that a path is, or is a choice of; none for other paths."""
    if isinstance(path, ox.NamedNode):
        return [path]
    heads = graph.get(path, "alternativePath")
    ways = graph.items(heads[0]) if heads else []
    return ways if all(isinstance(way, ox.NamedNode) for way in ways) else []


def properties_beyond(graph: ShapesGraph, path: Node, *, first: bool = True) -> set[Node]:
    """The properties that a path uses after its first step, or where its first step is no plain property."""
    if isinstance(path, ox.NamedNode):
        return set() if first else {path}
    if graph.is_list(path):
        steps = list(enumerate(graph.items(path)))
        return set().union(*(properties_beyond(graph, s, first=first and n == 0) for n, s in steps))
    kind, values = _operator(graph, path)
    inner = graph.items(values[0]) if kind == "alternativePath" else values[:1]
    return set().union(*(properties_beyond(graph, one, first=False) for one in inner))


def _operator(graph: ShapesGraph, node: Node) -> tuple[str, list[Node]]:
    """What a blank node of a path says: ``inversePath``, ``alternativePath``, ``zeroOrMorePath`` ..."""
    said = graph.triples.out[node]
    if len(said) != 1:
        raise Unsupported("a path that is not one operator")
    [(prop, values)] = said.items()
    return value_of(prop).removeprefix(SH), values


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
