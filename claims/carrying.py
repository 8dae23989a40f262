"""Whether what a paragraph cites may carry a sentence of it that cites nothing itself.

"Tai chi lowered falls [1]. Strength training cut hip fractures by a third": of strength training the source
of the first sentence says nothing. What is not known of a source, or of the sentence, leaves it open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.alternatives import lowered, one_of
from claims.cited import named
from claims.concepts import Fit, Vocabulary, fold, vocabulary_of
from claims.linking.indexing import index_of, studies_of
from claims.model import CitedSentence, Claim, LinkedClaim, Mention
from claims.rule import Facts
from claims.sentence.change import change_cues
from claims.sentence.inheriting import by_sentence
from graph.designs import in_group
from graph.evidence import Evidence, Finding, Iri, Work

__all__ = ["About", "about", "uncarried"]

# "in this trial", "the participants", "it also": told of what was cited before
_POINTS_BACK = one_of(
    [
        r"(?:^|[.;:]\s)(?:and\s|but\s|so\s|yet\s|even\s|still,?\s)?(?:it|its|they|their|them|this|that|these|those|such|both|here|he|she"
        r"|doing so|the (?:same|other|others|former|latter))\b"
        r"|\b(?:the|this|that|these|those|both|each|same|its|their|our)\s(?:[\w-]+\s){0,2}"
        r"(?:trials?|stud(?:y|ies)|experiments?|papers?|reviews?|analys[ei]s|cohorts?|surveys?|authors|researchers|team"
        r"|investigators|scientists|participants|volunteers|subjects|groups?|arms?|effects?|findings?|results?)\b"
        r"|\b(?:participants|also|too|likewise|similarly|as well(?! as)|in addition|the same)\b"
    ]
)  # fmt: skip


def uncarried(facts: Facts) -> Iterator[LinkedClaim]:
    """The claims that cite nothing and stand in no paragraph whose sources may speak of the same."""
    beside: dict[int, tuple[CitedSentence, ...]] | None = None
    for linked in facts.claims:
        claim = linked.claim
        if not claim.citations:
            yield linked
        elif claim.citations_inherited and not claim.sentence.is_lead:
            if _POINTS_BACK.search(lowered(claim.text)):
                continue
            if beside is None:
                beside = _citing(facts)
            cited = beside.get(claim.sentence.block)
            if cited and not _may_carry(claim, cited, facts.evidence):
                yield linked


def _citing(facts: Facts) -> dict[int, tuple[CitedSentence, ...]]:
    """The citing sentences of each paragraph of which every source is known, and has an abstract."""
    known = {one.sentence.span.start: one for one in facts.cited if all(work.abstract for work in one.works)}
    found: dict[int, list[CitedSentence | None]] = {}
    for sentence, (own, _) in zip(
        facts.sentences, by_sentence(facts.sentences, facts.citations), strict=True
    ):
        if own:
            found.setdefault(sentence.block, []).append(known.get(sentence.span.start))
    return {
        block: tuple(one for one in cited if one is not None)
        for block, cited in found.items()
        if None not in cited
    }


_SINGLE = ("experimental", "laboratory")
_WATCHED = frozenset({"cohort", "case-control", "cross-sectional"})


def _may_carry(claim: Claim, cited: Sequence[CitedSentence], evidence: Evidence) -> bool:
    """Whether a source of the paragraph, or the sentence that cites it, names what the claim is about.

    Of one study that is what was tried; a synthesis, which does not name in its abstract all that it looked
    into, may carry what is near to it, or what came of it, as well.
    """
    vocabulary, index = vocabulary_of(evidence), index_of(evidence)
    said = claim.proposition
    tried = [one for iri in (*said.exposure, *said.co_intervention) if (one := named(claim, iri))]
    came = [one for iri in said.outcome if (one := named(claim, iri))]
    subject = frozenset() if tried else _subject(claim)
    if not tried and not (subject and came):
        return True
    for place in cited:
        for work in place.works:
            told = about(vocabulary, place.text, work, index.by_work.get(work.iri, ()))
            designs = {study.design for study in studies_of(work, index, vocabulary)}
            single = bool(designs) and designs <= in_group(*_SINGLE) | _WATCHED
            asked = tried if single and tried else (*tried, *came)
            if subject & told.words or any(
                told.names(mention, vocabulary, near=not single) for mention in asked
            ):
                return True
    return False


def _subject(claim: Claim) -> frozenset[str]:
    """The words before what changes, of a claim that names nothing done of which the vocabulary knows."""
    cues = change_cues(claim.text)
    return _words(claim.text[: cues[0].start]) if cues else frozenset()


@dataclass(frozen=True, slots=True)
class About:
    """What a source and the sentence that cites it name: concepts, and beginnings of words."""

    concepts: frozenset[Iri]
    words: frozenset[str]

    def names(self, mention: Mention, vocabulary: Vocabulary, *, near: bool) -> bool:
        """Whether it names a concept, one above, below or (``near``) beside it, or a word of its name."""
        apart = {Fit.UNRELATED} if near else {Fit.UNRELATED, Fit.SIBLING}
        if any(
            fit not in apart
            for one in self.concepts
            for fit in (vocabulary.fits(mention.concept, one), vocabulary.fits(one, mention.concept))
        ):
            return True
        return bool(_words(mention.label) & self.words)


def about(vocabulary: Vocabulary, sentence: str, work: Work, findings: Sequence[Finding]) -> About:
    """What a work names, as far as its record and its findings tell, with the sentence that cites it."""
    texts = (sentence, f"{work.title or ''}. {work.abstract or ''}")  # the second is the same each time
    concepts = {mention.concept for text in texts for mention in vocabulary.find(text)}
    for one in findings:
        concepts |= {*one.exposure, *one.co_intervention, *one.comparator, *one.outcome, *one.population}
    return About(frozenset(concepts), frozenset[str]().union(*map(_words, texts)))


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    """The longer words, cut to their beginnings: "walked" meets "walking"."""
    return frozenset(fold(word)[:5] for word in re.findall(r"[^\W\d_]{4,}", text))
