"""What a number is where it stands: a dose, an age, a year, an end of an interval; about or at least it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.quantities import patterns
from claims.quantities.units import KINDS


@dataclass(frozen=True, slots=True)
class Place:
    """A number token in its surroundings: the text before it, and what it spans so far."""

    text: str
    token: re.Match[str]
    left: str

    @property
    def start(self) -> int:
        """Where the token starts."""
        return self.token.start()

    def after(self, position: int, width: int = 40) -> str:
        """So many characters from a position on."""
        return self.text[position : position + width]


#: the comparisons that leave a number open to one side
ABOVE, BELOW = ("more-than", "at-least"), ("less-than", "at-most")


def comparison_of(left: str, right: str) -> str | None:
    """What the words around a number make of it: more-than, less-than, about, at-least, at-most or None."""
    for name, pattern in patterns.COMPARISON_AFTER:
        if pattern.match(right):
            return name
    before = " " + left[-40:].rstrip().lower().replace("(", " ")
    for filler in patterns.COMPARISON_FILLERS:
        before = before.removesuffix(filler)
    before = before.rstrip()
    for name, endings in patterns.COMPARISON_BEFORE:
        if before.endswith(endings):
            return name
    return None


def is_change(place: Place, role: str) -> bool:
    """ "from 112 to 208" is two values, unless it is a plain range ("from 20 to 30 minutes a day")."""
    if not patterns.FROM.search(place.left):
        return False
    if role not in ("dose", "duration", "age", "count"):
        return True
    before = place.text[max(0, place.start - 90) : place.start]
    return bool(patterns.CHANGE.search(before) or patterns.SUMMARY.search(place.left[-24:]))


def unit_before(left: str) -> str | None:
    """The unit of a bare change in "extended pain-free days from a median of 112 to 208"."""
    match = patterns.UNIT_BEFORE.search(left)
    if match is None:
        return None
    return {"day": "day", "week": "week", "month": "month", "minute": "min", "hour": "h"}[
        match["unit"].lower().rstrip("s")
    ]


def role_of(
    place: Place, end: int, unit: str | None, value: Decimal, high: Decimal | None, periodic: bool
) -> str:
    """The role of a number that ends at ``end``, as ``FoundQuantity`` names it; ``periodic``: a rate."""
    left, right = place.left, place.after(end)
    within = patterns.INTERVAL_BEFORE.search(left) is not None
    if unit in ("percent", "percentage_point"):
        return "interval" if within or patterns.LEVEL_AFTER.match(right) else "percent"
    if within:
        return "interval"
    if patterns.P_BEFORE.search(left):
        return "statistic"
    if unit in (None, "year") and 0 < value < 120 and _is_age(left, right, unit):
        return "age"
    kind = KINDS.get(unit or "") or KINDS.get((unit or "").split("/")[0])
    if value < 0 and kind != "measure":
        return "other"  # a difference: nobody is given less than nothing
    if patterns.BY_ITSELF.search(left) and kind in ("dose", "short-time"):
        return "other"
    if periodic:
        return "other" if kind == "measure" else "dose"
    if kind == "long-time":
        return "duration"
    if kind == "short-time" and (
        patterns.CHANGE_AFTER.match(right) or patterns.CHANGED_BY.search(left) or patterns.SLEPT.search(left)
    ):
        return "other"  # "slept 28 minutes less", "by 17 minutes": what came of it, not what was done
    if kind == "short-time":
        lasting = patterns.DURATION_BEFORE.search(left) and not patterns.FOR_BEFORE.search(left)
        return "duration" if lasting or unit == "s" else "dose"
    if kind == "dose":
        return "other" if patterns.SIZED_AFTER.match(right) else "dose"
    if unit is not None:
        return "other"
    if patterns.SAMPLE.search(left):
        return "count"
    if place.token["digits"] and _is_year(place, right, high):
        return "year"
    if patterns.COUNT_NOUN.match(place.text, end):
        return "count"
    return "statistic" if patterns.STATISTIC_BEFORE.search(left) else "other"


def _is_age(left: str, right: str, unit: str | None) -> bool:
    if patterns.AGE_AFTER.match(right) or patterns.AGE_BEFORE.search(left):
        return True
    return unit is None and patterns.PEOPLE_OVER.search(left) is not None


def _is_year(place: Place, right: str, high: Decimal | None) -> bool:
    if not re.fullmatch(r"(?:1[89]|20)\d\d", place.token["digits"]):
        return False
    if high is not None:
        return 1800 <= high < 2100
    if right[:1].isalpha():
        return True  # 2024a
    if patterns.COUNT_NOUN.match(right):
        return False
    return bool(patterns.YEAR_BEFORE.search(place.left) or re.match(r"\s?[);,.:]|\s*$|s\b", right))
