# ruff: noqa: E501 - abstracts read better unwrapped
"""Which abstracts tell of a study that only observed, and which words say that one thing brought about another."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.abstracts.observing import only_observed
from claims.audit import Checker
from claims.reading import read_text
from claims.wording.everyday_causes import everyday_cause, taken_back


@pytest.mark.parametrize(
    "abstract",
    [
        "Pay records of 900 people were read. In logistic regression, a dark seat was associated with headache.",
        "A retrospective study of melanomas. Thin ones took a growing share.",
        "In a cohort of 8,000 bakers, flour predicted a cough.",
        "Patients with gout and healthy volunteers were genotyped. Carriers were fewer among patients (OR=0.4).",
        "BACKGROUND: A randomised trial had found less pain. METHODS: We surveyed nurses in an observational study. RESULTS: Pain was common.",
    ],
)
def test_a_study_that_only_looked_is_told_by_how_it_looked(abstract: str) -> None:
    full = (
        abstract
        if "OR=" not in abstract
        else abstract + " Prevalence was low; the allele was associated with gout."
    )
    assert only_observed(full)


def test_who_came_off_better_is_no_cause(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(
        "@article{a, author={Moss, A.}, title={Pain in drivers: a cohort study}, year={2018}, abstract={In a cohort"
        " of 300 drivers age was associated with pain in regression. Drivers had less pain than cyclists.}}"
    )
    article = (
        "# Roads\n\n{} (Moss, 2018).\n\n## References\n\nMoss, A. (2018). Pain in drivers: a cohort study.\n"
    )
    checker = Checker.of(refs=[library])

    def codes(sentence: str) -> set[str]:
        return {one.code for one in checker.check(read_text(article.format(sentence))).diagnostics}

    assert "C101" not in codes("Drivers did better than cyclists on pain")
    assert "C101" in codes("Driving is what kept people from having pain")


@pytest.mark.parametrize(
    "abstract",
    [
        "Ninety women were randomised to tea or water. In logistic regression tea was associated with sleep; odds ratios were adjusted.",
        "Mice were fed oats. Weight correlated with oats; regression was adjusted for age; prevalence was low.",
        "Forty patients were given a choir. Before and after, mood was assessed by questionnaire.",
        "Sleep was measured.",
        "",
    ],
)
def test_where_anything_was_given_or_nothing_is_said_it_is_not_said_to(abstract: str) -> None:
    assert not only_observed(abstract)


def test_a_cohort_inside_a_trial_is_not_only_observed() -> None:
    assert not only_observed("A cohort of 80 nurses was randomised to naps or none.")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("The dark was what drove them to leave.", "was what drove"),
        ("Long shifts pushed the young nurses out of work.", "pushed the young nurses out of"),
        ("Walking kept patients in work.", "kept patients in"),
        ("It was the bright light that won them their sleep.", "it was the bright light that won"),
        ("Thanks to naps they slept less at night.", "thanks to"),
        ("Worry makes people sleep less.", "makes people sleep less"),
        ("Noise is to blame for the headaches.", "is to blame"),
        ("Losing weight is what drained their bones.", "is what drained"),
        ("An old knee is then what triggers the pain.", "is then what triggers"),
    ],
)
def test_everyday_words_of_cause(said: str, words: str) -> None:
    place = everyday_cause(said)
    assert place is not None
    assert said[slice(*place)].lower() == words


@pytest.mark.parametrize(
    "said",
    [
        "The dark was not what drove them to leave.",
        "It may be that noise is to blame.",
        "Sleep was what patients wanted most.",
        "Ninety adults were what they had hoped for.",
        "The rate was down to 51% by then.",
        "They were kept in bed for a week.",
        "Patients kept their reflux in check with pills.",
        "Cost was the main reason for stopping.",
        "Most went out to work by bus.",
    ],
)
def test_words_that_only_look_like_it(said: str) -> None:
    assert everyday_cause(said) is None


def test_what_is_denied_before_is_taken_back() -> None:
    assert taken_back("Tea does not raise the risk", 14)
    assert not taken_back("No tea was drunk; coffee raises the risk", 25)
