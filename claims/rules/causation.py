"""What the rules on causal wording share: classes of study design, evidence in words and as pointers."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import EvidencePointer, LinkedFinding, Span
from graph.evidence import Evidence, Finding, Iri, Study, Work

EXPERIMENTAL = frozenset(
    {
        "experimental",
        "laboratory",
        "randomised-controlled-trial",
        "cluster-randomised-trial",
        "non-randomised-trial",
        "crossover-trial",
        "within-person-experiment",
        "laboratory-experiment",
        "animal-experiment",
    }
)
SYNTHESIS = frozenset({"systematic-review", "meta-analysis", "network-meta-analysis", "clinical-guideline"})
OBSERVATIONAL = frozenset({"observational", "cohort", "case-control", "cross-sectional", "case-series"})
MODELLING = frozenset({"modelling", "biomechanical-model", "simulation"})
OPINION = frozenset({"opinion", "narrative-review", "expert-opinion"})


def observational_only(study: Study | None, evidence: Evidence) -> bool:
    """Whether the study can only show an association; so too a synthesis of nothing but such studies."""
    if study is None or study.design is None:
        return False
    if study.design in OBSERVATIONAL:
        return True
    if study.design in SYNTHESIS and study.includes:
        included = [evidence.studies.get(iri) for iri in study.includes]
        return all(one is not None and one.design in OBSERVATIONAL for one in included)
    return False


def may_license_cause(study: Study | None, evidence: Evidence) -> bool:
    """Whether the study can carry a causal verb; an unknown design may, so that we do not accuse."""
    if study is None or study.design is None:
        return True
    if study.design in OPINION or study.design in MODELLING:
        return False
    return not observational_only(study, evidence)


def cite(work: Work | None) -> str:
    """A work in a message: "Haddadj 2025"."""
    if work is None:
        return "the linked study"
    first = work.authors[0].rsplit(" ", 1)[0] if work.authors else f"“{_short(work.title or 'a work')}”"
    year = work.year or (work.published_online or "")[:4]
    return f"{first} {year}".strip()


def _short(title: str) -> str:
    return title if len(title) <= 50 else title[:50].rsplit(" ", 1)[0] + " …"


def describe(study: Study | None) -> str:
    """A study's design in words, with its size where known: "cohort, n = 11,194"."""
    if study is None or study.design is None:
        return "design unknown"
    words = study.design.replace("-", " ")
    return f"{words}, n = {study.sample_size:,}" if study.sample_size else words


def pointers(found: Iterable[LinkedFinding]) -> tuple[EvidencePointer, ...]:
    """The evidence path of some findings: each finding, its study and its work, once."""
    seen: dict[Iri, EvidencePointer] = {}
    for linked in found:
        seen.setdefault(
            linked.finding.iri, EvidencePointer(linked.finding.iri, "finding", told(linked.finding))
        )
        if linked.study is not None:
            said = f"{linked.study.label or 'study'}: {describe(linked.study)}"
            seen.setdefault(linked.study.iri, EvidencePointer(linked.study.iri, "study", said))
        if linked.work is not None:
            seen.setdefault(
                linked.work.iri, EvidencePointer(linked.work.iri, "work", linked.work.title or "")
            )
    return tuple(seen.values())


def told(finding: Finding) -> str:
    """What a finding says: its quote, else the curator's reading, else its label."""
    return finding.quote or finding.text or finding.label or ""


def estimate(finding: Finding) -> str:
    """A finding's estimate as printed: "HR 0.72 (95 % CI 0.60 to 0.85)", or "" when none is held."""
    effect = finding.effect
    if effect is None or effect.value is None:
        return ""
    name = {
        "hazard-ratio": "HR",
        "odds-ratio": "OR",
        "risk-ratio": "RR",
        "relative-risk": "RR",
        "mean-difference": "MD",
    }
    text = f"{name.get(effect.measure, effect.measure.replace('-', ' '))} {effect.value}"
    if effect.low is not None and effect.high is not None:
        text += f" ({effect.level or 95} % CI {effect.low} to {effect.high})"
    return text


def within(outer: Span, inner: Span) -> bool:
    """Whether ``inner`` lies in ``outer``."""
    return outer.start <= inner.start and inner.end <= outer.end
