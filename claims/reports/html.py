"""The report as one page that stands alone: no script, no request, everything escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from claims.forest import Plot, svg
from claims.model import (
    Assessment,
    AuditReport,
    CausalStrength,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    ReferenceStatus,
    Severity,
    Verdict,
    VerifiedReference,
)
from claims.reports import phrases
from claims.reports.article import MarkedBlock, mark
from claims.reports.estimates import claimed_of, plots
from claims.reports.parts import TOOL_VERSION, assessments_of, labels_of, with_ids
from claims.reports.positions import Lines, one_line, ordered, shorten, visible
from claims.rule import Rule

_EVIDENCE_SHOWN = 6
_CONTEXT = 42  # characters of the article shown around a fix
_FIELD_NAMES = {
    "article_number": "article number",
    "doi": "DOI",
    "pmid": "PMID",
    "et_al": "“et al.”",
    "url": "URL",
}


def render_html(
    report: AuditReport,
    *,
    labels: Mapping[str, str] | None = None,
    rules: Iterable[Rule] = (),
    tool_version: str = TOOL_VERSION,
) -> str:
    """The page. Article text and evidence are hostile input: all of it goes through autoescape.

    ``rules`` gives each point the title of its rule. A content security policy forbids scripts and
    every request; the only style allowed is the page's own, by its hash.
    """
    view = _View(report, labels_of(report, labels), {rule.code: rule for rule in rules})
    css = _css()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return _template().render(
        css=Markup(css),
        style_hash=digest,
        view=view,
        version=tool_version,
        document=report.document,
        title=phrases.title_of(report.document),
        verdicts=view.verdicts(),
        points=view.points,
        blocks=_rows(mark(report, view.diagnostics)),
        claims=view.claims(),
        references=view.references(),
        others=view.others(),
        summary=view.summary(),
        severities=view.severities(),
        statuses=view.statuses(),
        not_checked=view.not_checked(),
    )


def _resource(name: str) -> str:
    return resources.files("claims.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _css() -> str:
    return _resource("report.css").strip()


@cache
def _template() -> Template:
    page = Environment(
        loader=FunctionLoader(_resource),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.filters["visible"] = visible
    page.filters["one_line"] = one_line
    page.filters["shorten"] = shorten
    page.filters["count"] = phrases.count
    return page.get_template("report.html.j2")


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as the page sets it: its element, its pieces, and whether it opens or closes a list."""

    tag: str
    block: MarkedBlock
    opens_list: bool
    closes_list: bool


def _rows(blocks: tuple[MarkedBlock, ...]) -> list[BlockRow]:
    rows = []
    for place, block in enumerate(blocks):
        before = blocks[place - 1].kind if place else ""
        after = blocks[place + 1].kind if place + 1 < len(blocks) else ""
        listed = block.kind in ("list-item", "reference")
        tag = "p"
        if block.kind in ("title", "heading"):
            # The page has its own first and second headings; the article's begin at the third.
            tag = "h3" if block.kind == "title" else f"h{min(6, max(3, block.level + 2))}"
        rows.append(BlockRow(tag, block, listed and before != block.kind, listed and after != block.kind))
    return rows


@dataclass(frozen=True, slots=True)
class Point:
    """A diagnostic as the page shows it."""

    number: int
    code: str
    name: str
    title: str
    severity: str
    sign: str
    word: str
    confidence: str
    message: str
    words: str
    line: int
    evidence: tuple[tuple[str, str, str], ...]  # kind, quote, IRI
    fix: tuple[str, str, str, str] | None  # text before, words removed, words put in, text after


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One finding that bears on a claim, with the path to its work."""

    direction: str
    sign: str
    word: str
    via: str
    finding: str
    result: str
    study: str | None
    work: str | None
    standing: str | None
    quote: str | None
    method: str | None


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
    evidence: tuple[EvidenceStep, ...]
    more_evidence: tuple[EvidenceStep, ...]
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


class _View:
    """The report turned into what the template shows; every text still to be escaped there."""

    def __init__(self, report: AuditReport, labels: dict[str, str], rules: dict[str, Rule]) -> None:
        self.report, self.labels, self.rules = report, labels, rules
        self.lines = Lines(report.document.text)
        self.diagnostics: tuple[Diagnostic, ...] = with_ids(report)
        self.assessments: dict[str, Assessment] = assessments_of(report)
        self.points = {
            number: self._point(number, one) for number, one in enumerate(self.diagnostics, start=1)
        }
        self._claim_ids = {linked.claim.id for linked in report.claims}
        self._indices = {one.reference.index for one in report.references}
        self._statuses = {one.reference.index: one.status for one in report.references}

    def _point(self, number: int, one: Diagnostic) -> Point:
        start, end = ordered(one.span)
        rule = self.rules.get(one.code)
        return Point(
            number=number,
            code=one.code,
            name=one.name.replace("-", " "),
            title=rule.title if rule else one.name.replace("-", " "),
            severity=one.severity.value,
            sign=phrases.SEVERITY_SIGNS[one.severity],
            word=phrases.SEVERITY_WORDS[one.severity],
            confidence=one.confidence.value,
            message=one_line(one.message),
            words=shorten(self.report.document.text[start:end], 160),
            line=self.lines.position(start).line,
            evidence=tuple((at.kind, one_line(at.quote), at.iri) for at in one.evidence),
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

    # counts

    def verdicts(self) -> list[tuple[str, str, str, int]]:
        """Class, sign, word and number of each verdict."""
        found = [one.verdict for one in self.report.assessments]
        return [
            (one.value.replace(" ", "-"), phrases.VERDICT_SIGNS[one], one.value, found.count(one))
            for one in Verdict
        ]

    def severities(self) -> list[tuple[str, str, str, int]]:
        """Class, sign, word and number of each severity."""
        found = [one.severity for one in self.diagnostics]
        words = {one: phrases.SEVERITY_WORDS[one].lower() for one in Severity}
        return [
            (
                one.value,
                phrases.SEVERITY_SIGNS[one],
                words[one] + ("" if found.count(one) == 1 else "s"),
                found.count(one),
            )
            for one in Severity
        ]

    def statuses(self) -> list[tuple[str, str, str, int]]:
        """Class, sign, word and number of each status of a reference."""
        found = [one.status for one in self.report.references]
        return [
            (one.value, phrases.STATUS_SIGNS[one], phrases.STATUS_WORDS[one], found.count(one))
            for one in ReferenceStatus
        ]

    def summary(self) -> str:
        """The report in a sentence or two."""
        claims, references = len(self.report.claims), len(self.report.references)
        bad = sum(
            one.status in (ReferenceStatus.MISMATCH, ReferenceStatus.NOT_FOUND, ReferenceStatus.RETRACTED)
            for one in self.report.references
        )
        told = []
        if claims:
            judged = [f"{number} {word}" for _, _, word, number in self.verdicts() if number]
            told.append(f"{phrases.count(claims, 'claim')} read: {', '.join(judged) or 'none judged'}.")
        else:
            told.append("No sentence was recognised as a claim that can be checked.")
        if references and bad:
            told.append(
                f"{bad} of {phrases.count(references, 'reference')} "
                f"{'does' if bad == 1 else 'do'} not match the record, or could not be found."
            )
        elif references:
            told.append(f"{phrases.count(references, 'reference')} checked, none at odds with the record.")
        return " ".join(told)

    # cards

    def claims(self) -> list[ClaimCard]:
        """Every claim, in reading order."""
        return [self._claim(number, linked) for number, linked in enumerate(self.report.claims, start=1)]

    def _claim(self, number: int, linked: LinkedClaim) -> ClaimCard:
        claim = linked.claim
        found = self.assessments.get(claim.id)
        steps = tuple(self._step(one) for one in linked.findings)
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
            points=tuple(
                self.points[place]
                for place, one in enumerate(self.diagnostics, start=1)
                if one.claim == claim.id
            ),
            evidence=steps[:_EVIDENCE_SHOWN],
            more_evidence=steps[_EVIDENCE_SHOWN:],
            balance=_balance(linked.findings),
            drawings=tuple(
                _drawing(plot, f"forest-{number}-{place}")
                for place, plot in enumerate(plots(linked, self.labels, claimed_of(claim)), start=1)
            ),
        )

    def _slots(self, linked: LinkedClaim) -> tuple[tuple[str, str], ...]:
        said = linked.claim.proposition
        slots = [
            ("Exposure", phrases.concept_names(said.exposure, self.labels)),
            ("Together with", phrases.concept_names(said.co_intervention, self.labels)),
            ("Compared with", phrases.concept_names(said.comparator, self.labels)),
            ("Outcome", phrases.concept_names(said.outcome, self.labels)),
            ("People", phrases.concept_names(said.population, self.labels)),
            ("Dose", "; ".join(phrases.dose_text(dose) for dose in said.dose)),
            ("Direction", phrases.EFFECT_WORDS.get(said.effect_direction or "", said.effect_direction or "")),
            ("Magnitude", f"“{one_line(said.magnitude)}”" if said.magnitude else ""),
        ]
        if said.causal_strength is not CausalStrength.NONE:
            slots.append(("Worded as", phrases.CAUSAL_WORDS[said.causal_strength]))
        if said.hedged:
            slots.append(("Hedged", "yes"))
        if said.horizon_days is not None:
            slots.append(("Over", f"{phrases.number(said.horizon_days)} days"))
        return tuple((name, one_line(value)) for name, value in slots if value)

    def _step(self, one: LinkedFinding) -> EvidenceStep:
        return EvidenceStep(
            direction=one.direction if one.direction in phrases.DIRECTION_SIGNS else "neutral",
            sign=phrases.DIRECTION_SIGNS.get(one.direction, "○"),
            word=phrases.DIRECTION_WORDS.get(one.direction, one.direction),
            via=phrases.VIA_WORDS.get(one.via, one_line(one.via)),
            finding=phrases.finding_name(one.finding, self.labels),
            result=phrases.finding_text(one.finding),
            study=None if one.study is None else phrases.study_text(one.study),
            work=None if one.work is None else phrases.work_text(one.work),
            standing=None if one.work is None else phrases.standing_text(one.work),
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
            label=one_line(one.reference.label),
            raw=visible(one.reference.raw),
            status=phrases.STATUS_WORDS[one.status],
            status_class=one.status.value,
            sign=phrases.STATUS_SIGNS[one.status],
            work=None if one.work is None else phrases.work_text(one.work, authors=6),
            link=_link(one),
            standing=None if one.work is None else phrases.standing_text(one.work),
            verdict=_reference_verdict(one),
            fields=tuple(
                _compared(field.field, field.printed, field.recorded, field.agrees, field.confirmed)
                for field in one.fields
            ),
            points=tuple(
                self.points[place]
                for place, point in enumerate(self.diagnostics, start=1)
                if point.reference == index and point.claim not in self._claim_ids
            ),
        )

    def others(self) -> list[Point]:
        """Points that belong to no claim and no reference."""
        return [
            self.points[place]
            for place, one in enumerate(self.diagnostics, start=1)
            if one.claim not in self._claim_ids and one.reference not in self._indices
        ]

    def not_checked(self) -> list[str]:
        """What this run could not see, said to the reader."""
        told = []
        undecided = sum(one.verdict is Verdict.NOT_ENOUGH_INFORMATION for one in self.report.assessments)
        if undecided:
            told.append(
                f"{phrases.count(undecided, 'claim')} could not be decided: the evidence given to this run says too "
                "little. That does not make them wrong."
            )
        missing = sum(one.status is ReferenceStatus.NOT_FOUND for one in self.report.references)
        if missing:
            told.append(
                f"{phrases.count(missing, 'reference')} not found: only the library given to this run was searched."
            )
        skipped = sum(field.agrees is None for one in self.report.references for field in one.fields)
        if skipped:
            told.append(f"{phrases.count(skipped, 'field')} of references could not be compared.")
        findings = {one.finding.iri: one.finding for linked in self.report.claims for one in linked.findings}
        bare = sum(
            found.effect is not None and found.effect.value is not None and found.effect.low is None
            for found in findings.values()
        )
        if bare:
            told.append(f"{phrases.count(bare, 'effect estimate')} recorded without an interval.")
        machine = sum(found.method == "automatic" for found in findings.values())
        if machine:
            told.append(
                f"{phrases.count(machine, 'finding')} read from abstracts by this program and reviewed by nobody."
            )
        told.append(
            "Only sentences recognised as claims were judged. Pictures, charts and linked pages were not read."
        )
        told.append(
            "Findings come from curated evidence and abstracts; the full texts of the works were not read."
        )
        return told


def _balance(findings: tuple[LinkedFinding, ...]) -> str:
    directions = [one.direction for one in findings]
    parts = [
        f"{directions.count(key)} {phrases.DIRECTION_WORDS[key] if directions.count(key) == 1 else plural}"
        for key, plural in (
            ("supports", "support"),
            ("refutes", "speak against"),
            ("neutral", "do not decide"),
        )
        if key in directions
    ]
    return ", ".join(parts)


def _drawing(plot: Plot, name: str) -> Drawing:
    return Drawing(
        plot=plot,
        # svg() escapes every text it is given
        wide=Markup(svg(plot, 660, f"{name}-wide")),
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
        from urllib.parse import quote

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
            return f"{phrases.count(len(one.candidates), 'work fits', 'works fit')} what is printed equally well."
        return "No such work in the library given to this run."
    if wrong:
        return f"What it actually is (differs in {', '.join(wrong)}):"
    return "The work it names:"


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
