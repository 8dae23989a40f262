# ruff: noqa: E501 - tables of patterns read better unwrapped
"""A sentence without what is printed beside its results: spreads, intervals, p values, counts, brackets."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["without_spreads"]

_NUM = r"\d+(?:[.,·]\d+)*"
_DROPPED = re.compile(
    rf"\s?(?:±|\+/[-−–])\s?{_NUM}"
    rf"|[,;]?\s?[\[(]?(?:\d\d\s?%\s?)(?:posterior\s)?(?:CIs?|CrI|(?:confidence|credible|credibility) intervals?)(?:\s?[\[(]CI[\])])?"
    rf"[\s:,=]{{0,3}}(?:from\s)?[-−–]?{_NUM}\s?%?\s?(?:[-−–]|to|,|;)\s?[-−–]?{_NUM}\s?%?(?:\s?[\])])?"
    rf"|[,;]?\s?[\[(]?\s?(?:two-sided |one-sided )?[pP](?:[- ]values?)?\s?[<>=≤≥]\s?{_NUM}(?:\s?[-–]\s?{_NUM})?\s?[\])]?"
    r"|\s?[\[(]\s?(?:SDs?|SEs?|SEM|IQR|n)\s?[\])]"
    rf"|(?<=\d)\s?\(\s?{_NUM}\s?\)"
    rf"|\s?\(\s?(?:n\s?=\s?)?{_NUM}\s(?:of|/|out of)\s{_NUM}\s?\)"
    rf"|\s?\(\s?n\s?=\s?{_NUM}(?:[ ,]\d{{3}})*\s?\)"
    rf"|(?:{_NUM}\s?(?:(?:out )?of|/)\s?(?:the )?)?{_NUM}(?: \d{{3}})*\s?(?:(?:patients|participants|people|women|men|children|subjects)\s)?\((?=\s?{_NUM}\s?%\s?\))"  # "27 (37 %)": the share is what it is
    rf"|\bn\s?=\s?{_NUM}\s?[,;]\s?(?={_NUM}\s?%)"
    r"|(?P<aside>\s?\((?:(?!\d)[\w-]+\s){0,3}?(?:differences?|reduction|increase|change)\b[^()]*\))"  # of two numbers given before
)


_GIVEN = re.compile(r"\d\s?%|\d+[.·]\d")


@lru_cache(maxsize=4096)
def without_spreads(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without them, and where each of its characters stood.

    >>> without_spreads("It was 6.9 ± 0.3 (n = 12) in 27 (37%) of them.")[0]
    'It was 6.9 in 37%) of them.'
    """
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for match in _DROPPED.finditer(text):
        if match["aside"] and len(_GIVEN.findall(text, 0, match.start())) < 2:
            continue
        kept.append(text[last : match.start()])
        places.extend(range(last, match.start()))
        last = match.end()
    kept.append(text[last:])
    places.extend(range(last, len(text) + 1))
    return "".join(kept), tuple(places)
