# ruff: noqa: E501 - tables of patterns read better unwrapped
"""What a sentence sets its result against ("than with surgery", "than doing nothing") and its abstract does not know."""

from __future__ import annotations

import re

from claims.abstracts.comparisons import kinds_named
from claims.abstracts.given import LONGEST
from claims.alignment import content_words
from claims.concepts import CLOSE, Vocabulary
from claims.expressions import expression
from claims.linking.instead import FAR, named_alike
from claims.sentence.comparators import comparator_regions

__all__ = ["set_against_unknown"]

_TRIAL = expression(r"\brandom\w*|\btrial\b", re.IGNORECASE)
_NOTHING = expression(
    r"\b(?:no (?:[\w-]+\s){0,3}?(?:treatment|therapy|drugs?|medicines?|medication|pills?|training|exercise|intervention|supplements?)\b"
    r"|nothing\b|untreated\b|doing nothing|taking nothing|who (?:simply |just |only )?(?:rested|did nothing|took nothing|sat still|were left alone|went without)\b)",
    re.IGNORECASE,
)
# an abstract in which somebody may have had nothing
_MAYBE_NOTHING = expression(
    r"\b(?:no|non|not|nothing|without|un(?:treated|supplemented)|controls?|wait\w*|delay\w*|usual|placebo|sham|standard care|routine|observation|alone|sedentary|inactive|rest(?:ed|ing)?|bed|neither|only|minimal|baseline)\b",
    re.IGNORECASE,
)
# what was done of old, or is done elsewhere, is no comparison group; nor is what the same people had
_NOT_A_GROUP = expression(
    r"\b(?:before|earlier|previous\w*|baseline|start|expected|thought|usual|ordinary|average|any other|other|others|rest|alone|never|either)\b",
    re.IGNORECASE,
)


def set_against_unknown(
    text: str, title: str, abstract: str, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """Where a sentence names what its trial is said to have compared with, which its abstract does not know.

    A treatment that it names neither by concept nor in words, near ones either; or nothing at all, where all
    its groups had something.
    """
    source = f"{title}. {abstract[:LONGEST]}"
    if not _TRIAL.search(source):
        return None
    for start, end in comparator_regions(text):
        part = text[start:end]
        nothing = _NOTHING.search(part)
        if nothing is not None:
            if not _MAYBE_NOTHING.search(source):
                return start + nothing.start(), start + nothing.end()
            continue
        if kinds_named(part) or _NOT_A_GROUP.search(part):
            continue
        named = _unknown(part, source, vocabulary)
        if named is not None:
            return start + named[0], start + named[1]
    return None


def _unknown(part: str, source: str, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Where the only treatment that a part of a sentence names stands, if the source does not know it."""
    found = [one for one in vocabulary.find(part) if "exposure" in one.roles]
    if not found or len({one.span for one in found}) != 1:
        return None
    known = {one.concept for one in vocabulary.find(source)}
    if any(
        vocabulary.fits(one.concept, other) in CLOSE or vocabulary.fits(other, one.concept) in CLOSE
        for one in found
        for other in known
    ):
        return None
    label = found[0].label
    if content_words(label) & content_words(source) or named_alike(label.lower(), source, vocabulary, FAR):
        return None
    return found[0].span.start, found[0].span.end
