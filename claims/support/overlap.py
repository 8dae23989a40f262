"""Which words of a citing sentence its source has, and how they lie there, for ``citation_accuracy``.

A citation is judged by more than how many words are met: whether they stand together, whether each of
the things said is met or some only, whether what the source is about is what is spoken of.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from claims.support.features import (
    MAXIMUM_LENGTH,
    heaviest,
    read,
    sentences_of,
    share,
)

_STATEMENTS = re.compile(r"[,;:()]|\b(?:and|or|that|which|while|by)\b")
_MOST_STATEMENTS = 40
_PAIRED = 28  # of the heaviest words, which are asked for in pairs
_TOPICS = 8  # heaviest words of a text, by how often they occur
_BEGINNING = 5  # letters in which two words are nearly the same
_UNMET = 0.2  # a statement is unmet below this share of its weight
_MOST_MET, _MOST_MISSED, _MOST_PAIRS = 12, 20, 8


def overlap_features(said: str, text: str, weights: Mapping[str, float]) -> dict[str, float]:
    """The named features of what is said beside a text; ``weights`` are those of words, rarer is heavier."""
    default = heaviest(weights)

    def weight(word: str) -> float:
        return weights.get(word, default)

    said = said[:MAXIMUM_LENGTH]
    claim = read(said)
    parts = [read(part) for part in sentences_of(text)]
    there = frozenset().union(*(part.content for part in parts))
    # heaviest first, and in one order, so that sums are the same in every run
    words = sorted(claim.content, key=lambda word: (-weight(word), word))
    met = [word for word in words if word in there]
    missed = [word for word in words if word not in there]
    count = max(1, len(words))
    shares = sorted((share(claim.content, part.content, weights, default) for part in parts), reverse=True)
    occurring = Counter(word for part in parts for word in sorted(part.content))
    square = sum(weight(word) ** 2 for word in words) or 1.0
    topics = sorted(occurring, key=lambda word: (-occurring[word] * weight(word), word))[:_TOPICS]
    beginnings = {word[:_BEGINNING] for word in there if len(word) >= _BEGINNING}
    paired = list(combinations(words[:_PAIRED], 2))
    statements = [
        share(one.content, there, weights, default)
        for one in map(read, _STATEMENTS.split(said)[:_MOST_STATEMENTS])
        if one.content
    ]
    numbers = frozenset().union(*(part.numbers for part in parts))
    names = frozenset().union(*(part.names for part in parts))
    return {
        "words_met": len(met) / count,
        "weight_met": sum(weight(word) ** 2 for word in met) / square,
        "met_best": shares[0],
        "met_second": shares[1] if len(shares) > 1 else 0.0,
        "met_count": float(min(_MOST_MET, len(met))),
        "missed_count": float(min(_MOST_MISSED, len(missed))),
        "heaviest_met": sum(word in there for word in words[:2]) / max(1, min(2, len(words))),
        "rarest_met": max(map(weight, met), default=0.0),
        "nearly_met": sum(len(w) >= _BEGINNING and w[:_BEGINNING] in beginnings for w in missed) / count,
        "never_seen": sum(word not in weights for word in words) / count,
        "likeness": _likeness(words, occurring, weight, square),
        "repeated": sum(occurring[word] for word in words) / count,
        "topics_met": sum(word in claim.content for word in topics) / _TOPICS,
        "two_in_row": _in_row(claim.stems, (part.stems for part in parts), 2),
        "three_in_row": _in_row(claim.stems, (part.stems for part in parts), 3),
        "content_in_row": float(
            min(_MOST_PAIRS, len(claim.pairs & frozenset().union(*(part.pairs for part in parts))))
        ),
        "together": sum(any(a in p.content and b in p.content for p in parts) for a, b in paired)
        / max(1, len(paired)),
        "statements": float(len(statements)),
        "statement_least_met": min(statements, default=0.0),
        "statements_unmet": float(sum(one < _UNMET for one in statements)),
        "names_missed": float(len(claim.names - names)),
        "rising": float(claim.rising),
        "falling": float(claim.falling),
        "numbers": float(len(claim.numbers)),
        "numbers_missed": float(len(claim.numbers - numbers)),
        "rarity": sum(map(weight, words)) / count,
        "rarest": max(map(weight, words), default=0.0),
    }


def _rows(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    """The runs of so many words."""
    return set(zip(*(words[i:] for i in range(length)), strict=False))


def _in_row(claim: Sequence[str], parts: Iterable[Sequence[str]], length: int) -> float:
    """The share of the claim's runs of so many words that the text has."""
    runs = _rows(claim, length)
    return len(runs & set().union(*(_rows(part, length) for part in parts))) / max(1, len(runs))


def _likeness(
    words: Sequence[str], occurring: Counter[str], weight: Callable[[str], float], square: float
) -> float:
    """The cosine of what is said and the text, words weighed by rarity and how often they occur."""
    of_text = {word: weight(word) * (1 + math.log(n)) for word, n in occurring.items()}
    length = sum(one**2 for one in of_text.values()) or 1.0
    return sum(weight(word) * of_text.get(word, 0.0) for word in words) / math.sqrt(square * length)
