"""S103: the printed title is not the record's."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.pointing import work_pointer
from claims.references.telling import differing, printed_span
from claims.rule import Facts, Rule, rule
from graph.naming import known_as


@rule(
    "S103",
    "reference-title-differs",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ICMJE 2024, Recommendations, section IV.A.3.g: references",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles, PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The printed title is not that of the record."""
    for one, row in differing(facts, "title"):
        assert one.work is not None
        said = f"printed title “{row.printed}”; {known_as(one.work)} is titled “{row.recorded}”"
        yield rule.diagnostic(
            said,
            printed_span(facts.document, one.reference, row.printed or ""),
            reference=one.reference.index,
            evidence=(work_pointer(one.work),),
        )
