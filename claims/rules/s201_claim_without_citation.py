"""S201: a claim with a result in it and no source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.carrying import uncarried
from claims.model import CausalStrength, Claim, Confidence, Diagnostic, LinkedClaim, Severity
from claims.rule import Facts, Rule, rule
from claims.told_result import result_number
from graph.naming import known_as


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
    recommendations and sentences that a source cited in the same paragraph may carry are let be.
    """
    for linked in uncarried(facts):
        claim = linked.claim
        if claim.kind != "claim" or claim.sentence.is_lead:
            continue
        if claim.text.rstrip().endswith("?"):
            continue
        number = result_number(claim)
        if number:
            said = f"this claim states a result ({number}) and {_cites_nothing(linked)}"
            yield rule.diagnostic(said, claim.span, claim=claim.id)
        elif _causal(claim):
            said = f"this claim says that one thing changes another and {_cites_nothing(linked)}"
            yield replace(rule.diagnostic(said, claim.span, claim=claim.id), severity=Severity.INFO)


def _cites_nothing(linked: LinkedClaim) -> str:
    """That nothing is cited; where the sentence beside it cites something, that this is on something else."""
    if not linked.works:
        return "cites nothing"
    return f"cites nothing; {known_as(linked.works[0])}, cited beside it, does not speak of that"


def _causal(claim: Claim) -> bool:
    content = claim.proposition
    strong = content.causal_strength in (CausalStrength.CAUSAL, CausalStrength.CONDITIONAL_CAUSAL)
    return strong and bool(content.exposure) and bool(content.outcome)
