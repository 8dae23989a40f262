"""References that a page shows only over their marks: in attributes of the mark, or in a tip beside it."""

from __future__ import annotations

import re
from html import unescape

from claims.model import Block
from claims.reading.visible import VisibleText
from claims.references.likeness import likeness

_SHORTEST, _LONGEST = 40, 1500  # characters of an entry
_SAID = re.compile(
    r"\s(?:data-[\w-]{1,40}|title|aria-label)\s*=\s*(?:\"(?P<one>[^\"<>]{40,3000})\"|'(?P<other>[^'<>]{40,3000})')"
)
_TIP = re.compile(
    r"<(?P<tag>span|div|aside)\b(?=[^<>]{0,400}?(?:tooltip|popover|popup|hovercard))[^<>]{0,400}>"
    r"(?P<inside>(?:[^<]|<(?!/?(?:span|div|aside)\b)){40,3000}?)</(?P=tag)",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|<[^<>]*>")


def references_over_marks(text: str) -> list[Block]:
    """The entries that stand in attributes and tips of a page, each once, in order."""
    found: dict[str, Block] = {}
    places = [(*match.span("one" if match["one"] else "other"),) for match in _SAID.finditer(text)]
    places += [match.span("inside") for match in _TIP.finditer(text)]
    for start, end in sorted(places):
        visible = VisibleText()
        position = start
        for match in _ENTITY.finditer(text, start, end):
            visible.add(text[position : match.start()], position)
            if match.group()[0] == "&":
                visible.add(unescape(match.group()), match.start(), width=match.end() - match.start())
            position = match.end()
        visible.add(text[position:end], position)
        block = visible.block("list-item", 1)
        if block and _SHORTEST <= len(block.text) <= _LONGEST and likeness(block.text) >= 5:
            found.setdefault(block.text, block)
    return list(found.values())
