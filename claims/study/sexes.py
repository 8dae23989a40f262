# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Which of the sexes most of those were who took part, and how many in a hundred, as a sentence and a source say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.model.kinds import Mostly, Share

__all__ = ["other_sexes", "sexes_told"]

# which of the sexes most of them were
_SEXES = {"women": r"women|females?|girls", "men": r"men|males?|boys"}
_MOSTLY = re.compile(
    rf"\b(?:overwhelmingly|mostly|mainly|predominantly|chiefly|largely|(?:nearly|almost) all(?: of them)?(?: were)?|(?:most|the majority)(?: of them| of the \w+)? were)"
    rf"\s(?:(?P<women>{_SEXES['women']})|(?P<men>{_SEXES['men']}))\b",
    re.IGNORECASE,
)
_SHARED = {
    sex: re.compile(
        rf"\b(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<percent>%)?\s?(?:\(\d[^()]*\)\s?)?(?:were\s|of them\s)?(?:{names})\b"
        rf"|\b(?:{names})\s?[:,(]?\s?(?:n\s?=\s?)?(?P<behind>\d[\d,]*(?:\.\d+)?)\s?(?P<behind_percent>%)?",
        re.IGNORECASE,
    )
    for sex, names in _SEXES.items()
}
# how many in a hundred of them were of one sex
_PARTS = {"half": 50, "a third": 33, "one third": 33, "two thirds": 67, "two-thirds": 67, "a quarter": 25, "one in four": 25,
          "three quarters": 75, "three-quarters": 75, "a fifth": 20, "one in five": 20, "four in five": 80, "one in ten": 10}  # fmt: skip
_PART = rf"(?P<part>{'|'.join(_PARTS)})|(?P<number>\d\d?(?:\.\d+)?)\s?(?:%|per ?cent)"
_SEX = rf"(?:(?P<women>{_SEXES['women']})|(?P<men>{_SEXES['men']}))"
_OF_A_SEX = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_SEX}\s(?:made up|accounted for|formed|were)\s(?:about\s|around\s|some\s|nearly\s|just\s|over\s|roughly\s)*(?:{_PART})",
        rf"\b(?:{_PART})\s(?:of (?:them|the \w+|those \w+)\s)?were\s{_SEX}\b",
    )
)
_OTHERWISE = 15  # points from the share of the source: no rounding makes them


def sexes_told(text: str) -> Iterator[tuple[Mostly | Share, int, int]]:
    """What a sentence says of it, each with where.

    >>> list(sexes_told("Women made up about half of them."))
    [(Share(women=50), 0, 24)]
    """
    most = _MOSTLY.search(text)
    if most is not None:
        yield Mostly(women=most["women"] is not None), most.start(), most.end()
    part = next((match for one in _OF_A_SEX if (match := one.search(text))), None)
    if part is not None:
        share = round(float(part["number"] or _PARTS[part["part"].lower()]))
        yield Share(share if part["women"] else 100 - share), part.start(), part.end()


def other_sexes(told: Mostly | Share, lines: Sequence[str]) -> tuple[bool, str, str] | None:
    """Whether a source has so many of them, or others, with its words and line; None where it does not count them."""
    counted = _share_of_women(lines)
    if counted is None:
        return None
    share, quote, line = counted
    if isinstance(told, Share):
        return abs(share - told.women) < _OTHERWISE, quote, line
    if 40 < share < 60:  # half of them, and few more, is neither
        return None
    return (share >= 50) == told.women, quote, line


def _share_of_women(lines: Sequence[str]) -> tuple[float, str, str] | None:
    """How many in a hundred were women, by the first line that counts the sexes, with its words."""
    for line in lines:
        counted: dict[str, float] = {}
        quotes: dict[str, str] = {}
        for one, pattern in _SHARED.items():
            match = pattern.search(line)
            if match is None:
                continue
            value = float((match["number"] or match["behind"]).replace(",", ""))
            quotes[one] = match[0]
            if match["percent"] or match["behind_percent"]:
                counted = {one: value, ("men" if one == "women" else "women"): 100 - value}
                break
            counted[one] = value
        if len(counted) == 2 and sum(counted.values()) > 0:
            quote = quotes.get(max(counted, key=lambda one: counted[one])) or next(iter(quotes.values()))
            return 100 * counted["women"] / sum(counted.values()), quote, line
    return None
