"""Verdicts and the certainty behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims import propositions, sentences
from claims.alignment import NUMBERS
from claims.model import Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity, Span, Verdict
from claims.reading import read_text
from claims.rule import Facts
from claims.verdicts import assess, certainty
from graph.evidence import Evidence, Finding, GraphClaim, Iri, Study, Work
from graph.reading import shipped

EVIDENCE = Evidence(concepts=shipped())
DOCUMENT = read_text("Zinc shortens the common cold.", "text/markdown")
SENTENCES = sentences.split(DOCUMENT)
(CLAIM,) = propositions.extract(DOCUMENT, SENTENCES, (), EVIDENCE)


def found(direction: str, number: int = 1, *, score: float = 0.9, **study: object) -> LinkedFinding:
    made = Study(Iri(f"urn:study:{number}"), label=f"study {number}", design="randomised-controlled-trial")
    made = replace(made, **({"sample_size": 900} | study))  # type: ignore[arg-type]
    return LinkedFinding(Finding(Iri(f"urn:finding:{number}")), made, None, direction, "citation", score)


def diagnostic(code: str, severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(code, code, severity, Confidence.HIGH, "", Span(0, 1), claim=CLAIM.id, id=f"{code}-1")


def verdict(findings: tuple[LinkedFinding, ...], *said: Diagnostic, evidence: Evidence = EVIDENCE) -> Verdict:
    facts = Facts(DOCUMENT, SENTENCES, (), (), (LinkedClaim(CLAIM, (), findings),), evidence)
    (one,) = assess(facts, said)
    assert one.diagnostics == tuple(diagnostic.id for diagnostic in said)
    return one.verdict


@pytest.mark.parametrize(
    ("findings", "codes", "expected"),
    [
        ((), (), Verdict.NOT_ENOUGH_INFORMATION),
        ((found("neutral"),), (), Verdict.NOT_ENOUGH_INFORMATION),
        ((found("supports", score=0.3),), (), Verdict.NOT_ENOUGH_INFORMATION),
        ((found("supports"),), (), Verdict.SUPPORTED),
        ((found("supports"), found("refutes", 2)), (), Verdict.PARTLY_SUPPORTED),
        ((found("refutes"),), (), Verdict.CONTRADICTED),
        ((found("supports"),), ("N102",), Verdict.OVERSTATED),
        ((found("supports"),), ("P104",), Verdict.PARTLY_SUPPORTED),
        ((found("supports"),), ("E102",), Verdict.CONTRADICTED),
        ((), ("S301",), Verdict.UNSUPPORTED),
        ((), ("C101",), Verdict.OVERSTATED),
    ],
)
def test_verdict(findings: tuple[LinkedFinding, ...], codes: tuple[str, ...], expected: Verdict) -> None:
    assert verdict(findings, *map(diagnostic, codes)) is expected


def test_what_a_retracted_work_found_counts_for_nothing() -> None:
    """A claim that stood on a retracted trial was supported, with the certainty of that trial."""
    gone = replace(found("supports"), work=Work(Iri("urn:work:1"), standing="retracted"))
    cohort = found("supports", 2, design="cohort")
    assert verdict((gone, cohort)) is Verdict.SUPPORTED
    assert certainty(LinkedClaim(CLAIM, (), (gone, cohort)))[0] == "low"
    assert verdict((gone,), diagnostic("T105", Severity.ERROR)) is Verdict.UNSUPPORTED
    assert verdict((gone,)) is Verdict.NOT_ENOUGH_INFORMATION
    assert certainty(LinkedClaim(CLAIM, (), (gone,))) == (None, ())
    refuted = replace(found("refutes", 3), work=Work(Iri("urn:work:3"), standing="retracted"))
    assert verdict((cohort, refuted)) is Verdict.SUPPORTED


def test_an_info_does_not_lower_a_verdict() -> None:
    assert verdict((found("supports"),), diagnostic("N102", Severity.INFO)) is Verdict.SUPPORTED


def test_nothing_known_is_no_certainty_at_all() -> None:
    assert certainty(LinkedClaim(CLAIM, (), ())) == (None, ())
    assert certainty(LinkedClaim(CLAIM, (), (found("supports", design=None),))) == (None, ())


@pytest.mark.parametrize(
    ("findings", "level", "reason"),
    [
        ((found("supports"), found("supports", 2)), "high", "starts high"),
        ((found("supports", design="cohort"), found("supports", 2, design="cohort")), "low", "starts low"),
        ((found("supports", sample_size=40),), "moderate", "imprecision"),
        ((found("supports"), found("refutes", 2)), "low", "inconsistency"),
        ((found("supports"), found("supports", 3), found("refutes", 2)), "moderate", "inconsistency"),
        ((found("supports", risk_of_bias="high"),), "moderate", "risk of bias"),
        ((found("supports", score=0.6), found("supports", 2, score=0.6)), "moderate", "indirectness"),
        ((found("supports", design="simulation", sample_size=3),), "very-low", "starts very low"),
    ],
)
def test_certainty(findings: tuple[LinkedFinding, ...], level: str, reason: str) -> None:
    got, reasons = certainty(LinkedClaim(CLAIM, (), findings))
    assert got == level
    assert any(reason in one for one in reasons), reasons


def test_one_study_in_two_findings_counts_once() -> None:
    twice = (found("supports", sample_size=40), replace(found("supports", sample_size=40), score=0.8))
    assert certainty(LinkedClaim(CLAIM, (), twice))[0] == "moderate"


def test_a_curators_judgement_wins_and_is_shown_as_such() -> None:
    target = GraphClaim(
        Iri("urn:claim"),
        "Zinc shortens colds",
        exposure=CLAIM.proposition.exposure,
        outcome=CLAIM.proposition.outcome,
        certainty_level="low",
        certainty_reasons=("small trials",),
    )
    evidence = replace(EVIDENCE, claims={target.iri: target})
    linked = LinkedClaim(CLAIM, (), (found("supports"),), (target.iri,))
    (one,) = assess(Facts(DOCUMENT, SENTENCES, (), (), (linked,), evidence), ())
    assert one.certainty == "low"
    assert one.certainty_reasons == ("as curated: small trials",)


def test_what_was_found_of_one_outcome_does_not_bear_out_the_other() -> None:
    """ "They lost weight and slept better" stood as supported by a finding on sleep alone."""
    document = read_text("Melatonin lowers weight and improves sleep quality.", "text/markdown")
    split = sentences.split(document)
    (claim,) = propositions.extract(document, split, (), EVIDENCE)
    weight, sleep = sorted(claim.proposition.outcome, reverse=True)
    assert "weight" in weight
    assert "sleep" in sleep

    def judged(*outcomes: tuple[Iri, ...]) -> Verdict:
        findings = tuple(
            replace(one, finding=replace(one.finding, outcome=outcome))
            for number, outcome in enumerate(outcomes)
            for one in [found("supports", number)]
        )
        facts = Facts(document, split, (), (), (LinkedClaim(claim, (), findings),), EVIDENCE)
        return assess(facts, ())[0].verdict

    assert judged((sleep,)) is Verdict.PARTLY_SUPPORTED
    assert judged((sleep,), (weight,)) is Verdict.SUPPORTED
    assert judged(()) is Verdict.SUPPORTED, "nobody knows what it measured"


def test_other_results_of_an_abstract_do_not_speak_against_the_one_that_is_told_by_its_numbers() -> None:
    """ "Napping twice a week: 48 % fewer events" was partly supported: more naps went with nothing."""
    told = replace(found("supports"), aligned=NUMBERS)
    told = replace(
        told, finding=replace(told.finding, work=Iri("urn:work:1"), outcome=CLAIM.proposition.outcome)
    )
    other = found("refutes", 2)
    other = replace(other, finding=replace(other.finding, work=Iri("urn:work:1"), method="automatic"))
    assert verdict((told, other)) is Verdict.SUPPORTED
    elsewhere = replace(other, finding=replace(other.finding, work=Iri("urn:work:2")))
    assert verdict((told, elsewhere)) is Verdict.PARTLY_SUPPORTED
    curated = replace(other, finding=replace(other.finding, method="curated"))
    assert verdict((told, curated)) is Verdict.PARTLY_SUPPORTED
