"""Terms of the evidence in plain words: measures, directions, findings in one line."""

from __future__ import annotations

from decimal import Decimal

from graph.evidence import Dose, EffectEstimate, EvidenceLine, Finding, GroupValue, Study, Work

SHORT = {
    "hazard-ratio": "HR",
    "risk-ratio": "RR",
    "odds-ratio": "OR",
    "rate-ratio": "rate ratio",
    "mean-difference": "MD",
    "standardised-mean-difference": "SMD",
    "risk-difference": "RD",
    "number-needed-to-treat": "NNT",
}
DIRECTIONS = {
    "increases": "raises it",
    "decreases": "lowers it",
    "no-difference": "no difference shown",
    "unclear": "direction unclear",
}
RELATIONS = {"supports": "supports", "refutes": "refutes", "neutral": "is neutral"}
SIGNS = {"supports": "+", "refutes": "−", "neutral": "·"}


def number(value: Decimal) -> str:
    """A decimal without an exponent.

    >>> number(Decimal("1E+2")), number(Decimal("0.60"))
    ('100', '0.60')
    """
    return f"{value:f}"


def estimate(effect: EffectEstimate) -> str:
    """``HR 0.72 (95 % CI 0.60 to 0.85), p = 0.0002``, as far as known."""
    words = [SHORT.get(effect.measure, effect.measure.replace("-", " "))]
    if effect.value is not None:
        words.append(number(effect.value) + (f" {effect.unit}" if effect.unit else ""))
    text = " ".join(words)
    if effect.low is not None and effect.high is not None:
        level = f"{number(effect.level)} % CI " if effect.level is not None else ""
        text += f" ({level}{number(effect.low)} to {number(effect.high)})"
    if effect.p_value is not None:
        sign = {"less-than": "<", "greater-than": ">"}.get(effect.p_bound or "", "=")
        text += f", p {sign} {number(effect.p_value)}"
    return text


def group(value: GroupValue) -> str:
    """``walking: median 208 day``."""
    words = [value.measure.replace("-", " ")]
    if value.value is not None:
        words.append(number(value.value))
    if value.unit and value.unit != value.measure:
        words.append(value.unit)
    return f"{value.label}: {' '.join(words)}"


def dose(value: Dose) -> str:
    """``20 to 30 min/day``, ``at least 100 min/day``."""
    if value.low is not None and value.high is not None:
        same = value.low == value.high
        return f"{number(value.low)}{'' if same else f' to {number(value.high)}'} {value.unit}".strip()
    if value.low is not None:
        return f"at least {number(value.low)} {value.unit}".strip()
    if value.high is not None:
        return f"at most {number(value.high)} {value.unit}".strip()
    return value.unit


def finding(value: Finding) -> str:
    """What a finding found, in one line; empty when only its label is known."""
    parts = []
    if value.effect is not None and value.effect.value is not None:
        parts.append(estimate(value.effect))
    elif value.groups:
        parts.append("; ".join(group(one) for one in value.groups[:3]))
    elif value.effect is not None and value.effect.p_value is not None:
        parts.append(estimate(value.effect))
    if value.effect_direction:
        parts.append(DIRECTIONS.get(value.effect_direction, value.effect_direction.replace("-", " ")))
    return ", ".join(parts)


def study(value: Study) -> str:
    """``randomised controlled trial, 701 participants, Australia``."""
    parts = []
    if value.design:
        parts.append(value.design.replace("-", " "))
    if value.included_studies is not None:
        parts.append(f"{value.included_studies} studies")
    if value.sample_size is not None:
        parts.append(f"{value.sample_size} participants")
    if value.registration:
        parts.append(", ".join(value.registration))
    return ", ".join(parts)


def work(value: Work) -> str:
    """Where a work stands, and its identifier."""
    place = value.journal or ""
    if value.volume:
        place += f" {value.volume}"
        if value.issue:
            place += f"({value.issue})"
    locator = value.pages or value.article_number
    if locator:
        place += f":{locator}"
    parts = [place.strip()]
    if value.doi:
        parts.append(f"doi:{value.doi}")
    elif value.pmid:
        parts.append(f"PMID {value.pmid}")
    if value.standing and value.standing != "current":
        parts.append(value.standing.upper())
    return ", ".join(part for part in parts if part)


def line(value: EvidenceLine) -> str:
    """``supports (strong, direct)``."""
    said = RELATIONS.get(value.direction, value.direction)
    how = ", ".join(part for part in (value.strength, value.directness) if part)
    return f"{said} ({how})" if how else said
