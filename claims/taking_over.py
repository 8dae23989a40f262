"""What a sentence of an article takes over from the text above it, and what the whole article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims import wording
from claims.model import (
    Claim,
    Mention,
)
from claims.sentence.slots import SentenceSlots
from graph.evidence import Iri

__all__ = ["Context", "concepts_of", "exposure_above", "exposure_below", "main_topic"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence may inherit: from its lead, its paragraph, the document."""

    lead: SentenceSlots | None
    exposure: tuple[Iri, ...]
    outcome: tuple[Iri, ...]
    topic: tuple[Iri, ...]
    before: Claim | None  # the claim of the same paragraph that stands just before


def concepts_of(mentions: Sequence[Mention]) -> tuple[Iri, ...]:
    """What is mentioned, each once, in order."""
    return tuple(dict.fromkeys(mention.concept for mention in mentions))


def main_topic(reads: Sequence[SentenceSlots]) -> tuple[Iri, ...]:
    """The exposure the document is about: named in a third of all exposures named, and twice at least."""
    counts: Counter[Iri] = Counter()
    for read in reads:
        for iri in concepts_of(read.exposure):
            counts[iri] += 3 if read.sentence.is_lead else 1
    if not counts:
        return ()
    (best, number), *_ = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return (best,) if number >= 2 and number * 3 >= sum(counts.values()) else ()


def exposure_below(reads: Sequence[SentenceSlots], index: int) -> tuple[Iri, ...]:
    """The exposure first named under a lead, within the next three sentences."""
    for read in reads[index + 1 : index + 4]:
        if read.sentence.is_lead:
            break
        if read.exposure:
            return concepts_of(read.exposure)
    return ()


def exposure_above(read: SentenceSlots, context: Context) -> tuple[Iri, ...]:
    """The exposure of a sentence that names none: that of its paragraph, its heading, or the article.

    Empty where its subject is something that the vocabulary does not know.
    """
    if read.sentence.is_lead:
        return context.exposure or context.topic
    if _names_its_own(read):
        return ()
    if context.exposure:  # what the paragraph spoke of last is nearer than its heading
        return context.exposure
    if context.lead is not None and context.lead.exposure:
        return concepts_of(context.lead.exposure)
    return context.topic


# "Light activity was linked to": one to three words that are its subject, no pronoun and no people
_OWN_SUBJECT = re.compile(
    r"(?!(?:it|they|this|these|those|that|such|the|an?|most|some|many|more|less|both|each|one|people|persons?|"
    r"adults|men|women|participants|patients|users|volunteers|researchers|scientists|stud(?:y|ies)|trials?|"
    r"symptoms|scores|rates|levels|results|benefits|effects|risks?|regular|daily|"
    r"(?:do|tak|hav|us|quitt|stopp|start|cutt|giv|switch|swapp|add|increas|reduc|replac|try|continu)ing|"
    r"(?:low|high)er|high|low)\b)"
    r"[^\W\d_][\w'’-]+(?:\s[\w'’-]+){0,2}?\s(?:(?:is|are|was|were|has|have|been|may|might|can|could|also)\s)*",
    re.IGNORECASE,
)


def _names_its_own(read: SentenceSlots) -> bool:
    """Whether the subject is something that the vocabulary does not know, and so not the article's topic."""
    text = read.sentence.text
    cue = wording.causal_cue(text)
    if cue is None or any(mention.span.start < cue.start for mention in read.mentions):
        return False
    return _OWN_SUBJECT.fullmatch(text, 0, cue.start) is not None
