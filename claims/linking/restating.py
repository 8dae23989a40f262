"""Which claims, recommendations and mechanism steps of the graph a claim of an article restates."""

from __future__ import annotations

from dataclasses import dataclass

from claims.concepts import CLOSE, FIT_SCORE, Fit, Vocabulary
from claims.linking.bearing import closest_outcomes, worth
from claims.linking.indexing import EvidenceIndex
from claims.model import Claim
from graph.evidence import GraphClaim, Iri

__all__ = ["EXACT", "Restated", "restated_by"]

EXACT = frozenset({Fit.SAME, Fit.NARROWER})  # the article speaks of what the graph does, or of a part of it
Restated = tuple[Iri, str, float, bool]  # target, via, fit, whether the claim says the opposite


def restated_by(claim: Claim, index: EvidenceIndex, vocabulary: Vocabulary) -> list[Restated]:
    """The claims, recommendations and mechanism steps of the graph that this claim restates, best first."""
    found: dict[Iri, Restated] = {}
    matches = _same_claims(claim, index, vocabulary)
    exact = any(fit.outcome in EXACT and target.kind == "claim" for target, fit in matches)
    for target, fit in matches:
        via = "recommendation" if target.kind == "recommendation" else "topic"
        if via == "topic" and exact and fit.outcome not in EXACT:
            continue  # "recurrence" was answered as such; how bad a recurrence is is another question
        found[target.iri] = (target.iri, via, fit.value, fit.opposed)
        if via == "recommendation":
            for under in target.based_on:
                found.setdefault(under, (under, via, round(fit.value * 0.9, 4), False))
    named = {mention.concept for mention in claim.mentions} | set(claim.proposition.exposure)
    for _, step in index.steps:
        cause = vocabulary.best_fit(sorted(named), step.cause)
        effect = vocabulary.best_fit(sorted(named), step.effect)
        if cause in EXACT and effect in EXACT:
            fit_value = round((FIT_SCORE[cause] + FIT_SCORE[effect]) / 2, 4)
            found.setdefault(step.iri, (step.iri, "mechanism", fit_value, False))
    return sorted(found.values(), key=lambda one: (-one[2], one[0]))


@dataclass(frozen=True, slots=True)
class _Match:
    """How a claim of the article restates one of the graph. ``opposed``: it says the opposite."""

    value: float
    outcome: Fit | None
    opposed: bool


def _same_claims(
    claim: Claim, index: EvidenceIndex, vocabulary: Vocabulary
) -> list[tuple[GraphClaim, _Match]]:
    """The claims of the graph that say the same, in their order."""
    said = claim.proposition
    taken = (*said.exposure, *said.co_intervention)
    found: list[tuple[int, GraphClaim, _Match]] = []
    for exposures, placed in index.claims.items():
        fit = vocabulary.best_fit(taken, exposures)
        if fit is None or fit not in EXACT:
            continue
        for place, target in placed:
            match = _same_claim(claim, target, FIT_SCORE[fit], vocabulary)
            if match is not None:
                found.append((place, target, match))
    return [(target, match) for _, target, match in sorted(found, key=lambda one: one[0])]


def _same_claim(
    claim: Claim, target: GraphClaim, exposure_fit: float, vocabulary: Vocabulary
) -> _Match | None:
    said = claim.proposition
    advice = target.kind == "recommendation"
    if advice != (claim.kind == "recommendation"):
        return None
    outcome = vocabulary.best_fit(said.outcome, target.outcome)
    if outcome is None and not advice:
        return None
    if outcome is not None and outcome not in CLOSE:
        return None
    opposed = False
    if said.effect_direction and target.effect_direction:
        claimed, stated = closest_outcomes(said.outcome, target.outcome, vocabulary)
        if claimed and stated:
            good = worth(said.effect_direction, claimed, vocabulary)
            held = worth(target.effect_direction, stated, vocabulary)
            if good is None or held is None:
                opposed = said.effect_direction != target.effect_direction
            else:
                opposed = good != held
    value = (exposure_fit + (FIT_SCORE[outcome] if outcome else 0.7)) / 2
    taken = (*said.exposure, *said.co_intervention)
    if vocabulary.best_fit(taken, target.co_intervention) is Fit.UNRELATED:
        value *= 0.9  # the graph speaks of two things together, the claim of one
    return _Match(round(value, 4), outcome, opposed)
