"""A time that a sentence tells of its study beside the times that the source gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from claims.model import Claim, StudyComparison, StudyStatement
from claims.quantities import ABOVE, BELOW
from claims.quantities.patterns import WORDS
from claims.study.binding import time_of_numbers
from claims.study.source import StudySource
from claims.study.times import Time, alike, times
from graph.wording import amount

__all__ = ["time_held"]

_FEWEST = 2
_COMMON = (10, 12, 14, 15, 18, 20, 21, 24, 28, 30, 36, 40, 45, 48, 50, 52, 60, 72, 90)  # of any unit
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def time_held(statement: StudyStatement, claim: Claim, source: StudySource) -> StudyComparison | None:
    """Agrees where the source has the time, or two of its times make it; differs where it has another one for
    the same: with the same number in another unit, counted from the same, or of the same kind of stretch."""
    start, _ = claim.sentence.place(statement.span)
    said = next((one for one in times(claim.text) if one.start == start), None)
    if said is None:
        return None
    given = list(_given(source))
    anything = list(_given(source, of_anything=True))
    same = next((pair for pair in [*given, *anything] if alike(said, pair[0])), None)
    if same is not None:
        elsewhere = time_of_numbers(claim.text, said, source.lines)
        if elsewhere is not None:
            return _comparison(statement, source, False, *elsewhere)
        return _comparison(statement, source, not _other_bound(said, same[0]), *same)
    if not anything or _in_words(said, source):
        return None
    scheduled = not source.curated and _scheduled(said, claim.text)
    if _follows(said, anything if not scheduled or _ADDED.search(" ".join(source.lines)) else [], source):
        return None
    turned = [pair for pair in anything if _other_unit(said, pair[0])]
    if turned:
        return replace(_comparison(statement, source, False, *_nearest(said, turned)), other_unit=True)
    if said.value >= 10 and said.value in source.numbers:
        return None  # the number is there, of something else or in a unit that was not read
    seen = [pair for pair in given if pair[0].role == "seen"]
    for pairs in (
        [pair for pair in given if said.anchors & pair[0].anchors],
        [pair for pair in given if _of_a_kind(said, pair[0])],
        seen if said.role == "seen" and len({one.low for one, _ in seen}) == 1 else [],
        [pair for pair in given if _as_long(said, pair[0])] if said.led and not source.curated else [],
        [pair for pair in anything if _as_long(said, pair[0])] if said.unit in _SHORT and said.led else [],
        [pair for pair in given if _in_scale(said, pair[0])] if scheduled else [],
        given
        if _of_whole_study(said, claim.text) and all(alike(given[0][0], one) for one, _ in given)
        else [],
    ):
        if pairs:
            return _comparison(statement, source, False, *_nearest(said, pairs))
    return None


def _given(source: StudySource, of_anything: bool = False) -> Iterator[tuple[Time, str]]:
    """The times of a source, each with its line; a curated record's tell how long people were followed."""
    for line in source.lines:
        for one in times(line, of_anything):
            followed = line in source.followed
            yield (replace(one, role="followed") if followed else one), line
    for days in source.times:
        yield Time(0, 0, days, days, days, "day", role="followed"), ""


def _other_bound(said: Time, given: Time) -> bool:
    """Whether the same number is told as the other end: "before 34 weeks" of "34 weeks or more"."""
    ends = (said.comparison, given.comparison)
    return said.value == given.value and any(
        one in ends and other in ends for one in BELOW for other in ABOVE
    )


def _other_unit(said: Time, given: Time) -> bool:
    """The same number, or both ends of a range, in another unit; one that is common in words of the same."""
    if said.value != given.value or said.unit == given.unit or said.low == 0 or given.low == 0:
        return False
    if said.high != said.low or given.high != given.low:
        return said.high / said.low == given.high / given.low
    telling = said.value > _COMMON[0] and said.value not in _COMMON
    alike_told = said.role is not None and given.role in (said.role, None)
    return telling or (said.value >= _FEWEST and (bool(said.near & given.near) or alike_told))


def _in_words(said: Time, source: StudySource) -> bool:
    """Whether the source has number and unit with other words between them: "two postprandial hours"."""
    number = f"{said.value.normalize():f}"
    word = next((word for word, value in WORDS.items() if value == said.value), number)
    unit = {"h": "h(?:ours?)?", "min": "min(?:utes?)?", "s": "s(?:econds?)?"}.get(said.unit, f"{said.unit}s?")
    pattern = re.compile(rf"\b(?:{re.escape(number)}|{word})\s(?:[\w-]+\s){{1,3}}{unit}\b", re.IGNORECASE)
    return any(pattern.search(line) for line in source.lines)


def _of_a_kind(said: Time, given: Time) -> bool:
    if given.role == "followed" and given.start == given.end == 0:  # a curated time of being seen
        return said.role in ("followed", "seen")
    if said.role is None or said.role != given.role:
        return False
    return said.role == "followed" or bool(said.near & given.near)


_LONG = Decimal(1) / 1440  # days


def _as_long(said: Time, given: Time) -> bool:
    """Whether two times, both led by a preposition, may be told for one another."""
    return given.led and min(said.low, given.low) >= _LONG and _in_scale(said, given)


def _in_scale(said: Time, given: Time) -> bool:
    return said.low <= given.high * _FACTOR and given.low <= said.high * _FACTOR


_SHORT = ("s", "min", "h")
_RAN = re.compile(
    r"\b(?:study|trial|experiment|project|research)\s(?:itself\s)?(?:took|lasted|ran|went on|spanned|covered)"
    r"\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)


def _of_whole_study(said: Time, text: str) -> bool:
    """Whether a time tells how long the study went on."""
    return _RAN.search(text, 0, said.start) is not None


_SCHEDULED = re.compile(
    r"\b(?:at|after|over|for|until|by|lasting|lasted)\s(?:(?:an?|the|just|only|some|another|next|following|full|period"
    r"|stretch|span|of|end|mark)\s){0,5}(?:\d+(?:,\s(?:and\s)?|\s(?:and|or|to)\s))*$",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:another|a further|an additional)\s\w+\s\w+"
    r"|\b(?:days?|weeks?|months?|years?)\s(?:more|further|longer|extension)\b",
    re.IGNORECASE,
)
_LATER = re.compile(r"\s(?:after|later|on|following)\b", re.IGNORECASE)
# what was found, and no date of the study
_ON_AVERAGE = re.compile(
    r"\b(?:average|averaged|mean|median|typical\w*|longer|shorter|sooner|earlier)\b", re.IGNORECASE
)


def _scheduled(said: Time, text: str) -> bool:
    """Whether a time is told as one at which, or until which, something was done or seen; no average."""
    if said.comparison is not None or _ON_AVERAGE.search(text):
        return False
    led = _SCHEDULED.search(text, max(0, said.start - 60), said.start)
    return led is not None or _LATER.match(text, said.end) is not None


_FACTOR = 13  # a month for a year


def _nearest(said: Time, pairs: list[tuple[Time, str]]) -> tuple[Time, str]:
    """Of several times the one whose words are most like; of curated ones the longest."""
    return max(pairs, key=lambda pair: (len(said.near & pair[0].near), pair[0].high))


_SAME = Decimal("1.02")


def _follows(said: Time, given: list[tuple[Time, str]], source: StudySource) -> bool:
    """Whether two times of the source make this one, or the calendar years that it names do."""
    ends = sorted({one.high for one, _ in given})[-12:]
    apart = [end for at, end in enumerate(ends) if at == 0 or end > ends[at - 1] * _SAME]
    for one, other in combinations(apart, 2):
        for days in (one + other, other - one):
            if days > 0 and alike(said, replace(said, low=days, high=days)):
                return True
    if said.unit != "year":
        return False
    years = sorted({int(year) for line in source.lines for year in _YEAR.findall(line)})
    spans = {later - first + more for first, later in combinations(years, 2) for more in (-1, 0, 1)}
    return any(Decimal(span) == said.value for span in spans)


def _comparison(
    statement: StudyStatement, source: StudySource, agrees: bool, given: Time, line: str
) -> StudyComparison:
    recorded = line[given.start : given.end] if line else amount(given.high, "day")
    return StudyComparison(statement, agrees, source.work, source.study, recorded, line or None)
