"""M102: a model or a laboratory result is told as what happens to people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.cited import all_known
from claims.concepts import vocabulary_of
from claims.model import CausalStrength, Confidence, Diagnostic, Severity
from claims.pointing import paths_to, source_of
from claims.rule import Facts, Rule, rule

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
