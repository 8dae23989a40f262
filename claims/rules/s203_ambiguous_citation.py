"""S203: a citation that fits several entries of the reference list."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.references.checking import same_work
from claims.rule import Facts, Rule, rule


@rule(
    "S203",
    "ambiguous-citation",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "American Psychological Association 2020, Publication Manual, 7th edition, sections 8.19 and 8.20: "
        "works with the same author and the same date",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A citation fits several entries of the reference list."""
    verified = {one.reference.index: one for one in facts.references}
    for citation in facts.citations:
        if not citation.ambiguous:
            continue
        found = [verified[index] for index in citation.references if index in verified]
        if len(found) > 1 and all(same_work(found[0], one) for one in found[1:]):
            continue  # one work that is listed twice (S110)
        entries = [one.reference for one in found]
        told = "; ".join(f"{one.index}: {(one.fields.title or one.raw)[:80]}" for one in entries)
        yield rule.diagnostic(
            f"“{citation.text}” fits {len(entries)} entries of the reference list ({told}): "
            "add a letter to the year or a second author",
            citation.span,
        )
