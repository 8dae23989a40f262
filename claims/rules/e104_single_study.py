"""E104: a general statement rests on one study."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import CausalStrength, Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import design_of, paths_to, source_of
from claims.rule import Facts, Rule, rule
from claims.sentence.voice import reports_a_study
from graph.designs import in_group


@rule(
    "E104",
    "single-study",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Ioannidis 2005, Contradicted and initially stronger effects in highly cited clinical research. "
        "JAMA 294:218-228",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """One study is told as a general truth."""
    for linked in facts.claims:
        claim = linked.claim
        said = claim.proposition
        if said.hedged or said.causal_strength is not CausalStrength.CAUSAL or claim.sentence.is_lead:
            continue
        if said.effect_direction == "no-difference":
            continue  # that one study saw nothing is seldom told as a law
        if claim.citations_inherited or not claim.citations or reports_a_study(claim.text):
            continue
        if _cites_a_review(linked, facts):
            continue
        supports = [one for one in linked.findings if one.direction == "supports" and one.score >= 0.5]
        studies = {_independent(one) for one in supports}
        best = supports[0] if supports else None
        if best is None or len(studies) != 1 or best.study is None or best.study.design in _reviews():
            continue
        size = f", {best.study.sample_size} people" if best.study.sample_size else ""
        yield rule.diagnostic(
            f"told as a general truth; one study is behind it: {source_of(best)} "
            f"({design_of(best.study)}{size})",
            claim.span,
            claim=claim.id,
            evidence=paths_to(supports[:1]),
        )


def _reviews() -> frozenset[str]:
    return in_group("synthesis") | {"narrative-review"}


def _cites_a_review(linked: LinkedClaim, facts: Facts) -> bool:
    """A review stands for many studies, whether or not its own findings are known."""
    designs = {
        facts.evidence.studies[iri].design
        for work in linked.works
        for iri in work.reports
        if iri in facts.evidence.studies
    }
    return any(work.work_type == "review" for work in linked.works) or bool(designs & _reviews())


def _independent(one: LinkedFinding) -> str:
    """What makes a study one of its own: its registration or cohort, else the study, else the paper."""
    if one.study is None:
        return str(one.finding.work)
    return one.study.cohort or next(iter(one.study.registration), None) or one.study.iri
