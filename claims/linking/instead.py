"""An outcome that a sentence names and its source nowhere does, and what the source tells of in its place.

An abstract need not list all that was measured, and names things by words of its own. But where it tells just
what the sentence tells, in the sentence's own words, and tells it of another outcome, the two were changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from claims.alignment import content_words
from claims.concepts import Fit, Vocabulary
from claims.findings.sections import sentences
from claims.linking.nearness import SILENT, nearness
from claims.model import Mention

__all__ = ["FAR", "Instead", "named_alike", "told_instead"]

FAR = 0.45  # of names of one thing nine in ten are nearer
_SHARED = 2  # words or numbers that a sentence has of a passage, beside the outcome
_NEARLY = 0.6  # of what the nearest passage has of them
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_APART = frozenset({Fit.UNRELATED, Fit.SIBLING, None})


@dataclass(frozen=True, slots=True)
class Instead:
    """``mention``: the outcome that the sentence names; ``other``: the one that ``passage`` tells of."""

    mention: Mention
    other: str
    passage: str


def told_instead(text: str, title: str, abstract: str, vocabulary: Vocabulary) -> Instead | None:
    """The first outcome of ``text`` that a source does not know, where it tells the rest of another."""
    source = f"{title}. {abstract}"
    for mention in _unknown(text, source, vocabulary):
        found = _in_its_place(mention, text, (title, abstract), vocabulary)
        if found is not None:
            return Instead(mention, *found)
    return None


def named_alike(label: str, source: str, vocabulary: Vocabulary, least: float) -> bool:
    """Whether a source has a word, or two in a row, as near in meaning to a name as ``least``.

    None that is an outcome of the vocabulary: what it tells apart, lung and breast cancer, is near as well.
    """
    outcomes = [mention for mention in vocabulary.find(source) if "outcome" in mention.roles]
    for mention in reversed(outcomes):
        source = f"{source[: mention.span.start]}; {source[mention.span.end :]}"
    for part in source.lower().split(";"):
        words = [word for word in _WORD.findall(part) if word not in SILENT]
        if any(nearness(label, phrase) >= least for phrase in (*words, *map(" ".join, pairwise(words)))):
            return True
    return False


def _unknown(text: str, source: str, vocabulary: Vocabulary) -> Iterator[Mention]:
    """The outcomes of a sentence that its source names neither by concept nor in words, near ones either."""
    found = vocabulary.find(text)
    asked = [mention for mention in found if "outcome" in mention.roles]
    known = frozenset(mention.concept for mention in vocabulary.find(source)) if asked else frozenset()
    asked = [mention for mention in asked if mention.concept not in known]
    words = content_words(source) if asked else frozenset[str]()
    for mention in asked:
        mine = content_words(mention.label)
        if mine <= words:
            continue
        fits = {
            fit
            for one in found
            if one.span == mention.span
            for other in known
            for fit in (vocabulary.fits(one.concept, other), vocabulary.fits(other, one.concept))
        }
        if fits & {Fit.SAME, Fit.SURROGATE}:
            continue
        if Fit.SIBLING in fits:  # of "lung cancer", where breast cancer was studied, "lung" is left
            own = " ".join(word for word in _WORD.findall(mention.label) if not content_words(word) & words)
        elif fits - {Fit.UNRELATED} or mine & words:
            continue
        else:
            own = mention.label
        if not named_alike(own.lower(), source, vocabulary, FAR):
            yield mention


def _in_its_place(
    mention: Mention, text: str, source: tuple[str, str], vocabulary: Vocabulary
) -> tuple[str, str] | None:
    """The outcome that the passages nearest to the rest of a sentence tell of and it does not name."""
    rest = _told(f"{text[: mention.span.start]} {text[mention.span.end :]}")
    passages = _passages(*source)
    shared = [len(rest & told) for _, told in passages]
    least = max(_SHARED, max(shared) * _NEARLY)
    said = [one.concept for one in vocabulary.find(text)]
    for (passage, _), count in zip(passages, shared, strict=True):
        if count < least:
            continue
        for other in vocabulary.find(passage):
            if "outcome" in other.roles and vocabulary.best_fit((other.concept,), said) in _APART:
                return other.label, passage
    return None


@lru_cache(maxsize=256)
def _passages(title: str, abstract: str) -> tuple[tuple[str, frozenset[str]], ...]:
    parts = (title, *(abstract[one.start : one.end] for one in sentences(abstract)))
    return tuple((part, _told(part)) for part in parts)


def _told(text: str) -> frozenset[str]:
    return content_words(text) | frozenset(_NUMBER.findall(text))
