"""Where the links of a page lead within it: a citation's own address tells its entry better than "
"its number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from claims.marks import Mark
from claims.model import Document, Reference

_LINK = re.compile(
    r"<a\s[^<>]{0,300}?href=[\"']?#(?P<target>[^\"'\s<>]{1,200})[^<>]{0,300}>(?:\s|<\w[^<>]*>|\[|&#91;)*\Z",
    re.IGNORECASE,
)
_PLACE = re.compile(r"<\w[^<>]{0,400}?\s(?:id|name)=[\"']?(?P<name>[^\"'\s<>]{1,200})", re.IGNORECASE)


class Anchors:
    """The entries that the links of a page lead to; nothing in a document that is no page."""

    def __init__(self, document: Document, references: Sequence[Reference]) -> None:
        """The anchors of a document with the entries of its list."""
        self._document = document
        self._blocks = [block.offsets[0] for block in document.blocks]
        self._entries = {bisect_left(self._blocks, one.span.start + 1) - 1: one.index for one in references}
        self._places: dict[str, int] | None = None

    def entry_of(self, mark: Mark) -> int | None:
        """The index of the entry that a mark links to, 0 where that is none; None where it links to "
        "nothing."""
        text = self._document.text
        if self._document.media_type != "text/html":
            return None
        link = _LINK.search(text, max(0, mark.span.start - 700), mark.span.start)
        if link is None:
            return None
        place = self._named().get(link["target"])
        if place is None:
            return None
        block = bisect_left(self._blocks, place)
        return self._entries.get(block, 0)

    def _named(self) -> dict[str, int]:
        if self._places is None:
            self._places = {}
            for match in _PLACE.finditer(self._document.text):
                self._places.setdefault(match["name"], match.start())
        return self._places
