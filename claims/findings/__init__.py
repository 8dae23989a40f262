"""Findings: what an abstract reports, and how a stored finding is told in words."""

from __future__ import annotations

from claims.findings.telling import (
    change_in_words,
    estimate_in_words,
    finding_in_words,
    group_ratio,
    pointers,
)

__all__ = [
    "change_in_words",
    "estimate_in_words",
    "finding_in_words",
    "group_ratio",
    "pointers",
]
