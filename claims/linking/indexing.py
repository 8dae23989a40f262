"""The evidence by work, by exposure and by what its lines bear on: what linking looks up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claims.abstracts import of_work
from claims.concepts import Vocabulary
from graph.evidence import (
    Evidence,
    EvidenceLine,
    Finding,
    GraphClaim,
    Iri,
    Mechanism,
    MechanismStep,
    Study,
    Work,
)

__all__ = ["EvidenceIndex", "findings_of", "index_of", "studies_of", "study_of"]


@dataclass(frozen=True, slots=True)
class EvidenceIndex:
    """One evidence, looked up by IRI: findings by their work and by each exposure, lines by their target.

    ``claims`` are by all their exposures, each with its place among them: claims are many, exposures few.
    """

    evidence: Evidence
    by_work: Mapping[Iri, tuple[Finding, ...]]
    by_exposure: Mapping[Iri, tuple[Finding, ...]]
    lines: Mapping[Iri, tuple[EvidenceLine, ...]]
    claims: Mapping[tuple[Iri, ...], tuple[tuple[int, GraphClaim], ...]]
    steps: tuple[tuple[Mechanism, MechanismStep], ...]


_indexes: list[EvidenceIndex] = []


def index_of(evidence: Evidence) -> EvidenceIndex:
    """The evidence by work, exposure and target; kept for the next article over the same evidence."""
    for index in _indexes:
        if index.evidence is evidence:
            return index
    by_work: dict[Iri, list[Finding]] = {}
    by_exposure: dict[Iri, list[Finding]] = {}
    for finding in evidence.findings.values():
        if finding.work is not None:
            by_work.setdefault(finding.work, []).append(finding)
        for exposure in finding.exposure:
            by_exposure.setdefault(exposure, []).append(finding)
    lines: dict[Iri, list[EvidenceLine]] = {}
    for line in evidence.lines:
        lines.setdefault(line.bears_on, []).append(line)
    claims: dict[tuple[Iri, ...], list[tuple[int, GraphClaim]]] = {}
    for place, claim in enumerate(evidence.claims.values()):
        claims.setdefault(claim.exposure, []).append((place, claim))
    index = EvidenceIndex(
        evidence,
        {work: tuple(found) for work, found in by_work.items()},
        {exposure: tuple(found) for exposure, found in by_exposure.items()},
        {target: tuple(found) for target, found in lines.items()},
        {exposures: tuple(placed) for exposures, placed in claims.items()},
        tuple((mechanism, step) for mechanism in evidence.mechanisms.values() for step in mechanism.steps),
    )
    _indexes.insert(0, index)
    del _indexes[4:]
    return index


def findings_of(work: Work, index: EvidenceIndex, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """What a work found: as curated, else as its abstract tells."""
    return index.by_work.get(work.iri) or of_work(work, vocabulary)[1]


def study_of(finding: Finding, index: EvidenceIndex, vocabulary: Vocabulary) -> Study | None:
    """The study of a finding: as curated, else as the abstract of its work tells; None where unknown."""
    if finding.study is None:
        return None
    known = index.evidence.studies.get(finding.study)
    if known is None and finding.method == "automatic" and finding.work is not None:
        work = index.evidence.works.get(finding.work)
        return of_work(work, vocabulary)[0] if work is not None else None
    return known


def studies_of(work: Work, index: EvidenceIndex, vocabulary: Vocabulary) -> tuple[Study, ...]:
    """The studies that a work reports: as curated, else the one that its abstract tells of."""
    known = tuple(index.evidence.studies[iri] for iri in work.reports if iri in index.evidence.studies)
    if known or work.reports:
        return known
    read = of_work(work, vocabulary)[0]
    return (read,) if read is not None else ()
