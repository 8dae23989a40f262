"""What a work says of its study: lines of text and the numbers in them, as curated or from its abstract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.findings.study_facts import study_facts
from claims.sentences import split_text
from claims.study.counted import PEOPLE, STUDIES, counts, thing_counted
from graph.evidence import Dose, Finding, Iri, Study, Work
from graph.reading.nodes import last_part

__all__ = ["OF_TIME", "SourceNumber", "StudySource", "lines_of", "read_source"]

OF_TIME = ("s", "min", "h", "day", "night", "week", "month", "year")
_LONGEST = 8000  # characters of an abstract that are read


@dataclass(frozen=True, slots=True)
class SourceNumber:
    """A number that a source gives, and where. ``about``: people, studies, or None where that is not told."""

    value: Decimal
    about: str | None
    line: str
    thing: str | None = None  # the plural noun behind it


@dataclass(frozen=True, slots=True)
class StudySource:
    """One work and its study. ``sizes``: of the whole study, by what is counted, where that is known."""

    work: Work
    study: Study | None
    curated: bool
    lines: tuple[str, ...]
    counts: tuple[SourceNumber, ...] = ()
    numbers: frozenset[Decimal] = frozenset()  # every number that is printed in it
    untimed: frozenset[Decimal] = frozenset()  # of these, the ones that are neither times nor shares
    percents: tuple[Decimal, ...] = ()
    sizes: dict[str, Decimal] = field(default_factory=dict)
    followed: frozenset[str] = frozenset()  # the lines that tell how long people were followed
    times: tuple[Decimal, ...] = ()  # days: follow-up and time points of a curated record
    doses: tuple[Dose, ...] = ()  # of a curated record
    species: frozenset[str] = frozenset()  # human, mouse, rat ...; the last parts of their concepts


_KEPT = 256
_read: dict[Iri, tuple[Work, Study | None, StudySource]] = {}


def read_source(work: Work, study: Study | None, findings: Sequence[Finding]) -> StudySource:
    """A work as a source on its study; kept for the next claim that cites it."""
    kept = _read.get(work.iri)
    if kept is not None and kept[0] is work and kept[1] is study:
        return kept[2]
    if len(_read) >= _KEPT:
        _read.clear()
    source = _source(work, study, findings)
    _read[work.iri] = work, study, source
    return source


@lru_cache(maxsize=_KEPT)
def lines_of(title: str | None, abstract: str | None) -> tuple[str, ...]:
    """The title of a work and the sentences of its abstract."""
    text = (abstract or "")[:_LONGEST]
    return tuple([title] if title else []) + tuple(text[start:end] for start, end in split_text(text))


def _source(work: Work, study: Study | None, findings: Sequence[Finding]) -> StudySource:
    curated = any(one.method != "automatic" for one in findings) or (
        study is not None and not (work.abstract and not findings)
    )
    lines = list(lines_of(work.title, work.abstract))
    if curated:
        lines += _of_curated(study, findings)
    sizes = _sizes(work, study, curated)
    told: list[SourceNumber] = []
    numbers: set[Decimal] = set(sizes.values())
    untimed: set[Decimal] = set()
    percents: list[Decimal] = []
    for line in lines:
        found = quantities.find(line)
        for one in found:
            ends = {abs(end) for end in (one.value, one.high) if end is not None}
            numbers |= ends
            if one.unit not in OF_TIME and one.unit != "percent":
                untimed |= ends
            if one.unit == "percent" and one.role == "percent":
                percents.append(abs(one.value))
        told += [
            SourceNumber(one.value, about, line, thing_counted(line, one.end)) for one, about in counts(line)
        ]
    for finding in findings:
        for group in finding.groups:
            if group.size is not None:
                told.append(SourceNumber(Decimal(group.size), PEOPLE, group.label))
                numbers.add(Decimal(group.size))
            if group.value is not None:
                numbers.add(abs(group.value))
                if group.measure == "percent":
                    percents.append(abs(group.value))
        if curated and finding.effect is not None and finding.effect.value is not None:
            numbers.add(abs(finding.effect.value))
    told += [SourceNumber(value, about, "") for about, value in sizes.items()]
    own = [one for one in findings if one.method != "automatic"]
    days = [one.time_point_days for one in own] + [study.follow_up_days if study and curated else None]
    notes = [one.time_point_note for one in own] + [study.follow_up if study and curated else None]
    doses = [dose for one in own for dose in (*one.dose, *one.comparator_dose)]
    return StudySource(
        work,
        study,
        curated,
        tuple(lines),
        tuple(told),
        frozenset(numbers),
        frozenset(untimed),
        tuple(percents),
        sizes,
        frozenset(note for note in notes if note),
        tuple(dict.fromkeys(one for one in days if one is not None)),
        tuple(dict.fromkeys(doses)),
        _species(work, study, curated),
    )


def _species(work: Work, study: Study | None, curated: bool) -> frozenset[str]:
    if curated and study is not None:
        return frozenset(last_part(iri) for iri in study.species)
    found = study_facts(work.abstract, work.title).species if work.abstract else None
    return frozenset({found} if found else ())


def _of_curated(study: Study | None, findings: Sequence[Finding]) -> list[str]:
    texts: list[str | None] = []
    if study is not None:
        texts += [study.label, study.design_note, study.population_note, study.follow_up, *study.limitations]
        texts += [last_part(iri).replace("-", " ") for iri in study.population]
        texts += [f"people in {country}" for country in study.country]
    for one in findings:
        texts += [one.label, one.text, one.quote, one.comparator_note, one.outcome_note, one.time_point_note]
        texts += [group.label for group in one.groups]
    return list(dict.fromkeys(text for text in texts if text))


def _sizes(work: Work, study: Study | None, curated: bool) -> dict[str, Decimal]:
    people = studies = None
    if curated and study is not None:
        people, studies = study.sample_size, study.included_studies
    elif work.abstract:
        facts = study_facts(work.abstract, work.title)
        people, studies = facts.sample_size, facts.included_studies
    known = ((PEOPLE, people), (STUDIES, studies))
    return {about: Decimal(value) for about, value in known if value is not None}
