"""Units as people print them, and what one is worth in another.

The table says which printed forms mean which unit; what may be converted into what is left to pint,
with the units of health writing (session, step, serving, IU, MET ...) defined beside its own. Pint
takes a third of a second to import, so the conversions that nearly every article needs (time over
time) are done here and pint is asked only for the rest.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pint import UnitRegistry

#: canonical unit (a pint expression) → printed forms, as regular expression alternatives.
#: Longer forms first where one begins another. Case matters where it tells units apart.
UNITS: tuple[tuple[str, str, str], ...] = (
    # canonical, kind, printed forms
    ("percentage_point", "percent", r"(?i:percentage[ -]points?)"),
    ("percent", "percent", r"%|(?i:per\s?cents?\b)|(?i:percent\b)|pct\b"),
    ("MET*min", "dose", r"MET[ -·]?(?:minutes?|mins?)\b"),
    ("MET*h", "dose", r"MET[ -·]?(?:hours?|hrs?|h)\b"),
    ("MET", "dose", r"METs?\b"),
    ("mL/kg/min", "measure", r"m[lL]\s?[/·]\s?kg\s?[/·]\s?min\b|m[lL]/\(kg[·*]min\)"),
    ("mmHg", "measure", r"mm\s?Hg\b|(?i:millimet(?:er|re)s? of mercury)"),
    ("mmol/L", "measure", r"mmol\s?/\s?[lL]\b|mmol per lit(?:er|re)|mM\b"),
    ("mmol/mol", "measure", r"mmol\s?/\s?mol\b"),
    ("umol/L", "measure", r"[uµμ]mol\s?/\s?[lL]\b"),
    ("nmol/L", "measure", r"nmol\s?/\s?[lL]\b"),
    ("pmol/L", "measure", r"pmol\s?/\s?[lL]\b"),
    ("mg/dL", "measure", r"mg\s?/\s?d[lL]\b|(?i:milligrams? per decilit(?:er|re))"),
    ("g/dL", "measure", r"g\s?/\s?d[lL]\b"),
    ("mg/L", "measure", r"mg\s?/\s?[lL]\b"),
    ("g/L", "measure", r"g\s?/\s?[lL]\b"),
    ("ng/mL", "measure", r"ng\s?/\s?m[lL]\b"),
    ("mcg/mL", "measure", r"[uµμ]g\s?/\s?m[lL]\b|(?i:micrograms? (?:per|a) millilit(?:er|re))"),
    ("pg/mL", "measure", r"pg\s?/\s?m[lL]\b"),
    ("kg/m**2", "measure", r"kg\s?/\s?m(?:2|²|\^2)"),
    ("bpm", "measure", r"bpm\b|(?i:beats?\s?(?:per|/|a)\s?min(?:ute)?\b)"),
    ("point", "measure", r"(?i:points?\b)"),
    ("MPa", "measure", r"MPa\b|(?i:megapascals?\b)"),
    ("kN", "measure", r"kN\b|(?i:kilonewtons?\b)"),
    ("N", "measure", r"N\b(?!\s?=)|(?i:newtons?\b)"),
    ("Hz", "measure", r"Hz\b|(?i:hertz\b)"),
    ("dioptre", "measure", r"(?i:diopt(?:re|er)s?\b)"),
    ("g/kg", "dose", r"g\s?/\s?kg\b|(?i:grams? per kilogram(?: of body ?weight)?)"),
    (
        "mg/kg",
        "dose",
        r"mg\s?/\s?kg\b|(?i:(?:mg|milligrams?) (?:per|for (?:each|every)|(?:to )?each|a) "
        r"(?:kg|kilo(?:gram(?:me)?)?)\b(?: of body ?weight)?)",
    ),
    (
        "mcg/kg",
        "dose",
        r"(?i:micrograms? (?:per|for (?:each|every)|(?:to )?each|a) (?:kg|kilo(?:gram(?:me)?)?)\b)",
    ),
    ("mcg", "dose", r"(?:mcg|[uµμ]g)\b|(?i:micrograms?\b)"),
    ("mg", "dose", r"mg\b|(?i:milligrams?\b|milligrammes?\b)"),
    ("IU", "dose", r"IUs?\b|(?i:international units?\b)"),
    ("kg", "measure", r"kgs?\b|(?i:kilograms?\b|kilos?\b)"),
    ("g", "dose", r"(?:g|gm|gms)\b|(?i:grams?\b|grammes?\b)"),
    ("kcal", "dose", r"k[cC]als?\b|(?i:(?:kilo)?calories?\b)"),
    ("kJ", "dose", r"kJ\b|(?i:kilojoules?\b)"),
    ("mL", "dose", r"m[lL]\b|(?i:millilit(?:er|re)s?\b)"),
    ("L", "dose", r"L\b|(?i:lit(?:er|re)s?\b)"),
    ("lb", "measure", r"lbs?\b|(?i:pounds?\b)"),
    ("oz", "dose", r"oz\b|(?i:ounces?\b)"),
    ("serving", "dose", r"(?i:(?:servings?|portions?)\b)"),
    ("cup", "dose", r"(?i:cups?\b)"),
    ("glass", "dose", r"(?i:glass(?:es)?\b)"),
    ("drink", "dose", r"(?i:drinks?\b)"),
    ("tablet", "dose", r"(?i:(?:tablets?|capsules?|pills?)\b)"),
    ("tablespoon", "dose", r"(?i:(?:tablespoons?|tbsp)\b)"),
    ("teaspoon", "dose", r"(?i:(?:teaspoons?|tsp)\b)"),
    ("cigarette", "dose", r"(?i:cigarettes?\b)"),
    ("egg", "dose", r"(?i:eggs?\b)"),
    ("step", "dose", r"(?i:steps?\b)"),
    ("Gy", "dose", r"Gy\b"),
    ("km", "dose", r"km\b|(?i:kilomet(?:er|re)s?\b)"),
    ("mile", "dose", r"(?i:miles?\b)"),
    ("cm", "measure", r"cm\b|(?i:centimet(?:er|re)s?\b)"),
    ("um", "measure", r"[µμ]m\b|(?i:micromet(?:er|re)s?\b|microns?\b)"),
    ("mm", "measure", r"mm\b(?!\s?Hg)|(?i:millimet(?:er|re)s?\b)"),
    ("m", "measure", r"(?i:met(?:er|re)s\b)"),
    ("degC", "measure", r"°\s?C\b|(?i:degrees? celsius\b)"),
    ("degree", "measure", r"°|(?i:degrees?\b)"),
    ("session", "dose", r"(?i:(?:sessions?|workouts?|bouts?)\b)"),
    ("repetition", "dose", r"(?i:(?:repetitions?|reps)\b)"),
    ("times", "times", r"(?i:times\b)|[×x](?=\s?(?:/|per|a|weekly|daily|\d))"),
    ("fold", "times", r"(?i:fold\b)"),
    ("ms", "measure", r"ms\b|(?i:milliseconds?\b)"),
    ("s", "short-time", r"(?i:(?:seconds?|secs?)\b)"),
    ("min", "short-time", r"(?i:(?:minutes?|mins?)\b)"),
    ("h", "short-time", r"(?i:(?:hours?|hrs?|hr)\b)|h\b"),
    ("night", "long-time", r"(?i:nights?\b)"),
    ("day", "long-time", r"(?i:days?\b)"),
    ("week", "long-time", r"(?i:(?:weeks?|wks?)\b)"),
    ("month", "long-time", r"(?i:(?:months?|mos?)\b)"),
    ("year", "long-time", r"(?i:(?:years?|yrs?)\b)|y\b"),
)

KINDS: dict[str, str] = {canonical: kind for canonical, kind, _ in UNITS}

#: printed period → canonical unit below the line
PERIODS: dict[str, str] = {
    "day": "day", "d": "day", "daily": "day", "night": "day", "nightly": "day", "24 h": "day",
    "week": "week", "wk": "week", "weekly": "week", "month": "month", "monthly": "month",
    "year": "year", "yr": "year", "annually": "year", "yearly": "year", "session": "session",
    "workout": "session", "hour": "h", "h": "h", "minute": "min", "min": "min", "serving": "serving",
    "meal": "meal", "kg": "kg",
}  # fmt: skip

# Conversions done without pint: seconds in a unit of time. A month and a year are pint's.
_SECONDS: dict[str, Decimal] = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "min": Decimal(60),
    "h": Decimal(3600),
    "day": Decimal(86400),
    "night": Decimal(86400),
    "week": Decimal(604800),
    "month": Decimal("2629800"),
    "year": Decimal("31557600"),
}

_DEFINITIONS = (
    "session = [session]",
    "step = [step]",
    "repetition = [repetition]",
    "serving = [serving]",
    "glass = [glass]",
    "cup = [cup]",  # of coffee or tea: nobody's cup holds the cook's 237 mL
    "drink = [drink]",
    "tablet = [tablet]",
    "cigarette = [cigarette]",
    "egg = [egg]",
    "meal = [meal]",
    "point = [point]",
    "fold = [fold]",
    "IU = [international_unit]",
    "MET = [metabolic_equivalent]",
    "mcg = microgram",
    "night = day",
    "percentage_point = [percentage_point]",
)


@cache
def registry() -> UnitRegistry[Decimal]:
    """Pint with the units of health writing; values are Decimals. Built at first use."""
    from pint import UnitRegistry

    units: UnitRegistry[Decimal] = UnitRegistry(non_int_type=Decimal, cache_folder=None)
    for definition in _DEFINITIONS:
        units.define(definition)
    return units


@lru_cache(maxsize=4096)
def factor(source: str, target: str) -> Decimal | None:
    """What one ``source`` is in ``target``; None when they measure different things.

    >>> factor("min/day", "min/week")
    Decimal('7')
    >>> factor("mg", "min") is None
    True
    """
    if source == target:
        return Decimal(1)
    quick = _time_factor(source, target)
    if quick is not None:
        return quick
    if _known_apart(source, target):
        return None
    if not (_EXPRESSION.fullmatch(source) and _EXPRESSION.fullmatch(target)):
        return None
    from pint.errors import PintError

    units = registry()
    try:
        return Decimal(units.Quantity(Decimal(1), source).to(target).magnitude)
    except PintError:
        return None


def _time_factor(source: str, target: str) -> Decimal | None:
    above, _, below = source.partition("/")
    above_target, _, below_target = target.partition("/")
    if bool(below) != bool(below_target):
        return None
    if above == above_target:
        top = Decimal(1)
    elif above in _SECONDS and above_target in _SECONDS:
        top = _SECONDS[above] / _SECONDS[above_target]
    else:
        return None
    if not below or below == below_target:
        return top.normalize() + 0
    if below in _SECONDS and below_target in _SECONDS:
        return (top * _SECONDS[below_target] / _SECONDS[below]).normalize() + 0
    return None


def _known_apart(source: str, target: str) -> bool:
    """Plainly different things, so that pint need not be imported to say so."""
    kinds = [
        tuple("time" if part in _SECONDS else "own" if part in _OWN else part for part in unit.split("/"))
        for unit in (source, target)
    ]
    if len(kinds[0]) != len(kinds[1]):
        return "own" in kinds[0] or "own" in kinds[1] or {"time"} in (set(kinds[0]), set(kinds[1]))
    for left, right, a, b in zip(*kinds, source.split("/"), target.split("/"), strict=True):
        if left == right == "own" and a != b:
            return True
        if left != right and (left in ("own", "time") or right in ("own", "time")):
            return True
    return False


# What a unit may look like before pint is asked: its parser is not for strangers' text.
_EXPRESSION = re.compile(r"[A-Za-z_]{1,24}(?:\*\*\d)?(?:[*/][A-Za-z_]{1,24}(?:\*\*\d)?){0,3}")

_OWN = frozenset(definition.split()[0] for definition in _DEFINITIONS if "[" in definition) | {"percent"}


def convert(value: Decimal, source: str, target: str) -> Decimal | None:
    """``value`` of unit ``source`` in unit ``target``; None when it cannot be said.

    >>> convert(Decimal(2), "h/day", "min/week")
    Decimal('840')
    """
    scale = factor(source, target)
    return None if scale is None else value * scale


def same_kind(first: str | None, second: str | None) -> bool:
    """Whether two units measure the same kind of thing (and so may be compared)."""
    return first is not None and second is not None and factor(first, second) is not None
