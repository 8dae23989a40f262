"""How near two phrases are in meaning: "belly fat" and "visceral adipose tissue".

A table of word vectors (``claims/data/nearness.json`` and ``.bin``, made by ``bench/train_nearness.py`` from
an openly licensed sentence encoder) adds up to a vector for a phrase. Near is not the same: what goes up and
what goes down, or two things measured side by side, are near as well. Whoever asks has to see to it that what
the vocabulary tells apart (``Vocabulary.fits``) is not bridged. The table is read when first asked for.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from operator import add, mul

from claims.concepts import fold

__all__ = ["SILENT", "nearness", "table", "words_of"]

_WORD = re.compile(r"[^\W\d_]{2,}")
SILENT = frozenset(
    """
    the of and or in to for with an by on at from per than as is are was were be been it its not no this that
    these those we our their between among after before during who which had has have but your you
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Table:
    """``rows``: the number of each word's row; half a byte holds a number of a row, 1 to 15 for -7 to 7, to
    be multiplied by the row's scale."""

    size: int
    rows: dict[str, int]
    scales: list[int]
    halves: bytes

    def vector(self, row: int) -> list[float]:
        """The numbers of a row, their length saying how much the word tells."""
        half = self.size // 2
        scale = self.scales[row]
        own = self.halves[row * half : (row + 1) * half]
        return [scale * ((byte >> shift & 15) - 8) for shift in (4, 0) for byte in own]


@cache
def table() -> Table:
    """The shipped table; read once."""
    data = resources.files("claims.data")
    head = json.loads(data.joinpath("nearness.json").read_text(encoding="utf-8"))
    words = head["words"].split(" ")
    halves = data.joinpath("nearness.bin").read_bytes()
    return Table(head["dimensions"], {word: row for row, word in enumerate(words)}, head["scales"], halves)


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase that say something, folded, each once.

    >>> words_of("the days that they were off sick")
    ('day', 'they', 'off', 'sick')
    """
    words = (fold(word) for word in _WORD.findall(phrase.lower()) if word not in SILENT)
    return tuple(dict.fromkeys(words))


@lru_cache(maxsize=8192)
def _row(row: int) -> list[float]:
    return table().vector(row)


@lru_cache(maxsize=8192)
def _vector(phrase: str) -> tuple[float, ...] | None:
    """A phrase's vector of length one: the sum of its words'; None where no word is known."""
    stored = table()
    total: list[float] | None = None
    for word in words_of(phrase):
        row = stored.rows.get(word)
        if row is None:
            continue
        own = _row(row)
        total = own if total is None else list(map(add, total, own))
    length = math.sqrt(sum(map(mul, total, total))) if total else 0.0
    return tuple(number / length for number in total) if total and length else None


def nearness(phrase: str, other: str) -> float:
    """How near two phrases are, 0 (nothing in common, or no word known) to 1 (the same).

    Of labels of two concepts that have nothing to do with one another one pair in 100 is at 0.42, one in 500
    at 0.54; of synonyms without a word in common 65 % and 50 % are (``bench/train_nearness.py --check``).

    >>> nearness("belly fat", "visceral adipose tissue") > 0.5 > nearness("belly fat", "bone density")
    True
    """
    one, two = _vector(phrase), _vector(other)
    if one is None or two is None:
        return 0.0
    value: float = sum(map(mul, one, two))
    return round(min(1.0, max(0.0, value)), 4)
