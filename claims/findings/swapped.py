"""Two groups' numbers told of one another: "15 % with the drug and 24 % with placebo", of 24 and 15."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.alignment import content_words
from claims.concepts import CLOSE, Vocabulary
from claims.expressions import expression
from claims.findings.agreeing import printed, slack_of
from claims.model import LinkedClaim, LinkedFinding, Quantity
from graph.evidence import Finding, GroupValue, Iri

__all__ = ["swapped"]

_BOTH = 2
_GROUP = expression(r"\s(?:group|arm)s?\b.*", re.IGNORECASE | re.DOTALL)  # "the oil group had a response"
_Named = tuple[frozenset[str], tuple[Iri, ...]]  # the words and the concepts by which a group is named


def swapped(
    linked: LinkedClaim, told: Sequence[LinkedFinding], vocabulary: Vocabulary
) -> tuple[Quantity, Quantity, LinkedFinding] | None:
    """The two numbers of a sentence that stand with each other's group, and the finding that has them."""
    text = linked.claim.sentence.text
    numbers = [
        (quantity, start, end)
        for quantity, start, end in printed(linked, text)
        if quantity.high is None and quantity.role in ("percent", "other", "count", "duration", "dose")
    ]
    if len(numbers) < 2 or linked.claim.citations_inherited:
        return None
    for one in told:
        values = [each for each in one.finding.groups if each.value is not None]
        if len(values) != 2:
            continue
        first, second = values
        met = [(_among(quantity, values), quantity, start, end) for quantity, start, end in numbers]
        own = [(group, quantity, start, end) for group, quantity, start, end in met if group is not None]
        if len(own) != 2 or own[0][0] is own[1][0]:
            continue
        names = _names(one.finding, first, second, vocabulary)
        if names is None:
            continue
        (a, q, a_start, a_end), (b, r, b_start, b_end) = own
        stop = min((start for _, start, _ in numbers if start > b_start), default=len(text))
        behind = text[a_end:b_start], text[b_end:stop]
        before = text[:a_start], text[a_end:b_start]
        ways = {
            way
            for contexts in (behind, before)
            if (way := _way(contexts, (a is first, b is first), names, contexts is behind, vocabulary))
        }
        if ways == {"swapped"}:
            return q, r, one
    return None


def _among(quantity: Quantity, groups: Sequence[GroupValue]) -> GroupValue | None:
    """The one group whose number a quantity is, as far as printing rounds."""
    value = abs(quantity.value)
    slack = slack_of(value) if quantity.comparison is None else max(slack_of(value), value / 10)
    met = [one for one in groups if abs(abs(one.value or Decimal(0)) - value) <= slack]
    return met[0] if len(met) == 1 else None


def _names(
    finding: Finding, first: GroupValue, second: GroupValue, vocabulary: Vocabulary
) -> tuple[_Named, _Named] | None:
    """By what the two groups are named, each by nothing that the other is; None where one is not."""
    concepts = [tuple(mention.concept for mention in vocabulary.find(one.label)) for one in (first, second)]
    tried = [vocabulary.best_fit(found, finding.exposure) in CLOSE for found in concepts]
    against = [vocabulary.best_fit(found, finding.comparator) in CLOSE for found in concepts]
    turned = (tried[1] or against[0]) and not (tried[0] or against[1])
    sides = (finding.comparator, finding.exposure) if turned else (finding.exposure, finding.comparator)
    if turned or not (tried[1] or against[0]):
        concepts = [(*own, *side) for own, side in zip(concepts, sides, strict=True)]
    words = [content_words(_GROUP.sub("", one.label)) for one in (first, second)]
    # "device" says nothing where the other group had a dummy device
    one = words[0] - words[1] - content_words(vocabulary.labels(concepts[1]))
    other = words[1] - words[0] - content_words(vocabulary.labels(concepts[0]))
    if not (one or concepts[0]) or not (other or concepts[1]):
        return None
    return (one, concepts[0]), (other, concepts[1])


def _way(
    contexts: tuple[str, str],
    is_first: tuple[bool, bool],
    names: tuple[_Named, _Named],
    behind: bool,
    vocabulary: Vocabulary,
) -> str | None:
    """swapped or right: whether each number stands with the other's group or its own; None where not clear.

    A number that has neither ``behind`` it is the other group's, where the other number has its own.
    """
    found = [_named(context, names, vocabulary) for context in contexts]
    if found == [None, None] or found[0] == found[1] or _BOTH in found:
        return None
    if None in found and not behind:
        return None
    if None in found:
        named = found[0] if found[0] is not None else found[1]
        found = [1 - named if each is None and named is not None else each for each in found]
    right = (0 if is_first[0] else 1, 0 if is_first[1] else 1)
    return "right" if tuple(found) == right else "swapped"


def _named(context: str, names: tuple[_Named, _Named], vocabulary: Vocabulary) -> int | None:
    """Which of two groups a stretch of a sentence names: 0, 1, both; None where it names neither."""
    words = content_words(context)
    concepts = [mention.concept for mention in vocabulary.find(context)]
    met = [bool(own & words) or vocabulary.best_fit(concepts, of_group) in CLOSE for own, of_group in names]
    return _BOTH if all(met) else met.index(True) if any(met) else None
