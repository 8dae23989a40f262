"""A page while it is read: what is open at the place reached, and the blocks found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.model import Block
from claims.reading.visible import VisibleText


@dataclass(slots=True)
class PageBlock:
    """A block of a page; where it stood decides whether it is kept."""

    block: Block
    in_main: bool
    article: int  # the number of the outermost article element that holds it, from 1; 0 outside all
    link_share: float
    link: int = 0  # the number of the link that goes on behind it, from 1; 0 where none does
    item: int = 0  # the number of the innermost list item or reference that holds it, from 1; 0 outside all


@dataclass(slots=True)
class Scan:
    """A page read from its first character to its last; ``found`` and ``named`` are what comes of it."""

    text: str
    stack: list[str] = field(default_factory=list)
    dropped_at: int | None = None  # depth of the element that is being left out
    mains: list[int] = field(default_factory=list)  # depths of the elements that hold the main part
    article: int = 0  # how many article elements are open
    articles: int = 0  # how many have been opened that stand in no other
    raised: int = -1  # how many characters had been seen where the last raised text ended
    links: int = 0
    linked: int = 0
    opened_links: int = 0
    visible: VisibleText = field(default_factory=VisibleText)
    found: list[PageBlock] = field(default_factory=list)
    wrappers: frozenset[int] = frozenset()  # places of elements named like furniture that hold the text
    named: dict[int, int] = field(default_factory=dict)  # such elements left out → length of the text in them
    leaving: int | None = None
    running: dict[int, int] = field(
        default_factory=dict
    )  # such that hold only links → length of their other text
    fragment: bool = False  # stands in a Markdown file, where an aside is the author's
    captioned: int | None = None  # depth of the caption of a picture or a table
    panels: set[str] = field(default_factory=set)  # what a heading unfolds, by id
    items: list[tuple[int, int]] = field(default_factory=list)  # depth and number of each that is open
    counted: int = 0  # how many of them have been opened
    titled: int | None = None  # depth of a paragraph that a word processor calls the title
