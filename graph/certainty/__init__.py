"""Certainty of the evidence behind a claim, after GRADE."""

from graph.certainty.rating import LEVELS, SOURCES, Judgement, certainty

__all__ = ["LEVELS", "SOURCES", "Judgement", "certainty"]
