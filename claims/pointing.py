"""How works, studies and findings are named to a reader, and the evidence path to them.

One name for a work ("Pocovi et al. 2024") and one order of the path (work, study, finding, evidence line) in
every message and report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.findings.telling import told
from claims.library import recorded
from claims.model import (
    Confidence,
    Diagnostic,
    EvidencePointer,
    LinkedClaim,
    LinkedFinding,
    Severity,
    StudyComparison,
)
from claims.rule import Rule
from graph import wording
from graph.evidence import Study, Work
from graph.naming import known_as

__all__ = [
    "described",
    "design_of",
    "differs_from_study",
    "full_name",
    "less_sure",
    "on_the_study",
    "path_to",
    "paths_to",
    "sentence_pointer",
    "source_of",
    "study_pointer",
    "study_told",
    "work_pointer",
]


_SAME = 0.995
TAKEN = "taken"  # of a pointer: which words were taken for which, being near in meaning


def source_of(linked: LinkedFinding) -> str:
    """The work that a finding is from, in few words; without one, its study."""
    if linked.work is not None:
        return known_as(linked.work)
    return (linked.study.label if linked.study else None) or "a study"


def full_name(work: Work) -> str:
    """A work so that it can be found: authors, year, title, journal, place and DOI."""
    parts = [known_as(work)] if work.authors or not work.title else []
    if work.title:
        parts.append(f"“{work.title}”")
        if work.year and not work.authors:
            parts.append(str(work.year))
    journal = recorded(work, "journal")[0]
    if journal:
        parts.append(f"{journal} {wording.place(work)}".rstrip())
    if work.doi:
        parts.append(f"doi:{work.doi}")
    return ", ".join(parts)


def design_of(study: Study | None) -> str:
    """ "randomised controlled trial", "meta-analysis of cohort studies"; "design unknown" where it is."""
    return (wording.design(study) if study is not None else None) or "design unknown"


def described(study: Study | None) -> str:
    """A study's design with its size where known: "cohort, n = 11,194"."""
    size = f", n = {study.sample_size:,}" if study is not None and study.sample_size else ""
    return design_of(study) + size


def path_to(linked: LinkedFinding) -> tuple[EvidencePointer, ...]:
    """Work, study, finding and, where it came by one, what ties the two in meaning or the evidence line."""
    finding = linked.finding
    pointers = []
    if linked.work is not None:
        pointers.append(work_pointer(linked.work))
    if linked.study is not None:
        pointers.append(study_pointer(linked.study, linked.work))
    pointers.append(EvidencePointer(finding.iri, "finding", told(finding)))
    if linked.taken is not None:
        said, meant = linked.taken.said, linked.taken.meant
        same = linked.taken.nearness >= _SAME
        near = "the same word" if same else f"which is near in meaning ({linked.taken.nearness:.2f} of 1)"
        how = f"“{said}” for “{meant}”, {near}"
        if said.casefold() == meant.casefold():
            how = f"“{said}” as what both speak of"
        pointers.append(EvidencePointer(finding.iri, TAKEN, how))
    if linked.line is not None:
        pointers.append(EvidencePointer(linked.line, "line", linked.direction))
    return tuple(pointers)


def less_sure(said: Diagnostic) -> Diagnostic:
    """What a rule says; at most a warning of low confidence where only nearness in meaning leads to it."""
    taken = next((one.quote for one in said.evidence if one.kind == TAKEN), None)
    if taken is None or not (said.code[0] == "N" or said.code == "E102"):
        return said  # who was studied, and how, does not hang on which result is told
    severity = Severity.WARNING if said.severity is Severity.ERROR else said.severity
    message = f"{said.message} (taking {taken})"
    return replace(said, message=message, severity=severity, confidence=Confidence.LOW, fix=None)


def paths_to(linked: Iterable[LinkedFinding]) -> tuple[EvidencePointer, ...]:
    """The paths to several findings, nothing twice."""
    return tuple(dict.fromkeys(pointer for one in linked for pointer in path_to(one)))


def work_pointer(work: Work) -> EvidencePointer:
    """A work as one step of an evidence path."""
    return EvidencePointer(work.iri, "work", full_name(work))


def sentence_pointer(work: Work, sentence: str) -> EvidencePointer:
    """A sentence of a work's abstract as one step of an evidence path."""
    return EvidencePointer(work.iri, "abstract", sentence)


def study_pointer(study: Study, work: Work | None = None) -> EvidencePointer:
    """A study as one step of an evidence path: "WalkBack: randomised controlled trial, n = 701".

    One that has no name but the title of its work is not named twice.
    """
    name = study.label if work is None or study.label != work.title else None
    told = [name or "", described(study) if study.design or study.sample_size else ""]
    return EvidencePointer(study.iri, "study", ": ".join(part for part in told if part))


def differs_from_study(
    rule: Rule,
    linked: LinkedClaim,
    one: StudyComparison,
    said: str = "",
    confidence: Confidence | None = None,
) -> Diagnostic:
    """What a sentence says of its study and the source has otherwise: the words, what it has, the path there.

    ``said`` stands between the words and what the source has ("is not in ...: it has"); the name of the work
    where nothing is given.
    """
    return rule.diagnostic(
        f"“{one.statement.text}”{said or f': {known_as(one.work)} has'} {study_told(one)}",
        one.statement.span,
        claim=linked.claim.id,
        evidence=on_the_study(one),
        confidence=confidence,
    )


def on_the_study(one: StudyComparison) -> tuple[EvidencePointer, ...]:
    """The path to what a source says of its study: the work, and the study where it is recorded."""
    work = work_pointer(one.work)
    return (work,) if one.study is None else (work, study_pointer(one.study, one.work))


_LONGEST_QUOTE = 160


def study_told(one: StudyComparison) -> str:
    """What a source says of its study, with the line that says so where that says more."""
    line = " ".join((one.quote or "").split())
    if line.strip(" .").lower() in ("", one.recorded.lower()):
        return one.recorded
    return f"{one.recorded} (“{_cut(line, one.recorded)}”)"


def _cut(quote: str, around: str) -> str:
    """A long line of a source, cut to what stands around the words that matter."""
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    at = max(quote.lower().find(around.lower()), 0)
    start = max(0, min(at - _LONGEST_QUOTE // 2, len(quote) - _LONGEST_QUOTE))
    start = quote.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(quote), start + _LONGEST_QUOTE)
    end = quote.rfind(" ", start, end) if end < len(quote) else end
    return f"{'… ' if start else ''}{quote[start:end].strip()}{' …' if end < len(quote) else ''}"
