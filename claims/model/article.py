"""An article as read: where its text stands, its blocks and its sentences."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in the original article text."""

    start: int
    end: int

    def holds(self, inner: Span) -> bool:
        """Whether ``inner`` lies within this span."""
        return self.start <= inner.start and inner.end <= self.end


def _span_of(offsets: tuple[int, ...], start: int, end: int) -> Span:
    return Span(offsets[start], offsets[end - 1] + 1 if end > start else offsets[start])


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the article: ``kind`` is title, heading, paragraph, list-item, table, caption or reference.

    ``text`` is what a reader sees; ``offsets[i]`` is where its i-th character stands in the
    original (one more entry than characters, the last being the end).
    """

    kind: str
    text: str
    offsets: tuple[int, ...]
    level: int = 0

    def span_of(self, start: int, end: int) -> Span:
        """The article's span of ``text[start:end]``."""
        return _span_of(self.offsets, start, end)


@dataclass(frozen=True, slots=True)
class Document:
    """An article as read: ``text`` is the original, decoded; blocks are in reading order."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None
    path: str
    sha256: str  # of the original bytes
    media_type: str  # text/markdown, text/plain, text/html, application/vnd...docx
    packed: bool = (
        False  # ``text`` was taken out of a file that is not text itself: .docx, mail, a page saved whole
    )
    taken_for: str | None = None  # the encoding that the bytes were taken for, where nothing says which it is


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the heading or run-in lead ("Lowers risk of back pain:") above it."""

    text: str
    span: Span
    offsets: tuple[int, ...]  # as Block.offsets, for this text
    block: int
    lead: str | None = None
    lead_span: Span | None = None
    is_lead: bool = False  # this sentence is itself a lead or a heading

    def span_of(self, start: int, end: int) -> Span:
        """The article's span of ``text[start:end]``."""
        return _span_of(self.offsets, start, end)

    def place(self, span: Span) -> tuple[int, int]:
        """Where a span of the article starts and ends in ``text``: ``span_of`` the other way."""
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)
