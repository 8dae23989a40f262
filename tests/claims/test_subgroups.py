# ruff: noqa: E501 - abstracts read better unwrapped
"""In which of two opposed groups an abstract found what a sentence tells."""

from __future__ import annotations

import pytest

from claims.abstracts.subgroups import found_elsewhere

SAP = (
    "Birch sap was given to 210 adults for a month. Welts after the sap were reported more often in males. "
    "The wish to scratch was lower with sap in those <50 years (OR 0.5), but not in those ≥50 years. "
    "Although no change in sleep was seen for the participating nurses, sleep on the ward improved for non-participating ones."
)


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("Welts after the sap were a worry in women.", "women", "males"),
        ("Past the age of 50, the wish to scratch was lower with sap.", "Past the age of 50", "<50"),
        ("Sleep on the ward improved for the nurses enrolled in the study.", "enrolled", "non-participating"),
    ],
)
def test_found_in_the_other_group(text: str, said: str, found: str) -> None:
    where = found_elsewhere(text, SAP)
    assert where is not None
    assert (where.said, where.found) == (said, found)
    assert where.passage in SAP


@pytest.mark.parametrize(
    "text",
    [
        "Welts after the sap were a worry in men.",
        "Welts after the sap were reported more often in men than in women.",
        "Welts after the sap were less frequent in women.",  # the same, told from the other side
        "Below the age of 50, the wish to scratch was lower with sap.",
        "Past the age of 50, the wish to scratch did not change with sap.",
        "Women ate more bread.",
        "Birch sap was given to adults.",
    ],
)
def test_found_where_it_is_told(text: str) -> None:
    assert found_elsewhere(text, SAP) is None


def test_above_all_in_one_group_leaves_out_nobody() -> None:
    told = "Shift work was tied to a low mood, particularly in women."
    assert found_elsewhere("Shift work was tied to a low mood in men.", told) is None


def test_a_group_that_is_told_of_both_times_is_let_be() -> None:
    told = "Welts after the sap were frequent in males. Welts after the sap were frequent in females over the year."
    assert found_elsewhere("Welts after the sap were frequent in women.", told) is None


def test_patients_are_not_opposed_to_controls() -> None:
    told = "Nurses taught the method. The method was safe in patients on the ward, and costs fell."
    assert found_elsewhere("In the control group the method was safe on the ward.", told) is None
