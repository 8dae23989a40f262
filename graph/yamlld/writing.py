"""A graph written as YAML evidence, so that reading it gives the same graph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import yaml

from graph.errors import ClaimspineError
from graph.jsonld import Definition, by_property, definitions
from graph.reading.nodes import natural
from graph.terms import PROV, RDF, XSD
from graph.vocabulary import concept_ids
from ontology.loader import DATA_BASE, NAMESPACE

_TYPE, _FIRST, _REST, _NIL = RDF + "type", RDF + "first", RDF + "rest", RDF + "nil"
_STRING = XSD + "string"
_RANK = (
    "Recommendation",
    "Claim",
    "Mechanism",
    "Work",
    "Study",
    "Finding",
    "EvidenceLine",
    "MechanismStep",
)
_PROV_ENTITY = PROV + "Entity"


def to_yaml(triples: Iterable[ox.Triple], *, base: str = DATA_BASE) -> str:
    """The triples as YAML documents, parts inside what they belong to; provenance is left out.

    Raises:
        ClaimspineError: ``not-writable-as-yaml`` when the graph says what the context has no key for.
    """
    return _Writer(triples, base).write()


def _class(iri: str) -> str:
    """The name of a class as evidence files write it."""
    named = next((one.key for one in by_property().get(iri, ()) if one.key[0].isupper()), None)
    return named or iri.removeprefix(NAMESPACE)


class _Dumper(yaml.SafeDumper):
    """Plain scalars for everything that reads back as text; only nulls need quotes."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.yaml_implicit_resolvers = {}
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""]
)


_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """Characters that YAML folds or that nobody sees are written escaped."""
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", value, style='"' if _UNSEEN.search(value) else None
    )


_Dumper.add_representer(str, _string)


class _Writer:
    def __init__(self, triples: Iterable[ox.Triple], base: str) -> None:
        self.base = base
        self.facts: dict[str, dict[str, list[Any]]] = {}
        self.nodes: dict[str, Any] = {}
        for triple in triples:
            key = str(triple.subject)
            self.nodes[key] = triple.subject
            self.facts.setdefault(key, {}).setdefault(triple.predicate.value, []).append(triple.object)
        provenance = [key for key, said in self.facts.items() if self._is(said, _PROV_ENTITY)]
        for key in provenance:
            del self.facts[key]
        self.pointed: dict[str, dict[str, list[str]]] = {}  # object → reverse property → subjects
        reverse = {d.iri for d in definitions().values() if d.reverse}
        for subject, said in self.facts.items():
            for prop in reverse & set(said):
                for node in said[prop]:
                    self.pointed.setdefault(str(node), {}).setdefault(prop, []).append(subject)
        self.done: set[str] = set()

    @staticmethod
    def _is(said: dict[str, list[Any]], kind: str) -> bool:
        return any(isinstance(t, ox.NamedNode) and t.value == kind for t in said.get(_TYPE, ()))

    def rank(self, key: str) -> tuple[bool, int, list[str | int]]:
        said = self.facts[key]
        ranks = [i for i, kind in enumerate(_RANK) if self._is(said, NAMESPACE + kind)]
        unnamed = "/" not in key.removeprefix("<" + self.base)
        return unnamed, min(ranks, default=len(_RANK)), natural(key)

    def write(self) -> str:
        documents = []
        parts = self.parts()
        for key in sorted((k for k in self.facts if k.startswith("<") and k not in parts), key=self.rank):
            if key not in self.done:
                documents.append(self.node(key, None))
        for key in sorted(k for k in self.facts if k.startswith("<") and k not in self.done):
            documents.append(self.node(key, None))
        stray = [k for k in self.facts if k not in self.done and not k.startswith("<")]
        cells = [k for k in stray if _FIRST not in self.facts[k]]
        if cells:
            raise _not_writable(f"a node without a name: {cells[0]}")
        return "---\n".join(
            yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
            for document in documents
        )

    def parts(self) -> set[str]:
        """Nodes named after the node they belong to (``finding/x/effect``): written inside it."""
        found = set()
        for key in self.facts:
            stem = key[1:-1]
            while "/" in stem:
                stem = stem.rpartition("/")[0]
                owner = self.facts.get(f"<{stem}>")
                if owner and any(str(o) == key for objects in owner.values() for o in objects):
                    found.add(key)
                    break
        return found

    def node(self, key: str, implied: str | None, implied_by: str | None = None) -> dict[str, Any]:
        self.done.add(key)
        iri = self.nodes[key].value
        said: dict[str, Any] = {} if iri == implied else {"id": self.short(iri)}
        facts = self.facts[key]
        types = sorted(_class(str(t.value)) for t in facts.get(_TYPE, ()))
        if types:
            said["type"] = types[0] if len(types) == 1 else types
        keyed: list[tuple[Definition, list[Any]]] = []
        for prop, objects in facts.items():
            if prop not in (_TYPE, implied_by):
                for name, values in self.choose(prop, objects).items():
                    keyed.append((definitions()[name], values))
        for definition in definitions().values():
            if definition.reverse and key in self.pointed:
                subjects = self.pointed[key].get(definition.iri, [])
                fresh = [s for s in subjects if s not in self.done and self.sole_target(s, definition.iri)]
                if fresh:
                    keyed.append((definition, [self.nodes[s] for s in sorted(fresh, key=natural)]))
        order = list(definitions())
        for definition, values in sorted(keyed, key=lambda one: order.index(one[0].key)):
            written = self.values(definition, values, iri)
            if not written:
                continue
            only = written[0]
            alone = len(written) == 1 and not definition.ordered
            if alone and isinstance(only, dict):
                alone = "id" not in only and self.named_alone(values, iri, definition.key)
            said[definition.key] = only if alone else written
        return said

    def named_alone(self, values: list[Any], parent: str, key: str) -> bool:
        return getattr(values[0], "value", None) == f"{parent}/{key}"

    def sole_target(self, subject: str, prop: str) -> bool:
        """A reverse key stands for one link; a node with two such links writes them itself."""
        return subject.startswith("<") and len(self.facts[subject][prop]) == 1

    def choose(self, prop: str, objects: list[Any]) -> dict[str, list[Any]]:
        """The key of the context for each value, by its datatype or language."""
        found: dict[str, list[Any]] = {}
        for value in objects:
            for definition in by_property().get(prop, ()):
                if not definition.reverse and self.fits(definition, value):
                    found.setdefault(definition.key, []).append(value)
                    break
            else:
                if str(value) in self.done or self.is_reversed(prop):
                    continue
                raise _not_writable(f"{prop} with the value {value}")
        return found

    def is_reversed(self, prop: str) -> bool:
        return all(d.reverse for d in by_property().get(prop, ())) and prop in by_property()

    def fits(self, definition: Definition, value: Any) -> bool:
        if definition.ordered:
            return str(value) == f"<{_NIL}>" or _FIRST in self.facts.get(str(value), {})
        if isinstance(value, ox.NamedNode):
            if definition.scheme:
                return value.value.startswith(("http://", "https://", definition.scheme))
            return definition.links
        if not isinstance(value, ox.Literal) or definition.links or definition.scheme:
            return False
        if value.language:
            return value.language == definition.language
        datatype = value.datatype.value
        if definition.language:
            return False
        wanted = definition.datatype or _STRING
        # a store gives back derived integers as xsd:integer
        return datatype == wanted or (datatype == XSD + "integer" and wanted.endswith("Integer"))

    def values(self, definition: Definition, values: list[Any], parent: str) -> list[Any]:
        if definition.ordered:
            return [self.value(definition, item, parent, 0) for head in values for item in self.items(head)]
        ordered = sorted(values, key=lambda value: natural(str(value)))
        return [
            self.value(definition, value, parent, number if len(ordered) > 1 else 0)
            for number, value in enumerate(ordered, 1)
        ]

    def items(self, head: Any) -> list[Any]:
        found, seen = [], set()
        key = str(head)
        while key != f"<{_NIL}>" and key not in seen and key in self.facts:
            seen.add(key)
            self.done.add(key)
            found.append(self.facts[key][_FIRST][0])
            key = str(self.facts[key][_REST][0])
        return found

    def value(self, definition: Definition, value: Any, parent: str, number: int) -> Any:
        if isinstance(value, ox.Literal):
            return value.value
        if not isinstance(value, ox.NamedNode):
            raise _not_writable(f"{definition.key} with a node that has no name")
        if definition.scheme:
            rest = value.value.removeprefix(definition.scheme)
            return rest if re.fullmatch(r"[A-Za-z0-9][\w-]*", rest) else value.value
        key = str(value)
        if key in self.facts and key not in self.done:
            implied = f"{parent}/{definition.key}" + (f"/{number}" if number else "")
            return self.node(key, implied, definition.iri if definition.reverse else None)
        return self.short(value.value)

    def short(self, iri: str) -> str:
        if iri.removeprefix(DATA_BASE) in concept_ids():
            return iri.removeprefix(DATA_BASE)
        rest = iri.removeprefix(self.base)
        return rest if rest and ":" not in rest.partition("/")[0] and not rest.startswith("/") else iri


def _not_writable(what: str) -> ClaimspineError:
    return ClaimspineError(
        "not-writable-as-yaml",
        f"evidence files have no way to say {what}",
        hint="export it as Turtle or TriG",
    )
