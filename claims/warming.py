"""What is asked of every sentence, one question of all sentences before the next.

Each question has tables of its own, larger than what the processor keeps at hand: asked sentence by sentence
they push one another out, and each takes up to twice the time. The answers are kept where they are made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims import magnitude, quantities, wording
from claims.sentence.change import change_cues
from claims.sentence.comparators import comparator_regions
from claims.study.amounts import amounts
from claims.study.animals import animals_told
from claims.study.designs import designs_told
from claims.study.groups import groups_told
from claims.study.times import times

__all__ = ["answer_ahead"]

_Question = Callable[[str], object]
_OF_ALL: tuple[_Question, ...] = (comparator_regions, wording.causal_cue, quantities.find, change_cues)
_OF_CITING: tuple[_Question, ...] = (
    magnitude.words,
    wording.hedge_cues,
    animals_told,
    groups_told,
    designs_told,
    times,
    amounts,
)
_MOST = 1000  # sentences: of more the first answers would not be kept until they are needed


def answer_ahead(texts: Sequence[str], citing: Sequence[str]) -> None:
    """Ask what will be asked of all ``texts``, and of those of them that cite for themselves."""
    for questions, asked in ((_OF_ALL, texts), (_OF_CITING, citing)):
        for question in questions:
            for text in asked[:_MOST]:
                question(text)
