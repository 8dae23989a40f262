"""T105: all that supports a claim has been retracted."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.pointing import paths_to, source_of
from claims.rule import Facts, Rule, rule


@rule(
    "T105",
    "support-lost",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("COPE Council 2019, Retraction guidelines. https://doi.org/10.24318/cope.2019.1.4",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Nothing is left that supports the claim."""
    for linked in facts.claims:
        claim = linked.claim
        supports = [one for one in linked.findings if one.direction == "supports" and one.score >= 0.5]
        standing = {one.work.standing if one.work else None for one in supports}
        if standing != {"retracted"}:
            continue
        works = ", ".join(dict.fromkeys(source_of(one) for one in supports))
        yield rule.diagnostic(
            f"all that supports this has been retracted: {works}",
            claim.span,
            claim=claim.id,
            evidence=paths_to(supports[:2]),
        )
