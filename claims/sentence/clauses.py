"""A sentence that makes several cited claims is several claims.

"Magnesium improves sleep [3], and melatonin shortens the time to fall asleep [4]" is cut behind the
first citation: each half cites what carries it. A half that could not stand alone is not cut off.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from claims.model import InTextCitation, Sentence, Span

__all__ = ["split"]

MOST, LONGEST = 20, 4000  # citations and characters: a "sentence" with more is a list, or an attack

_JOINT = re.compile(
    r"[)\]]?\s*(?:[,;]\s*(?:(?:and|but|while|whereas|yet|although|though)\s+)?|\s(?:and|but|while|whereas)\s+)",
    re.IGNORECASE,
)


def split(
    sentence: Sentence, citations: Sequence[InTextCitation], stands: Callable[[str], bool]
) -> tuple[Sentence, ...]:
    """The sentence, or its clauses where it has several with citations of their own.

    ``citations`` are the sentence's own, in order. ``stands`` says whether a clause asserts something
    by itself. The clauses' texts and offsets are runs of the sentence's.
    """
    if sentence.is_lead or not 2 <= len(citations) <= MOST or len(sentence.text) > LONGEST:
        return (sentence,)
    cuts: list[tuple[int, int]] = []  # where a clause ends, and where the next one starts
    start = 0
    for citation, later in pairwise(citations):
        end = _local(sentence, citation.span.end)
        joint = _JOINT.match(sentence.text, end)
        if joint is None:
            continue
        until = _local(sentence, later.span.start)
        if stands(sentence.text[start:end]) and stands(sentence.text[joint.end() : until]):
            closed = end + (sentence.text[end : end + 1] in (")", "]"))
            cuts.append((closed, joint.end()))
            start = joint.end()
    if not cuts:
        return (sentence,)
    starts = [0, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), len(sentence.text)]
    return tuple(_part(sentence, low, high) for low, high in zip(starts, ends, strict=True))


def _local(sentence: Sentence, offset: int) -> int:
    """The place in the sentence's text of a place in the article."""
    return bisect_left(sentence.offsets, offset, 0, len(sentence.text))


def _part(sentence: Sentence, start: int, end: int) -> Sentence:
    offsets = sentence.offsets[start : end + 1]
    return Sentence(
        text=sentence.text[start:end],
        span=Span(offsets[0], sentence.offsets[end - 1] + 1),
        offsets=offsets,
        block=sentence.block,
        lead=sentence.lead,
        lead_span=sentence.lead_span,
    )
