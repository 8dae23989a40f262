"""D102: an allowance that does not say why."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule


@rule(
    "D102",
    "allowance-without-reason",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("Claimspine, docs/allowances.md",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An allowance gives no reason.

    Said by the engine (``claims.audit``), which alone knows the allowances of the profile.
    """
    return ()
