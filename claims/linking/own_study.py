"""What a claim says of the study that it cites for itself, beside what that study was."""

from __future__ import annotations

from collections.abc import Mapping

from claims.concepts import Vocabulary
from claims.linking.indexing import EvidenceIndex, findings_of
from claims.model import Claim, StudyComparison
from claims.study import compared, read_source
from graph.evidence import Iri, Work

__all__ = ["on_its_study", "works_cited"]


def works_cited(claim: Claim, works: Mapping[int, Work]) -> dict[Iri, Work]:
    """The known works that a claim cites, in order."""
    numbers = (number for citation in claim.citations for number in citation.references)
    return {works[number].iri: works[number] for number in numbers if number in works}


def on_its_study(
    claim: Claim, works: Mapping[int, Work], index: EvidenceIndex, vocabulary: Vocabulary
) -> tuple[StudyComparison, ...]:
    """What the claim says of the study that it cites for itself beside what that says.

    Nothing where a reference led to no work.
    """
    numbers = {number for citation in claim.citations for number in citation.references}
    cited = works_cited(claim, works)
    if not claim.study or len(numbers) > len(cited) or any(one.ambiguous for one in claim.citations):
        return ()
    sources = []
    for work in cited.values():
        findings = findings_of(work, index, vocabulary)
        study = next(
            (index.evidence.studies[iri] for iri in work.reports if iri in index.evidence.studies), None
        )
        sources.append(read_source(work, study, findings))
    return compared(claim, sources)
