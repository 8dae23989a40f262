"""Everyday wording of effects, and which way it says that they go."""

from __future__ import annotations

import pytest

from claims.sentence import everyday
from claims.sentence.change import change_cues
from claims.sentence.direction import direction


@pytest.mark.parametrize(
    ("text", "name", "valence", "way"),
    [
        ("Sage brings fever down.", "fever", "lower", "decreases"),
        ("Sage brought down fever.", "fever", "lower", "decreases"),
        ("Late meals send heartburn soaring.", "heartburn", "lower", "increases"),
        ("Cold rooms bring on coughing.", "coughing", "lower", "increases"),
        ("Mint takes the edge off pain.", "pain", "lower", "decreases"),
        ("Noise robs children of sleep.", "sleep", "higher", "decreases"),
        ("A brace spares the knee from pain.", "pain", "lower", "decreases"),
        ("Swimming is kind to your joints.", "your joints", "higher", "increases"),
        ("Vinegar eats away at tooth enamel.", "tooth enamel", "higher", "decreases"),
        ("Some pills give you nightmares.", "nightmares", "lower", "increases"),
        ("Green tea heightens alertness.", "alertness", "higher", "increases"),
        ("Tea won't stop a cold.", "cold", "lower", "no-difference"),
        ("Tai chi is as effective as yoga for pain.", "pain", "lower", "no-difference"),
        ("Tai chi left no mark on pain.", "pain", "lower", "no-difference"),
        ("Tai chi left pain no different from yoga.", "pain", "lower", "no-difference"),
        ("Tai chi did not leave them in any less pain.", "pain", "lower", "no-difference"),
        ("Pain bothered them just as much whether they danced or not.", "Pain", "lower", "no-difference"),
        ("Neither tai chi nor yoga eased pain.", "pain", "lower", "no-difference"),
        ("Pain had no bearing on it.", "Pain", "lower", "no-difference"),
        ("Dancers went twice as long before the pain came back.", "pain", "lower", "decreases"),
        ("Tai chi was twice as effective as yoga for pain.", "pain", "lower", "decreases"),
    ],
)
def test_which_way(text: str, name: str, valence: str, way: str) -> None:
    start = text.index(name)
    assert direction(text, (start, start + len(name)), valence) == way


@pytest.mark.parametrize(
    "text",
    [
        "It is hard to tell.",
        "The choice comes down to taste.",
        "The ward is easy to find.",
        "She put the baby on the scales.",
        "The left ear was examined.",
        "He stopped at the pharmacy.",
        "Spare beds are upstairs.",
        "There were 40 hearing aids in the box.",
        "Use as much water as you like.",
        "The cord was cut off from the brain.",
        "It was measured in 30 of the controls.",
        "They sat for three hours or more a day.",
        "More than eleven thousand adults were asked.",
        "Gout falls within the scope of the guideline.",
        "Their cough was without a known cause.",
        "It had gone on for more than twelve weeks.",
    ],
)
def test_words_that_only_look_like_an_effect(text: str) -> None:
    assert change_cues(text) == ()


def test_the_meanings_are_those_of_the_direction_reader() -> None:
    assert {meaning for meaning, _ in everyday.patterns()} == {
        "no-difference", "decreases", "increases", "better", "worse", everyday.SOME_CHANGE,
    }  # fmt: skip
