"""N107: the right number with the wrong unit or period."""

from __future__ import annotations

from collections.abc import Iterator

from claims.findings.choosing import cited_findings
from claims.findings.known import numbers_of, other_period
from claims.model import CitedSentence, Confidence, Diagnostic, LinkedClaim, Severity
from claims.pointing import on_the_study, path_to, sentence_pointer, source_of, study_told, work_pointer
from claims.printed import Printed, in_another_unit, printed_for
from claims.rule import Facts, Rule, rule
from graph.naming import known_as
from graph.wording import number as as_number


@rule(
    "N107",
    "unit-or-period-differs",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Hoffmann et al. 2014, Better reporting of interventions: TIDieR checklist, item 8. BMJ 348:g1687",
        "Cochrane Handbook, chapter 15.3: interpreting results (Schünemann et al. 2023)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A number of the source is given in another unit or over another period."""
    said = [one for linked in facts.claims if linked.works for one in _of_claim(rule, linked)]
    told = [
        one
        for cited in facts.cited_without(said)
        for one in _of_sentence(rule, cited, printed_for(cited, facts.evidence))
    ]
    yield from (*said, *told)
    spans = [one.span for one in (*said, *told)]
    for linked in facts.claims:
        if not any(linked.claim.span.holds(span) for span in spans):
            yield from _of_study(rule, linked)


def _of_sentence(rule: Rule, cited: CitedSentence, printed: Printed | None) -> Iterator[Diagnostic]:
    """A cited sentence's amounts against those that its one work prints."""
    if printed is None:
        return
    work = cited.works[0]
    for one in in_another_unit(cited.text, printed.amounts):
        start, end = one.told.start, one.told.end
        yield rule.diagnostic(
            f"“{cited.text[start:end]}”: {known_as(work)} has “{one.printed}”, which is not the same",
            cited.sentence.span_of(start, end),
            claim=cited.claim.claim.id if cited.claim is not None else None,
            evidence=(work_pointer(work), sentence_pointer(work, one.sentence)),
            confidence=Confidence.MEDIUM,
        )


def _of_study(rule: Rule, linked: LinkedClaim) -> Iterator[Diagnostic]:
    """The times and doses of the study with the source's number in another unit or over another period."""
    for one in linked.study:
        if one.agrees or not one.other_unit:
            continue
        yield rule.diagnostic(
            f"“{one.statement.text}”: {known_as(one.work)} has {study_told(one)}, which is not the same",
            one.statement.span,
            claim=linked.claim.id,
            evidence=on_the_study(one),
            confidence=Confidence.HIGH if one.study is not None else Confidence.MEDIUM,
        )


def _of_claim(rule: Rule, linked: LinkedClaim) -> Iterator[Diagnostic]:
    cited = cited_findings(linked)
    if not cited:
        return
    known = numbers_of(cited)
    for quantity in linked.claim.quantities:
        if quantity.high is not None or quantity.role not in ("dose", "duration", "other"):
            continue
        number = other_period(quantity.value, quantity.unit, known)
        if number is None or number.unit is None:
            continue
        one = next((found for found in cited if found.finding == number.finding), cited[0])
        yield rule.diagnostic(
            f"“{quantity.text}”: {source_of(one)} has {as_number(number.value)} {_unit(number.unit)}, "
            "which is not the same",
            quantity.span,
            claim=linked.claim.id,
            evidence=path_to(one),
            confidence=Confidence.HIGH if one.finding.method == "curated" else Confidence.MEDIUM,
        )


def _unit(unit: str) -> str:
    top, slash, below = unit.partition("/")
    top = {"min": "minutes", "h": "hours", "session": "sessions", "day": "days", "week": "weeks"}.get(
        top, top
    )
    return f"{top} per {below}" if slash else top
