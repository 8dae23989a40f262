"""E105: an effect is told as fact on opinion, a narrative review or a series of cases."""

from __future__ import annotations

from collections.abc import Iterable

from claims.alignment import content_words
from claims.concepts import vocabulary_of
from claims.linking.indexing import index_of, studies_of
from claims.model import CausalStrength, Claim, Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import design_of, paths_to, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.wording import causal_strength
from graph.naming import known_as

_WEAK = ("narrative-review", "expert-opinion", "case-series")


@rule(
    "E105",
    "weak-design-for-claim",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Balshem et al. 2011, GRADE guidelines 3: rating the quality of evidence. J Clin Epidemiol "
        "64:401-406",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The design behind the claim cannot carry it."""
    vocabulary, index = vocabulary_of(facts.evidence), index_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        said = claim.proposition
        if said.hedged or said.causal_strength is not CausalStrength.CAUSAL or claim.citations_inherited:
            continue
        supports = [
            one
            for one in linked.findings
            if one.direction == "supports" and one.score >= 0.5 and one.via != "mechanism"
        ]
        if any(_says_as_much(claim, one) for one in supports):
            continue
        behind = [(source_of(one), one.study) for one in supports] or [
            (known_as(work), study)
            for work in linked.works
            if not any(one.reports for one in linked.works)  # what curators found of it counts alone
            for study in studies_of(work, index, vocabulary)
        ]
        designs = {study.design if study else None for _, study in behind}
        if not behind or not designs <= set(_WEAK):
            continue
        if not supports and (said.effect_direction == "no-difference" or _refuted(linked)):
            continue
        named = ", ".join(
            dict.fromkeys(f"{name} ({design_of(study)})" for name, study in behind[:3] if study is not None)
        )
        yield rule.diagnostic(
            f"told as fact; what is behind it compared nothing: {named}",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=paths_to(supports[:2]) or tuple(work_pointer(work) for work in linked.works[:2]),
        )


def _refuted(linked: LinkedClaim) -> bool:
    return any(one.direction == "refutes" and one.via == "citation" for one in linked.findings)


def _says_as_much(claim: Claim, one: LinkedFinding) -> bool:
    """Whether the curator's own sentence says it as outright, in the same words: then it is restated."""
    text = one.finding.text or ""
    mine = content_words(claim.text)
    shared = len(mine & content_words(f"{text} {one.finding.label or ''}"))
    return (
        one.finding.method == "curated"
        and shared >= 3
        and shared * 2 >= len(mine)
        and causal_strength(text) is CausalStrength.CAUSAL
    )
