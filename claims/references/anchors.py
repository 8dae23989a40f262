"""Where the links of a page lead within it: a citation's own address tells its entry better than "
"its number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from claims.marks import Mark
from claims.model import Document, Reference
from claims.references.page_notes import noted, places_of

_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href=[\"']?#(?P<target>[^\"'\s<>]{1,200})[^<>]{0,300}>(?:\s|<\w[^<>]*>|\[|&#91;)*\Z",
    re.IGNORECASE,
)


class Anchors:
    """The entries that the links of a page lead to; nothing in a document that is no page."""

    def __init__(self, document: Document, references: Sequence[Reference]) -> None:
        """The anchors of a document with the entries of its list."""
        self._document = document
        self._blocks = [block.offsets[0] for block in document.blocks]
        self._entries = {bisect_left(self._blocks, one.span.start + 1) - 1: one.index for one in references}
        self._places: dict[str, int] | None = None
        self._notes: frozenset[int] | None = None

    def entry_of(self, mark: Mark) -> int | None:
        """The index of the entry that a mark links to, 0 where that is none; None where it links nowhere."""
        block = self._block_of(mark)
        return None if block is None else self._entries.get(block, 0)

    def note_of(self, mark: Mark) -> int | None:
        """The number of the block of a note that a mark links to and that is no entry, or None."""
        block = self._block_of(mark)
        if block is None or self._entries.get(block) or block >= len(self._document.blocks):
            return None
        if mark.style == "superscript":
            return block
        said = self._document.blocks[block].text
        number = re.match(r"\[?(\d{1,3})", said)
        own = (number and int(number[1]) in mark.numbers) or said.startswith("^")  # which leads back
        return block if own else None

    def above(self, note: int) -> list[int]:
        """The entry that is the block above a note, as "Ibid." means; none where it is no entry."""
        return [self._entries[note - 1]] if note - 1 in self._entries else []

    def heads_note(self, mark: Mark) -> bool:
        """Whether a mark is the number of a note, which leads back to the text."""
        if mark.span.start != self._blocks[mark.block] or self._document.media_type != "text/html":
            return False
        if self._notes is None:
            self._notes = noted(self._document.blocks, self._document.text)
        return mark.block in self._notes

    def _block_of(self, mark: Mark) -> int | None:
        """The number of the block that a mark links to, or None."""
        text = self._document.text
        if self._document.media_type != "text/html":
            return None
        link = _LINK.search(text, max(0, mark.span.start - 700), mark.span.start)
        if link is None:
            return None
        if self._places is None:
            self._places = places_of(text)
        place = self._places.get(link["target"])
        return None if place is None else bisect_left(self._blocks, place)
