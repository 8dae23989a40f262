"""Which of the findings behind a claim go into which forest plot."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from claims.forest import Claimed, Plot, Row, drawable
from claims.model import Claim, LinkedClaim, LinkedFinding
from claims.reports.phrases import finding_name, measure_name, number, source_text, unit_name

_RATIOS = frozenset({"ratio", "hazard-ratio", "risk-ratio", "odds-ratio", "rate-ratio", "relative-risk"})
_DIFFERENCES = frozenset(
    {
        "mean-difference",
        "standardised-mean-difference",
        "median-difference",
        "risk-difference",
        "percentage-points",
        "percent-change",
        "percent-reduction",
        "correlation",
    }
)


def plots(linked: LinkedClaim, labels: Mapping[str, str], claimed: Claimed | None = None) -> tuple[Plot, ...]:
    """The plots of a claim: all ratios on one axis, differences by measure and unit.

    Measures that are no contrast (a mean, a count, an F) and estimates without a value are left out.
    ``claimed`` is what the claim's own words say, as a ratio.
    """
    groups: dict[tuple[str, str], list[LinkedFinding]] = {}
    for one in linked.findings:
        effect = one.finding.effect
        if effect is None or effect.value is None or not effect.value.is_finite():
            continue
        if effect.measure in _RATIOS or effect.measure.endswith("-ratio"):
            groups.setdefault(("ratio", ""), []).append(one)
        elif effect.measure in _DIFFERENCES:
            groups.setdefault((effect.measure, effect.unit or ""), []).append(one)
    made = []
    for (measure, unit), members in groups.items():
        logarithmic = measure == "ratio"
        rows = tuple(row for row in (_row(one, labels) for one in members) if drawable(row, logarithmic))
        if not rows:
            continue
        kind = "ratios" if logarithmic else f"{measure_name(measure)}{unit_name(unit)}"
        title = f"Effect estimates behind this claim: {kind}"
        if logarithmic:
            made.append(Plot(title, rows, True, 1.0, below="lower", above="higher", claimed=claimed))
        else:
            made.append(Plot(title, rows, False, 0.0, unit=unit_name(unit).strip()))
    return tuple(made)


def claimed_of(claim: Claim) -> Claimed | None:
    """The ratio that the claim's magnitude words stand for; None when there are none."""
    return None


def _row(one: LinkedFinding, labels: Mapping[str, str]) -> Row:
    effect = one.finding.effect
    if effect is None or effect.value is None:
        raise ValueError("a row needs an estimate")
    shown = f"{measure_name(effect.measure)} {number(effect.value)}{unit_name(effect.unit)}"
    if effect.low is not None and effect.high is not None:
        shown += f" ({number(effect.low)} to {number(effect.high)})"
    return Row(
        name=source_text(one),
        detail=finding_name(one.finding, labels),
        value=float(effect.value),
        low=_finite(effect.low),
        high=_finite(effect.high),
        shown=shown,
        direction=one.direction,
    )


def _finite(value: Decimal | None) -> float | None:
    return float(value) if value is not None and value.is_finite() else None
