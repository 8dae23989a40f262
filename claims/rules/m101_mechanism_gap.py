"""M101: a claim runs from cause to outcome through steps that no study supports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.cited import named
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.linking.indexing import EvidenceIndex, index_of
from claims.model import Claim, Confidence, Diagnostic, EvidencePointer, LinkedClaim, Severity
from claims.rule import Facts, Rule, rule
from claims.unasserted import NOT_SHOWN
from graph.evidence import Iri, Mechanism, MechanismStep

_EXACT = (Fit.SAME, Fit.NARROWER)


@dataclass(frozen=True, slots=True)
class _Told:
    """The stretch of a mechanism's chain that a claim runs through."""

    mechanism: Mechanism
    steps: tuple[MechanismStep, ...]
    gaps: tuple[MechanismStep, ...]
    effect: Iri
    met: int  # how many links of the chain the claim names


@rule(
    "M101",
    "mechanism-gap",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
        "Howick, Glasziou and Aronson 2010, Evidence-based mechanistic reasoning. J R Soc Med 103:433-441",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A step between the cause and the outcome has no study behind it."""
    vocabulary = vocabulary_of(facts.evidence)
    index = index_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        if claim.sentence.is_lead or claim.proposition.hedged or _carried(linked):
            continue
        if NOT_SHOWN.search(claim.text):
            continue  # it says itself that a step was not shown
        told = [
            one
            for mechanism in facts.evidence.mechanisms.values()
            if (one := _told(claim, mechanism, index, vocabulary)) is not None
        ]
        if not told:
            continue
        best = max(told, key=lambda one: (one.met, -len(one.gaps), one.mechanism.iri))
        yield rule.diagnostic(
            _message(best, vocabulary),
            claim.proposition.causal_span or claim.span,
            claim=claim.id,
            evidence=_pointers(best),
        )


def _message(told: _Told, vocabulary: Vocabulary) -> str:
    gaps = " and ".join(f"“{step.label}”" for step in told.gaps[:3])
    way = f"from {vocabulary.labels(told.steps[0].cause)} to {vocabulary.label(told.effect)}"
    if len(told.steps) == 1:
        return f"told as a fact, but no study supports the step {way} ({gaps}, {told.mechanism.label})"
    have = "has" if len(told.gaps) == 1 else "have"
    return (
        f"told as a fact, but of the {len(told.steps)} steps {way} by {told.mechanism.label}, "
        f"{gaps} {have} no study that supports {'it' if len(told.gaps) == 1 else 'them'}"
    )


def _carried(linked: LinkedClaim) -> bool:
    """Whether a cited result shows the outcome itself: then the claim does not hang on the mechanism."""
    said = set(linked.claim.proposition.outcome)
    shown = {
        iri
        for one in linked.findings
        if one.via == "citation" and one.direction == "supports" and one.score >= 0.8
        for iri in one.finding.outcome
    }
    return bool(said) and said <= shown


def _is_supported(step: MechanismStep, index: EvidenceIndex) -> bool:
    """Whether at least one line supports it."""
    return any(line.direction == "supports" for line in index.lines.get(step.iri, ()))


def _told(claim: Claim, mechanism: Mechanism, index: EvidenceIndex, vocabulary: Vocabulary) -> _Told | None:
    """How far into the mechanism's chain the claim goes; None where it does not tell it, or has no gap."""
    said = claim.proposition
    if not mechanism.steps:
        return None
    if vocabulary.best_fit(said.exposure, mechanism.exposure) not in _EXACT:
        return _from_within(claim, mechanism, index, vocabulary)
    named = sorted({mention.concept for mention in claim.mentions})
    reached = [
        number
        for number, step in enumerate(mechanism.steps)
        if vocabulary.best_fit(said.outcome, step.effect) in _EXACT
    ]
    inner = [
        number
        for number, step in enumerate(mechanism.steps)
        if vocabulary.best_fit(named, step.effect) in (*_EXACT, Fit.BROADER)
    ]
    last_is_outcome = bool(reached) and reached[-1] == len(mechanism.steps) - 1
    # naming exposure and final outcome alone tells no mechanism
    if not reached or (last_is_outcome and len(inner) < 2):
        return None
    end = reached[-1]
    spoken = {mention.concept for mention in claim.mentions}
    start = 0
    if not spoken & set(said.exposure) and inner and inner[0] < end:
        start = inner[0] + 1
    steps = mechanism.steps[start : end + 1]
    gaps = tuple(step for step in steps if not _is_supported(step, index))
    if not gaps or not steps:
        return None
    effect = next(
        iri for iri in said.outcome if vocabulary.best_fit((iri,), mechanism.steps[end].effect) in _EXACT
    )
    return _Told(mechanism, steps, gaps, effect, len(inner))


def _from_within(
    claim: Claim, mechanism: Mechanism, index: EvidenceIndex, vocabulary: Vocabulary
) -> _Told | None:
    """The stretch of a claim that begins inside the chain: "a stronger gut barrier eases joint pain"."""
    said = claim.proposition
    cue = said.causal_span.start if said.causal_span is not None else claim.span.start
    causes = [iri for iri in said.exposure if named(claim, iri) is not None and iri not in said.outcome]
    causes = causes or [
        one.concept for one in claim.mentions if one.span.end <= cue and "process" in one.roles
    ]
    begun = [
        number
        for number, step in enumerate(mechanism.steps)
        if number and vocabulary.best_fit(causes, step.cause) is Fit.SAME
    ]
    reached = [
        number
        for number, step in enumerate(mechanism.steps)
        if begun and number >= begun[0] and vocabulary.best_fit(said.outcome, step.effect) in _EXACT
    ]
    if not reached:
        return None
    steps = mechanism.steps[begun[0] : reached[-1] + 1]
    gaps = tuple(step for step in steps if not _is_supported(step, index))
    effect = next(iri for iri in said.outcome if vocabulary.best_fit((iri,), steps[-1].effect) in _EXACT)
    return _Told(mechanism, steps, gaps, effect, len(steps)) if gaps else None


def _pointers(told: _Told) -> tuple[EvidencePointer, ...]:
    chain = [EvidencePointer(told.mechanism.iri, "mechanism", told.mechanism.label)]
    chain += [EvidencePointer(step.iri, "step", step.label) for step in told.steps]
    return tuple(chain)
