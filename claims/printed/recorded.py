"""The numbers of curated findings, each with the words of its record, as an abstract would print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims import quantities
from claims.concepts import Vocabulary
from claims.printed.numbers import PrintedNumber
from claims.printed.shares import shares_in_words
from claims.printed.source import Source
from claims.printed.units import Amount, Read, amounts_in
from claims.printed.words import words_of
from graph.evidence import Finding, Study

__all__ = ["amounts_of", "of_findings"]

_IN_PERCENT = ("percent-reduction", "percent-change")


def of_findings(
    findings: Sequence[Finding], study: Study | None, title: str, vocabulary: Vocabulary
) -> Source:
    """What curated findings of one work have; a finding is what a sentence is in an abstract."""
    numbers: list[PrintedNumber] = []
    told: list[str] = []
    values: list[tuple[Decimal, Decimal | None, str | None, str]] = []
    for index, finding in enumerate(findings):
        texts = _texts(finding)
        about = " ".join((*texts, vocabulary.labels(finding.outcome), vocabulary.labels(finding.exposure)))
        told.append(" ".join(texts))
        for text in texts:
            values.extend((abs(one.value), one.high, one.unit, one.role) for one in quantities.find(text))
        values.extend(_of_record(finding))
        numbers.extend(_numbers(finding, index, about, told[-1]))
    if study is not None:
        sizes = (study.sample_size, study.included_studies)
        values.extend((Decimal(size), None, None, "count") for size in sizes if size is not None)
        for note in (study.follow_up, study.population_note, study.design_note, *study.limitations):
            values.extend(
                (abs(one.value), one.high, one.unit, one.role) for one in quantities.find(note or "")
            )
    whole = " ".join((title, *told, *(one.about for one in numbers)))
    worded = tuple((one.low, one.high) for one in shares_in_words(" ".join(told)))
    return Source(tuple(numbers), tuple(values), frozenset(words_of(whole)), tuple(told), worded)


def amounts_of(findings: Sequence[Finding], study: Study | None, vocabulary: Vocabulary) -> Read:
    """The amounts of curated findings, those in their words and those recorded; a finding is one sentence."""
    read: list[tuple[str, tuple[Amount, ...]]] = []
    for finding in findings:
        texts = " ".join(_texts(finding))
        labels = (vocabulary.labels(finding.outcome), vocabulary.labels(finding.exposure))
        recorded = [
            Amount(0, 0, abs(value), high, unit.replace("session/", "times/"))
            for value, high, unit, _ in (*_of_record(finding), *_of_groups(finding))
            if unit is not None
        ]
        read.append((" ".join((texts, *labels)), (*amounts_in(texts), *recorded)))
    if study is not None:
        noted = (study.follow_up, study.population_note, study.design_note, *study.limitations)
        texts = " ".join(text for text in noted if text)
        time = (Amount(0, 0, study.follow_up_days, None, "day"),) if study.follow_up_days else ()
        read.append((texts, (*amounts_in(texts), *time)))
    return tuple(read)


def _of_groups(finding: Finding) -> Iterator[tuple[Decimal, Decimal | None, str | None, str]]:
    for group in finding.groups:
        if group.value is not None:
            yield group.value, None, "percent" if group.measure == "percent" else group.unit, "other"
    if finding.effect is not None and finding.effect.value is not None:
        yield finding.effect.value, None, finding.effect.unit, "other"


def _texts(finding: Finding) -> tuple[str, ...]:
    notes = (finding.outcome_note, finding.comparator_note, finding.time_point_note)
    return tuple(text for text in (finding.label, finding.text, finding.quote, *notes) if text)


def _of_record(finding: Finding) -> Iterator[tuple[Decimal, Decimal | None, str | None, str]]:
    """All that is recorded beside the results: doses, times, ends of intervals."""
    for dose in (*quantities.combine(finding.dose), *finding.comparator_dose):
        unit = dose.unit.removesuffix("/session")
        for end in (dose.low, dose.high):
            if end is not None:
                yield end, None, unit, "dose"
    if finding.time_point_days is not None:
        yield finding.time_point_days, None, "day", "duration"
    if finding.effect is not None:
        effect = finding.effect
        for end in (effect.low, effect.high, effect.level, effect.p_value):
            if end is not None:
                yield abs(end), None, effect.unit, "interval"
    for group in finding.groups:
        for end in (group.low, group.high, None if group.size is None else Decimal(group.size)):
            if end is not None:
                yield abs(end), None, group.unit, "interval"


def _numbers(finding: Finding, index: int, about: str, around: str) -> Iterator[PrintedNumber]:
    groups = [group for group in finding.groups if group.value is not None]
    for group in groups:
        assert group.value is not None
        others = [one.value for one in groups if one is not group]
        share = group.measure == "ratio" and abs(group.value) <= 1  # "eight tenths of body weight"
        yield PrintedNumber(
            abs(group.value) * (100 if share else 1),
            "percent" if share or group.measure == "percent" else group.unit or "plain",
            0,
            0,
            group.label,
            finding.label or "",
            f"{group.label} {about}",
            len(groups) > 1,
            against=others[0] if len(others) == 1 else None,
            around=around,
            sentence=index,
        )
    effect = finding.effect
    if effect is not None and effect.value is not None:
        in_percent = effect.measure in _IN_PERCENT and effect.unit is None
        kind = "percent" if in_percent else (effect.unit or "plain")
        kind = "point" if kind.startswith("points ") else kind
        yield PrintedNumber(
            abs(effect.value),
            kind,
            0,
            0,
            finding.label or "",
            "",
            about,
            False,
            around=around,
            sentence=index,
        )
