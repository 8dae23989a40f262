"""Whether a number is one that a source prints, as far as rounding goes, or follows from what it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims import quantities
from claims.findings.agreeing import slack_of
from claims.printed.numbers import PrintedNumber
from claims.printed.source import Source

__all__ = ["Told", "follows", "in_words", "is_nowhere", "is_printed", "meets", "told_number"]


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a claim, or words for one, at ``start``: what it may be in the source, ``low`` to ``high``.

    ``value`` None: words that name no number ("most"). ``number``: how the claim's sentence prints it."""

    start: int
    end: int
    kind: str
    value: Decimal | None
    low: Decimal
    high: Decimal
    number: PrintedNumber


def _in_unit(value: Decimal, unit: str, kind: str) -> Decimal | None:
    if unit == kind:
        return value
    if "plain" in (unit, kind) or "percent" in (unit, kind):
        return None
    return quantities.convert(value, unit, kind)


def meets(told: Told, number: PrintedNumber) -> bool:
    """Whether a printed number is the one told."""
    value = _in_unit(number.value, number.kind, told.kind)
    if value is None:
        return False
    return told.low <= value <= told.high


def is_printed(told: Told, source: Source) -> bool:
    """Whether a source prints the number in any role: as a result, an age, an end of an interval."""
    for low, high, unit, _ in source.values:
        for value in (low, high):
            if value is None:
                continue
            own = _in_unit(
                abs(value), "percent" if unit == "percentage_point" else unit or "plain", told.kind
            )
            if own is not None and told.low <= own <= told.high:
                return True
    return False


def is_nowhere(told: Told, source: Source) -> bool:
    """Whether no number of an abstract is the one told, of whatever it may be; False for records."""
    slack = max(told.number.value / 1000, Decimal(0))
    low, high = told.low - slack, told.high + slack
    return bool(source.tokens) and not any(low <= value <= high for value in source.tokens)


def in_words(told: Told, source: Source) -> bool:
    """Whether a source tells such a share in words ("nearly half")."""
    return any(low <= told.high and told.low <= high for low, high in source.worded)


def follows(told: Told, source: Source, sentences: Sequence[int] = ()) -> bool:
    """Whether the number follows from others by arithmetic, of these sentences alone where any are given."""
    numbers = [one for one in source.numbers if not sentences or one.sentence in sentences]
    low, high = told.low, told.high
    if told.number.quantity is not None:
        room = max(told.number.value / _OF_DERIVED, slack_of(told.number.value))
        low, high = max(low, told.number.value - room), min(high, told.number.value + room)
    return any(low <= value <= high for value in _derived(told, numbers, source, sentences))


_OF_DERIVED = 16  # who computes a number rounds it, and does not say "about" of another


def _derived(
    told: Told, numbers: Sequence[PrintedNumber], source: Source, sentences: Sequence[int]
) -> Iterator[Decimal]:
    groups: dict[int, list[PrintedNumber]] = {}
    for one in numbers:
        groups.setdefault(one.sentence, []).append(one)
        if told.kind == "percent":
            if one.kind == "percent":
                yield 100 - one.value
            elif one.kind == "plain" and one.value:
                yield abs(1 - one.value) * 100
                yield abs(1 - 1 / one.value) * 100
        elif told.kind == "plain" and one.kind == "percent":
            yield one.value / 100
            if one.value != 100:
                yield 1 / (1 - one.value / 100) if one.value < 100 else one.value / 100
        elif told.kind == "plain" and one.value:
            yield 1 / one.value
    level = _is_level(told)
    for own in groups.values():
        for one, other in _pairs(own):
            if told.kind == one.kind:
                if one.against is None and other.against is None:  # parts of one group
                    yield one.value + other.value
                if not level:
                    yield abs(one.value - other.value)
            if level:
                continue
            if told.kind in ("percent", "plain", "times", "fold"):
                for top, bottom in ((one.value, other.value), (other.value, one.value)):
                    if bottom:
                        yield abs(top - bottom) / bottom * 100 if told.kind == "percent" else top / bottom
    if told.kind == "percent":
        for index, text in enumerate(source.sentences):
            if sentences and index not in sentences:
                continue
            for part, whole in _PART_OF.findall(text):
                if Decimal(_plain(whole)):
                    yield 100 * Decimal(_plain(part)) / Decimal(_plain(whole))


def _pairs(own: Sequence[PrintedNumber]) -> Iterator[tuple[PrintedNumber, PrintedNumber]]:
    """The numbers of one sentence that may be of one thing, two by two: those set against one another, else
    neighbours of a kind. Any two of a long list would let nearly every number follow."""
    by_kind: dict[str, list[PrintedNumber]] = {}
    for one in own:
        by_kind.setdefault(one.kind, []).append(one)
    for found in by_kind.values():
        for index, one in enumerate(found):
            for other in found[index + 1 :]:
                mates = one.against == other.value and other.against == one.value
                apart = one.against is None and other.against is None
                if mates or (apart and other is found[index + 1]):
                    yield one, other


def _is_level(told: Told) -> bool:
    """Whether a share is told as what was so, and not as a change, so that it is no difference of two."""
    number = told.number
    if told.kind != "percent" or number.quantity is None or number.quantity.unit == "percentage_point":
        return False
    if number.change or _OF_THEM.match(number.around, told.end):
        return True  # "fell from 36 % to 23 %", "reported by 37 % of the divers"
    before = _QUALIFIED.sub("", number.around[max(told.start - 60, 0) : told.start])
    after = number.around[told.end : told.end + 40]
    return _CHANGE.search(before) is None and _CHANGE.search(after) is None


_OF_THEM = re.compile(r"\sof\s(?:the|those|these|all|them|its|their)\b", re.IGNORECASE)
# "to just under", "in more than": how closely a number is told
_QUALIFIED = re.compile(
    r"\b(?:just |a little |well )?(?:under|over|above|below|(?:more|less|fewer|higher|lower) than)\s*$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:by|than|higher|lower|more|less|fewer|greater|larger|smaller|better|worse|rarer|commoner|above|below|over|under|extra"
    r"|fell|fall\w*|rose|ris\w+|drop\w*|shr[aiu]nk\w*|gr[eo]w\w*|increas\w+|decreas\w+|reduc\w+|declin\w+"
    r"|cuts?|gap|differ\w*|points?|gain\w*|improv\w+|rais\w+|chang\w+|relative\w*|hazard|odds|sav\w+"
    r"|prevent\w*|efficacy|effective\w*|excess|los[ts]\w*|jump\w*|climb\w*|slow\w*|short\w*|longer|faster)\b",
    re.IGNORECASE,
)
# a count of another: "15 of 17", "1184 (14 %) of 8425"
_PART_OF = re.compile(r"\b(\d[\d,]*)\s?(?:\([^()]{1,12}\)\s?)?(?:of|out of|/)\s?(?:the\s)?(\d[\d,]*)\b")


def _plain(printed: str) -> str:
    return printed.replace(",", "")


def told_number(number: PrintedNumber) -> Told:
    """A number as a claim prints it, with the room that its rounding and its words leave."""
    quantity, value = number.quantity, number.value
    slack = slack_of(value)
    low, high = value - slack, value + slack
    if quantity is not None:
        text = quantity.text.lower()
        if quantity.unit == "percent" and (" in " in text or " out of " in text):
            low, high = value - max(slack, Decimal(3)), value + max(slack, Decimal(3))
        room = max(value / 8, slack)
        if quantity.comparison == "about":
            low, high = min(low, value - room), max(high, value + room)
        elif quantity.comparison in quantities.ABOVE:
            high = max(high, value + room)
        elif quantity.comparison in quantities.BELOW:
            low = min(low, value - room)
        if quantity.high is not None:
            low, high = min(low, quantity.value), max(high, quantity.high)
    return Told(number.start, number.end, number.kind, value, low, high, number)
