"""What the one work cited for a sentence prints: its abstract, or what curators recorded of it."""

from __future__ import annotations

from dataclasses import dataclass

from claims.concepts import vocabulary_of
from claims.linking.indexing import EvidenceIndex, findings_of, index_of, study_of
from claims.model import CitedSentence
from claims.printed.recorded import amounts_of, of_findings
from claims.printed.source import Source, of_source
from claims.printed.units import Read, amounts_of_abstract
from graph.evidence import Evidence, Iri

__all__ = ["Printed", "printed_for"]


@dataclass(frozen=True, slots=True)
class Printed:
    """The results and the amounts that a work prints; ``curated``: as recorded, else as in its abstract."""

    source: Source
    amounts: Read
    curated: bool


_KEPT = 512
_recorded: dict[Iri, tuple[EvidenceIndex, Printed]] = {}


def printed_for(cited: CitedSentence, evidence: Evidence) -> Printed | None:
    """What the one work prints that a sentence cites; None for several, or where nothing is known of it."""
    if len(cited.works) != 1:
        return None
    work, index = cited.works[0], index_of(evidence)
    if not any(one.method == "curated" for one in index.by_work.get(work.iri, ())):
        if cited.abstract is None:
            return None
        title = work.title or ""
        return Printed(of_source(cited.abstract, title), amounts_of_abstract(cited.abstract), curated=False)
    kept = _recorded.get(work.iri)
    if kept is None or kept[0] is not index:
        vocabulary = vocabulary_of(evidence)
        findings = findings_of(work, index, vocabulary)
        study = study_of(findings[0], index, vocabulary)
        read = Printed(
            of_findings(findings, study, work.title or "", vocabulary),
            amounts_of(findings, study, vocabulary),
            curated=True,
        )
        if len(_recorded) >= _KEPT:
            _recorded.clear()
        kept = _recorded[work.iri] = (index, read)
    return kept[1]
