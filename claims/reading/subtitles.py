"""Subtitles (SubRip, WebVTT): what is said, without the numbers and the times of its pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}\b.*")
_NUMBER = re.compile(r"\s*\d{1,5}\s*")
_FEWEST = 3  # times; a text with fewer is no file of subtitles
_LONG_ENOUGH = 400  # characters after which a paragraph ends with its sentence


def spoken(lines: Sequence[str]) -> list[list[int]]:
    """The lines of what is said, as paragraphs, by their places; none where the text is no subtitles.

    >>> times = ("00:01,000 --> 00:02,000", "00:02,000 --> 00:03,000", "00:03,000 --> 00:04,000")
    >>> spoken([times[0], "Tea", "", times[1], "helps.", "", times[2]])
    [[1, 4]]
    """
    times = {place for place, line in enumerate(lines) if _TIMES.fullmatch(line)}
    if len(times) < _FEWEST:
        return []
    paragraphs: list[list[int]] = [[]]
    length = 0
    for place in range(min(times), len(lines)):
        line = lines[place]
        if place in times or not line.strip() or (place + 1 in times and _NUMBER.fullmatch(line)):
            continue
        paragraphs[-1].append(place)
        length += len(line)
        if length > _LONG_ENOUGH and line.rstrip().endswith((".", "!", "?")):
            paragraphs.append([])
            length = 0
    return [paragraph for paragraph in paragraphs if paragraph]
