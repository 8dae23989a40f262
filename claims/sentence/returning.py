"""Whether a sentence names something only for how long it stayed away: "the time before pain came back"."""

from __future__ import annotations

import re

__all__ = ["comes_later"]

_TIME_UNTIL = re.compile(
    r"\b(?:times?|waits?|gaps?|days|weeks|months|years|spells?|stretch(?:es)?|intervals?|longer"
    r"|(?:twice )?as long)\b[^.;:]{0,40}?"
    r"\b(?:before|until|till|between|without|free (?:of|from))\s(?:[^.;:,]{0,30}\s)?$"
    r"|\b(?:time|days|weeks|months|years|interval) to\s"
    r"(?:(?:the|an?|their|his|her|first|next|another|any|new)\s){0,3}$",
    re.IGNORECASE,
)
_LONGER_FOR = re.compile(r"\b(?:took|takes?) (?:much |far )?longer for\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_RETURNS = re.compile(
    r"\s(?:to )?(?:next |again )?(?:c[ao]mes? back|return(?:s|ed)?|recur(?:s|red)?|str(?:uck|ikes?)|sets? in"
    r"|happen(?:s|ed)?)\b",
    re.IGNORECASE,
)


def comes_later(text: str, start: int, end: int) -> bool:
    """Whether what stands at ``start`` to ``end`` is what a time is told until.

    >>> comes_later("The wait before pain came back grew.", 16, 20), comes_later("Pain grew.", 0, 4)
    (True, False)
    """
    if _TIME_UNTIL.search(text, max(0, start - 100), start):
        return True
    longer = _LONGER_FOR.search(text, max(0, start - 50), start)
    return longer is not None and _RETURNS.match(text, end) is not None
