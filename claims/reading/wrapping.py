"""Whether line breaks are an editor's wrapping or the ends of paragraphs, and what wrapping broke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from claims.model import Block

_LONGEST_WRAP = 100  # characters; a longer line was not broken by a wrapping editor
_ENDED = re.compile(r"[.!?:;…][)\]”\"'’]*$|[)\]\d/]$|(?:https?://|www\.|doi\.org/)\S+$")
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
        if _goes_on(line, below):
            continue
        first_word = len(below.split(None, 1)[0])
        fits += len(line) + 1 + first_word <= longest - 2
    return fits <= max(0.25 * (len(lines) - 1), 0)


def wrapped_paragraphs(lines: Sequence[str]) -> frozenset[int]:
    """Where paragraphs end in wrapped lines that no blank line parts, as a column of a page is pasted.

    The last lines of paragraphs and headings: those that the next line's first word would have fitted. None
    where the lines were not wrapped.
    """
    longest = max(map(len, lines))
    if len(lines) < 5 or not 30 <= longest <= _LONGEST_WRAP:
        return frozenset()
    ends = frozenset(
        number
        for number, (line, below) in enumerate(pairwise(lines))
        if not _goes_on(line, below) and len(line.strip()) + 1 + len(below.split(None, 1)[0]) <= longest - 2
    )
    broken = sum(number not in ends and _ENDED.search(line) is None for number, line in enumerate(lines[:-1]))
    if broken < 3 or 2 * len(ends) > len(lines):
        return frozenset()
    headings = {
        number
        for number in ends
        if number and not _ENDED.search(lines[number]) and _ENDED.search(lines[number - 1])
    }
    return ends | {number - 1 for number in headings if _BEGUN.match(lines[number])}


def _goes_on(line: str, below: str) -> bool:
    """Whether a line ends within a word or a sentence that the next one takes up."""
    line, below = line.rstrip(), below.lstrip()
    return line.endswith(("-", "‐")) or (below[:1].islower() and line[-1:] not in ".!?:;")


def one_each(lines: Sequence[str]) -> bool:
    """Whether each line is a paragraph or an entry of its own: long, finished lines that each begin anew.

    Pasted text and lists of references have no blank lines between their paragraphs; lines broken
    at clauses, or in the middle of a sentence, stay together.
    """
    lines = [line.strip() for line in lines]
    if len(lines) < 2 or not all(lines) or wrapped(lines) or max(map(len, lines)) <= _LONGEST_WRAP:
        return False
    return each_begins(lines)


def each_begins(lines: Sequence[str]) -> bool:
    """Whether each line ends as a sentence or an entry does, and the next one begins anew."""
    return all(_ENDED.search(line) and _BEGUN.match(below) for line, below in pairwise(lines))


_BROKEN = re.compile(r"(?<![^\W_])(?P<first>[^\W_]{1,40})(?P<hyphen>[-‐]) (?P<second>[^\W_]{1,40})(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_SUSPENDED = frozenset(("and", "or", "to", "und", "oder", "bis", "et", "ou"))  # "pre- and post-menopausal"


# What follows a hyphen of its own in health texts ("low-dose", "long-term", "placebo-controlled").
_SECOND_HALVES = frozenset(
    """
    dose dosage dwelling term based related like risk free fat density quality controlled blind blinded label
    intensity sectional effect world scale time day week month year hour minute old aged income care living
    line induced specific dependent wide rich containing resistant sodium calorie carb protein sugar being
    reported administered acting grade level range known established standing lasting threatening saving
    person people adjusted weighted weight reduction lowering prevention control treatment positive negative
    associated linked driven focused made borne bearing only group arm centre center phase stage type
    """.split()  # noqa: SIM905
)


def rejoined(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with the words mended that a line's end broke ("vita-", "min").

    The hyphen goes where the whole word stands elsewhere in the article, or neither half does; else
    ("community-", "dwelling") it is the word's own.
    """
    broken = {
        number: found
        for number, block in enumerate(blocks)
        if (found := [one for one in _BROKEN.finditer(block.text) if _at_line_end(one, block, text)])
    }
    if not broken:
        return blocks
    words = Counter(word.lower() for block in blocks for word in _WORD.findall(block.text))
    mended = list(blocks)
    for number, found in broken.items():
        block = blocks[number]
        left_out: set[int] = set()
        for match in found:
            left_out.add(match.end("hyphen"))
            if not _is_own(match, words):
                left_out.add(match.start("hyphen"))
        kept = [place for place in range(len(block.text)) if place not in left_out]
        mended[number] = Block(
            block.kind,
            "".join(block.text[place] for place in kept),
            (*(block.offsets[place] for place in kept), block.offsets[-1]),
            block.level,
        )
    return tuple(mended)


def _at_line_end(match: re.Match[str], block: Block, text: str) -> bool:
    space = match.end("hyphen")
    broken = any(sign in text[block.offsets[space] : block.offsets[space + 1]] for sign in "\r\n")
    return broken and match["second"] not in _SUSPENDED


def _is_own(match: re.Match[str], words: Counter[str]) -> bool:
    """Whether the hyphen belongs to the word."""
    first, second = match["first"].lower(), match["second"].lower()
    if not first.isalpha() or not match["second"].islower() or match.string[match.start() - 1] == "-":
        return True
    if words[first + second]:
        return False
    # Each half is counted once where the word is broken.
    if second in _SECOND_HALVES or words[f"{first}-{second}"]:
        return True
    return words[second] > 1 or (len(first) > 2 and words[first] > 1)
