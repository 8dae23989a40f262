"""The evidence of a store as frozen values: few queries, put together here.

Of an embedded store what was read is kept, and after a write only what it touched is read again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.evidence import Concept, Evidence, EvidenceLine, Iri
from graph.garbage import uncollected
from graph.jsonld import definitions
from graph.reading.held import HOLDERS, Held
from graph.reading.merging import Pair, kept_apart, merge
from graph.reading.nodes import Nodes, last_part
from graph.reading.renewing import Values, renewed, values_of
from graph.reading.values import with_study
from graph.sparql import stored
from graph.store import Store
from graph.vocabulary import is_english, is_name, triples
from ontology.terms import Class

_LABELS = ("prefLabel", "altLabel", "hiddenLabel")
_OTHER_SENSE = "otherSense"


def read_evidence(store: Store) -> Evidence:
    """Everything that a checker may look at, sorted by IRI, with the shipped vocabulary merged in.

    A concept that the store names replaces the shipped one with the same IRI; what else it says of a shipped
    one extends that. Two records of one paper (the
    same DOI or PubMed id in two sources) become one: the curated record, with what it leaves open
    filled from the other.

    >>> from graph.store import open_store
    >>> read_evidence(open_store("memory")).works
    {}
    """
    with uncollected():
        if isinstance(store, EmbeddedStore):
            return _kept_of(store).now(store)
        return _evidence(store, _whole(store), None).evidence


class _Read(NamedTuple):
    """The evidence of one state of a store, and what it was made of."""

    values: Values
    apart: frozenset[Pair]
    evidence: Evidence


class _Kept:
    """What was last read of an embedded store: after a write only what it touched is read again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: _Read | None = None
        self._held: Held | None = None

    def now(self, store: EmbeddedStore) -> Evidence:
        with self._lock:
            holder = HOLDERS.of(store)
            last, self._last = self._last, None  # whoever fails has everything read again
            touched = store.touched.take()
            if last is None or touched is None:
                values = _whole(store)
            else:
                values = renewed(store.engine, last.values, touched) if touched else last.values
            self._last = _evidence(store, values, last)
            if self._held is None or self._held.values is not values:
                self._held = Held(values, self._held)
            holder.held = self._held
            return self._last.evidence


_KEPT: WeakKeyDictionary[EmbeddedStore, _Kept] = WeakKeyDictionary()
_KEEPING = threading.Lock()


def _kept_of(store: EmbeddedStore) -> _Kept:
    with _KEEPING:
        return _KEPT.setdefault(store, _Kept())


def _whole(store: Store) -> Values:
    return values_of(Nodes.of(store, "entities", "parts"))


def _evidence(store: Store, values: Values, last: _Read | None) -> _Read:
    """The evidence of these values; what is as it was last is the same object, and so is the whole."""
    apart, concepts = kept_apart(store), read_concepts(store)
    if last is None:
        return _Read(values, apart, _merged(values, apart, concepts, store.base))
    old, held = last.values, last.evidence
    concepts = held.concepts if held.concepts == concepts else concepts
    if apart != last.apart or old.works is not values.works or old.findings is not values.findings:
        return _Read(values, apart, _merged(values, apart, concepts, store.base))
    if values is old and concepts is held.concepts:
        return last
    said = replace(
        held,
        concepts=concepts,
        studies=values.studies,
        claims=values.claims,
        mechanisms=values.mechanisms,
        lines=held.lines if values.lines is old.lines else _in_order(values),
    )
    return _Read(values, apart, said)


def _merged(values: Values, apart: frozenset[Pair], concepts: dict[Iri, Concept], base: str) -> Evidence:
    works, findings, _ = merge(values.works, values.findings, apart)
    findings, lines = with_study(works, findings), _in_order(values)
    return Evidence(concepts, works, values.studies, findings, values.claims, values.mechanisms, lines, base)


def _in_order(values: Values) -> tuple[EvidenceLine, ...]:
    return tuple(chain.from_iterable(values.lines.values()))


def read_concepts(store: Store) -> dict[Iri, Concept]:
    """The concepts of a store over the shipped ones, by IRI: a named one replaces, another one extends."""
    rows = list(store.rows(stored("concepts")))
    named = {row[0] for row in rows if is_name(row[1] or "", row[3])}
    extended = {row[0] for row in rows} - named
    rows += [row for subject in sorted(filter(None, extended)) for row in _shipped_rows().get(subject, ())]
    found = {**shipped(), **_concepts_of(rows)}
    return {iri: found[iri] for iri in sorted(found)}


@cache
def shipped() -> dict[Iri, Concept]:
    """The concepts that come with the ontology. Not to be changed by callers."""
    return _concepts_of(row for rows in _shipped_rows().values() for row in rows)


@cache
def _shipped_rows() -> dict[str, list[tuple[str | None, ...]]]:
    """What the ontology says of each of its concepts, as the store's rows are."""
    found: dict[str, list[tuple[str | None, ...]]] = {}
    for one in triples("concepts.ttl"):
        node = one.object
        if isinstance(one.subject, ox.NamedNode) and isinstance(node, ox.NamedNode | ox.Literal):
            language = node.language if isinstance(node, ox.Literal) else ""
            found.setdefault(one.subject.value, []).append(
                (one.subject.value, one.predicate.value, node.value, language)
            )
    return {iri: rows for iri, rows in found.items() if any(row[2] == Class.CONCEPT for row in rows)}


def _concepts_of(rows: Iterable[tuple[str | None, ...]]) -> dict[Iri, Concept]:
    """Concepts of rows of subject, property, value and the language of a literal."""
    iris = {definitions()[key].iri: key for key in (*_LABELS, _OTHER_SENSE)}
    labels: dict[str, dict[str, list[tuple[bool, str]]]] = {}
    nodes = Nodes()
    plain: list[tuple[str | None, ...]] = []
    for subject, prop, value, language in rows:
        key = iris.get(prop or "")
        if key is None:
            plain.append((subject, prop, value))
        elif value is not None:
            names = labels.setdefault(subject or "", {}).setdefault(key, [])
            names.append((not is_english(language), value))
    nodes.add(plain)
    found = {}
    for subject in {row[0] for row in plain if row[0]}:
        known = {key: sorted(set(values)) for key, values in labels.get(subject, {}).items()}
        preferred = known.get("prefLabel", [])
        label = preferred[0][1] if preferred else last_part(subject).replace("-", " ")
        others = [text for key in _LABELS for _, text in known.get(key, ()) if text != label]
        found[Iri(subject)] = Concept(
            Iri(subject),
            label,
            roles=nodes.terms(subject, "conceptRole"),
            synonyms=tuple(dict.fromkeys(others)),
            broader=nodes.iris(subject, "broader"),
            valence=nodes.term(subject, "valence"),
            surrogate_for=nodes.iris(subject, "surrogateFor"),
            other_senses=tuple(dict.fromkeys(text for _, text in known.get(_OTHER_SENSE, ()))),
        )
    return found
