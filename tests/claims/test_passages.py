# ruff: noqa: E501 - abstracts read better unwrapped
"""Which sentence of an abstract tells what a sentence says, and whether it holds back from it."""

from __future__ import annotations

import pytest

from claims.abstracts.passages import passages, written_out
from claims.linking.passages import likeness
from claims.linking.reserve import held_about
from claims.linking.supposing import modelled_about, supposed_about

GARDEN = (
    "Noise on wards keeps patients awake. The aim of this study was to see whether a ward garden changes how "
    "patients with broken hips (PBH) sleep. Eighty PBH were followed for two weeks. Waking fell from four times "
    "a night to two. Sitting in the garden may play a part in calming the nights of PBH, but visits were rare in "
    "winter. Nurses saw no more falls."
)


def test_background_and_aim_are_no_passages_and_short_forms_are_written_out() -> None:
    told = passages(GARDEN)
    assert [one.text.split()[0] for one in told] == ["Eighty", "Waking", "Sitting", "Nurses"]
    assert "the nights of patients with broken hips" in told[2].words


def test_the_short_form_of_one_word_is_written_out() -> None:
    assert written_out("ETN helped.", "We gave etanercept (ETN) to 90 adults.") == "etanercept helped."
    assert written_out("The KG rose.", "We weighed everybody (KG).") == "The KG rose."


def test_sections_decide_where_there_are_any() -> None:
    text = (
        "BACKGROUND: Tea may help. METHODS: We gave tea. RESULTS: Colds fell. CONCLUSIONS: Tea may cut colds."
    )
    told = passages(text)
    assert [(one.section, one.text) for one in told] == [
        ("results", "Colds fell."),
        ("conclusions", "Tea may cut colds."),
    ]
    assert [one.last for one in told] == [False, True]


def test_a_sentence_is_nearest_to_the_passage_that_tells_it() -> None:
    said = "Patients woke half as often each night"
    fits = {one.text: likeness(said, one.words) for one in passages(GARDEN)}
    assert max(fits, key=lambda text: fits[text]).startswith(("Waking", "Sitting"))
    assert fits["Nurses saw no more falls."] < 0.4


@pytest.mark.parametrize(
    "said",
    [
        "Sitting in the garden plays a part in calmer nights.",
        "Here is proof that sitting in the garden calms the nights of people with broken hips.",
        "The study found that sitting in the garden plays a part in calmer nights.",  # as what is so
        "Sitting in the garden calms the nights by 50%, according to the trial.",
    ],
)
def test_what_the_abstract_holds_back_from_is_found(said: str) -> None:
    held = held_about(said, GARDEN)
    assert held is not None
    assert held.words == "may"


@pytest.mark.parametrize(
    "said",
    [
        "Sitting in the garden may calm the nights.",  # hedged itself
        "Sitting in the garden can calm the nights.",  # what is possible
        "Visits to the garden are rare in winter.",  # the clause that does not hold back
        "Patients with broken hips woke two times a night instead of four.",  # told as it was found
        "The study found that patients with broken hips slept more calmly in the garden.",  # told as it was found
        "Patients should sit in the garden for calmer nights.",
        "Does sitting in the garden calm the nights?",
        "Walnuts are rich in oil.",
    ],
)
def test_what_it_does_not_hold_back_from_is_let_be(said: str) -> None:
    assert held_about(said, GARDEN) is None


def test_what_happened_is_held_back_from_only_in_words_on_what_happened() -> None:
    doubted = "Reports were counted from 2001 to 2012. The water points appear to have slowed the spread of cholera."
    useful = "Reports were counted from 2001 to 2012. The water points may be useful against the spread of cholera."
    assert held_about("The water points slowed the spread of the cholera.", doubted) is not None
    assert held_about("The water points slowed the spread of the cholera.", useful) is None


MINT = (
    "RESULTS: Sleep was 22 minutes longer with mint. DISCUSSION: We speculate that menthol cools the skin and so brings "
    "sleep forward. Skin was not measured."
)


def test_what_is_only_supposed_is_told_from_what_was_found() -> None:
    supposed = supposed_about("Menthol cools the skin and brings sleep forward.", MINT)
    assert supposed is not None
    assert supposed.passage.startswith("We speculate")
    assert supposed_about("Sleep was 22 minutes longer with mint.", MINT) is None


def test_what_was_tested_is_no_supposition() -> None:
    tested = "BACKGROUND: We hypothesise that tea calms the gut. RESULTS: Cramps fell by a third. CONCLUSIONS: Tea helped."
    assert supposed_about("Tea calms the gut.", tested) is None
    viewpoint = (
        "In this viewpoint we argue that tea calms the gut. Tannins bind to its wall. Trials are lacking."
    )
    assert supposed_about("Tea calms the gut.", viewpoint) is not None


def test_only_a_modelling_study_is_held_to_have_modelled() -> None:
    told = "METHODS: A Markov model was built. RESULTS: It predicted a gain of 0.9 years with early tablets."
    assert modelled_about("Patients on early tablets gained 0.9 years.", told, None) is not None
    assert modelled_about("Walnuts are rich in oil.", told, None) is None
    measured = "METHODS: 90 adults were randomised to early tablets. RESULTS: Early tablets gained 0.9 years."
    assert modelled_about("Patients on early tablets gained 0.9 years.", measured, None) is None
