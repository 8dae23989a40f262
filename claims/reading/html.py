"""HTML: what a reader sees of a page, without its menus, scripts and footers, offsets kept."""

from __future__ import annotations

from collections.abc import Iterator

from claims.model import Block
from claims.reading.html_scanning import scan
from claims.reading.main_content import main_content

_LONGEST_AGAIN = 2_000_000  # characters of a page that is read a second time
_MOST_WRAPPERS = 3


def read_html(text: str) -> tuple[Block, ...]:
    """The blocks of a page's main content: its article or main part where it has one."""
    state = scan(text, 0, len(text))
    wrappers: set[int] = set()
    while len(wrappers) < _MOST_WRAPPERS and len(text) <= _LONGEST_AGAIN and state.named:
        # "content-with-sidebar" is no sidebar: what holds more than all that is left is the page itself.
        place, length = max(state.named.items(), key=lambda one: one[1])
        if length <= sum(len(one.block.text) for one in state.found):
            break
        wrappers.add(place)
        state = scan(text, 0, len(text), frozenset(wrappers))
    found = state.found
    blocks = [one.block for one in main_content(found)]
    titled = False
    chosen = []
    for block in blocks:
        if block.kind == "title":
            kind = "heading" if titled else "title"
            titled = True
            block = Block(kind, block.text, block.offsets, 1)
        chosen.append(block)
    return tuple(chosen)


def read_fragment(text: str, start: int, end: int) -> Iterator[Block]:
    """The blocks of the HTML between two offsets, as it stands in a Markdown file."""
    for one in scan(text, start, end, fragment=True).found:
        yield one.block
