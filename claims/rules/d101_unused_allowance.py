"""D101: an allowance that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable

from claims.allowances import Allowance
from claims.model import Confidence, Diagnostic, Severity
from claims.rule import Facts, Rule, rule


@rule(
    "D101",
    "unused-allowance",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=("Claimspine, docs/allowances.md",),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """An allowance covers nothing.

    Which allowances did nothing is known only when every other rule has spoken, so the engine
    asks ``of_unused``; the check itself has nothing to look at.
    """
    return ()


def of_unused(rule: Rule, unused: Iterable[Allowance]) -> Iterable[Diagnostic]:
    """The allowances that covered nothing any rule said."""
    for one in unused:
        yield rule.diagnostic(f"nothing here needs the allowance for {', '.join(one.codes)}", one.span)
