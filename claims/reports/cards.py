"""What a page shows of a point, a claim and a reference, ready to be set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from claims.forest import Plot, svg
from claims.model import (
    Assessment,
    AuditReport,
    CausalStrength,
    Diagnostic,
    EvidencePointer,
    LinkedClaim,
    LinkedFinding,
    VerifiedReference,
)
from claims.reports import phrases
from claims.reports.estimates import claimed_of, plots
from claims.reports.parts import assessments_of, with_ids
from claims.reports.positions import Lines, one_line, ordered, shorten, visible
from graph import wording
from graph.evidence import Iri

_FINDINGS_SHOWN = 16
_SOURCES_OPEN = 3
_CONTEXT = 42  # characters of the article shown around a fix
_FIELD_NAMES = {
    "article_number": "article number",
    "doi": "DOI",
    "pmid": "PMID",
    "et_al": "“et al.”",
    "url": "URL",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A diagnostic as the page shows it."""

    number: int
    code: str
    name: str
    severity: str
    sign: str
    word: str
    confidence: str
    message: str
    words: str
    line: int
    evidence: tuple[tuple[tuple[str, str, str], ...], ...]  # paths of kind, quote, IRI
    fix: tuple[str, str, str, str] | None  # text before, words removed, words put in, text after


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


@dataclass(frozen=True, slots=True)
class ReferenceCard:
    """A reference as the page shows it."""

    index: int
    label: str
    raw: str
    status: str
    status_class: str
    sign: str
    work: str | None
    link: str | None
    standing: str | None
    verdict: str
    fields: tuple[tuple[str, str | None, str | None, str, str, bool], ...]
    points: tuple[Point, ...]


class Cards:
    """The points, claims and references of a report as a page shows them.

    Every text is still to be escaped, but for the drawings.
    """

    def __init__(self, report: AuditReport, labels: Mapping[str, str]) -> None:
        """``labels`` are by IRI of a concept."""
        self.report, self.labels = report, labels
        self.lines = Lines(report.document.text)
        self.diagnostics: tuple[Diagnostic, ...] = with_ids(report)
        self.assessments: dict[str, Assessment] = assessments_of(report)
        self.points = {
            number: self._point(number, one) for number, one in enumerate(self.diagnostics, start=1)
        }
        self._of_claim: dict[str, list[Point]] = {linked.claim.id: [] for linked in report.claims}
        self._of_reference: dict[int, list[Point]] = {one.reference.index: [] for one in report.references}
        self._others: list[Point] = []
        for number, one in enumerate(self.diagnostics, start=1):
            point = self.points[number]
            if one.claim in self._of_claim:
                self._of_claim[one.claim].append(point)
            elif one.reference in self._of_reference:
                self._of_reference[one.reference].append(point)
            else:
                self._others.append(point)
        self._statuses = {one.reference.index: one.status for one in report.references}

    def _point(self, number: int, one: Diagnostic) -> Point:
        start, end = ordered(one.span)
        return Point(
            number=number,
            code=one.code,
            name=phrases.rule_name(one.name),
            severity=one.severity.value,
            sign=phrases.SEVERITY_SIGNS[one.severity],
            word=phrases.SEVERITY_WORDS[one.severity],
            confidence=one.confidence.value,
            message=one_line(one.message),
            words=shorten(self.report.document.text[start:end], 160),
            line=self.lines.position(start).line,
            evidence=_paths(one.evidence),
            fix=self._fix(one),
        )

    def _fix(self, one: Diagnostic) -> tuple[str, str, str, str] | None:
        if one.fix is None:
            return None
        text = self.report.document.text
        start, end = ordered(one.fix.span)
        line = self.lines.position(start).line
        before = text[max(self.lines.start(line), start - _CONTEXT) : start]
        after = text[end : end + _CONTEXT].partition("\n")[0]
        if start - _CONTEXT > self.lines.start(line):
            before = "…" + before.partition(" ")[2]
        if after and end + _CONTEXT < len(text):
            after = after.rpartition(" ")[0] + "…"
        return visible(before), visible(text[start:end]), visible(one.fix.text), visible(after)

    def claims(self) -> list[ClaimCard]:
        """Every claim, in reading order."""
        return [self._claim(number, linked) for number, linked in enumerate(self.report.claims, start=1)]

    def _claim(self, number: int, linked: LinkedClaim) -> ClaimCard:
        claim = linked.claim
        found = self.assessments.get(claim.id)
        nearest = phrases.distinct(linked.findings)
        shown = self._sources(nearest[:_FINDINGS_SHOWN])
        return ClaimCard(
            number=number,
            kind=claim.kind,
            text=one_line(claim.text),
            line=self.lines.position(claim.span.start).line,
            verdict=found.verdict.value if found else "not assessed",
            verdict_class=found.verdict.value.replace(" ", "-") if found else "not-enough-information",
            sign=phrases.VERDICT_SIGNS[found.verdict] if found else "?",
            certainty=found.certainty.replace("-", " ") if found and found.certainty else None,
            reasons=tuple(one_line(reason) for reason in found.certainty_reasons) if found else (),
            slots=self._slots(linked),
            citations=tuple(
                (
                    one_line(one.text),
                    tuple(
                        (index, phrases.STATUS_WORDS[self._statuses[index]])
                        for index in one.references
                        if index in self._statuses
                    ),
                )
                for one in claim.citations
            ),
            inherited=claim.citations_inherited,
            points=tuple(self._of_claim.get(claim.id, ())),
            evidence=shown[:_SOURCES_OPEN],
            more_evidence=shown[_SOURCES_OPEN:],
            evidence_left_out=max(0, len(nearest) - _FINDINGS_SHOWN),
            balance=_balance(nearest),
            drawings=tuple(
                _drawing(plot, f"forest-{number}-{place}")
                for place, plot in enumerate(plots(linked, self.labels, claimed_of(claim)), start=1)
            ),
        )

    def _slots(self, linked: LinkedClaim) -> tuple[tuple[str, str], ...]:
        said = linked.claim.proposition
        printed: dict[str, str] = {}
        for mention in linked.claim.mentions:
            printed.setdefault(mention.concept, one_line(mention.label))

        def names(concepts: tuple[Iri, ...]) -> str:
            """Concepts by name, each with the claim's own words for it where they differ."""
            shown = []
            for iri in concepts:
                name, words = phrases.name_of(iri, self.labels), printed.get(iri, "")
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
            slots.append(("Over", wording.amount(said.horizon_days, "day")))
        return tuple((name, one_line(value)) for name, value in slots if value)

    def _sources(self, findings: Sequence[LinkedFinding]) -> tuple[EvidenceSource, ...]:
        """The findings by the work and study they come from, in the order of the first of each."""
        groups: dict[tuple[str, str, str], list[LinkedFinding]] = {}
        for one in findings:
            work = one.work.iri if one.work else one.finding.iri
            groups.setdefault((one.via, work, one.study.iri if one.study else ""), []).append(one)
        return tuple(self._source(members) for members in groups.values())

    def _source(self, members: list[LinkedFinding]) -> EvidenceSource:
        work, study, via = members[0].work, members[0].study, members[0].via
        return EvidenceSource(
            via=phrases.VIA_WORDS.get(via, one_line(via)),
            name=phrases.short_source_text(members[0]),
            study=None if study is None else phrases.study_text(study),
            work=None if work is None else phrases.work_text(work),
            standing=None if work is None else phrases.standing_text(work),
            steps=tuple(self._step(one) for one in members),
        )

    def _step(self, one: LinkedFinding) -> EvidenceStep:
        return EvidenceStep(
            direction=one.direction if one.direction in phrases.DIRECTION_SIGNS else "neutral",
            sign=phrases.DIRECTION_SIGNS.get(one.direction, "○"),
            word=phrases.DIRECTION_WORDS.get(one.direction, one.direction),
            finding=phrases.finding_name(one.finding, self.labels),
            result=phrases.finding_text(one.finding),
            quote=one_line(one.finding.quote) if one.finding.quote else None,
            method=one.finding.method,
        )

    def references(self) -> list[ReferenceCard]:
        """Every reference, as printed and as recorded."""
        return [self._reference(one) for one in self.report.references]

    def _reference(self, one: VerifiedReference) -> ReferenceCard:
        index = one.reference.index
        return ReferenceCard(
            index=index,
            label=one_line(one.reference.name),
            raw=visible(one.reference.raw),
            status=phrases.STATUS_WORDS[one.status],
            status_class=one.status.value,
            sign=phrases.STATUS_SIGNS[one.status],
            work=None
            if one.work is None
            else phrases.work_text(one.work, authors=6, identifier=_link(one) is None),
            link=_link(one),
            standing=None if one.work is None else phrases.standing_text(one.work),
            verdict=_reference_verdict(one),
            fields=tuple(
                _compared(field.field, field.printed, field.recorded, field.agrees, field.confirmed)
                for field in one.fields
            ),
            points=tuple(self._of_reference.get(index, ())),
        )

    def others(self) -> list[Point]:
        """Points that belong to no claim and no reference."""
        return self._others


def _paths(pointers: Sequence[EvidencePointer]) -> tuple[tuple[tuple[str, str, str], ...], ...]:
    """The places of evidence as paths: a kind that comes again, or follows a line, begins the next."""
    paths: list[list[tuple[str, str, str]]] = []
    for at in pointers:
        kind = one_line(at.kind)
        if not paths or any(kind == other for other, _, _ in paths[-1]) or _ended(paths[-1]):
            paths.append([])
        paths[-1].append((kind, one_line(at.quote) or one_line(at.iri), one_line(at.iri)))
    return tuple(tuple(path) for path in paths)


def _ended(path: list[tuple[str, str, str]]) -> bool:
    """Whether a path from the work has come to the evidence line, its last place."""
    return len(path) > 1 and path[-1][0] == "line"


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


def _link(one: VerifiedReference) -> str | None:
    """An https link to the work, from its identifiers alone: a recorded URL may lead anywhere."""
    work = one.work
    if work is None:
        return None
    if work.doi:
        return "https://doi.org/" + quote(work.doi, safe="/:;()._-")
    if work.pmid and work.pmid.isdecimal():
        return f"https://pubmed.ncbi.nlm.nih.gov/{work.pmid}/"
    return None


def _reference_verdict(one: VerifiedReference) -> str:
    wrong = [
        _FIELD_NAMES.get(field.field, field.field.replace("_", " "))
        for field in one.fields
        if field.agrees is False
    ]
    if one.work is None:
        if one.candidates:
            fit = phrases.count(len(one.candidates), "work fits", "works fit")
            return f"{fit} what is printed equally well."
        return "No such work in the library given to this run."
    differs = f" (differs in {', '.join(wrong)})" if wrong else ""
    guessed = phrases.guessed_by(one)
    if wrong and guessed:
        return f"Most likely meant, by {guessed}{differs}:"
    return f"What it actually is{differs}:" if wrong else "The work it names:"


def _compared(
    field: str, printed: str | None, recorded: str | None, agrees: bool | None, confirmed: bool
) -> tuple[str, str | None, str | None, str, str, bool]:
    """Name, printed, recorded, class, words, and whether the record is confirmed."""
    if agrees is None:
        state, words = "unknown", "? not compared"
    else:
        state, words = ("agrees", "✔ agrees") if agrees else ("differs", "✖ differs")
    return (
        _FIELD_NAMES.get(field, field.replace("_", " ")),
        None if printed is None else one_line(printed),
        None if recorded is None else one_line(recorded),
        state,
        words,
        confirmed,
    )
