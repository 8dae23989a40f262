"""Whether a text supports a claim, and whether a citing sentence is true to what it cites."""

from claims.support.judging import (
    CitationJudgement,
    Judgement,
    citation_accuracy,
    citation_judgement,
    judge,
)

__all__ = ["CitationJudgement", "Judgement", "citation_accuracy", "citation_judgement", "judge"]
