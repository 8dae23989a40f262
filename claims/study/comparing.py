"""A statement on a study beside what its source says of the same: agrees, differs, or (None) is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from claims.model import Claim, StudyComparison, StudyStatement
from claims.quantities import ABOVE, BELOW
from claims.quantities.patterns import WORDS
from claims.sentence.ages import ages_printed
from claims.study.animals import tells_of_animal
from claims.study.counted import PEOPLE, THINGS
from claims.study.designs import cannot_be, feature_named, given, never_said, ruled_out
from claims.study.dosing import dose_held
from claims.study.groups import opposed
from claims.study.source import SourceNumber, StudySource
from claims.study.timing import time_held
from graph.wording import number as as_number

__all__ = ["compared"]


def compared(claim: Claim, sources: Sequence[StudySource]) -> tuple[StudyComparison, ...]:
    """What a claim says of its study of which the sources say the same or something else.

    Where several works are cited one that agrees is enough, and a statement differs only where it does from
    all of them.
    """
    told: list[StudyComparison] = []
    for statement in claim.study:
        judged = [_compare(statement, claim, source) for source in sources]
        same = next((one for one in judged if one is not None and one.agrees), None)
        if same is not None:
            told.append(same)
        elif judged and judged[0] is not None and None not in judged:
            told.append(judged[0])
    return tuple(told)


def _compare(statement: StudyStatement, claim: Claim, source: StudySource) -> StudyComparison | None:
    if statement.about == "design":
        return _design(statement, source)
    if statement.about == "time":
        return time_held(statement, claim, source)
    if statement.about == "dose":
        return dose_held(statement, claim, source)
    if statement.about == "species":
        return _species(statement, source)
    if statement.about in ("group", "moment", "route"):
        return _group(statement, claim, source)
    if statement.about == "age":
        return _age(statement, claim, source)
    return _things(statement, source) if statement.about == THINGS else _size(statement, source)


def _species(statement: StudyStatement, source: StudySource) -> StudyComparison | None:
    """Differs where the source studied people or another animal, and nowhere names that one as its own."""
    name = statement.name or ""
    if not source.species:
        return None
    if name in source.species or "animal" in source.species:
        return (
            StudyComparison(statement, True, source.work, source.study, name)
            if name in source.species
            else None
        )
    if tells_of_animal(name, source.lines):
        return None
    line = next((one.line for one in source.counts if one.about == PEOPLE and one.line), None)
    studied = " and ".join("people" if one == "human" else one for one in sorted(source.species))
    return StudyComparison(statement, False, source.work, source.study, studied, line)


def _group(statement: StudyStatement, claim: Claim, source: StudySource) -> StudyComparison | None:
    if statement.kind is None:
        return None
    start, end = claim.sentence.place(statement.span)
    found = opposed(statement.kind, claim.text, start, end, source.lines)
    if found is None:
        return None
    agrees, recorded, line = found
    return StudyComparison(statement, agrees, source.work, source.study, recorded, line)


_PARENTS = re.compile(r"\b(?:mothers?|fathers?|parents?|maternal|caregivers?)\b", re.IGNORECASE)


def _age(statement: StudyStatement, claim: Claim, source: StudySource) -> StudyComparison | None:
    """Differs where an end of the ages told stands nowhere in the source, and all its ages are others.

    They lie apart from these, or the source has one range, and the one told is not a part of it.
    """
    ends = [end for end in (statement.value, statement.high) if end is not None]
    if len(ends) == 2:
        youngest, oldest = (f"{end.normalize():f}" for end in ends)
        younger = re.compile(
            rf"\b{youngest}\s?(?:[-–]|to|and)\s?{oldest}[\s-](?:days?|weeks?|months?)\b", re.IGNORECASE
        )
        for line in source.lines:
            if (match := younger.search(line)) is not None:
                return StudyComparison(statement, False, source.work, source.study, match[0], line)
    told = [
        (one, low, high, line)
        for line in source.lines
        for one, low, high in ages_printed(line)
        if one.unit == "year" and low != high
    ]
    if not told or any(_PARENTS.search(text) for text in (claim.text, *source.lines)):
        return None
    beyond = next((pair for pair in told if all(_other_side(statement, *other[1:3]) for other in told)), None)
    if all(end in source.numbers for end in ends) and beyond is None:
        one, _, _, line = told[0]
        return StudyComparison(statement, True, source.work, source.study, one.text, line)
    apart = all(
        (statement.high is not None and low is not None and statement.high < low)
        or (statement.value is not None and high is not None and statement.value > high)
        for _, low, high, _ in told
    )
    one, low, high, line = told[0]
    whole = len(set(ends)) == 2 and len({pair[1:3] for pair in told}) == 1 and None not in (low, high)
    within = low is not None and high is not None and low <= min(ends) and max(ends) <= high
    if not apart and beyond is None and (not whole or within):
        return None
    return StudyComparison(statement, False, source.work, source.study, one.text, line)


def _other_side(statement: StudyStatement, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether ages that are told with one end lie on the other side of it: "under two", of 2 to 14."""
    if statement.value is None and statement.high is not None:
        return low is not None and statement.high <= low
    if statement.high is None and statement.value is not None:
        return high is not None and high <= statement.value
    return False


_ALL = "all randomised"


def _design(statement: StudyStatement, source: StudySource) -> StudyComparison | None:
    name = statement.name or ""
    design = source.study.design if source.curated and source.study else None
    has = feature_named(design)
    if name in has:
        return StudyComparison(statement, True, source.work, source.study, name)
    found = given(name, source.lines)
    if found is not None:
        sure, line = found
        return StudyComparison(statement, True, source.work, source.study, name, line) if sure else None
    if design is not None and cannot_be(name, design):
        return StudyComparison(statement, False, source.work, source.study, design.replace("-", " "))
    against = ruled_out(name, source.lines) if design is None or name == _ALL else None
    if against is not None:
        return StudyComparison(statement, False, source.work, source.study, *against)
    if source.curated or not never_said(name, source.lines):
        return None
    return StudyComparison(statement, False, source.work, source.study, f"no word of having been {name}")


def _size(statement: StudyStatement, source: StudySource) -> StudyComparison | None:
    value = statement.value
    if value is None:
        return None
    counts = [one for one in source.counts if one.about in (statement.about, THINGS, None)]
    same = [one for one in counts if _alike(statement, one.value)]
    own = [one for one in same if one.about == statement.about]
    whole = source.sizes.get(statement.about)

    def judged(agrees: bool, recorded: Decimal, line: str | None) -> StudyComparison:
        return StudyComparison(
            statement, agrees, source.work, source.study, as_number(recorded), line or None
        )

    if own:
        if whole is not None and statement.whole and all(_of_a_group(one) for one in own):
            # told as all who took part, where the source had more and so many in one of its groups
            return judged(False, whole, own[0].line) if whole > value * _MORE else None
        return judged(True, own[0].value, own[0].line)
    if whole is None:
        return None
    line = next((one.line for one in source.counts if one.value == whole and one.line), None)
    if same or (not statement.whole and any(_alike(statement, one) for one in source.numbers)):
        # so many of something else ("trips (n = 205,673)"), of which there were more than people
        others = bool(same) and all(one.about == THINGS for one in same) and value > whole * _MORE
        return judged(False, whole, line) if others and statement.about == PEOPLE else None
    if any(_alike(statement, one) for one in _sums(source)):
        return judged(True, value, line)
    if not statement.whole and any(_alike(statement, one) for one in _parts(source, whole)):
        return None
    return judged(False, whole, line)


def _things(statement: StudyStatement, source: StudySource) -> StudyComparison | None:
    """So many of anything: judged only where the source counts the same things, and has no such number."""
    alike = [one for one in source.counts if one.thing is not None and one.thing == statement.name]
    same = next((one for one in alike if _alike(statement, one.value)), None)
    if same is not None:
        return StudyComparison(
            statement, True, source.work, source.study, as_number(same.value), same.line or None
        )
    if not alike or any(_alike(statement, one) for one in (*source.numbers, *_sums(source))):
        return None
    most = max(alike, key=lambda one: one.value)
    if any(_alike(statement, one) for one in _parts(source, most.value)):
        return None
    return StudyComparison(
        statement, False, source.work, source.study, as_number(most.value), most.line or None
    )


_MORE = Decimal("1.05")
_GROUP = re.compile(r"\(?\s?[nN]\s?=\s?")


def _of_a_group(one: SourceNumber) -> bool:
    """Whether a count is that of one of several groups in its line: "placebo (n = 94) or drug (n = 91)"."""
    number = re.escape(as_number(one.value)).replace(",", ",?")
    return (
        len(_GROUP.findall(one.line)) > 1
        and re.search(rf"[nN]\s?=\s?{number}(?!\d)", one.line) is not None
        and re.search(rf"(?<![\d=])(?<!= ){number}(?!\d)", one.line) is None
    )


_MOST_COUNTS = 8


_NUMBER = rf"\d{{1,3}}|{'|'.join(WORDS)}"
# "four groups of 7 rats each"
_GROUPS_OF = re.compile(
    rf"\b(?P<groups>{_NUMBER}) (?:[\w-]+ ){{0,2}}?(?:groups|arms|sets|batches|teams) "
    rf"(?:\w+ )?of (?P<each>{_NUMBER})\b"
)


def _sums(source: StudySource) -> Iterator[Decimal]:
    """What the groups that a line of the source counts make together, and what any two counts do."""
    by_line: dict[str, list[Decimal]] = {}
    for one in source.counts:
        by_line.setdefault(one.line, []).append(one.value)
    for line, values in by_line.items():
        for many in (2, 3, 4) if line else ():
            for chosen in combinations(values[:_MOST_COUNTS], many):
                yield sum(chosen, Decimal(0))
    for line in source.lines:
        for match in _GROUPS_OF.finditer(line.lower()):
            groups, each = (Decimal(WORDS.get(match[name], match[name])) for name in ("groups", "each"))
            yield groups * each
    parts = _largest(source)
    whole = max((*source.sizes.values(), *parts), default=Decimal(0))
    for first, second in combinations(parts, 2):
        if whole not in (first, second):
            yield first + second


def _largest(source: StudySource) -> list[Decimal]:
    return sorted({one.value for one in source.counts if one.value >= 2}, reverse=True)[: 2 * _MOST_COUNTS]


def _parts(source: StudySource, whole: Decimal) -> Iterator[Decimal]:
    """What is left of one count without another, and the shares of the whole that the source gives."""
    for one, other in combinations(_largest(source), 2):
        yield one - other
    for share in source.percents:
        for one in (share, 100 - share):
            yield (one * whole / 100).to_integral_value()


def _alike(statement: StudyStatement, value: Decimal) -> bool:
    """Whether a number of the source is the printed one, as far as printing rounds."""
    printed = statement.value or Decimal(0)
    slack = _slack(printed)
    low, high = printed - slack, printed + slack
    if statement.comparison == "about":
        low, high = printed * Decimal("0.88"), printed * Decimal("1.12")
    elif statement.comparison in ABOVE:
        high = printed * Decimal("1.25")
    elif statement.comparison in BELOW:
        low = printed * Decimal("0.8")
    return low <= value <= high


def _slack(printed: Decimal) -> Decimal:
    """Half a unit of the last digit that was meant: 2,000 stands for 1,950 to 2,050."""
    digits = str(int(printed))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** zeros / 2 if zeros >= 2 else Decimal(0)
