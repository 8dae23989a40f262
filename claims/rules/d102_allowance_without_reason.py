"""D102: an allowance that does not say why."""

from __future__ import annotations

from collections.abc import Iterable

from claims.allowances import Allowance
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

    The engine alone knows the allowances of the profile, and asks ``without_reason``.
    """
    return ()


def without_reason(rule: Rule, allowances: Iterable[Allowance]) -> Iterable[Diagnostic]:
    """The allowances that do not say why."""
    for one in allowances:
        if not one.reason:
            codes = ", ".join(one.codes)
            yield rule.diagnostic(
                f"the allowance for {codes} gives no reason, so it allows nothing", one.span
            )
