"""An audit as plain dictionaries, whole and in pieces: the shape of ``docs/audit-report.schema.json``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.model import (
    Assessment,
    AuditReport,
    Diagnostic,
    Document,
    EvidencePointer,
    FieldComparison,
    InTextCitation,
    LinkedClaim,
    LinkedFinding,
    Proposition,
    ReferenceStatus,
    Severity,
    Span,
    StudyComparison,
    Verdict,
    VerifiedReference,
)
from claims.reports.evidence_parts import (
    Json,
    as_number,
    cited_work_dict,
    concept_dicts,
    dose_dict,
    finding_dict,
    study_dict,
    work_dict,
)
from claims.reports.limits import limits
from claims.reports.phrases import distinct
from claims.reports.positions import Lines, ordered
from claimspine import __version__

SCHEMA_VERSION = "1"
TOOL_NAME = "claimspine"

_SPELLED_OUT = re.compile(r".*[/#:][a-z]+(?:-[a-z0-9]+)*\Z")


def labels_of(report: AuditReport, labels: Mapping[str, str] | None = None) -> dict[str, str]:
    """Labels by IRI: those given, and the article's own words for a concept whose IRI is a mere number.

    An IRI that ends in a spelled-out name (``.../blood-pressure``) needs none: see ``phrases.name_of``.
    """
    known: dict[str, str] = {}
    for linked in report.claims:
        for mention in linked.claim.mentions:
            if not _SPELLED_OUT.match(mention.concept):
                known.setdefault(mention.concept, mention.label)
    known.update(labels or {})
    return known


def in_order(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Diagnostics as a reader meets them."""
    return tuple(sorted(diagnostics, key=lambda one: (one.span, one.code, one.id, one.message)))


def with_ids(report: AuditReport) -> tuple[Diagnostic, ...]:
    """Diagnostics in reading order; one that the engine left unnumbered gets an id here."""
    taken = {one.id for one in report.diagnostics if one.id}
    numbered: list[Diagnostic] = []
    for place, one in enumerate(in_order(report.diagnostics), start=1):
        if one.id:
            numbered.append(one)
            continue
        name = f"diagnostic-{place}"
        while name in taken:
            name += "x"
        taken.add(name)
        numbered.append(replace(one, id=name))
    return tuple(numbered)


def to_dict(
    report: AuditReport,
    *,
    labels: Mapping[str, str] | None = None,
) -> Json:
    """The whole report. ``labels`` names the concepts that the article itself does not mention.

    Numbers are JSON numbers; a slot or field that is unknown is ``null`` or an empty list.
    """
    lines = Lines(report.document.text)
    names = labels_of(report, labels)
    verdicts = assessments_of(report)
    diagnostics = with_ids(report)
    about: dict[str | None, list[str]] = {}
    for said in diagnostics:
        about.setdefault(said.claim, []).append(said.id)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": TOOL_NAME, "version": __version__},
        "document": document_dict(report.document, report.base),
        "summary": summary_dict(report),
        "references": [reference_dict(one, lines) for one in report.references],
        "claims": [
            claim_dict(one, verdicts.get(one.claim.id), lines, names, about.get(one.claim.id, ()))
            for one in report.claims
        ],
        "diagnostics": [diagnostic_dict(one, lines) for one in diagnostics],
        "limits": list(limits(report)),
    }


def assessments_of(report: AuditReport) -> dict[str, Assessment]:
    """Assessments by claim id."""
    return {one.claim: one for one in report.assessments}


def document_dict(document: Document, base: str) -> Json:
    """The article; its ``id`` is made from its content."""
    return {
        "id": f"{base}document/{document.sha256}",
        "title": document.title,
        "path": document.path,
        "sha256": document.sha256,
    }


def summary_dict(report: AuditReport) -> Json:
    """Counts; every verdict, severity and status is named, nought included."""
    verdicts = Counter(one.verdict for one in report.assessments)
    severities = Counter(one.severity for one in report.diagnostics)
    statuses = Counter(one.status for one in report.references)
    return {
        "claims": len(report.claims),
        "verdicts": {one.value: verdicts[one] for one in Verdict},
        "diagnostics": {one.value: severities[one] for one in Severity},
        "references": {one.value: statuses[one] for one in ReferenceStatus},
    }


def span_dict(span: Span, lines: Lines) -> Json:
    """A span with its line and column, both counted from 1."""
    start, end = ordered(span)
    place = lines.position(start)
    return {"start": start, "end": end, "line": place.line, "column": place.column}


def reference_dict(verified: VerifiedReference, lines: Lines) -> Json:
    """A reference as printed, the work it points to, and the two compared."""
    printed = verified.reference
    return {
        "index": printed.index,
        "label": printed.label,
        "name": printed.name,
        "raw": printed.raw,
        "span": span_dict(printed.span, lines),
        "status": verified.status.value,
        "matched_by": list(verified.matched_by),
        "work": None if verified.work is None else work_dict(verified.work),
        "candidates": list(verified.candidates),
        "fields": [comparison_dict(one) for one in verified.fields],
    }


def comparison_dict(one: FieldComparison) -> Json:
    """A printed field beside the record's; ``agrees`` null: they could not be compared."""
    return {
        "field": one.field,
        "printed": one.printed,
        "recorded": one.recorded,
        "agrees": one.agrees,
        "confirmed": one.confirmed,
    }


def claim_dict(
    linked: LinkedClaim,
    assessment: Assessment | None,
    lines: Lines,
    labels: Mapping[str, str],
    about: Sequence[str] = (),
) -> Json:
    """A claim with its slots, its verdict and the evidence that bears on it.

    ``about`` holds the ids of the diagnostics on it.
    """
    claim = linked.claim
    led = assessment.diagnostics if assessment else ()
    return {
        "id": claim.id,
        "text": claim.text,
        "span": span_dict(claim.span, lines),
        "kind": claim.kind,
        "proposition": proposition_dict(claim.proposition, lines, labels),
        "citations": [citation_dict(one, lines) for one in claim.citations],
        "citations_inherited": claim.citations_inherited,
        "verdict": assessment.verdict.value if assessment else None,
        "certainty": {
            "level": assessment.certainty if assessment else None,
            "reasons": list(assessment.certainty_reasons) if assessment else [],
        },
        "evidence": [evidence_dict(one, labels) for one in distinct(linked.findings)],
        "evidence_left_out": linked.left_out,
        "study": [statement_dict(one, lines) for one in linked.study],
        "diagnostics": list(dict.fromkeys([*led, *about])),
    }


def statement_dict(one: StudyComparison, lines: Lines) -> Json:
    """What a claim says of its study beside what the source says of it."""
    return {
        "about": one.statement.about,
        "text": one.statement.text,
        "span": span_dict(one.statement.span, lines),
        "agrees": one.agrees,
        "recorded": one.recorded,
        "quote": one.quote,
        "work": one.work.iri,
    }


def proposition_dict(proposition: Proposition, lines: Lines, labels: Mapping[str, str]) -> Json:
    """The slots of a claim; an empty slot is unknown."""

    def place(span: Span | None) -> Json | None:
        return None if span is None else span_dict(span, lines)

    return {
        "exposure": concept_dicts(proposition.exposure, labels),
        "co_intervention": concept_dicts(proposition.co_intervention, labels),
        "comparator": concept_dicts(proposition.comparator, labels),
        "outcome": concept_dicts(proposition.outcome, labels),
        "population": concept_dicts(proposition.population, labels),
        "dose": [dose_dict(one) for one in proposition.dose],
        "effect_direction": proposition.effect_direction,
        "magnitude": proposition.magnitude,
        "magnitude_span": place(proposition.magnitude_span),
        "causal_strength": proposition.causal_strength.value,
        "causal_span": place(proposition.causal_span),
        "hedged": proposition.hedged,
        "horizon_days": as_number(proposition.horizon_days),
    }


def citation_dict(citation: InTextCitation, lines: Lines) -> Json:
    """A citation in the text and the entries of the reference list it leads to."""
    return {
        "text": citation.text,
        "span": span_dict(citation.span, lines),
        "style": citation.style,
        "references": list(citation.references),
        "ambiguous": citation.ambiguous,
        "year_differs": citation.year_differs,
    }


def evidence_dict(linked: LinkedFinding, labels: Mapping[str, str]) -> Json:
    """One path from a claim: how a finding bears on it, its study, its work."""
    return {
        "direction": linked.direction,
        "via": linked.via,
        "score": round(linked.score, 4),
        "line": linked.line,
        "finding": finding_dict(linked.finding, labels),
        "study": None if linked.study is None else study_dict(linked.study),
        "work": None if linked.work is None else cited_work_dict(linked.work),
        "quote": linked.finding.quote,
    }


def diagnostic_dict(diagnostic: Diagnostic, lines: Lines) -> Json:
    """A diagnostic with its evidence path and, where there is one, its fix."""
    fix = diagnostic.fix
    return {
        "id": diagnostic.id,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "confidence": diagnostic.confidence.value,
        "message": diagnostic.message,
        "span": span_dict(diagnostic.span, lines),
        "claim": diagnostic.claim,
        "reference": diagnostic.reference,
        "evidence": [pointer_dict(one) for one in diagnostic.evidence],
        "fix": None if fix is None else {"span": span_dict(fix.span, lines), "text": fix.text},
    }


def pointer_dict(pointer: EvidencePointer) -> Json:
    """One place of an evidence path."""
    return {"id": pointer.iri, "kind": pointer.kind, "quote": pointer.quote}
