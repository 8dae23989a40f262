"""What the works cited for a claim measured: the findings that a rule may hold the claim against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.alignment import ALL_WORDS, NUMBERS, WORDS
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.findings.accuracy import ACCURACY
from claims.linking.asking import without_citations
from claims.linking.doubting import doubted
from claims.linking.opposing import Opposed, opposed
from claims.model import (
    CitedSentence,
    Claim,
    Confidence,
    InTextCitation,
    LinkedClaim,
    LinkedFinding,
    Mention,
    Sentence,
    VerifiedReference,
)
from claims.rule import Facts
from claims.sentence.inheriting import by_sentence
from graph.evidence import Iri

__all__ = [
    "all_known",
    "answered",
    "cited_sentences",
    "doubtful",
    "measured",
    "named",
    "on_exposure",
    "opposed_sentences",
    "plainly_told",
    "surely",
    "told_as_found",
]


def cited_sentences(
    sentences: Sequence[Sentence],
    citations: Sequence[InTextCitation],
    references: Sequence[VerifiedReference],
    linked: Sequence[LinkedClaim],
) -> Iterator[CitedSentence]:
    """The sentences that cite for themselves, in reading order, every work of them known; no leads."""
    works = {one.reference.index: one.work for one in references if one.work is not None}
    claims = {one.claim.sentence.span.start: one for one in reversed(linked)}
    both = zip(sentences, by_sentence(sentences, citations), strict=True)
    for sentence, (own, _) in both:
        cited = list(dict.fromkeys(number for citation in own for number in citation.references))
        if not cited or sentence.is_lead or not all(number in works for number in cited):
            continue
        if any(not citation.references or citation.ambiguous for citation in own):
            continue
        text = sentence.text
        for low, high in (sentence.place(citation.span) for citation in own):
            text = text[:low] + " " * len(text[low:high]) + text[high:]
        yield CitedSentence(
            sentence, text, tuple(works[number] for number in cited), claims.get(sentence.span.start)
        )


_NEARLY_ALL = 0.55  # of what a sentence that is no claim is about


def opposed_sentences(facts: Facts) -> Iterator[tuple[CitedSentence, Opposed]]:
    """The cited sentences that are no claims, where the nearest result of their abstract says otherwise."""
    for cited in facts.cited:
        if cited.claim is None and cited.abstract is not None:
            source = (cited.works[0].title or "", cited.abstract)
            found = opposed(cited.text, *source)
            if found is None or found.share < _NEARLY_ALL:
                continue
            if not doubted(cited.text, source, found.result.sentence, (found.said, found.told), of_part=True):
                yield cited, found


def measured(linked: LinkedClaim) -> tuple[LinkedFinding, ...]:
    """The cited findings that report a result (no background, no hypothesis), best first.

    Without what an abstract answered for this claim alone (``answered``).
    """
    return tuple(
        one
        for one in linked.findings
        if one.via == "citation"
        and not one.asked
        and one.finding.quote_role not in ("background", "hypothesis")
        and one.finding.obtained_by != "inferred"
    )


def answered(linked: LinkedClaim) -> LinkedFinding | None:
    """What the abstract cited for a claim answered when it was asked (``claims.linking.asking``)."""
    return next((one for one in linked.findings if one.asked), None)


def on_exposure(linked: LinkedClaim, vocabulary: Vocabulary) -> tuple[LinkedFinding, ...]:
    """Of these, the ones whose exposure is the claim's, wider or narrower, or that plainly are what it tells.

    The latter where the exposure of one of them is unknown, or the numbers are the same.
    """
    said = linked.claim.proposition
    taken = (*said.exposure, *said.co_intervention)
    own = any(named(linked.claim, iri) for iri in taken)
    return tuple(
        one
        for one in measured(linked)
        if vocabulary.best_fit(taken, one.finding.exposure) in CLOSE
        or one.aligned == NUMBERS
        or (one.aligned in (WORDS, ALL_WORDS) and not (own and one.finding.exposure))
    )


def all_known(linked: LinkedClaim) -> bool:
    """Whether every reference cited for the claim led to a work of which results are known.

    One unknown work among them may well carry what the known ones do not: then a rule says nothing.
    """
    numbers = {number for citation in linked.claim.citations for number in citation.references}
    if any(not citation.references or citation.ambiguous for citation in linked.claim.citations):
        return False
    told = answered(linked)
    results = measured(linked) if told is None else (told, *measured(linked))
    known = {one.work.iri for one in results if one.work is not None}
    return (
        bool(numbers)
        and len(numbers) <= len(linked.works)
        and all(work.iri in known for work in linked.works)
    )


def named(claim: Claim, iri: Iri) -> Mention | None:
    """Where the claim itself names a concept; None where it took it over from the text around it."""
    return next((mention for mention in claim.mentions if mention.concept == iri), None)


def closest(vocabulary: Vocabulary, iri: Iri, found: tuple[LinkedFinding, ...]) -> Fit | None:
    """The closest fit of one claimed outcome with the outcomes of findings; None where none is known."""
    return vocabulary.best_fit((iri,), [outcome for one in found for outcome in one.finding.outcome])


def doubtful(linked: LinkedClaim, one: LinkedFinding, said: str) -> bool:
    """Whether a finding read by machine may well not be of what the claim tells, or say the same in words."""
    work, finding = one.work, one.finding
    if finding.method == "curated" or work is None or not work.abstract or not finding.quote:
        return False
    if finding.effect is not None and finding.effect.measure in ACCURACY:
        return True  # how well a test tells people apart goes no way
    source, ways = (work.title or "", work.abstract), (said, finding.effect_direction or "changes")
    return doubted(without_citations(linked.claim), source, finding.quote, ways, of_part=bool(one.asked))


def surely(linked: LinkedClaim) -> Confidence:
    """How sure an answer is: less where only nearness in meaning ties a finding to the claim as well."""
    tied = any(one.taken is not None and one.direction == "refutes" for one in linked.findings)
    return Confidence.LOW if tied else Confidence.MEDIUM


_BELIEVED = re.compile(
    r"\b(?:thought|believed?|belief|myth|said|says?|claim\w*|fear\w*|worr\w+|seems?|suppos\w+|assum\w+|hope\w*"
    r"|expect\w*|some|others?|should|would|once|earlier|older|previous|may not|if|whether)\b",
    re.IGNORECASE,
)


def plainly_told(linked: LinkedClaim) -> bool:
    """Whether a sentence states as a fact what the one work cited in its paragraph studied.

    "Ginger worsens nausea. Eleven trials found it milder [1]": what it names, it names itself.
    """
    claim = linked.claim
    said = claim.proposition
    named = {mention.concept for mention in claim.mentions}
    return (
        len(linked.works) == 1
        and bool(said.exposure)
        and said.exposure[0] in named
        and bool(said.outcome)
        and said.outcome[0] in named
        and not _BELIEVED.search(claim.text)
    )


_PAST = re.compile(
    r"(?:[a-z]+ed|led|fell|rose|cut|gave|brought|kept|made|took|shrank|grew|held)\b", re.IGNORECASE
)


def told_as_found(claim: Claim) -> bool:
    """Whether the sentence tells in the past by how much something changed, with its source: "lowered the
    risk by a third (Abel 2018)" is what was found there."""
    span = claim.proposition.causal_span
    if span is None or claim.citations_inherited or not claim.citations:
        return False
    start, end = claim.sentence.place(span)
    sized = claim.proposition.magnitude is not None or any(
        one.role in ("percent", "statistic", "interval", "other") for one in claim.quantities
    )
    return sized and _PAST.match(claim.text, start, end) is not None


def tells_both_values(claim: Claim, one: LinkedFinding) -> bool:
    """Whether a claim prints the values of both groups of a finding: then these are what it tells."""
    printed = {abs(quantity.value) for quantity in claim.quantities}
    values = [group.value for group in one.finding.groups if group.value is not None]
    return len(values) >= 2 and all(abs(value) in printed for value in values)
