"""C107: an odds ratio or a hazard ratio told as a change in risk where the outcome is common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from claims.findings.telling import finding_in_words
from claims.model import Claim, Confidence, Diagnostic, Fix, LinkedFinding, Quantity, Severity, Span
from claims.pointing import described, paths_to, source_of
from claims.rule import Facts, Rule, rule
from graph.evidence import GroupValue

_COMMON = Decimal("0.10")  # above this an odds ratio no longer stands for a risk ratio
_COMMON_FOR_HAZARD = Decimal("0.20")
_MATTERS = Decimal(5)  # percentage points between the change told and the change in risk

_RISK = re.compile(r"\b(?:risks?|chances?|likely|likelihood|probability|probable|danger)\b", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:odds|hazard|hazards|rate|rates)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(an?\s)$")
_BEFORE_RISK = re.compile(
    r"\s*(?:lower|higher|reduced|increased|greater|smaller|less)\s+(risk)\b", re.IGNORECASE
)


@rule(
    "C107",
    "risk-odds-hazard-conflated",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "Zhang and Yu 1998, JAMA 280:1690-1691",
        "Davies, Crombie and Tavakoli 1998, BMJ 316:989-991",
        "Cochrane Handbook 6.5, section 6.4.1",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An odds or hazard ratio is told as a change in risk."""
    for linked in facts.claims:
        claim = linked.claim
        if not _RISK.search(claim.text) or _NAMED.search(claim.text):
            continue
        for quantity in claim.quantities:
            if quantity.role != "percent":
                continue
            found = _conflated(quantity, linked.findings)
            if found is not None:
                yield _say(rule, facts, claim, quantity, *found)


def _conflated(
    quantity: Quantity, findings: Iterable[LinkedFinding]
) -> tuple[LinkedFinding, Decimal, Decimal] | None:
    """The finding whose odds or hazard ratio is told as this change, the baseline risk, the risk ratio."""
    for one in findings:
        effect = one.finding.effect
        if one.via == "topic" or effect is None or effect.value is None or effect.value <= 0:
            continue
        if effect.measure not in ("odds-ratio", "hazard-ratio"):
            continue
        if abs(abs(1 - effect.value) * 100 - quantity.value) > Decimal("0.6"):
            continue
        baseline = _baseline(one.finding.groups, effect.value)
        if baseline is None:
            continue
        if effect.measure == "odds-ratio":
            limit, ratio = _COMMON, effect.value / (1 - baseline + baseline * effect.value)
        else:
            limit = _COMMON_FOR_HAZARD
            ratio = (1 - Decimal(float(1 - baseline) ** float(effect.value))) / baseline
        if baseline > limit and abs(abs(1 - ratio) * 100 - quantity.value) >= _MATTERS:
            return one, baseline, ratio
    return None


def _baseline(groups: Iterable[GroupValue], ratio: Decimal) -> Decimal | None:
    """The risk without the exposure: the higher of two when the ratio is below 1, else the lower."""
    risks = []
    for group in groups:
        if group.value is None:
            continue
        if group.measure == "percent":
            risks.append(group.value / 100)
        elif group.measure == "count" and group.size:
            risks.append(group.value / group.size)
    if len(risks) != 2 or not all(0 < risk < 1 for risk in risks):
        return None
    return max(risks) if ratio < 1 else min(risks)


def _say(
    rule: Rule,
    facts: Facts,
    claim: Claim,
    quantity: Quantity,
    one: LinkedFinding,
    baseline: Decimal,
    ratio: Decimal,
) -> Diagnostic:
    kind = "odds" if one.finding.effect and one.finding.effect.measure == "odds-ratio" else "rate"
    change = round((ratio - 1) * 100)
    way = "lower" if change < 0 else "higher"
    told = facts.document.text[quantity.span.start : quantity.span.end]
    message = (
        f"“{told}” is the change in {kind} ({finding_in_words(one.finding)}), told as risk; with "
        f"{round(baseline * 100)} % affected without it, the risk is about {abs(change)} % {way}: "
        f"{source_of(one)} ({described(one.study)})"
    )
    return rule.diagnostic(
        message, quantity.span, claim=claim.id, evidence=paths_to([one]), fix=_fix(facts, quantity, kind)
    )


def _fix(facts: Facts, quantity: Quantity, kind: str) -> Fix | None:
    """ "a 50 % lower risk" becomes "50 % lower odds" (or "a 50 % lower rate")."""
    text = facts.document.text
    after = _BEFORE_RISK.match(text, quantity.span.end)
    if after is None:
        return None
    article = _ARTICLE.search(text, max(0, quantity.span.start - 4), quantity.span.start)
    if kind == "odds" and article is not None:
        return Fix(Span(article.start(1), after.end(1)), text[quantity.span.start : after.start(1)] + kind)
    return Fix(Span(after.start(1), after.end(1)), kind)
