"""Lines that hold nothing but sources, and the sentences above them that they are the sources of.

Less salt lowers blood pressure. The gain is small.

Source: He et al., BMJ 2013
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claims.marks.source_lines import SOURCE_WORD
from claims.model import InTextCitation, Sentence

_WORD = re.compile(r"[^\W\d_]{2,}")
# What may stand between works and behind them.
_BESIDE = frozenset(
    "and see also und et y e pp doi pmid accessed with supplement al in the from".split()  # noqa: SIM905
)
_MOST_WORDS = 3  # beside the citations


def carried_up(
    sentences: Sequence[Sentence],
    own: Sequence[Sequence[InTextCitation]],
    blocks: Mapping[int, Sequence[int]],
) -> dict[int, list[InTextCitation]]:
    """The citations of lines of sources, for each sentence above that is without: up to a heading, a line
    of sources or a paragraph that cites for itself.

    ``own``: the citations of each sentence; ``blocks``: the sentences of each block.
    """
    found: dict[int, list[InTextCitation]] = {}
    open_: list[int] = []  # the sentences above that a line of sources would be for
    for mates in blocks.values():
        cited = [citation for mate in mates for citation in own[mate]]
        if not cited:
            open_ = [] if _heads(sentences, mates) else [*open_, *mates]
        elif _only_cites(sentences, mates, cited):
            found.update(dict.fromkeys(open_, cited))
            open_ = []
        else:
            open_ = []
    return found


def _heads(sentences: Sequence[Sentence], mates: Sequence[int]) -> bool:
    return len(mates) == 1 and sentences[mates[0]].is_lead


def _only_cites(sentences: Sequence[Sentence], mates: Sequence[int], cited: Sequence[InTextCitation]) -> bool:
    """Whether a block is nothing but citations, but for what announces and parts them."""
    words: list[str] = []
    for mate in mates:
        sentence = sentences[mate]
        if len(sentence.text) > 600:
            return False
        text = sentence.text
        for citation in cited:
            low, high = sentence.place(citation.span)
            text = text[:low] + " " * (min(high, len(text)) - low) + text[high:]
        announced = SOURCE_WORD.match(text + (":" if sentence.is_lead else ""))
        words += _WORD.findall(text[announced.end() :] if announced else text)
    return sum(word.lower() not in _BESIDE for word in words) <= _MOST_WORDS and not any(
        word[0].islower() and word not in _BESIDE for word in words
    )
