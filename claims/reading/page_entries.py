"""Entries of a reference list that a page sets in several blocks: authors, title, journal by themselves."""

from __future__ import annotations

import re
from itertools import groupby

from claims.model import Block
from claims.reading.page_state import PageBlock
from claims.references.headings import is_reference_heading
from claims.references.likeness import begins_with_authors, complete, likeness

_LONGEST = 1500  # characters of an entry
# What leads back to the text: "Lee et al., 2016".
_LABEL = re.compile(r"[^\d]{2,80}[\s(](?:19|20)\d\d[a-z]?\)?\W*")


def joined_entries(found: list[PageBlock]) -> list[Block]:
    """The blocks of a page; those of one list item below the heading of a reference list are one where they
    are an entry together and none of them is one by itself."""
    blocks: list[Block] = []
    listed = False
    for item, group in groupby(found, key=lambda one: one.item):
        several = [one.block for one in group]
        headings = [one for one in several if one.kind in ("heading", "title")]
        entry = _entry(several) if item and listed and len(several) > 1 else None
        if entry is None and headings:
            listed = is_reference_heading(headings[-1].text)
        elif not item and any(is_reference_heading(one.text) for one in several[-1:]):
            listed = True
        blocks += entry or several
    return blocks


def _places(text: str) -> bool:
    """Whether a text says where a work appeared, and when."""
    return likeness(text) >= 3 and complete(text)


def _entry(several: list[Block]) -> list[Block] | None:
    """An entry of the blocks up to its place in a journal, and what follows it; None where they are none."""
    start = 1 if len(several) > 2 and _LABEL.fullmatch(several[0].text) else 0
    ends = (place for place in range(start, len(several)) if _places(several[place].text))
    end = next(ends, len(several) - 1)
    authors = [begins_with_authors(one.text) for one in several[start : end + 1]]
    if len(authors) < 2 or (authors[-1] and not any(authors[:-1])):
        return None
    text, offsets = several[start].text, list(several[start].offsets[:-1])
    for one in several[start + 1 : end + 1]:
        between = " " if text[-1] in ".,:;?!" else ". "
        offsets += [offsets[-1]] * len(between) + list(one.offsets[:-1])
        text += between + one.text
    if len(text) > _LONGEST or likeness(text) < 4:
        return None
    return [Block("list-item", text, (*offsets, several[end].offsets[-1]), 1), *several[end + 1 :]]
