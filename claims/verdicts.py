"""The verdict on each claim, and the certainty of the body of evidence behind it, with reasons.

The verdict says what the stored evidence licenses, not what is true. Where nothing bears on the claim it is
"not enough information"; unknown never counts against a claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.alignment import NUMBERS
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.model import (
    Assessment,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Severity,
    StudyComparison,
    Verdict,
)
from claims.rule import Facts
from claims.sentence.outcome_directions import directions_of
from graph.certainty import certainty as grade
from graph.evidence import Evidence, EvidenceLine, GraphClaim, Iri
from graph.tracing import trace_in

__all__ = ["assess", "certainty"]

DIRECT = 0.75  # a finding from this score on is about this exposure, this outcome and these people alike
BEARS = 0.5  # a finding below this score is about something else
_CONTRADICTS = ("E102", "N103")
_UNSUPPORTED = ("E101", "S301", "T105")
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
_PARTLY = (
    "N101",
    "N107",
    "N108",
    "N109",
    "P101",
    "P102",
    "P103",
    "P104",
    "P105",
    "E103",
    "E108",
    "E109",
    "M103",
)


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
        verdict=_on_the_study(linked, said) or _verdict(linked, body, said, vocabulary_of(evidence)),
        certainty=level,
        certainty_reasons=reasons,
        diagnostics=tuple(diagnostic.id for diagnostic in said),
    )


def _on_the_study(linked: LinkedClaim, said: Sequence[Diagnostic]) -> Verdict | None:
    """The verdict on a claim that only tells of its study; None for others, and where nothing is known of it.

    Supported where all that is known agrees, contradicted where none of it does.
    """
    if linked.claim.kind != "study" or all(
        one.agrees and (one.statement.about in _OF_WHOM_AND_WHEN or _names_it_only(one))
        for one in linked.study
    ):
        return None  # that people of some kind were studied says little of the sentence
    agree = [one.agrees for one in linked.study]
    flagged = any(one.severity is not Severity.INFO and one.code in _PARTLY for one in said)
    if all(agree):
        return Verdict.PARTLY_SUPPORTED if flagged else Verdict.SUPPORTED
    return Verdict.PARTLY_SUPPORTED if any(agree) else Verdict.CONTRADICTED if flagged else None


_OF_WHOM_AND_WHEN = ("group", "age", "moment", "route")


def _names_it_only(one: StudyComparison) -> bool:
    """Whether a sentence calls the study a trial and no more of its design: "people in the trial were"."""
    return one.statement.about == "design" and one.statement.name in ("trial", "study")


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
    """What bears on a claim; a retracted work carries nothing, here as in a trace.

    Where the very numbers of a claim stand in a work's abstract for just its outcome, what a machine read of
    the same work's other results ("no association for more frequent naps") does not speak against it.
    """
    bearing = [
        one
        for one in linked.findings
        if one.score >= BEARS
        and one.taken is None  # what is only near in meaning raises questions and vouches for nothing
        and (one.work is None or one.work.standing != "retracted")
    ]
    supports = tuple(one for one in bearing if one.direction == "supports")
    borne_out = {
        one.finding.work
        for one in supports
        if one.aligned == NUMBERS and set(one.finding.outcome) >= set(linked.claim.proposition.outcome)
    }
    return _Body(
        supports,
        tuple(
            one
            for one in bearing
            if one.direction == "refutes"
            and not (
                one.finding.work in borne_out and one.aligned < NUMBERS and one.finding.method == "automatic"
            )
        ),
    )


def _unborne(linked: LinkedClaim, body: _Body, vocabulary: Vocabulary) -> bool:
    """Whether one of the outcomes that a sentence claims something of is in none of what supports it.

    "They lost weight and their insulin sensitivity improved", of a study that found the second alone.
    """
    said = directions_of(linked.claim, vocabulary)
    if len(said) < 2 or any(one.aligned >= NUMBERS or not one.finding.outcome for one in body.supports):
        return False
    found = tuple(dict.fromkeys(iri for one in body.supports for iri in one.finding.outcome))
    return any(vocabulary.best_fit((iri,), found) not in CLOSE for iri in said)


def _verdict(linked: LinkedClaim, body: _Body, said: Sequence[Diagnostic], vocabulary: Vocabulary) -> Verdict:
    serious = {one.code for one in said if one.severity is not Severity.INFO}
    sure = {
        one.code for one in said if one.severity is not Severity.INFO and one.confidence is not Confidence.LOW
    }
    if sure & set(_CONTRADICTS):
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
    if body.refutes or serious & set(_PARTLY) or _unborne(linked, body, vocabulary):
        return Verdict.PARTLY_SUPPORTED
    return Verdict.SUPPORTED


def certainty(linked: LinkedClaim) -> tuple[str | None, tuple[str, ...]]:
    """GRADE certainty of the evidence for a claim, with a reason for each step (``graph.certainty``).

    None where nothing bears on the claim, or no design is known. Where all of it speaks against the
    claim, it is the certainty of that.
    """
    body = _body(linked)
    carrying = body.supports or body.refutes
    if not any(one.study is not None and one.study.design for one in carrying):
        return None, ()
    judged = grade(trace_in(_as_evidence(linked, carrying, body), _CLAIM), _CLAIM)
    named = tuple(f"{step.domain.replace('-', ' ')}: {step.reason}" for step in judged.steps)
    return judged.level, (judged.start_reason, *named)


_CLAIM = Iri("urn:claimspine:claim")


def _as_evidence(linked: LinkedClaim, carrying: Sequence[LinkedFinding], body: _Body) -> Evidence:
    """What was linked to the claim, as the graph would hold it; each study speaks once on each side."""
    own = {one.study.iri for one in carrying if one.study is not None}
    against = [one for one in body.refutes if one.study is not None and one.study.iri not in own]
    lines: list[EvidenceLine] = []
    for direction, findings in (("supports", carrying), ("refutes", against if body.supports else [])):
        for number, one in enumerate(findings):
            directness = "direct" if one.score >= DIRECT else "indirect"
            iri = Iri(f"urn:claimspine:{direction}:{number:04d}")
            lines.append(EvidenceLine(iri, _CLAIM, one.finding.iri, direction, "moderate", directness))
    held = (*carrying, *body.refutes)
    return Evidence(
        claims={_CLAIM: GraphClaim(_CLAIM, linked.claim.id)},
        findings={
            one.finding.iri: replace(one.finding, study=one.study.iri if one.study else None) for one in held
        },
        studies={one.study.iri: one.study for one in held if one.study is not None},
        lines=tuple(lines),
    )
