"""Counts with their shares: "45 of 300 (15 %)", "205/3,420, 6.0%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from claims.statistics.fault import Fault, half, read

__all__ = ["shares"]

_COUNT = r"\d{1,3}(?:[,  ]\d{3})+|\d{1,6}"
_SHARE = r"\d{1,3}(?:[.·]\d{1,2})?"
_COUNTED = re.compile(
    rf"(?<![\d.,·/])(?P<part>{_COUNT})\s?(?:/|of|out of)\s?(?:the\s)?(?P<whole>{_COUNT})"
    rf"(?:(?:\s[A-Za-z-]{{2,20}}){{0,3}}\s?[\[(]|[,;=]\s?|\s=\s)(?P<percent>{_SHARE})\s?%"
    rf"|(?<![\d.,·])(?P<percent2>{_SHARE})\s?%(?:\s?[\[(]|[;,]\s)(?:n\s?=\s?)?"
    rf"(?P<part2>{_COUNT})\s?(?:/|of|out of)\s?(?P<whole2>{_COUNT})(?=[\s\])]|[,;.]\s)"
)


def shares(text: str) -> Iterator[Fault]:
    """The shares that are not those of their counts.

    >>> [one.says for one in shares("Colds struck 45 of 300 people (25 %).")]
    ['“45 of 300 people (25 %”: 45 of 300 is 15.0 %, not 25 %']
    """
    for match in _COUNTED.finditer(text):
        said = _of(match)
        if said:
            yield Fault(said, match.start(), match.end())


def _of(match: re.Match[str]) -> str | None:
    part, whole = read(match["part"] or match["part2"]), read(match["whole"] or match["whole2"])
    printed = match["percent"] or match["percent2"]
    if whole == 0 or part > whole:
        return None
    percent = 100 * part / whole
    if abs(percent - read(printed)) <= half(printed) + Decimal("0.051"):
        return None
    return f"“{match[0]}”: {part} of {whole} is {percent:.1f} %, not {printed} %"
