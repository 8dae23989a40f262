# ruff: noqa: E501 - tables of patterns read better unwrapped
"""Whether the result of an abstract that is nearest to a claim says otherwise: by the words of both alone.

For what the vocabulary does not name. A claim that something differed is opposed by the nearest result where
that says that nothing did, and no result that agrees is as near; and the other way round. A claim that
something rose is opposed where the nearest result says that it fell, or rose on the other side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.passages import written_out
from claims.linking.crossing import crossed
from claims.linking.groups_named import names_of
from claims.linking.outweighing import outweighed
from claims.linking.ranking import outranked
from claims.linking.results import Result, naming_words, results_of, telling_words
from claims.linking.weighing import Weighed, of_another, same, weighed
from claims.sentence.differing import BOTH, NONE, SOME, Stretch, stretches
from claims.sentence.going import Going, goings, sides

__all__ = ["Opposed", "opposed", "turned"]

_SHARE = 0.5  # of what the claim is about the result has to have
_AHEAD = 0.2  # more than any result that agrees
_LACKING = 0.15  # that an agreeing result may have of it and this one not
_ON_ONE_SIDE = 0.5  # where only one word is met, as that of the other side
_MET = 2  # words, or one that is all but
_ALL_BUT = 0.75  # of the claim
_WAYS = {True: "increases", False: "decreases"}
# what may be is not opposed by what was not seen
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|perhaps|possibly|potential(?:ly)?|suggest\w*|seem(?:s|ed)?|appear(?:s|ed)?|tend(?:s|ed)?|trend|likely to be"
    r"|whether|if|not significant|(?:fell|falls?) short|miss(?:es|ed)|reach(?:ed)? significance)\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:whether|if|may|might|could|would|perhaps|possibly|not significant|(?:fell|falls?) short|miss(?:es|ed))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opposed:
    """``said`` and ``told``: increases, decreases, no-difference, changes (no way named), of claim and result.

    Where both are the same, it is of the other side. ``share``: of what the claim is about the result has.
    """

    said: str
    told: str
    result: Result
    share: float
    words: Mapping[str, str]  # of the part of the result that says it


@lru_cache(maxsize=512)
def opposed(text: str, title: str, abstract: str, outcome: str = "") -> Opposed | None:
    """The nearest result that says otherwise than the claim ``text``; None where none does.

    ``outcome``: what the claim says something of, where its sentence shows that; then the result must name it.
    """
    text = written_out(text, abstract)
    found = (
        _of_difference(text, title, abstract)
        or _of_way(text, title, abstract)
        or turned(text, title, abstract)
        or _outweighed(text, title, abstract)
    )
    if found is None or not _names_outcome(outcome, found, abstract):
        return None
    return found


def turned(text: str, title: str, abstract: str) -> Opposed | None:
    """The nearest result that sets another group over the others than a claim does, or under; None without."""
    found = outranked(text, title, abstract)
    if found is None:
        across = crossed(text, title, abstract)
        ways = [one.up for one in goings(text)]
        way = _WAYS[ways[0] if ways else True]
        return None if across is None else Opposed(way, way, *across, across[0].words)
    way = _WAYS[found.up]
    return Opposed(way, way, found.result, found.share, found.words)


def _outweighed(text: str, title: str, abstract: str) -> Opposed | None:
    """The result that weighs most against a word of more or less that the abstract speaks against."""
    found = None if _LEFT_OPEN.search(text) else outweighed(text, title, abstract)
    if found is None or of_another(text, found.against.passage.words):
        return None
    sentence = found.against.passage.text
    result = next(one for one in results_of(abstract) if one.sentence == sentence)
    said = _WAYS[found.up]
    told = _WAYS[not found.up] if found.against.turned else said
    share = round(found.against.signs["whole"], 4)
    return Opposed(said, told, result, share, naming_words(sentence))


def _names_outcome(outcome: str, found: Opposed, abstract: str) -> bool:
    """Whether the result has most words of the outcome that any result of the abstract has."""
    every = {word for result in results_of(abstract) for word in result.words}
    words = (one for one in telling_words(outcome) if one[0] != "-")  # a number without its name
    known = [one for one in words if same(one, dict.fromkeys(every, ""))]
    met = [one for one in known if same(one, found.words)]
    return 2 * len(met) > len(known) or not known


def _stretches(text: str) -> list[Stretch]:
    """The stretches of a claim; where one only denies what stands before it, both together deny it: "lived
    longer, but not by a significant margin"."""
    found: list[Stretch] = []
    for one in stretches(text):
        if one.kind == NONE and found and found[-1].kind == SOME and not telling_words(one.text):
            found[-1] = Stretch(NONE, found[-1].text + one.text)
        else:
            found.append(one)
    return found


def _of_the_rest(
    against: Result, found: Weighed, every: Sequence[Stretch], stretch: Stretch, title: str, abstract: str
) -> bool:
    """Whether a result is what another stretch of the claim tells, which agrees with it."""
    for one in every:
        if one is stretch or one.kind != against.kind:
            continue
        other = weighed(one.text, title, abstract)
        if other is not None and other.met_in(against.words) >= found.met_in(against.words):
            return True
    return False


def _of_difference(text: str, title: str, abstract: str) -> Opposed | None:
    every = _stretches(text)
    for stretch in every:
        if stretch.kind not in (NONE, SOME) or (stretch.kind == SOME and _HEDGED.search(stretch.text)):
            continue
        found = weighed(stretch.text, title, abstract)
        if found is None:
            continue
        against, agreeing, silent = (
            max(
                (one for one in results_of(abstract) if one.kind in kinds),
                key=lambda one: found.share_in(one.words),
                default=None,
            )
            for kinds in ((SOME if stretch.kind == NONE else NONE,), (stretch.kind, BOTH), (None,))
        )
        if against is None:
            continue
        share = found.share_in(against.words)
        if found.met_in(against.words) < (_MET if share < _ALL_BUT or len(found.words) < _MET else 1):
            continue
        most = 0.0 if agreeing is None else found.share_in(agreeing.words)
        lacking = 0.0 if agreeing is None else found.lacking(agreeing.words, against.words)
        if _of_the_rest(against, found, every, stretch, title, abstract):
            continue
        if share < _SHARE or share - most < _AHEAD or lacking > _LACKING or of_another(text, against.text):
            continue
        if silent is not None and share < found.share_in(silent.words):
            continue
        beside = stretch.kind == NONE or sides(text)[1].strip()
        if beside and not _WITHIN.search(text) and _within(_clause(against.text, found), against.text, text):
            continue
        if _beside_another(text, against.text):
            continue
        way = _way(against.text if stretch.kind == NONE else stretch.text)
        claimed, told = ("no-difference", way) if stretch.kind == NONE else (way, "no-difference")
        return Opposed(claimed, told, against, round(share, 4), against.words)
    return None


# what happened within groups, be they alike or not
_WITHIN = re.compile(
    r"\b(?:(?:in|of|for|within|across) (?:both|each|all|either)(?: of)?(?: the)?(?: \w+)? (?:groups?|arms?|treatments?)|from (?:the )?baseline|compared (?:with|to) (?:the )?baseline"
    r"|before and after|over time)\b",
    re.IGNORECASE,
)


_AT_FIRST = re.compile(r"\b(?:baseline|before)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|both|(?:two|three) groups|controls?|placebo|than|versus|vs|associat\w+|relat\w+)\b",
    re.IGNORECASE,
)


def _clause(text: str, found: Weighed) -> str:
    """The clause of a result that has most of the claim."""
    return max(_COMMA.split(text), key=lambda one: found.share_in(naming_words(one)))


_COMMA = re.compile(r"[;,](?=\s)")


def _within(text: str, whole: str, claim: str) -> bool:
    """Whether a clause of a result, or the ``whole`` of it, is of what happened within groups, where the claim
    sets one beside another."""
    beside = sides(text)[1]
    if beside.strip() and not _AT_FIRST.search(beside):
        return False
    between = _BETWEEN.search(claim) is not None and _BETWEEN.search(whole) is None
    return _WITHIN.search(whole if between else text) is not None or (
        bool(names_of(sides(claim)[1])) and _BETWEEN.search(text) is None
    )


def _beside_another(text: str, other: str) -> bool:
    """Whether both compare, but with another thing each."""
    return _parted(sides(text)[1], sides(other)[1])


def _parted(one: str, other: str) -> bool:
    mine, theirs = names_of(one), names_of(other)
    return bool(mine and theirs) and not any(same(word, theirs) for word in mine)


def _way(text: str) -> str:
    ways = {one.up for one in goings(text)}
    return _WAYS[ways.pop()] if len(ways) == 1 else "changes"


def _of_way(text: str, title: str, abstract: str) -> Opposed | None:
    mine = goings(text)
    if len({one.up for one in mine}) != 1 or _LEFT_OPEN.search(text):
        return None
    found = weighed(text, title, abstract)
    if found is None:
        return None
    claim = mine[0] if len(mine) == 1 else Going(mine[0].up, text, " ".join(one.beside for one in mine))
    against: list[tuple[float, Result, Going, Mapping[str, str]]] = []
    agreeing: list[Mapping[str, str]] = []
    silent = 0.0
    for result in results_of(abstract):
        parts = goings(result.text)
        if not parts:
            silent = max(silent, found.share_in(result.words))
        for part in parts:
            words = names_of(f"{part.text} {part.beside}")
            share = found.share_in(words)
            side = _side(claim, part)
            met = found.met_in(words)
            if result.kind == NONE or side == 0 or (part.up == claim.up) == (side > 0):
                agreeing.append(words)
            elif _parted(claim.beside, part.beside):
                continue
            elif not _to_the_letter(found, words):
                continue  # what is near in meaning may be the lack of it
            elif met >= _MET or (side < 0 and met and share >= _ON_ONE_SIDE):
                against.append((share, result, part, words))
            else:
                agreeing.append(words)
    if not against:
        return None
    share, result, part, words = max(against, key=lambda one: one[0])
    most = max(map(found.share_in, agreeing), default=0.0)
    lacking = max((found.lacking(one, words) for one in agreeing), default=0.0)
    if share < max(_SHARE, silent, most + _AHEAD) or lacking > _LACKING or of_another(text, part.text):
        return None
    return Opposed(_WAYS[claim.up], _WAYS[part.up], result, round(share, 4), words)


def _to_the_letter(found: Weighed, words: Mapping[str, str]) -> bool:
    """Whether two of the claim's words stand in the part, or one that is not in the title."""
    met = [one for one in found.words if same(one, words)]
    return len(met) > 1 or any(one not in found.titled for one in met)


def _side(one: Going, other: Going) -> int:
    """-1 where what one speaks of is what the other compares with, 0 where both is so, else 1."""
    main, beside = names_of(one.text), names_of(one.beside)
    theirs, against = names_of(other.text), names_of(other.beside)
    own = [word for word in main if word not in beside]
    far = [word for word in beside if word not in main]
    over = any(same(word, against) and not same(word, theirs) for word in own)
    back = any(same(word, theirs) and not same(word, against) for word in far)
    if not (over or back):
        return 1
    kept = any(same(word, against) for word in far)
    return 0 if kept or (far and against and not (over and back)) else -1
