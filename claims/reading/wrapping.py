"""Whether line breaks are an editor's wrapping or the ends of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_LONGEST_WRAP = 100  # characters; a longer line was not broken by a wrapping editor
_ENDED = re.compile(r"[.!?:;…][)\]”\"'’]*$|[)\]\d/]$")
_BEGUN = re.compile(r"[\W_]*[A-ZÀ-ÞΑ-ΩА-Я0-9]")


def wrapped(lines: Sequence[str]) -> bool:
    """Whether the line breaks are an editor's wrapping and not the ends of paragraphs."""
    lengths = [len(line) for line in lines]
    longest = max(lengths)
    if longest > _LONGEST_WRAP or longest < 40:
        return False
    # Most lines are so full that the next line's first word would not have fitted.
    fits = 0
    for line, below in pairwise(lines):
        first_word = len(below.split(None, 1)[0])
        fits += len(line) + 1 + first_word <= longest - 2
    return fits <= max(0.25 * (len(lines) - 1), 0)


def one_each(lines: Sequence[str]) -> bool:
    """Whether each line is a paragraph or an entry of its own: long, finished lines that each begin anew.

    Pasted text and lists of references have no blank lines between their paragraphs; lines broken
    at clauses, or in the middle of a sentence, stay together.
    """
    lines = [line.strip() for line in lines]
    if len(lines) < 2 or not all(lines) or wrapped(lines) or max(map(len, lines)) <= _LONGEST_WRAP:
        return False
    return all(_ENDED.search(line) and _BEGUN.match(below) for line, below in pairwise(lines))
