"""Sentences that have the parts of a contrast the other way round than their source."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.linking.crossing import crossed
from claims.linking.opposing import opposed
from claims.linking.ranking import outranked
from claims.reading import read_text

TITLE = "Quendrin and zelatone in gravel lung"


@pytest.mark.parametrize(
    ("text", "result", "so"),
    [
        (
            "Rust settled in the upper lobe in form 2 and in the lower lobe in form 3.",
            "Form 2 predominantly showed lower lobe rust, and form 3 predominantly upper lobe rust.",
            True,
        ),
        (
            "Rust settled in the lower lobe in form 2 and in the upper lobe in form 3.",
            "Form 2 predominantly showed lower lobe rust, and form 3 predominantly upper lobe rust.",
            False,
        ),
        (
            "Hoarseness was linked to stair climbing but not to sneezing.",
            "Hoarseness was significantly associated with sneezing but not with stair climbing.",
            True,
        ),
        (
            "Hoarseness was linked to sneezing but not to stair climbing.",
            "Hoarseness was significantly associated with sneezing but not with stair climbing.",
            False,
        ),
        (
            "Oxygen rose on quendrin, whereas it fell on zelatone.",
            "Oxygen fell on quendrin whereas it increased on zelatone.",
            True,
        ),
        (
            "Hoarseness and sneezing were rarer, and yawning and hiccups commoner.",
            "Hoarseness was rarer, yawning was commoner, sneezing was rarer and hiccups were commoner.",
            False,
        ),
        (
            "Quendrin went to the left lung and zelatone to the right one.",
            "Zelatone and quendrin went to the left and the right lung, respectively.",
            False,
        ),
    ],
)
def test_parts_that_are_crossed(text: str, result: str, so: bool) -> None:
    assert (crossed(text, TITLE, f"Results: {result}") is not None) is so


def test_they_are_said_with_the_sentence_of_the_source(tmp_path: Path) -> None:
    library = tmp_path / "library.bib"
    library.write_text(
        "@article{moss2018, author={Moss, A.}, year={2018}, title={Lobes in gravel lung}, abstract={Results: "
        "Type 2 predominantly showed temporal rust, and type 3 predominantly parietal rust.}}",
        encoding="utf-8",
    )
    told = "Rust was mainly parietal in type 2, whereas it was temporal in type 3 (Moss, 2018)."
    printed = "# References\n\nMoss A. (2018). Lobes in gravel lung."
    said = Checker.of(refs=[library]).check(read_text(f"# Lungs\n\n{told}\n\n{printed}\n")).diagnostics
    assert [one.code for one in said if "parietal rust" in one.message] == ["N103"]


def test_those_with_a_thing_and_those_without_it_are_two_groups() -> None:
    abstract = "Results: The lower dose was chosen more often by people without a gravel gene."
    told = "The lower dose was chosen more often by people"
    assert outranked(f"{told} who had a gravel gene.", TITLE, abstract)
    assert not outranked(f"{told} without a gravel gene.", TITLE, abstract)


def test_a_sentence_that_tells_of_no_difference_agrees_with_nothing() -> None:
    abstract = (
        "Results: The lobe of form 2 was studied. Rust of form 2 was significantly rarer than in others."
    )
    found = opposed("Rust of form 2 was as common as in others.", TITLE, abstract)
    assert found is not None
    assert (found.said, found.told) == ("no-difference", "decreases")
