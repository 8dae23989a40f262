"""S108: an identifier or a locator that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from claims.journals import same_journal
from claims.model import Confidence, Diagnostic, Fix, Severity, VerifiedReference
from claims.pointing import work_pointer
from claims.references.identifiers import DOI_IS, Contradiction, contradictions
from claims.references.telling import printed_span
from claims.rule import Facts, Rule, rule


@rule(
    "S108",
    "impossible-identifier",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ISO 26324:2022, Digital object identifier system, section 4: DOI name",
        "International DOI Foundation, DOI Handbook, section 2: numbering",
        "arXiv, Understanding the arXiv identifier, 2024",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A printed identifier, locator or volume cannot be right."""
    by_journal = defaultdict(list)
    for work in facts.evidence.works.values():
        if work.journal:
            by_journal[work.journal].append(work)
    for one in facts.references:
        reference = one.reference
        journal = reference.fields.journal or ""
        # a library holds far fewer journals than works
        works = [work for name, held in by_journal.items() if same_journal(journal, name) for work in held]
        for found in contradictions(reference.fields, reference.raw, works):
            if _told_otherwise(one, found):
                continue
            span = printed_span(facts.document, reference, found.printed)
            doi = one.work.doi if one.work is not None and found.why == DOI_IS else None
            exact = facts.document.text[span.start : span.end] == found.printed
            yield rule.diagnostic(
                f"{found.printed} cannot be right: {found.why}" + (f"; the record has {doi}" if doi else ""),
                span,
                reference=reference.index,
                evidence=(work_pointer(one.work),) if one.work is not None and doi else (),
                fix=Fix(span, doi) if doi and exact else None,
            )


def _told_otherwise(one: VerifiedReference, found: Contradiction) -> bool:
    """Whether what looks impossible is known to be right, or follows from what another rule says.

    The record may have it so; a DOI or a place may lead to another work (S107); and a volume is told by the
    journal, which may be the wrong one (S105).
    """
    rows = {row.field: row for row in one.fields if row.confirmed}
    if any(row.agrees and row.printed == found.printed for row in rows.values()):
        years = rows.get("year")
        return years is None or years.agrees is not False
    fields = one.reference.fields
    if found.printed == fields.doi and found.why != DOI_IS:
        return bool(one.candidates) or ("doi" in rows and rows["doi"].agrees is False)
    journal = rows.get("journal")
    return found.printed == fields.volume and journal is not None and journal.agrees is False
