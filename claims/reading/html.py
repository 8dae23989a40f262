"""HTML: what a reader sees of a page, without its menus, scripts and footers, offsets kept."""

from __future__ import annotations

from collections.abc import Iterator

from claims.model import Block
from claims.reading.html_scanning import scan
from claims.reading.main_content import main_content
from claims.reading.page_entries import joined_entries
from claims.reading.page_state import Scan
from claims.reading.page_tips import references_over_marks
from claims.references.likeness import likeness

_LONGEST_AGAIN = 2_000_000  # characters of a page that is read a second time
_MOST_WRAPPERS = 3
_RUNNING = 100  # characters of text that is no link; a menu has less


def read_html(text: str) -> tuple[Block, ...]:
    """The blocks of a page's main content: its article or main part where it has one."""
    state = scan(text, 0, len(text))
    wrappers: frozenset[int] = frozenset()
    for _ in range(_MOST_WRAPPERS):
        named = _wrappers(state) if len(text) <= _LONGEST_AGAIN else frozenset()
        if not named:
            break
        wrappers |= named
        state = scan(text, 0, len(text), wrappers)
    found = state.found
    blocks = joined_entries(main_content(found))
    titled = False
    chosen = []
    for block in blocks:
        if block.kind == "title":
            kind = "heading" if titled else "title"
            titled = True
            block = Block(kind, block.text, block.offsets, 1)
        chosen.append(block)
    if len(text) <= _LONGEST_AGAIN and not any(likeness(block.text) >= 4 for block in reversed(chosen)):
        chosen += references_over_marks(text)
    return tuple(chosen)


def _wrappers(state: Scan) -> frozenset[int]:
    """The places of elements that are named like furniture and hold a part of the article."""
    # "toc-section" is no table of contents where it holds running text.
    found = {
        place
        for place, length in state.running.items()
        if length >= _RUNNING and 2 * length > state.named[place]
    }
    if not found and state.named:
        # "content-with-sidebar" is no sidebar: what holds more than all that is left is the page itself.
        place, length = max(state.named.items(), key=lambda one: one[1])
        found = {place} if length > sum(len(one.block.text) for one in state.found) else set()
    return frozenset(found)


def read_fragment(text: str, start: int, end: int) -> Iterator[Block]:
    """The blocks of the HTML between two offsets, as it stands in a Markdown file."""
    for one in scan(text, start, end, fragment=True).found:
        yield one.block
