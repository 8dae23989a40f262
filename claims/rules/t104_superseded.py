"""T104: a cited work has been replaced by a newer one."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule
from claims.rules.standing import of_standing, pointer
from graph.naming import known_as


@rule(
    "T104",
    "superseded",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("Cochrane Handbook for Systematic Reviews of Interventions, chapter IV: updating a review",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A newer version of the work exists."""
    for one, work in of_standing(facts, "superseded"):
        newer = facts.evidence.works.get(work.replaced_by) if work.replaced_by else None
        by = f" by {known_as(newer)}" + (f", “{newer.title}”" if newer.title else "") if newer else ""
        yield rule.diagnostic(
            f"{known_as(work)} has been replaced{by}: cite the newer one",
            one.reference.span,
            reference=one.reference.index,
            evidence=pointer(work) + (pointer(newer) if newer else ()),
        )
