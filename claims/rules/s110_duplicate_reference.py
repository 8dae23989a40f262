"""S110: one work printed twice in the reference list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from claims.model import Confidence, Diagnostic, Severity
from claims.references.checking import same_work
from claims.rule import Facts, Rule, rule


@rule(
    "S110",
    "duplicate-reference",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("ICMJE 2024, Recommendations, section IV.A.3.g: references",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """One work stands twice in the reference list."""
    printed = [one for one in facts.references if not one.reference.implied]
    seen: set[int] = set()
    for first, second in combinations(printed[:500], 2):
        if second.reference.index in seen or not same_work(first, second):
            continue
        seen.add(second.reference.index)
        yield rule.diagnostic(
            f"this is entry {first.reference.index} again ({first.reference.name})",
            second.reference.span,
            reference=second.reference.index,
        )
