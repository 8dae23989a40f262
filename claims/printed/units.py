"""The right number in another unit or over another time: "0.8 to 2.5 months" of 0.8 to 2.5 years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.findings.sections import sentences
from claims.printed.numbers import with_shared_units
from claims.printed.plainer import without_spreads
from claims.printed.words import words_of
from claims.quantities import FoundQuantity
from claims.quantities.patterns import WORDS
from claims.quantities.units import KINDS
from graph.wording import amount

__all__ = ["Amount", "OtherUnit", "Read", "amounts_in", "amounts_of_abstract", "in_another_unit"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at ``start``; of how often something is, ``times`` over a period; of a rate,
    ``per`` and of how many."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """The amount of a claim that a source has in another unit, as it is printed in its sentence there."""

    told: Amount
    printed: str
    sentence: str


_OFTEN = re.compile(
    r"\b(?P<number>once|twice|thrice|\d{1,2}|" + "|".join(word for word in WORDS if len(word) > 2) + r")\s"
    r"(?:(?!and\b|or\b|to\b|in\b|of\b|for\b|on\b|at\b|days?\b|weeks?\b|months?\b|years?\b|hours?\b|minutes?\b)[A-Za-z-]+\s){0,3}?"
    r"(?:(?P<adverb>daily|weekly|monthly|yearly)|(?:an?|per|each|every)\s(?P<period>day|week|month|year))\b",
    re.IGNORECASE,
)
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_PER = re.compile(
    r"(?P<value>\d+(?:[.·]\d+)?)\s(?:[a-z-]+\s){0,3}?(?:per|in every|for every|of every|in)\s"
    r"(?P<base>10{0,2}(?:[,\s]000)+|10{2,})\b(?!\s?%)",
    re.IGNORECASE,
)
# "two early postprandial hours", "three treatment days"
_PARTED = re.compile(
    r"\b(?P<number>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s"
    r"(?:(?!and\b|or\b|to\b|in\b|of\b|for\b|on\b|at\b|per\b|times\b)[a-z-]+\s){1,2}?"
    r"(?P<unit>minutes|hours|days|weeks|months|years)\b"
)
_FAMILIES = (
    {"s", "min", "h", "day", "night", "week", "month", "year"},
    {"mcg", "mg", "g", "IU"},
    {"kg", "g", "lb"},
    {"mL", "L"},
    {"um", "mm", "cm", "m", "km", "mile", "percent"},
    {"N", "kN", "kg", "MPa"},
    {"mmol/L", "umol/L", "nmol/L", "pmol/L", "mg/dL", "g/dL", "mg/L", "g/L", "mcg/mL", "ng/mL", "pg/mL"},
    {"mcg/kg", "mg/kg", "g/kg", "mg", "g"},
)
_CLOSE = Decimal("0.06")


@lru_cache(maxsize=2048)
def amounts_in(text: str) -> tuple[Amount, ...]:
    """The amounts of a text that have a unit, how often something is among them.

    >>> [(str(one.value), one.unit) for one in amounts_in("two sessions weekly, 18.5 per 10,000 a year")]
    [('2', 'times/week'), ('18.5', 'per 10000')]
    """
    plain, places = without_spreads(text)
    found = [
        Amount(places[one.start], places[one.end - 1] + 1, abs(one.value), one.high, _over(one, plain))
        for one in with_shared_units(plain, quantities.find(plain))
        if one.unit is not None
        and (one.role not in ("year", "age", "interval") or (one.role == "age" and one.high is not None))
        and not one.unit.startswith("session")
    ]
    for match in _OFTEN.finditer(text):
        word = match["number"].lower()
        number = Decimal(_TIMES.get(word) or WORDS.get(word) or word)
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(Amount(match.start(), match.end(), number, None, f"times/{_period(match)}"))
    for match in _PER.finditer(text):
        base = re.sub(r"\D", "", match["base"])
        found.append(
            Amount(match.start(), match.end(), Decimal(match["value"].replace("·", ".")), None, f"per {base}")
        )
    for match in _PARTED.finditer(text):
        number = Decimal(WORDS.get(match["number"].lower()) or match["number"])
        unit = match["unit"].lower().rstrip("s")
        found.append(
            Amount(match.start(), match.end(), number, None, {"minute": "min", "hour": "h"}.get(unit, unit))
        )
    return tuple(sorted(found, key=lambda one: one.start))


_PACE = re.compile(
    r"(?<![\w.,·])(?P<value>\d+(?:[.·]\d+)?)\s(?:(?!and\b|or\b|to\b|in\b|of\b|for\b|on\b|at\b)[a-z]+\s){0,3}?"
    r"(?:(?:per|each|every|an?)\s(?P<period>hour|day|night|week|month|year)|(?P<adverb>daily|weekly|monthly|yearly))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def _paces(text: str) -> tuple[Amount, ...]:
    """The numbers of a text with the time over which they are counted, whatever it is that is counted."""
    return tuple(
        Amount(match.start(), match.end(), Decimal(match["value"].replace("·", ".")), None, _period(match))
        for match in _PACE.finditer(text)
    )


def _period(match: re.Match[str]) -> str:
    """The period that an adverb or a word behind "a", "per", "each" names: day of "daily"."""
    return _ADVERBS[match["adverb"].lower()] if match["adverb"] else match["period"].lower()


def _over_other_times(text: str, read: Read) -> Iterator[OtherUnit]:
    """The numbers of a claim that its source counts over another time, and nowhere over this one:
    "4.6 days per week" of 4.6 a month."""
    told = _paces(text)
    if not told:
        return
    about = _about(text)
    every = [(sentence, one) for sentence, _ in read for one in _paces(sentence)]
    for number in told:
        same = [(sentence, one) for sentence, one in every if one.value == number.value]
        if not _particular(number) or any(one.unit == number.unit for _, one in same):
            continue
        for sentence, one in same:
            if about & set(words_of(sentence)):
                yield OtherUnit(number, sentence[one.start : one.end], sentence)
                break


_EACH = re.compile(
    r"\s(?:[a-z]+\s)?(?:per|each|every|an?)\s(?P<period>hour|day|night|week|month|year)\b", re.IGNORECASE
)


def _over(one: FoundQuantity, text: str) -> str:
    """The unit of a quantity, with the time over which it is told: "5 % faster each day"."""
    unit = one.unit or ""
    each = _EACH.match(text, one.end)
    if each is None or "/" in unit or KINDS.get(unit) in ("short-time", "long-time", "times"):
        return unit
    return f"{unit}/{each['period'].lower()}"


Read = tuple[tuple[str, tuple[Amount, ...]], ...]  # each sentence of a source with its amounts


@lru_cache(maxsize=512)
def amounts_of_abstract(text: str) -> Read:
    """The sentences of an abstract with their amounts; read once."""
    parts = (text[part.start : part.end] for part in sentences(text))
    return tuple((part, amounts_in(part)) for part in parts)


def in_another_unit(text: str, read: Read) -> Iterator[OtherUnit]:
    """The amounts of a claim that its source has with another unit, and nowhere with this one.

    The sentence that has it must be about something that the claim is about: one-digit numbers are many.
    Amounts that a record has outside its words end at 0.
    """
    found = list(_in_another_unit(text, read))
    yield from found
    for one in _over_other_times(text, read):
        if not any(one.told.start < two.told.end and two.told.start < one.told.end for two in found):
            yield one


def _in_another_unit(text: str, read: Read) -> Iterator[OtherUnit]:
    every = [one for _, amounts in read for one in amounts]
    about = _about(text)
    for told in amounts_in(text):
        if any(_same(told, one) for one in every):
            continue
        for sentence, amounts in read:
            other = next((one for one in amounts if _confused(told, one)), None)
            if other is None and told.unit.startswith("per "):
                other = _rate(told, sentence, amounts)
            beside = (one for one in amounts_in(text) if one is not told)
            if other is None or not (
                _particular(told)
                or (_over_another_time(told, other) and sum(one.value == told.value for one in every) == 1)
                or about & set(words_of(sentence))
                or any(_same(one, its) for one in beside for its in amounts)
            ):
                continue
            yield OtherUnit(told, _as_printed(other, sentence), sentence)
            break


def _about(text: str) -> set[str]:
    """The stems of the words that say what a claim is about."""
    return {stem for stem in words_of(text) if stem[0] not in "@#∘"}


def _as_printed(one: Amount, sentence: str) -> str:
    """An amount as its sentence has it; with its period, where that stands further on."""
    text, (unit, slash, period) = sentence[one.start : one.end], one.unit.partition("/")
    if one.end and slash and unit == "percent":
        return f"{text} a {period}"
    if one.end == 0 or (slash and period not in text and not one.unit.startswith("times/")):
        return amount(one.value, one.unit)
    return text


def _particular(told: Amount) -> bool:
    """Whether a number is too particular to agree by chance: a range, one with a part, no round one."""
    return told.high is not None or told.value % 1 != 0 or (told.value > _FEW and told.value % 5 != 0)


_FEW = 12


def _over_another_time(told: Amount, one: Amount) -> bool:
    """Whether both are of one unit over a time: "5 % a day" and "5 % a week"."""
    (unit, _, time), (other, _, its) = told.unit.partition("/"), one.unit.partition("/")
    return unit == other and bool(time and its) and unit != "times"


def _same(told: Amount, one: Amount) -> bool:
    """Whether an amount is the one told, in its unit or turned into it, with room for rounding."""
    if told.unit == one.unit:
        value: Decimal | None = one.value
    elif told.unit.startswith(("per ", "times/")) or one.unit.startswith(("per ", "times/")):
        return False
    else:
        value = quantities.convert(one.value, one.unit, told.unit)
        if value is None and "/" in told.unit and one.unit == told.unit.split("/")[0]:
            value = one.value  # its period may be told elsewhere
    ends = [value]
    if one.high is not None:
        ends.append(one.high if told.unit == one.unit else quantities.convert(one.high, one.unit, told.unit))
    mine = [end for end in (told.value, told.high) if end is not None]
    return any(abs(end - own) <= _CLOSE * own for own in mine for end in ends if end is not None)


def _confused(told: Amount, one: Amount) -> bool:
    """Whether the same number stands with another unit that may be taken for this one."""
    if (told.value, told.high) != (one.value, one.high) or told.unit == one.unit or not told.value:
        return False
    if told.unit.startswith("times/") or one.unit.startswith("times/"):
        return told.unit.split("/")[0] == one.unit.split("/")[0]
    top, _, below = told.unit.partition("/")
    other, _, other_below = one.unit.partition("/")
    if below and other_below and top == other and below in _FAMILIES[0] and other_below in _FAMILIES[0]:
        return True
    if "percent" in (told.unit, one.unit) and not told.value % 1:
        return False
    return any(told.unit in family and one.unit in family for family in _FAMILIES)


def _rate(told: Amount, sentence: str, amounts: tuple[Amount, ...]) -> Amount | None:
    """The rate whose base another number of the sentence shares: "18.5 per 100,000 to 21.4"."""
    of_all = [one for one in amounts if one.unit.startswith("per ")]
    if not of_all or of_all[0].unit == told.unit or any(one.value == told.value for one in of_all):
        return next((one for one in of_all if one.value == told.value and one.unit != told.unit), None)
    plain = next(
        (one for one in quantities.find(sentence) if one.value == told.value and one.unit is None), None
    )
    if plain is None:
        return None
    return Amount(of_all[0].start, plain.end, plain.value, None, of_all[0].unit)
