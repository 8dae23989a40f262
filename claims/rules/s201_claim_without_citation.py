"""S201: a claim with a result in it and no source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from claims.model import CausalStrength, Claim, Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule
from claims.sentence.voice import reports_a_study

_BY = re.compile(r"\bby\s+(?:(?:about|around|roughly|nearly|almost|some|an average of)\s+)?$", re.IGNORECASE)


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
        number = _result(claim)
        if number:
            said = f"this claim states a result ({number}) and cites nothing"
            yield rule.diagnostic(said, claim.span, claim=claim.id)
        elif _causal(claim):
            said = "this claim says that one thing changes another and cites nothing"
            yield replace(rule.diagnostic(said, claim.span, claim=claim.id), severity=Severity.INFO)


def _result(claim: Claim) -> str | None:
    """The number that makes a claim a result: a percentage, a statistic, or a counted size of effect."""
    content = claim.proposition
    if not (content.outcome or content.exposure):
        return None
    for quantity in claim.quantities:
        if quantity.role in ("percent", "statistic") or (quantity.role == "interval" and quantity.high):
            return quantity.text
        at, _ = claim.sentence.place(quantity.span)
        changed = _BY.search(claim.text[max(0, at - 40) : at]) is not None
        if changed and quantity.unit is not None and content.effect_direction is not None:
            return quantity.text
    tells = bool(content.outcome) or content.effect_direction is not None
    if content.magnitude is None and tells and reports_a_study(claim.text):
        return next((one.text for one in claim.quantities if one.role == "count"), None)  # its people
    return content.magnitude


def _causal(claim: Claim) -> bool:
    content = claim.proposition
    strong = content.causal_strength in (CausalStrength.CAUSAL, CausalStrength.CONDITIONAL_CAUSAL)
    return strong and bool(content.exposure) and bool(content.outcome)
