"""JSON-LD in the keys of the ontology's context: one object for each thing, parts without a name inside.

What the context has no key for is written under its whole IRI, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from graph.jsonld import Definition, by_property, context
from graph.terms import RDF, XSD
from ontology.loader import DATA_BASE, NAMESPACE

_RELATIVE = re.compile(r"[a-z]+(?:-[a-z]+)*/[\w./~-]+", re.ASCII)
_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_DEEP = 50  # parts inside parts; what is deeper is pointed at

Facts = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


def linked(triples: Iterable[ox.Triple], base: str = DATA_BASE) -> dict[str, Any]:
    """The document; its objects are sorted by IRI, their keys by name."""
    facts: dict[str, Facts] = {}
    pointed: dict[str, int] = {}
    for triple in triples:
        said = facts.setdefault(str(triple.subject), {})
        said.setdefault(triple.predicate.value, []).append(triple.object)
        pointed[str(triple.object)] = pointed.get(str(triple.object), 0) + 1
    writer = _Writer(facts, pointed, base)
    tops = [key for key in sorted(facts) if key.startswith("<") or pointed.get(key, 0) != 1]
    graph = [writer.node(key, 0) for key in tops]
    graph += [writer.node(key, 0) for key in sorted(facts) if key not in writer.done]  # circles
    return {"@context": context(base), "graph": graph}


class _Writer:
    def __init__(self, facts: dict[str, Facts], pointed: dict[str, int], base: str) -> None:
        self.facts, self.pointed, self.base = facts, pointed, base
        self.done: set[str] = set()

    def node(self, key: str, depth: int) -> dict[str, Any]:
        self.done.add(key)
        said: dict[str, Any] = {}
        if key.startswith("<"):
            said["id"] = _id(key[1:-1], self.base)
        types = sorted(_class(str(t)) for t in self.facts[key].get(RDF + "type", ()))
        if types:
            said["type"] = types[0] if len(types) == 1 else types
        found: dict[str, list[Any]] = {}
        for prop, objects in self.facts[key].items():
            if prop == RDF + "type":
                continue
            for node in sorted(objects, key=str):
                name, value = self.value(prop, node, depth)
                found.setdefault(name, []).append(value)
        for name in sorted(found):
            said[name] = found[name][0] if len(found[name]) == 1 else found[name]
        if not key.startswith("<") and self.pointed.get(key, 0) != 1:
            said = {"id": key, **said}  # pointed at from elsewhere, maybe from within itself
        return said

    def value(self, prop: str, node: Any, depth: int) -> tuple[str, Any]:
        """The key of a statement and its value, under the first key that says it just so."""
        keys = [d for d in by_property().get(prop, ()) if not d.reverse and not d.key[0].isupper()]
        items = self.items(node)
        for definition in keys:
            if definition.ordered:
                if items is not None:
                    return definition.key, [self.plain(item, depth) for item in items]
            elif isinstance(node, ox.Literal):
                if _says(definition, node):
                    return definition.key, node.value
            elif definition.links or definition.scheme:
                link = self.plain(node, depth)
                if isinstance(link, dict) and set(link) == {"@id"}:
                    return definition.key, _whole(node) if definition.scheme else link["@id"]
                return definition.key, link
        if items is not None:
            return prop, {"@list": [self.plain(item, depth) for item in items]}
        return prop, self.plain(node, depth)

    def plain(self, node: Any, depth: int) -> Any:
        """A value that no key explains."""
        if isinstance(node, ox.Literal):
            if node.language:
                return {"@value": node.value, "@language": node.language}
            if node.datatype.value == XSD + "string":
                return node.value
            return {"@value": node.value, "@type": node.datatype.value}
        key = str(node)
        inside = isinstance(node, ox.BlankNode) and self.pointed.get(key, 0) == 1 and depth < _DEEP
        if inside and key in self.facts and key not in self.done:
            return self.node(key, depth + 1)
        if isinstance(node, ox.BlankNode):
            self.pointed[key] = max(2, self.pointed.get(key, 0))
            return {"@id": key}
        return {"@id": _id(node.value, self.base)}

    def items(self, head: Any) -> list[Any] | None:
        """The items of a list made of nodes without a name; None when it is no such list."""
        found: list[Any] = []
        cells: list[str] = []
        while not (isinstance(head, ox.NamedNode) and head.value == _NIL):
            said = self.facts.get(str(head), {})
            plain = isinstance(head, ox.BlankNode) and set(said) == {_FIRST, _REST}
            if not plain or self.pointed.get(str(head), 0) != 1 or str(head) in cells:
                return None
            if len(said[_FIRST]) != 1 or len(said[_REST]) != 1:
                return None
            cells.append(str(head))
            found.append(said[_FIRST][0])
            head = said[_REST][0]
        self.done.update(cells)
        return found


def _says(definition: Definition, literal: ox.Literal) -> bool:
    """Whether a bare string under this key is this literal."""
    if definition.links or definition.scheme:
        return False
    if literal.language or definition.language:
        return literal.language == definition.language
    wanted = definition.datatype or XSD + "string"
    return literal.datatype.value == wanted


def _id(iri: str, base: str) -> str:
    local = iri.removeprefix(base)
    return local if local != iri and _RELATIVE.fullmatch(local) and "/." not in local else iri


def _whole(node: Any) -> str:
    return str(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _class(term: str) -> str:
    iri = term[1:-1] if term.startswith("<") else term
    named = next((d.key for d in by_property().get(iri, ()) if d.key[0].isupper()), None)
    local = iri.removeprefix(NAMESPACE)
    return named or (local if local.isalpha() else iri)
