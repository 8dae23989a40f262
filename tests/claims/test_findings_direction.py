"""Which way an outcome moved, on sentences of our own."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from claims.findings import directing, direction
from claims.findings.arm_values import arm_values, estimate_signs
from claims.findings.directing import explain
from claims.findings.direction_signs import features
from claims.findings.outcome_sentences import tokens_of


@pytest.mark.parametrize(
    ("intervention", "comparator", "outcome", "text", "expected"),
    [
        (
            "tai chi",
            "stretching",
            "falls",
            "Falls were significantly fewer with tai chi than with stretching (P = 0.01).",
            "decreased",
        ),
        (
            "zinc",
            "placebo",
            "duration of colds",
            "Colds lasted longer in the placebo group than with zinc (p = 0.01).",
            "decreased",
        ),
        (
            "statins",
            "placebo",
            "LDL cholesterol",
            "LDL cholesterol was lower in the statin group than with placebo (P<0.001).",
            "decreased",
        ),
        (
            "creatine",
            "placebo",
            "lean mass",
            "Lean mass increased more with creatine than with placebo (P = 0.003).",
            "increased",
        ),
        (
            "omega-3",
            "placebo",
            "depression score",
            "There was no difference in depression score between the groups (p = 0.45).",
            "no_difference",
        ),
        (
            "yoga",
            "usual care",
            "anxiety",
            "Anxiety did not differ between yoga and usual care (P = 0.61).",
            "no_difference",
        ),
        (
            "valerian",
            "placebo",
            "time to sleep",
            "Median time to sleep was 14.5 min for valerian and 17.6 min for placebo (P<0.001).",
            "decreased",
        ),
        (
            "early discharge",
            "usual discharge",
            "readmission",
            "Readmission was needed in 84 patients (8.2%) in the early group and 131 (12.9%) in the usual "
            "one (hazard ratio, 0.62; 95% CI, 0.47 to 0.81).",
            "decreased",
        ),
        (
            "inulin",
            "placebo",
            "body weight",
            "Mean change in body weight was -6.9% with inulin as compared with -1.4% with placebo (P<0.001).",
            "decreased",
        ),
        (
            "night splints",
            "no splints",
            "falls",
            "Falls were twice as frequent with night splints.",
            "increased",
        ),
        (
            "lutein",
            "placebo",
            "headache",
            "Headache was reported by 7.4% on lutein and 7.3% on placebo.",
            "no_difference",
        ),
        ("vitamin D", "placebo", "fracture", "", "unknown"),
        ("vitamin D", "placebo", "fracture", "The weather was fine.", "unknown"),
    ],
)
def test_direction(intervention: str, comparator: str, outcome: str, text: str, expected: str) -> None:
    assert direction(intervention, comparator, outcome, text) == expected


def test_the_sentence_on_the_outcome_is_read_in_an_abstract() -> None:
    abstract = (
        "BACKGROUND: Mint oil is popular. METHODS: 120 adults were randomly assigned to mint oil or placebo. "
        "RESULTS: Abdominal pain was significantly lower with mint oil than with placebo (P = 0.002). "
        "Heartburn was significantly more frequent with mint oil than with placebo (P = 0.01). "
        "There was no difference in quality of life (P = 0.70)."
    )
    asked = {
        outcome: direction("mint oil", "placebo", outcome, abstract)
        for outcome in ("abdominal pain", "heartburn", "quality of life")
    }
    assert asked == {
        "abdominal pain": "decreased",
        "heartburn": "increased",
        "quality of life": "no_difference",
    }


def test_an_explanation_names_signs_and_sentences() -> None:
    found = explain("tea", "water", "headache", "Headache was lower with tea than with water (p = 0.01).")
    assert found.direction == "decreased"
    assert found.signs
    assert found.sentences[0].startswith("Headache")
    assert 0 < found.probability <= 1


def test_the_shipped_weights_are_plain_and_small() -> None:
    source = resources.files("claims.findings").joinpath("direction_weights.json")
    text = source.read_text("utf-8")
    assert len(text) < 5_000_000
    stored = json.loads(text)
    assert len(stored["buckets"]) == len(stored["weights"]) > 1000
    assert "MIT" in stored["source"]


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_long_text_ends() -> None:
    direction("tea", "water", "headache", "Headache was (HA) 12 vs 13 lower than. " * 3000)


def test_a_text_leans_to_no_difference_or_away_from_it() -> None:
    none, _ = directing.leaning("naps and blood pressure", "Naps did not change blood pressure (p = 0.71).")
    some, up = directing.leaning(
        "naps and sleep time", "Naps significantly increased sleep time (p < 0.001)."
    )
    assert none > 0 > some
    assert up > 0


@pytest.mark.parametrize(
    ("outcome", "named"),
    [("sleep quality", "all"), ("sleep duration", "half"), ("blood pressure", "none")],
)
def test_how_far_the_best_sentence_names_the_outcome(outcome: str, named: str) -> None:
    signs = features("tea", "water", outcome, "Tea improved sleep quality more than water.")
    assert f"named:{named}" in signs


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Colds lasted 4.5 days with zinc and 7.6 days with placebo.", "armnum:less:plain"),
        ("Pain was 3.1 ± 0.8 in the zinc group and 2.6 ± 0.7 in the placebo group.", "armnum:more:plain"),
        ("Change was −14.9% with zinc as compared with −2.4% with placebo.", "armnum:less:signed"),
        ("Scores fell by 8.2 points after zinc and by 1.5 points after placebo.", "armnum:more:fall"),
        ("In zinc 12 of 40 and in placebo 21 of 40 relapsed.", "armnum:less:plain"),
        ("Pain was reported by 9.4% on zinc and 9.2% on placebo.", "armnum:close"),
    ],
)
def test_each_arm_has_its_own_number(sentence: str, expected: str) -> None:
    tokens = tokens_of(sentence)
    roles = [{"zinc": "INT", "placebo": "CMP"}.get(token, "") for token in tokens]
    assert expected in set(arm_values(sentence, tokens, roles))


@pytest.mark.parametrize(
    "sentence",
    [
        "Zinc and placebo were taken for 12 weeks.",
        "Zinc was given to 40% of them and placebo to 31 adults.",  # a share and a count
        "Colds were shorter with zinc than with placebo (p = 0.03).",
    ],
)
def test_numbers_that_are_no_pair_of_values_are_not_set_against_one_another(sentence: str) -> None:
    tokens = tokens_of(sentence)
    roles = [{"Zinc": "INT", "zinc": "INT", "placebo": "CMP"}.get(token, "") for token in tokens]
    assert not set(arm_values(sentence, tokens, roles))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The risk was lower (risk ratio 0.81, 0.70 to 0.93).", {"est:ratio:less", "ci:below"}),
        ("It was higher (difference 1.2, 0.4 to 2.0).", {"est:difference:more", "ci:above"}),
        ("The mean difference was -1.1 points (-2.3 to 0.1).", {"est:difference:less", "ci:null"}),
        ("There was no difference (p = 0.40).", set()),
    ],
)
def test_named_estimates_and_their_bare_intervals(sentence: str, expected: set[str]) -> None:
    assert set(estimate_signs(sentence)) == expected
