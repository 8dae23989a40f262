"""The verdict on each claim, and the certainty of the body of evidence behind it, with reasons.

The verdict says what the stored evidence licenses, not what is true. Where nothing bears on the claim it is
"not enough information"; unknown never counts against a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.concepts import Fit, vocabulary_of
from claims.model import Assessment, Diagnostic, LinkedClaim, LinkedFinding, Severity, Verdict
from claims.pointing import design_of, known_as
from claims.rule import Facts
from graph.evidence import Evidence, Iri, Study

__all__ = ["assess", "certainty"]

BEARS = 0.5  # a finding below this score is about something else
_CONTRADICTS = ("E102", "N103")
_UNSUPPORTED = ("E101", "S301")
_OVERSTATES = (
    "C101",
    "C102",
    "C103",
    "C105",
    "C106",
    "C107",
    "N102",
    "N104",
    "E104",
    "E105",
    "E106",
    "M101",
    "M102",
)
_PARTLY = ("N101", "N107", "N108", "P101", "P102", "P103", "P104", "P105", "E103", "E108", "M103", "T105")

_LEVELS = ("very-low", "low", "moderate", "high")
_START = {
    "randomised-controlled-trial": 3,
    "cluster-randomised-trial": 3,
    "crossover-trial": 3,
    "systematic-review": 3,
    "meta-analysis": 3,
    "network-meta-analysis": 3,
    "clinical-guideline": 2,
    "secondary-analysis": 2,
    "non-randomised-trial": 1,
    "within-person-experiment": 1,
    "cohort": 1,
    "case-control": 1,
    "cross-sectional": 0,
    "in-vivo-measurement": 0,
    "laboratory-experiment": 0,
    "case-series": 0,
    "narrative-review": 0,
    "expert-opinion": 0,
    "animal-experiment": 0,
    "biomechanical-model": 0,
    "simulation": 0,
}


@dataclass(frozen=True, slots=True)
class _Body:
    supports: tuple[LinkedFinding, ...]
    refutes: tuple[LinkedFinding, ...]


def assess(facts: Facts, diagnostics: Sequence[Diagnostic]) -> tuple[Assessment, ...]:
    """One assessment per claim, in the order of the claims."""
    by_claim: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.claim is not None:
            by_claim.setdefault(diagnostic.claim, []).append(diagnostic)
    return tuple(
        _assess(linked, by_claim.get(linked.claim.id, []), facts.evidence) for linked in facts.claims
    )


def _assess(linked: LinkedClaim, said: Sequence[Diagnostic], evidence: Evidence) -> Assessment:
    body = _body(linked)
    level, reasons = _curated(linked, evidence) or certainty(linked)
    return Assessment(
        claim=linked.claim.id,
        verdict=_verdict(body, said),
        certainty=level,
        certainty_reasons=reasons,
        diagnostics=tuple(diagnostic.id for diagnostic in said),
    )


def _curated(linked: LinkedClaim, evidence: Evidence) -> tuple[str, tuple[str, ...]] | None:
    """The certainty that a curator gave to the claim of the graph which this one restates."""
    vocabulary = vocabulary_of(evidence)
    said = linked.claim.proposition
    taken = (*said.exposure, *said.co_intervention)
    for iri in linked.graph_claims:
        target = evidence.claims.get(iri)
        if target is None or target.certainty_level is None:
            continue
        same = vocabulary.best_fit(taken, target.exposure) is Fit.SAME
        outcome = vocabulary.best_fit(said.outcome, target.outcome)
        if same and outcome in (Fit.SAME, None):
            return target.certainty_level, tuple(
                f"as curated: {reason}" for reason in target.certainty_reasons
            )
    return None


def _body(linked: LinkedClaim) -> _Body:
    bearing = [one for one in linked.findings if one.score >= BEARS]
    return _Body(
        tuple(one for one in bearing if one.direction == "supports"),
        tuple(one for one in bearing if one.direction == "refutes"),
    )


def _verdict(body: _Body, said: Sequence[Diagnostic]) -> Verdict:
    serious = {one.code for one in said if one.severity is not Severity.INFO}
    if serious & set(_CONTRADICTS):
        return Verdict.CONTRADICTED
    if serious & set(_UNSUPPORTED) and not body.supports:
        return Verdict.UNSUPPORTED
    if not body.supports and not body.refutes:
        return Verdict.OVERSTATED if serious & set(_OVERSTATES) else Verdict.NOT_ENOUGH_INFORMATION
    if not body.supports:
        # an abstract read by machine condemns a claim only where a rule stands by it (E102, N103)
        curated = any(one.finding.method != "automatic" for one in body.refutes)
        return Verdict.CONTRADICTED if curated else Verdict.NOT_ENOUGH_INFORMATION
    if serious & set(_OVERSTATES):
        return Verdict.OVERSTATED
    if body.refutes or serious & set(_PARTLY):
        return Verdict.PARTLY_SUPPORTED
    return Verdict.SUPPORTED


def certainty(linked: LinkedClaim) -> tuple[str | None, tuple[str, ...]]:
    """GRADE-like certainty of the evidence for a claim: a start by design, then steps, each with its reason.

    None where nothing bears on the claim. After the GRADE guidelines (J Clin Epidemiol 2011, 64: 383 ff.).
    """
    body = _body(linked)
    studies = _studies(body.supports) or _studies(body.refutes)
    if not studies:
        return None, ()
    starts = [_START[study.design] for study in studies if study.design in _START]
    if not starts:
        return None, ()
    level = max(starts)
    best = next(study for study in studies if study.design is not None and _START.get(study.design) == level)
    reasons = [f"starts {_words(level)}: {design_of(best)} ({_named(best, linked)})"]
    for step in _steps(body, studies, best, linked):
        level -= 1
        reasons.append(step)
    return _LEVELS[max(level, 0)], tuple(reasons)


def _steps(body: _Body, studies: Sequence[Study], best: Study, linked: LinkedClaim) -> Iterable[str]:
    if best.risk_of_bias == "high":
        yield f"down for risk of bias: {_named(best, linked)} is rated high"
    own = {study.iri for study in studies}
    against = [study for study in _studies(body.refutes) if study.iri not in own]
    if body.supports and against:
        names = ", ".join(_named(study, linked) for study in against[:3])
        yield f"down for inconsistency: {names} found otherwise"
    if all(one.score < 0.75 for one in (*body.supports, *body.refutes)):
        yield "down for indirectness: no finding is about this exposure, this outcome and these people alike"
    synthesis = any(study.included_studies for study in studies)
    if len(studies) == 1 and not synthesis and (studies[0].sample_size or 0) < 400:
        size = studies[0].sample_size
        yield f"down for imprecision: one study{f' of {size} people' if size else ''}"


def _studies(findings: Iterable[LinkedFinding]) -> tuple[Study, ...]:
    """Each study once, best score first."""
    seen: dict[Iri, Study] = {}
    for one in sorted(findings, key=lambda one: (-one.score, one.finding.iri)):
        if one.study is not None:
            seen.setdefault(one.study.iri, one.study)
    return tuple(seen.values())


def _named(study: Study, linked: LinkedClaim) -> str:
    """A study by its short name, else by the work it was met in."""
    if study.label is not None and len(study.label) <= 60:
        return study.label
    return next(
        (known_as(one.work) for one in linked.findings if one.study == study), study.iri.rsplit("/", 1)[-1]
    )


def _words(level: int) -> str:
    return _LEVELS[level].replace("-", " ")
