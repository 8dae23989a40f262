"""Find the numbers of a text and say what each one is.

One pass of one linear pattern finds number tokens; what stands just before and just after each
(bounded windows, anchored patterns) tells its unit and role. Numbers that name things (vitamin B12,
type 2 diabetes, Table 3, [12], DOIs, clock times, calendar days) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from claims.quantities import patterns
from claims.quantities.numerals import digits_value, word_value
from claims.quantities.roles import Place, comparison_of, is_change, role_of, unit_before
from claims.quantities.units import KINDS, PERIODS
from claims.quantities.units_printed import LEFT, RIGHT, counted_unit_at, rate, unit_at, with_period

_LONGEST = 200_000  # characters read of one text
_MOST = 20_000  # numbers read of one text: no sentence, and no abstract, has as many


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A number in a text, as ``claims.model.Quantity`` with offsets into that text.

    ``value`` is the printed one, ``high`` the other end of a range; ``unit`` a pint expression,
    "percent" or None; ``role`` one of dose, percent, count, duration, interval, year, statistic,
    age, other; ``comparison`` one of more-than, less-than, about, at-least, at-most or None.
    """

    text: str
    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    role: str
    comparison: str | None = None


@lru_cache(maxsize=2048)
def find(text: str) -> tuple[FoundQuantity, ...]:
    """The quantities of ``text`` in reading order; spans are half-open offsets into it.

    >>> [q.text for q in find("Three to five times per week, 20–30 minutes (p < 0·05)")]
    ['Three to five times per week', '20–30 minutes', '0·05']
    """
    masked = patterns.MASK.sub(lambda match: "\x00" * len(match[0]), text[:_LONGEST])
    found: list[FoundQuantity] = []
    position = 0
    for token in patterns.TOKEN.finditer(masked):
        start = token.start()
        if start < position:
            continue
        if len(found) >= _MOST:
            break
        left = masked[max(0, start - LEFT) : start]
        special = patterns.SHARE.match(masked, start) or patterns.PRESSURE.match(masked, start)
        if special is not None:
            found.extend(_special(special, left))
            position = special.end()
            continue
        for quantity in _at(Place(masked, token, left)):
            found.append(replace(quantity, text=text[quantity.start : quantity.end]))
            position = quantity.end
    found = _listed(_repeated(found), masked)
    found.extend(_frequencies(text, masked, [(quantity.start, quantity.end) for quantity in found]))
    return tuple(sorted(found, key=lambda quantity: (quantity.start, quantity.end)))


def _special(match: re.Match[str], left: str) -> Iterator[FoundQuantity]:
    """ "140/90 mmHg" as two pressures, "one in five" as a percentage."""
    if match.re is patterns.PRESSURE:
        for group, end in ((1, match.end(1)), (2, match.end())):
            value = Decimal(match[group])
            start = match.start(group)
            yield FoundQuantity(
                match.string[start:end], start, end, value, None, "mmHg", "other", comparison_of(left, "")
            )
        return
    part, whole = (word_value(one) if one.isalpha() else digits_value(one) for one in match.group(1, 2))
    if part is None or not whole or part >= whole:
        return
    share = (100 * part / whole).quantize(Decimal("0.01")).normalize() + 0
    yield FoundQuantity(
        match[0], match.start(), match.end(), share, None, "percent", "percent", comparison_of(left, "")
    )


def _repeated(found: list[FoundQuantity]) -> list[FoundQuantity]:
    """Read "3 × 30 minutes a week" as three sessions a week of 30 minutes each."""
    read = list(found)
    for index, (first, second) in enumerate(pairwise(found)):
        unit, _, period = (second.unit or "").partition("/")
        if period and first.text[-1:] in "x×" and second.start - first.end <= 1:
            read[index] = replace(first, unit=f"session/{period}", role="dose")
            read[index + 1] = replace(second, unit=unit)
    return read


_LIST = re.compile(r"\s?,\s?(?:(?:or|and)\s)?|\s(?:or|and)\s|\s?/\s?")


def _listed(found: list[FoundQuantity], text: str) -> list[FoundQuantity]:
    """Give the numbers of a list the unit that stands behind its last: "75, 150, or 225 min/wk"."""
    read = list(found)
    for index in range(len(read) - 2, -1, -1):
        one, later = read[index], read[index + 1]
        bare = one.unit is None and one.role == "other"
        if bare and later.unit and later.role == "dose" and _LIST.fullmatch(text, one.end, later.start):
            read[index] = replace(one, unit=later.unit, role=later.role)
    return read


def _at(place: Place) -> Iterator[FoundQuantity]:
    text, token = place.text, place.token
    value = word_value(token["word"]) if token["word"] else digits_value(token["digits"])
    if value is None or _is_name(place):
        return
    end = token.end()
    if token["digits"]:
        value = -value if token["sign"] else value
        scale = patterns.SCALE.match(text, end)
        if scale is not None:
            value *= {"m": 1_000_000, "b": 1_000_000_000}.get(scale[0].strip()[0].lower(), 1000)
            end = scale.end()
    unit, body_end = unit_at(text, end)
    if unit is None:
        unit, body_end = counted_unit_at(text, end)
    own_end = body_end if unit is not None else end
    other = _range(place, body_end, unit)
    high: Decimal | None = None
    if other is not None:
        high, unit, second_start, body_end = other
    unit, body_end, periodic = with_period(text, unit, body_end)
    if not periodic and unit is not None and KINDS.get(unit) == "dose":
        often = _OFTEN_BEFORE.search(place.left)  # "a daily dose of 60 mg"
        if often is not None:
            unit, periodic = rate(unit, PERIODS[often["adverb"].lower()]), True
    if unit == "times" and not periodic:
        unit = None
    if token["word"] and not _word_counts(place, unit):
        return
    role = role_of(place, body_end, unit, value, high, periodic)
    unit = {"year": None, "age": "year"}.get(role, unit)
    comparison = comparison_of(place.left, place.after(body_end, 24))
    if comparison is None and other is None and body_end > token.end():  # "seven or more times a week"
        comparison = comparison_of("", place.after(token.end(), 24))
    if (
        other is not None
        and high is not None
        and role not in ("interval", "year")
        and (is_change(place, role) or (role == "dose" and _either(text[:second_start], value, high)))
    ):
        if unit is None:
            unit = unit_before(place.left)
            role = "duration" if unit else role
        yield FoundQuantity("", place.start, own_end, value, None, unit, role, comparison)
        yield FoundQuantity("", second_start, body_end, high, None, unit, role)
        return
    if high is not None and high < value:
        value, high = high, value
    yield FoundQuantity("", place.start, body_end, value, high, unit, role, comparison)


def _either(before: str, value: Decimal, high: Decimal) -> bool:
    """Whether "or" parts two doses, "30 or 90 mg", and not the ends of a range, "two or three cups"."""
    less, more = sorted((value, high))
    return _OR.search(before) is not None and more - less > 1 and 2 * more > 3 * less


_OR = re.compile(r"\sor\s(?:about\s|around\s|even\s)?$", re.IGNORECASE)
_OFTEN_BEFORE = re.compile(
    r"\b(?P<adverb>daily|weekly|monthly)\s(?:dos(?:e|age)s?|amounts?|intakes?|servings?|injections?|tablets?"
    r"|capsules?|shots?|supplements?)\sof\s(?:about\s|around\s|only\s|just\s|at least\s|up to\s)?$",
    re.IGNORECASE,
)


def _word_counts(place: Place, unit: str | None) -> bool:
    """Whether a number word is a quantity: "five times a week" is, "one of them" is not."""
    word = place.token["word"].lower()
    if unit is not None:
        return True
    return (
        word not in ("one", "half") and patterns.COUNT_NOUN.match(place.text, place.token.end()) is not None
    )


_REAL_AFTER_NAME = re.compile(r"\s?(?:%|per ?cent|(?:mg|minutes|hours|people|participants|adults)\b)")


def _is_name(place: Place) -> bool:
    """Whether the number is part of a name: vitamin B12, type 2, L4-L5, Table 3, 12 June."""
    text, token, left = place.text, place.token, place.left
    if token["word"]:
        return token["word"].lower() == "one" and bool(
            re.search(r"\b(?:no|any|every|each|this|that|the) $", left[-8:], re.IGNORECASE)
        )
    end = token.end()
    before = "" if token["sign"] else left[-1:]
    if before.isalpha() and not (before in "pPnNxb" and not left[-2:-1].isalnum()):
        return True
    if before in ("_", "/", "@", "#", "^") or (before in ("-", "–") and left[-2:-1].isalpha()):
        return True
    if patterns.NAMED_BEFORE.search(left[-_LONGEST_NAME:]) and not _REAL_AFTER_NAME.match(text, end):
        return True
    if patterns.NAMED_AFTER.match(text, end):
        return True
    if text[end : end + 1].isalpha() and patterns.UNIT.match(text, end) is None:
        return re.match(r"[kmxbNMK]\b", text[end : end + 2]) is None
    return len(token["digits"]) <= 2 and bool(
        patterns.DAY_BEFORE.search(left) or patterns.DAY_AFTER.match(text, end)
    )


_LONGEST_NAME = 24  # characters of the words before a number that name it, and of what stands before them


def _range(place: Place, position: int, unit: str | None) -> tuple[Decimal, str | None, int, int] | None:
    """The other end of a range: its value, the unit of the whole, where it starts, where all ends."""
    separator = patterns.SEPARATOR.match(place.text, position)
    if separator is None:
        return None
    word = (separator[1] or "-").lower()
    token = patterns.TOKEN.match(place.text, separator.end())
    if token is None or (token["sign"] and word == "-"):
        return None
    if token["word"] and (word == "-" or token["word"].lower().startswith("half")):
        return None
    high = word_value(token["word"]) if token["word"] else digits_value(token["digits"])
    if high is None:
        return None
    high = -high if token["sign"] else high
    end = token.end()
    if place.text[end : end + 1].isalpha() and patterns.UNIT.match(place.text, end) is None:
        return None
    second_unit, second_end = unit_at(place.text, end)
    if second_unit is None and unit is None:
        second_unit, second_end = counted_unit_at(place.text, end)
    if (unit and second_unit and unit != second_unit) or (place.token["word"] and not (unit or second_unit)):
        return None
    if word == "and" and not patterns.BETWEEN.search(place.left):
        return None  # two numbers of a list
    if word == "or" and not (unit or second_unit):
        return None
    first = word_value(place.token["word"]) if place.token["word"] else digits_value(place.token["digits"])
    if first is not None and high < first and not place.token["sign"] and len(str(high)) < len(str(first)):
        return None  # 2023-24
    return high, second_unit or unit, token.start(), second_end if second_unit else end


def _frequencies(text: str, masked: str, taken: list[tuple[int, int]]) -> Iterator[FoundQuantity]:
    """Frequencies said in words alone ("daily", "most days"), outside the quantities found."""
    index = position = 0
    for place in patterns.FREQUENCY_START.finditer(masked):
        start = place.start()
        if start < position:
            continue
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] <= start:
            continue
        for pattern, value, high, unit in patterns.FREQUENCIES:
            match = pattern.match(masked, start)
            if match is None:
                continue
            if index == 0 or not _period_of_number(masked, start, taken[index - 1][1]):
                position = match.end()
                bound = comparison_of(masked[max(0, start - LEFT) : start], "")
                yield FoundQuantity(text[start:position], start, position, value, high, unit, "dose", bound)
            break


def _period_of_number(text: str, start: int, end: int) -> bool:
    """Whether "daily" here already is the period of the number before it ("400 mg of it daily")."""
    if start - end > RIGHT:
        return False
    later = patterns.OF_PERIOD.match(text, end)
    return later is not None and later.end() >= start
