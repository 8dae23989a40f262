"""All that an abstract prints: its results, its values in any role, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.abstracts.passages import passages, written_out
from claims.findings.sections import sentences
from claims.printed.numbers import PrintedNumber, read_numbers
from claims.printed.shares import shares_in_words
from claims.printed.words import words_of
from claims.quantities.patterns import WORDS

__all__ = ["Source", "of_source"]


@dataclass(frozen=True, slots=True)
class Source:
    """All results of a text, all its values in any role, and the words that it uses at all.

    ``values``: value, other end, unit, role. ``worded``: shares told in words, from and to, in percent.
    ``tokens``: every number of an abstract, in digits or words, of whatever it is; none of records.
    """

    numbers: tuple[PrintedNumber, ...]
    values: tuple[tuple[Decimal, Decimal | None, str | None, str], ...]
    words: frozenset[str]
    sentences: tuple[str, ...]
    worded: tuple[tuple[Decimal, Decimal], ...] = ()
    tokens: frozenset[Decimal] = frozenset()


@lru_cache(maxsize=512)
def of_source(text: str, title: str) -> Source:
    """What an abstract prints: read once, kept for the next claim."""
    found: list[PrintedNumber] = []
    told: list[str] = []
    values: list[tuple[Decimal, Decimal | None, str | None, str]] = []
    told_as_found = {one.text for one in passages(text)}
    for index, part in enumerate(sentences(text)):
        sentence = text[part.start : part.end]
        told.append(sentence)
        values.extend((abs(one.value), one.high, one.unit, one.role) for one in quantities.find(sentence))
        if part.section in ("other", "title"):
            continue
        result = sentence in told_as_found
        found.extend(replace(one, found=result) for one in _written_out(sentence, index, text))
    worded = tuple((one.low, one.high) for one in shares_in_words(text))
    words = frozenset(words_of(title, text))
    return Source(tuple(found), tuple(values), words, tuple(told), worded, _tokens(f"{title} {text}"))


_TOKEN = re.compile(r"\d+(?:[\s,]\d{3})+(?!\d)|\d+(?:[.·]\d+)?")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?", re.IGNORECASE)


def _tokens(text: str) -> frozenset[Decimal]:
    found = {Decimal(re.sub(r"[\s,]", "", one).replace("·", ".")) for one in _TOKEN.findall(text)}
    found |= {Decimal(part) for one in _TOKEN.findall(text) for part in re.findall(r"\d+", one)}
    found |= {Decimal(WORDS[one.lower()]) for one in _WORD.findall(text) if one.lower() in WORDS}
    for one in quantities.find(text):
        found |= {abs(value) for value in (one.value, one.high) if value is not None}
    return frozenset(found)


def _written_out(sentence: str, index: int, text: str) -> list[PrintedNumber]:
    """The results of a sentence of ``text``, with the words that their short forms stand for."""
    read = read_numbers(sentence, index)
    written = written_out(sentence, text)
    if written == sentence:
        return list(read)
    named = read_numbers(written, index)
    if [one.value for one in named] != [one.value for one in read]:
        return list(read)
    return [replace(one, named=other.own) for one, other in zip(read, named, strict=True)]
