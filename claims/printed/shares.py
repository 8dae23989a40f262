# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Shares told in words: "half", "two thirds", "three quarters of them", "most", "hardly any"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["WordedShare", "shares_in_words"]

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}  # fmt: skip
_PATTERN = re.compile(
    r"(?<![\w-])(?:(?P<half>half)|(?P<count>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]"
    r"(?P<part>third|quarter|fifth|sixth|eighth|tenth)s?)(?![\w-])"
    r"(?!\s(?:an?\s|the\s)?(?:hours?|days?|years?|time|minutes?|dose|marathon|(?:as|of\s(?:that|what)\b)))"
    r"(?!\s(?:hours?|days?|weeks?|months?|years?|trimester|time|group|arm|party|generation|line|dose|world))",
    re.IGNORECASE,
)
# of how many a word may be told, in percent
_VAGUE: tuple[tuple[re.Pattern[str], int, int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), low, high)
    for pattern, low, high in (
        (
            r"\b(?:hardly any(?:one|body)?|almost (?:none|no ?one|nobody)|scarcely any|next to none"
            r"|(?:only |just )?a (?:handful|tiny (?:minority|fraction|share))|a rarity|(?:very|extremely) rare(?:ly)?"
            r"|(?:very|only a|just a|precious) few)\b",
            0,
            25,
        ),
        (r"\b(?:a |the )?minority\b", 0, 52),
        (
            r"\b(?:(?:a |the |large |vast |clear |great )*majority|most (?:of )?(?:them|the|these|those))\b",
            48,
            100,
        ),
        (
            r"\b(?:(?:nearly|almost|virtually|practically) (?:all|everyone|everybody|every)|the vast majority)\b",
            70,
            100,
        ),
    )
)
_CHANGES = re.compile(
    r"\b(?:by|cut|cuts|reduc\w*|lower\w*|fell|falls?|rose|rises?|drop\w*)\s(?:\w+\s){0,3}?$", re.IGNORECASE
)
_CHANGED = re.compile(
    r"\s(?:an?\s)?(?:lower|higher|less|more|fewer|greater|smaller|larger|shorter|longer|the\s|as\s|again\b|that of|off\b"
    r"|reduction|drop|fall|cut|rise|increase|decrease)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WordedShare:
    """Words for a share at ``text[start:end]`` and what they may stand for, in percent.

    ``value`` is None where they name no number ("most")."""

    start: int
    end: int
    value: Decimal | None
    low: Decimal
    high: Decimal


def shares_in_words(text: str) -> Iterator[WordedShare]:
    """The shares of a sentence that are told in words alone; not those by which something changed.

    >>> [(str(one.value), str(one.low), str(one.high)) for one in shares_in_words("Half of them came back.")]
    [('50', '44', '56')]
    """
    for match in _PATTERN.finditer(text):
        if _CHANGES.search(text, max(0, match.start() - 40), match.start()) or _CHANGED.match(
            text, match.end()
        ):
            continue
        if match["half"]:
            value = Decimal(50)
        else:
            count, parts = _COUNTS[match["count"].lower()], _PARTS[match["part"].lower()]
            if count >= parts:
                continue
            value = (Decimal(100 * count) / parts).quantize(Decimal("0.1"))
        left = text[max(0, match.start() - 20) : match.start()].lower()
        low, high = value - 6, value + 6
        if re.search(r"\b(?:more than|over|at least|upwards of) (?:a )?$", left):
            low, high = value - 1, value + 17
        elif re.search(r"\b(?:less than|fewer than|under|below|not even|barely) (?:a )?$", left):
            low, high = value - 17, value + 1
        yield WordedShare(match.start(), match.end(), value, max(Decimal(0), low), min(Decimal(100), high))
    for pattern, least, most in _VAGUE:
        for match in pattern.finditer(text):
            yield WordedShare(match.start(), match.end(), None, Decimal(least), Decimal(most))
