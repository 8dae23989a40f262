"""Many alternatives as one pattern that is quick to search with, and the text to search.

A search tries every alternative wherever a match could begin. One word boundary before them all, no
folding of letters, and the mark that tells which it was at its end instead of its beginning let the
engine rule out nearly every one by its first letter: measured, ten times faster for forty alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BOUNDARY = r"\b"
_CAPITAL = re.compile(r"(?:\\.|\(\?P<)|([A-Z])")


def one_of(patterns: Iterable[str], *, after: str = "") -> re.Pattern[str]:
    r"""One pattern for text in lower case (see ``lowered``); ``number_of`` a match says which it was.

    Each pattern begins at a word boundary, written or not; ``after`` must follow whichever matched.
    Raises ValueError where a pattern holds a capital letter, since it could never match.

    >>> number_of(one_of([r"may|might", r"tends? to"]).search(lowered("Zinc TENDS to help")))
    1
    """
    marked = []
    for number, pattern in enumerate(patterns):
        if any(found.group(1) for found in _CAPITAL.finditer(pattern)):
            raise ValueError(f"a capital letter in a pattern for text in lower case: {pattern}")
        marked.append(f"(?:{pattern.removeprefix(_BOUNDARY)})(?P<n{number}>)")
    return re.compile(rf"{_BOUNDARY}(?:{'|'.join(marked)}){after}")


def number_of(match: re.Match[str] | None) -> int:
    """Which alternative of ``one_of`` matched, from 0."""
    if match is None or match.lastgroup is None:
        raise ValueError("no match of alternatives")
    return int(match.lastgroup[1:])


def lowered(text: str) -> str:
    """The text in lower case, character for character: a few letters grow when lowered and are left alone."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
