"""Of what a source prints a number: the group, the time and the outcome that stand beside it.

An abstract gives one rate for those vaccinated before 17 and another for those vaccinated later. Either may
be told of the other: the number is in the source, though not there. Here the words around each printed result
are set against the words around a claim's number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.concepts import Vocabulary
from claims.expressions import expression
from claims.findings.about import NEAR, About, about, apart, only, same_days, shares
from claims.findings.accuracy import ACCURACY
from claims.findings.placed import Placed, is_value
from claims.printed.words import words_of

__all__ = ["Misplaced", "excerpt", "misplaced"]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim's words: those with its number, also without the title's; all of them, also without those."""

    beside: About
    own: About
    whole: About
    beyond_title: About


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A number that stands in the source beside ``where``, told of what ``instead`` is the result of."""

    where: Placed
    instead: Placed


def misplaced(
    values: Sequence[tuple[str, Decimal, Decimal]],
    own: str,
    whole: str,
    results: Sequence[Placed],
    title: str,
    vocabulary: Vocabulary,
) -> Misplaced | None:
    """The result that a claim's words are about, where its number is another's; None where it may be right.

    ``values``: what the number may be in the source, as (kind, value, slack). ``own``: the claim's words
    with this number, ``whole``: all of them. What the ``title`` names all results are about.
    """
    mine = [one for one in results if any(is_value(one, *value) for value in values)]
    if not mine or not all(words_of(one.own) for one in mine):
        return None  # of what a number is that stands with no words of its own cannot be told
    said, titled, beside = (about(text, vocabulary) for text in (whole, title, own))
    topic = frozenset(stem for stem in titled.stems if stem[0] != "¬")
    own_words = replace(beside, stems=beside.stems - topic)
    claim = _Claim(beside, own_words, said, only(said, titled, vocabulary))
    best: Misplaced | None = None
    for one in mine:
        others = [
            other
            for other in results
            if other.kind == one.kind
            and not any(is_value(other, *value) for value in values)
            and _told_better(one, other, claim, vocabulary)
        ]
        if not others:
            return None
        best = best or Misplaced(one, others[0])
    return best


def _told_better(one: Placed, other: Placed, claim: _Claim, vocabulary: Vocabulary) -> bool:
    """Whether a claim's words are those of ``other`` and none of them those of ``one`` alone."""
    near = one.sentence == other.sentence
    if near and not (one.own and other.own):
        return False  # told in more ways than one: what stands with which is not sure
    a = about(one.own if near else one.around, vocabulary)
    b = about(other.own if near else other.around, vocabulary)
    of_one, of_other = only(a, b, vocabulary), only(b, a, vocabulary)
    if _of_another_time(of_one, of_other, claim.own, vocabulary):
        return not of_one.ages & claim.whole.ages and not of_one.levels & claim.whole.levels
    leads = one.around.startswith(one.own)  # its words begin with what the whole sentence is about
    if shares(of_one, claim.whole if near and not leads else claim.beyond_title, vocabulary):
        return False
    if one.kind == "percent" and near:  # two arms, of which the title may well name one
        return apart(of_one, of_other, claim.beside, near, vocabulary)
    # what the title names all results are about, but for those that name another outcome of their own
    elsewhere = any(
        "outcome" in vocabulary.roles(iri) and vocabulary.best_fit(claim.whole.concepts, (iri,)) not in NEAR
        for iri in of_one.concepts
    )
    words = claim.own
    if not near and not elsewhere:
        words = replace(claim.own, concepts=claim.own.concepts & claim.beyond_title.concepts)
    several = one.kind in ACCURACY and len(of_other.stems & words.stems) > 1  # two tests of one source
    return apart(of_one, of_other, words, near or several, vocabulary)


def _of_another_time(one: About, other: About, claim: About, vocabulary: Vocabulary) -> bool:
    """Whether the claim's time is the second place's, which names no outcome of its own ("less so later")."""
    met = any(same_days(day, told) for day in other.days for told in claim.days)
    mine = any(same_days(day, told) for day in one.days for told in claim.days)
    elsewhere = any("outcome" in vocabulary.roles(iri) for iri in other.concepts)
    return met and bool(one.days) and not mine and not elsewhere


_EDGES = expression(
    r"^[\s%)\],;:.]*(?:and\s|vs\.?\s|versus\s)?"
    r"|[\s(\[,;:.]*(?:\s(?:and|vs\.?|versus|was|were|of))?[\s(\[,;]*$"
)
_LONGEST_EXCERPT = 90


def excerpt(context: str) -> str:
    """The words that stand with a number, for a message: without the brackets and joints around them.

    >>> excerpt(") among women who had been vaccinated before the age of 17 years and ")
    'among women who had been vaccinated before the age of 17 years'
    """
    plain = _EDGES.sub("", context)
    return plain if len(plain) <= _LONGEST_EXCERPT else f"{plain[:_LONGEST_EXCERPT].rsplit(' ', 1)[0]} …"
