"""Nearness in meaning: of words that belong together, and of words that do not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from claims.linking.nearness import nearness, table, words_of

NEAR = 0.5


def test_the_table_is_whole() -> None:
    stored = table()
    assert len(stored.rows) > 15_000
    assert len(stored.scales) == len(stored.rows)
    assert len(stored.halves) * 2 == len(stored.rows) * stored.size
    assert all(-7 <= number / stored.scales[0] <= 7 for number in stored.vector(0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("belly fat", "visceral adipose tissue"),
        ("kids", "school-aged children"),
        ("itchy eyes", "ocular pruritus"),
        ("stained teeth", "tooth discolouration"),
        ("tummy aches", "abdominal discomfort"),
        ("resting pulse", "resting heart rate"),
        ("heartburn", "gastro-oesophageal reflux"),
        ("felt tired", "fatigue"),
    ],
)
def test_everyday_words_are_near_to_those_of_research(one: str, other: str) -> None:
    assert nearness(one, other) >= NEAR
    assert nearness(one, other) == nearness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("belly fat", "bone density"),
        ("sick days", "blood pressure"),
        ("kids", "older adults"),
        ("itchy eyes", "body weight"),
        ("stroke", "tooth decay"),
    ],
)
def test_words_of_other_things_are_not(one: str, other: str) -> None:
    assert nearness(one, other) < NEAR


def test_a_phrase_is_itself_and_words_nobody_knows_are_near_to_nothing() -> None:
    assert nearness("visceral fat", "Visceral FAT") == 1.0
    assert nearness("qqxyz", "qqxyz") == 0.0
    assert nearness("", "fat") == nearness("of the", "fat") == 0.0


def test_silent_words_say_nothing() -> None:
    assert words_of("the risk of the kids") == ("risk", "kid")


def test_the_table_is_read_only_when_asked_for() -> None:
    code = "import claims.audit, claims.linking.nearness as n; print(n.table.cache_info().currsize)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "0"
