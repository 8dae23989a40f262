"""M102: a model or a laboratory result is told as what happens to people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claims.cited import all_known, named
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.model import CausalStrength, Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import paths_to, source_of
from claims.rule import Facts, Rule, rule
from claims.unasserted import NOT_SHOWN
from graph.evidence import Iri

_MODELS = ("simulation", "biomechanical-model")
_SAID = re.compile(
    r"\b(?:model\w*|simulat\w+|comput\w+|calculat\w+|estimat\w+|theor\w+|predict\w*)\b", re.IGNORECASE
)


@rule(
    "M102",
    "mechanism-as-clinical-evidence",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Howick, Glasziou and Aronson 2010, Evidence-based mechanistic reasoning. J R Soc Med 103:433-441",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """What a model worked out is told of people's health."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        said = claim.proposition
        if said.hedged or said.causal_strength is not CausalStrength.CAUSAL or claim.sentence.is_lead:
            continue
        if claim.citations_inherited or not all_known(linked) or _SAID.search(claim.text):
            continue
        health = [
            iri
            for iri in said.outcome
            if (concept := vocabulary.concepts.get(iri))
            and concept.valence
            and "process" not in concept.roles
        ]
        step = _reason(linked, health, vocabulary)
        if step is not None:
            reason = vocabulary.labels(step.finding.outcome[:1])
            yield rule.diagnostic(
                f"told of {vocabulary.label(health[0])} by a reason: {source_of(step)} measured "
                f"the reason alone ({reason}), which shows that it could work, not that it does",
                said.causal_span or claim.span,
                claim=claim.id,
                evidence=paths_to([step]),
            )
            continue
        supports = [one for one in linked.findings if one.direction == "supports" and one.score >= 0.5]
        if not health or not supports:
            continue
        if any(one.study is None or one.study.design not in _MODELS for one in supports):
            continue
        best = supports[0]
        yield rule.diagnostic(
            f"told of people's {vocabulary.label(health[0])}; {source_of(best)} worked it out with a model",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=paths_to(supports[:2]),
        )


_BECAUSE = re.compile(
    r"\b(?:because|since|for (?:it|they)|as (?:it|they|this)|thanks to|by way of|by [a-z]+ing|through|via"
    r"|due to)\b"
    r"|[:;]\s(?:it|they|this|that)\b|,\s(?:so|and so|which is (?:how|why))\b",
    re.IGNORECASE,
)


def _reason(linked: LinkedClaim, health: Sequence[Iri], vocabulary: Vocabulary) -> LinkedFinding | None:
    """The cited result that a claim gives as the reason, where nothing cited is of the claim's outcome."""
    claim = linked.claim
    because = _BECAUSE.search(claim.text)
    if because is None or NOT_SHOWN.search(claim.text):
        return None
    given = {one.concept for one in claim.mentions if claim.sentence.place(one.span)[0] >= because.end()}
    spoken = sorted(given)
    health = [iri for iri in health if iri not in given and named(claim, iri) is not None]
    cited = [one for one in linked.findings if one.via == "citation" and one.finding.outcome]
    if not health or any(
        vocabulary.best_fit(health, one.finding.outcome) not in (None, Fit.UNRELATED) for one in cited
    ):
        return None
    return next(
        (
            one
            for one in cited
            if vocabulary.best_fit(spoken, one.finding.outcome) in (Fit.SAME, Fit.NARROWER)
            and one.finding.quote_role not in ("background", "hypothesis")
        ),
        None,
    )
