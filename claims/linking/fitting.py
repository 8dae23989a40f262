"""How well the slots of a finding fit those of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims import quantities
from claims.alignment import ALL_WORDS, LEVELS, NONE, NUMBERS, WORDS
from claims.concepts import CLOSE, FIT_SCORE, Fit, Vocabulary
from claims.model import Claim
from graph.evidence import Finding, Iri

__all__ = ["exposure_fit", "score", "turned_around"]

_UNKNOWN = {
    NONE: 0.5,
    WORDS: 0.8,
    ALL_WORDS: 0.85,
    NUMBERS: 0.9,
    LEVELS: 1.0,
}  # what an unknown slot counts, by how sure the alignment is


def score(claim: Claim, finding: Finding, vocabulary: Vocabulary, alike: int = NONE) -> float:
    """How well a finding's slots fit a claim's, 0..1. An unknown slot counts half, more where the sentences
    are ``alike`` (see ``claims.alignment``)."""
    said = claim.proposition
    exposure = exposure_fit(claim, (*finding.exposure, *finding.co_intervention), vocabulary, alike)
    unknown = _UNKNOWN[alike]
    if exposure not in CLOSE and turned_around(claim, finding, vocabulary):
        exposure = vocabulary.best_fit(said.exposure, finding.comparator)
        unknown = max(unknown, _UNKNOWN[WORDS])  # the same two things are compared, whatever in
    outcome = vocabulary.best_fit(said.outcome, finding.outcome)
    population = vocabulary.best_fit(said.population, finding.population)
    tried = unknown if exposure is None else FIT_SCORE[exposure]
    if exposure in CLOSE and _of_companion(claim, finding, vocabulary):
        tried *= _COMPANION
    value = (
        0.4 * tried
        + 0.4 * (unknown if outcome is None else FIT_SCORE[outcome])
        + 0.1 * (0.7 if population is None else FIT_SCORE[population])
        + _numbers_met(claim, finding)
    )
    if Fit.UNRELATED in (exposure, outcome) and alike < NUMBERS:
        value = min(value, 0.3)
    return round(value, 4)


_COMPANION = 0.7  # what a finding on two things together counts for a claim on the second of them


def _of_companion(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the claim is only about what the study gave beside the thing it tested."""
    said = claim.proposition
    return (
        bool(finding.co_intervention)
        and bool(finding.exposure)
        and vocabulary.best_fit((*said.exposure, *said.co_intervention), finding.exposure) not in CLOSE
    )


def exposure_fit(claim: Claim, studied: Sequence[Iri], vocabulary: Vocabulary, alike: int) -> Fit | None:
    """How the claim's exposure stands to a finding's; None where a side is unknown.

    What the sentence does not name but took over from the text around it, and what a finding took over from
    its title, count as unknown where the two are alike and it does not fit.
    """
    said = claim.proposition
    fit = vocabulary.best_fit((*said.exposure, *said.co_intervention), studied)
    if fit is None or fit in CLOSE or claim.citations_inherited:
        return fit
    own = {mention.concept for mention in claim.mentions}
    named = any(iri in own for iri in (*said.exposure, *said.co_intervention))
    if not named:
        return None if alike != NONE or claim.citations else fit
    return fit if alike < NUMBERS else None


def turned_around(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the claim sets what the study compared with over what it studied: "B did more than A"."""
    said = claim.proposition
    return (
        vocabulary.best_fit(said.exposure, finding.comparator) in CLOSE
        and vocabulary.best_fit(said.comparator, finding.exposure) in CLOSE
    )


def _numbers_met(claim: Claim, finding: Finding) -> float:
    """Up to 0.1: the claim prints this finding's numbers, or its dose."""
    printed = {quantity.value for quantity in claim.quantities}
    printed |= {quantity.high for quantity in claim.quantities if quantity.high is not None}
    value = 0.0
    effect = finding.effect
    if effect is not None and effect.value is not None and printed:
        changes = {abs(Decimal(1) - effect.value) * 100, effect.value}
        if any(abs(one - other) <= Decimal("0.6") for one in changes for other in printed if other > 1):
            value += 0.05
    if any(group.value in printed for group in finding.groups if group.value is not None):
        value += 0.05
    for dose in claim.proposition.dose:
        if any(_meets(quantities.comparable(dose, other)) for other in finding.dose):
            return min(0.1, value + 0.05)
    return min(0.1, value)


def _meets(comparison: quantities.Comparison | None) -> bool:
    return comparison is not None and comparison.relation not in ("below", "above")
