"""Whether a passage that speaks against a sentence is what the sentence tells of."""

from __future__ import annotations

import pytest

from claims.linking.doubting import doubted
from claims.sentence.differing import compares, stretches

SOURCE = (
    "Zelatone or brannick tea for people with gravel lung",
    " ".join(
        (
            "Background: Zelatone may act on quendrin. Methods: We randomly assigned 240 adults to zelatone",
            "inhibitors or brannick tea before two meals at three centres. Results: Stair climbing was",
            "slower with zelatone than with tea (p=0.003). Although sneezing was less frequent with tea, the",
            "difference was not significant (p=0.20). Hiccups rose in both groups. Full data were at hand",
            "for 199 adults.",
        )
    ),
)
SNEEZING = "Although sneezing was less frequent with tea, the difference was not significant (p=0.20)."
STAIRS = "Stair climbing was slower with zelatone than with tea (p=0.003)."


@pytest.mark.parametrize(
    ("text", "quote", "ways", "so"),
    [
        ("Sneezing was less frequent with tea.", SNEEZING, ("decreases", "no-difference"), False),
        ("Sneezing did not differ.", SNEEZING, ("no-difference", "decreases"), True),
        ("The 240 adults took inhibitors or tea at three centres.", STAIRS, ("decreases", "increases"), True),
        ("Full data were at hand for 199 on the inhibitor.", STAIRS, ("decreases", "increases"), True),
        ("Stair climbing rose with zelatone.", STAIRS, ("increases", "decreases"), False),
        ("Brannick tea may raise the risk of sneezing.", SNEEZING, ("increases", "decreases"), False),
        ("Stair climbing rose.", "We randomly assigned 240 adults", ("increases", "decreases"), True),
    ],
)
def test_what_was_done_or_says_the_same_is_doubted(
    text: str, quote: str, ways: tuple[str, str], so: bool
) -> None:
    assert doubted(text, SOURCE, quote, ways) is so


def test_what_agrees_in_another_part_of_the_passage_is_seen_by_its_part() -> None:
    quote = "Sneezing fell with tea; hiccups did not differ."
    source = (SOURCE[0], f"Results: {quote} Yawning was rarer with tea.")
    ways = ("no-difference", "decreases")
    assert doubted("Sneezing with tea did not differ.", source, quote, ways)
    assert not doubted("Sneezing with tea did not differ.", source, quote, ways, of_part=True)


@pytest.mark.parametrize(
    ("text", "so"),
    [
        ("They took a stimulator or an inhibitor.", False),
        ("An earlier group had tea and nothing more.", False),
        ("Older adults had tea.", False),
        ("The older the tea, the better.", True),
        ("Tea prevented falls.", True),
        ("Fewer of them fell.", True),
    ],
)
def test_what_says_in_so_many_words_that_something_differed(text: str, so: bool) -> None:
    assert compares(text) is so


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("An improvement, although not statistically significant, was noted in sleep (p=0.6).", ["none"]),
        ("Tea slightly, but insignificantly, reduced the wind.", ["none"]),
        ("Pain was lower, although not significantly, and sleep rose (p=0.01).", ["none", "some"]),
        ("The stones that could not be felt were fewer.", ["some"]),
    ],
)
def test_an_aside_denies_the_whole_of_its_part(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in stretches(text)] == kinds
