"""Numbers told of the difference between two groups that are what one group had or changed by.

Attacks fell by 6.4 with the drug and by 4.7 with placebo: the drug did not spare anybody 6.4 attacks "more
than placebo". And an amount that neither the groups nor their difference are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims import quantities
from claims.concepts import fold
from claims.expressions import expression
from claims.findings.known import KnownNumber
from claims.magnitude import ratio_of
from claims.model import LinkedFinding
from claims.sentence.amounts import Amount
from graph.evidence import Finding, GroupValue

__all__ = ["OfOneGroup", "instead_of_amount", "of_one_group"]

_THAN = expression(
    r"[^.;:]{0,60}?\b(?:than|compared (?:with|to)|versus|vs\.?|relative to|in comparison (?:with|to)|over)\s"
    r"(?!\d)",
    re.IGNORECASE,
)
_MORE = expression(
    r"(?:\s[\w%-]+){0,2}?\s(?:more|less|fewer|lower|higher|longer|shorter|greater|smaller|sooner|later|off)\b"
    r"|\s(?:more|less|fewer)\b",
    re.IGNORECASE,
)
_TAKES = expression(
    r"\b(?:by|t(?:akes?|ook) (?:away|off)|spar(?:es?|ed)|sav(?:es?|ed)|prevent(?:s|ed)|cuts?|"
    r"(?:lower|reduc)(?:es?|s|ed)|adds?|added)\s(?:[\w-]+\s){0,4}?(?:about\s|around\s|roughly\s|nearly\s)?$",
    re.IGNORECASE,
)
_PLAIN = ("effect", "group", "difference", "text", "time", "dose")
_DIFFERENCES = ("mean-difference", "median-difference", "risk-difference", "percentage-points")


@dataclass(frozen=True, slots=True)
class OfOneGroup:
    """The group whose number is told, and the finding that has the difference."""

    group: GroupValue
    linked: LinkedFinding


def of_one_group(
    text: str, start: int, end: int, value: Decimal, slack: Decimal, told: Sequence[LinkedFinding]
) -> OfOneGroup | None:
    """The group that a number belongs to which the sentence tells as the difference to the other group.

    None where another number of the sentence is the other group's: then both are told, as they are.
    """
    than = _THAN.match(text, end)
    if than is None or not (
        _MORE.match(text, end) or _MORE.search(text, start, end) or _TAKES.search(text, 0, start)
    ):
        return None
    printed = {abs(one.value) for one in quantities.find(text)}
    met: OfOneGroup | None = None
    for one in told:
        finding = one.finding
        own = _differences(finding)
        if len(finding.groups) < 2 or not own or any(abs(each - value) <= slack for each in own):
            return None
        group, *others = sorted(
            (each for each in finding.groups if each.value is not None),
            key=lambda each: abs(abs(each.value or Decimal(0)) - value),
        )
        if group.value is None or abs(abs(group.value) - value) > slack:
            return None
        if any(each.value is not None and abs(each.value) in printed for each in others):
            return None
        met = met or OfOneGroup(group, one)
    return met


def instead_of_amount(
    amount: Amount, told: Sequence[LinkedFinding], known: Sequence[KnownNumber]
) -> LinkedFinding | None:
    """The finding told whose difference counts the same thing and is another than the amount told.

    None where the amount is that of a group, or among the numbers ``known`` of the source.
    """
    for number in known:
        of_it = number.unit is None or _counts(number.unit, amount)
        if of_it and number.kind in _PLAIN and abs(number.value - amount.value) <= amount.slack:
            return None
    best: LinkedFinding | None = None
    for one in told:
        effect = one.finding.effect
        if effect is None or effect.value is None or effect.measure not in _DIFFERENCES:
            return None
        if not _counts(effect.unit, amount):
            return None
        values = (abs(each.value) for each in one.finding.groups if each.value)
        if any(abs(each - amount.value) <= amount.slack for each in (*_differences(one.finding), *values)):
            return None
        best = best or one
    return best


def _counts(unit: str | None, amount: Amount) -> bool:
    """Whether a difference in ``unit`` ("attack/month") counts what the amount does."""
    if unit is None:
        return False
    what, _, period = unit.partition("/")
    names = {"min": "minute", "h": "hour"}
    return fold(names.get(what, what)) == amount.what and (not period or amount.period in (None, period))


def _differences(finding: Finding) -> list[Decimal]:
    """The numbers that a finding has for the difference between its groups."""
    effect = finding.effect
    found: list[Decimal] = []
    if effect is not None and effect.value is not None:
        ratio = ratio_of(effect)
        if ratio is not None:
            found += [abs(1 - ratio[0]) * 100, abs(1 - 1 / ratio[0]) * 100]
        elif effect.measure in _DIFFERENCES:
            found.append(abs(effect.value))
    values = [abs(each.value) for each in finding.groups if each.value]
    if len(values) == 2:
        one, other = values
        found += [abs(one - other), abs(1 - one / other) * 100, abs(1 - other / one) * 100]
    return found
