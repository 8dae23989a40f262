"""Two groups' numbers told as one pair that a source prints in two: "12 % against 50 %", of 12 against 5 for
one outcome and 68 against 50 for another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.joining import THAN
from claims.printed.belonging import minus
from claims.printed.following import Told, meets
from claims.printed.numbers import PrintedNumber
from claims.printed.source import Source
from claims.printed.words import Words, near_in_meaning, words_of

__all__ = ["of_two_pairs"]

_COMPARED = re.compile(
    rf"\b(?:{THAN}|as opposed to|rather than|while|whereas)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\W*(of|in|among|for|with|on|after|by)\s", re.IGNORECASE)


def of_two_pairs(
    first: Told, second: Told, text: str, source: Source
) -> tuple[PrintedNumber, PrintedNumber] | None:
    """The number that the source has against ``first``, and the place where it prints ``second``, which a
    claim sets against it. None where the pair may be one that the source has."""
    if first.value is None or second.value is None or first.number.change or second.number.change:
        return None
    if not _are_compared(first, second, text):
        return None
    ones = [one for one in source.numbers if meets(first, one)]
    twos = [one for one in source.numbers if meets(second, one)]
    said = words_of(text)
    found: tuple[PrintedNumber, PrintedNumber] | None = None
    for one in ones:
        for two in twos:
            mate, other = _mate(one, source), _mate(two, source)
            if mate is None or other is None or mate is two or meets(second, mate) or meets(first, other):
                return None
            if one.sentence == two.sentence and one.against is None:
                return None
            mine, its = _about(one, two)
            only_one, only_two = minus(mine, its), minus(its, mine)
            if not any(stem in said for stem in only_one) or any(stem in said for stem in only_two):
                return None
            if any(near_in_meaning(word, minus(said, mine)) for word in only_two.values()):
                return None
            found = found or (mate, two)
    return found


def _are_compared(first: Told, second: Told, text: str) -> bool:
    """Whether two numbers of a sentence are told as two groups' of one thing."""
    between = text[min(first.end, second.end) : max(first.start, second.start)]
    if _COMPARED.search(between):
        return True
    ways = [_LEADING.match(one.number.own) for one in (first, second)]
    return all(ways) and len({way[1].lower() for way in ways if way is not None}) == 1


def _mate(one: PrintedNumber, source: Source) -> PrintedNumber | None:
    """The number that another is printed against, or the one other of its kind in its sentence."""
    others = list(_others(one, source))
    if one.against is not None:
        others = [other for other in others if other.value == one.against]
    return others[0] if len(others) == 1 else None


def _others(one: PrintedNumber, source: Source) -> Iterator[PrintedNumber]:
    for other in source.numbers:
        if other is not one and other.sentence == one.sentence and other.kind == one.kind:
            yield other


def _about(one: PrintedNumber, two: PrintedNumber) -> tuple[Words, Words]:
    """What the two pairs are about: their sentences, or what stands with each in one sentence."""
    if one.sentence == two.sentence:
        return words_of(one.own, one.named), words_of(two.own, two.named)
    return words_of(one.around, one.named), words_of(two.around, two.named)
