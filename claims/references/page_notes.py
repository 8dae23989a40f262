"""The notes of a page: the blocks to which numbers in its running text lead, and lead back from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from claims.model import Block

PLACE = re.compile(r"<\w[^<>]{0,400}?\s(?:id|name)=[\"']?(?P<name>[^\"'\s<>]{1,200})", re.IGNORECASE)
_NUMBERED_LINK = re.compile(
    r"<a\s[^<>]{0,400}?href=[\"']?#(?P<target>[^\"'\s<>]{1,200})[^<>]{0,300}>(?:\s|<\w[^<>]*>){0,6}"
    r"(?:\[|&#91;)?\d{1,3}(?:\]|&#93;)?\s*<",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"\[?\d{1,3}[\].)]?")


def places_of(text: str) -> dict[str, int]:
    """Where each name that a page can lead to stands, the first of each."""
    found: dict[str, int] = {}
    for match in PLACE.finditer(text):
        found.setdefault(match["name"], match.start())
    return found


def noted(blocks: Sequence[Block], text: str) -> frozenset[int]:
    """Which blocks are notes of a page: a number further up leads to each. None in what is no page."""
    if "<a" not in text.lower() or "#" not in text:
        return frozenset()
    links = [(match["target"], match.start()) for match in _NUMBERED_LINK.finditer(text)]
    if not links:
        return frozenset()
    places, starts = places_of(text), [block.offsets[0] for block in blocks]
    targets = {places[name] for name, place in links if places.get(name, -1) > place}
    found = {bisect_left(starts, place) for place in targets}
    return frozenset(number for number in found if number < len(blocks))


def with_numbers(blocks: tuple[Block, ...], text: str) -> tuple[Block, ...]:
    """The blocks with the number that stands alone above a note in it."""
    notes = noted(blocks, text)
    if not notes:
        return blocks
    found: list[Block] = []
    alone = False
    for number, block in enumerate(blocks):
        if alone:
            offsets = (*found[-1].offsets, *block.offsets)
            found[-1] = Block(block.kind, f"{found[-1].text} {block.text}", offsets, block.level)
        else:
            found.append(block)
        alone = not alone and number in notes and _NUMBER_ALONE.fullmatch(block.text) is not None
    return tuple(found)
