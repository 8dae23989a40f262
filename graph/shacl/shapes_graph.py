"""A shapes graph as it is read: what a shape says, by the names that SHACL gives its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.shacl.triples import Data, Node
from graph.terms import FIRST, NIL, REST, SH

_PROPERTY = ox.NamedNode(SH + "property")


class Unsupported(Exception):  # noqa: N818 - not an error: pySHACL takes over
    """The shapes use a construct that is not compiled."""


def value_of(node: Node) -> str:
    """The lexical form of a literal, the IRI of a name; a blank node as Turtle writes it."""
    return str(node) if isinstance(node, ox.BlankNode | ox.Triple) else node.value


def is_true(node: Node) -> bool:
    """Whether a literal is the boolean true."""
    return value_of(node) in ("true", "1")


class ShapesGraph:
    """The triples of shapes, asked in SHACL's terms."""

    def __init__(self, triples: Data) -> None:
        """``triples``: those of the shapes, indexed."""
        self.triples = triples

    def get(self, shape: Node, parameter: str) -> list[Node]:
        """The values of a SHACL parameter of a shape, such as ``minCount``."""
        return self.triples.objects(shape, ox.NamedNode(SH + parameter))

    def parameters(self, shape: Node) -> Iterator[tuple[str, list[Node]]]:
        """What SHACL says of a shape: the names of its parameters, with their values."""
        for prop, values in self.triples.out[shape].items():
            if value_of(prop).startswith(SH):
                yield value_of(prop).removeprefix(SH), values

    def is_off(self, shape: Node) -> bool:
        """Whether a shape is deactivated."""
        return any(map(is_true, self.get(shape, "deactivated")))

    def siblings(self, shape: Node) -> list[Node]:
        """The qualified shapes that the values of this one must not conform to (SHACL 4.7.3)."""
        if not any(map(is_true, self.get(shape, "qualifiedValueShapesDisjoint"))):
            return []
        holding = [n for n, said in self.triples.out.items() if shape in said.get(_PROPERTY, ())]
        beside = (other for parent in holding for other in self.get(parent, "property"))
        own = self.get(shape, "qualifiedValueShape")
        found = dict.fromkeys(inner for one in beside for inner in self.get(one, "qualifiedValueShape"))
        return [inner for inner in found if inner not in own]

    def is_list(self, node: Node) -> bool:
        """Whether a node is an RDF list with something in it."""
        return FIRST in self.triples.out[node]

    def items(self, head: Node) -> list[Node]:
        """The items of a list.

        Raises:
            Unsupported: it is no list, or has no end.
        """
        found: list[Node] = []
        while head != NIL:
            cells = self.triples.out[head]
            if FIRST not in cells or REST not in cells or len(found) > len(self.triples.out):
                raise Unsupported("a broken list")
            found.append(cells[FIRST][0])
            head = cells[REST][0]
        return found

    def allowed(self, shape: Node) -> frozenset[Node]:
        """The properties that ``sh:closed`` leaves to a shape: those of its paths, and the ignored ones."""
        allowed = {path for inner in self.get(shape, "property") for path in self.get(inner, "path")}
        for head in self.get(shape, "ignoredProperties"):
            allowed |= set(self.items(head))
        return frozenset(allowed)


@lru_cache(maxsize=8)
def parsed(turtle: str) -> ShapesGraph:
    """The shapes graph of a Turtle text.

    Raises:
        ClaimspineError: ``shapes-unreadable``, it is not Turtle.
    """
    try:
        return ShapesGraph(Data([quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]))
    except SyntaxError as exc:
        raise ClaimspineError("shapes-unreadable", f"the shapes cannot be used: {exc}") from exc
