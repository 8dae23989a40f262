"""Magnitude words and what they may stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.magnitude import compare, ratio_of, words
from graph.evidence import EffectEstimate


def estimate(
    value: str, low: str | None = None, high: str | None = None, measure: str = "risk-ratio"
) -> EffectEstimate:
    return EffectEstimate(
        measure,
        Decimal(value),
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
    )


@pytest.mark.parametrize(
    ("text", "cue", "agrees", "differs"),
    [
        ("Fish oil nearly halved the risk of stroke", "nearly halved", ("0.5", "0.58"), ("0.72", "0.3")),
        ("it cut their risk of flu in half", "in half", ("0.5", "0.55"), ("0.65", "0.2")),
        ("short sleep more than doubles the risk", "more than doubles", ("2.0", "5"), ("1.8",)),
        ("smokers are twice as likely to relapse", "twice as", ("2.0", "1.9"), ("1.4", "3")),
        ("a diet that reduced deaths by a third", "by a third", ("0.67",), ("0.8",)),
        ("raised the odds by a quarter", "by a quarter", ("1.25",), ("1.5",)),
        ("stress was cut by almost half", "by almost half", ("0.55",), ("0.7",)),
        ("a threefold increase in falls", "threefold", ("3",), ("2",)),
        ("tea slashes the risk", "slashes", ("0.6", "0.4"), ("0.85",)),
        ("it dramatically reduces falls", "dramatically", ("0.6", "0.5"), ("0.9",)),
        ("it slightly lowers mortality", "slightly", ("0.95",), ("0.5",)),
        ("tea took a third off the risk", "a third off", ("0.67",), ("0.85",)),
        ("the pills raised falls twofold", "twofold", ("2",), ("1.4",)),
        ("tea cut falls by a wide margin", "by a wide margin", ("0.6",), ("0.95",)),
        ("tea lowered the risk by a whisker", "by a whisker", ("0.95",), ("0.5",)),
        ("a big drop in falls", "big", ("0.6",), ("0.95",)),
        ("a small drop in falls", "small", ("0.9",), ("0.4",)),
        ("tea all but wiped out falls", "all but wiped out", ("0.05",), ("0.6",)),
        ("falls plunged with tea", "plunged", ("0.4",), ("0.9",)),
        ("about half the risk of a fall", "about half the", ("0.45", "0.55"), ("0.7",)),
        ("had less than half the risk", "less than half the", ("0.5", "0.2"), ("0.6",)),
        ("fewer than half as many attacks", "fewer than half as", ("0.4",), ("0.57",)),
        ("a third as many falls", "a third as", ("0.33", "0.4"), ("0.6", "0.1")),
        ("a tenth of the risk", "a tenth of the", ("0.1",), ("0.3",)),
        ("more than half the risk", "more than half the", ("0.7",), ("0.3",)),
        ("less than twice the rate", "less than twice the", ("1.6",), ("2.4",)),
        ("one and a half times the risk", "one and a half times the", ("1.5",), ("2",)),
        ("a good third fewer", "a good third", ("0.66",), ("0.8",)),
        ("had a 23 % lower risk", "23 %", ("0.77",), ("0.72", "0.8")),
        ("reduced falls by 30%", "30%", ("0.70", "0.704"), ("0.72",)),
    ],
)
def test_words_and_the_ratios_they_allow(
    text: str, cue: str, agrees: tuple[str, ...], differs: tuple[str, ...]
) -> None:
    (found,) = words(text)
    assert found.text == cue
    assert text[found.start : found.end] == cue
    for value in agrees:
        assert compare(found, estimate(value)).relation == "agrees", value  # type: ignore[union-attr]
    for value in differs:
        assert compare(found, estimate(value)).relation in ("overstates", "understates"), value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "a double-blind trial",
        "in half of the participants",
        "half an hour later",
        "significantly lower",
        "5 % of people",
        "the two halves of the brain",
    ],
)
def test_words_that_are_no_magnitude(text: str) -> None:
    assert words(text) == ()


def test_the_same_contrast_from_the_other_side_is_reciprocal() -> None:
    (cue,) = words("People who never exercise have twice the risk of diabetes")
    comparison = compare(cue, estimate("0.5", "0.4", "0.62"))
    assert comparison is not None
    assert comparison.relation == "reciprocal"


def test_the_other_side_of_one_is_opposite() -> None:
    (cue,) = words("it halves the risk")
    assert compare(cue, estimate("1.3")).relation == "opposite"  # type: ignore[union-attr]


def test_interval_outside_or_touching() -> None:
    (cue,) = words("nearly halved the risk")
    assert compare(cue, estimate("0.72", "0.60", "0.85")).interval == "touches"  # type: ignore[union-attr]
    assert compare(cue, estimate("0.80", "0.70", "0.90")).interval == "outside"  # type: ignore[union-attr]
    assert compare(cue, estimate("0.80")).interval is None  # type: ignore[union-attr]


def test_a_difference_is_no_ratio() -> None:
    assert ratio_of(estimate("-2.3", measure="mean-difference")) is None
    assert compare(words("halved the score")[0], estimate("-2.3", measure="mean-difference")) is None
    assert ratio_of(EffectEstimate("risk-ratio")) is None


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_hostile_text_ends() -> None:
    words("cut the " * 20_000 + "by half " * 5_000 + "50% lower " * 2_000)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Falls were five times less likely with tai chi.", "five times"),
        ("Exercise reduces falls fivefold.", "fivefold"),
        ("a 5-fold lower risk of falls", "5-fold"),
        ("Exercise makes falls nine tenths less likely.", "nine tenths"),
    ],
)
def test_a_fraction_of_what_it_was(text: str, found: str) -> None:
    (cue,) = words(text)
    assert (cue.text, cue.direction) == (found, "down")
    assert compare(cue, EffectEstimate("risk-ratio", Decimal("0.79"))).relation == "overstates"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["Walk 5 times a week to lower your risk.", "The risk rose and fell, fivefold."]
)
def test_times_that_are_no_fraction(text: str) -> None:
    assert all(cue.direction != "down" for cue in words(text))
