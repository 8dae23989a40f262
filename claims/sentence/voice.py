"""Whose voice a sentence speaks in: the article's own, or that of a study it reports."""

from __future__ import annotations

from claims.alternatives import lowered, one_of

__all__ = ["reports_a_study"]

_REPORTS = one_of(
    [
        r"\b(?:an?|one|two|the|this|these|recent|large|small|single|controlled|randomi[sz]ed|cohort|pilot|new|their)\s+"
        r"(?:[\w-]+\s+){0,4}(?:trials?|stud(?:y|ies)|experiments?|cohorts?|analys[ei]s|papers?|surveys?|reviews?|work)\b"
        r"|\bresearch(?:ers)?\b|\bparticipants\b|\bin (?:those|people|adults|patients|men|women) who\b"
    ]
)


def reports_a_study(text: str) -> bool:
    """Whether the sentence says that somebody found it, instead of saying it outright.

    >>> reports_a_study("In one trial, ginger eased nausea."), reports_a_study("Ginger eases nausea.")
    (True, False)
    """
    return _REPORTS.search(lowered(text)) is not None
