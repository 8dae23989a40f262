"""From which side of a comparison a claim tells it: of those who were treated, or of the others.

"The controls got neck pain more often", "less walking meant more pain", "healthy people turned further than
those in pain": each says the reverse of what the study says of its own group.
"""

from __future__ import annotations

import re

from claims.concepts import CLOSE, Vocabulary
from claims.model import Claim
from claims.sentence.change import change_cues
from claims.sentence.comparators import comparator_regions
from claims.sentence.other_group import speaks_of_the_others
from graph.evidence import Finding, Iri

__all__ = ["named_second", "told_from_the_other_side"]


def told_from_the_other_side(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether what a claim says happened is said of those that the finding compared with."""
    return bool(finding.comparator) and (
        speaks_of_the_others(claim)
        or _less_of_it(claim, finding, vocabulary)
        or _of_the_well(claim, finding, vocabulary)
    )


def named_second(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the people a study is about are those that the claim sets its own against: "healthy people
    turned further than people in pain", of a study of people in pain."""
    own = {mention.concept for mention in claim.mentions}
    if not finding.comparator or any(iri in own for iri in claim.proposition.exposure):
        return False
    if _WELL.search(claim.text) is not None:
        return False
    whom = (*finding.exposure, *finding.population)
    regions = comparator_regions(claim.text)
    first: list[Iri] = []
    second: list[Iri] = []
    for mention in claim.mentions:
        at, _ = claim.sentence.place(mention.span)
        (second if any(low <= at < high for low, high in regions) else first).append(mention.concept)
    return (
        vocabulary.best_fit(second, whom) in CLOSE
        and vocabulary.best_fit(first, whom) not in CLOSE
        and bool(set(claim.proposition.population) & set(first))
    )


_LESS = re.compile(r"(?:less|fewer|slow(?:er)?|short(?:er)?|little|no)\b", re.IGNORECASE)


def _less_of_it(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether it tells of the lack of what was studied: "less walking meant more pain"."""
    named = (*claim.proposition.exposure, *claim.proposition.co_intervention)
    own = {mention.concept for mention in claim.mentions}
    cues = change_cues(claim.text)
    if any(iri in own for iri in named) or not cues:
        return False
    return any(
        mention.concept in claim.proposition.comparator
        and claim.sentence.place(mention.span)[1] <= cues[-1].start
        and _LESS.match(mention.label) is not None
        and any(above in finding.exposure for above in vocabulary.ancestors.get(mention.concept, ()))
        for mention in claim.mentions
    )


_WELL = re.compile(r"(?:in|among|for) (?:the )?healthy\b|^(?:the )?healthy\b", re.IGNORECASE)


def _of_the_well(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells of the healthy people that those of a study were compared with."""
    if "healthy" not in vocabulary.labels(finding.comparator):
        return False
    at = _WELL.search(claim.text)
    regions = comparator_regions(claim.text)
    return at is not None and not any(low <= at.start() < high for low, high in regions)
