"""Printed references and the citations that lead to them, as printed and as verified."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.model.article import Span
from graph.evidence import Iri, Work


@dataclass(frozen=True, slots=True)
class Author:
    """One printed or recorded author; ``initials`` without points or spaces."""

    family: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class ReferenceFields:
    """What a printed reference says, field by field, with nothing corrected.

    ``pages`` is what stands in the place of pages; where that is the number of an article it is
    ``article_number`` as well.
    """

    authors: tuple[Author, ...] = ()
    et_al: bool = False
    year: int | None = None
    title: str | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    publisher: str | None = None
    kind: str | None = None  # article, book, chapter, web, report
    container: str | None = None  # the book or the proceedings that a chapter stands in
    pmcid: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the article's reference list, as printed."""

    index: int  # from 1
    label: str  # "Halliday 2024", or the printed number or footnote mark
    raw: str
    span: Span
    fields: ReferenceFields
    implied: bool = False  # named by the text alone, in no printed list

    @property
    def name(self) -> str:
        """How a reader is told of it: "Halliday 2024", also where its label is a number, a mark or a key."""
        named = self.fields.authors or self.fields.title
        if any(sign.isalpha() for sign in self.label) and (" " in self.label or not named):
            return self.label
        who = self.fields.authors[0].family if self.fields.authors else (self.fields.title or "")
        return f"{who} {self.fields.year or ''}".strip() or self.label


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One printed field beside the record's. ``agrees`` None: could not be compared."""

    field: str
    printed: str | None
    recorded: str | None
    agrees: bool | None
    confirmed: bool = True  # False: the record holds this field unconfirmed
    note: str = ""  # why it differs, where the record's value alone does not say it


class ReferenceStatus(StrEnum):
    """Outcome of verifying a printed reference against the library."""

    VERIFIED = "verified"
    MISMATCH = "mismatch"
    NOT_FOUND = "not-found"
    AMBIGUOUS = "ambiguous"
    RETRACTED = "retracted"
    UNCHECKED = "unchecked"  # there was no library to look in


@dataclass(frozen=True, slots=True)
class VerifiedReference:
    """A reference with the work it points to (or the works it may be taken for)."""

    reference: Reference
    status: ReferenceStatus
    work: Work | None
    matched_by: tuple[str, ...]  # identifier, locator, title, author-year, context
    fields: tuple[FieldComparison, ...]
    candidates: tuple[Iri, ...] = ()  # ambiguous: the works that fit as well


@dataclass(frozen=True, slots=True)
class InTextCitation:
    """A citation in running text, resolved to entries of the reference list (by index)."""

    text: str
    span: Span
    style: str  # author-year, numeric, superscript, label, footnote, pandoc, link, locator, in-place
    keys: tuple[str, ...]  # "Shang 2025", "3", "@pocovi2024", a DOI
    references: tuple[int, ...]
    ambiguous: bool = False
    year_differs: bool = False  # the entry of these authors that it leads to is of the year before or after
