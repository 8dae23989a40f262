"""Markup of AsciiDoc in plain text: which part of each line a reader sees."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SECTION = re.compile(r"={1,6}[ \t]+(?=\S)")
# Comments, attributes, macros that stand alone, the edges of blocks, what is said of a block above it.
_UNSEEN = re.compile(
    r"//(?!/).*|:!?[\w-]+!?:(?:\s.*)?|(?:image|video|audio|include|toc|ifdef|ifndef|endif|anchor)::\S*\[[^\]\n]*\]"
    r"|\|={3,}|={4,}|-{4,}|\*{4,}|_{4,}|\.{4,}|<<<|\[(?:\[?[\w.#%-]+[\w.#%=\"', -]*\]?)\]"
)
_BEGINS = re.compile(
    r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+|\.(?=[^\W\d_])|\|(?=[^|=\s])|={1,6}[ \t]+"
)


def seen(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Where what is seen of each line begins and ends; the whole line where the text is no AsciiDoc.

    >>> seen(["= Tea", "", "// to do", "== Sleep", "", "Tea helps."])[2:4]
    [(8, 8), (3, 8)]
    """
    whole = [(0, len(line)) for line in lines]
    if sum(_SECTION.match(line) is not None for line in lines) < 2:
        return whole
    found = []
    for line, (_, end) in zip(lines, whole, strict=True):
        if _UNSEEN.fullmatch(line):
            found.append((end, end))
        else:
            begins = _BEGINS.match(line)
            found.append((begins.end() if begins else 0, end))
    return found
