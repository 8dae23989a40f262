"""Which way an outcome moved, on sentences of our own."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from claims.findings import directing, direction
from claims.findings.directing import explain
from claims.findings.direction_signs import features


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
