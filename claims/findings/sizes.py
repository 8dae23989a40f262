"""A word of size where no estimate of the finding told can be held against it: what the source lets it be."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.findings.choosing import cited_findings, told_findings
from claims.findings.known import numbers_of
from claims.magnitude import MagnitudeCue, ratio_of
from claims.model import LinkedClaim, LinkedFinding

__all__ = ["LARGE", "beyond_all", "of_another_size", "told_small", "without_share"]

_DIFFERENCES = frozenset({"mean-difference", "standardised-mean-difference", "median-difference"})


def without_share(linked: LinkedClaim, cue: MagnitudeCue) -> LinkedFinding | None:
    """The best finding told, where all of them are plain differences, from which no share follows."""
    told = tuple(one for one in told_findings(linked) if not _only_concludes(one))
    if not told or linked.claim.citations_inherited:
        return None
    for one in told:
        effect = one.finding.effect
        if effect is None or effect.measure not in _DIFFERENCES or effect.value is None or one.finding.groups:
            return None
    numbers = numbers_of(cited_findings(linked), linked.works)
    least = 100 * (1 - cue.high if cue.high < 1 else cue.low - 1)  # percent that the word needs
    if any(one.unit == "percent" and one.kind in _PRINTED and least <= one.value < 90 for one in numbers):
        return None  # a percentage of that size is printed somewhere in the source: it may be this one
    return told[0]


_PRINTED = frozenset({"effect", "group", "text"})


def _only_concludes(one: LinkedFinding) -> bool:
    """Whether it is a conclusion in words, beside which the result itself stands."""
    return one.finding.quote_role == "synthesis" and one.finding.effect is None and not one.finding.groups


# Cohen's d: 0.2 is small, 0.5 medium, 0.8 large (Cochrane Handbook, 15.5.3.1). What the words need at least,
# or bear at most, with room to spare.
LARGE = {"dramatic": Decimal("0.6"), "substantial": Decimal("0.35")}
_AT_MOST = {"slight": Decimal("0.6")}


def of_another_size(linked: LinkedClaim, cue: MagnitudeCue) -> LinkedFinding | None:
    """The best finding told, where all are standardised differences of another size than the word's."""
    told = told_findings(linked)
    name = cue.name.split()[0]
    if not told or linked.claim.citations_inherited or name not in (*LARGE, *_AT_MOST):
        return None
    for one in told:
        effect = one.finding.effect
        if effect is None or effect.measure != "standardised-mean-difference" or effect.value is None:
            return None
        size = abs(effect.value)
        if LARGE.get(name, Decimal(0)) <= size <= _AT_MOST.get(name, size):
            return None
    return told[0]


_SMALL = re.compile(
    r"\b(?:(?:not|hardly|unlikely to be) (?:\w+ )?clinically (?:important|relevant|meaningful|significant)"
    r"|of (?:uncertain|doubtful|questionable|no|little) clinical (?:importance|relevance|significance)"
    r"|(?:minimal|trivial|negligible|slight(?:ly)?)"
    r"|(?:very )?small (?:effect|benefit|improvement|reduction|difference|increase|decrease)s?)\b",
    re.IGNORECASE,
)


def told_small(linked: LinkedClaim, cue: MagnitudeCue) -> tuple[LinkedFinding, str] | None:
    """The finding that a claim calls large and its source small, with the source's words."""
    if linked.claim.citations_inherited or cue.name.split()[0] not in LARGE:
        return None
    for one in told_findings(linked):
        words = _SMALL.search(one.finding.quote or "")
        if one.direction == "supports" and words is not None:
            return one, words.group()
    return None


_ROOM = Decimal("1.3")  # how far short of the word everything must fall
_FOLLOWING = frozenset({"change", "reciprocal", "group-change"})


def beyond_all(linked: LinkedClaim, cue: MagnitudeCue) -> LinkedFinding | None:
    """The largest ratio that a claim's sources print, where nothing they print comes near the word's size.

    Asked where it is not clear which of several results is told: "ten times as likely" is none of them.
    """
    if cue.high <= 1 or linked.claim.citations_inherited:
        return None
    found = cited_findings(linked)
    sized = [(max(ratio[0], 1 / ratio[0]), one) for one in found if (ratio := _ratio(one))]
    if not sized:
        return None
    for number in numbers_of(found, linked.works):
        if number.unit == "percent" and number.kind in _FOLLOWING:
            size = 1 + number.value / 100
        elif number.unit is None and number.kind in ("ratio", "reciprocal", "text"):
            size = number.value
        else:
            continue
        if cue.low <= size * _ROOM and (number.kind != "text" or size <= cue.high * _ROOM):
            return None
    return max(sized, key=lambda pair: (pair[0], pair[1].finding.iri))[1]


def _ratio(one: LinkedFinding) -> tuple[Decimal, Decimal | None, Decimal | None] | None:
    ratio = ratio_of(one.finding.effect) if one.finding.effect is not None else None
    return ratio if ratio is not None and ratio[0] > 0 else None
