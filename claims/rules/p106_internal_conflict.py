"""P106: two statements of one article, or of two articles audited together, contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.cited import named
from claims.concepts import Vocabulary, vocabulary_of
from claims.model import (
    CausalStrength,
    Claim,
    Confidence,
    Diagnostic,
    Document,
    LinkedClaim,
    Severity,
)
from claims.rule import Facts, Rule, rule
from claims.sentence.direction import benefit
from claims.sentence.outcome_directions import directions_of
from graph.evidence import Evidence, Iri

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
    said: dict[tuple[Iri, Iri], _Statement] = {}
    reported: set[tuple[Iri, Iri]] = set()
    for one in _statements(facts.claims, vocabulary):
        before = said.setdefault(one.about, one)
        if before.worth == one.worth or one.about in reported:
            continue
        reported.add(one.about)
        place = f"line {_line(before, facts.document)}"
        yield _say(rule, one, before, place, vocabulary)


def between(
    rule: Rule,
    claims: Sequence[LinkedClaim],
    others: Iterable[tuple[Document, Sequence[LinkedClaim]]],
    evidence: Evidence,
) -> Iterator[Diagnostic]:
    """What other articles of the same run say otherwise: the first of them, for each thing."""
    vocabulary = vocabulary_of(evidence)
    said: dict[tuple[Iri, Iri], list[tuple[_Statement, Document]]] = {}
    for document, linked in others:
        for one in _statements(linked, vocabulary):
            said.setdefault(one.about, []).append((one, document))
    reported: set[tuple[Iri, Iri]] = set()
    for one in _statements(claims, vocabulary):
        against = [(other, where) for other, where in said.get(one.about, ()) if other.worth != one.worth]
        if not against or one.about in reported:
            continue
        reported.add(one.about)
        other, where = against[0]
        yield _say(rule, one, other, f"{where.path}, line {_line(other, where)}", vocabulary)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a claim says flatly, in the article's own voice, of one thing and an outcome: good, bad, none."""

    about: tuple[Iri, Iri]
    worth: int
    claim: Claim


def _statements(claims: Iterable[LinkedClaim], vocabulary: Vocabulary) -> Iterator[_Statement]:
    for linked in claims:
        claim = linked.claim
        if not _speaks_for_itself(claim):
            continue
        for outcome, way in directions_of(claim, vocabulary).items():
            worth = _worth(way, outcome, vocabulary)
            if worth is not None and named(claim, outcome) is not None:
                yield _Statement((claim.proposition.exposure[0], outcome), worth, claim)


def _line(one: _Statement, document: Document) -> int:
    return document.text.count("\n", 0, one.claim.span.start) + 1


def _say(rule: Rule, one: _Statement, other: _Statement, place: str, vocabulary: Vocabulary) -> Diagnostic:
    exposure, outcome = one.about
    return rule.diagnostic(
        f"{place} says otherwise of {vocabulary.label(exposure)} and {vocabulary.label(outcome)}: "
        f"“{other.claim.text}”",
        one.claim.span,
        claim=one.claim.id,
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
