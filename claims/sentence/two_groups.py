# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Which way two groups' numbers say that something went: "22 % of the walkers and 34 % of the controls"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.sentence.change_words import DECREASES, INCREASES, NO_DIFFERENCE

__all__ = ["CONTROLS", "of_two_groups"]

# the group that got nothing, or what all others get, by whatever name
CONTROLS = re.compile(
    r"\b(?:(?<!case-)controls?(?!-)|(?<!-)placebo(?!-)|sham|dummy|usual(?:[ -]care)?|standard|conventional|comparison|comparators?|un(?:treated|vaccinated|trained|screened|supplemented|supervised)"
    r"|unexposed|without|did not|had not|(?:were|was|do|are) not(?=\s*(?:[.,;()\[]|$))|didn['’]t|none|no (?:treatment|intervention|such)|nothing|otherwise|\w{3,}less|the rest"
    r"|the others?|non-?users?|left alone)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:,\s|\s)(?:(?:as )?(?:compared (?:with|to)|against|opposed to)|in comparison (?:with|to)|versus|vs\.?|while|whereas|but|and)\s"
    r"|[;,]\s(?=(?:of|in|among|for|with|on|out of|the)\s)",
    re.IGNORECASE,
)
# with its unit: numbers alone are mostly sizes of the groups
_VALUE = re.compile(
    r"(?<![\w.,–-])(?P<number>\d+(?:\.\d+)?)(?:\s?(?P<unit>%|per ?cent|points?|minutes?|hours?|days?|weeks?|months?|k?g|cm|mm ?Hg|mmol/l|m[lL]|k?cal(?:ories)?)"
    r"|\s(?:(?:[\w-]+\s){1,3}(?=per\s))?(?P<of>in|of|out of|per)\s(?:every\s)?(?P<size>\d+))(?![\w–-]|\.\d)",
    re.IGNORECASE,
)
# "fell by 3", "gained 2 kg", "from 12 to 9", "after 6 weeks": a change or a time, no level that can be set beside another
_NO_LEVEL = re.compile(
    r"\b(?:by|from|(?<!came )(?<!amounted )to|up|down|than|after|within|for|at|over|aged?|more|fewer|less|another|extra|fell|rose|dropped|lost|gained|grew|added|cut"
    r"|climbed|declined|improved|increased|decreased)\s(?:an? |about |around |some |nearly |almost |average |of |on |mean |roughly )*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:—]|\.\s|[()]")
_INSTEAD = re.compile(
    r"\b(?:free (?:of|from)|avoid\w*|escap\w*|spared|no|not|never|stopp\w*|quit\w*|recover\w*|rid)\b",
    re.IGNORECASE,
)
# which goes with which is told behind them; or that the two do not differ, whatever they are
_TOLD_OTHERWISE = re.compile(
    r"\brespectively\b|\b(?:not?|n['’]t|without|short of|insignifican\w+)\s(?:\w+\s){0,3}?(?:significan\w+|differ\w*)|\bchance\b",
    re.IGNORECASE,
)
_FAR = 90  # characters between a value and what it is set against


def of_two_groups(text: str, tried: Sequence[tuple[int, int]]) -> str | None:
    """increases, decreases or no-difference: what the group that was treated had more or less of than the
    other; None where the sentence sets no two levels of two such groups against each other.

    ``tried``: the places where the sentence names what was tried.

    >>> of_two_groups("Colds came to 22 % of the users and 34 % of the controls.", [])
    'decreases'
    """
    if len(_VALUE.findall(text)) < 2 or _TOLD_OTHERWISE.search(text):
        return None
    for against in _AGAINST.finditer(text):
        low = max((one.end() for one in _CLAUSE.finditer(text, 0, against.start())), default=0)
        end = _CLAUSE.search(text, against.end())
        high = end.start() if end else len(text)
        following = _AGAINST.search(text, against.end(), high)
        high = following.start() if following else high
        left = [one for one in _VALUE.finditer(text, low, against.start()) if _is_level(text, one)]
        right = [one for one in _VALUE.finditer(text, against.end(), high) if _is_level(text, one)]
        if not left or not right or against.start() - left[-1].end() > _FAR:
            continue
        mine, other = left[-1], right[0]
        if _unit(mine) != _unit(other) or other.start() - against.end() > _FAR:
            continue
        first, second = (low, against.start()), (against.end(), high)
        which = _treated(text, first, second, tried)
        if which is None or _INSTEAD.search(text, low, mine.end()):
            continue
        if _amount(mine) == _amount(other):
            return NO_DIFFERENCE
        return DECREASES if (_amount(mine) < _amount(other)) == (which == first) else INCREASES
    return None


def _treated(
    text: str, first: tuple[int, int], second: tuple[int, int], tried: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Which of two stretches tells of the group that was treated."""
    controls = [CONTROLS.search(text, *one) is not None for one in (first, second)]
    if controls[0] != controls[1]:
        return second if controls[0] else first
    named = [any(low <= start < high for start, _ in tried) for low, high in (first, second)]
    if controls[0] or named[0] == named[1]:
        return None
    return first if named[0] else second


def _is_level(text: str, value: re.Match[str]) -> bool:
    if value["of"] or text.startswith(" of ", value.end()):  # "by 31 % of those": so many of them
        return True
    return _NO_LEVEL.search(text, max(0, value.start() - 40), value.start()) is None


def _unit(value: re.Match[str]) -> str:
    unit = (value["unit"] or "").lower().replace(" ", "").rstrip("s")
    return "%" if unit.startswith("per") or value["of"] else unit


def _amount(value: re.Match[str]) -> Decimal:
    number = Decimal(value["number"])
    return number * 100 / Decimal(value["size"]) if value["size"] and int(value["size"]) else number
