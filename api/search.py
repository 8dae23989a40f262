"""Searching the evidence by words: an index in memory, made anew from the graph at will."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tantivy

from graph.evidence import Evidence, Iri
from graph.naming import work_label

KINDS = ("recommendation", "claim", "mechanism", "step", "finding", "study", "work", "concept")


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


def entries(evidence: Evidence) -> Iterator[Entry]:
    """Everything in the evidence that has words, by kind and IRI."""
    names = {iri: concept.label for iri, concept in evidence.concepts.items()}

    def named(*groups: tuple[Iri, ...]) -> str:
        return " ".join(names.get(iri, "") for group in groups for iri in group)

    for claim in evidence.claims.values():
        about = named(claim.exposure, claim.outcome, claim.population)
        yield Entry(claim.iri, claim.kind, claim.text, about)
    for mechanism in evidence.mechanisms.values():
        yield Entry(mechanism.iri, "mechanism", mechanism.label, named(mechanism.exposure, mechanism.outcome))
        for step in mechanism.steps:
            yield Entry(step.iri, "step", step.label, named(step.cause, step.effect))
    for finding in evidence.findings.values():
        about = named(finding.exposure, finding.outcome, finding.population, finding.comparator)
        said = " ".join(filter(None, (finding.text, finding.quote, about)))
        yield Entry(finding.iri, "finding", finding.label or finding.text or finding.iri, said)
    for study in evidence.studies.values():
        said = " ".join(filter(None, (study.design, study.population_note, *study.registration)))
        yield Entry(study.iri, "study", study.label or study.iri, f"{said} {named(study.population)}")
    for work in evidence.works.values():
        said = " ".join(
            filter(None, (work.title, *work.authors, work.journal, work.doi, work.pmid, work.abstract))
        )
        yield Entry(work.iri, "work", work_label(work), said)
    for concept in evidence.concepts.values():
        yield Entry(concept.iri, "concept", concept.label, " ".join(concept.synonyms))


class Index:
    """An index over the entries of one state of the evidence."""

    def __init__(self, evidence: Evidence) -> None:
        """Build it; about a second for 40,000 entries."""
        schema = tantivy.SchemaBuilder()
        for field in ("iri", "kind"):
            schema.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
        schema.add_text_field("label", stored=True, tokenizer_name="en_stem")
        schema.add_text_field("text", tokenizer_name="en_stem")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(heap_size=32_000_000, num_threads=1)
        for entry in entries(evidence):
            writer.add_document(
                tantivy.Document(iri=entry.iri, kind=entry.kind, label=entry.label, text=entry.text)
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

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
