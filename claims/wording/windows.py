"""Windows of three words, weighed by what the words mean: a third look at a sentence's causal strength.

``claims.wording.signs`` and ``claims.wording.runs`` know the words that were labelled; this knows words by
their neighbours in general English and by their kind, so that one counts as its like do. It is a convolution
over word vectors (Kim, EMNLP 2014) whose products are worked out beforehand: a word's row has, for each
filter, its part as the left, middle and right word of a window; a filter answers with its best window.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    read: dict[int, tuple[list[int], list[int], list[int]]] = field(default_factory=dict)

    def row(self, word: str, kind: str) -> tuple[list[int], list[int], list[int]]:
        """A word's parts as the left, middle and right of a window; unknown, those of its kind."""
        place = self.places.get(word)
        if place is None:
            place = self.places.get(kind, self.places["_"])
        known = self.read.get(place)
        if known is None:
            size = self.filters
            all_three = self.parts[3 * size * place : 3 * size * (place + 1)].tolist()
            known = all_three[:size], all_three[size : 2 * size], all_three[2 * size :]
            self.read[place] = known
        return known


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
    rows = [table.row(word, kind) for word, kind in pieces(read)]
    nothing = [0] * table.filters
    lefts = [nothing, *(row[0] for row in rows[:-1])]
    rights = [*(row[2] for row in rows[1:]), nothing]
    each = [
        [a + b + c for a, b, c in zip(left, row[1], right, strict=True)]
        for left, row, right in zip(lefts, rows, rights, strict=True)
    ]
    best = [max(column) for column in zip(*each, strict=True)]
    scores = list(table.bias)
    for most, weights in zip(best, table.weights, strict=True):
        if most > 0:
            for level, weight in enumerate(weights):
                scores[level] += most * weight
    return scores
