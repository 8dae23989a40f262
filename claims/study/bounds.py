"""The bounds that a text sets to what was measured of those who took part: "an HbA1c below 7.5 %"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims import quantities
from claims.model.kinds import Bound

__all__ = ["bounds_told", "other_bound"]


def bounds_told(text: str) -> Iterator[tuple[Bound, int, int]]:
    """The bounds told of anything but times and ages: "an HbA1c below 7.5 %"."""
    for one in quantities.find(text):
        if (
            one.comparison in (*quantities.BELOW, *quantities.ABOVE)
            and one.high is None
            and one.role not in ("age", "duration")
        ):
            above = one.comparison in quantities.ABOVE
            yield Bound(one.value, one.unit, above), one.start, one.end


def other_bound(bound: Bound, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Where a source has the number, and wherever it has it as the other bound: "7.5 % or more"."""
    other = quantities.BELOW if bound.above else quantities.ABOVE
    found = [
        (one, line)
        for line in lines
        for one in quantities.find(line)
        if one.value == bound.value and one.unit in (None, bound.unit)
    ]
    if any(one.comparison not in other for one, _ in found):
        return None
    return next(((False, one.text, line) for one, line in found), None)
