"""T101: a cited work has been retracted."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule
from claims.rules.standing import of_standing, pointer
from graph.naming import known_as


@rule(
    "T101",
    "retracted",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("COPE Council 2019, Retraction guidelines. https://doi.org/10.24318/cope.2019.1.4",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The work was withdrawn from the record."""
    for one, work in of_standing(facts, "retracted"):
        yield rule.diagnostic(
            f"{known_as(work)} has been retracted: nothing may rest on it",
            one.reference.span,
            reference=one.reference.index,
            evidence=pointer(work),
        )
