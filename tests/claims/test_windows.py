"""Windows of three words in the grading of causal strength."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import wording
from claims.wording.signs import tokens
from claims.wording.windows import LONGEST, pieces, window_scores, windows_from

WORDS = {"^": 0, "$": 0, "may": 1, "help": 2, "tea": 0, "CHANGES": 3, "_": 0, "_s": 4}


def small() -> dict[str, object]:
    """Two filters: the first finds "may" as a left word and "help" as a middle one, the second any kind."""
    parts: list[int] = []
    for number in WORDS.values():
        left = [10 if number == 1 else 0, 0]
        middle = [20 if number == 2 else -5, number]
        parts += [*left, *middle, 0, 0]
    return {
        "filters": 2,
        "words": " ".join(WORDS),
        "parts": base64.b64encode(bytes(part % 256 for part in parts)).decode(),
        "weights": [[0.0, 0.0, 0.5, 0.0], [0.0, 0.0, 0.0, 0.25]],
        "bias": [1.0, 0.0, 0.0, 0.0],
    }


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("tea may help", [1.0, 0.0, 15.0, 0.5]),  # 10 and 20 in one window
        ("help may tea", [1.0, 0.0, 10.0, 0.5]),  # 20 alone: the order counts
        ("tea shortens tea", [1.0, 0.0, 0.0, 0.75]),  # of a word not known, its kind
        ("colds", [1.0, 0.0, 0.0, 1.0]),  # and of one without a class, its ending
        ("", [1.0, 0.0, 0.0, 0.0]),
    ],
)
def test_a_filter_answers_with_its_best_window(text: str, scores: list[float]) -> None:
    assert window_scores(tokens(text), windows_from(small())) == scores


def test_a_long_sentence_is_cut() -> None:
    assert len(pieces(tokens("zinc helps " * 500))) == LONGEST


def test_the_table_holds_single_words_and_fits() -> None:
    path = Path(wording.__file__).parents[1] / "data" / "windows.json"
    assert path.stat().st_size < 5_000_000
    stored = json.loads(path.read_text("utf-8"))
    words = stored["words"].split(" ")
    assert len(words) == len(set(words)) >= 15_000
    assert {"^", "$", "_", "0", "may", "_ing"} <= set(words)
    assert len(base64.b64decode(stored["parts"])) == 3 * stored["filters"] * len(words)
    assert len(stored["weights"]) == stored["filters"]
    assert all(len(row) == 4 for row in stored["weights"])


def test_every_sentence_has_a_score_for_each_level() -> None:
    table = windows_from(
        json.loads((Path(wording.__file__).parents[1] / "data" / "windows.json").read_text("utf-8"))
    )
    for text in ("", "zzzz", "tea may help", "12 % (95 % ci, 3 to 4)", "qqqing zzzed xxxs"):
        scores = window_scores(tokens(text), table)
        assert len(scores) == 4
        assert abs(sum(scores)) < 1e-2 * (1 + max(abs(one) for one in scores))


PART = st.integers(-128, 127)


@given(st.lists(st.tuples(st.tuples(PART, PART, PART), st.tuples(PART, PART, PART)), min_size=7, max_size=7))
def test_lanes_say_what_plain_sums_say(
    parts: list[tuple[tuple[int, int, int], tuple[int, int, int]]],
) -> None:
    """Two filters, seven words of any parts: the best window of each, summed one by one."""
    names = "^ $ may help tea _ _s".split()  # noqa: SIM905
    flat = [filters[place] for left, right in parts for place in range(3) for filters in (left, right)]
    table = windows_from(
        {
            "filters": 2,
            "words": " ".join(names),
            "parts": base64.b64encode(bytes(part % 256 for part in flat)).decode(),
            "weights": [[1.0, 0.0], [0.0, 1.0]],
            "bias": [0.0, 0.0],
        }
    )
    row = dict(zip(names, parts, strict=True))
    said = ["^", "tea", "may", "help", "$"]
    none = ((0, 0, 0), (0, 0, 0))
    rows = [none, *(row[name] for name in said), none]
    best = [
        max(rows[n - 1][f][0] + rows[n][f][1] + rows[n + 1][f][2] for n in range(1, len(rows) - 1))
        for f in range(2)
    ]
    assert window_scores(tokens("tea may help"), table) == [float(max(most, 0)) for most in best]
