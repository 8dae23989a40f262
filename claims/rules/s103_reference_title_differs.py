"""S103: the printed title is not the record's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.model import Confidence, Diagnostic, Severity
from claims.pointing import work_pointer
from claims.references.telling import differing, printed_span
from claims.references.titles import differing_words, is_slip
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
    """The printed title is not that of the record.

    A title that differs by a word or two is a warning, another title an error.
    """
    for one, row in differing(facts, "title"):
        assert one.work is not None
        printed, recorded = row.printed or "", row.recorded or ""
        slip = is_slip(printed, recorded)
        said = f"printed title “{printed}”; {known_as(one.work)} is titled “{recorded}”"
        found = rule.diagnostic(
            said + (_told(printed, recorded) if slip else ""),
            printed_span(facts.document, one.reference, printed),
            reference=one.reference.index,
            evidence=(work_pointer(one.work),),
        )
        yield replace(found, severity=Severity.WARNING) if slip else found


def _told(printed: str, recorded: str) -> str:
    """The words that make the difference, where titles are so alike that it is easily overlooked."""
    said, right = differing_words(printed, recorded)
    if not right:
        return f": “{said}” is not in it"
    return f": “{right}” is missing" if not said else f": “{said}” stands for “{right}”"
