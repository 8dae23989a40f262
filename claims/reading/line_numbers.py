"""Numbers of lines, as manuscripts and guidelines print them in the margin: where each line's text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBERED = re.compile(r"[ \t]{0,6}(?P<number>\d{1,4})(?:[ \t]+|\Z)")
_FEWEST = {1: 8, 5: 4}  # how far apart the numbers stand → how many of them must
_BROKEN = 0.15  # the share of numbered lines that end within a sentence: a numbered list has none


def text_begins(lines: Sequence[str]) -> list[int]:
    """Where the text of each line begins, behind the number of the line where it has one.

    Every line has its number, one more than the line above, or every fifth; what is numbered so and whose
    lines are sentences or entries of their own is a list, and its numbers are its own.
    """
    matches = [_NUMBERED.match(line) for line in lines]
    found = [0] * len(lines)
    if sum(match is not None for match in matches) < min(_FEWEST.values()):
        return found
    numbers = {place: int(match["number"]) for place, match in enumerate(matches) if match}
    for apart, fewest in _FEWEST.items():
        for run in _runs(numbers, apart):
            if len(run) >= fewest and _within_sentences(lines, matches, run[0], run[-1] + 1):
                for place in run:
                    match = matches[place]
                    found[place] = match.end() if match else 0
    return found


def _runs(numbers: dict[int, int], apart: int) -> list[list[int]]:
    """The runs of lines so far apart whose numbers count on by as much; of a whole page, or of several."""
    runs: list[list[int]] = []
    ends: dict[int, list[int]] = {}
    for place, number in numbers.items():
        run = ends.pop(place - apart, None)
        if run is None or numbers[run[-1]] + apart != number:
            if apart > 1 and number % apart:
                continue
            run = []
            runs.append(run)
        run.append(place)
        ends[place] = run
    return runs


def _within_sentences(
    lines: Sequence[str], matches: Sequence[re.Match[str] | None], first: int, last: int
) -> bool:
    """Whether enough of these lines end within a sentence that the next takes up."""
    texts = [
        line[match.end() if match else 0 :].strip()
        for line, match in zip(lines[first:last], matches[first:last], strict=True)
    ]
    texts = [text for text in texts if text]
    broken = sum(below[0].islower() and above[-1] not in ".!?:;" for above, below in pairwise(texts))
    return broken >= 2 and broken >= _BROKEN * len(texts)
