"""Concepts in running text: which exposures, outcomes, populations a sentence names.

A :class:`Vocabulary` is built once from ``Evidence.concepts`` and then reads text in one pass: words are
folded (case, number, British and American spelling) and the longest label that starts at a word wins.
Conventions of the labels are those written at the head of ``ontology/concepts.ttl``.
"""

from __future__ import annotations

from claims.concepts.abbreviating import abbreviations
from claims.concepts.building import build, vocabulary_of
from claims.concepts.fit import CLOSE, FIT_SCORE, Fit
from claims.concepts.folding import fold
from claims.concepts.vocabulary import Vocabulary

__all__ = ["CLOSE", "FIT_SCORE", "Fit", "Vocabulary", "abbreviations", "build", "fold", "vocabulary_of"]
