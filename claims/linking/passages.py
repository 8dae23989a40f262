"""How well a sentence of an article tells what a sentence of an abstract says: by the words of both alone.

For what the vocabulary does not name. Words shared and nearness in meaning are added up; how much is enough,
and what has to be clearly further off, is for whoever asks.
"""

from __future__ import annotations

from claims.alignment import content_words
from claims.linking.nearness import nearness

__all__ = ["likeness"]

_A_WORD = 0.1  # what a shared word adds
_MOST = 5  # shared words that count: a long sentence has many by chance


def likeness(text: str, passage: str) -> float:
    """How alike two sentences are, 0 (nothing in common) to 1.5 (the same).

    >>> likeness("Reading eases pain.", "Reading may ease pain.") > 0.8
    True
    >>> likeness("Cats purr when stroked.", "Reading may ease pain.") < 0.3
    True
    """
    shared = len(content_words(text) & content_words(passage))
    return round(nearness(text, passage) + _A_WORD * min(shared, _MOST), 4)
