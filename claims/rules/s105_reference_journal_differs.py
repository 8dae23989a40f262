"""S105: the printed journal is not the record's."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Fix, Severity
from claims.pointing import work_pointer
from claims.references.telling import differing, printed_span
from claims.rule import Facts, Rule, rule
from graph.naming import known_as


@rule(
    "S105",
    "reference-journal-differs",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ICMJE 2024, Recommendations, section IV.A.3.g: references",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles, PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The printed journal is not that of the record."""
    for one, row in differing(facts, "journal"):
        assert one.work is not None
        span = printed_span(facts.document, one.reference, row.printed or "")
        said = f"printed journal {row.printed}; {known_as(one.work)} appeared in {row.recorded}"
        if row.note:
            said = f"printed journal {row.printed}; {row.note} ({known_as(one.work)})"
        exact = facts.document.text[span.start : span.end] == row.printed
        yield rule.diagnostic(
            said,
            span,
            reference=one.reference.index,
            evidence=(work_pointer(one.work),),
            fix=Fix(span, row.recorded) if exact and row.recorded and not row.note else None,
        )
