"""To which of a source's numbers the words belong that a claim has for one: the words that tell two apart.

Both numbers may stand in one sentence, each with words of its own, or in two sentences of one abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from math import sqrt

from claims.printed.following import Told
from claims.printed.numbers import PrintedNumber
from claims.printed.source import Source
from claims.printed.words import CONTROL, Words, near_in_meaning, nearest, words_of

__all__ = ["TREATED", "minus", "own_words", "plain", "told_better", "weight"]


TREATED = "∘treated"

# How much the words have to tell that another number has and the one told has not; a word that stands in
# one sentence of the abstract tells 1, in four of them a half.
_ENOUGH = 1.0
_CLAUSE = re.compile(
    r"[;:.]\s|,?\s(?:but|while|whereas|although|though)\s|,\s(?:and|so|yet|which)\s", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:was|were|had|did|[a-z]{2,}ed|fell|rose|saw|gave|took|led|made)\b")
_LEFT_OF_BOUND = re.compile(r"(?:[<>≤≥]\s?=?\s?|\b(?:at least|more than|less than)\s)$", re.IGNORECASE)
_RIGHT_OF_BOUND = re.compile(
    r"\s?%?\sor\s(?:more|greater|higher|above|over|less|lower|fewer)\b", re.IGNORECASE
)


def told_better(
    one: PrintedNumber, other: PrintedNumber, told: Told, beside: Told | None, text: str, source: Source
) -> bool:
    """Whether a claim's words are those of ``other``, and none of them those of ``one``, which is its number.

    ``beside`` is the one other number of its kind in the claim, ``text`` its sentence.
    """
    if _is_accuracy(one) != _is_accuracy(other):
        return False
    if one.sentence != other.sentence:
        return _told_elsewhere(one, other, told, text, source)
    said = _own(told, beside) if told.number.listed else plain(words_of(told.number.about))
    mates = one.against == other.value and other.against == one.value
    if mates and (told.number.change or told.number.unnamed):
        return False  # "lowered it from 21 % to 14 %", "to 14 % against 21 %": of what two groups had
    mine, its = own_words(one), own_words(other)
    if not mine and not (mates and its and not (set(said) & source.words) - set(its)):
        return False
    mine, its = _contrasted(*_levelled(mine, its))
    only_one, only_other = minus(mine, its), minus(its, mine)
    met = set(only_other) & set(said)
    against = set(only_one) & set(said)
    if any(stem[0] == "@" for stem in met) and any(stem[0] == "@" for stem in only_one):
        return not any(stem[0] == "@" for stem in against)
    return (
        bool(met)
        and not against
        and not any(near_in_meaning(word, minus(said, its)) for word in only_one.values())
    )


def _told_elsewhere(one: PrintedNumber, other: PrintedNumber, told: Told, text: str, source: Source) -> bool:
    """The same of numbers of two sentences: the words that stand with the claim's number have to be those of
    the other's sentence, several of them, and its whole sentence has nothing of this one's."""
    if not one.own.strip():
        return False
    if not source.tokens:
        return _told_of_another_record(one, other, text, source)
    if _is_bound(other) or _PAST.search(other.around) is None:
        return False
    whole = words_of(told.number.own, told.number.shared) if told.number.listed else words_of(text)
    own = words_of(told.number.own if told.number.listed else _clause(text, told.start, told.end))
    mine = words_of(one.around, one.named)
    its = words_of(other.about if other.listed else other.around, other.named)
    only_one, only_other = minus(mine, its), minus(its, mine)
    if not any(stem in own for stem in only_other) or any(stem in whole for stem in only_one):
        return False
    counts = _counts(source.sentences)
    met = [
        (1.0 if stem in only_other else near, counts.get(stem, 1))
        for stem, word in own.items()
        if stem not in its or stem in only_other
        if stem in only_other or (near := nearest(word, only_other))
    ]
    if len(met) < 2 or sum(near / sqrt(count) for near, count in met) < _ENOUGH:
        return False
    return not any(near_in_meaning(word, minus(whole, its)) for word in only_one.values())


def _told_of_another_record(one: PrintedNumber, other: PrintedNumber, text: str, source: Source) -> bool:
    """The same of two records, whose labels say what sets them apart: the sentence has a word that the
    other's label has and no third one, and nothing that this one's has, its record neither. A label of one
    word is too short to be told from."""
    mine, its, said = own_words(one), own_words(other), words_of(text)
    only_one, only_other = minus(mine, its), minus(its, mine)
    third: Words = {}
    for each in source.numbers:
        if each.own not in (one.own, other.own):
            third |= own_words(each)
    recorded = minus(words_of(one.about), words_of(other.about))
    return (
        len(its) > 1
        and any(stem in said for stem in minus(only_other, third))
        and not any(stem in said for stem in (*only_one, *recorded))
        and not any(near_in_meaning(word, minus(said, its)) for word in only_one.values())
    )


def weight(stems: Iterable[str], source: Source) -> float:
    """How much words tell of their place in a source: 1 for one of one sentence, a half for one of four.

    Softer than ``linking.weighing.rarity``: that finds the one result a sentence tells of, among all those of
    an abstract; here two numbers of one sentence are told apart, and common words of it count as well.
    """
    counts = _counts(source.sentences)
    return sum((1 / sqrt(counts.get(stem, 1)) for stem in stems), 0.0)


@lru_cache(maxsize=512)
def _counts(sentences: tuple[str, ...]) -> dict[str, int]:
    """In how many sentences each word stands."""
    found: dict[str, int] = {}
    for sentence in sentences:
        for stem in words_of(sentence):
            found[stem] = found.get(stem, 0) + 1
    return found


def _clause(text: str, start: int, end: int) -> str:
    """The part of a sentence that a number stands in."""
    low = max((one.end() for one in _CLAUSE.finditer(text) if one.end() <= start), default=0)
    after = _CLAUSE.search(text, end)
    return text[low : after.start() if after is not None else len(text)]


def _is_bound(one: PrintedNumber) -> bool:
    """Whether a number is where something begins to count: "at least 25 % fewer", "scores of 90 or more"."""
    text = one.around
    left = text[max(0, one.start - 14) : one.start]
    return _LEFT_OF_BOUND.search(left) is not None or _RIGHT_OF_BOUND.match(text, one.end) is not None


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
    first, second = plain(one), plain(other)
    if marked[0] != marked[1] and one and other:
        first[CONTROL if marked[0] else TREATED] = second[CONTROL if marked[1] else TREATED] = ""
    return first, second


def plain(words: Words) -> Words:
    """Words without the mark of a comparison group."""
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


def own_words(one: PrintedNumber) -> Words:
    """The words that a printed number stands with alone."""
    return words_of(one.own, one.named)


def minus(one: Words, other: Words) -> Words:
    """The words of one place that another has not."""
    return {stem: word for stem, word in one.items() if stem not in other}
