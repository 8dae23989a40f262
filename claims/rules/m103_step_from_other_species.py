"""M103: a step of the mechanism told is known from other species only."""

from __future__ import annotations

from collections.abc import Iterable

from claims.concepts import Vocabulary, vocabulary_of
from claims.linking.indexing import EvidenceIndex, index_of
from claims.model import Confidence, Diagnostic, EvidencePointer, Severity
from claims.rule import Facts, Rule, rule
from claims.study.animals import NO_PEOPLE
from graph.evidence import Iri, MechanismStep


@rule(
    "M103",
    "step-from-other-species",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "van der Worp et al. 2010, Can animal models of disease reliably inform human studies? PLoS Med "
        "7:e1000245",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Nobody showed this step in people."""
    vocabulary, index = vocabulary_of(facts.evidence), index_of(facts.evidence)
    steps = {step.iri: step for one in facts.evidence.mechanisms.values() for step in one.steps}
    for linked in facts.claims:
        claim = linked.claim
        if claim.sentence.is_lead or claim.proposition.hedged:
            continue
        for iri in linked.graph_claims:
            step = steps.get(iri)
            species = _other_species(step, index, vocabulary) if step is not None else ()
            if step is None or not species or NO_PEOPLE.search(claim.text):
                continue
            yield rule.diagnostic(
                f"“{step.label}” is known from {vocabulary.labels(species)} only; the sentence does not "
                "say so",
                claim.proposition.causal_span or claim.span,
                claim=claim.id,
                evidence=(EvidencePointer(step.iri, "step", step.label),),
            )


def _other_species(step: MechanismStep, index: EvidenceIndex, vocabulary: Vocabulary) -> tuple[Iri, ...]:
    """The species of all that supports a step, where none of it is human and none unknown."""
    human, evidence = vocabulary.named("human"), index.evidence
    found: set[Iri] = set()
    for line in index.lines.get(step.iri, ()):
        if line.direction != "supports":
            continue
        finding = evidence.findings.get(line.finding)
        study = evidence.studies.get(finding.study) if finding is not None and finding.study else None
        if study is None or not study.species:
            return ()
        found.update(study.species)
    if human is not None and any(vocabulary.under(iri, human) for iri in found):
        return ()
    return tuple(sorted(found))
