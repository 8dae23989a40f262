"""Which of the outcomes that a sentence names is told as the cause of another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.model import Mention

__all__ = ["risk_factors"]


_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|fell|rose|of|in|for|on|with|by)\s*$", re.IGNORECASE
)
_ASSOCIATES = re.compile(r"associated|linked|tied|related|connected|correlat|predict", re.IGNORECASE)
_RISK_OF = re.compile(
    r"\b(?:risks?|rates?|odds|chance|incidence|prevalence|number|of|for|in|on|against)\s+(?:\w+\s+)?$", re.I
)


def risk_factors(text: str, outcomes: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Of the outcomes a text names, those told as the cause of another: "low vitamin D causes fractures".

    ``start`` and ``end`` are the causal words'. The cause stands before them as their subject, what it does
    behind them; "fractures were reduced" has no cause in it.
    """
    if not any(mention.span.start >= end for mention in outcomes):
        return []
    if _PASSIVE.search(text, 0, start) and not _ASSOCIATES.search(text, start, end):
        return []
    if text[start:end].lower().startswith("differ"):
        return []  # "deaths from breast cancer did not differ (31 v 26 deaths)"
    if _BY_ITSELF.match(text, end):
        return []  # "sleep latency improved by 19 minutes" did it to nothing else
    before = [mention for mention in outcomes if mention.span.end <= start and start - mention.span.end <= 40]
    return [
        m
        for m in before[-1:]
        if not _RISK_OF.search(text[: m.span.start]) and ";" not in text[m.span.end : start]
    ]


_BY_ITSELF = re.compile(r"\s+(?:by\s+(?:an?\s+|about\s+|nearly\s+)*[\d.]|from\s+[\d.]|significantly\b)", re.I)
