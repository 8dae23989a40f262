"""What the evidence set says: where the recommendation leads, and where the mechanisms stop."""

from __future__ import annotations

import pytest

from graph.evidence import Evidence, Finding, GraphClaim, Iri

DATA = "https://w3id.org/claimspine/id/"
MECHANISMS = {
    "central-pattern-generation",
    "cyclic-spinal-loading",
    "sensory-feedback",
    "spinal-lengthening",
    "trunk-muscle-activation",
}


@pytest.fixture(scope="module")
def recommendation(evidence: Evidence) -> GraphClaim:
    return evidence.claims[Iri(DATA + "recommendation/walking-most-days")]


def carried(evidence: Evidence, claim: Iri, direction: str | None = None) -> list[Finding]:
    return [
        evidence.findings[line.finding]
        for line in evidence.lines_on(claim)
        if direction in (None, line.direction)
    ]


def test_every_recommendation_reaches_findings_on_both_sides(evidence: Evidence) -> None:
    recommendations = [claim for claim in evidence.claims.values() if claim.kind == "recommendation"]
    assert recommendations
    for one in recommendations:
        assert one.based_on, f"{one.iri}: write the claims that it rests on under basedOn"
        for claim in one.based_on:
            assert carried(evidence, claim), f"{claim}: no evidence line; {one.iri} rests on it"
        for direction in ("supports", "refutes"):
            assert any(carried(evidence, claim, direction) for claim in one.based_on), (
                f"{one.iri}: no line that {direction} it is reached"
            )


def test_the_recommendation_has_its_dose_and_reaches_its_sources(
    evidence: Evidence, recommendation: GraphClaim
) -> None:
    assert {(dose.unit, dose.low, dose.high) for dose in recommendation.dose} == {
        ("min/day", 20, 30),
        ("session/week", 4, 7),
    }
    assert recommendation.audience == "patients"
    reached = {finding.work for claim in recommendation.based_on for finding in carried(evidence, claim)}
    for work in ("pocovi2024walkback", "haddadj2025walking", "lang2021pedometer", "pocovi2022modes"):
        assert f"{DATA}work/{work}" in reached, f"{work} fell out of the evidence for the recommendation"


def test_the_trial_of_recurrence_says_what_it_tested(evidence: Evidence) -> None:
    finding = evidence.findings[Iri(DATA + "finding/pocovi2024walkback/recurrence")]
    assert finding.effect is not None
    assert [str(x) for x in (finding.effect.value, finding.effect.low, finding.effect.high)] == [
        "0.72",
        "0.60",
        "0.85",
    ]
    assert finding.co_intervention == (DATA + "concept/patient-education",), "education came with the walking"
    days = evidence.findings[Iri(DATA + "finding/pocovi2024walkback/days-to-recurrence")]
    assert sorted(int(group.value or 0) for group in days.groups) == [112, 208]


def test_walking_alone_is_not_directly_supported(evidence: Evidence) -> None:
    """The trial tested walking with education, so its lines on walking alone are indirect."""
    lines = evidence.lines_on(Iri(DATA + "claim/walking-lowers-recurrence"))
    assert lines
    assert {line.directness for line in lines} == {"indirect"}


def test_claims_with_opposite_evidence_keep_it(evidence: Evidence) -> None:
    for claim in (
        "walking-eases-chronic-low-back-pain",
        "more-walking-goes-with-less-new-chronic-low-back-pain",
        "sitting-raises-the-risk-of-low-back-pain",
    ):
        for direction in ("supports", "refutes"):
            assert carried(evidence, Iri(f"{DATA}claim/{claim}"), direction), (
                f"{claim}: no line {direction} it"
            )
    beaten = Iri(DATA + "claim/walking-eases-chronic-low-back-pain-more-than-other-care")
    assert len(carried(evidence, beaten, "refutes")) >= 10
    assert not carried(evidence, beaten, "supports")


def test_five_mechanisms_lead_from_walking_to_pain(evidence: Evidence, recommendation: GraphClaim) -> None:
    found = {iri.removeprefix(DATA + "mechanism/"): one for iri, one in evidence.mechanisms.items()}
    assert set(found) == MECHANISMS
    assert set(recommendation.explained_by) == set(evidence.mechanisms)
    for name, mechanism in found.items():
        assert len(mechanism.steps) >= 4, name
        assert DATA + "concept/walking" in mechanism.steps[0].cause, f"{name}: the chain starts from walking"
        assert DATA + "concept/low-back-pain" in mechanism.steps[-1].effect, f"{name}: it ends at pain"
        for before, after in zip(mechanism.steps, mechanism.steps[1:], strict=False):
            assert set(before.effect) & set(after.cause), f"{after.iri}: does not take up {before.iri}"


def test_a_step_that_nobody_tested_stays_a_gap(evidence: Evidence) -> None:
    for mechanism in evidence.mechanisms.values():
        assert evidence.lines_on(mechanism.steps[0].iri), f"{mechanism.iri}: its first step was studied"
        assert not evidence.lines_on(mechanism.steps[-1].iri), (
            f"{mechanism.iri}: no study at hand tested the last step; if one does now, change this test"
        )


def test_the_review_that_was_not_read_supports_nothing(evidence: Evidence) -> None:
    for line in evidence.lines:
        if "mackaylyons2002cpg" in line.finding:
            assert line.direction == "neutral", f"{line.iri}: only the title of this review was seen"
