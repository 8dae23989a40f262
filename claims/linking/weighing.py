"""How much of what a sentence is about a part of an abstract has, by words alone, the rarer the heavier."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.concepts import fold
from claims.findings.outcome_sentences import stem
from claims.linking.nearness import nearness
from claims.linking.results import results_of, telling_words

__all__ = ["Weighed", "met", "of_another", "rarity", "same", "weighed"]

_ALIKE = 0.5  # nearness of two words that may name the same
_SURELY = 0.75
_UNNAMED = 0.3  # of a word's weight where no result has it: people use words of their own
_TITLED = 0.6  # of a word's weight where the title has it: all results are about it
_FEWEST, _LETTERS = 5, 6  # letters in which two words of one root agree


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a sentence, each with its share of the whole weight; ``titled`` are those of the title."""

    words: Mapping[str, str]
    shares: Mapping[str, float]
    titled: frozenset[str]

    def share_in(self, words: Mapping[str, str]) -> float:
        """How much of the sentence other words have, 0 to 1."""
        return sum(self.shares[one] * met(one, word, words) for one, word in self.words.items())

    def met_in(self, words: Mapping[str, str]) -> int:
        """How many of its words others name."""
        return sum(met(one, word, words) > 0 for one, word in self.words.items())

    def lacking(self, words: Mapping[str, str], other: Mapping[str, str]) -> float:
        """How much of the sentence the first words have to the letter and the others lack; nothing titled."""
        return sum(
            share
            for one, share in self.shares.items()
            if one not in self.titled and same(one, words) and not met(one, self.words[one], other)
        )


@lru_cache(maxsize=256)
def weighed(text: str, title: str, abstract: str) -> Weighed | None:
    """The words of a sentence, weighed by how few results of the abstract have them; None without any."""
    words = telling_words(text)
    results = results_of(abstract)
    if not words or not results:
        return None
    named = telling_words(title)
    titled = frozenset(one for one, word in words.items() if met(one, word, named) >= _SURELY)
    weights: dict[str, float] = {}
    for one, word in words.items():
        having_it = [met(one, word, result.words) for result in results]
        having = sum(value >= _SURELY for value in having_it)
        weights[one] = rarity(having if any(having_it) else None, len(results)) * (
            _TITLED if one in titled else 1
        )
    total = sum(weights.values()) or 1.0
    return Weighed(words, {one: weight / total for one, weight in weights.items()}, titled)


def rarity(having: int | None, of: int) -> float:
    """What a word weighs that ``having`` of so many parts have; None: none has it, nor one near to it."""
    return _UNNAMED * math.log(of + 1) if having is None else math.log((of + 1) / (having + 0.5))


def same(one: str, words: Mapping[str, str]) -> bool:
    """Whether a word, given by its stem, or one of its root is among others.

    >>> same("vaccinat", {"vaccine": "vaccine"}), same("vaccinat", {"varnish": "varnish"})
    (True, False)
    """
    return one in words or any(_one_root(one, other) for other in words)


def _one_root(one: str, other: str) -> bool:
    """Whether one stem begins the other, or both begin with the same six letters."""
    shorter = min(len(one), len(other), _LETTERS)
    return shorter >= _FEWEST and one[:shorter] == other[:shorter]


def met(one: str, word: str, words: Mapping[str, str]) -> float:
    """How surely a word is among others: 1 the same, less where it is only near in meaning."""
    return 1.0 if same(one, words) else max((_near(word, other) for other in words.values()), default=0.0)


@lru_cache(maxsize=65536)
def _near(word: str, other: str) -> float:
    value = nearness(word, other)
    return value if value >= _ALIKE else 0.0


_PAIR = re.compile(r"\b([^\W\d_]{3,})[\s-](?=([^\W\d_]{3,}))")


def of_another(text: str, other: str) -> bool:
    """Whether a word of both is told apart by the word before it.

    >>> of_another("Tea cut breast cancer.", "Endometrial cancer rose.")
    True
    >>> of_another("Tea cut breast cancer.", "Cancer of the breast rose.")
    False
    """
    if _numbered(text, other):
        return True
    mine, theirs = _pairs(text), _pairs(other)
    whole = telling_words(other)
    return any(
        not any(met(stem(one), one, {stem(two): two}) for one in mine[noun] for two in theirs[noun])
        and not any(same(stem(one), whole) for one in mine[noun])
        for noun in mine.keys() & theirs.keys()
    )


_NUMBERED = re.compile(r"\b([^\W\d_]{2,})-(\d{1,3})\b(?![-.]\d|\s?%|-)")


def _numbered(text: str, other: str) -> bool:
    """Whether both name one thing by its number, and not the same: interleukin-2, interleukin-6."""
    mine, theirs = (
        {(match[1].lower(), match[2]) for match in _NUMBERED.finditer(one)} for one in (text, other)
    )
    if mine & theirs:
        return False
    return bool({name for name, _ in mine} & {name for name, _ in theirs})


def _pairs(text: str) -> Mapping[str, frozenset[str]]:
    """The telling words that stand before each telling word, by its stem."""
    words = telling_words(text)
    found: dict[str, set[str]] = {}
    for match in _PAIR.finditer(text):
        one, two = fold(match[1].lower()), fold(match[2].lower())
        if stem(one) in words and stem(two) in words:
            found.setdefault(stem(two), set()).add(one)
    return {noun: frozenset(before) for noun, before in found.items()}
