"""The ontology's JSON-LD context, taken apart: what each key of a file means.

There is no second mapping in code: keys, datatypes and schemes all come from
``ontology/context.jsonld``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ontology import loader
from ontology.loader import DATA_BASE, NAMESPACE

#: The ``type`` that each kind of thing stands under.
TYPES: Mapping[str, str] = {
    "recommendation": "Recommendation",
    "claim": "Claim",
    "mechanism": "Mechanism",
    "step": "MechanismStep",
    "finding": "Finding",
    "study": "Study",
    "work": "Work",
    "concept": "Concept",
}


@dataclass(frozen=True, slots=True)
class Definition:
    """One key of the context. ``scheme`` is what a bare value is appended to (``…#design-``)."""

    key: str
    iri: str
    datatype: str | None = None  # an XSD datatype
    links: bool = False  # values are IRIs
    scheme: str | None = None
    language: str | None = None
    ordered: bool = False
    reverse: bool = False


@cache
def context(base: str = DATA_BASE) -> dict[str, Any]:
    """The context without its wrapper; relative ids stand under ``base``. Not to be changed by callers."""
    return {**loader.context()["@context"], "@base": base}


def context_of(said: Any, base: str = DATA_BASE) -> dict[str, Any]:
    """The part of the context that a document uses: to send, or to read, the whole costs more than most say.

    >>> context_of({"id": "work/a", "type": "Work", "title": "Tea"})["title"]
    'dcterms:title'
    >>> "dose" in context_of({"title": "Tea"})
    False
    """
    used = _strings(said)
    always, needs = _needs(base)
    kept = always | (used & needs.keys())
    prefixes = {one.partition(":")[0] for one in used if ":" in one}.union(*[needs[term] for term in kept])
    return {term: meaning for term, meaning in context(base).items() if term in kept or term in prefixes}


@cache
def _needs(base: str) -> tuple[set[str], dict[str, set[str]]]:
    """The terms of the context that belong to every document, and of each term the prefixes that it needs."""
    whole = context(base)
    needs = {
        term: {one.partition(":")[0] for one in {term, *_strings(meaning)} if ":" in one}
        for term, meaning in whole.items()
    }
    always = {
        term
        for term, meaning in whole.items()
        if term.startswith("@") or (isinstance(meaning, str) and meaning.startswith("@"))
    }
    return always, needs


def _strings(said: Any) -> set[str]:
    """All keys and texts in a document."""
    found: set[str] = set()
    waiting = [said]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, list | tuple):
            waiting.extend(value)
        elif isinstance(value, Mapping):
            found.update(value)
            waiting.extend(value.values())
    return found


@cache
def definitions() -> dict[str, Definition]:
    """The keys that evidence files may use, apart from ``id``, ``type`` and ``graph``."""
    found = {}
    for key, value in context().items():
        if key.startswith("@"):
            continue
        if isinstance(value, str):
            if not value.startswith("@") and not _is_prefix(value):
                found[key] = Definition(key, expand(value))
            continue
        reverse = value.get("@reverse")
        kind = value.get("@type")
        found[key] = Definition(
            key,
            expand(reverse or value["@id"]),
            datatype=expand(kind) if kind and not kind.startswith("@") else None,
            links=kind == "@id" or reverse is not None,
            scheme=_scheme(value.get("@context")) if kind == "@vocab" else None,
            language=value.get("@language"),
            ordered=value.get("@container") == "@list",
            reverse=reverse is not None,
        )
    return found


def _scheme(scoped: Any) -> str | None:
    parts = scoped if isinstance(scoped, list) else [scoped]
    for part in parts:
        if isinstance(part, dict) and "@vocab" in part:
            return expand(str(part["@vocab"]))
    return NAMESPACE


def _is_prefix(value: str) -> bool:
    return value.endswith(("#", "/"))


def expand(compact: str) -> str:
    """A compact IRI of the context in full.

    >>> expand("dcterms:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, colon, rest = compact.partition(":")
    whole = context().get(prefix)
    if colon and not rest.startswith("//") and isinstance(whole, str) and _is_prefix(whole):
        return whole + rest
    return compact


@cache
def term(key: str) -> str:
    """The property IRI of a key of the context."""
    return definitions()[key].iri


@cache
def by_property() -> dict[str, tuple[Definition, ...]]:
    """The keys that stand for each property IRI."""
    found: dict[str, list[Definition]] = {}
    for definition in definitions().values():
        found.setdefault(definition.iri, []).append(definition)
    return {iri: tuple(keys) for iri, keys in found.items()}


@cache
def declared_datatypes() -> dict[str, str]:
    """The datatype that the context gives each property's values."""
    return {d.iri: d.datatype for d in definitions().values() if d.datatype}
