"""The evidence of a store as frozen values: few queries, put together here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from graph.evidence import Concept, Evidence, Iri
from graph.jsonld import definitions, namespace
from graph.merging import kept_apart, merge
from graph.nodes import Nodes, last_part
from graph.sparql import stored
from graph.store import Store
from graph.uncollected import uncollected
from graph.values import claim_of, finding_of, lines_of, mechanism_of, study_of, with_study, work_of
from graph.vocabulary import triples
from ontology.terms import Class

_LABELS = ("prefLabel", "altLabel", "hiddenLabel")


def read_evidence(store: Store) -> Evidence:
    """Everything that a checker may look at, sorted by IRI, with the shipped vocabulary merged in.

    A concept of the store replaces the shipped one with the same IRI. Two records of one paper (the
    same DOI or PubMed id in two sources) become one: the curated record, with what it leaves open
    filled from the other.

    >>> from graph.store import open_store
    >>> read_evidence(open_store("memory")).works
    {}
    """
    with uncollected():
        return _read(store)


def _read(store: Store) -> Evidence:
    nodes = Nodes.of(store, "entities", "parts")
    kind = namespace()
    works = {Iri(node): work_of(nodes, node) for node in nodes.of_class(kind + "Work")}
    studies = {Iri(node): study_of(nodes, node) for node in nodes.of_class(kind + "Study")}
    findings = {Iri(node): finding_of(nodes, node) for node in nodes.of_class(kind + "Finding")}
    works, findings, _ = merge(works, findings, kept_apart(store))
    findings = with_study(works, findings)
    claims = {
        Iri(node): claim_of(nodes, node)
        for node in nodes.of_class(kind + "Claim", kind + "Recommendation")
        if not nodes.is_a(node, kind + "MechanismStep")
    }
    mechanisms = {Iri(node): mechanism_of(nodes, node) for node in nodes.of_class(kind + "Mechanism")}
    lines = tuple(line for node in nodes.of_class(kind + "EvidenceLine") for line in lines_of(nodes, node))
    concepts = read_concepts(store)
    return Evidence(concepts, works, studies, findings, claims, mechanisms, lines, store.base)


def read_concepts(store: Store) -> dict[Iri, Concept]:
    """The concepts of a store over the shipped ones, by IRI."""
    found = {**shipped(), **_concepts(store)}
    return {iri: found[iri] for iri in sorted(found)}


@cache
def shipped() -> dict[Iri, Concept]:
    """The concepts that come with the ontology. Not to be changed by callers."""
    said = triples("concepts.ttl")
    named = [
        (one.subject.value, one.predicate.value, one.object)
        for one in said
        if isinstance(one.subject, ox.NamedNode) and isinstance(one.object, ox.NamedNode | ox.Literal)
    ]
    concepts = {subject for subject, _, node in named if node.value == Class.CONCEPT}
    return _concepts_of(
        (subject, prop, node.value, node.language if isinstance(node, ox.Literal) else "")
        for subject, prop, node in named
        if subject in concepts
    )


def _concepts(store: Store) -> dict[Iri, Concept]:
    return _concepts_of(store.rows(stored("concepts")))


def _concepts_of(rows: Iterable[tuple[str | None, ...]]) -> dict[Iri, Concept]:
    """Concepts of rows of subject, property, value and the language of a literal."""
    iris = {definitions()[key].iri: key for key in _LABELS}
    labels: dict[str, dict[str, list[tuple[bool, str]]]] = {}
    nodes = Nodes()
    plain: list[tuple[str | None, ...]] = []
    for subject, prop, value, language in rows:
        key = iris.get(prop or "")
        if key is None:
            plain.append((subject, prop, value))
        elif value is not None:
            english = (language or "en").partition("-")[0].lower() == "en"
            labels.setdefault(subject or "", {}).setdefault(key, []).append((not english, value))
    nodes.add(plain)
    found = {}
    for subject in {row[0] for row in plain if row[0]}:
        names = {key: sorted(set(values)) for key, values in labels.get(subject, {}).items()}
        preferred = names.get("prefLabel", [])
        label = preferred[0][1] if preferred else last_part(subject).replace("-", " ")
        others = [text for key in _LABELS for _, text in names.get(key, ()) if text != label]
        found[Iri(subject)] = Concept(
            Iri(subject),
            label,
            roles=nodes.terms(subject, "conceptRole"),
            synonyms=tuple(dict.fromkeys(others)),
            broader=nodes.iris(subject, "broader"),
            valence=nodes.term(subject, "valence"),
            surrogate_for=nodes.iris(subject, "surrogateFor"),
        )
    return found
