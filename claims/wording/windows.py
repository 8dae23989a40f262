"""Windows of three words, weighed by what the words mean: a third look at a sentence's causal strength.

``claims.wording.signs`` and ``claims.wording.runs`` know the words that were labelled; this knows words by
their neighbours in general English and by their kind, so that one counts as its like do. It is a convolution
over word vectors (Kim, EMNLP 2014) whose products are worked out beforehand: a word's row has, for each
filter, its part as the left, middle and right word of a window; a filter answers with its best window.

The parts of all filters are the lanes of one whole number, sixteen bits each, so that one addition adds them
all and the larger of two is found lane by lane (Warren, Hacker's Delight, chapter 2): ten times as fast.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from claims.wording.signs import Token

LONGEST = 60  # words and marks read, with both ends
START, END = "^", "$"
_ENDINGS = ("ing", "ed", "ly", "tion", "ity", "s")


@dataclass(frozen=True, slots=True)
class Windows:
    """What windows weigh: each word's place in ``parts``, three signed bytes for each filter and word, and
    each filter's weight for each level."""

    filters: int
    places: Mapping[str, int]
    parts: memoryview
    weights: Sequence[Sequence[float]]
    bias: Sequence[float]
    read: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def row(self, word: str, kind: str) -> tuple[int, int, int]:
        """A word's parts as the left, middle and right of a window; unknown, those of its kind."""
        place = self.places.get(word)
        if place is None:
            place = self.places.get(kind, self.places["_"])
        known = self.read.get(place)
        if known is None:
            size = self.filters
            start = 3 * size * place
            left, middle, right = (
                _lanes(self.parts[start + size * part : start + size * (part + 1)]) for part in range(3)
            )
            known = self.read[place] = left, middle, right
        return known


_LEAST = 128  # added to a part, so that no lane is below nothing


def _lanes(parts: Iterable[int]) -> int:
    """Signed bytes as the lanes of one number, the first lowest."""
    spread = [part + _LEAST for part in parts]
    return int.from_bytes(struct.pack(f"<{len(spread)}H", *spread), "little")


@cache
def _bounds(filters: int) -> tuple[int, int]:
    """Nothing in every lane, and the highest bit of every lane."""
    return _lanes([0] * filters), int.from_bytes(b"\0\x80" * filters, "little")


def _larger(one: int, other: int, highest: int) -> int:
    """Lane by lane the larger of two; ``highest`` has the highest bit of each lane, which both leave free."""
    not_less = ((one | highest) - other) & highest
    mask = not_less - (not_less >> 15) | not_less  # all bits of the lanes in which ``one`` is not less
    return one & mask | other & ~mask


def windows_from(stored: Mapping[str, Any]) -> Windows:
    """The table as it is stored: ``filters``, ``words``, ``parts`` in base 64, ``weights``, ``bias``."""
    return Windows(
        stored["filters"],
        {word: place for place, word in enumerate(stored["words"].split(" "))},
        memoryview(base64.b64decode(stored["parts"])).cast("b"),
        stored["weights"],
        stored["bias"],
    )


def pieces(read: Sequence[Token]) -> list[tuple[str, str]]:
    """Each word or mark with its kind, between a start and an end; numbers are one word.

    >>> from claims.wording.signs import tokens
    >>> pieces(tokens("zinc shortens 12 colds"))
    [('^', '^'), ('zinc', '_'), ('shortens', 'CHANGES'), ('0', '0'), ('colds', '_s'), ('$', '$')]
    """
    inner = [("0" if one.word[0].isdigit() else one.word, _kind(one)) for one in read[: LONGEST - 2]]
    return [(START, START), *inner, (END, END)]


def _kind(one: Token) -> str:
    """A word's class; a word that has none goes by its ending."""
    if one.kind is not None and one.kind != "_":
        return one.kind
    return "_" + next((ending for ending in _ENDINGS if one.word.endswith(ending)), "")


def window_scores(read: Sequence[Token], table: Windows) -> list[float]:
    """What the windows of a sentence, given as its tokens, add to the log odds of each level."""
    lefts, middles, rights = zip(*(table.row(word, kind) for word, kind in pieces(read)), strict=True)
    nothing, highest = _bounds(table.filters)
    best = 0
    for left, middle, right in zip((nothing, *lefts[:-1]), middles, (*rights[1:], nothing), strict=True):
        best = _larger(left + middle + right, best, highest)
    most_of = struct.unpack(f"<{table.filters}H", best.to_bytes(2 * table.filters, "little"))
    scores = list(table.bias)
    for lane, weights in zip(most_of, table.weights, strict=True):
        most = lane - 3 * _LEAST
        if most > 0:
            for level, weight in enumerate(weights):
                scores[level] += most * weight
    return scores
