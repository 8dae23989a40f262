"""S201: a claim with a result in it and no source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.model import CausalStrength, Claim, Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule
from claims.told_result import result_number


@rule(
    "S201",
    "claim-without-citation",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Association of Health Care Journalists, Statement of principles, 2021",
        "Redi and others 2019, Citation needed: a taxonomy of Wikipedia's verifiability, The Web Conference",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A claim states a result and names no source.

    A number with a result is a warning; a causal statement without a number is a note. Leads,
    recommendations and sentences that follow a cited one of the same paragraph are let be.
    """
    for linked in facts.claims:
        claim = linked.claim
        if claim.kind != "claim" or claim.citations or claim.sentence.is_lead:
            continue
        if claim.text.rstrip().endswith("?"):
            continue
        number = result_number(claim)
        if number:
            said = f"this claim states a result ({number}) and cites nothing"
            yield rule.diagnostic(said, claim.span, claim=claim.id)
        elif _causal(claim):
            said = "this claim says that one thing changes another and cites nothing"
            yield replace(rule.diagnostic(said, claim.span, claim=claim.id), severity=Severity.INFO)


def _causal(claim: Claim) -> bool:
    content = claim.proposition
    strong = content.causal_strength in (CausalStrength.CAUSAL, CausalStrength.CONDITIONAL_CAUSAL)
    return strong and bool(content.exposure) and bool(content.outcome)
