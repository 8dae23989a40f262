"""A claim's numbers held against those that its source prints.

A number that is printed may be that of another group, outcome or time: then the claim's words are those of
another number of the same kind beside it. One that is printed nowhere, and follows from nothing that is, is
wrong where the source prints another for just what the claim names. Where the words leave it open, nothing
is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.linking.nearness import nearness
from claims.printed.following import Told, follows, in_words, is_printed, meets
from claims.printed.numbers import PrintedNumber, Source
from claims.printed.told import told_in
from claims.printed.words import CONTROL, Words, near_in_meaning, words_of

__all__ = ["Held", "held_against"]


TREATED = "∘treated"


@dataclass(frozen=True, slots=True)
class Held:
    """A number of a claim that is not the source's for what the claim says, and the one that is.

    ``why``: elsewhere (printed for ``where``), not-printed, worded (words for a share).
    """

    why: str
    start: int
    end: int
    instead: PrintedNumber
    where: PrintedNumber | None = None


def held_against(text: str, source: Source) -> Iterator[Held]:
    """What is wrong with the numbers of a claim's sentence, its citations blanked."""
    all_told = told_in(text)
    for told in all_told:
        others = [one for one in all_told if one.kind == told.kind and one is not told]
        beside = others[0] if len(others) == 1 else None
        if told.kind == "count":
            continue  # of how many: what the study enrolled is asked elsewhere
        same = [one for one in source.numbers if meets(told, one)]
        if (
            told.kind == "percent"
            and not (same and told.number.quantity is not None)
            and in_words(told, source)
        ):
            continue
        if told.value is None:
            instead = _instead(told, source)
            if instead is not None and not meets(told, instead):
                yield Held("worded", told.start, told.end, instead)
        elif same:
            also = {one.value for one in all_told if one is not told}
            found = _elsewhere(told, beside, same, source, also) or _exchanged(told, beside, same, source)
            if found is not None:
                yield found
        elif _of_a_kind(told) and not is_printed(told, source) and not follows(told, source):
            instead = _instead(told, source)
            if instead is not None:
                yield Held("not-printed", told.start, told.end, instead)


def _of_a_kind(told: Told) -> bool:
    """Whether it is plain what a number counts: a share, a unit, a ratio named as one."""
    quantity = told.number.quantity
    return told.kind != "plain" or (quantity is not None and quantity.role == "statistic")


def _kin(told: Told, source: Source) -> list[PrintedNumber]:
    return [one for one in source.numbers if one.found and one.kind == told.kind and not meets(told, one)]


def _elsewhere(
    told: Told, beside: Told | None, same: Sequence[PrintedNumber], source: Source, also: set[Decimal | None]
) -> Held | None:
    """The number of the source that a claim's words are of; ``also`` are the other values of its sentence,
    whose words are no others than its own where the sentence lists nothing."""
    best: Held | None = None
    if told.number.change:
        return None  # "from 21 % to 14 %": of what its two ends have
    for one in same:
        if not one.own.strip():
            return None
        others = [
            other
            for other in _kin(told, source)
            if (told.number.listed or other.value not in also)
            and (meets(beside, other) if beside is not None and _together(one, beside, source) else True)
            and _told_better(one, other, told, beside, source)
        ]
        if not others:
            return None
        best = best or Held("elsewhere", told.start, told.end, others[0], one)
    return best


# Of pairs told rightly in articles the lowest was at -0.3, where both numbers have words of their own
_EXCHANGED = -0.45


def _together(one: PrintedNumber, beside: Told, source: Source) -> bool:
    """Whether the other number of a claim's pair stands in the sentence of ``one`` too: such a pair can only
    be told the wrong way round."""
    return any(
        other is not one and other.sentence == one.sentence and meets(beside, other)
        for other in source.numbers
    )


def _exchanged(told: Told, beside: Told | None, same: Sequence[PrintedNumber], source: Source) -> Held | None:
    """Where two numbers of a claim are those of one sentence, and its words stand with them when they are
    exchanged: the very words, or else what is nearer in meaning."""
    if beside is None or beside.value is None or told.number.change or told.number.unnamed:
        return None
    mine = words_of(told.number.own), words_of(beside.number.own)
    found: Held | None = None
    for one in same:
        for other in source.numbers:
            if other.sentence != one.sentence or not meets(beside, other) or meets(told, other):
                continue
            its = _own_words(one), _own_words(other)
            if not (_crossed(mine, its) or _nearer_crossed(mine, its)):
                return None
            found = found or Held("elsewhere", told.start, told.end, other, one)
    return found


def _crossed(mine: tuple[Words, Words], its: tuple[Words, Words]) -> bool:
    """Whether what sets two numbers of a claim apart is met in the other's words, and not in their own."""
    said, have = _apart(mine), _apart(its)
    if not (all(said) and all(have)):
        return False
    straight = _shared(said[0], have[0]) + _shared(said[1], have[1])
    crossed = _shared(said[0], have[1]) + _shared(said[1], have[0])
    return crossed >= 1 and crossed - straight >= 1


def _apart(both: tuple[Words, Words]) -> tuple[Words, Words]:
    """The words that each of two places has and the other has not; one may be of those who had it not."""
    one, other = both
    marked = [any(stem == CONTROL or stem[0] == "¬" for stem in words) for words in both]
    first, second = _minus(_plain(one), _plain(other)), _minus(_plain(other), _plain(one))
    if marked[0] != marked[1] and one and other:
        first[CONTROL if marked[0] else TREATED] = second[CONTROL if marked[1] else TREATED] = ""
    return first, second


def _shared(one: Words, other: Words) -> float:
    """How many words of one place another has; what is near in meaning counts half."""
    return sum(1.0 if stem in other else 0.5 * near_in_meaning(word, other) for stem, word in one.items())


def _nearer_crossed(mine: tuple[Words, Words], its: tuple[Words, Words]) -> bool:
    said, have = _set_apart(*mine), _set_apart(*its)
    if not (all(said) and all(have)):
        return False
    straight = nearness(said[0], have[0]) + nearness(said[1], have[1])
    crossed = nearness(said[0], have[1]) + nearness(said[1], have[0])
    return straight - crossed <= _EXCHANGED


def _set_apart(one: Words, other: Words) -> tuple[str, str]:
    """The words that each of two places has and the other has not, as two phrases."""
    return " ".join(_minus(one, other).values()), " ".join(_minus(other, one).values())


def _told_better(
    one: PrintedNumber, other: PrintedNumber, told: Told, beside: Told | None, source: Source
) -> bool:
    """Whether a claim's words are those of ``other``, and none of them those of ``one``, in one sentence.

    Results of two sentences are told in too many ways to set their words against one another.
    """
    if one.sentence != other.sentence or _is_accuracy(one) != _is_accuracy(other):
        return False
    said = _own(told, beside) if told.number.listed else _plain(words_of(told.number.about))
    mates = one.against == other.value and other.against == one.value
    if mates and (told.number.change or told.number.unnamed):
        return False  # "lowered it from 21 % to 14 %", "to 14 % against 21 %": of what two groups had
    mine, its = _own_words(one), _own_words(other)
    if not mine and not (mates and its and not (set(said) & source.words) - set(its)):
        return False
    mine, its = _contrasted(*_levelled(mine, its))
    only_one, only_other = _minus(mine, its), _minus(its, mine)
    met = set(only_other) & set(said)
    against = set(only_one) & set(said)
    if any(stem[0] == "@" for stem in met) and any(stem[0] == "@" for stem in only_one):
        return not any(stem[0] == "@" for stem in against)
    return (
        bool(met)
        and not against
        and not any(near_in_meaning(word, _minus(said, its)) for word in only_one.values())
    )


_ACCURACY = re.compile(r"sensitivit|specificit|predictive|accura|likelihood ratio", re.IGNORECASE)


def _is_accuracy(one: PrintedNumber) -> bool:
    """Whether a number says how well a test does, of which people tell in words of their own ("caught")."""
    return _ACCURACY.search(one.own or one.about) is not None


def _own(told: Told, beside: Told | None) -> Words:
    """The words that stand with one number of a claim alone; ``beside`` is the other one, if any."""
    own = words_of(told.number.own)
    return _contrasted(own, words_of(beside.number.own) if beside is not None else own)[0]


def _contrasted(one: Words, other: Words) -> tuple[Words, Words]:
    """The words of two places; where just one is the comparison group's, the other is the treated's."""
    marked = [CONTROL in words for words in (one, other)]
    first, second = _plain(one), _plain(other)
    if marked[0] != marked[1] and one and other:
        first[CONTROL if marked[0] else TREATED] = second[CONTROL if marked[1] else TREATED] = ""
    return first, second


def _plain(words: Words) -> Words:
    return {stem: word for stem, word in words.items() if stem != CONTROL}


def _levelled(one: Words, other: Words) -> tuple[Words, Words]:
    """The words of two places; of two doses in one unit the lower is the low dose as well."""
    doses = [
        [stem[1:].split(" ", 1) for stem in words if stem[0] == "#" and " " in stem] for words in (one, other)
    ]
    if len(doses[0]) != 1 or len(doses[1]) != 1 or doses[0][0][1] != doses[1][0][1]:
        return one, other
    first, second = (Decimal(own[0][0]) for own in doses)
    if first == second:
        return one, other
    low, high = {"#low": "low dose"}, {"#high": "high dose"}
    return ({**one, **low}, {**other, **high}) if first < second else ({**one, **high}, {**other, **low})


def _about(one: PrintedNumber) -> Words:
    return words_of(one.about, one.named)


def _own_words(one: PrintedNumber) -> Words:
    return words_of(one.own, one.named)


def _minus(one: Words, other: Words) -> Words:
    return {stem: word for stem, word in one.items() if stem not in other}


def _instead(told: Told, source: Source) -> PrintedNumber | None:
    """The number printed for what the claim names, of the same kind; None where that is not clear."""
    said = words_of(told.number.about)
    known = {stem for stem in said if stem in source.words}
    if len(known) < 2:
        return None
    scored = sorted(
        (
            (len(known & set(_about(one))), one)
            for one in source.numbers
            if one.found and one.kind == told.kind
        ),
        key=lambda pair: -pair[0],
    )
    if not scored or scored[0][0] < 2 or scored[0][0] * 3 < len(known) * 2:
        return None
    return scored[0][1]
