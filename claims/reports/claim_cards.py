"""What a page shows of one claim: its verdict, its slots, the path to each finding, a forest plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from claims.forest import Plot, svg
from claims.model import (
    Assessment,
    CausalStrength,
    LinkedClaim,
    LinkedFinding,
    ReferenceStatus,
)
from claims.reports import phrases
from claims.reports.estimates import claimed_of, plots
from claims.reports.points import Point
from claims.reports.positions import one_line
from graph import wording
from graph.evidence import Iri

_FINDINGS_SHOWN = 16
_SOURCES_OPEN = 3


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One finding that bears on a claim."""

    direction: str
    sign: str
    word: str
    finding: str
    result: str
    quote: str | None
    method: str | None


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """A stretch of the evidence path: how a work was reached, its study, its findings."""

    via: str
    name: str
    study: str | None
    work: str | None
    standing: str | None
    steps: tuple[EvidenceStep, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A forest plot, wide and narrow, and its numbers for those who cannot see it."""

    plot: Plot
    wide: Markup
    narrow: Markup
    hollow: bool
    directions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as the page shows it."""

    number: int
    kind: str
    text: str
    line: int
    verdict: str
    verdict_class: str
    sign: str
    certainty: str | None
    reasons: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    citations: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]  # printed, its references and their status
    inherited: bool
    points: tuple[Point, ...]
    evidence: tuple[EvidenceSource, ...]
    more_evidence: tuple[EvidenceSource, ...]
    evidence_left_out: int
    balance: str
    drawings: tuple[Drawing, ...]


def claim_card(
    number: int,
    linked: LinkedClaim,
    *,
    line: int,
    found: Assessment | None,
    statuses: Mapping[int, ReferenceStatus],
    points: tuple[Point, ...],
    labels: Mapping[str, str],
) -> ClaimCard:
    """The ``number``-th claim, which stands in ``line``, with the points on it.

    ``statuses`` are those of the references by index, ``labels`` those of concepts by IRI.
    """
    claim = linked.claim
    nearest = phrases.distinct(linked.findings)
    shown = _sources(nearest[:_FINDINGS_SHOWN], labels)
    return ClaimCard(
        number=number,
        kind=claim.kind,
        text=one_line(claim.text),
        line=line,
        verdict=found.verdict.value if found else "not assessed",
        verdict_class=found.verdict.value.replace(" ", "-") if found else "not-enough-information",
        sign=phrases.VERDICT_SIGNS[found.verdict] if found else "?",
        certainty=found.certainty.replace("-", " ") if found and found.certainty else None,
        reasons=tuple(one_line(reason) for reason in found.certainty_reasons) if found else (),
        slots=_slots(linked, labels),
        citations=tuple(
            (
                one_line(one.text),
                tuple(
                    (index, phrases.STATUS_WORDS[statuses[index]])
                    for index in one.references
                    if index in statuses
                ),
            )
            for one in claim.citations
        ),
        inherited=claim.citations_inherited,
        points=points,
        evidence=shown[:_SOURCES_OPEN],
        more_evidence=shown[_SOURCES_OPEN:],
        evidence_left_out=max(0, len(nearest) - _FINDINGS_SHOWN),
        balance=_balance(nearest),
        drawings=tuple(
            _drawing(plot, f"forest-{number}-{place}")
            for place, plot in enumerate(plots(linked, labels, claimed_of(claim)), start=1)
        ),
    )


def _slots(linked: LinkedClaim, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    said = linked.claim.proposition
    printed: dict[str, str] = {}
    for mention in linked.claim.mentions:
        printed.setdefault(mention.concept, one_line(mention.label))

    def names(concepts: tuple[Iri, ...]) -> str:
        """Concepts by name, each with the claim's own words for it where they differ."""
        shown = []
        for iri in concepts:
            name, words = phrases.name_of(iri, labels), printed.get(iri, "")
            differ = words and words.casefold() != name.casefold()
            shown.append(f"{name} (“{words}”)" if differ else name)
        return ", ".join(shown)

    slots = [
        ("Exposure", names(said.exposure)),
        ("Together with", names(said.co_intervention)),
        ("Compared with", names(said.comparator)),
        ("Outcome", names(said.outcome)),
        ("People", names(said.population)),
        ("Dose", "; ".join(phrases.dose_text(dose) for dose in said.dose)),
        ("Direction", phrases.EFFECT_WORDS.get(said.effect_direction or "", said.effect_direction or "")),
        ("Magnitude", f"“{one_line(said.magnitude)}”" if said.magnitude else ""),
    ]
    if said.causal_strength is not CausalStrength.NONE:
        slots.append(("Worded as", phrases.CAUSAL_WORDS[said.causal_strength]))
    if said.hedged:
        slots.append(("Hedged", "yes"))
    if said.horizon_days is not None:
        slots.append(("Over", wording.amount(Decimal(round(said.horizon_days)), "day")))
    told = (
        f"“{one_line(one.statement.text)}”: {'as' if one.agrees else 'not as'} in its source, {one.recorded}"
        for one in linked.study
    )
    slots.append(("Of its study", "; ".join(told)))
    return tuple((name, one_line(value)) for name, value in slots if value)


def _sources(findings: Sequence[LinkedFinding], labels: Mapping[str, str]) -> tuple[EvidenceSource, ...]:
    """The findings by the work and study they come from, in the order of the first of each."""
    groups: dict[tuple[str, str, str], list[LinkedFinding]] = {}
    for one in findings:
        work = one.work.iri if one.work else one.finding.iri
        groups.setdefault((one.via, work, one.study.iri if one.study else ""), []).append(one)
    return tuple(_source(members, labels) for members in groups.values())


def _source(members: list[LinkedFinding], labels: Mapping[str, str]) -> EvidenceSource:
    work, study, via = members[0].work, members[0].study, members[0].via
    return EvidenceSource(
        via=phrases.VIA_WORDS.get(via, one_line(via)),
        name=phrases.short_source_text(members[0]),
        study=None if study is None else phrases.study_text(study),
        work=None if work is None else phrases.work_text(work),
        standing=None if work is None else phrases.standing_text(work),
        steps=tuple(_step(one, labels) for one in members),
    )


def _step(one: LinkedFinding, labels: Mapping[str, str]) -> EvidenceStep:
    return EvidenceStep(
        direction=one.direction if one.direction in phrases.DIRECTION_SIGNS else "neutral",
        sign=phrases.DIRECTION_SIGNS.get(one.direction, "○"),
        word=phrases.DIRECTION_WORDS.get(one.direction, one.direction),
        finding=phrases.finding_name(one.finding, labels),
        result=phrases.finding_text(one.finding),
        quote=one_line(one.finding.quote) if one.finding.quote else None,
        method=one.finding.method,
    )


def _balance(findings: tuple[LinkedFinding, ...]) -> str:
    directions = [one.direction for one in findings]
    parts = [
        f"{directions.count(key)} {phrases.DIRECTION_WORDS[key] if directions.count(key) == 1 else plural}"
        for key, plural in (
            ("supports", "support"),
            ("refutes", "refute"),
            ("neutral", "are neutral"),
        )
        if key in directions
    ]
    return ", ".join(parts)


def _drawing(plot: Plot, name: str) -> Drawing:
    return Drawing(
        plot=plot,
        # svg() escapes every text it is given
        wide=Markup(svg(plot, 860, f"{name}-wide")),
        narrow=Markup(svg(plot, 330, f"{name}-narrow")),
        hollow=any(row.low is None or row.high is None for row in plot.rows),
        directions=tuple(dict.fromkeys(row.direction for row in plot.rows)),
    )
