"""Lines of plain text that belong to a printed page and not to the text: running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_NUMBER_ALONE = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—])?\s*", re.I
)
_PAGE = r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
_NUMBERED = re.compile(rf"\s*(?:{_PAGE}\s{{2,}}(?P<after>\S.*\S)|(?P<before>\S.*\S)\s{{2,}}{_PAGE})\s*", re.I)
_WIDE = re.compile(rf"\s*{_PAGE}\s{{4,}}\S|.*\S\s{{4,}}{_PAGE}\s*\Z", re.I)
# What stands beside a page's number: "J Tea 2021; 14: 33–39", "www.jtea.example Vol 14 May 2021", "© 2021".
_IMPRINT = re.compile(
    r"\s*(?:[^\W\d_][^;.]{2,60}\s(?:(?:19|20)\d\d\s?;\s?\d{1,4}(?:\s?\([^()]{1,12}\))?\s?:\s?\w{1,9}\s?[-–]\s?\w{1,9}"
    r"|[Vv]ol(?:ume|\.)?\s?\d{1,4}\b.{0,50})|(?:https?://|www\.|©|[Cc]opyright\b"
    r"|[Dd]ownloaded from\b).{3,100})\s*"
)
_LONGEST = 120  # characters


def furniture(lines: Sequence[str], alone: Sequence[bool]) -> set[int]:
    """Which lines are a page's own; ``alone`` says which stand between blank lines or at a page's edge.

    A line with a page number at its end, whose other words come again at the edge of another page, and
    such a line set wide ("102          Holm and Berg"); a number with nothing beside it, and the imprint
    above or below such a number.
    """
    heads = {
        number: _words(line)
        for number, line in enumerate(lines)
        if alone[number] and 0 < len(line.strip()) <= _LONGEST
    }
    counted = Counter(heads.values())
    printed = {words for number, words in heads.items() if words and _NUMBERED.fullmatch(lines[number])}
    found = set()
    for number, words in heads.items():
        line = lines[number]
        again = counted[words] > 1 and words in printed
        wide = _WIDE.match(line) is not None and line.rstrip()[-1] not in ".!?"
        if again or wide or (_NUMBER_ALONE.fullmatch(line) and counted[words] > 1):
            found.add(number)
    for number, (line, below) in enumerate(pairwise(lines)):
        pair = (line, below) if _NUMBER_ALONE.fullmatch(below) else (below, line)
        if _NUMBER_ALONE.fullmatch(pair[1]) and len(pair[0]) <= _LONGEST and _IMPRINT.fullmatch(pair[0]):
            found |= {number, number + 1}
    return found


def _words(line: str) -> str:
    """What of a line comes again from page to page: all but the number of the page and the spaces."""
    if _NUMBER_ALONE.fullmatch(line):
        return "#"
    match = _NUMBERED.fullmatch(line)
    return " ".join(((match["after"] or match["before"]) if match else line).split())
