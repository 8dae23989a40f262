"""P106: two statements of one article contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.change import benefit
from claims.cited import named
from claims.concepts import Vocabulary, vocabulary_of
from claims.model import CausalStrength, Claim, Confidence, Diagnostic, Severity
from claims.propositions import told
from claims.rule import Facts, Rule, rule
from graph.evidence import Iri

# A sentence that reports what somebody found, or tells both sides, does not speak for the article.
_REPORTS = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|cohorts?|reviews?|meta-analys[ei]s|researchers?|found|reported|showed|"
    r"concluded|"
    r"participants|some|others?|however|but|although|while|whereas|contrary|myth|claims?|believe\w*|"
    r"once thought|"
    r"only|unless|except|too much|too little|excess\w*|high doses?|in people with|if)\b",
    re.IGNORECASE,
)


@rule(
    "P106",
    "internal-conflict",
    severity=Severity.WARNING,
    confidence=Confidence.LOW,
    since="0.1.0",
    status="preview",
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The article says the one and the other of the same thing."""
    vocabulary = vocabulary_of(facts.evidence)
    said: dict[tuple[Iri, Iri], tuple[int, Claim]] = {}
    reported: set[tuple[Iri, Iri]] = set()
    for linked in facts.claims:
        claim = linked.claim
        if not _speaks_for_itself(claim):
            continue
        for outcome, way in told(claim, vocabulary).items():
            worth = _worth(way, outcome, vocabulary)
            exposure = claim.proposition.exposure[0]
            if worth is None or named(claim, outcome) is None:
                continue
            before = said.setdefault((exposure, outcome), (worth, claim))
            if before[0] == worth or (exposure, outcome) in reported:
                continue
            reported.add((exposure, outcome))
            line = facts.document.text.count("\n", 0, before[1].span.start) + 1
            yield rule.diagnostic(
                f"line {line} says otherwise of {vocabulary.label(exposure)} and "
                f"{vocabulary.label(outcome)}: "
                f"“{before[1].text}”",
                claim.span,
                claim=claim.id,
            )


def _speaks_for_itself(claim: Claim) -> bool:
    proposition = claim.proposition
    plain = not (
        proposition.hedged or proposition.population or proposition.dose or proposition.co_intervention
    )
    strong = proposition.causal_strength in (CausalStrength.CAUSAL, CausalStrength.CORRELATIONAL)
    if claim.kind == "recommendation" or not plain or len(proposition.exposure) != 1:
        return False
    if named(claim, proposition.exposure[0]) is None or _REPORTS.search(claim.text):
        return False
    return strong or proposition.effect_direction == "no-difference"


def _worth(way: str, outcome: Iri, vocabulary: Vocabulary) -> int | None:
    concept = vocabulary.concepts.get(outcome)
    return benefit(way, concept.valence if concept else None)
