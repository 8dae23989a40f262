"""E107: one body of data is cited as several."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from claims.model import Confidence, Diagnostic, EvidencePointer, Severity
from claims.rule import Facts, Rule, rule
from graph.evidence import Evidence, Study, Work
from graph.naming import known_as


@rule(
    "E107",
    "double-counted-evidence",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Tramer et al. 1997, Impact of covert duplicate publication on meta-analysis: a case study. BMJ "
        "315:635-640",
        "Cochrane Handbook for Systematic Reviews of Interventions, chapter 4.6: multiple reports of "
        "one study",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Two works cited together report the same people."""
    for linked in facts.claims:
        if linked.claim.citations_inherited:
            continue
        for one, other in combinations(linked.works, 2):
            shared = _shared(one, other, facts.evidence)
            if shared is None:
                continue
            yield rule.diagnostic(
                f"{known_as(one)} and {known_as(other)} are not two bodies of evidence: {shared}",
                linked.claim.citations[-1].span,
                claim=linked.claim.id,
                evidence=tuple(EvidencePointer(work.iri, "work", work.title or "") for work in (one, other)),
            )


def _studies(work: Work, evidence: Evidence) -> list[Study]:
    return [evidence.studies[iri] for iri in work.reports if iri in evidence.studies]


def _shared(one: Work, other: Work, evidence: Evidence) -> str | None:
    """What the two have in common: the study, its registration, the cohort, or one pools the other."""
    for left in _studies(one, evidence):
        for right in _studies(other, evidence):
            if left.iri == right.iri:
                return f"both report {left.label or 'the same study'}"
            numbers = sorted(set(left.registration) & set(right.registration))
            if numbers:
                return f"both report the study registered as {numbers[0]}"
            if left.cohort is not None and left.cohort == right.cohort:
                return f"both draw on the {left.cohort.rsplit('/', 1)[-1].replace('-', ' ').upper()} cohort"
            for outer, inner, work in ((left, right, one), (right, left, other)):
                if inner.iri in outer.includes:
                    return f"{known_as(work)} pools {inner.label or 'the other'}"
    return None
