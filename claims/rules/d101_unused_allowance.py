"""D101: an allowance that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable

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
    says this (``claims.audit``); the check itself has nothing to look at.
    """
    return ()
