"""E106: the wording is surer than the certainty of the evidence allows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.findings.telling import told
from claims.model import (
    CausalStrength,
    Claim,
    Confidence,
    Diagnostic,
    EvidencePointer,
    Fix,
    LinkedClaim,
    Severity,
)
from claims.pointing import source_of
from claims.rule import Facts, Rule, rule
from claims.voice import reports_a_study
from claims.wording.rewriting import tentative
from graph.evidence import Evidence

_LADDER = {"moderate": "“probably”", "low": "“may”", "very-low": "“it is uncertain whether”"}


@rule(
    "E106",
    "wording-above-certainty",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Santesso et al. 2020, GRADE guidelines 26: informative statements to communicate the findings of "
        "systematic reviews of interventions. J Clin Epidemiol 119:126-135",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An effect is asserted flatly on evidence that was rated low."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        said = claim.proposition
        if said.hedged or said.causal_strength is not CausalStrength.CAUSAL or claim.sentence.is_lead:
            continue
        if reports_a_study(claim.text) or _told_as_found(claim):
            continue  # what a study found is told as it found it; its reach is another question
        rated = _rated(linked, facts.evidence, vocabulary)
        if rated is None or rated[0] not in _LADDER:
            continue
        level, who, pointer = rated
        one = rule.diagnostic(
            f"said without reserve; {who} rates the evidence {level.replace('-', ' ')}, which is worded "
            f"with {_LADDER[level]}",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=(pointer,),
            fix=_fix(linked.claim) if level == "low" else None,
        )
        # "probably" is left out by many who are not wrong by much: a note, not a fault
        yield replace(one, severity=Severity.INFO) if level == "moderate" else one


_PAST = re.compile(
    r"(?:[a-z]+ed|led|fell|rose|cut|gave|brought|kept|made|took|shrank|grew|held)\b", re.IGNORECASE
)


def _told_as_found(claim: Claim) -> bool:
    """Whether the sentence tells in the past by how much something changed, with its source: "lowered the
    risk by a third (Abel 2018)" is what was found there."""
    span = claim.proposition.causal_span
    if span is None or claim.citations_inherited or not claim.citations:
        return False
    start, end = claim.sentence.place(span)
    sized = claim.proposition.magnitude is not None or any(
        one.role in ("percent", "statistic", "interval", "other") for one in claim.quantities
    )
    return sized and _PAST.fullmatch(claim.text, start, end) is not None


def _fix(claim: Claim) -> Fix | None:
    """ "reduces" becomes "may reduce", where that is grammatical."""
    span = claim.proposition.causal_span
    if span is None:
        return None
    found = tentative(claim.text, *claim.sentence.place(span))
    if found is None:
        return None
    return Fix(claim.sentence.span_of(found.start, found.end), found.text)


def _rated(
    linked: LinkedClaim, evidence: Evidence, vocabulary: Vocabulary
) -> tuple[str, str, EvidencePointer] | None:
    """The certainty that a curator, or the cited source itself, gave. Computed levels accuse nobody."""
    said = linked.claim.proposition
    for iri in linked.graph_claims:
        target = evidence.claims.get(iri)
        if target is None or target.certainty_level is None or target.kind != "claim":
            continue
        if said.co_intervention and not target.co_intervention:
            continue  # the record is on the one, the claim on the two together
        if (
            vocabulary.best_fit(said.exposure, target.exposure) is Fit.SAME
            and vocabulary.best_fit(said.outcome, target.outcome) is Fit.SAME
        ):
            return target.certainty_level, "the curated record", EvidencePointer(iri, "claim", target.text)
    cited = [
        one
        for one in linked.findings
        if one.via == "citation" and one.score >= 0.75 and one.direction == "supports"
    ]
    levels = {one.finding.certainty_level for one in cited}
    if len(levels) == 1 and cited and cited[0].finding.certainty_level is not None:
        best = cited[0]
        pointer = EvidencePointer(best.finding.iri, "finding", told(best.finding))
        return best.finding.certainty_level or "", source_of(best), pointer
    return None
