# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whether a sentence that tells two things apart has their parts the other way round than its source.

"Front in type 3, back in type 2", "A was related, B was not": each part of such a sentence holds together what
the source holds together in one of its own parts. Where the source holds one half of each part together with one
half of the other, the sentence has them crossed. No way and no word has to be understood for that. Numbers are
left to those who hold them to what they are of (N101).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, permutations

from claims.abstracts.passages import written_out
from claims.linking.groups_named import names_of
from claims.linking.results import Result, results_of
from claims.linking.weighing import same, weighed
from claims.sentence.differing import NONE, SOME, said
from claims.sentence.going import AMOUNTS

__all__ = ["crossed"]

_SHARE = 0.3  # of what the sentence is about the result has to have
_LEAST = 2  # telling words of the sentence that the result has to have
_BREAK = re.compile(
    r"[;:,]\s(?:(?:and|but|whereas|while|though|although|with)\s)?|,?\s(?:and|but|whereas|while|though|although|than|versus|vs\.?|against|compared with|rather than)\s",
    re.IGNORECASE,
)
# between what a sentence says of one thing and of another, with a way or a denial of its own
_CONTRAST = re.compile(r";|,?\s(?:but|whereas|while|though|although)\s|,?\s(?=and not\s)", re.IGNORECASE)
# "type 2", "stage III": which of its kind
_WHICH = re.compile(
    r"\b((?:sub)?type|grade|stage|group|class|phase|level|arm|cohort|step|form|cluster|pattern|zone|quartile|factor|category|model|study|period)s?"
    r"\s(\d{1,2}|(?-i:I{1,3}V?|[A-E]))(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\b(?:upper|lower|left|right|front|back|inner|outer|top|bottom|day|night)\b", re.IGNORECASE
)
_NOT = re.compile(r"\s*not\b", re.IGNORECASE)
_IN_ORDER = re.compile(r"\brespectively\b", re.IGNORECASE)
Part = frozenset[str]


@lru_cache(maxsize=512)
def crossed(text: str, title: str, abstract: str) -> tuple[Result, float] | None:
    """The result that has the parts of a sentence crossed, and how much of the sentence it has; None without."""
    text = written_out(text, abstract)
    mine, halves = _parts(text), _halves(text)
    if len(mine) < 2:
        return None
    found = weighed(text, title, abstract)
    if found is None:
        return None
    for result in results_of(abstract):
        sentence = written_out(result.sentence, abstract)
        words = names_of(sentence)
        share = found.share_in(words)
        if share < _SHARE or found.met_in(words) < _LEAST or _IN_ORDER.search(sentence):
            continue
        theirs = _parts(sentence)
        if any(_cross(one, other, theirs) for one, other in combinations(mine, 2)) or (
            len(halves) == 2 and _cross(halves[0], halves[1], _halves(sentence))
        ):
            return result, round(share, 4)
    return None


def _cross(one: Part, other: Part, parts: Sequence[Part]) -> bool:
    """Whether two parts have each a half of one part and a half of another."""
    mine, theirs = (
        [part for part in (_where(word, parts) for word in words) if part is not None]
        for words in (one, other)
    )
    return any(
        a in mine and b in mine and a in theirs and b in theirs for a, b in permutations(range(len(parts)), 2)
    )


def _where(word: str, parts: Sequence[Part]) -> int | None:
    """The only one of the parts that has a word, or one of its root; None where none or several have it."""
    having = [number for number, part in enumerate(parts) if word in part]
    if not having and word[0].isalpha() and " " not in word:
        having = [number for number, part in enumerate(parts) if same(word, dict.fromkeys(part, ""))]
    return having[0] if len(having) == 1 else None


@lru_cache(maxsize=512)
def _parts(text: str) -> tuple[Part, ...]:
    """What each part of a text names that no other part of it does."""
    return _own([frozenset(_told(piece)) for piece in _BREAK.split(text)])


@lru_cache(maxsize=512)
def _halves(text: str) -> tuple[Part, ...]:
    """The same of the two halves of a contrast, with what each says; nothing where there are not two."""
    pieces = _CONTRAST.split(text)
    if len(pieces) != 2:
        return ()
    halves = _own([frozenset([*_told(piece), *_says(piece)]) for piece in pieces])
    return halves if len(halves) == 2 else ()


def _own(pieces: Sequence[Part]) -> tuple[Part, ...]:
    parts = (
        piece.difference(*(other for place, other in enumerate(pieces) if place != number))
        for number, piece in enumerate(pieces)
    )
    return tuple(part for part in parts if part)


def _told(piece: str) -> Iterator[str]:
    yield from names_of(piece)
    for match in _WHICH.finditer(piece):
        yield f"{match[1].lower()} {match[2]}"
    for match in _SIDE.finditer(piece):
        yield match[0].lower()


def _says(piece: str) -> Iterator[str]:
    """That nothing differed or something did, and which way it all went."""
    kinds = {one.kind for one in said(piece)}
    if NONE in kinds or _NOT.match(piece):
        yield "=none"
    elif SOME in kinds:
        yield "=some"
    ways = {match["up"] is not None for match in AMOUNTS.finditer(piece)}
    if len(ways) == 1 and NONE not in kinds:
        yield "=up" if ways.pop() else "=down"
