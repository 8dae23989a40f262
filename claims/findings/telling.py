"""How a stored finding is told: its estimate in words, the evidence path to it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from claims.magnitude import ratio_of
from claims.model import EvidencePointer, LinkedFinding
from graph.evidence import EffectEstimate, Finding, GroupValue

#: last part of the measure scheme → words; where absent the name itself with spaces
_MEASURES = {
    "percent-change": "change",
    "percent-reduction": "reduction",
    "percentage-points": "difference in percentage points",
    "standardised-mean-difference": "standardised mean difference",
}


def plain(value: Decimal) -> str:
    """A number as people print it: no exponent, thousands in commas, a true minus sign.

    >>> plain(Decimal("1E+3")), plain(Decimal("-0.60"))
    ('1,000', '−0.60')
    """
    text = f"{value:,f}" if value.is_finite() else str(value)
    return text.replace("-", "−")


def estimate_in_words(estimate: EffectEstimate) -> str:
    """An estimate with its interval.

    >>> estimate_in_words(EffectEstimate("hazard-ratio", Decimal("0.72"), Decimal("0.60"), Decimal("0.85")))
    'hazard ratio 0.72, 95 % CI 0.60 to 0.85'
    """
    name = _MEASURES.get(estimate.measure, estimate.measure.replace("-", " "))
    if estimate.value is None:
        return name
    unit = {
        "percent": " %",
        None: " %" if estimate.measure.startswith("percent-") else "",
    }.get(estimate.unit, f" {estimate.unit}")
    said = f"{name} {plain(estimate.value)}{unit}"
    if estimate.low is not None and estimate.high is not None:
        level = plain((estimate.level or Decimal(95)).normalize() + 0)
        low, high = _alike(estimate.low, estimate.high)
        said += f", {level} % CI {low} to {high}"
    elif estimate.p_value is not None:
        bound = {"less-than": "<", "greater-than": ">"}.get(estimate.p_bound or "", "=")
        said += f", p {bound} {plain(estimate.p_value)}"
    return said


def _alike(low: Decimal, high: Decimal) -> tuple[str, str]:
    """Both ends with as many decimals as the one that has more: 0.6 and 0.85 as 0.60 and 0.85."""
    places = max(_places(low), _places(high))
    return plain(low.quantize(Decimal(1).scaleb(-places))), plain(high.quantize(Decimal(1).scaleb(-places)))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def percent_of_ratio(ratio: Decimal) -> Decimal:
    """The size of the change that a ratio means, in whole percent (below 1 % with one decimal).

    >>> percent_of_ratio(Decimal("0.72")), percent_of_ratio(Decimal("1.005"))
    (Decimal('28'), Decimal('0.5'))
    """
    change = abs(1 - ratio) * 100
    step = Decimal(1) if change >= 1 else Decimal("0.1")
    return change.quantize(step, rounding=ROUND_HALF_UP)


def change_in_words(estimate: EffectEstimate) -> str | None:
    """ "about 28 % lower"; None when the estimate is no ratio.

    >>> change_in_words(EffectEstimate("risk-ratio", Decimal("1.3")))
    'about 30 % higher'
    """
    ratio = ratio_of(estimate)
    if ratio is None:
        return None
    way = "lower" if ratio[0] < 1 else "higher"
    return f"about {percent_of_ratio(ratio[0])} % {way}"


def group_ratio(finding: Finding) -> Decimal | None:
    """The first group's value over the second's, where a finding has just two of one kind.

    >>> one, two = GroupValue("tea", "mean", Decimal(30)), GroupValue("none", "mean", Decimal(40))
    >>> group_ratio(Finding("f", groups=(one, two)))
    Decimal('0.75')
    """
    if len(finding.groups) != 2:
        return None
    first, second = finding.groups
    if (first.measure, first.unit) != (second.measure, second.unit):
        return None
    if not first.value or not second.value or first.value < 0 or second.value < 0:
        return None
    return first.value / second.value


def group_in_words(group: GroupValue) -> str:
    """ "walking: median 208 day"."""
    if group.value is None:
        return group.label
    unit = {None: "", "percent": " %", "day": " days"}.get(group.unit, f" {group.unit}")
    return f"{group.label}: {group.measure} {plain(group.value)}{unit}"


def finding_in_words(finding: Finding) -> str:
    """The numbers of a finding, else its label or the curator's own line."""
    if finding.effect is not None and finding.effect.value is not None:
        return estimate_in_words(finding.effect)
    if finding.groups:
        return "; ".join(group_in_words(group) for group in finding.groups)
    return finding.text or finding.label or finding.quote or "recorded without a number"


def pointers(linked: LinkedFinding) -> tuple[EvidencePointer, ...]:
    """The evidence path of a linked finding: work, study, finding."""
    path = []
    if linked.work is not None:
        path.append(EvidencePointer(linked.work.iri, "work", linked.work.title or linked.work.iri))
    if linked.study is not None:
        path.append(EvidencePointer(linked.study.iri, "study", linked.study.label or linked.study.iri))
    quote = linked.finding.quote or finding_in_words(linked.finding)
    path.append(EvidencePointer(linked.finding.iri, "finding", quote))
    return tuple(path)


def work_in_words(linked: LinkedFinding) -> str:
    """ "Pocovi et al. 2024" or the study's label."""
    work = linked.work
    if work is None or not work.authors:
        return (linked.study.label if linked.study else None) or "the cited work"
    family = work.authors[0].rsplit(" ", 1)[0].split(",")[0]
    many = " et al." if len(work.authors) > 1 else ""
    return f"{family}{many}{f' {work.year}' if work.year else ''}"
