"""What changes if a work falls or is corrected, or if something in the evidence were otherwise."""

from graph.impact.judging import CHANGES, impact, what_if
from graph.impact.rendering import document, render
from graph.impact.values import Affected, Impact, Standing

__all__ = ["CHANGES", "Affected", "Impact", "Standing", "document", "impact", "render", "what_if"]
