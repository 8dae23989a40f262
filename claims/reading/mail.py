"""Letters in plain text: the marks of what is quoted, and the signature below the last line."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTED = re.compile(r"(?:>[ \t]?)+")
_LEAST = 0.3  # the share of a letter's lines that are quoted, from which the quote is what is read
_LONGEST_SIGNATURE = 12  # lines


def quoted(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where what is read of each line begins and ends: behind the marks of a quote, nothing of a signature.

    >>> quoted(["> Tea helps.", ">", "> A cup will do."])
    [(2, 12), (1, 1), (2, 16)]
    """
    found = [(0, len(line)) for line in lines]
    written = sum(line != "" for line in lines)
    marked = [match.end() if (match := _QUOTED.match(line)) else 0 for line in lines]
    if sum(end > 0 for end in marked) >= max(3, _LEAST * written):
        found = [(min(begin, end), end) for begin, (_, end) in zip(marked, found, strict=True)]
        for place, line in enumerate(lines[:-1]):
            if marked[place + 1] and not marked[place] and line.rstrip().endswith(":"):
                found[place] = (len(line), len(line))  # "Jo wrote:"
    last = max((place for place, line in enumerate(lines) if line.rstrip() == "--"), default=-1)
    if last >= 0 and len(lines) - last <= _LONGEST_SIGNATURE:
        found[last:] = [(end, end) for _, end in found[last:]]
    return found
