# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whether what an abstract says against a word of more or less outweighs what it says for it.

Each word of a sentence that says more or less, better or worse, is held against each such word of the abstract's
results. How much that one counts is weighed by what stands around both: the words that the two have in common, the
nearer the better, the rarer the heavier; numbers; whether both judge or both count; who stands on which side of the
comparison. The weights were learned from sentences that say what their source says (``bench/train_outweighing.py``):
there what agrees has to outweigh what does not, and nothing else was asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.passages import Passage, passages, written_out
from claims.concepts import fold
from claims.findings import direction_words
from claims.findings.outcome_sentences import stem
from claims.linking.groups_named import names_of
from claims.linking.results import results_of, telling_words
from claims.linking.weighing import met, rarity, same
from claims.sentence.going import goes_together, sides
from claims.sentence.leanings import BREAK, Leaning, leanings
from claims.sentence.two_groups import CONTROLS

__all__ = ["WEIGHTS", "Pull", "outweighed", "pulls"]

#: what each sign adds to the logarithm of how much a word of the abstract counts
WEIGHTS: Mapping[str, float] = {
    "across": -0.14,
    "back": -0.73,
    "bias": -0.54,
    "both judge": 1.29,
    "last": -0.01,
    "most of it": 0.08,
    "near": 0.27,
    "near and whole": 0.11,
    "near back": 1.50,
    "nearly all near": 0.27,
    "numbers": 0.54,
    "only one near": 0.38,
    "other side": -3.02,
    "whole": 0.26,
    "words near": 0.12,
}
_AGAINST = (
    2.0  # by how much it has to outweigh: of 1,340 right sentences of the training data three are at it
)
_OF_IT = 0.35  # of what stands beside the word what speaks against it most has to have
_SECOND = 0.5  # what speaks for it most is worth less than this share of what speaks against it most
_STRONGEST = 3.0  # no single word counts for more than this, as a logarithm
_NEAR, _BREATH = 6, 4  # words; what a breath between two words counts for
_ALL_BUT, _MOST = 0.8, 0.6
_SURELY = 0.75
_TITLED = 0.6
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_][\w'’]*")
_CLAUSE = re.compile(
    r"[;:]|,\s(?:and|but|whereas|while|although|though)\s|\s(?:but|whereas|while|although|though)\s"
)
_EITHER = re.compile(r"\bsensitiv|\btime to\b", re.IGNORECASE)  # more of it may be good or bad
_BESIDE = 40  # characters around a word that tell whether more of it is good


@dataclass(frozen=True, slots=True)
class _Frame:
    """A word of more or less with what stands around it, words by their stem."""

    word: Leaning
    near: Mapping[str, str]
    whole: Mapping[str, str]
    numbers: frozenset[str]
    main: Mapping[str, str]
    beside: Mapping[str, str]
    controls: int  # 1: the sentence speaks of the controls, -1: it compares with them
    around: str


@dataclass(frozen=True, slots=True)
class Pull:
    """How a word of an abstract bears on one of a sentence: for it or against; ``signs`` say how much it counts."""

    agrees: bool
    signs: Mapping[str, float]
    passage: Passage
    turned: bool  # both count, and of the same side: only the word is another

    def weight(self, weights: Mapping[str, float]) -> float:
        """How much it counts."""
        total = sum(weights.get(name, 0.0) * value for name, value in self.signs.items())
        return math.exp(min(_STRONGEST, total))


@dataclass(frozen=True, slots=True)
class Outweighed:
    """The word of a sentence that its source outweighs, and what weighs most against it."""

    up: bool
    against: Pull


@lru_cache(maxsize=512)
def outweighed(text: str, title: str, abstract: str) -> Outweighed | None:
    """The first word of more or less of a sentence that its abstract speaks against; None where none is.

    >>> study = "Results: Pain was lower with tea than with milk. Conclusions: Tea lowered pain."
    >>> outweighed("Pain was lower with tea.", "Tea or milk", study) is None
    True
    """
    if goes_together(text):
        return None
    for word, found in pulls(text, title, abstract):
        total, for_it, against = 0.0, 0.0, (0.0, found[0])
        for one in found:
            weight = one.weight(WEIGHTS)
            total += weight if one.agrees else -weight
            if one.agrees:
                for_it = max(for_it, weight)
            elif weight > against[0]:
                against = weight, one
        best = against[1]
        clear = total < -_AGAINST and for_it < _SECOND * against[0]
        if clear and best.signs["near"] >= _OF_IT:
            return Outweighed(word.up, best)
    return None


def pulls(text: str, title: str, abstract: str) -> Iterator[tuple[Leaning, list[Pull]]]:
    """Each word of more or less of a sentence with what the results of its abstract say for and against it."""
    text = written_out(text, abstract)
    mine = [one for one in _frames(text) if not one.word.loosely]
    source = _source(abstract) if mine else ()
    if not source:
        return
    common = _Common({**mine[0].whole, **_words(text)}, title, source)
    for one in mine:
        found = [
            pull
            for passage, words in source
            if common.has_any(one.near, words)
            for other in _frames(passage.words)
            if (pull := _pull(one, other, passage, common)) is not None
        ]
        if found:
            yield one.word, found


class _Common:
    """What a sentence and its source have in common: of each word of it those of the source that may mean it."""

    def __init__(
        self, words: Mapping[str, str], title: str, source: tuple[tuple[Passage, Mapping[str, str]], ...]
    ):
        named = telling_words(title)
        self.titled = frozenset(one for one in words if same(one, named))
        every = {stem: word for _, own in source for stem, word in own.items()}
        self.met: dict[str, dict[str, float]] = {}
        self.weights: dict[str, float] = {}
        for one, word in words.items():
            near = {other: value for other, name in every.items() if (value := met(one, word, {other: name}))}
            self.met[one] = near
            sure = [other for other, value in near.items() if value >= _SURELY]
            having = sum(any(other in own for other in sure) for _, own in source)
            self.weights[one] = rarity(having if near else None, len(source))
            if one in self.titled:
                self.weights[one] *= _TITLED

    def has_any(self, words: Mapping[str, str], other: Mapping[str, str]) -> bool:
        return any(found in other for one in words for found in self.met.get(one, ()))

    def names(self, words: Mapping[str, str], other: Mapping[str, str]) -> bool:
        """Whether a part of the source has one of some words that its title does not have: the title is of all."""
        return any(
            found in other for one in words if one not in self.titled for found in self.met.get(one, ())
        )

    def share(self, words: Mapping[str, str], other: Mapping[str, str]) -> tuple[float, int]:
        """How much of some words of the sentence a part of the source has, and how many."""
        whole = part = 0.0
        count = 0
        for one in words:
            weight = self.weights.get(one, 0.0)
            value = max(
                (value for found, value in self.met.get(one, {}).items() if found in other), default=0.0
            )
            whole += weight
            part += weight * value
            count += value > 0
        return (part / whole if whole else 0.0), count

    def share_of_source(self, other: Mapping[str, str], words: Mapping[str, str]) -> float:
        """How much of some words of the source a part of the sentence has."""
        got = {found for one in words for found in self.met.get(one, ()) if found in other}
        return len(got) / len(other) if other else 0.0


def _pull(one: _Frame, other: _Frame, passage: Passage, common: _Common) -> Pull | None:
    near, count = common.share(one.near, other.near)
    side = _side(one, other)
    if not count or not side:
        return None
    across = one.word.worth != other.word.worth
    worth = _worth(one, other) if across else 1
    agrees = (one.word.up == other.word.up) == (side * worth > 0)
    of_it = (count > 1 and near > _ALL_BUT) or common.names(one.whole, other.whole)
    if not worth or (not agrees and (other.word.loosely or not of_it)):
        return None  # whether that speaks against it nobody can tell
    whole, _ = common.share(one.whole, other.whole)
    signs = {
        "bias": 1.0,
        "near": near,
        "whole": whole,
        "near and whole": near * whole,
        "nearly all near": float(near > _ALL_BUT),
        "most of it": float(whole > _MOST),
        "words near": min(count, 3) / 3,
        "only one near": float(len(one.near) < 2),
        "back": common.share_of_source(other.near, one.whole),
        "near back": common.share_of_source(other.near, one.near),
        "numbers": min(len(one.numbers & other.numbers), 2) / 2,
        "both judge": float(one.word.worth and other.word.worth),
        "across": float(across),
        "last": float(passage.last),
        "other side": float(side < 0),
    }
    return Pull(agrees, signs, passage, not (one.word.worth or other.word.worth or side < 0))


def _worth(one: _Frame, other: _Frame) -> int:
    """1 where more of what both speak of is better, -1 where less is; 0 where nobody can tell."""
    judging, counting = (one, other) if one.word.worth else (other, one)
    for text in (judging.around, counting.around):
        if _EITHER.search(text):
            return 0
        bad = direction_words.BAD.search(text) is not None
        good = direction_words.GOOD.search(text) is not None
        if bad != good:
            return -1 if bad else 1
    return 0


def _side(one: _Frame, other: _Frame) -> int:
    """-1 where one speaks of those that the other compares with, 1 where both speak of the same, 0 unknown."""
    over = _meet(_only(one.main, one.beside), _only(other.beside, other.main))
    back = _meet(_only(one.beside, one.main), _only(other.main, other.beside))
    straight = _meet(_only(one.beside, one.main), _only(other.beside, other.main))
    if over or back:
        return 0 if straight else -1
    if straight or one.controls == other.controls:
        return 1
    if {one.controls, other.controls} == {1, -1} or 1 in (one.controls, other.controls):
        return -1
    return 1


def _only(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    return [word for word in one if not same(word, other)]


def _meet(one: list[str], other: list[str]) -> bool:
    theirs = dict.fromkeys(other, "")
    return any(same(word, theirs) for word in one)


@lru_cache(maxsize=512)
def _source(abstract: str) -> tuple[tuple[Passage, Mapping[str, str]], ...]:
    """The sentences of an abstract that tell results, each with its words."""
    kept = {one.sentence for one in results_of(abstract)}
    return tuple((one, _words(one.words)) for one in passages(abstract) if one.text in kept)


@lru_cache(maxsize=4096)
def _placed(text: str) -> tuple[tuple[int, int, int, str, str], ...]:
    """The telling words and the numbers of a text: which word of it, behind how many breaths, where; stem, word."""
    telling = names_of(text)
    breaths = [match.start() for match in BREAK.finditer(text)]
    found = []
    for number, match in enumerate(_TOKEN.finditer(text), 1):
        word = match[0]
        if not word[0].isdigit():
            word = fold(word.lower())
            if stem(word) not in telling:
                continue
        behind = sum(place < match.start() for place in breaths)
        found.append((number, behind, match.start(), stem(word), word))
    return tuple(found)


def _words(text: str) -> Mapping[str, str]:
    return {stem: word for *_, stem, word in _placed(text) if not word[0].isdigit()}


@lru_cache(maxsize=4096)
def _frames(text: str) -> tuple[_Frame, ...]:
    every = leanings(text)
    return tuple(_framed(text, one) for one in every)


def _framed(text: str, one: Leaning) -> _Frame:
    at = len(_TOKEN.findall(text[: one.start])) + 1
    behind = sum(match.start() < one.start for match in BREAK.finditer(text))
    near: dict[str, str] = {}
    whole: dict[str, str] = {}
    numbers: set[str] = set()
    for number, breaths, start, stem_, word in _placed(text):
        if one.start <= start < one.end:
            continue
        away = abs(number - at) + _BREATH * abs(breaths - behind)
        if word[0].isdigit():
            if away <= 2 * _NEAR:
                numbers.add(word)
            continue
        whole[stem_] = word
        if away <= _NEAR:
            near[stem_] = word
    breaks = [match.start() for match in _CLAUSE.finditer(text)]
    low = max((place for place in breaks if place < one.start), default=0)
    high = min((place for place in breaks if place > one.start), default=len(text))
    main, beside = sides(text[low:high])
    controls = (CONTROLS.search(main) is not None) - (CONTROLS.search(beside) is not None)
    around = text[max(low, one.start - _BESIDE) : min(high, one.end + _BESIDE)]
    return _Frame(one, near, whole, frozenset(numbers), names_of(main), names_of(beside), controls, around)
