"""The numbers that a source is known to give, and those that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from claims import quantities
from claims.findings.accuracy import SHARES, as_percent
from claims.magnitude import ratio_of
from claims.model import LinkedFinding
from graph.evidence import Dose, EffectEstimate, Finding, Iri, Study, Work


@dataclass(frozen=True, slots=True)
class KnownNumber:
    """One number of a source. ``kind``: change (percent), ratio, level, p, effect, interval, group, accuracy,
    size, dose, time or text (printed somewhere in its texts). ``unit`` a pint expression, "percent"
    or None. ``finding`` is the one it comes from, None for the study as a whole."""

    value: Decimal
    unit: str | None
    kind: str
    finding: Finding | None = None


def numbers_of(linked: Iterable[LinkedFinding], works: Iterable[Work] = ()) -> tuple[KnownNumber, ...]:
    """All numbers of these findings, their studies and works; duplicates kept out, order kept."""
    findings: dict[Iri, Finding] = {}
    studies: dict[Iri, Study] = {}
    all_works: dict[Iri, Work] = {work.iri: work for work in works}
    for one in linked:
        findings.setdefault(one.finding.iri, one.finding)
        if one.study is not None:
            studies.setdefault(one.study.iri, one.study)
        if one.work is not None:
            all_works.setdefault(one.work.iri, one.work)
    own = (number for finding in findings.values() for number in of_finding(finding))
    of_studies = (number for study in studies.values() for number in _kept(study.iri, study, _of_study))
    of_works = (number for work in all_works.values() for number in _kept(work.iri, work, _of_work))
    return (*own, *_distinct((*of_studies, *of_works)))


def of_finding(finding: Finding) -> tuple[KnownNumber, ...]:
    """The numbers of one finding, and what follows from them by arithmetic."""
    return _kept(finding.iri, finding, _of_finding)


# The last sources' numbers: the same ones are asked about for claim after claim. Compared by identity,
# since comparing all fields costs as much as reading the numbers.
_KEPT: dict[Iri, tuple[object, tuple[KnownNumber, ...]]] = {}
_MOST_KEPT = 2048
_Source = TypeVar("_Source", Finding, Study, Work)


def _kept(
    iri: Iri, source: _Source, read: Callable[[_Source], Iterable[KnownNumber]]
) -> tuple[KnownNumber, ...]:
    kept = _KEPT.get(iri)
    if kept is None or kept[0] is not source:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[iri] = (source, _distinct(read(source)))
    return kept[1]


def _distinct(numbers: Iterable[KnownNumber]) -> tuple[KnownNumber, ...]:
    """Those that differ, in their order."""
    found: dict[tuple[Decimal, str | None, str], KnownNumber] = {}
    for one in numbers:
        found.setdefault((one.value, one.unit, one.kind), one)
    return tuple(found.values())


def _of_finding(finding: Finding) -> Iterator[KnownNumber]:
    if finding.effect is not None:
        yield from _of_effect(finding.effect, finding)
    yield from _of_groups(finding)
    for dose in quantities.combine(finding.dose):
        yield from _of_dose(dose, finding)
    for dose in finding.comparator_dose:
        yield from _of_dose(dose, finding)
    if finding.time_point_days is not None:
        yield KnownNumber(finding.time_point_days, "day", "time", finding)
    yield from _printed(
        finding.quote,
        finding.text,
        finding.label,
        finding.comparator_note,
        finding.outcome_note,
        finding.time_point_note,
        finding=finding,
    )


def _of_study(study: Study) -> Iterator[KnownNumber]:
    """Sizes, follow-up and the numbers in a study's notes."""
    for size in (study.sample_size, study.included_studies):
        if size is not None:
            yield KnownNumber(Decimal(size), None, "size")
    if study.follow_up_days is not None:
        yield KnownNumber(study.follow_up_days, "day", "time")
    yield from _printed(
        study.label, study.design_note, study.population_note, study.follow_up, *study.limitations
    )


def _of_work(work: Work) -> Iterator[KnownNumber]:
    return _printed(work.abstract, work.title)


def _of_effect(effect: EffectEstimate, finding: Finding) -> Iterator[KnownNumber]:
    ratio = ratio_of(effect)
    if ratio is not None:
        for end, kind in zip(ratio, ("change", "change-interval", "change-interval"), strict=True):
            if end is not None and end > 0:
                yield KnownNumber(abs(1 - end) * 100, "percent", kind, finding)
                if kind == "change":  # nobody tells the end of an interval from the other side
                    yield KnownNumber(abs(1 - 1 / end) * 100, "percent", "reciprocal", finding)
                    yield KnownNumber(1 / end, None, "reciprocal", finding)
                yield KnownNumber(end, None, "ratio" if kind == "change" else "interval", finding)
    unit = "percent" if effect.measure.startswith("percent") and effect.unit is None else effect.unit
    if unit is not None and unit.startswith("points "):  # "points on 0-100", as curators write it
        unit = "point"
    if effect.value is not None:
        yield KnownNumber(abs(effect.value), unit, "effect", finding)
        if effect.measure in SHARES:
            share = as_percent(effect.value, effect.unit)
            for one in (share, 100 - share):  # those found, and those missed
                yield KnownNumber(one, "percent", "accuracy", finding)
        if effect.measure == "risk-difference" and effect.value:
            yield KnownNumber(abs(100 * effect.value), "percent", "effect", finding)
            yield KnownNumber(abs(1 / effect.value), None, "reciprocal", finding)
    for end in (effect.low, effect.high):
        if end is not None:
            yield KnownNumber(abs(end), unit, "interval", finding)
    if effect.level is not None:
        yield KnownNumber(effect.level, "percent", "level", finding)
    if effect.p_value is not None:
        yield KnownNumber(effect.p_value, None, "p", finding)


def _of_groups(finding: Finding) -> Iterator[KnownNumber]:
    values = []
    for group in finding.groups:
        unit = "percent" if group.measure == "percent" else group.unit
        for end in (group.value, group.low, group.high):
            if end is not None:
                yield KnownNumber(abs(end), unit, "group", finding)
        if group.size is not None:
            yield KnownNumber(Decimal(group.size), None, "size", finding)
            if group.measure == "count" and group.value is not None and group.size:
                yield KnownNumber(100 * group.value / group.size, "percent", "group", finding)
        if group.value is not None:
            values.append((group.value, unit))
        yield from _printed(group.label, finding=finding)
    for index, (one, unit) in enumerate(values):
        for other, other_unit in values[index + 1 :]:
            if unit != other_unit:
                continue
            yield KnownNumber(abs(one - other), unit, "difference", finding)
            if unit == "percent":
                yield KnownNumber(abs(one - other), "percentage_point", "difference", finding)
            for top, bottom in ((one, other), (other, one)):
                if bottom:
                    yield KnownNumber(abs(100 * (top - bottom) / bottom), "percent", "group-change", finding)
                    yield KnownNumber(abs(top / bottom), None, "group-ratio", finding)
    sizes = [group.size for group in finding.groups if group.size is not None]
    if len(sizes) > 1:
        yield KnownNumber(Decimal(sum(sizes)), None, "size", finding)


def _of_dose(dose: Dose, finding: Finding) -> Iterator[KnownNumber]:
    for end in (dose.low, dose.high):
        if end is not None:
            yield KnownNumber(end, dose.unit, "dose", finding)


def _printed(*texts: str | None, finding: Finding | None = None) -> Iterator[KnownNumber]:
    for text in texts:
        if not text:
            continue
        for quantity in quantities.find(text):
            for value in (quantity.value, quantity.high):
                if value is not None:
                    yield KnownNumber(abs(value), quantity.unit, "text", finding)


def other_period(value: Decimal, unit: str | None, known: Iterable[KnownNumber]) -> KnownNumber | None:
    """The source's number that has this value in another unit or over another period; None where it fits.

    "130 minutes a day" where the source has 130 minutes a week; "208 weeks" where it has 208 days.
    Small numbers agree by chance, so only values of 10 and more are judged.

    >>> week = KnownNumber(Decimal(130), "min/week", "dose")
    >>> other_period(Decimal(130), "min/day", [week]) == week
    True
    """
    if unit is None or value < 10:
        return None
    same: KnownNumber | None = None
    for number in known:
        if number.unit is None or number.kind not in ("dose", "group", "effect", "time"):
            continue
        turned = quantities.convert(number.value, number.unit, unit)
        if turned is not None and abs(turned - value) <= value / 50:
            return None  # it does say so
        if number.value == value and number.unit != unit and _confusable(number.unit, unit):
            same = number
    return same


_MASSES = frozenset({"g", "mg", "mcg", "IU"})


def _confusable(one: str, other: str) -> bool:
    """The same amount over another period, or another unit of the same kind."""
    top, _, below = one.partition("/")
    other_top, _, other_below = other.partition("/")
    if top == other_top:
        periods = {below, other_below}
        return len(periods) == 2 and "" not in periods and periods != {"session", "day"}  # one class a day
    if {top, other_top} <= _MASSES:
        return below == other_below
    return quantities.same_kind(one, other)
