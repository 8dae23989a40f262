"""The shipped vocabulary beside a store: what the store cannot change is judged once, not each time.

A node that the store does not describe, and that leads to nothing which the store describes, looks the same
to a shape with the store as without it.
"""

from __future__ import annotations

from functools import cache, lru_cache

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.shacl.compiling import compiled
from graph.shacl.neighbourhood import shipped
from graph.shacl.shape import Breach
from graph.shacl.shapes_graph import parsed
from graph.shacl.triples import Node
from graph.terms import SH

Settled = dict[Node, tuple[Breach, ...]]
_BACK = tuple(ox.NamedNode(SH + name) for name in ("inversePath", "targetObjectsOf"))


@lru_cache(maxsize=8)
def alone(turtle: str) -> tuple[Settled, ...]:
    """For each shape the shipped nodes that it chooses, with their breaches where there is nothing else."""
    data = shipped()
    return tuple(
        {
            node: tuple(breach for breach in shape.run(data, node) if data.out[breach.focus])
            for node in shape.focus_nodes(data)
            if node in data.out
        }
        for shape in compiled(turtle)
    )


def changed(store: EmbeddedStore, turtle: str) -> set[Node]:
    """The shipped nodes on which a store may change what these shapes say.

    It puts no class below another; shapes that ask who points at a node may see all of them otherwise.
    """
    if any(prop in said for said in parsed(turtle).triples.out.values() for prop in _BACK):
        return set(shipped().out)
    match = store.engine.quads_for_pattern
    found: set[Node] = {node for node in _nodes() if next(match(node, None, None), None) is not None}
    queue = list(found)
    while queue:
        for subjects in shipped().back[queue.pop()].values():
            new = set(subjects) - found
            found |= new
            queue += new
    return found


@cache
def _nodes() -> tuple[ox.NamedNode, ...]:
    """All that the shipped vocabulary names; it has no blank nodes."""
    return tuple(node for node in {*shipped().out, *shipped().back} if isinstance(node, ox.NamedNode))
