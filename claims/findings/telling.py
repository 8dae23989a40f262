"""How the numbers of a finding are told in a sentence: estimates, changes, groups' values, times."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from claims.magnitude import ratio_of
from graph.evidence import EffectEstimate, Finding, GroupValue
from graph.wording import amount, measure, measured, number, p_value


def trimmed(value: Decimal) -> str:
    """A number without an exponent, trailing zeros or commas, as doses and durations are told.

    >>> trimmed(Decimal("1E+3")), trimmed(Decimal("2.50"))
    ('1000', '2.5')
    """
    text = f"{value.normalize():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration_in_words(days: Decimal) -> str:
    """A time in the largest unit that it holds twice, or once exactly.

    >>> duration_in_words(Decimal("1731.285")), duration_in_words(Decimal(84)), duration_in_words(Decimal(1))
    ('4.7 years', '12 weeks', '1 day')
    """
    for unit, length in (("year", Decimal("365.25")), ("month", Decimal("30.4375")), ("week", Decimal(7))):
        number = (days / length).quantize(Decimal("0.1"))
        near = abs(number - number.to_integral_value()) <= Decimal("0.05")
        if number >= 2 or (number >= 1 and near):
            if unit == "month" and (days / 7) == (days / 7).to_integral_value():
                continue  # counted in weeks
            return f"{trimmed(number)} {unit}{'' if number == 1 else 's'}"
    return f"{trimmed(days)} day{'' if days == 1 else 's'}"


def estimate_in_words(estimate: EffectEstimate) -> str:
    """An estimate with its interval.

    >>> estimate_in_words(EffectEstimate("hazard-ratio", Decimal("0.72"), Decimal("0.60"), Decimal("0.85")))
    'hazard ratio 0.72, 95 % CI 0.60 to 0.85'
    """
    if estimate.value is None:
        return estimate.measure.replace("-", " ")
    said = f"{_name(estimate.measure)}{_amount(estimate)}"
    if estimate.low is not None and estimate.high is not None:
        level = number((estimate.level or Decimal(95)).normalize() + 0)
        low, high = _alike(estimate.low, estimate.high)
        return f"{said}, {level} % CI {low} to {high}"
    p = p_value(estimate)
    return f"{said}, {p}" if p else said


def _name(measure: str) -> str:
    """The measure written out before its number; nothing where the unit says it."""
    if measure in ("percent", "count", "other"):
        return ""
    changes = {"percent-change": "a change of ", "percent-reduction": "a reduction of ", "f-statistic": "F "}
    return changes.get(measure, f"{measure.replace('-', ' ')} ")


def _amount(estimate: EffectEstimate) -> str:
    of_percent = estimate.measure == "percent" or estimate.measure.startswith("percent-")
    return amount(estimate.value or Decimal(0), estimate.unit or ("percent" if of_percent else None))


def short_estimate(estimate: EffectEstimate) -> str:
    """An estimate for a list or a bracket; an interval that is not known is not shown.

    >>> short_estimate(EffectEstimate("hazard-ratio", Decimal("0.72"), Decimal("0.60"), Decimal("0.85")))
    'HR 0.72 (0.60 to 0.85)'
    """
    if estimate.value is None:
        return measure(estimate.measure)
    interval = ""
    if estimate.low is not None and estimate.high is not None:
        interval = f" ({number(estimate.low)} to {number(estimate.high)})"
    return f"{measured(estimate.measure, estimate.value, estimate.unit)}{interval}"


def _alike(low: Decimal, high: Decimal) -> tuple[str, str]:
    """Both ends with as many decimals as the one that has more: 0.6 and 0.85 as 0.60 and 0.85."""
    places = max(_places(low), _places(high))
    return number(low.quantize(Decimal(1).scaleb(-places))), number(high.quantize(Decimal(1).scaleb(-places)))


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
    """ "about 28 % lower"; None when the estimate is no ratio, or says it in percent itself.

    >>> change_in_words(EffectEstimate("risk-ratio", Decimal("1.3")))
    'about 30 % higher'
    """
    ratio = ratio_of(estimate)
    if ratio is None or estimate.measure.startswith("percent-"):
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
    """ "walking: median 208 days", "placebo: 10 %"."""
    if group.value is None:
        return group.label
    return f"{group.label}: {measured(group.measure, group.value, group.unit)}"


def finding_in_words(finding: Finding) -> str:
    """The numbers of a finding, else its label or the curator's own line."""
    return _numbers(finding) or finding.text or finding.label or finding.quote or "recorded without a number"


def told(finding: Finding) -> str:
    """What a finding says: the source's own words, else the curator's line with its numbers."""
    if finding.quote:
        return finding.quote
    line, numbers = finding.text or finding.label, _numbers(finding)
    return f"{line.rstrip('.')}: {numbers}" if line and numbers else line or finding_in_words(finding)


def _numbers(finding: Finding) -> str:
    if finding.effect is not None and finding.effect.value is not None:
        return estimate_in_words(finding.effect)
    return "; ".join(group_in_words(group) for group in finding.groups)
