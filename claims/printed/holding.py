"""A claim's numbers held against those that its source prints.

A number that is printed may be that of another group, outcome or time: then the claim's words are those of
another number of the same kind beside it. One that is printed nowhere, and follows from nothing that is, is
wrong where the source prints another for just what the claim names. Where the words leave it open, nothing
is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.linking.nearness import nearness
from claims.printed.belonging import TREATED, minus, own_words, plain, told_better, weight
from claims.printed.following import Told, follows, in_words, is_nowhere, is_printed, meets
from claims.printed.numbers import PrintedNumber
from claims.printed.pairing import of_two_pairs
from claims.printed.source import Source
from claims.printed.told import told_in
from claims.printed.words import CONTROL, Words, near_in_meaning, words_of
from claims.study.counted import counted, thing_counted

__all__ = ["Held", "held_against"]


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
        if told.kind == "count":  # of how many: what the study enrolled is asked elsewhere
            instead = _of_a_count(told, text, source)
            if instead is not None:
                yield Held("not-printed", told.start, told.end, instead)
            continue
        same = [one for one in source.numbers if meets(told, one)]
        if told.kind == "plain":  # "10.9 months with one and 5.3 with the other"
            same += [
                one
                for one in source.numbers
                if one.kind not in ("plain", "count") and one.value == told.value
            ]
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
            rest = [one for one in all_told if one is not told and one.value is not None]
            found = _elsewhere(told, beside, same, rest, text, source) or _exchanged(
                told, beside, same, source
            )
            if found is None and beside is not None and told.start > beside.start:
                pair = of_two_pairs(beside, told, text, source)
                found = pair and Held("elsewhere", told.start, told.end, *pair)
            if found is not None:
                yield found
        elif _of_a_kind(told) and not is_printed(told, source) and not follows(told, source):
            instead = _instead(told, source)
            if told.number.quantity is not None and is_nowhere(told, source):
                instead = instead or _nearest_told(told, source)
                if instead is None or any(meets(one, instead) for one in all_told if one.value is not None):
                    instead = _of_its_sentence(told, all_told, text, source) or instead
            if instead is not None:
                yield Held("not-printed", told.start, told.end, instead)


def _of_a_count(told: Told, text: str, source: Source) -> PrintedNumber | None:
    """What an abstract has for a whole number without a unit that counts nothing and stands nowhere in it."""
    quantity = told.number.quantity
    if quantity is None or quantity.value < _MANY or counted(text, quantity) or thing_counted(text, told.end):
        return None
    if not is_nowhere(told, source) or follows(told, source):
        return None
    return _nearest_told(told, source)


_MANY = 20  # of which a number in an article is hardly one that the abstract leaves to be counted


def _of_a_kind(told: Told) -> bool:
    """Whether it is plain what a number counts: a share, a unit, a ratio named as one."""
    quantity = told.number.quantity
    return told.kind != "plain" or (quantity is not None and quantity.role == "statistic")


def _kin(one: PrintedNumber, told: Told, source: Source) -> list[PrintedNumber]:
    return [
        other for other in source.numbers if other.found and other.kind == one.kind and not meets(told, other)
    ]


def _elsewhere(
    told: Told,
    beside: Told | None,
    same: Sequence[PrintedNumber],
    rest: Sequence[Told],
    text: str,
    source: Source,
) -> Held | None:
    """The number of the source that a claim's words are of; ``rest`` are the other numbers of its sentence,
    whose words are no others than its own where the sentence lists nothing."""
    best: Held | None = None
    if told.number.change:
        return None  # "from 21 % to 14 %": of what its two ends have
    also = {one.value for one in rest}
    for one in same:
        if not one.own.strip():
            return None
        tied = any(_together(one, each, source) for each in rest)
        others = [
            other
            for other in _kin(one, told, source)
            if (told.number.listed or other.value not in also)
            and not (tied and other.sentence != one.sentence)
            and (meets(beside, other) if beside is not None and _together(one, beside, source) else True)
            and told_better(one, other, told, beside, text, source)
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
            its = own_words(one), own_words(other)
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
    first, second = minus(plain(one), plain(other)), minus(plain(other), plain(one))
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
    return " ".join(minus(one, other).values()), " ".join(minus(other, one).values())


def _about(one: PrintedNumber) -> Words:
    return words_of(one.about, one.named)


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


_HALF = 0.5


def _nearest_told(told: Told, source: Source) -> PrintedNumber | None:
    """The same of a number that stands nowhere in an abstract: one word of the claim may be enough, where it
    tells as much as the others that the abstract has."""
    said = words_of(told.number.about)
    total = weight((stem for stem in said if stem in source.words), source)
    kinds = ("count", "plain") if told.kind == "count" else (told.kind,)
    scored = [
        (weight((stem for stem in said if stem in _about(one)), source), one)
        for one in source.numbers
        if one.found and one.kind in kinds
    ]
    best, one = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return one if best >= _LEAST and best >= total * _HALF else None


_LEAST = 0.4  # a word that stands in six sentences of the abstract


def _of_its_sentence(told: Told, all_told: Sequence[Told], text: str, source: Source) -> PrintedNumber | None:
    """The same by whole sentences: the result of the sentence that the claim retells, which its words and
    the other numbers that it tells show; of several results the one that none of those is."""
    said = words_of(text)
    rest = [one for one in all_told if one is not told and one.value is not None]
    total = weight((stem for stem in said if stem in source.words), source)
    best: tuple[float, PrintedNumber] | None = None
    for one in source.numbers:
        if not one.found or one.kind != told.kind or any(meets(other, one) for other in rest):
            continue
        beside = [other for other in rest if _together(one, other, source)]
        shared = weight((stem for stem in said if stem in words_of(one.around, one.named)), source)
        score = shared + len(beside)
        if (beside or shared >= total * _HALF) and (best is None or score > best[0]):
            best = score, one
    return best[1] if best is not None and best[0] >= _RETOLD else None


_RETOLD = 1.0  # a word, or another number, that stands in no other sentence of the abstract
