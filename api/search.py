"""Searching the evidence by words: an index in memory, made from the graph, kept through its writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import tantivy

from graph.evidence import Evidence, Iri
from graph.naming import work_label
from graph.reading.differences import Difference

REPLACED = 8  # at most one in so many entries is replaced before the index is made anew


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, with what it is called."""

    iri: Iri
    kind: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found, by its label (which counts for more) and everything else it says."""

    iri: Iri
    kind: str
    label: str
    text: str


Value = TypeVar("Value")


def entries(evidence: Evidence, only: Collection[Iri] | None = None) -> Iterator[Entry]:
    """Everything that has words, by kind and IRI; ``only``: of these (a step comes with its mechanism)."""
    names = {iri: concept.label for iri, concept in evidence.concepts.items()}

    def named(*groups: tuple[Iri, ...]) -> str:
        return " ".join(names.get(iri, "") for group in groups for iri in group)

    for claim in _among(evidence.claims, only):
        about = named(claim.exposure, claim.outcome, claim.population)
        yield Entry(claim.iri, claim.kind, claim.text, about)
    for mechanism in _among(evidence.mechanisms, only):
        yield Entry(mechanism.iri, "mechanism", mechanism.label, named(mechanism.exposure, mechanism.outcome))
        for step in mechanism.steps:
            yield Entry(step.iri, "step", step.label, named(step.cause, step.effect))
    for finding in _among(evidence.findings, only):
        about = named(finding.exposure, finding.outcome, finding.population, finding.comparator)
        said = " ".join(filter(None, (finding.text, finding.quote, about)))
        yield Entry(finding.iri, "finding", finding.label or finding.text or finding.iri, said)
    for study in _among(evidence.studies, only):
        said = " ".join(filter(None, (study.design, study.population_note, *study.registration)))
        yield Entry(study.iri, "study", study.label or study.iri, f"{said} {named(study.population)}")
    for work in _among(evidence.works, only):
        said = " ".join(
            filter(None, (work.title, *work.authors, work.journal, work.doi, work.pmid, work.abstract))
        )
        yield Entry(work.iri, "work", work_label(work), said)
    for concept in _among(evidence.concepts, only):
        yield Entry(concept.iri, "concept", concept.label, " ".join(concept.synonyms))


def _among(values: Mapping[Iri, Value], only: Collection[Iri] | None) -> Iterator[Value]:
    if only is None:
        return iter(values.values())
    return (values[iri] for iri in sorted(only) if iri in values)


class Index:
    """An index over the entries of one state of the evidence, which may be taken on to another."""

    def __init__(self, evidence: Evidence) -> None:
        """Build it; about a second and a half for 40,000 claims with their findings and works."""
        schema = tantivy.SchemaBuilder()
        for field in ("iri", "kind"):
            schema.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("label", stored=True, tokenizer_name="en_stem")
        schema.add_text_field("text", tokenizer_name="en_stem")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema)
        self._replaced = 0  # entries, which count in the scores until the index is made anew
        self._size = self._take(entries(evidence))

    def renew(self, old: Evidence, new: Evidence, differs: Difference) -> bool:
        """Take it on from the old state to the new one; False: it is to be made anew, and is as it was.

        So it is where concepts changed, whose names stand in other entries, and where much was replaced.
        """
        touched = set(chain.from_iterable(part.touched for part in differs.parts.values()))
        if any(differs.parts["mechanisms"].touched):  # they may share steps
            mechanisms = [*old.mechanisms.values(), *new.mechanisms.values()]
            touched.update(old.mechanisms, new.mechanisms)
            touched.update(step.iri for mechanism in mechanisms for step in mechanism.steps)
        if any(differs.parts["concepts"].touched) or self._replaced + len(touched) > self._size // REPLACED:
            return False
        self._replaced += len(touched)
        self._take(entries(new, touched), touched)
        return True

    def _take(self, found: Iterator[Entry], gone: Collection[Iri] = ()) -> int:
        """Take entries in, without those of the IRIs that are gone."""
        writer = self._index.writer(heap_size=15_000_000 if gone else 32_000_000, num_threads=1)
        for iri in gone:
            writer.delete_documents_by_term("iri", iri)
        count = 0
        for count, entry in enumerate(found, 1):  # noqa: B007 - how many there were
            writer.add_document(
                tantivy.Document(iri=entry.iri, kind=entry.kind, label=entry.label, text=entry.text)
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return count

    def find(
        self, words: str, *, kinds: tuple[str, ...] = (), limit: int = 20, offset: int = 0
    ) -> tuple[Hit, ...]:
        """The best fitting things, best first; of equals, by IRI within a page."""
        query = self._query(words, kinds)
        searcher = self._index.searcher()
        found = searcher.search(query, limit=limit, offset=offset, count=False)
        hits = []
        for score, address in found.hits:
            held = searcher.doc(address)
            hits.append(
                Hit(Iri(_one(held, "iri")), _one(held, "kind"), _one(held, "label"), round(float(score), 4))
            )
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.iri)))

    def count(self, words: str, *, kinds: tuple[str, ...] = ()) -> int:
        """How many things fit."""
        found = self._index.searcher().search(self._query(words, kinds), limit=1)
        return int(getattr(found, "count", None) or 0)

    def _query(self, words: str, kinds: tuple[str, ...]) -> tantivy.Query:
        plain = "".join(c if c.isalnum() or c in "-'" else " " for c in words)
        query, _ = self._index.parse_query_lenient(
            plain.lower(), ["label", "text"], field_boosts={"label": 3.0}, conjunction_by_default=True
        )
        if not kinds:
            return query
        of_kind = tantivy.Query.term_set_query(self._schema, "kind", list(kinds))
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(of_kind, 0.0))]
        )


def _one(document: tantivy.Document, field: str) -> str:
    return str(document.get_first(field))
