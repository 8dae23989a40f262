"""E101: the evidence at hand holds nothing that bears on the claim."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.cited import named
from claims.concepts import vocabulary_of
from claims.model import CausalStrength, Confidence, Diagnostic, LinkedClaim, Severity
from claims.pointing import work_pointer
from claims.rule import Facts, Rule, rule
from graph.evidence import Work
from graph.naming import known_as

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
    yield from _of_plans(rule, facts)
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


_PROTOCOL = re.compile(
    r"\b(?:(?:study|trial) protocol|protocol (?:for|of) an? (?:[\w-]+,? ){0,6}?(?:trial|study|review)"
    r"|rationale and design)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|protocols?|plan(?:s|ned|ning)?|under way|ongoing|recruit\w*|being (?:tested|studied)"
    r"|(?:is|are) testing|set out to|to (?:test|find out|see) (?:whether|if)|designed|expected"
    r"|due (?:to|in))\b",
    re.IGNORECASE,
)


def _of_plans(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Effects told of nothing but the plan of a study, which has no results."""
    for linked in facts.claims:
        claim, said = linked.claim, linked.claim.proposition
        if claim.citations_inherited or not linked.works or said.hedged or _PLANNED.search(claim.text):
            continue
        if said.causal_strength not in _ASSERTS and said.effect_direction is None:
            continue
        if not all(_is_plan(work) for work in linked.works):
            continue
        yield rule.diagnostic(
            f"{known_as(linked.works[0])} is the plan of a study and has no results",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=tuple(work_pointer(work) for work in linked.works[:2]),
        )


def _is_plan(work: Work) -> bool:
    return not work.reports and (work.work_type == "protocol" or bool(_PROTOCOL.search(work.title or "")))
