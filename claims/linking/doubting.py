"""Whether a passage of an abstract that speaks against a sentence is what the sentence tells of at all.

A finding read by machine is matched by what it is about. Before it counts against a sentence the two are read
once more, by words alone: a sentence that tells what was done is nearer to another part of the abstract, and
what the passage says has to be the other of what the sentence says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.abstracts.passages import LONGEST, passages, written_out
from claims.findings.sections import sentences
from claims.linking.results import naming_words, results_of
from claims.linking.weighing import met, rarity, weighed
from claims.sentence.change import change_cues
from claims.sentence.differing import BOTH, NONE, SOME, compares, stretches
from claims.sentence.going import goings

__all__ = ["doubted"]

_NEARER = 0.05  # of what the sentence says
_AS_NEAR = 0.05
_BORNE_OUT = 0.4  # of what it is about, for a claim to be borne out in words
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w]|\.\d)")
# "eased", "worsens", "slept worse", no noun such as "burns" or "inhibitors"
_TELLS = re.compile(
    r"\w+ed|(?!burns)\w+(?<!or)s|causes?|improve|worsen|worse|better|sooner|later|(?:speeds?|sped) up",
    re.IGNORECASE,
)
# "may raise", "did more to lower": a verb, whatever its form
_HELPED = re.compile(
    r"\b(?:may|might|can|could|will|would|did|does|do|helps?|helped|to)\s(?:also\s|even\s|\w+ly\s)?$",
    re.IGNORECASE,
)
_NOTHING = "no-difference"
_WAYS = {"increases": True, "decreases": False}


def doubted(
    text: str, source: tuple[str, str], quote: str, ways: tuple[str, str], *, of_part: bool = False
) -> bool:
    """Whether a passage ``quote`` of an abstract may well not be of what a sentence says, or say the same.

    ``source``: title and abstract. ``ways``: what the sentence and the passage are taken to say, increases,
    decreases, changes or no-difference; ``of_part``: by that part of the passage that is nearest to it.

    >>> study = ("Tea", "Methods: Nine had tea. Results: Pain fell with tea. Conclusions: Tea helps.")
    >>> doubted("Nine had tea.", study, "Pain fell with tea.", ("increases", "decreases"))
    True
    """
    abstract, (said, told) = source[1], ways
    text = written_out(text, abstract)
    if not any(_within(quote, one.text) for one in passages(abstract)):
        return True  # an aim, or what was done
    if not compares(text) and _tells_what_was_done(text, abstract, quote):
        return True
    goes = {one.up for one in goings(text)}
    cues = [one for one in change_cues(text) if one.meaning in (said, "better", "worse")]
    if any(_TELLS.fullmatch(text, one.start, one.end) or _HELPED.search(text, 0, one.start) for one in cues):
        goes.add(_WAYS.get(said, True))
    if said in _WAYS and told in _WAYS and _WAYS[said] not in goes and not (of_part and not goes):
        return True
    return (said == _NOTHING) != (told == _NOTHING) and _agreed(text, source, quote, of_part)


def _within(quote: str, sentence: str) -> bool:
    return quote.strip(" .,;") in sentence or sentence.strip(" .,;") in quote


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    words: Mapping[str, str]
    numbers: frozenset[str]
    tells: bool  # of a difference, or that there was none


@lru_cache(maxsize=64)
def _sentences(abstract: str) -> tuple[_Sentence, ...]:
    """The sentences of an abstract, what was done among them."""
    body = abstract[:LONGEST]
    results = {one.text for one in passages(abstract)}
    found = []
    for part in sentences(body):
        own = body[part.start : part.end]
        plain = written_out(own, abstract)
        tells = own in results and any(one.kind is not None for one in stretches(plain))
        found.append(_Sentence(own, naming_words(plain), frozenset(_NUMBER.findall(own)), tells))
    return tuple(found)


def _tells_what_was_done(text: str, abstract: str, quote: str) -> bool:
    """Whether a sentence of the abstract that tells no result has more of the text than the quote."""
    every = _sentences(abstract)
    shares: dict[str, float] = {}
    words = naming_words(text)
    for one, word in words.items():
        having = sum(met(one, word, other.words) > 0 for other in every)
        shares[one] = rarity(having, len(every)) if having else 0.0
    for number in set(_NUMBER.findall(text)):
        having = sum(number in other.numbers for other in every)
        shares[number] = rarity(having, len(every)) if having else 0.0
    unnamed = rarity(None, len(every)) * sum(not share for share in shares.values())
    whole = sum(shares.values()) + unnamed or 1.0

    def share(other: _Sentence) -> float:
        return (
            sum(
                weight * (met(one, words[one], other.words) if one in words else one in other.numbers)
                for one, weight in shares.items()
            )
            / whole
        )

    near = max((share(one) for one in every if _within(quote, one.text)), default=0.0)
    return any(
        share(one) >= near + _NEARER for one in every if not one.tells and not _within(quote, one.text)
    )


def _agreed(text: str, source: tuple[str, str], quote: str, of_part: bool) -> bool:
    """Whether a claim is as near in words to a result that agrees with it as to the passage against it.

    So too where it says nothing of a difference, or says what that passage says.
    """
    title, abstract = source
    kinds = {one.kind for one in stretches(text)}
    results = results_of(abstract)
    quoted = [one for one in results if _within(quote, one.sentence) or one.text in quote]
    found = weighed(text, title, abstract)
    if not quoted or found is None:
        return False
    near = max(found.share_in(one.words) for one in quoted)
    least = near - _AS_NEAR if of_part else 0.0
    theirs = {one.kind for one in quoted if found.share_in(one.words) >= least} & {NONE, SOME}
    if not theirs:
        return False
    if not kinds & {NONE, SOME, BOTH} or BOTH in kinds or not kinds & {NONE, SOME} - theirs:
        return True
    like = max(
        (found.share_in(one.words) for one in results if one.kind and one.kind not in theirs), default=0.0
    )
    return like >= max(near, _BORNE_OUT)
