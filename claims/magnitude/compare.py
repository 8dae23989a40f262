"""Whether an effect estimate lies within what magnitude words say."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from claims.magnitude.cues import MagnitudeCue
from graph.contrasts import is_ratio
from graph.evidence import EffectEstimate

_TOLERANCE = Decimal("1.03")  # rounding of printed ratios, on top of the word's own spread


@dataclass(frozen=True, slots=True)
class MagnitudeComparison:
    """``relation``: agrees, overstates, understates, opposite (the other side of one), or reciprocal
    (it fits when the same contrast is told from the other group's side).

    ``interval`` says how the interval lies to the words: outside, touches, or None when unknown.
    """

    relation: str
    ratio: Decimal
    low: Decimal | None
    high: Decimal | None
    interval: str | None


def ratio_of(estimate: EffectEstimate) -> tuple[Decimal, Decimal | None, Decimal | None] | None:
    """Value and interval of an estimate as a ratio; None when it is no ratio and cannot be made one.

    >>> ratio_of(EffectEstimate("percent-reduction", Decimal(28)))
    (Decimal('0.72'), None, None)
    """
    if estimate.value is None:
        return None
    if is_ratio(estimate.measure):
        return (estimate.value, estimate.low, estimate.high) if estimate.value > 0 else None
    if estimate.measure == "percent-change":
        made = [
            None if end is None else 1 + end / 100 for end in (estimate.value, estimate.low, estimate.high)
        ]
    elif estimate.measure == "percent-reduction":
        made = [
            None if end is None else 1 - end / 100 for end in (estimate.value, estimate.high, estimate.low)
        ]
    else:
        return None
    value, low, high = made
    return None if value is None or value <= 0 else (value, low, high)


def compare(cue: MagnitudeCue, estimate: EffectEstimate) -> MagnitudeComparison | None:
    """How the words stand to the estimate; None when the estimate is no ratio.

    >>> from claims.magnitude import words
    >>> found = EffectEstimate("hazard-ratio", Decimal("0.72"), Decimal("0.60"), Decimal("0.85"))
    >>> compare(words("nearly halved the risk")[0], found).relation
    'overstates'
    """
    ratio = ratio_of(estimate)
    if ratio is None:
        return None
    value, low, high = ratio
    return MagnitudeComparison(_relation(cue, value), value, low, high, _interval(cue, low, high))


def _relation(cue: MagnitudeCue, value: Decimal) -> str:
    if cue.kind == "folded":
        side = {"down": value > 1, "up": value < 1}.get(cue.direction or "", False)
        folded = min(value, 1 / value)
        if cue.low / _TOLERANCE <= folded <= cue.high * _TOLERANCE:
            return "reciprocal" if side else "agrees"
        if side:
            return "opposite"
        return "overstates" if folded > cue.high else "understates"
    if _within(cue, value):
        return "agrees"
    if _within(cue, 1 / value):
        return "reciprocal"
    down = cue.high <= 1
    if (down and value >= 1) or (not down and value <= 1):
        return "opposite"
    further = value > cue.high if down else value < cue.low
    return "overstates" if further else "understates"


def _within(cue: MagnitudeCue, value: Decimal) -> bool:
    slack = Decimal(1) if cue.kind == "percent" else _TOLERANCE
    return cue.low / slack <= value <= cue.high * slack


def _interval(cue: MagnitudeCue, low: Decimal | None, high: Decimal | None) -> str | None:
    if low is None or high is None or cue.kind == "folded":
        return None
    return "outside" if high < cue.low or low > cue.high else "touches"
