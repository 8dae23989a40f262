"""Which of the findings behind a claim go into which forest plot."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

from claims import magnitude
from claims.forest import Claimed, Plot, Row, drawable
from claims.model import Claim, LinkedClaim, LinkedFinding
from claims.reports.phrases import (
    distinct,
    finding_name,
    short_source_text,
)
from claims.reports.positions import one_line
from graph.contrasts import is_difference, is_ratio
from graph.wording import measure as measure_name
from graph.wording import measured, number
from graph.wording import unit as unit_name

_REDUCTION = "percent-reduction"  # drawn as the ratio it stands for: 28 % less is 0.72
_ROWS_DRAWN = 12


def plots(linked: LinkedClaim, labels: Mapping[str, str], claimed: Claimed | None = None) -> tuple[Plot, ...]:
    """The plots of a claim: all ratios on one axis, differences by measure and unit.

    Measures that are no contrast (a mean, a count, an F) and estimates without a value are left out.
    ``claimed`` is what the claim's own words say, as a ratio. A plot draws at most twelve rows: those
    of works cited here first, then as they fit the claim; ``Plot.left_out`` counts the rest.
    """
    groups: dict[tuple[str, str], list[LinkedFinding]] = {}
    for one in distinct(linked.findings):
        effect = one.finding.effect
        if effect is None or effect.value is None or not effect.value.is_finite():
            continue
        if is_ratio(effect.measure) or effect.measure == _REDUCTION:
            groups.setdefault(("ratio", ""), []).append(one)
        elif is_difference(effect.measure):
            groups.setdefault((effect.measure, effect.unit or ""), []).append(one)
    made = []
    if (
        claimed is not None and ("ratio", "") in groups
    ):  # the plot that the claim's words are drawn on comes first
        groups = {("ratio", ""): groups[("ratio", "")], **groups}
    for (measure, unit), members in groups.items():
        logarithmic = measure == "ratio"
        rows = tuple(
            row
            for row in (_row(one, labels, named=logarithmic) for one in members)
            if drawable(row, logarithmic)
        )
        if not rows:
            continue
        left_out = max(0, len(rows) - _ROWS_DRAWN)
        rows = rows[:_ROWS_DRAWN]
        kind = "ratios" if logarithmic else one_line(measure_name(measure))
        shown_unit = one_line(unit_name(unit, Decimal(2)))
        kind += f", {shown_unit}" if shown_unit else ""
        title = f"Effect estimates behind this claim: {kind}"
        if logarithmic:
            made.append(Plot(title, rows, True, 1.0, claimed=claimed, left_out=left_out))
        else:
            made.append(Plot(title, rows, False, 0.0, unit=shown_unit, left_out=left_out))
    return tuple(made)


def claimed_of(claim: Claim) -> Claimed | None:
    """The ratio that the claim's magnitude words stand for ("nearly halved" is 0.475 to 0.6).

    None when there are none, or when it is not clear which of several is meant, or which way.
    """
    cues = magnitude.words(claim.text)
    said = claim.proposition.magnitude
    if said is not None:
        cues = tuple(cue for cue in cues if cue.text in said or said in cue.text)
    if len(cues) != 1:
        return None
    cue = cues[0]
    low, high = cue.low, cue.high
    if cue.kind == "folded":  # bounds of min(r, 1/r): the direction says which of the two
        if cue.direction == "up" and low > 0:
            low, high = 1 / high, 1 / low
        elif cue.direction != "down":
            return None
    if not (low.is_finite() and high.is_finite()) or high <= 0:
        return None
    return Claimed(one_line(cue.text), float(max(low, Decimal("0.001"))), float(high))


def _row(one: LinkedFinding, labels: Mapping[str, str], *, named: bool) -> Row:
    """``named``: the measure is said with the number, since ratios of several kinds share an axis."""
    effect = one.finding.effect
    if effect is None or effect.value is None:
        raise ValueError("a row needs an estimate")
    value, low, high = float(effect.value), _finite(effect.low), _finite(effect.high)
    if effect.measure == _REDUCTION:
        as_ratio = magnitude.ratio_of(effect)
        value, low, high = (
            (float(as_ratio[0]), _finite(as_ratio[1]), _finite(as_ratio[2]))
            if as_ratio
            else (math.nan, None, None)
        )
    shown = one_line(measured(effect.measure, effect.value, effect.unit)) if named else number(effect.value)
    if effect.low is not None and effect.high is not None:
        shown += f" ({number(effect.low)} to {number(effect.high)})"
    return Row(
        name=short_source_text(one),
        detail=finding_name(one.finding, labels),
        value=value,
        low=low,
        high=high,
        shown=shown,
        direction=one.direction,
    )


def _finite(value: Decimal | None) -> float | None:
    return float(value) if value is not None and value.is_finite() else None
