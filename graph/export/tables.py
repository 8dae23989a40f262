"""Evidence as one table: a row for each evidence line, and one for each claim without any.

Text cells that a spreadsheet would take for a formula begin with an apostrophe (OWASP, CSV injection);
numbers are written as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from graph.certainty import Judgement, certainty
from graph.evidence import EvidenceLine, Finding, GraphClaim, Iri, Study, Work
from graph.export.selecting import Selection
from graph.naming import work_label
from graph.tracing import Trace, traces_in
from graph.wording import dose

#: What each column holds; the order is that of the file and will only grow at its end.
COLUMNS = {
    "claim_id": "IRI of the claim, recommendation or mechanism step",
    "claim_kind": "recommendation, claim or step",
    "claim_text": "its words",
    "certainty": "GRADE level: high, moderate, low, very-low; empty: not enough to judge",
    "certainty_by": "curated (a person's judgement) or computed",
    "certainty_reasons": "why, with semicolons between",
    "based_on": "IRIs of the claims that it rests on, with spaces between",
    "line_id": "IRI of the evidence line; empty: the claim has none",
    "direction": "supports, refutes or neutral",
    "strength": "strong, moderate or weak; empty for neutral lines",
    "directness": "direct or indirect",
    "method": "curated or automatic",
    "reviewed_by": "who reviewed the line",
    "reviewed_on": "when",
    "rationale": "why the finding bears on the claim so",
    "finding_id": "IRI of the finding",
    "finding": "its label",
    "exposure": "what was done or met with",
    "comparator": "against what",
    "outcome": "what was measured",
    "population": "in whom",
    "dose": "how much",
    "effect_direction": "increases, decreases, no-difference or unclear",
    "measure": "hazard-ratio, mean-difference, ...",
    "value": "the estimate",
    "low": "lower end of its interval",
    "high": "upper end of its interval",
    "level": "of the interval, in percent",
    "p_bound": "less-than or greater-than; empty: equal",
    "p_value": "p value",
    "unit": "of the estimate",
    "study_id": "IRI of the study",
    "study": "its label",
    "design": "its design",
    "sample_size": "how many people or animals",
    "registration": "its registration numbers",
    "risk_of_bias": "as judged",
    "work_id": "IRI of the paper",
    "work": "authors, year, journal",
    "title": "of the paper",
    "year": "of publication",
    "doi": "DOI",
    "pmid": "PubMed number",
    "standing": "current, corrected, concern, retracted or superseded; empty: not known",
    "certainty_at_most": "yes: what was not judged could still lower the level",
}
_NUMBERS = {"value", "low", "high", "level", "p_value", "sample_size", "year"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(selection: Selection) -> bytes:
    """The table as CSV (RFC 4180), UTF-8 with a header line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(selection):
        writer.writerow([safe(row.get(name, ""), number=name in _NUMBERS) for name in COLUMNS])
    return out.getvalue().encode()


def safe(cell: str, *, number: bool = False) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("-0.5", number=True)
    ("'=1+1", '-0.5')
    """
    return cell if number or not cell.startswith(_FORMULA) else "'" + cell


def rows(selection: Selection) -> Iterator[dict[str, str]]:
    """The rows, by claim and then by line."""
    evidence = selection.evidence
    steps = {step.iri: step.label for m in evidence.mechanisms.values() for step in m.steps}
    targets = [*sorted(evidence.claims), *sorted(steps)]
    for iri, followed in zip(targets, traces_in(evidence, targets), strict=True):
        claim = _claim(iri, evidence.claims.get(iri), steps.get(iri), certainty(followed, iri))
        lines = [edge.line for edge in followed.below(iri) if edge.line is not None]
        if not lines:
            yield claim
        for line in lines:
            yield claim | _line(line, followed, selection)


def _claim(iri: Iri, claim: GraphClaim | None, label: str | None, judged: Judgement) -> dict[str, str]:
    return {
        "claim_id": iri,
        "claim_kind": claim.kind if claim else "step",
        "claim_text": claim.text if claim else label or "",
        "certainty": judged.level or "",
        "certainty_by": ("curated" if judged.curated else "computed") if judged.level else "",
        "certainty_at_most": "yes" if judged.bounded else "",
        "certainty_reasons": "; ".join(judged.told),
        "based_on": " ".join(claim.based_on) if claim else "",
    }


def _line(line: EvidenceLine, followed: Trace, selection: Selection) -> dict[str, str]:
    said = {
        "line_id": line.iri,
        "direction": line.direction,
        "strength": line.strength or "",
        "directness": line.directness or "",
        "method": line.method or "",
        "reviewed_by": line.reviewed_by or "",
        "reviewed_on": line.reviewed_on or "",
        "rationale": line.rationale or "",
        "finding_id": line.finding,
    }
    finding = followed.node(line.finding).value
    if not isinstance(finding, Finding):
        return said
    said |= _finding(finding, selection)
    study = followed.node(finding.study).value if finding.study else None
    work = followed.node(finding.work).value if finding.work else None
    if isinstance(study, Study):
        said |= _study(study)
    if isinstance(work, Work):
        said |= _work(work)
    return said


def _finding(finding: Finding, selection: Selection) -> dict[str, str]:
    said = {
        "finding": finding.label or "",
        "exposure": selection.labels((*finding.exposure, *finding.co_intervention)),
        "comparator": selection.labels(finding.comparator),
        "outcome": selection.labels(finding.outcome),
        "population": selection.labels(finding.population),
        "dose": "; ".join(dose(one) for one in finding.dose),
        "effect_direction": finding.effect_direction or "",
    }
    effect = finding.effect
    if effect is not None:
        for name in ("value", "low", "high", "level", "p_value"):
            found = getattr(effect, name)
            said[name] = "" if found is None else f"{found:f}"
        said |= {"measure": effect.measure, "p_bound": effect.p_bound or "", "unit": effect.unit or ""}
    return said


def _study(study: Study) -> dict[str, str]:
    return {
        "study_id": study.iri,
        "study": study.label or "",
        "design": study.design or "",
        "sample_size": "" if study.sample_size is None else str(study.sample_size),
        "registration": "; ".join(study.registration),
        "risk_of_bias": study.risk_of_bias or "",
    }


def _work(work: Work) -> dict[str, str]:
    return {
        "work_id": work.iri,
        "work": work_label(work),
        "title": work.title or "",
        "year": "" if work.year is None else str(work.year),
        "doi": work.doi or "",
        "pmid": work.pmid or "",
        "standing": work.standing or "",
    }
