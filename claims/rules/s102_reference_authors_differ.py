"""S102: the printed authors are not the record's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.model import Confidence, Diagnostic, Severity
from claims.pointing import work_pointer
from claims.references.telling import differing
from claims.rule import Facts, Rule, rule
from graph.naming import known_as


@rule(
    "S102",
    "reference-authors-differ",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "ICMJE 2024, Recommendations, section IV.A.3.g: references",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles, PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The printed authors are not those of the record.

    Names left out without "et al." are a warning; other names, or another order, are an error.
    """
    for one, row in differing(facts, "authors"):
        assert one.work is not None
        said = (
            f"printed authors: {row.printed}; the record of this work ({known_as(one.work)}, found by "
            f"{_found_by(one.matched_by)}) has {_shortened(row.recorded or '')}"
        )
        if row.note:
            said = f"{row.note}: {said}"
        found = rule.diagnostic(
            said, one.reference.span, reference=one.reference.index, evidence=(work_pointer(one.work),)
        )
        yield replace(found, severity=Severity.WARNING) if row.note else found


def _found_by(keys: tuple[str, ...]) -> str:
    words = {"identifier": "its identifier", "locator": "journal, volume and page", "title": "its title"}
    return " and ".join(words.get(key, "author and year") for key in keys)


def _shortened(authors: str) -> str:
    names = authors.split("; ")
    return "; ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
