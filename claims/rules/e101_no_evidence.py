"""E101: the evidence at hand holds nothing that bears on the claim."""

from __future__ import annotations

from collections.abc import Iterable

from claims.cited import named
from claims.concepts import vocabulary_of
from claims.model import CausalStrength, Confidence, Diagnostic, LinkedClaim, Severity
from claims.rule import Facts, Rule, rule

_ASSERTS = (CausalStrength.CAUSAL, CausalStrength.CORRELATIONAL)


@rule(
    "E101",
    "no-evidence",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2008, GRADE: an emerging consensus on rating quality of evidence. BMJ 336:924-926",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Neither a citation nor the evidence speaks of it."""
    vocabulary = vocabulary_of(facts.evidence)
    if not facts.evidence.findings:
        return  # nothing was loaded: that says nothing of the claim
    for linked in facts.claims:
        claim = linked.claim
        said = claim.proposition
        if claim.sentence.is_lead or said.causal_strength not in _ASSERTS or said.hedged:
            continue
        exposures = [iri for iri in said.exposure if named(claim, iri)]
        outcomes = [iri for iri in said.outcome if named(claim, iri)]
        if not exposures or not outcomes or claim.citations or _spoken_of(linked):
            continue
        yield rule.diagnostic(
            f"no study at hand is about {vocabulary.labels(exposures[:2])} and "
            f"{vocabulary.labels(outcomes[:2])}, "
            "and nothing is cited",
            claim.span,
            claim=claim.id,
        )


def _spoken_of(linked: LinkedClaim) -> bool:
    return any(one.score >= 0.5 for one in linked.findings)
