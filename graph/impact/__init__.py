"""What changes if a work falls or is corrected, or if something in the evidence were otherwise."""

from graph.impact.judging import (
    CHANGES,
    Affected,
    Impact,
    Standing,
    document,
    impact,
    render,
    what_if,
)

__all__ = ["CHANGES", "Affected", "Impact", "Standing", "document", "impact", "render", "what_if"]
