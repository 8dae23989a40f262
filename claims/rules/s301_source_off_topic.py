"""S301: a cited work that is about something else altogether."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from claims.alignment import content_words
from claims.concepts import Fit, Vocabulary, fold, vocabulary_of
from claims.linking.indexing import index_of
from claims.linking.nearness import nearness
from claims.model import Claim, Confidence, Diagnostic, LinkedClaim, Severity
from claims.pointing import full_name, work_pointer
from claims.rule import Facts, Rule, rule
from graph.evidence import Finding, Iri, Work


@rule(
    "S301",
    "source-off-topic",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles, PeerJ 3:e1364",
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The cited work is about neither what the claim names as cause nor what it names as effect."""
    vocabulary, index = vocabulary_of(facts.evidence), index_of(facts.evidence)
    for before, linked in zip((None, *facts.claims), facts.claims, strict=False):
        claim = linked.claim
        said = claim.proposition
        if claim.citations_inherited or not claim.citations or not said.exposure or not said.outcome:
            continue
        if any(one.taken is not None for one in linked.findings):
            continue  # it tells of the same thing in other words
        for work in linked.works:
            findings = index.by_work.get(work.iri, ())
            if _off_topic(linked, _taken_up(before, linked), work, findings, vocabulary):
                yield rule.diagnostic(
                    f"{full_name(work)} is cited here, but neither {vocabulary.labels(said.exposure)} nor "
                    f"{vocabulary.labels(said.outcome)} occurs in what is known of it",
                    claim.citations[0].span,
                    claim=claim.id,
                    evidence=(work_pointer(work),),
                )


_GOES_ON = re.compile(r"\s*(?:they|their|it|its|these|those|this|both)\b", re.IGNORECASE)


def _taken_up(before: LinkedClaim | None, linked: LinkedClaim) -> str:
    """What the claim before is about, where this one goes on with it and cites the same: "They also ..."."""
    if before is None or before.works != linked.works or not _GOES_ON.match(linked.claim.text):
        return ""
    return _told(before.claim)


def _off_topic(
    linked: LinkedClaim, taken_up: str, work: Work, findings: tuple[Finding, ...], vocabulary: Vocabulary
) -> bool:
    """Whether nothing that the claim is about occurs in title, abstract or findings of a work.

    A title alone says too little, so a work without abstract and findings is let be.
    """
    curated = [one for one in findings if one.exposure or one.outcome]
    if not work.abstract and not curated:
        return False
    text = f"{work.title or ''}. {work.abstract or ''}"
    studied = {mention.concept for mention in vocabulary.find(text)}
    for one in curated:
        studied |= {*one.exposure, *one.co_intervention, *one.comparator, *one.outcome, *one.population}
    if not studied:
        return False
    said = linked.claim.proposition
    wanted = (*said.exposure, *said.co_intervention, *said.outcome)
    if any(_related(vocabulary, one, other) for one in wanted for other in studied):
        return False
    words = _words(text)
    if any(_words(mention.label) & words for mention in linked.claim.mentions):
        return False
    return nearness(f"{taken_up} {_told(linked.claim)}", work.title or "") < _OF_ITS_TOPIC


# Of sentences cited to the right work, of which neither vocabulary nor words know it, two thirds are as near
# to its title; of sentences and the titles of other works, one in twenty.
_OF_ITS_TOPIC = 0.3


def _told(claim: Claim) -> str:
    """The words of a claim that say what it is about, without its citations."""
    text = claim.text
    for low, high in (claim.sentence.place(citation.span) for citation in claim.citations):
        text = text[:low] + " " * (high - low) + text[high:]
    return " ".join(word for word in re.findall(r"[^\W\d_]+", text) if content_words(word))


def _related(vocabulary: Vocabulary, one: Iri, other: Iri) -> bool:
    return (
        vocabulary.fits(one, other) is not Fit.UNRELATED or vocabulary.fits(other, one) is not Fit.UNRELATED
    )


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    """The longer words, cut to their beginnings so that "walked" meets "walking" and "knees" meets "knee"."""
    return frozenset(fold(word)[:5] for word in re.findall(r"[^\W\d_]{4,}", text)) - _COMMON


_COMMON = {
    word[:5]
    for word in [
        "risk",
        "pain",
        "people",
        "adults",
        "health",
        "disease",
        "with",
        "from",
        "than",
        "that",
        "more",
        "less",
        "level",
        "levels",
    ]
}
