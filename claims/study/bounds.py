"""The bounds that a text sets to what was measured of those who took part: "an HbA1c below 7.5 %"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claims import quantities

__all__ = ["bounds_told", "other_bound"]


def bounds_told(text: str) -> Iterator[tuple[str, int, int]]:
    """The bounds told of anything but times and ages: "an HbA1c below 7.5 %"."""
    for one in quantities.find(text):
        if (
            one.comparison in (*quantities.BELOW, *quantities.ABOVE)
            and one.high is None
            and one.role not in ("age", "duration")
        ):
            way = "below" if one.comparison in quantities.BELOW else "above"
            yield f"bound {one.value} {one.unit or '-'} {way}", one.start, one.end


def other_bound(name: str, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Where a source has the number, and wherever it has it as the other bound: "7.5 % or more"."""
    _, value, unit, way = name.split(" ")
    other = quantities.ABOVE if way == "below" else quantities.BELOW
    found = [
        (one, line)
        for line in lines
        for one in quantities.find(line)
        if f"{one.value}" == value and (one.unit or unit) == unit
    ]
    if any(one.comparison not in other for one, _ in found):
        return None
    return next(((False, one.text, line) for one, line in found), None)
