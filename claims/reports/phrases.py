"""The words that every report uses: numbers, measures, designs, works, verdicts, signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claims.model import (
    CausalStrength,
    Document,
    LinkedFinding,
    ReferenceStatus,
    Severity,
    Verdict,
    VerifiedReference,
)
from claims.reports.positions import one_line
from graph import wording
from graph.evidence import Dose, Finding, Iri, Study, Work
from graph.naming import known_as

#: A sign and a word for each, so that nothing is told by colour alone.
SEVERITY_SIGNS: Mapping[Severity, str] = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}
SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.ERROR: "Error",
    Severity.WARNING: "Warning",
    Severity.INFO: "Note",
}
VERDICT_SIGNS: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: "✔",
    Verdict.PARTLY_SUPPORTED: "◐",
    Verdict.OVERSTATED: "▲",
    Verdict.CONTRADICTED: "✖",
    Verdict.UNSUPPORTED: "○",
    Verdict.NOT_ENOUGH_INFORMATION: "?",
}
STATUS_SIGNS: Mapping[ReferenceStatus, str] = {
    ReferenceStatus.VERIFIED: "✔",
    ReferenceStatus.MISMATCH: "✖",
    ReferenceStatus.NOT_FOUND: "?",
    ReferenceStatus.AMBIGUOUS: "◐",
    ReferenceStatus.RETRACTED: "✖",
    ReferenceStatus.UNCHECKED: "○",
}
STATUS_WORDS: Mapping[ReferenceStatus, str] = {
    ReferenceStatus.VERIFIED: "verified",
    ReferenceStatus.MISMATCH: "mismatched",
    ReferenceStatus.NOT_FOUND: "not found",
    ReferenceStatus.AMBIGUOUS: "ambiguous",
    ReferenceStatus.RETRACTED: "retracted",
    ReferenceStatus.UNCHECKED: "not checked",
}
#: Why a reference was not checked.
NO_LIBRARY = "no bibliography or evidence was given to look them up in"
DIRECTION_SIGNS: Mapping[str, str] = {"supports": "+", "refutes": "−", "neutral": "○"}
#: How the marks of a forest plot and of a path are drawn.
DIRECTION_MARKS: Mapping[str, str] = {"supports": "■", "refutes": "◆", "neutral": "●"}
DIRECTION_WORDS: Mapping[str, str] = {
    "supports": "supports",
    "refutes": "refutes",
    "neutral": "is neutral",
}
VIA_WORDS: Mapping[str, str] = {
    "citation": "in a work the article cites here",
    "recommendation": "by a recommendation of the evidence graph",
    "mechanism": "by a mechanism of the evidence graph",
    "topic": "on the same topic, not cited here",
}
_NEAREST = ("citation", "recommendation", "mechanism")
CAUSAL_WORDS: Mapping[CausalStrength, str] = {
    CausalStrength.NONE: "no relation stated",
    CausalStrength.CORRELATIONAL: "an association",
    CausalStrength.CONDITIONAL_CAUSAL: "a possible cause",
    CausalStrength.CAUSAL: "a cause",
}
EFFECT_WORDS: Mapping[str, str] = {
    "increases": "increases",
    "decreases": "decreases",
    "no-difference": "no difference",
    "unclear": "unclear",
}


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 claim``, ``2 claims``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def rule_name(name: str) -> str:
    """The name of a rule in words: ``co-intervention-dropped`` → "co-intervention dropped"."""
    return name.replace("-", " ").replace("co intervention", "co-intervention")


def name_of(iri: str, labels: Mapping[str, str]) -> str:
    """The label of a thing, or what its IRI ends in, spelled out."""
    if iri in labels:
        return one_line(labels[iri])
    last = iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]
    return one_line(last.replace("-", " ").replace("_", " ")) or one_line(iri)


def finding_text(finding: Finding) -> str:
    """What a finding found, in one line: its estimate, else its groups, else its direction."""
    if finding.effect is not None and finding.effect.value is not None:
        return one_line(wording.estimate(finding.effect))
    if finding.groups:
        return one_line("; ".join(wording.group(group) for group in finding.groups))
    if finding.text:
        return one_line(finding.text)
    if finding.effect_direction:
        return EFFECT_WORDS.get(finding.effect_direction, one_line(finding.effect_direction))
    return one_line(finding.quote) if finding.quote else "no result recorded"


def finding_name(finding: Finding, labels: Mapping[str, str]) -> str:
    """The finding's label, else its outcome, else its id; "a result" of what was read by this program."""
    if finding.label:
        return one_line(finding.label)
    if finding.outcome:
        return ", ".join(name_of(iri, labels) for iri in finding.outcome)
    return "a result" if finding.method == "automatic" else name_of(finding.iri, labels)


def dose_text(dose: Dose) -> str:
    """``100 to 120 min/day (reached)``."""
    return one_line(wording.dose(dose) + (f" ({dose.role})" if dose.role else ""))


def study_text(study: Study) -> str:
    """``WalkBack: randomised controlled trial, n = 701``."""
    about = wording.study(study) or "design not recorded"
    return one_line(f"{study.label}: {about}" if study.label else about)


def work_name(work: Work) -> str:
    """``Pocovi et al. 2024``: the name that messages, pages and exports use too, in one clean line."""
    return one_line(known_as(work))


def work_text(work: Work, *, authors: int = 3, identifier: bool = True) -> str:
    """A work as a reference list would print it, from its record."""
    people = [one_line(author) for author in work.authors]
    shown = ", ".join(people[:authors]) + (", et al." if len(people) > authors else "")
    place = one_line(work.journal) if work.journal else ""
    if work.volume:
        place += f" {one_line(work.volume)}"
        place += f"({one_line(work.issue)})" if work.issue else ""
    where = work.pages or work.article_number
    if where:
        place += f": {one_line(where)}" if place else one_line(where)
    year = f"({work.year})" if work.year is not None else ""
    parts = [" ".join(part for part in (shown.rstrip("."), year) if part)]
    parts += [one_line(work.title).rstrip(".") if work.title else "", place.strip()]
    if identifier and work.doi:
        parts.append(f"doi:{one_line(work.doi)}")
    elif identifier and work.pmid:
        parts.append(f"PMID {one_line(work.pmid)}")
    return ". ".join(part for part in parts if part) or name_of(work.iri, {})


_SURE = frozenset({"identifier", "locator", "title"})  # what belongs to one work alone
_MATCHES: Mapping[str, str] = {"context": "journal, year and subject", "author-year": "author and year"}


def guessed_by(verified: VerifiedReference) -> str | None:
    """By what the work was only guessed; None where an identifier, a locator or the title led to it."""
    if verified.work is None or _SURE.intersection(verified.matched_by):
        return None
    return ", ".join(_MATCHES.get(one, one_line(one)) for one in verified.matched_by) or "its subject"


def standing_text(work: Work) -> str | None:
    """What stands against the work itself; None when current or unknown."""
    known = {
        "retracted": "retracted",
        "concern": "under an expression of concern",
        "corrected": "corrected",
        "superseded": "superseded",
    }
    return known.get(work.standing or "")


def distinct(findings: Iterable[LinkedFinding]) -> tuple[LinkedFinding, ...]:
    """Each finding once, by its shortest path: several lines of the graph may lead to the same one.

    Those that the article itself cites come first, then the graph's, then those on the same topic;
    among equals the better fit, as they were linked.
    """
    nearest = sorted(
        findings, key=lambda one: _NEAREST.index(one.via) if one.via in _NEAREST else len(_NEAREST)
    )
    kept: dict[Iri, LinkedFinding] = {}
    for one in nearest:
        kept.setdefault(one.finding.iri, one)
    return tuple(kept.values())


def source_text(linked: LinkedFinding) -> str:
    """Whence a finding comes, in few words: ``Pocovi et al. 2024, WalkBack``."""
    parts = []
    if linked.work is not None:
        parts.append(work_name(linked.work))
    if linked.study is not None and linked.study.label:
        parts.append(one_line(linked.study.label))
    return ", ".join(parts) or name_of(linked.finding.iri, {})


def short_source_text(linked: LinkedFinding) -> str:
    """As ``source_text``, with the study's label only where it is a name and not a description."""
    if linked.work is None or (linked.study and linked.study.label and len(linked.study.label) <= 16):
        return source_text(linked)
    return work_name(linked.work)


def title_of(document: Document) -> str:
    """The article's title, else its file name, else "Untitled article"."""
    if document.title and document.title.strip():
        return one_line(document.title)
    return one_line(document.path.replace("\\", "/").rpartition("/")[2]) or "Untitled article"
