"""How references and works are told to a reader, and where in the article a printed field stands."""

from __future__ import annotations

from collections.abc import Iterator

from claims.library import recorded
from claims.model import (
    Document,
    EvidencePointer,
    FieldComparison,
    Reference,
    ReferenceFields,
    Span,
    VerifiedReference,
)
from claims.names import recorded_author
from claims.rule import Facts
from graph.evidence import Work


def short_name(work: Work) -> str:
    """A work in few words: "Pocovi et al. 2024"."""
    if work.authors:
        names = [recorded_author(name).family for name in work.authors]
        who = names[0] if len(names) == 1 else f"{names[0]} et al."
        if len(names) == 2:
            who = f"{names[0]} and {names[1]}"
    else:
        who = (work.title or str(work.iri)).split(":")[0]
    return f"{who} {work.year}" if work.year else who


def full_name(work: Work) -> str:
    """A work so that it can be found: authors, year, title, journal and place."""
    parts = [short_name(work)]
    if work.title:
        parts.append(f"“{work.title}”")
    journal = recorded(work, "journal")[0]
    if journal:
        parts.append(f"{journal}{place_of(work)}")
    if work.doi:
        parts.append(f"doi:{work.doi}")
    return ", ".join(parts)


def place_of(work: Work) -> str:
    """Volume, issue and pages, as " 14(1):209"; only what is confirmed."""
    place = f" {work.volume}" if work.volume else ""
    place += f"({work.issue})" if work.issue and place else ""
    where = work.pages or work.article_number
    return place + (f":{where}" if where and place else "")


def printed_place(fields: ReferenceFields) -> str:
    """The place a reference prints: "Thorax 73(2), 101-108"."""
    issue = f"({fields.issue})" if fields.issue else ""
    where = fields.article_number or fields.pages or ""
    return f"{fields.journal or ''} {fields.volume or ''}{issue}, {where}".strip(" ,")


def pointer(work: Work) -> EvidencePointer:
    """The work as one step of an evidence path."""
    return EvidencePointer(work.iri, "work", full_name(work))


def differing(facts: Facts, *names: str) -> Iterator[tuple[VerifiedReference, FieldComparison]]:
    """Printed fields that differ from a confirmed record of the work that is surely meant.

    A work found by its subject alone is no record of what is printed: S101 speaks of those.
    """
    for one in facts.references:
        if one.work is None or one.matched_by == ("context",):
            continue
        for row in one.fields:
            if row.field in names and row.agrees is False and row.confirmed:
                yield one, row


def printed_span(document: Document, reference: Reference, text: str) -> Span:
    """Where a printed field stands in the article; the whole entry where it cannot be told."""
    block = next(
        (one for one in document.blocks if one.offsets[0] <= reference.span.start < one.offsets[-1]), None
    )
    if block is None or not text:
        return reference.span
    shift = max(0, len(block.text) - len(reference.raw))
    found = block.text.find(text, shift if block.text.endswith(reference.raw) else 0)
    if found < 0:
        found = block.text.replace("–", "-").replace("—", "-").find(text)
    if found < 0 or found + len(text) > len(block.text):
        return reference.span
    return block.span(found, found + len(text))


def has_printed_list(facts: Facts) -> bool:
    """Whether the article prints a reference list at all."""
    return any(block.kind == "reference" for block in facts.document.blocks)
