"""N107: the right number with the wrong unit or period."""

from __future__ import annotations

from collections.abc import Iterator

from claims.findings.choosing import cited_findings
from claims.findings.known import numbers_of, other_period
from claims.model import Confidence, Diagnostic, LinkedClaim, Severity
from claims.pointing import path_to, source_of
from claims.rule import Facts, Rule, rule
from graph.wording import number as as_number


@rule(
    "N107",
    "unit-or-period-differs",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Hoffmann et al. 2014, Better reporting of interventions: TIDieR checklist, item 8. BMJ 348:g1687",
        "Cochrane Handbook, chapter 15.3: interpreting results (Schünemann et al. 2023)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A number of the source is given in another unit or over another period."""
    for linked in facts.claims:
        if linked.works:
            yield from _of_claim(rule, linked)


def _of_claim(rule: Rule, linked: LinkedClaim) -> Iterator[Diagnostic]:
    cited = cited_findings(linked)
    if not cited:
        return
    known = numbers_of(cited)
    for quantity in linked.claim.quantities:
        if quantity.high is not None or quantity.role not in ("dose", "duration", "other"):
            continue
        number = other_period(quantity.value, quantity.unit, known)
        if number is None or number.unit is None:
            continue
        one = next((found for found in cited if found.finding == number.finding), cited[0])
        yield rule.diagnostic(
            f"“{quantity.text}”: {source_of(one)} has {as_number(number.value)} {_unit(number.unit)}, "
            "which is not the same",
            quantity.span,
            claim=linked.claim.id,
            evidence=path_to(one),
            confidence=Confidence.HIGH if one.finding.method == "curated" else Confidence.MEDIUM,
        )


def _unit(unit: str) -> str:
    top, slash, below = unit.partition("/")
    top = {"min": "minutes", "h": "hours", "session": "sessions", "day": "days", "week": "weeks"}.get(
        top, top
    )
    return f"{top} per {below}" if slash else top
