# ruff: noqa: E501 - tables of patterns read better unwrapped
"""E107: one body of data is cited as several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise

from claims.concepts import Vocabulary, vocabulary_of
from claims.linking.indexing import EvidenceIndex, index_of, studies_of
from claims.model import CitedSentence, Confidence, Diagnostic, EvidencePointer, Severity
from claims.rule import Facts, Rule, rule
from graph.designs import in_group
from graph.evidence import Work
from graph.naming import known_as

# counted as more than one, or the later as confirming the earlier
_AS_SEVERAL = re.compile(
    r"\b(?:both|two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|different|separate|various"
    r"|repeated(?:ly)?|numerous|a number of|independent(?:ly)?|replicat\w+|reproduced|confirm\w*|corroborat\w+"
    r"|another|a second|a third|a further|again|as well|likewise|the same (?:result|answer|thing)"
    r"|trials|studies|lines of evidence)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:another|an? (?:second|third|further|separate|independent)|independently|replicat\w+|reproduced"
    r"|confirm\w*|corroborat\w+|again|as well|likewise)\b",
    re.IGNORECASE,
)
# the sentence says itself that the papers share their people
_SAYS_SO = re.compile(
    r"\b(?:one|a single|the same|that) (?:(?:[\w-]+ ){0,2})(?:trial|study|cohort|project|people|participants|data)\b"
    r"|\binclud(?:es|ed|ing) (?:it|that|the (?:[\w-]+ )?trial)\b|\bwhich pool(?:s|ed)\b|\bamong (?:them|its)\b"
    r"|\b(?:secondary|later|further|follow-?up) (?:analysis|report|paper|outcomes?)\b"
    r"|\b(?:two|both|three|several) (?:papers|reports|publications|articles)\b",
    re.IGNORECASE,
)


@rule(
    "E107",
    "double-counted-evidence",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Tramer et al. 1997, Impact of covert duplicate publication on meta-analysis: a case study. BMJ "
        "315:635-640",
        "Cochrane Handbook for Systematic Reviews of Interventions, chapter 4.6: multiple reports of "
        "one study",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Two works cited together report the same people."""
    vocabulary, index = vocabulary_of(facts.evidence), index_of(facts.evidence)
    said: set[tuple[Work, Work]] = set()
    for linked in facts.claims:
        if linked.claim.citations_inherited:
            continue
        for one, other in combinations(linked.works, 2):
            shared = _shared(one, other, index, vocabulary)
            if shared is None or not (one.reports or other.reports or _AS_SEVERAL.search(linked.claim.text)):
                continue  # what registration numbers tell is held against a sentence that counts the papers
            if _SAYS_SO.search(linked.claim.text):
                continue
            said.add((one, other))
            yield rule.diagnostic(
                _message(one, other, shared),
                linked.claim.citations[-1].span,
                claim=linked.claim.id,
                evidence=_pointers(one, other),
            )
    for one, other, cited in _one_after_another(facts):
        shared = _shared(one, other, index, vocabulary)
        if shared is not None and (one, other) not in said:
            yield rule.diagnostic(
                _message(one, other, shared),
                cited.sentence.span,
                claim=cited.claim.claim.id if cited.claim is not None else None,
                evidence=_pointers(one, other),
            )


def _one_after_another(facts: Facts) -> Iterator[tuple[Work, Work, CitedSentence]]:
    """The works of two sentences that follow one another, where the second says that its work confirms."""
    for before, after in pairwise(facts.cited):
        between = facts.document.text[before.sentence.span.end : after.sentence.span.start]
        if "\n\n" in between or len(between) > _NEAR or not _AGAIN.search(after.text):
            continue
        if _SAYS_SO.search(after.text) or not len(before.works) == len(after.works) == 1:
            continue
        if before.works[0].iri != after.works[0].iri:
            yield before.works[0], after.works[0], after


_NEAR = 200  # characters between two sentences that speak of one thing


def _message(one: Work, other: Work, shared: str) -> str:
    return f"{known_as(one)} and {known_as(other)} are not two bodies of evidence: {shared}"


def _pointers(one: Work, other: Work) -> tuple[EvidencePointer, ...]:
    return tuple(EvidencePointer(work.iri, "work", work.title or "") for work in (one, other))


def _shared(one: Work, other: Work, index: EvidenceIndex, vocabulary: Vocabulary) -> str | None:
    """What the two have in common: the study, its registration, the cohort, or one pools the other."""
    for left in studies_of(one, index, vocabulary):
        for right in studies_of(other, index, vocabulary):
            if left.iri == right.iri:
                return f"both report {left.label or 'the same study'}"
            numbers = sorted(set(left.registration) & set(right.registration))
            pooling = [
                known_as(work)
                for work, study in ((one, left), (other, right))
                if study.design in in_group("synthesis")
            ]
            if numbers and len(pooling) == 2:
                return f"both take in the study registered as {numbers[0]}"
            if numbers and pooling:
                return f"{pooling[0]} takes in the study registered as {numbers[0]}, which the other reports"
            if numbers:
                return f"both report the study registered as {numbers[0]}"
            if left.cohort is not None and left.cohort == right.cohort:
                return f"both draw on the {left.cohort.rsplit('/', 1)[-1].replace('-', ' ').upper()} cohort"
            for outer, inner, work in ((left, right, one), (right, left, other)):
                if inner.iri in outer.includes:
                    return f"{known_as(work)} pools {inner.label or 'the other'}"
    return None
