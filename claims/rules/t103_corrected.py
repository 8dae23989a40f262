"""T103: a cited work has been corrected."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule
from claims.rules.standing import of_standing, pointer
from graph.naming import known_as


@rule(
    "T103",
    "corrected",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("ICMJE Recommendations 2024, section III.A: corrections, retractions, republications",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A correction was published after the work."""
    for one, work in of_standing(facts, "corrected"):
        yield rule.diagnostic(
            f"{known_as(work)} has been corrected: see that the numbers used are those of the correction",
            one.reference.span,
            reference=one.reference.index,
            evidence=pointer(work),
        )
