"""Which way a sentence says that each outcome it names goes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.concepts import Vocabulary
from claims.model import Claim
from claims.sentence.change import change_cues
from claims.sentence.direction import direction
from claims.sentence.slots import SentenceSlots, has_it
from graph.evidence import Iri

__all__ = ["directions_of", "effect_direction", "of_unnamed"]


def directions_of(claim: Claim, vocabulary: Vocabulary) -> dict[Iri, str]:
    """What the claim says of each outcome it names; where it says nothing of one, that of the first.

    "Halved relapses and lengthened remission": less of the one, more of the other.
    """
    said: dict[Iri, str] = {}
    taken = [
        claim.sentence.place(mention.span)
        for mention in claim.mentions
        if mention.concept in (*claim.proposition.exposure, *claim.proposition.outcome)
    ]
    tried = [
        claim.sentence.place(one.span) for one in claim.mentions if one.concept in claim.proposition.exposure
    ]
    for mention in claim.mentions:
        if mention.concept in claim.proposition.outcome and mention.concept not in said:
            at = claim.sentence.place(mention.span)
            if has_it(claim.text, at[0]):
                continue  # "in adults with migraine": of what they have nothing is said there
            way = _way(claim.text, at, mention.concept, vocabulary, taken, tried)
            if way is not None:
                said[mention.concept] = way
    if claim.proposition.outcome and claim.proposition.effect_direction is not None:
        said.setdefault(claim.proposition.outcome[0], claim.proposition.effect_direction)
    return said


def effect_direction(read: SentenceSlots, outcome: tuple[Iri, ...], vocabulary: Vocabulary) -> str | None:
    """increases, decreases or no-difference: which way a sentence says that its outcome goes.

    ``outcome`` is the one it took over from the text around it, where it names none itself; None where
    nothing is said.
    """
    taken = [(mention.span.start, mention.span.end) for mention in (*read.exposure, *read.outcome)]
    tried = [(mention.span.start, mention.span.end) for mention in read.exposure]
    for mention in read.outcome:
        at = (mention.span.start, mention.span.end)
        said = _way(read.sentence.text, at, mention.concept, vocabulary, taken, tried)
        if said is not None:
            return said
    if not read.outcome and outcome:
        return _way(read.sentence.text, None, outcome[0], vocabulary, taken, tried)
    return None if read.outcome else _only_direction(read)


def of_unnamed(claim: Claim, outcome: Iri, vocabulary: Vocabulary) -> str | None:
    """Which way a claim says that an outcome goes which it does not name by any label."""
    taken = [claim.sentence.place(one.span) for one in claim.mentions if one.roles != ("population",)]
    tried = [
        claim.sentence.place(one.span) for one in claim.mentions if one.concept in claim.proposition.exposure
    ]
    return _way(claim.text, None, outcome, vocabulary, taken, tried)


def _way(
    text: str,
    at: tuple[int, int] | None,
    outcome: Iri,
    vocabulary: Vocabulary,
    taken: Sequence[tuple[int, int]],
    tried: Sequence[tuple[int, int]],
) -> str | None:
    """Which way a text says that an outcome goes which it names ``at`` a place; None: nowhere in it."""
    known = vocabulary.concepts.get(outcome)
    place = (len(text), len(text)) if at is None else at
    return direction(text, place, known.valence if known else None, taken, tried)


def _only_direction(read: SentenceSlots) -> str | None:
    """Which way a sentence says that something goes, whatever it is: where it says just one way."""
    text = read.sentence.text
    silent = [(m.span.start, m.span.end) for m in (*read.exposure, *read.together)] + list(read.compared)
    meanings = {
        cue.meaning for cue in change_cues(text) if not any(low <= cue.start < high for low, high in silent)
    }
    if "no-difference" in meanings:
        # "more is not better" leaves open whether it is worse
        better = re.search(r"\b(?:not|no) (?:\w+ )?(?:better|effective|superior|good)\b", text)
        return None if better else "no-difference"
    return meanings.pop() if len(meanings) == 1 and meanings <= {"increases", "decreases"} else None
