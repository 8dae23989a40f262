"""A dose that a sentence tells of its study beside the doses that the source gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from claims.joining import THAN
from claims.model import Claim, StudyComparison, StudyStatement
from claims.study.amounts import Amount, amounts, of_one_kind, other_period, same_amount
from claims.study.binding import dose_then
from claims.study.source import OF_TIME, StudySource
from graph.wording import dose as dose_in_words

__all__ = ["dose_held"]


_OTHERS = re.compile(rf"\b(?:{THAN})\s(?:(?:[a-z]+|[\d.,]+\s?%)\s){{0,4}}$", re.IGNORECASE)


def dose_held(statement: StudyStatement, claim: Claim, source: StudySource) -> StudyComparison | None:
    """Agrees where the source gives the dose; differs where it gives the number over another period, or, of
    what the sentence names, another dose in such a unit.

    What two of its numbers make is not judged, nor, beside an effect, a curated dose: P103 asks of that.
    """
    start, _ = claim.sentence.place(statement.span)
    said = next((one for one in amounts(claim.text) if one.start == start), None)
    if said is None:
        return None
    given = list(_given(source))
    of_others = _OTHERS.search(claim.text, max(0, start - 40), start) is not None
    if of_others and (other := _of_the_others(said, claim, given)) is not None:
        return _comparison(statement, source, _alike(said, other[0]), *other)
    same = next((pair for pair in given if same_amount(said, pair[0])), None)
    if same is not None and _the_most(said, claim.text, source):
        return replace(
            _comparison(statement, source, False, *same), recorded=_the_most(said, claim.text, source)
        )
    if same is not None:
        then = dose_then(claim.text, said, source.lines)
        return _comparison(statement, source, then is None, *(then or same))
    if any(same_amount(said, one) for one in _made(given)):
        return None
    held = {end for one, _ in given for end in (one.low, one.high)}
    if claim.kind != "study":
        given = [pair for pair in given if pair[0].end > 0]
    if of_others:
        return None  # the dose of those that it is compared with
    turned = next((pair for pair in given if other_period(said, pair[0])), None)
    if turned is not None:
        return replace(_comparison(statement, source, False, *turned), other_unit=True)
    numbers = source.numbers if said.unit.split("/")[0] in OF_TIME else source.untimed
    if said.low in held or any(abs(one - said.low) <= Decimal("0.5") * (said.low >= 10) for one in numbers):
        return None  # the number is there, of something else or in a unit that was not read
    kin = [pair for pair in given if of_one_kind(said, pair[0])]
    named = [pair for pair in kin if said.near & pair[0].near]
    only = kin if len({(one.low, one.high) for one, _ in kin}) == 1 else []
    left = _of_their_line(said, claim, kin)
    nearest = [pair for pair in named if pair in left] or named or only or left
    chosen = max(nearest, key=lambda pair: len(said.near & pair[0].near), default=None)
    return None if chosen is None else _comparison(statement, source, False, *chosen)


def _of_their_line(said: Amount, claim: Claim, kin: list[tuple[Amount, str]]) -> list[tuple[Amount, str]]:
    """Of doses that the sentence tells beside this one ("25 Gy in five sessions or 50 Gy in twenty"): of
    the line where the source gives the others those that none of them is."""
    rest = [one for one in amounts(claim.text) if one.start != said.start and of_one_kind(said, one)]
    lines = {line for one, line in kin if any(_alike(one, other) for other in rest)}
    return [pair for pair in kin if pair[1] in lines and not any(_alike(pair[0], one) for one in rest)]


def _of_the_others(said: Amount, claim: Claim, given: list[tuple[Amount, str]]) -> tuple[Amount, str] | None:
    """The dose of those compared with: of two doses that a source gives, the one that the sentence has not
    told of the others already. None where the source gives more, or the sentence's first is none of them."""
    kin = [pair for pair in given if of_one_kind(said, pair[0])]
    apart: list[tuple[Amount, str]] = []
    for pair in kin:
        if not any(_alike(pair[0], one) for one, _ in apart):
            apart.append(pair)
    if len(apart) != 2:
        return None
    before = [one for one in amounts(claim.text) if one.start < said.start and of_one_kind(said, one)]
    left = [pair for pair in apart if not any(_alike(one, pair[0]) for one in before)]
    return left[0] if len(left) == 1 else None


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two doses are the same whatever words of more or less stand before them."""
    return same_amount(replace(one, comparison=None), other)


_FIRST = re.compile(
    r"\b(?:began|begun|beginning|started|starting|start|initial|initially|first)\b[^.;:,]{0,20}$",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:(?:up )?to a maximum|maximum|maximal|highest|at most|up to)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE
)


def _the_most(said: Amount, text: str, source: StudySource) -> str:
    """How a source says that what a sentence has as the first dose was the most that was given; else ""."""
    if not _FIRST.search(text, max(0, said.start - 60), said.start):
        return ""
    found = ""
    for line in source.lines:
        for one in amounts(line):
            if same_amount(said, one):
                most = _MOST.search(line, max(0, one.start - 60), one.start)
                if most is None:
                    return ""
                found = found or line[most.start() : one.end]
    return found


def _given(source: StudySource) -> Iterator[tuple[Amount, str]]:
    for line in source.lines:
        for one in amounts(line):
            yield one, line
    for dose in source.doses:
        low, high = dose.low or dose.high, dose.high or dose.low
        if low is not None and high is not None:
            yield Amount(0, 0, low, high, dose.unit), dose_in_words(dose)


def _made(given: list[tuple[Amount, str]]) -> Iterator[Amount]:
    """What so much a time and so often make: 30 minutes five times a week are 150 a week."""
    often = [one for one, _ in given if one.unit.startswith("session/")]
    for (much, _), times in product(given, often):
        top, _, below = much.unit.partition("/")
        if below in ("", "session") and top != "session":
            unit = f"{top}/{times.unit.partition('/')[2]}"
            yield replace(much, low=much.low * times.low, high=much.high * times.high, unit=unit)


def _comparison(
    statement: StudyStatement, source: StudySource, agrees: bool, given: Amount, line: str
) -> StudyComparison:
    if given.end == 0:  # a curated dose
        return StudyComparison(statement, agrees, source.work, source.study, line)
    return StudyComparison(statement, agrees, source.work, source.study, line[given.start : given.end], line)
