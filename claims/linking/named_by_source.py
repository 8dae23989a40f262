"""What a curated finding calls things in its own words, where a claim uses these instead of its concepts.

A record of "days with at least half fewer attacks" is headed "half fewer migraine days": a claim that halves
migraine days tells of it, though the vocabulary holds the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from claims.alignment import NUMBERS, alignment
from claims.concepts import Fit, Vocabulary, fold
from claims.linking.bearing import worth
from claims.model import Claim, Mention
from graph.evidence import Finding, Iri

__all__ = ["as_its_source_calls_it", "names_outcome"]

_UNLIKE = (Fit.UNRELATED, Fit.SIBLING)
# what follows is no noun of which the name is only a part: "pain" of "pain medication"
_ENDS = re.compile(
    r"\s*(?:$|[.,;:()]|(?:that|this|these|in|on|with|was|were|is|are|and|or|than|of|the|an?|after|before|by|at"
    r"|for|from|to|over|within|during|did|fell|rose|as|per|among|between|against)\b)"
)


def names_outcome(finding: Finding, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether a curated finding's own words name what a claim mentions, and not as a part of another name."""
    if finding.method != "curated":
        return False
    told = (finding.text, finding.label, finding.outcome_note, *map(vocabulary.label, finding.outcome))
    return any(_named(mention.label, text) for text in told if text)


def _named(label: str, text: str) -> bool:
    words, said = _folded(label), _folded(text)
    at = said.find(words)
    while at >= 0:
        whole = at == 0 or not said[at - 1].isalnum()
        if whole and _ENDS.match(said, at + len(words)):
            return True
        at = said.find(words, at + 1)
    return False


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return " ".join(fold(word) for word in re.findall(r"\w+|[.,;:()]", text))


def as_its_source_calls_it(claim: Claim, findings: Sequence[Finding], vocabulary: Vocabulary) -> Claim:
    """The claim with its exposure or outcome as the concept of the one curated finding that names it so.

    Only where what the claim names is no concept that any of the ``findings`` studied. Good stays good where
    the outcome's better side is the other: fewer attacks are more people with fewer attacks.
    """
    curated = [one for one in findings if one.method == "curated"]
    if not curated or len(curated) < len(findings):
        return claim
    return _with_outcome(_with_exposure(claim, curated, vocabulary), curated, vocabulary)


def _with_exposure(claim: Claim, findings: Sequence[Finding], vocabulary: Vocabulary) -> Claim:
    said = claim.proposition
    studied = [iri for one in findings for iri in (*one.exposure, *one.co_intervention, *one.comparator)]
    mentions = [one for one in claim.mentions if one.concept in said.exposure]
    if not mentions or not studied or vocabulary.best_fit(said.exposure, studied) not in _UNLIKE:
        return claim
    met = {
        one.exposure
        for one in findings
        if one.groups and any(_named(mention.label, one.groups[0].label) for mention in mentions)
    }
    return replace(claim, proposition=replace(said, exposure=met.pop())) if len(met) == 1 else claim


def _with_outcome(claim: Claim, findings: Sequence[Finding], vocabulary: Vocabulary) -> Claim:
    said = claim.proposition
    studied = [iri for one in findings for iri in one.outcome]
    mentions = [one for one in claim.mentions if one.concept in said.outcome]
    if not mentions or not studied or vocabulary.best_fit(said.outcome, studied) not in _UNLIKE:
        return claim
    met = {
        one.outcome
        for one in findings
        if any(names_outcome(one, mention, vocabulary) for mention in mentions)
    }
    if len(met) != 1:
        exact = {one.outcome for one in findings if alignment(claim, one, None) == NUMBERS}
        met = met & exact if met else set()
    if len(met) != 1:
        return claim
    (outcome,) = met
    way = _as_good(said.effect_direction, mentions[0].concept, outcome, vocabulary)
    return replace(claim, proposition=replace(said, outcome=outcome, effect_direction=way))


def _as_good(way: str | None, named: Iri, outcome: Sequence[Iri], vocabulary: Vocabulary) -> str | None:
    """The way that an outcome goes when another goes ``way``: the one that is as good or bad."""
    good = worth(way, named, vocabulary)
    if good is None or good == 0 or not outcome:
        return way
    for turned in ("increases", "decreases"):
        if worth(turned, outcome[0], vocabulary) == good:
            return turned
    return way
