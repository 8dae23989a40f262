"""S106: the printed volume, issue or pages are not the record's."""

from __future__ import annotations

from collections.abc import Iterable

from claims.library import recorded
from claims.model import Confidence, Diagnostic, FieldComparison, Severity
from claims.pointing import work_pointer
from claims.references.telling import differing, printed_span
from claims.rule import Facts, Rule, rule
from graph.naming import known_as
from graph.wording import place as place_of


@rule(
    "S106",
    "reference-locator-differs",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ICMJE 2024, Recommendations, section IV.A.3.g: references",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles, PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The printed volume, issue or pages are not those of the record."""
    for index, rows in _by_reference(facts).items():
        one = next(each for each in facts.references if each.reference.index == index)
        assert one.work is not None
        parts = [f"{_WORDS[row.field]} {row.printed}, recorded {row.recorded}" for row in rows]
        place = f"{recorded(one.work, 'journal')[0] or ''} {place_of(one.work)}".strip()
        said = f"printed {'; '.join(parts)}: {known_as(one.work)} stands at {place}"
        yield rule.diagnostic(
            said,
            printed_span(facts.document, one.reference, rows[0].printed or ""),
            reference=index,
            evidence=(work_pointer(one.work),),
        )


_WORDS = {"volume": "volume", "issue": "issue", "pages": "pages", "article_number": "article number"}


def _by_reference(facts: Facts) -> dict[int, list[FieldComparison]]:
    rows: dict[int, list[FieldComparison]] = {}
    for one, row in differing(facts, *_WORDS):
        rows.setdefault(one.reference.index, []).append(row)
    return rows
