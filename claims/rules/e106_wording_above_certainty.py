"""E106: the wording is surer than the certainty of the evidence allows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from claims import wording
from claims.asserting import acts
from claims.cited import told_as_found
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
    Span,
)
from claims.pointing import source_of
from claims.rule import Facts, Rule, rule
from claims.sentence.change import change_cues
from claims.sentence.voice import reports_a_study
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
        first = claim.text.split(";", 1)[0]  # "prevents it; what it does later is uncertain"
        held = wording.hedge_level(first)
        if held > 1 or (held and not _PROBABLY.search(first)) or claim.sentence.is_lead:
            continue
        if not held and not _flat(claim):
            continue
        if reports_a_study(claim.text) or told_as_found(claim) or _found_none(claim):
            continue  # what a study found is told as it found it; its reach is another question
        rated = _rated(linked, facts.evidence, vocabulary)
        if rated is None or rated[0] not in _LADDER:
            continue
        level, who, pointer = rated
        if held and level == "moderate":
            continue
        said_how = "said with no more reserve than “probably”" if held else "said without reserve"
        one = rule.diagnostic(
            f"{said_how}; {who} rates the evidence {level.replace('-', ' ')}, which is worded "
            f"with {_LADDER[level]}",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=(pointer,),
            fix=None if held else _fix(claim, level),
        )
        # "probably" is left out by many who are not wrong by much: a note, not a fault, unless a curator
        # recorded that the very work which the sentence cites rates its result so
        of_source = not claim.citations_inherited and any(
            one.finding.iri == pointer.iri and one.finding.method == "curated" for one in linked.findings
        )
        yield replace(one, severity=Severity.INFO) if level == "moderate" and not of_source else one


_PROBABLY = re.compile(r"\b(?:probably|(?:most |very )?likely to)\b", re.IGNORECASE)


def _flat(claim: Claim) -> bool:
    """Whether the sentence says outright that one thing changes another, in everyday words too: "leaves
    people in more pain"."""
    said = claim.proposition
    if said.causal_strength is CausalStrength.CAUSAL:
        return True
    if said.causal_strength is CausalStrength.CONDITIONAL_CAUSAL or said.effect_direction not in _WAYS:
        return False
    ends = {claim.sentence.place(one.span)[1] for one in claim.mentions if "exposure" in one.roles}
    for cue in change_cues(claim.text):
        first = claim.text.rfind(", ", 0, cue.start)  # "in the short term, walking leaves"
        begin = 0 if first < 0 else first + 2
        plural = any(_PLURAL.search(claim.text, 0, cue.start) and at == cue.start - 1 for at in ends)
        if (plural or _PRESENT.match(claim.text, cue.start)) and acts(claim.text[begin:], cue.start - begin):
            return True
    return False


_PLURAL = re.compile(r"[^\Wsui]s\s$")  # "heat wraps take": more than one of them
_WAYS = ("increases", "decreases")
_PRESENT = re.compile(r"(?!goes\b|comes\b|occurs\b|tracks\b)[a-z]+[^s\W]s\b")  # "goes with" says no more


def _found_none(claim: Claim) -> bool:
    """Whether the sentence tells in the past, with its source, that nothing came of it."""
    return (
        claim.proposition.effect_direction == "no-difference"
        and not claim.citations_inherited
        and bool(claim.citations)
        and _THEN.search(claim.text) is not None
    )


_THEN = re.compile(r"\b(?:was|were|did|had|made|left|found)\b", re.IGNORECASE)


def _fix(claim: Claim, level: str) -> Fix | None:
    """ "reduces" becomes "may reduce", or "probably reduces", where that is grammatical."""
    span = claim.proposition.causal_span
    if span is None or level not in ("low", "moderate"):
        return None
    if level == "moderate":
        one_verb = _PRESENT.fullmatch(claim.text, *claim.sentence.place(span))
        return Fix(Span(span.start, span.start), "probably ") if one_verb else None
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
    rated = [one for one in cited if one.finding.certainty_level is not None]
    if len({one.finding.certainty_level for one in rated}) == 1 and rated[0].score >= cited[0].score:
        best = rated[0]
        pointer = EvidencePointer(best.finding.iri, "finding", told(best.finding))
        return best.finding.certainty_level or "", source_of(best), pointer
    return None
