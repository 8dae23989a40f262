"""Whether a text supports a claim, and whether a citing sentence is true to its source."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from claims.findings.directing import by_hand
from claims.support import citation_accuracy, citation_judgement, judge
from claims.support.citing import cited_part, citing_features
from claims.support.features import compare
from claims.support.judging import cited_features, judged_features
from claims.support.models import Model, answer, stored
from claims.support.opposing import opposing_features
from claims.support.overlap import overlap_features
from claims.support.phrases import in_words
from claims.support.results import asked_features, is_question, result_features

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


@pytest.mark.parametrize(
    ("claim", "relation"),
    [
        ("Brine baths reduce joint stiffness.", "refutes"),
        ("Brine baths do not change joint stiffness compared with warm water.", "supports"),
        ("Brine baths raise heart rate compared with warm water.", "supports"),
        ("Brine baths lower heart rate compared with warm water.", "refutes"),
        ("People given brine baths had more joint stiffness than those given warm water.", "refutes"),
    ],
)
def test_claims_about_a_trial_are_judged_by_its_results(claim: str, relation: str) -> None:
    stiffness = "Joint stiffness did not differ between brine baths and warm water (P = 0.61)."
    heart = "Heart rate was significantly higher with brine baths than with warm water (P = 0.002)."
    assert judge(claim, heart if "heart" in claim else stiffness).relation == relation


def test_which_way_results_lean_is_read_by_the_model_given() -> None:
    claim = "Magnesium improves sleep quality in adults."
    shipped = judged_features(claim, TRIAL, {})
    by_rules = judged_features(claim, TRIAL, {}, model=by_hand())
    assert {name for name in shipped if shipped[name] != by_rules[name]} <= {
        name for name in shipped if name.startswith("leans_")
    }
    assert shipped["leans_none_best"] != by_rules["leans_none_best"]


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


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        (
            "Zinc was studied in adults before <|other_cit|> and magnesium improved sleep quality <|cit|>.",
            "and magnesium improved sleep quality",
        ),
        (
            "Naps were tried in nurses (Lee et al. <|other_cit|>; Ray et al. <|multi_cit|>).",
            "Naps were tried in nurses",
        ),
        (
            "Kim et al. (<|cit|>) found that naps lower blood pressure.",
            "found that naps lower blood pressure",
        ),
        (
            "Doctors were asked. Naps help tired night nurses <|cit|>.",
            "Naps help tired night nurses",
        ),
        (
            "Sleep is disturbed by drugs such as caffeine [<|other_cit|>] and nicotine [<|cit|>].",
            "Sleep is disturbed by drugs such as caffeine [ ] and nicotine",
        ),
        ("No mark at all", "No mark at all"),
    ],
)
def test_the_part_that_a_citation_stands_for(sentence: str, part: str) -> None:
    assert cited_part(sentence) == part


def test_how_a_citation_stands_in_its_sentence() -> None:
    one = citing_features("Naps help nurses [<|cit|>], and tea helps (Ray et al., <|other_cit|>).")
    several = citing_features("Naps help nurses (<|multi_cit|>; Ray et al., <|other_cit|>).")
    assert (one["grouped"], one["inside_square"], one["inside"], one["others_after"]) == (0, 1, 1, 1)
    assert (several["grouped"], several["inside_square"], several["inside"]) == (1, 0, 2)
    assert citing_features("Lee et al. (<|cit|>) found that naps help.")["narrative"] == 1
    assert citing_features("Naps help nurses [4, 7].")["grouped"] == 1
    assert citing_features("Naps help nurses [4].")["grouped"] == 0
    reported = citing_features("Several studies have shown that naps help nurses <|cit|>.")
    assert reported["leads_many"] == reported["says_many"] == 1


def test_how_the_words_of_a_citing_sentence_lie_in_its_source() -> None:
    said = "Naps lower blood pressure in nurses, and magnesium improves sleep quality."
    whole = overlap_features(said, f"{AN_EFFECT} {TRIAL}", {})
    half = overlap_features(said, AN_EFFECT, {})
    none = overlap_features(said, "The harbour freezes in winter.", {})
    assert whole["words_met"] > half["words_met"] > none["words_met"] == 0
    assert half["statements"] == 2
    assert half["statements_unmet"] == 1
    assert half["statement_least_met"] < whole["statement_least_met"]
    assert half["content_in_row"] == 1  # blood pressure
    assert none["together"] == none["likeness"] == 0
    assert overlap_features("Naps lower it by 12 %.", AN_EFFECT, {})["numbers_missed"] == 1
    assert overlap_features("Significance dwindled.", AN_EFFECT, {})["nearly_met"] == 0.5


NO_EFFECT = (
    "We enrolled 210 nurses. Blood pressure was measured twice. "
    "There was no significant difference in blood pressure between nap and control weeks (p = 0.61)."
)
AN_EFFECT = (
    "We enrolled 210 nurses. Blood pressure was measured twice. "
    "Naps significantly reduced blood pressure compared with control weeks (p < 0.001)."
)


def test_a_question_is_answered_from_the_results() -> None:
    asked = "Do naps affect blood pressure in nurses?"
    assert judge(asked, NO_EFFECT).relation == "refutes"
    assert judge(asked, AN_EFFECT).relation == "supports"


def test_what_results_say_is_read() -> None:
    none = result_features("Do naps affect blood pressure?", NO_EFFECT, {})
    some = result_features("Do naps affect blood pressure?", AN_EFFECT, {})
    assert none["best_none"] >= 1
    assert none["top_p_large"] == 1
    assert some["best_none"] == 0
    assert some["top_p_small"] == 1
    assert none["leans_none_most"] > some["leans_none_most"]


def test_what_is_asked_is_told_apart() -> None:
    need = asked_features("Is routine imaging necessary?")
    assert (need["asks_need"], need["asks_associated"], need["opens_is"]) == (1, 0, 1)
    assert asked_features("Can age predict falls?")["asks_associated"] == 1
    assert is_question("Can age predict falls?")
    assert not is_question("Age predicts falls.")


def test_opposites_denials_and_numbers_are_seen() -> None:
    said = "Most nurses took two naps and naps were not harmful."
    rare = opposing_features(said, "Few nurses took naps.", {})
    many = opposing_features(said, "The majority of nurses took 2 naps.", {})
    assert rare["quantity_opposed"] == 1
    assert many["quantity_opposed"] == 0
    assert many["quantity_same"] == 1
    assert many["number_met"] == 1
    assert many["denial_claim_only"] == 1


def test_a_model_adds_what_its_parts_say() -> None:
    model: Model = {
        "names": ["a", "b"],
        "classes": ["no", "yes"],
        "factors": [1.0, 1.0],
        "linear": {"mean": [0, 0], "scale": [1, 1], "weights": [[0, 0], [2, 0]], "intercept": [0, 0]},
        "trees": [[[[-1, 0, 0, 0, 0.0]]], [[[1, 0.5, 1, 2, 0.0], [-1, 0, 0, 0, -1.0], [-1, 0, 0, 0, 1.0]]]],
    }
    both = answer(model, {"a": 1.0, "b": 1.0})
    assert (both.label, both.told_by) == ("yes", ("a", "b"))
    assert both.confidence == pytest.approx((0.8808 + 0.7311) / 2, abs=1e-3)
    assert answer(model, {"a": -1.0, "b": 0.0}).label == "no"
    assert answer({**model, "factors": [1.0, 0.1]}, {"a": 1.0, "b": 1.0}).label == "no"


def test_every_feature_has_words() -> None:
    features = judged_features("a claim", "a text", {}) | cited_features("a claim <|cit|>", "a text", {})
    assert in_words(["best_same"]) == ("words of likeness in the nearest result sentence",)
    for name in features:
        (told,) = in_words([name])
        assert "_" not in told
        assert "{" not in told


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


def test_the_models_are_small_and_whole() -> None:
    text = resources.files("claims.data").joinpath("support.json").read_text(encoding="utf-8")
    assert len(text) < 5_000_000
    models = stored()
    assert len(models["weights"]) > 5000
    assert "MIT" in json.loads(text)["about"]
    judged = judged_features("a claim of tea", "a text on tea", models["weights"])
    cited = cited_features("a claim of tea <|cit|>", "a text on tea", models["weights"])
    assert set(models["claims"]["names"]) == set(judged)
    assert set(models["questions"]["names"]) <= set(judged)
    assert set(models["citations"]["names"]) == set(cited)


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_long_texts_end() -> None:
    judge("tea " * 20_000, "tea and milk. " * 100_000)
    citation_accuracy("tea <|cit|> " * 20_000, "x" * 1_000_000)
