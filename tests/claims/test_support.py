"""Whether a text supports a claim, and whether a citing sentence is true to its source."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from claims.support import citation_accuracy, citation_judgement, judge
from claims.support.features import cited_part, compare

TRIAL = (
    "We gave 120 adults magnesium or placebo for eight weeks. "
    "Magnesium improved sleep quality compared with placebo. Two people had diarrhoea."
)


def test_a_text_that_says_the_same_supports() -> None:
    found = judge("Magnesium improves sleep quality in adults.", TRIAL)
    assert found.relation == "supports"
    assert 1 / 3 < found.confidence <= 1
    assert found.reasons


@pytest.mark.parametrize(
    "claim",
    [
        "Magnesium does not improve sleep quality in adults.",
        "Magnesium has never improved sleep quality in adults.",
    ],
)
def test_a_denial_of_what_the_text_says_is_refuted(claim: str) -> None:
    assert judge(claim, TRIAL).relation == "refutes"


@pytest.mark.parametrize(
    "text", ["", "The trains were late on Monday.", "Children in 12 schools were asked about breakfast."]
)
def test_a_text_on_something_else_is_not_enough(text: str) -> None:
    assert judge("Magnesium improves sleep quality in adults.", text).relation == "not_enough_information"


def test_judging_is_deterministic() -> None:
    claims = ["Tea lowers blood pressure.", "Tea does not lower blood pressure."]
    assert [judge(one, TRIAL) for one in claims] == [judge(one, TRIAL) for one in claims]


def test_a_faithful_citation_is_accurate_and_a_foreign_one_irrelevant() -> None:
    assert (
        citation_accuracy("Magnesium improved sleep quality compared with placebo <|cit|>.", TRIAL)
        == "accurate"
    )
    assert citation_accuracy("Statins raise the risk of cataract <|cit|>.", TRIAL) == "irrelevant"


def test_a_citation_judgement_says_why() -> None:
    found = citation_judgement("Magnesium improved sleep quality compared with placebo <|cit|>.", TRIAL)
    assert 0 < found.confidence <= 1
    assert 1 <= len(found.reasons) <= 3


def test_the_part_that_a_citation_stands_for() -> None:
    citing = (
        "Zinc was studied in older adults before <|other_cit|> and magnesium improved sleep quality <|cit|>."
    )
    assert cited_part(citing).strip() == "and magnesium improved sleep quality"
    assert cited_part("No mark at all") == "No mark at all"


def test_numbers_and_negations_are_told_apart() -> None:
    weights = {"cold": 2.0}
    same = compare("Zinc shortened colds by 33 %.", "Zinc shortened colds by 33 %.", weights)
    other = compare("Zinc shortened colds by 33 %.", "Zinc shortened colds by 12 %.", weights)
    denied = compare("Zinc shortened colds by 33 %.", "Zinc did not shorten colds.", weights)
    assert same["numbers_met"] == 1
    assert same["numbers_unmet"] == 0
    assert other["numbers_met"] == 0
    assert other["numbers_unmet"] == 1
    assert denied["negation_text_only"] == 1


def test_the_weights_are_small_and_whole() -> None:
    path = resources.files("claims.data").joinpath("support.json")
    text = path.read_text(encoding="utf-8")
    assert len(text) < 2_000_000
    models = json.loads(text)
    assert len(models["weights"]) > 5000
    assert "MIT" in models["about"]
    judged = models["judge"]
    assert len(judged["names"]) == len(judged["mean"]) == len(judged["weights"][0])
    features = compare("a claim of tea", "a text on tea", models["weights"])
    assert set(judged["names"]) == set(features)


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_long_texts_end() -> None:
    judge("tea " * 20_000, "tea and milk. " * 100_000)
    citation_accuracy("tea <|cit|> " * 20_000, "x" * 1_000_000)
