"""Entries of a reference list that hard line ends have broken into several blocks, made whole again."""

from __future__ import annotations

import re

from claims.model import Block
from claims.references.headings import is_reference_heading
from claims.references.labels import printed_number
from claims.references.likeness import begins_entry, complete

_GAP = re.compile(r"[ \t\r*_>“\"]*\n[ \t*_>“\"]*")
_FINISHED = re.compile(r"(?:[.!?)\]/”\"*_\d]|https?://\S+)$")
_LONGEST = 1200  # characters; no entry is longer


def rejoined_entries(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with the lines of one entry in one block, below a heading that announces a list.

    Lines with nothing between them but a line end are one entry where the list is numbered and the second
    line is not, or where the first is not complete (no year, no link) or the second does not look as if it
    begins an entry.
    """
    found: list[Block] = []
    listed = False
    for block in blocks:
        if is_reference_heading(block.text):
            listed = True
        elif listed and _adjoin(found[-1], block, text):
            before = found[-1]
            if _numbered(before, text):
                goes_on = not _numbered(block, text)
            else:
                goes_on = not complete(before.text) or (
                    not begins_entry(block.text)
                    and (not block.text[0].isupper() or not _FINISHED.search(before.text))
                )
            if goes_on:
                found[-1] = Block(
                    before.kind, f"{before.text} {block.text}", before.offsets + block.offsets, before.level
                )
                continue
        if block.kind in ("heading", "title"):
            listed = is_reference_heading(block.text)
        found.append(block)
    return tuple(found)


def _numbered(block: Block, text: str) -> bool:
    return printed_number(block, text)[0] is not None


def _adjoin(before: Block, block: Block, text: str) -> bool:
    # A short line of plain text may have been taken for a heading.
    if (
        block.kind not in ("paragraph", "heading")
        or before.kind not in ("paragraph", "list-item")
        or not block.text
    ):
        return False
    gap = text[before.offsets[-1] : block.offsets[0]]
    return len(before.text) < _LONGEST and _GAP.fullmatch(gap) is not None
