"""P105: the claim promises an effect for longer than its source followed people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from claims.abstracts.soonest import too_soon
from claims.cited import all_known, measured, on_exposure
from claims.concepts import Vocabulary, vocabulary_of
from claims.findings.choosing import told_findings
from claims.findings.known import numbers_of
from claims.findings.telling import duration_in_words
from claims.model import (
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Severity,
    Span,
)
from claims.pointing import differs_from_study, paths_to, source_of
from claims.quantities import convert
from claims.rule import Facts, Rule, rule
from claims.sentence.horizon import unnumbered
from graph.naming import known_as

_SLACK = Decimal("1.5")


@rule(
    "P105",
    "horizon-differs",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The time told is longer than the time studied, or much shorter."""
    vocabulary = vocabulary_of(facts.evidence)
    told = list(_of_effects(rule, facts, vocabulary))
    yield from told
    already = {one.claim for one in told}
    for linked in facts.claims:
        if linked.claim.id not in already:
            of_study = list(_of_study(rule, linked))
            yield from of_study
            told += of_study
    for cited in facts.cited_without(told):
        yield from _too_soon(rule, cited)


def _too_soon(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A result told as quick, of an abstract that looked much later only."""
    linked = cited.claim
    if cited.abstract is None or linked is None or linked.claim.proposition.effect_direction is None:
        return
    work = cited.works[0]
    found = too_soon(cited.text, f"{work.title or ''}. {cited.abstract}")
    if found is None or not any(one.direction == "supports" for one in measured(linked)):
        return
    soonest = duration_in_words(found.time.low)
    yield rule.diagnostic(
        f"“{cited.text[found.start : found.end]}” is sooner than anybody was seen: the earliest time in the "
        f"abstract of {known_as(work)} is {soonest}",
        cited.sentence.span_of(found.start, found.end),
        claim=linked.claim.id,
        evidence=paths_to([one for one in measured(linked) if one.direction == "supports"][:1]),
    )


def _of_study(rule: Rule, linked: LinkedClaim) -> Iterable[Diagnostic]:
    """How long people were followed or treated and when they were seen, where the source has other times."""
    for one in linked.study:
        if one.statement.about not in ("time", "moment") or one.agrees or one.other_unit:
            continue
        yield differs_from_study(rule, linked, one)


def _of_effects(rule: Rule, facts: Facts, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """What is said of effects that are told for longer than anybody was followed, or for another time."""
    for linked in facts.claims:
        claim = linked.claim
        said = claim.proposition.horizon_days
        if said is None or claim.citations_inherited or not all_known(linked):
            continue
        found = on_exposure(linked, vocabulary)
        times = [_longest(one) for one in found]
        known = [time for time in times if time is not None]
        if not known or len(known) < len(times):
            continue
        if said <= max(known) * _SLACK:
            if (one := _at_another_time(linked, said)) is not None:
                yield rule.diagnostic(
                    f"“{_printed(claim)}”: {source_of(one[0])} has this result for "
                    f"{' and '.join(duration_in_words(time) for time in one[1])}",
                    _span(claim),
                    claim=claim.id,
                    evidence=paths_to([one[0]]),
                )
            continue
        last = max(found, key=lambda one: _longest(one) or Decimal(0))
        yield rule.diagnostic(
            f"“{_printed(claim)}” is longer than anybody was followed: "
            f"{source_of(last)} ended after {duration_in_words(max(known))}",
            _span(claim),
            claim=claim.id,
            evidence=paths_to([last]),
        )


_AFTER = re.compile(r"\b(?:after|at)\s(?:the end of\s)?(?:about\s|around\s)?$", re.IGNORECASE)
_NEAR = Decimal("1.3")  # six months of a study's 24 weeks


def _at_another_time(linked: LinkedClaim, said: Decimal) -> tuple[LinkedFinding, list[Decimal]] | None:
    """The curated finding told, and its times, where the claim says "after 36 weeks" and none is near.

    Only where each finding told has its time, and what is printed of the source has no such time either.
    """
    told = told_findings(linked)
    times = sorted({one.finding.time_point_days for one in told if one.finding.time_point_days is not None})
    if (
        not told
        or not times
        or any(one.finding.method != "curated" or one.finding.time_point_days is None for one in told)
    ):
        return None
    sentence = linked.claim.sentence
    at, _ = sentence.place(_span(linked.claim))
    if not _AFTER.search(sentence.text[max(0, at - 30) : at]):
        return None
    printed = [
        days
        for number in numbers_of(told, linked.works)
        if number.unit is not None and (days := convert(number.value, number.unit, "day")) is not None
    ]
    if any(time <= said * _NEAR and said <= time * _NEAR for time in (*times, *printed)):
        return None
    return told[0], times


def _longest(one: LinkedFinding) -> Decimal | None:
    """The last time point of the finding or, where longer, of its study; None when neither is known."""
    times = [one.finding.time_point_days, one.study.follow_up_days if one.study else None]
    return max((time for time in times if time is not None), default=None)


def _durations(claim: Claim) -> list[tuple[str, Span]]:
    return [(quantity.text, quantity.span) for quantity in claim.quantities if quantity.role == "duration"]


def _printed(claim: Claim) -> str:
    span = _span(claim)
    start, end = claim.sentence.place(span)
    return claim.text[start:end]


def _span(claim: Claim) -> Span:
    """Where the time is told: the number with its unit, the words without one, or else the whole claim."""
    lasting = unnumbered(claim.text)
    if lasting is not None and lasting[0] == claim.proposition.horizon_days:
        return claim.sentence.span_of(*lasting[1:])
    return next((span for _, span in _durations(claim)), claim.span)
