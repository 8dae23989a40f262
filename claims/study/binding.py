"""What a text tells at which time: the time that stands with a number, the dose that was given for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.study.amounts import Amount, amounts, of_one_kind, same_amount
from claims.study.times import Time, alike, times

__all__ = ["dose_then", "time_of_numbers"]

_REACH = 60  # characters between a number and the time that it is told of
_NEXT_TO = 26  # between a dose and how long it was given
_LEADS = re.compile(
    r"\b(?:at|by|after|within|in|on|over|during|until)\s(?:the\s)?(?:end of\s)?$", re.IGNORECASE
)
# another phrase begins there: "71 %, and at five years"
_ANEW = re.compile(
    r"[.;:]\s|\bbaseline\b|(?:,|\band|\bbut|\bto)\s(?:at|by|after|within|in|on|over)\s(?:the\s)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def _bound(text: str) -> tuple[tuple[Decimal, Time], ...]:
    """The numbers of a text, each with the time behind it that it is told of."""
    text = text.replace("vs. ", "vs  ")
    given = times(text, of_anything=True)
    found: list[tuple[Decimal, Time]] = []
    for one in quantities.find(text) if given else ():
        if one.role not in ("percent", "other", "statistic") or one.value < _TELLING:
            continue
        behind = next((time for time in given if time.start >= one.end), None)
        if behind is None or behind.start - one.end > _REACH or any(t.start == one.start for t in given):
            continue
        gap = text[one.end : behind.start]
        if _LEADS.search(gap) and not _ANEW.search(gap):
            found.append((one.value, behind))
    return tuple(found)


_TELLING = 10  # smaller numbers are told of many things


def time_of_numbers(text: str, said: Time, lines: Sequence[str]) -> tuple[Time, str] | None:
    """The time, and its line, at which a source has the numbers of a sentence that tells them of another one.

    The sentence has one time only. None where one of its numbers is that of its time, or none has a time.

    >>> source = "Of the grafts 71 % worked at 1 year and 59 % at 5 years."
    >>> said, = times("After five years 71 % of the grafts worked.")
    >>> time_of_numbers("After five years 71 % of the grafts worked.", said, [source])[0].value
    Decimal('1')
    """
    if len(times(text, of_anything=True)) != 1:
        return None
    values = {one.value for one in quantities.find(text) if one.start != said.start and one.value >= _TELLING}
    found: tuple[Time, str] | None = None
    for line in lines:
        bound = _bound(line)
        own = [time for value, time in bound if value in values]
        if any(alike(said, time) for time in own):
            return None
        if own and found is None:
            found = own[0], line
    return found


def dose_then(text: str, said: Amount, lines: Sequence[str]) -> tuple[Amount, str] | None:
    """The dose that a source gives for just the time for which a sentence tells another one of its doses.

    >>> source = "They took 10 mg a day for 12 weeks, then 30 mg a day."
    >>> said, = amounts("They took 30 mg a day for 12 weeks.")
    >>> dose_then("They took 30 mg a day for 12 weeks.", said, [source])[0].text_of(source)
    '10 mg a day'
    """
    told = [time for one, time in _side_by_side(text) if one.start == said.start]
    if len(told) != 1 or said.unit.startswith("session"):
        return None
    found: tuple[Amount, str] | None = None
    for line in lines:
        for one, time in _side_by_side(line):
            if not alike(told[0], time) or not of_one_kind(said, one):
                continue
            if same_amount(said, one):
                return None
            found = found or (one, line)
    return found


def _side_by_side(text: str) -> Iterator[tuple[Amount, Time]]:
    given = times(text, of_anything=True)
    doses = [one for one in amounts(text) if not any(time.start == one.start for time in given)]
    for one in doses:
        for time in given:
            low, high = (one.end, time.start) if one.start < time.start else (time.end, one.start)
            if not 0 <= high - low <= _NEXT_TO:
                continue
            gap = text[low:high]
            starts = [*(other.start for other in doses), *(other.start for other in given)]
            if not _APART.search(gap) and not any(low <= start < high for start in starts):
                yield one, time


_APART = re.compile(r"[.;:()]|\b(?:then|followed|before|and)\b", re.IGNORECASE)
