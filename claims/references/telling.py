"""Printed references: which fields differ from the record, and where in the article a field stands."""

from __future__ import annotations

from collections.abc import Iterator

from claims.model import (
    Document,
    FieldComparison,
    Reference,
    ReferenceFields,
    Span,
    VerifiedReference,
)
from claims.rule import Facts


def printed_place(fields: ReferenceFields) -> str:
    """The place a reference prints: "Thorax 73(2), 101-108"."""
    issue = f"({fields.issue})" if fields.issue else ""
    where = fields.article_number or fields.pages or ""
    return f"{fields.journal or ''} {fields.volume or ''}{issue}, {where}".strip(" ,")


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
    return block.span_of(found, found + len(text))


def has_printed_list(facts: Facts) -> bool:
    """Whether the article prints a reference list at all."""
    return any(block.kind == "reference" for block in facts.document.blocks)
