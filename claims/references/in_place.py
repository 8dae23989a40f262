"""References printed where they are cited, behind "Source:" in the line below what they carry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.model import Block, Document, Reference
from claims.references.headings import is_reference_heading

_NEW_LINE = re.compile(r"\n|<(?:br|p|li|div|h\d|t[dr]|[uod]l|dd)\b", re.IGNORECASE)


def in_line(gap: str) -> bool:
    """Whether two texts with ``gap`` between them in the original stand in one line of it."""
    return _NEW_LINE.search(gap) is None


def sources_in_line(blocks: Sequence[Block], position: int, text: str) -> bool:
    """Whether a block is a word for sources that the next one stands behind: "Source: Lee A. Tea ..."."""
    if position + 1 >= len(blocks):
        return False
    block, below = blocks[position], blocks[position + 1]
    return (
        block.kind == "heading"
        and block.text.endswith(":")
        and is_reference_heading(block.text)
        and in_line(text[block.offsets[-1] : below.offsets[0]])
    )


def printed_in_place(document: Document, references: Sequence[Reference]) -> list[Reference]:
    """The references of the lines of an article that begin "Source:"."""
    blocks = document.blocks
    starts = {block.offsets[0] for block in blocks if block.kind == "reference"}
    found: set[int] = set()
    behind = False
    for position, block in enumerate(blocks):
        if block.kind != "reference":
            behind = sources_in_line(blocks, position, document.text)
        elif behind:
            found.add(block.offsets[0])
    if not found:
        return []
    return [one for one in references if not one.implied and _block_of(one, starts) in found]


def _block_of(reference: Reference, starts: set[int]) -> int:
    return max((start for start in starts if start <= reference.span.start), default=-1)
