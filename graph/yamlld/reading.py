"""Curated evidence: YAML read as JSON-LD through the ontology's context, and written back.

A mapping without an ``id`` is named after its parent and its key (``finding/x/effect``,
``finding/x/dose/2``), so that the same file always gives the same graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.jsonld import Definition, context_of, definitions, expand
from graph.suggestions import class_names, concept_id, nearest, scheme_values
from graph.vocabulary import concept_ids
from graph.yamlld.tree import Mapping, Scalar, Sequence, Tree
from graph.yamlld.tree import read as read_trees
from ontology.loader import DATA_BASE, NAMESPACE
from ontology.terms import Adopted

_REFERENCE = re.compile(r"[^\s<>\"{}|\\^`\x00-\x20]+\Z")
_BARE = re.compile(r"[A-Za-z0-9][\w-]*\Z")
_OF_CONCEPTS = frozenset(
    (
        "exposure",
        "coIntervention",
        "comparator",
        "outcome",
        "population",
        "species",
        "broader",
        "surrogateFor",
    )
)
Lines = dict[tuple[str, str | None], int]


@dataclass(slots=True)
class Reading:
    """The triples of a text, and where they stood: (subject, property, linked value or None) → line."""

    triples: list[ox.Triple]
    lines: Lines = field(default_factory=dict)


def read(text: str, path: str | PathLike[str] | None = None, *, base: str = DATA_BASE) -> Reading:
    """Read YAML evidence. Relative ids stand under ``base``.

    Raises:
        ClaimspineError: one fault, with file, line and column.
        ExceptionGroup: several of them.
    """
    walker = _Walker(path, base)
    nodes = [node for tree in read_trees(text, path) for node in walker.document(tree)]
    if len(walker.faults) == 1:
        raise walker.faults[0]
    if walker.faults:
        raise ExceptionGroup(f"{path or 'the text'}: {len(walker.faults)} faults", walker.faults)
    document = {"@context": {**context_of(nodes), "@base": base}, "@graph": nodes}
    try:
        quads = list(ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD))
    except SyntaxError as exc:
        raise ClaimspineError("yaml-not-json-ld", f"cannot be read as JSON-LD: {exc}", path=path) from exc
    return Reading([quad.triple for quad in quads], walker.lines)


class _Walker:
    """Turns trees into JSON-LD nodes, noting lines and collecting faults."""

    def __init__(self, path: str | PathLike[str] | None, base: str) -> None:
        self.path = path
        self.base = base
        self.lines: Lines = {}
        self.faults: list[ClaimspineError] = []

    def fault(self, code: str, message: str, at: Tree, hint: str | None = None) -> None:
        self.faults.append(
            ClaimspineError(code, message, path=self.path, line=at.line, column=at.column, hint=hint)
        )

    def document(self, tree: Tree) -> list[dict[str, Any]]:
        """The nodes of one document: a mapping, a list of mappings, or ``graph: [...]``."""
        if isinstance(tree, Mapping) and set(tree.items) == {"graph"}:
            tree = tree.items["graph"][1]
        trees = tree.items if isinstance(tree, Sequence) else [tree]
        nodes = []
        for one in trees:
            if not isinstance(one, Mapping):
                self.fault("yaml-not-a-mapping", "evidence is a mapping of keys to values", one)
            elif "id" not in one.items:
                self.fault(
                    "yaml-no-id", "the outermost mapping needs an id", one, "such as id: work/smith2020sleep"
                )
            else:
                nodes.append(self.node(one, ""))
        return nodes

    def node(self, tree: Mapping, fallback: str) -> dict[str, Any]:
        written = tree.items.get("id")
        identifier = fallback
        if written is not None:
            identifier = self.reference(written[1]) or fallback
        iri = self.resolve(identifier)
        self.lines.setdefault((iri, None), tree.line)
        node: dict[str, Any] = {"@id": iri}
        for key, (at, value) in tree.items.items():
            if key == "id":
                continue
            if key == "type":
                node["@type"] = self.types(value)
                self.lines.setdefault((iri, Adopted.TYPE), at.line)
                continue
            definition = definitions().get(key)
            if definition is None:
                self.unknown(key, at)
                continue
            values = self.values(definition, value, iri)
            self.remember(iri, definition, at.line, values)
            if values:
                ordered = definition.ordered
                node[key] = values if ordered or len(values) > 1 else values[0]
        return node

    def remember(self, iri: str, definition: Definition, line: int, values: list[Any]) -> None:
        if not definition.reverse:
            self.lines.setdefault((iri, definition.iri), line)
            return
        for value in values:
            subject = value["@id"] if isinstance(value, dict) else self.resolve(value)
            self.lines.setdefault((subject, definition.iri), self.lines.get((subject, None), line))

    def unknown(self, key: str, at: Scalar) -> None:
        if key.startswith("@"):
            hint = "the context is the ontology's own" if key == "@context" else f"write {key[1:]}"
            self.fault("yaml-keyword", f"{key} may not be used in an evidence file", at, hint)
            return
        near = nearest(key, [*definitions(), "id", "type"])
        hint = f"did you mean {near}?" if near else "docs/evidence-files.md lists the keys of each type"
        self.fault("yaml-unknown-key", f"unknown key {key!r}", at, hint)

    def values(self, definition: Definition, tree: Tree, parent: str) -> list[Any]:
        found = []
        for tail, item in _numbered(definition.key, tree):
            if isinstance(item, Sequence):
                self.fault("yaml-nested-list", f"a list inside the list of {definition.key}", item)
            elif isinstance(item, Mapping):
                if definition.links:
                    found.append(self.node(item, f"{parent}/{tail}"))
                else:
                    self.fault("yaml-not-a-value", f"{definition.key} takes a value, not a mapping", item)
            elif item.value is not None:
                value = self.scalar(definition, item)
                if value is not None:
                    found.append(value)
                    if definition.links or definition.scheme:
                        self.lines.setdefault((parent, value), item.line)
        return found

    def scalar(self, definition: Definition, item: Scalar) -> Any:
        assert item.value is not None
        if definition.links:
            reference = self.reference(item, definition)
            return None if reference is None else self.resolve(reference)
        if definition.scheme is not None:
            # in full, since a key of the context that is spelt the same (cohort) would win over the scheme
            if _BARE.match(item.value):
                return definition.scheme + item.value
            if item.value.startswith(("http://", "https://")) and _REFERENCE.match(item.value):
                return item.value
            values = scheme_values(definition.scheme)
            near = nearest(item.value, values)
            hint = f"write {near}" if near else "write one of " + ", ".join(values)
            self.fault("yaml-not-a-term", f"{item.value!r} is not a value of {definition.key}", item, hint)
            return None
        return item.value

    def reference(self, tree: Tree, key: Definition | None = None) -> str | None:
        if isinstance(tree, Scalar) and tree.value and _REFERENCE.match(tree.value):
            return tree.value
        if not isinstance(tree, Scalar):
            self.fault("yaml-not-an-id", "an id is a word, not a mapping or a list", tree)
            return None
        said = tree.value or ""
        near = re.sub(r"[^\w/.:#-]+", "-", said).strip("-").lower()
        hint = f"write it like {near}" if near else "such as work/smith2020sleep"
        if key is not None and key.key in _OF_CONCEPTS:
            hint = f"write {concept_id(said) or f'an id such as concept/{near}'}"
        self.fault("yaml-not-an-id", f"{said!r} cannot be an id", tree, hint)
        return None

    def types(self, tree: Tree) -> list[str]:
        found = []
        for _, item in _numbered("type", tree):
            if isinstance(item, Scalar) and item.value in class_names():
                named = definitions().get(item.value)  # Concept is SKOS's
                found.append(named.iri if named else NAMESPACE + item.value)
            elif isinstance(item, Scalar) and item.value and ":" in item.value:
                found.append(expand(item.value))
            else:
                near = nearest(item.value or "", class_names()) if isinstance(item, Scalar) else None
                said = f"{item.value!r} is not a type" if isinstance(item, Scalar) else "a type is a word"
                hint = f"did you mean {near}?" if near else "write one of " + ", ".join(class_names())
                self.fault("yaml-not-a-type", said, item, hint)
        return found

    def resolve(self, reference: str) -> str:
        """An id as an absolute IRI: ``prefix:rest`` of the context, absolute, or under the base."""
        expanded = expand(reference)
        if expanded != reference or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", reference):
            return expanded
        # the shipped vocabulary keeps its IRIs, whatever the base of an organisation's own things
        return (DATA_BASE if reference in concept_ids() else self.base) + reference


def _numbered(key: str, tree: Tree) -> Iterable[tuple[str, Tree]]:
    if isinstance(tree, Sequence):
        return [(f"{key}/{number}", item) for number, item in enumerate(tree.items, 1)]
    return [(key, tree)]
