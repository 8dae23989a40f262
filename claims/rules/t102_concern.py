"""T102: the journal has voiced concern over a cited work."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule
from claims.rules.standing import of_standing, pointer
from graph.naming import known_as


@rule(
    "T102",
    "concern",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("COPE Council 2019, Retraction guidelines. https://doi.org/10.24318/cope.2019.1.4",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An expression of concern stands against the work."""
    for one, work in of_standing(facts, "concern"):
        yield rule.diagnostic(
            f"an expression of concern stands against {known_as(work)}: say so, or rest the claim on another",
            one.reference.span,
            reference=one.reference.index,
            evidence=pointer(work),
        )
