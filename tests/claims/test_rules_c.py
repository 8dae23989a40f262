"""The rules on causation and wording, over one valid thing with one thing broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from claims import propositions, sentences
from claims.catalogue import find_rule
from claims.model import Confidence, Diagnostic, LinkedClaim, LinkedFinding
from claims.reading import read_text
from claims.rule import Facts
from graph.evidence import EffectEstimate, Evidence, Finding, GroupValue, Iri, Study, Work
from graph.reading import shipped

CONCEPTS = shipped()
CONCEPT = "https://w3id.org/claimspine/id/concept/"
Said = Callable[..., tuple[Diagnostic, ...]]


def finding(
    exposure: str, outcome: str, design: str | None = "cohort", number: int = 1, **changes: object
) -> LinkedFinding:
    """A measured, cited finding that supports its claim; ``changes`` are fields of the finding."""
    study = Study(Iri(f"urn:study:{number}"), label=f"study {number}", design=design, sample_size=4200)
    work = Work(
        Iri(f"urn:work:{number}"), title="A study", authors=("Sato K",), year=2020, reports=(study.iri,)
    )
    made = Finding(
        Iri(f"urn:finding:{number}"),
        label="main result",
        work=work.iri,
        study=study.iri,
        exposure=(Iri(CONCEPT + exposure),),
        outcome=(Iri(CONCEPT + outcome),),
        effect_direction="decreases",
        quote_role="result",
        obtained_by="measured",
        method="curated",
    )
    return LinkedFinding(replace(made, **changes), study, work, "supports", "citation", 0.9)  # type: ignore[arg-type]


@pytest.fixture
def said() -> Said:
    """What a rule says of a text, every claim of which rests on the given findings."""

    def run(code: str, text: str, *findings: LinkedFinding) -> tuple[Diagnostic, ...]:
        evidence = Evidence(
            concepts=CONCEPTS,
            works={one.work.iri: one.work for one in findings if one.work},
            studies={one.study.iri: one.study for one in findings if one.study},
            findings={one.finding.iri: one.finding for one in findings},
        )
        document = read_text(text, "text/markdown")
        split = sentences.split(document)
        claims = propositions.extract(document, split, (), evidence)
        works = tuple(one.work for one in findings if one.work and one.via == "citation")
        linked = tuple(LinkedClaim(claim, works, findings) for claim in claims)
        rule = find_rule(code)
        return tuple(rule.check(rule, Facts(document, split, (), (), linked, evidence)))

    return run


TEA = "Green tea lowers the risk of stroke."


def test_c101_names_the_verb_the_design_and_the_size(said: Said) -> None:
    (one,) = said("C101", TEA, finding("green-tea", "stroke"))
    assert TEA[one.span.start : one.span.end] == "lowers"
    assert "Sato 2020 (cohort, n = 4,200)" in one.message
    assert {pointer.kind for pointer in one.evidence} == {"finding", "study", "work"}
    assert one.fix is not None
    fixed = TEA[: one.fix.span.start] + one.fix.text + TEA[one.fix.span.end :]
    assert fixed == "Green tea is associated with a lower risk of stroke."
    assert said("C101", fixed, finding("green-tea", "stroke")) == ()


@pytest.mark.parametrize("design", ["cohort", "case-control", "cross-sectional", "case-series"])
def test_c101_every_observational_design(said: Said, design: str) -> None:
    assert len(said("C101", TEA, finding("green-tea", "stroke", design))) == 1


@pytest.mark.parametrize(
    "design",
    [
        "randomised-controlled-trial",
        "crossover-trial",
        "non-randomised-trial",
        "meta-analysis",
        "clinical-guideline",
        "in-vivo-measurement",
        None,
    ],
)
def test_c101_one_experiment_or_unknown_design_licenses(said: Said, design: str | None) -> None:
    assert said("C101", TEA, finding("green-tea", "stroke"), finding("green-tea", "stroke", design, 2)) == ()


def test_c101_a_synthesis_of_cohorts_alone_does_not_license(said: Said) -> None:
    cohort = finding("green-tea", "stroke")
    pooled = finding("green-tea", "stroke", "meta-analysis", 2)
    assert pooled.study is not None
    assert cohort.study is not None
    only_cohorts = replace(pooled, study=replace(pooled.study, includes=(cohort.study.iri,)))
    assert len(said("C101", TEA, cohort, only_cohorts)) == 1


def test_c101_a_trial_that_refutes_or_tests_another_outcome_does_not_license(said: Said) -> None:
    cohort = finding("green-tea", "stroke")
    refuting = replace(finding("green-tea", "stroke", "randomised-controlled-trial", 2), direction="refutes")
    elsewhere = finding("green-tea", "asthma", "randomised-controlled-trial", 3)
    assert len(said("C101", TEA, cohort, refuting)) == 1
    assert len(said("C101", TEA, cohort, elsewhere)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Green tea may lower the risk of stroke.",
        "Green tea was associated with a lower risk of stroke.",
        "Drink green tea to lower the risk of stroke.",
        "Green tea drinkers had fewer strokes.",
    ],
)
def test_c101_licensed_wordings(said: Said, text: str) -> None:
    assert said("C101", text, finding("green-tea", "stroke")) == ()


def test_c101_without_evidence_says_nothing(said: Said) -> None:
    assert said("C101", TEA) == ()


def test_c102_source_hedges(said: Said) -> None:
    hedged = finding(
        "magnesium", "insomnia", "randomised-controlled-trial", quote="Magnesium might reduce insomnia."
    )
    text = "Magnesium reduces insomnia."
    (one,) = said("C102", text, hedged)
    assert "might" in one.message
    assert one.fix is not None
    fixed = text[: one.fix.span.start] + one.fix.text + text[one.fix.span.end :]
    assert fixed == "Magnesium may reduce insomnia."
    assert said("C102", fixed, hedged) == ()


@pytest.mark.parametrize(
    "quote", ["Magnesium reduced insomnia.", "These findings suggest that magnesium reduces insomnia.", None]
)
def test_c102_source_does_not_hedge(said: Said, quote: str | None) -> None:
    assert said("C102", "Magnesium reduces insomnia.", finding("magnesium", "insomnia", quote=quote)) == ()


def test_c102_one_plain_quote_is_enough(said: Said) -> None:
    hedged = finding("magnesium", "insomnia", quote="Magnesium might reduce insomnia.")
    plain = finding("magnesium", "insomnia", number=2, quote="Magnesium reduced insomnia by a third.")
    assert said("C102", "Magnesium reduces insomnia.", hedged, plain) == ()


def test_c103_quotes_and_denials_are_left_alone(said: Said) -> None:
    assert len(said("C103", "Garlic cures the common cold.")) == 1
    assert said("C103", "Some still say garlic “cures every cold” at once.") == ()
    assert said("C103", "Garlic does not cure the common cold.") == ()


def test_c104_only_where_nothing_is_cited(said: Said) -> None:
    (one,) = said("C104", "Experts agree that garlic lowers blood pressure.")
    assert "Experts agree" in one.message
    assert said("C104", "The trial found that garlic lowers blood pressure.") == ()


def test_c105_modelled_told_as_measured(said: Said) -> None:
    text = "A study confirmed that yoga lowers spinal loading."
    modelled = finding(
        "yoga", "spinal-loading", "simulation", obtained_by="modelled", text="The model gave less load."
    )
    (one,) = said("C105", text, modelled)
    assert text[one.span.start : one.span.end] == "confirmed that"
    assert one.message.endswith("“The model gave less load”")
    assert one.confidence is Confidence.HIGH


def test_c105_measured_elsewhere_is_named(said: Said) -> None:
    modelled = finding("yoga", "spinal-loading", "simulation", obtained_by="modelled", text="Less load.")
    measured = replace(finding("yoga", "spinal-loading", "laboratory-experiment", 2), via="topic")
    (one,) = said("C105", "A study confirmed that yoga lowers spinal loading.", modelled, measured)
    assert "“Less load”. " in one.message
    assert "measured it" in one.message
    assert one.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        "In a computer model yoga lowers spinal loading.",
        "Yoga may lower spinal loading.",
        "The authors suggest that yoga lowers spinal loading.",
    ],
)
def test_c105_says_where_it_comes_from(said: Said, text: str) -> None:
    assert said("C105", text, finding("yoga", "spinal-loading", "simulation", obtained_by="modelled")) == ()


def test_c105_one_measured_finding_on_the_outcome_is_enough(said: Said) -> None:
    modelled = finding("yoga", "spinal-loading", "simulation", obtained_by="modelled")
    measured = finding("yoga", "spinal-loading", "laboratory-experiment", 2)
    assert said("C105", "A study confirmed that yoga lowers spinal loading.", modelled, measured) == ()


def ratio(measure: str, value: str, low: str, high: str) -> EffectEstimate:
    return EffectEstimate(measure, Decimal(value), Decimal(low), Decimal(high), Decimal(95))


@pytest.mark.parametrize(
    ("low", "high", "count"),
    [("0.60", "1.50", 1), ("0.70", "1.05", 1), ("0.95", "1.30", 1), ("0.92", "1.10", 0), ("0.60", "0.85", 0)],
)
def test_c106_asks_for_the_interval(said: Said, low: str, high: str, count: int) -> None:
    text = "Zinc has no effect on the common cold."
    effect = ratio("risk-ratio", "0.98", low, high)
    one = finding(
        "zinc", "common-cold", "randomised-controlled-trial", effect_direction="no-difference", effect=effect
    )
    found = said("C106", text, one)
    assert len(found) == count
    if found:
        fix = found[0].fix
        assert fix is not None
        fixed = text[: fix.span.start] + fix.text + text[fix.span.end :]
        assert fixed == "Zinc has no clear effect on the common cold."
        assert said("C106", fixed, one) == ()


def risks(exposed: str, others: str) -> tuple[GroupValue, ...]:
    return (
        GroupValue("exposed", "percent", Decimal(exposed)),
        GroupValue("others", "percent", Decimal(others)),
    )


def test_c107_common_outcome(said: Said) -> None:
    text = "Yoga was followed by a 50 % lower risk of insomnia."
    one = finding(
        "yoga", "insomnia", effect=ratio("odds-ratio", "0.5", "0.3", "0.8"), groups=risks("25", "40")
    )
    (found,) = said("C107", text, one)
    assert text[found.span.start : found.span.end] == "50 %"
    assert "about 38 % lower" in found.message  # 0.5 / (1 - 0.4 + 0.4 x 0.5) = 0.625
    assert found.fix is not None
    fixed = text[: found.fix.span.start] + found.fix.text + text[found.fix.span.end :]
    assert fixed == "Yoga was followed by 50 % lower odds of insomnia."
    assert said("C107", fixed, one) == ()


@pytest.mark.parametrize(
    ("measure", "groups"),
    [
        ("odds-ratio", risks("1", "2")),  # rare: the odds ratio is near the risk ratio
        ("risk-ratio", risks("25", "50")),
        ("odds-ratio", ()),  # no baseline known
    ],
)
def test_c107_rare_or_unknown(said: Said, measure: str, groups: tuple[GroupValue, ...]) -> None:
    one = finding("yoga", "insomnia", effect=ratio(measure, "0.5", "0.3", "0.8"), groups=groups)
    assert said("C107", "Yoga was followed by a 50 % lower risk of insomnia.", one) == ()


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("Probiotics prevent eczema in all babies.", True),
        ("Probiotics protect against eczema in every child.", True),
        ("Probiotics lowered the risk of eczema in all the babies who took part.", False),
    ],
)
def test_c103_for_all_of_a_group(said: Said, text: str, loud: bool) -> None:
    assert bool(said("C103", text, finding("probiotics", "eczema"))) is loud


def test_c106_leaves_the_conclusion_of_the_authors_as_they_wrote_it(said: Said) -> None:
    wide = EffectEstimate("odds-ratio", Decimal("1.17"), Decimal("0.68"), Decimal("2.02"), Decimal(95))
    result = finding("lifting-training", "back-pain", "meta-analysis", effect=wide)
    text = "Training in lifting does not prevent back pain."
    assert said("C106", text, result)
    concludes = finding(
        "lifting-training",
        "back-pain",
        "meta-analysis",
        2,
        effect_direction="no-difference",
        quote_role="synthesis",
        quote="There is moderate quality evidence that training in lifting does not prevent back pain.",
    )
    assert not said("C106", text, result, concludes)
