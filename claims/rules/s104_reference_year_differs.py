"""S104: the printed year is not the record's."""

from __future__ import annotations

from collections.abc import Iterable

from claims.library import recorded
from claims.model import Confidence, Diagnostic, Fix, Severity
from claims.pointing import work_pointer
from claims.references.telling import differing, printed_span
from claims.rule import Facts, Rule, rule
from graph.naming import known_as


@rule(
    "S104",
    "reference-year-differs",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ICMJE 2024, Recommendations, section IV.A.3.g: references",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles, PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The printed year is not that of the record."""
    for one, row in differing(facts, "year"):
        assert one.work is not None
        span = printed_span(facts.document, one.reference, row.printed or "")
        said = f"printed year {row.printed}; {known_as(one.work)} was published in {row.recorded}"
        online = recorded(one.work, "published_online")[0]
        if online:
            said += f" (online {online})"
        exact = facts.document.text[span.start : span.end] == row.printed
        yield rule.diagnostic(
            said,
            span,
            reference=one.reference.index,
            evidence=(work_pointer(one.work),),
            fix=Fix(span, row.recorded) if exact and row.recorded else None,
        )
