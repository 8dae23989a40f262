"""The words that every report uses: numbers, measures, designs, works, verdicts, signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

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
from graph.evidence import Dose, EffectEstimate, Finding, GroupValue, Iri, Study, Work
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
}
STATUS_WORDS: Mapping[ReferenceStatus, str] = {
    ReferenceStatus.VERIFIED: "verified",
    ReferenceStatus.MISMATCH: "mismatched",
    ReferenceStatus.NOT_FOUND: "not found",
    ReferenceStatus.AMBIGUOUS: "ambiguous",
    ReferenceStatus.RETRACTED: "retracted",
}
DIRECTION_SIGNS: Mapping[str, str] = {"supports": "+", "refutes": "−", "neutral": "○"}
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
_SHORT_MEASURES: Mapping[str, str] = {
    "hazard-ratio": "HR",
    "odds-ratio": "OR",
    "risk-ratio": "RR",
    "relative-risk": "RR",
    "rate-ratio": "rate ratio",
    "incidence-rate-ratio": "IRR",
    "prevalence-ratio": "PR",
    "mean-difference": "mean difference",
    "standardised-mean-difference": "SMD",
    "standardized-mean-difference": "SMD",
    "risk-difference": "risk difference",
    "median-difference": "median difference",
    "percent-reduction": "reduction",
    "percent-change": "change",
}
_SHORT_UNITS: Mapping[str, str] = {"percent": "%", "dimensionless": ""}


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: ``1 claim``, ``2 claims``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def number(value: Decimal) -> str:
    """A number as a reader writes it, keeping its printed decimals.

    >>> number(Decimal("0.60")), number(Decimal("-1.5E+1"))
    ('0.60', '−15')
    """
    if not value.is_finite():
        return "not a number"
    shown = f"{value:f}" if abs(value.adjusted()) < 12 else str(value)
    return shown.replace("-", "−")


def name_of(iri: str, labels: Mapping[str, str]) -> str:
    """The label of a thing, or what its IRI ends in, spelled out."""
    if iri in labels:
        return one_line(labels[iri])
    last = iri.rstrip("/#").rpartition("/")[2].rpartition("#")[2]
    return one_line(last.replace("-", " ").replace("_", " ")) or one_line(iri)


def measure_name(measure: str) -> str:
    """``hazard-ratio`` → ``HR``; a measure without a usual short form is spelled out."""
    return _SHORT_MEASURES.get(measure, one_line(measure.replace("-", " ")))


def measured(measure: str, value: Decimal, unit: str | None) -> str:
    """A measure with its number: ``HR 0.72``, ``median 112 day``, and ``52 %`` for a percentage."""
    if measure == "percent" and unit in (None, "percent"):
        return f"{number(value)} %"
    name = "" if measure == "other" else f"{measure_name(measure)} "
    if measure.startswith("percent-") and unit in (None, "percent"):
        unit = "percent"
    return f"{name}{number(value)}{unit_name(unit)}"


def unit_name(unit: str | None) -> str:
    """The unit with a space before it where one belongs; empty when there is none."""
    if not unit:
        return ""
    short = _SHORT_UNITS.get(unit, unit)
    return f" {one_line(short)}" if short else ""


def interval(low: Decimal | None, high: Decimal | None, level: Decimal | None) -> str | None:
    """``95 % CI 0.60 to 0.85``; None when the interval was not recorded."""
    if low is None and high is None:
        return None
    at = f"{number(level)} % CI " if level is not None else "interval "
    if low is None:
        return f"{at}up to {number(high)}" if high is not None else None
    return f"{at}{number(low)} to {number(high)}" if high is not None else f"{at}from {number(low)}"


def p_value(effect: EffectEstimate) -> str | None:
    """``p < 0.001``; None when unknown."""
    if effect.p_value is None:
        return None
    sign = {"less-than": "<", "greater-than": ">"}.get(effect.p_bound or "", "=")
    return f"p {sign} {number(effect.p_value)}"


def effect_text(effect: EffectEstimate) -> str:
    """``HR 0.72 (95 % CI 0.60 to 0.85)``; an interval that is not recorded is said to be so."""
    if effect.value is None:
        return f"{measure_name(effect.measure)}, value not recorded"
    within = interval(effect.low, effect.high, effect.level) or "interval not recorded"
    inside = "; ".join(part for part in (within, p_value(effect)) if part)
    return f"{measured(effect.measure, effect.value, effect.unit)} ({inside})"


def group_text(group: GroupValue) -> str:
    """``control: median 112 day (95 % CI 89 to 140), n = 350``."""
    if group.value is None:
        shown = f"{one_line(group.label)}: {measure_name(group.measure)}, value not recorded"
    else:
        shown = f"{one_line(group.label)}: {measured(group.measure, group.value, group.unit)}"
    within = interval(group.low, group.high, group.level)
    if within:
        shown += f" ({within})"
    return f"{shown}, n = {group.size:,}" if group.size is not None else shown


def dose_text(dose: Dose) -> str:
    """``100 to 120 min/day (reached)``, ``at least 30 min``."""
    if dose.low is not None and dose.high is not None:
        amount = number(dose.low) if dose.low == dose.high else f"{number(dose.low)} to {number(dose.high)}"
    elif dose.low is not None:
        amount = f"at least {number(dose.low)}"
    elif dose.high is not None:
        amount = f"at most {number(dose.high)}"
    else:
        amount = "unknown amount"
    shown = f"{amount}{unit_name(dose.unit)}"
    return f"{shown} ({one_line(dose.role)})" if dose.role else shown


def finding_text(finding: Finding) -> str:
    """What a finding found, in one line: its estimate, else its groups, else its direction."""
    if finding.effect is not None and finding.effect.value is not None:
        return effect_text(finding.effect)
    if finding.groups:
        return "; ".join(group_text(group) for group in finding.groups)
    if finding.text:
        return one_line(finding.text)
    if finding.effect_direction:
        return EFFECT_WORDS.get(finding.effect_direction, one_line(finding.effect_direction))
    return one_line(finding.quote) if finding.quote else "no result recorded"


def finding_name(finding: Finding, labels: Mapping[str, str]) -> str:
    """The finding's label, else its outcome, else its id."""
    if finding.label:
        return one_line(finding.label)
    if finding.outcome:
        return ", ".join(name_of(iri, labels) for iri in finding.outcome)
    return name_of(finding.iri, labels)


def study_text(study: Study) -> str:
    """``WalkBack: randomised controlled trial, 701 people``."""
    parts = []
    if study.design:
        parts.append(one_line(study.design.replace("-", " ")))
    if study.sample_size is not None:
        parts.append(f"n = {study.sample_size:,}")
    if study.included_studies is not None:
        parts.append(count(study.included_studies, "included study", "included studies"))
    about = ", ".join(parts) or "design not recorded"
    return f"{one_line(study.label)}: {about}" if study.label else about


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
