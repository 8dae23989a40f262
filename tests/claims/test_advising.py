"""Which way a sentence advises."""

from __future__ import annotations

import pytest

from claims.sentence.advising import AGAINST, FOR, stance


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("The society recommends yoga.", FOR),
        ("Yoga is worth trying.", FOR),
        ("Yoga should be offered first.", FOR),
        ("The society is against yoga.", AGAINST),
        ("Doctors are told to leave yoga until all else has failed.", AGAINST),
        ("Yoga should not be offered.", AGAINST),
        ("They steer people well clear of yoga.", AGAINST),
        ("They have no place for yoga.", AGAINST),
        ("Yoga is recommended, and massage is not recommended.", None),
        ("People did yoga twice a week.", None),
    ],
)
def test_which_way(text: str, way: str | None) -> None:
    assert stance(text) == way
