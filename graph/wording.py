"""Terms of the evidence in plain words, told alike in messages, reports, traces and exports."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.designs import design_label
from graph.evidence import Dose, EffectEstimate, EvidenceLine, Finding, GroupValue, Study, Work
from graph.reading.nodes import last_part

#: The usual short forms of measures.
SHORT = {
    "hazard-ratio": "HR",
    "risk-ratio": "RR",
    "rate-ratio": "IRR",
    "odds-ratio": "OR",
    "standardised-mean-difference": "SMD",
    "percent-reduction": "reduction",
    "percent-change": "change",
    "f-statistic": "F",
}
DIRECTIONS = {
    "increases": "raises it",
    "decreases": "lowers it",
    "no-difference": "no difference shown",
    "unclear": "direction unclear",
}
RELATIONS = {"supports": "supports", "refutes": "refutes", "neutral": "is neutral"}
SIGNS = {"supports": "+", "refutes": "−", "neutral": "·"}
#: How a p value that is only bounded is told.
BOUNDS = {"less-than": "<", "greater-than": ">"}
#: Units written as words take an s; these are short forms that do not.
SHORT_UNITS = frozenset(
    {"min", "sec", "mcg", "bpm", "rpm", "kcal", "cal", "mol", "mmol", "nmol", "pmol", "mph", "kph", "lux"}
)


def number(value: Decimal) -> str:
    """A number as people print it: no exponent, thousands in commas, a true minus sign.

    >>> number(Decimal("1E+3")), number(Decimal("-0.60"))
    ('1,000', '−0.60')
    """
    if not value.is_finite():
        return "not a number"
    return (f"{value:,f}" if abs(value.adjusted()) < 12 else str(value)).replace("-", "−")


def unit(name: str | None, value: Decimal | None = None) -> str:
    """A unit as it stands behind a number; empty where there is none.

    >>> unit("day", Decimal(208)), unit("day", Decimal(1)), unit("session/week", Decimal(5)), unit("percent")
    ('days', 'day', 'sessions/week', '%')
    """
    if not name or name == "dimensionless":
        return ""
    if name == "percent":
        return "%"
    counted, slash, per = name.replace("_", " ").partition("/")
    if value is not None and abs(value) != 1 and counted not in SHORT_UNITS:
        if counted == "person":
            counted = "people"
        elif re.fullmatch(r"[a-z]{3,}|percentage point", counted) and counted[-1] not in "szx":
            counted += "s"
    return counted + slash + per


def amount(value: Decimal, name: str | None) -> str:
    """A number with its unit: "208 days", "14 %", "30 min/day"."""
    return f"{number(value)} {unit(name, value)}".rstrip()


def measure(name: str) -> str:
    """``hazard-ratio`` → ``HR``; a measure without a usual short form is spelled out."""
    return SHORT.get(name, name.replace("-", " "))


def measured(name: str, value: Decimal, unit_name: str | None) -> str:
    """A measure with its number: "HR 0.72", "median 112 days", "52 %", "2 muscles"."""
    if name == "percent" or name.startswith("percent-"):
        unit_name = unit_name or "percent"
    named = "" if name in ("percent", "count", "other") else f"{measure(name)} "
    return named + amount(value, unit_name)


def interval(low: Decimal | None, high: Decimal | None, level: Decimal | None) -> str | None:
    """ "95 % CI 0.60 to 0.85"; None when the interval was not recorded."""
    if low is None and high is None:
        return None
    at = f"{number(level)} % CI " if level is not None else "interval "
    if low is None:
        return f"{at}up to {number(high)}" if high is not None else None
    return f"{at}{number(low)} to {number(high)}" if high is not None else f"{at}from {number(low)}"


def p_value(effect: EffectEstimate) -> str | None:
    """ "p < 0.001"; None when unknown."""
    if effect.p_value is None:
        return None
    return f"p {BOUNDS.get(effect.p_bound or '', '=')} {number(effect.p_value)}"


def estimate(effect: EffectEstimate) -> str:
    """ "HR 0.72 (95 % CI 0.60 to 0.85; p = 0.0002)"; what is not recorded is said to be so."""
    p = p_value(effect)
    if effect.value is None:
        return f"{measure(effect.measure)}, value not recorded" + (f" ({p})" if p else "")
    within = interval(effect.low, effect.high, effect.level) or "interval not recorded"
    inside = "; ".join(part for part in (within, p) if part)
    return f"{measured(effect.measure, effect.value, effect.unit)} ({inside})"


def group(value: GroupValue) -> str:
    """ "control: median 112 days (95 % CI 89 to 140), n = 350"."""
    if value.value is None:
        shown = f"{value.label}: {measure(value.measure)}, value not recorded"
    else:
        shown = f"{value.label}: {measured(value.measure, value.value, value.unit)}"
    within = interval(value.low, value.high, value.level)
    shown += f" ({within})" if within else ""
    return f"{shown}, n = {value.size:,}" if value.size is not None else shown


def dose(value: Dose) -> str:
    """ "20 to 30 min/day", "at least 100 min/day", "up to 2 cups/day"."""
    low, high = (None if end is None else end.normalize() for end in (value.low, value.high))
    if low is not None and high is not None:
        return amount(low, value.unit) if low == high else f"{number(low)} to {amount(high, value.unit)}"
    if low is not None:
        return f"at least {amount(low, value.unit)}"
    return f"up to {amount(high, value.unit)}" if high is not None else f"an unknown amount ({value.unit})"


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


def design(value: Study) -> str | None:
    """ "randomised controlled trial", "meta-analysis of cohort studies"; None where unknown."""
    if value.design is None:
        return None
    inside = " and ".join(_several(one) for one in value.included_designs)
    return design_label(value.design) + (f" of {inside}" if inside else "")


def _several(name: str) -> str:
    """ "randomised controlled trials", "cohort studies"."""
    return design_label(name) + ("s" if name.endswith(("trial", "experiment")) else " studies")


def study(value: Study) -> str:
    """ "randomised controlled trial, n = 701, ACTRN12619001134112"; empty where nothing is known."""
    parts = [design(value) or ""]
    species = [last_part(iri).replace("-", " ") for iri in value.species]
    if species and "human" not in species:  # else a step of a mechanism reads as if it were seen in people
        parts.append(f"in {', '.join(species)}")
    if value.included_studies is not None:
        parts.append(f"{value.included_studies} studies")
    if value.sample_size is not None:
        parts.append(f"n = {value.sample_size:,}")
    return ", ".join(part for part in (*parts, *value.registration) if part)


def place(value: Work) -> str:
    """Volume, issue and pages or article number: "176(2):199-208"; empty where none is known."""
    where = value.pages or value.article_number or ""
    if not value.volume:
        return where
    issue = f"({value.issue})" if value.issue else ""
    return f"{value.volume}{issue}" + (f":{where}" if where else "")


def work(value: Work) -> str:
    """Where a work stands, its identifier, and what is known against it; the journal is not named again."""
    parts = [place(value)]
    if value.doi:
        parts.append(f"doi:{value.doi}")
    elif value.pmid:
        parts.append(f"PMID {value.pmid}")
    if value.standing and value.standing != "current":
        parts.append(value.standing.upper())
    return ", ".join(part for part in parts if part)


def line(value: EvidenceLine) -> str:
    """ "supports (strong, direct)"."""
    said = RELATIONS.get(value.direction, value.direction)
    how = ", ".join(part for part in (value.strength, value.directness) if part)
    return f"{said} ({how})" if how else said
