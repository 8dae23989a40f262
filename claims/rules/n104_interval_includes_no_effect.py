"""N104: an effect is claimed where the interval includes none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.alignment import NONE
from claims.cited import measured, tells_both_values
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.findings import estimate_in_words, finding_in_words
from claims.findings.choosing import told_findings
from claims.linking.bearing import of_each_group
from claims.magnitude import ratio_of
from claims.model import Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import path_to, source_of
from claims.rule import Facts, Rule, rule
from graph.contrasts import includes_no_effect

_TOLD = re.compile(
    r"\b(?:not (?:statistically )?significant(?:ly)?|non-?significant(?:ly)?|by chance|too few|too small"
    r"|imprecise"
    r"|inconclusive|uncertain|unclear|could not (?:tell|show)|includes? no (?:effect|difference)|no clear"
    r"|trend)\b",
    re.IGNORECASE,
)


@rule(
    "N104",
    "interval-includes-no-effect",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Cochrane Handbook, chapter 15.3.1: confidence intervals (Schünemann et al. 2023)",
        "Altman and Bland 1995, Absence of evidence is not evidence of absence. BMJ 311:485",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """An effect is told as found, though its interval includes no effect."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        said = linked.claim.proposition
        if said.effect_direction not in ("increases", "decreases") or said.hedged or not linked.works:
            continue
        if linked.claim.citations_inherited or _TOLD.search(linked.claim.sentence.text):
            continue
        if of_each_group(linked.claim):
            continue
        told = told_findings(linked)
        if any(tells_both_values(linked.claim, one) or _of_both(one, linked, vocabulary) for one in told):
            continue
        if (one_open := _left_open(told, said.effect_direction)) is not None:
            yield rule.diagnostic(
                f"the effect is told as found; {source_of(one_open)} leaves it open: {_words(one_open)}",
                said.magnitude_span or said.causal_span or linked.claim.span,
                claim=linked.claim.id,
                evidence=path_to(one_open),
            )
            continue
        unclear = [
            one
            for one in told
            if one.finding.effect is not None
            and includes_no_effect(one.finding.effect)
            and not (_denied(one, linked, vocabulary) and not _leans(one, said.effect_direction))
            and _of_what_is_claimed(one, linked, vocabulary)
        ]
        if not unclear or _shown_elsewhere(told, unclear, said.effect_direction):
            continue
        one = unclear[0]
        assert one.finding.effect is not None  # it was judged
        yield rule.diagnostic(
            f"the effect is told as found; {source_of(one)} has {estimate_in_words(one.finding.effect)}, "
            "an interval that includes no effect",
            said.magnitude_span or said.causal_span or linked.claim.span,
            claim=linked.claim.id,
            evidence=path_to(one),
            confidence=Confidence.HIGH
            if one.score >= 0.85 and one.finding.method == "curated"
            else Confidence.MEDIUM,
        )


def _of_both(one: LinkedFinding, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether the claim says it of what was compared with as well: "it fell with stretching too"."""
    said = linked.claim.proposition
    return (
        not said.comparator
        and bool(one.finding.comparator)
        and vocabulary.best_fit(said.exposure, one.finding.comparator) in CLOSE
        and vocabulary.best_fit(said.exposure, one.finding.exposure) in CLOSE
        and one.finding.effect_direction == "unclear"
    )


_SURE = 0.75  # a finding from this score on is of this exposure and this outcome


def _left_open(told: tuple[LinkedFinding, ...], said: str) -> LinkedFinding | None:
    """The best finding, where its curator says that the result leaves the matter open and gives no interval.

    Not where another that fits as well shows the effect.
    """
    if not told or any(one.finding.effect_direction == said for one in told):
        return None
    best = told[0]
    finding = best.finding
    interval = finding.effect is not None and finding.effect.low is not None
    unclear = finding.effect_direction == "unclear" and finding.method == "curated"
    return best if unclear and best.score >= _SURE and not interval else None


def _words(one: LinkedFinding) -> str:
    return (one.finding.text or finding_in_words(one.finding)).rstrip(".")


def _denied(one: LinkedFinding, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether the source says plainly, of the very outcome, that it found nothing: then E102 says so."""
    if one.direction != "refutes" or one.finding.effect_direction != "no-difference":
        return False
    outcome = linked.claim.proposition.outcome[:1]
    if one.taken is not None:
        return True
    return one.finding.method == "curated" or vocabulary.best_fit(outcome, one.finding.outcome) is Fit.SAME


def _leans(one: LinkedFinding, said: str) -> bool:
    """Whether a ratio that found nothing for sure lies on the side that the claim tells: 0.89, of "fell"."""
    ratio = ratio_of(one.finding.effect) if one.finding.effect is not None else None
    return ratio is not None and ratio[0] != 1 and (ratio[0] < 1) == (said == "decreases")


def _of_what_is_claimed(one: LinkedFinding, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether something ties the finding to the claim, or it is all that an abstract tells with a number.

    An abstract gives several results; one that is of nothing the claim names may be any of them.
    """
    outcome = linked.claim.proposition.outcome
    if one.finding.method == "curated" or one.aligned != NONE or one.taken is not None:
        return True
    if vocabulary.best_fit(outcome, one.finding.outcome) in CLOSE:
        return True
    numbered = {other.finding.quote for other in measured(linked) if other.finding.effect is not None}
    return len(numbered) == 1


def _shown_elsewhere(told: tuple[LinkedFinding, ...], unclear: list[LinkedFinding], said: str) -> bool:
    """Another finding that fits as well shows the effect: by its interval, or without one on record."""
    return any(
        one.direction == "supports"
        or (one.finding.effect_direction == said and one.score >= unclear[0].score)
        for one in told
        if one not in unclear
    )
