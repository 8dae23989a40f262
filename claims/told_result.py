"""The number that makes a claim a result."""

from __future__ import annotations

import re

from claims.model import Claim
from claims.sentence.voice import reports_a_study

_BY = re.compile(
    r"\b(?:by|(?:drop|dropped|fall|fell|rise|rose|lose|lost|gain(?:ed)?)(?:\s+of)?)\s+"
    r"(?:(?:about|around|roughly|nearly|almost|some|an average of)\s+)?$",
    re.IGNORECASE,
)


def result_number(claim: Claim) -> str | None:
    """The number that makes a claim a result: a percentage, a statistic, or a counted size of effect."""
    content = claim.proposition
    if not (content.outcome or content.exposure):
        return None
    for quantity in claim.quantities:
        if quantity.role in ("percent", "statistic") or (quantity.role == "interval" and quantity.high):
            return quantity.text
        at, _ = claim.sentence.place(quantity.span)
        changed = _BY.search(claim.text[max(0, at - 40) : at]) is not None
        if changed and quantity.unit is not None and content.effect_direction is not None:
            return quantity.text
    tells = bool(content.outcome) or content.effect_direction is not None
    if content.magnitude is None and tells and reports_a_study(claim.text):
        return next((one.text for one in claim.quantities if one.role == "count"), None)  # its people
    return content.magnitude
