# ruff: noqa: E501 - sentences read better unwrapped
"""Words of more or less, better or worse, held against all that an abstract says. Works are invented."""

import pytest

from claims.linking.opposing import opposed
from claims.linking.outweighing import WEIGHTS, outweighed, pulls
from claims.sentence.leanings import leanings

TITLE = "Brannick tea for gravel lung: a randomised trial"
ABSTRACT = (
    "Methods: We randomised 90 miners to brannick tea or water. Results: Stair climbing was faster and coughing at night "
    "less frequent with brannick tea. Sleep quality improved with the tea (p=0.01). Conclusions: Brannick tea improved "
    "sleep quality and reduced night coughing."
)


@pytest.mark.parametrize(
    "text",
    ["Their sleep quality got worse on the tea.", "The quality of their sleep was poorer with the tea."],
)
def test_what_is_said_against_a_word_outweighs(text: str) -> None:
    assert outweighed(text, TITLE, ABSTRACT) is not None
    found = opposed(text, TITLE, ABSTRACT)
    assert found is not None
    assert found.result.sentence.startswith("Sleep quality improved")


@pytest.mark.parametrize(
    "text",
    [
        "Their sleep quality got better on the tea.",
        "The better their sleep quality, the more tea they asked for.",
        "Their sleep quality may have got no better on the tea.",
        "Nights were quieter: miners coughed less often at night on the tea.",
        "Appetite was worse on brannick tea.",
    ],
)
def test_what_agrees_or_is_of_something_else_is_silent(text: str) -> None:
    assert outweighed(text, TITLE, ABSTRACT) is None


def test_the_other_side_of_a_comparison_turns_a_word_around() -> None:
    study = "Results: Coughing was more frequent with water than with brannick tea."
    ((_, found),) = pulls("Coughing was less frequent with brannick tea than with water.", TITLE, study)
    assert [(one.agrees, one.signs["other side"]) for one in found] == [(True, 1.0)]


def test_a_word_that_may_speak_of_something_else_is_told_apart() -> None:
    found = leanings("Relapses were fewer with larger tumours.")
    assert [(one.up, one.loosely) for one in found] == [(False, False), (True, True)]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Coughs were fewer and sleep better.", [False, True]),
        ("A greater reduction in pain was seen.", [False]),
        ("It lowered the rise in pressure.", []),
        ("Scores fell more with tea.", [False]),
        ("More than 20 of them took the steepest path.", []),
        ("Pain was no lower.", []),
        ("A third of those on the tea fell within a year.", []),
        ("Attacks were less often severe.", [False]),
    ],
)
def test_words_that_lean(text: str, ways: list[bool]) -> None:
    assert [one.up for one in leanings(text) if not one.loosely] == ways


def test_every_sign_has_a_weight() -> None:
    every = [one for _, found in pulls("Sleep quality was worse.", TITLE, ABSTRACT) for one in found]
    assert every
    assert set(every[0].signs) == set(WEIGHTS)
