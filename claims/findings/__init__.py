"""Findings: what an abstract reports, and how a stored finding is told in words."""

from __future__ import annotations

from claims.findings.directing import direction
from claims.findings.extracting import ExtractedFinding, extract
from claims.findings.recording import as_evidence, with_clauses
from claims.findings.study_facts import StudyFacts, study_facts
from claims.findings.telling import (
    change_in_words,
    estimate_in_words,
    finding_in_words,
    group_ratio,
)

__all__ = [
    "ExtractedFinding",
    "StudyFacts",
    "as_evidence",
    "change_in_words",
    "direction",
    "estimate_in_words",
    "extract",
    "finding_in_words",
    "group_ratio",
    "study_facts",
    "with_clauses",
]
