"""A number of a composite outcome that is told of one of its parts.

"The primary outcome was stroke, heart failure or death" has one hazard ratio; death alone has another. Read
from abstracts: there the sentence with the number names no outcome but the primary one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.concepts import CLOSE, Fit, Vocabulary
from claims.expressions import expression
from claims.magnitude import ratio_of
from claims.model import LinkedClaim, LinkedFinding, Quantity

__all__ = ["PRIMARY", "of_the_whole"]

PRIMARY = expression(
    r"\bprimary (?:composite |efficacy |study |clinical |combined ){0,2}(?:outcome|end[ -]?point|event)s?\b",
    re.IGNORECASE,
)


def of_the_whole(
    quantity: Quantity, linked: LinkedClaim, cited: Sequence[LinkedFinding], vocabulary: Vocabulary
) -> tuple[LinkedFinding, LinkedFinding] | None:
    """The composite's finding that a change in percent is of, and that of the one outcome the claim names."""
    claim = linked.claim
    named = {mention.concept for mention in claim.mentions}
    outcome = [iri for iri in claim.proposition.outcome if iri in named]
    if len(outcome) != 1 or claim.citations_inherited or quantity.high is not None:
        return None
    results = [one for one in cited if _change(one) is not None and one.finding.outcome]
    own = [
        one
        for one in results
        if all(vocabulary.best_fit(outcome, (iri,)) is Fit.SAME for iri in one.finding.outcome)
    ]
    whole = [one for one in results if _is_composite(one, vocabulary) and _is(one, quantity)]
    if not own or not whole or any(_is(one, quantity) for one in results if one not in whole):
        return None
    return whole[0], own[0]


def _is_composite(one: LinkedFinding, vocabulary: Vocabulary) -> bool:
    first, *others = one.finding.outcome
    return PRIMARY.search(one.finding.quote or "") is not None and any(
        vocabulary.best_fit((first,), (other,)) not in CLOSE for other in others
    )


def _change(one: LinkedFinding) -> int | None:
    """The change in percent that a ratio is; None without one."""
    ratio = ratio_of(one.finding.effect) if one.finding.effect is not None else None
    return None if ratio is None else round(abs(1 - ratio[0]) * 100)


def _is(one: LinkedFinding, quantity: Quantity) -> bool:
    change = _change(one)
    return change is not None and abs(change - abs(quantity.value)) < 1
