"""What a shape asks of one value, as SPARQL conditions: one function a constraint component, in one table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.shacl.comparing import DERIVED, NUMERIC
from graph.shacl.neighbourhood import shipped
from graph.shacl.shapes_graph import is_true, value_of
from graph.shacl.sparql_terms import Inexact, both, constant, either, of_class
from graph.shacl.triples import Node
from graph.terms import SH, TYPE, XSD

if TYPE_CHECKING:
    from graph.shacl.conditions import Writer

# the writer, the shape, the value of the parameter, and the variable that it is asked of
Say = Callable[["Writer", Node, Node, str], str]

_RANGES = {"nonNegativeInteger": ">= 0", "positiveInteger": "> 0"}
_RANGES |= {"nonPositiveInteger": "<= 0", "negativeInteger": "< 0"}
# Patterns that Python, XPath and the engine read alike
_ALIKE = re.compile(r"""(?:[A-Za-z0-9 _/:,'"@#%=<>!;~-]|\\[.\\/()\[\]{}?*+^$|-]|[.^()|?*+{}]"""
                    r"""|\[\^?(?:[A-Za-z0-9 _./:()@#%+,;='"-]|\\[.\\/()\[\]-])+\])*""")  # fmt: skip
_DIFFERS = re.compile(r"--|~~|&&|\(\?|[*+?}][*+?]")


def _node_kind(writer: Writer, shape: Node, node: Node, v: str) -> str:
    kind = value_of(node).removeprefix(SH)
    tests = (("IRI", "isIRI"), ("BlankNode", "isBlank"), ("Literal", "isLiteral"))
    return "(" + " || ".join(f"{test}({v})" for name, test in tests if name in kind) + ")"


def _datatype(writer: Writer, shape: Node, node: Node, v: str) -> str:
    name = value_of(node).removeprefix(XSD)
    same = f"IF(isLiteral({v}), DATATYPE({v}) = {node}, false)"
    if name in DERIVED:
        if name not in _RANGES:
            raise Inexact("an integer type of limited size")
        return f"IF({same}, true, IF(DATATYPE({v}) = <{XSD}integer>, {v} {_RANGES[name]}, false))"
    return same


def has_class(writer: Writer, shape: Node, node: Node, v: str) -> str:
    """Whether a value is of a class.

    Raises:
        Inexact: the shipped vocabulary, which no store holds, has instances of it.
    """
    if node in {kind for said in shipped().out.values() for kind in said.get(TYPE, ())}:
        raise Inexact("a class that the shipped vocabulary has instances of")
    return f"({of_class(v, node, writer.below)})"


def _in(writer: Writer, shape: Node, node: Node, v: str) -> str:
    terms = writer.graph.items(node)
    iris = [str(term) for term in terms if isinstance(term, ox.NamedNode)]
    told = [f"sameTerm({v}, {constant(t)})" for t in terms if not isinstance(t, ox.NamedNode)]
    if iris:
        told.append(f"IF(isIRI({v}), {v} IN ({', '.join(iris)}), false)")
    return either(told)


def _pattern(writer: Writer, shape: Node, node: Node, v: str) -> str:
    text = value_of(node)
    flags = "".join(sorted({c for flag in writer.graph.get(shape, "flags") for c in value_of(flag)}))
    body = text.removesuffix("$")
    if not _ALIKE.fullmatch(body) or _DIFFERS.search(body) or flags.strip("s"):
        raise Inexact("a pattern that engines read differently")
    if body != text:  # Python's end may have a line break after it
        text = body + "\\n?$"
    return f"(!isBlank({v}) && REGEX(STR({v}), {ox.Literal(text)}, {ox.Literal(flags)}))"


def _language_in(writer: Writer, shape: Node, node: Node, v: str) -> str:
    ranges = [constant(one) for one in writer.graph.items(node)]
    return f"IF(isLiteral({v}), {either([f'LANGMATCHES(LANG({v}), {one})' for one in ranges])}, false)"


def _length(sign: str) -> Say:
    def say(writer: Writer, shape: Node, node: Node, v: str) -> str:
        return f"(!isBlank({v}) && STRLEN(STR({v})) {sign} {int(value_of(node))})"

    return say


def _bound(sign: str) -> Say:
    def say(writer: Writer, shape: Node, node: Node, v: str) -> str:
        if not isinstance(node, ox.Literal) or node.datatype.value not in NUMERIC:
            raise Inexact("a bound that is no number")
        return f"(isNumeric({v}) && {v} {sign} {node})"

    return say


def _property(writer: Writer, shape: Node, node: Node, v: str) -> str:
    return f"({writer.holds(node, v)})"


def _node(writer: Writer, shape: Node, node: Node, v: str) -> str:
    return f"COALESCE({writer.holds(node, v)}, false)"


def _not(writer: Writer, shape: Node, node: Node, v: str) -> str:
    with writer.sense(-1):
        return f"(!COALESCE({writer.holds(node, v)}, false))"


def _or(writer: Writer, shape: Node, node: Node, v: str) -> str:
    return either([_node(writer, shape, one, v) for one in writer.graph.items(node)])


def _and(writer: Writer, shape: Node, node: Node, v: str) -> str:
    return both([_node(writer, shape, one, v) for one in writer.graph.items(node)])


def _xone(writer: Writer, shape: Node, node: Node, v: str) -> str:
    with writer.sense(0):
        counts = [f"IF({_node(writer, shape, one, v)}, 1, 0)" for one in writer.graph.items(node)]
    return f"({' + '.join(counts) or '0'} = 1)"


def _closed(writer: Writer, shape: Node, node: Node, v: str) -> str:
    if not is_true(node):
        return "true"
    if writer.is_nested:
        raise Inexact("a closed shape inside another")
    if all(target == "targetClass" for target in writer.targets):
        return "true"  # asked of the properties that the class is used with
    allowed = writer.graph.allowed(shape)
    names = ", ".join(sorted(str(prop) for prop in allowed if isinstance(prop, ox.NamedNode)))
    prop = writer.fresh()
    return f"(!EXISTS {{ {v} {prop} {writer.fresh()} FILTER({prop} NOT IN ({names})) }})"


#: What is not here is asked of the values of a path together (``Writer.of_set``), or asks nothing.
OF_VALUE: dict[str, Say] = {
    "nodeKind": _node_kind,
    "datatype": _datatype,
    "class": has_class,
    "in": _in,
    "pattern": _pattern,
    "languageIn": _language_in,
    "minLength": _length(">="),
    "maxLength": _length("<="),
    "minInclusive": _bound(">="),
    "minExclusive": _bound(">"),
    "maxInclusive": _bound("<="),
    "maxExclusive": _bound("<"),
    "property": _property,
    "node": _node,
    "not": _not,
    "or": _or,
    "and": _and,
    "xone": _xone,
    "closed": _closed,
}
