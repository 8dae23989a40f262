"""Whether a finding speaks for a claim or against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from claims.alignment import ALL_WORDS, LEVELS, NONE
from claims.alternatives import lowered, one_of
from claims.concepts import CLOSE, FIT_SCORE, Vocabulary
from claims.linking.fitting import exposure_fit, turned_around
from claims.linking.sides import named_second, told_from_the_other_side
from claims.magnitude import ratio_of
from claims.model import Claim
from claims.sentence.change import change_cues
from claims.sentence.direction import benefit
from claims.sentence.going import goes_together
from claims.sentence.levels import says_of_levels
from claims.sentence.outcome_directions import directions_of
from graph.evidence import Finding, Iri

__all__ = ["bearing", "closest_outcomes", "names_each_group", "of_each_group", "says_better", "worth"]

# "improved most in the walking group", "beats", "the best of the three": one treatment set over others
_OUTDOES = re.compile(
    r"\b(?:(?:most|best|least|more|better|less) (?:in|with|on|among) the \w[\w-]* (?:group|arm)|beats?|"
    r"(?:fell|dropped|rose|improved|eased|shrank|declined|climbed|gained|lost|fared|did|came down|went down) "
    r"(?:by )?(?:the )?(?:furthest|most|least|best|worst|more|further|better) "
    r"(?:in|with|on|among|for|under) (?:the|those|people)\b|"
    r"outperform(?:s|ed)?|outdid|outstripped|the (?:most|more) effective|the best of|best of all|"
    r"came out (?:on top|ahead)|superior|the better (?:choice|option|bet|treatment)|"
    r"(?:got|gets|had|has) the (?:better of|edge)|"
    r"(?:more|less|better|further)\sthan\s[^.;,]{2,60}?\s(?:did|do|does)\b|"
    r"(?:more|less|better|worse|fewer|further)\b[^.;,]{0,40}?\bthan (?:the )?"
    r"(?:rest|others?|other (?:two |three )?groups?|"
    r"those (?:given|who (?:got|were given|had|received))|people (?:given|who (?:got|were given))))\b",
    re.IGNORECASE,
)
_BETTER_THAN = re.compile(
    r"\b(?:better|superior|stronger|more (?:effective(?:ly)?|powerful|helpful))\b[^.;]{0,20}\b(?:than|to)\b",
    re.IGNORECASE,
)
_TURNED_AROUND = {"increases": "decreases", "decreases": "increases"}


def bearing(
    claim: Claim,
    finding: Finding,
    vocabulary: Vocabulary,
    directions: Mapping[Iri, str] | None = None,
    alike: int = NONE,
) -> str:
    """supports, refutes or neutral: whether the finding, where it speaks of the same thing, says the same.

    Neutral wherever a slot is unknown or unrelated. A comparison of two active treatments that found no
    difference does not speak against either. ``directions``: ``directions_of`` the claim, where at hand.
    """
    directions = directions_of(claim, vocabulary) if directions is None else directions
    said = claim.proposition
    if finding.quote_role in ("background", "hypothesis") or finding.obtained_by == "inferred":
        return "neutral"
    if finding.effect_direction == "unclear":
        return "neutral"  # it speaks neither for an effect nor for none
    exposure = exposure_fit(claim, finding.exposure, vocabulary, alike)
    turned_about = exposure not in CLOSE and (
        turned_around(claim, finding, vocabulary) or named_second(claim, finding, vocabulary)
    )
    if turned_about:
        turned = _TURNED_AROUND.get(finding.effect_direction or "", finding.effect_direction)
        finding = replace(
            finding, exposure=finding.comparator, comparator=finding.exposure, effect_direction=turned
        )
        exposure = exposure_fit(claim, finding.exposure, vocabulary, alike)
    if exposure not in CLOSE and not (alike != NONE and exposure is None):
        return "neutral"
    if alike == LEVELS:
        return _of_levels(claim, finding)
    if _of_the_next_clause(claim):
        return "neutral"
    if told_from_the_other_side(claim, finding, vocabulary):
        turned = _TURNED_AROUND.get(finding.effect_direction or "", finding.effect_direction)
        finding = replace(finding, effect_direction=turned)
    if goes_together(claim.text):
        return "neutral"
    if finding.effect_direction == "no-difference" and of_each_group(claim):
        return "neutral"
    claimed, studied = closest_outcomes(said.outcome, finding.outcome, vocabulary)
    if alike >= ALL_WORDS and not (said.outcome and finding.outcome):
        return _by_direction(claim, finding, vocabulary)
    if turned_about and not said.outcome and finding.outcome and says_better(claim.text):
        seen = worth(finding.effect_direction, finding.outcome[0], vocabulary)
        return {1: "supports", -1: "refutes"}.get(seen or 0, "neutral")
    if claimed is None or studied is None:
        return "neutral"
    way = directions.get(claimed)
    good = worth(way, claimed, vocabulary)
    if good is None and claim.kind == "recommendation":
        good = 1
    seen = worth(finding.effect_direction, studied, vocabulary)
    if good is None or seen is None:
        if claimed != studied or way is None or finding.effect_direction is None:
            return "neutral"
        if way == finding.effect_direction:
            return "supports"
        nothing = "no-difference" in (way, finding.effect_direction)
        if nothing and _of_two_treatments(claim, finding, vocabulary):
            return "neutral"
        return "refutes" if nothing or {way, finding.effect_direction} == set(_TURNED_AROUND) else "neutral"
    if good == seen:
        return "supports"
    if _on_a_scale_of_its_own(claim, finding, studied, vocabulary):
        return "neutral"
    if 0 in (good, seen) and _of_two_treatments(claim, finding, vocabulary):
        return "neutral"
    return "refutes"


def _of_the_next_clause(claim: Claim) -> bool:
    """Whether all that the claim names as done stands behind a semicolon, and what happened before it.

    "Lessons did not prevent it; lessons with exercise did": of the lessons the vocabulary knows nothing.
    """
    at = claim.text.find(";")
    cues = change_cues(claim.text) if at >= 0 else ()
    named = (*claim.proposition.exposure, *claim.proposition.co_intervention)
    tried = [claim.sentence.place(one.span)[0] for one in claim.mentions if one.concept in named]
    return bool(cues) and cues[0].start < at and bool(tried) and all(place > at for place in tried)


_SCORES = re.compile(r"\bscor(?:e|es|ed|ing)\b|\bpoints?\b", re.IGNORECASE)


def _on_a_scale_of_its_own(claim: Claim, finding: Finding, outcome: Iri, vocabulary: Vocabulary) -> bool:
    """Whether the claim tells of a score that is better the other way than what it measures: "mental health
    scores fell, lower being better"."""
    effect, concept = finding.effect, vocabulary.concepts.get(outcome)
    if effect is None or effect.better is None or concept is None or concept.valence is None:
        return False
    return effect.better != concept.valence and _SCORES.search(claim.text) is not None


def _of_levels(claim: Claim, finding: Finding) -> str:
    """Whether a finding on the two amounts that the claim compares found them alike where the claim does."""
    said = says_of_levels(claim.text)
    if said is None or finding.effect_direction is None:
        return "neutral"
    alike = finding.effect_direction == "no-difference"
    if alike != (said == "same"):
        return "refutes"
    return "supports" if alike else "neutral"


_EACH = one_of(
    [
        r"\b(?:(?:both|all|each|either|every one)(?: of (?:the|these|those))?(?: (?:two|three|four|five))? "
        r"(?:groups?|arms?|diets?|programmes?|programs?|treatments?|therap(?:y|ies)|drugs?|doses?|regimens?|teams?)"
        r"|(?:either|each) way|whether or not|whichever|no matter (?:which|what|whether)"
        r"|in every (?:group|arm)|(?:in|among) (?:everyone|everybody)"
        r"|across (?:all|both|every) (?:groups?|arms?)"
        r"|(?:but|while|whereas|though)\b[^.;]{0,40}\b(?:did|does|do|was|were|had)(?: not|n['’]t)"
        r"(?=\s*(?:[.,;(\[]|$))"
        r"|regardless of|irrespective of|with or without)\b"
    ]
)


def names_each_group(text: str) -> bool:
    """Whether a sentence speaks of all groups at once: "in both arms", "in everyone"."""
    return _EACH.search(lowered(text)) is not None


def of_each_group(claim: Claim) -> bool:
    """Whether a claim that something changed says so of every group, or of one as much as of the other.

    "Both groups lost weight", "lowered it about as much as the drug": that the groups did not differ says
    nothing against it.
    """
    if claim.proposition.effect_direction not in _TURNED_AROUND:
        return False
    return names_each_group(claim.text) or any(
        cue.meaning == "no-difference" for cue in change_cues(claim.text)
    )


def says_better(text: str) -> bool:
    """Whether a sentence sets one treatment over another without saying in what: "works better than"."""
    return _BETTER_THAN.search(text) is not None


# "greater improvements", "a larger benefit": more of it is better, whatever was measured
_BETTERED = re.compile(r"\b(?:improve\w*|benefits?|better|relief|gains?)\b", re.IGNORECASE)


def _by_direction(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> str:
    """Of one result whose outcome the vocabulary does not know: more is not less, nor either of them none.

    What was measured may be the lack of what the finding is about ("too little sleep" of sleep, a handicap of
    hearing): then what the claim says is held against the number itself.
    """
    claimed, studied = claim.proposition.effect_direction, finding.effect_direction
    if claimed is None or studied is None:
        return "neutral"
    outcome = claim.proposition.outcome
    if outcome and not finding.outcome and "no-difference" not in (claimed, studied):
        good = worth(claimed, outcome[0], vocabulary)
        if good is not None and _BETTERED.search(finding.quote or finding.text or ""):
            return "supports" if (good == 1) == (studied == "increases") else "neutral"
    measured = _side(finding)
    if measured is not None and studied != "no-difference":
        studied = measured
    return "supports" if claimed == studied else "refutes"


def _side(finding: Finding) -> str | None:
    """Which way the number itself goes: a ratio over or under one, a difference over or under none."""
    effect = finding.effect
    if effect is None or effect.value is None:
        return None
    ratio = ratio_of(effect)
    if ratio is not None:
        return "increases" if ratio[0] > 1 else "decreases"
    if effect.measure.endswith("-difference") and effect.value and effect.better is not None:
        return "increases" if effect.value > 0 else "decreases"
    return None


def worth(direction: str | None, outcome: Iri, vocabulary: Vocabulary) -> int | None:
    """1 where a change of the outcome is a good thing, -1 a bad one, 0 none; None where it cannot be told."""
    concept = vocabulary.concepts.get(outcome)
    return benefit(direction, concept.valence if concept else None)


def closest_outcomes(
    claimed: Iterable[Iri], studied: Iterable[Iri], vocabulary: Vocabulary
) -> tuple[Iri | None, Iri | None]:
    """The closest pair of outcomes that are the same, or one part of the other."""
    pairs = [(vocabulary.fits(one, other), one, other) for one in claimed for other in studied]
    close = [pair for pair in pairs if pair[0] in CLOSE]
    if not close:
        return None, None
    _, one, other = max(close, key=lambda pair: FIT_SCORE[pair[0]])
    return one, other


def _of_two_treatments(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the comparison group was treated too, and the claim does not speak of that comparison."""
    if vocabulary.best_fit(claim.proposition.comparator, finding.comparator) in CLOSE:
        return False
    if not claim.proposition.comparator and _OUTDOES.search(claim.text):
        return False
    own = {above for iri in finding.exposure for above in (iri, *vocabulary.ancestors.get(iri, ()))}
    for iri in finding.comparator:
        for one in (iri, *vocabulary.ancestors.get(iri, ())):
            concept = vocabulary.concepts.get(one)
            # "less walking" lies under walking, but is the reference group of walking
            if concept is not None and "exposure" in concept.roles and one not in own:
                return True
    return False
