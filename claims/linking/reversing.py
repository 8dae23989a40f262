"""The finding of its source that a claim turns around: told as going the other way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims import magnitude
from claims.alignment import NUMBERS
from claims.alternatives import lowered, one_of
from claims.concepts import CLOSE, Vocabulary
from claims.findings.choosing import cited_findings, told_findings
from claims.linking.bearing import says_better
from claims.magnitude import MagnitudeCue
from claims.model import LinkedClaim, LinkedFinding
from claims.sentence import outcome_directions
from claims.sentence.direction import benefit, direction
from graph.evidence import Iri

__all__ = ["WAYS", "Reversed", "reversed_finding"]


WAYS = ("increases", "decreases")
# The other group's side: what is said of those who do not is the reverse of what the exposure does.
_OTHER_SIDE = one_of(
    [
        r"\b(?:no|not|never|without|lack(?:ing|s)?|"
        r"(?:less|fewer)(?!\s+(?:likely|common|frequent|often|severe|prone)\b|\sof (?:the|their|its)\b"
        r"|[\s\w]{0,12}\x01)"
        r"|(?<!at )least|lowest|fewest|skip(?:s|ped|ping)?"
        r"|avoid(?:s|ed|ing)?"
        r"|inactiv\w+|sedentary|stop(?:s|ped|ping)?|quit(?:s|ting)?|deficien\w+|insufficient|poor"
        r"|short(?:er)?(?=\s[\w\x00\x01])(?!\s(?:than|in|on|after|when|while|for|with)\b)|non-\w+"
        r"|don['’]t|doesn['’]t|didn['’]t|than (?:those|people|adults|men|women|participants|patients) who"
        r"|too little"
        r"|instead of|replac\w+|cutting (?:out|down)|reducing|lowering|withdraw\w*|placebo group"
        r"|control group)\b",
    ]
)


@dataclass(frozen=True, slots=True)
class Reversed:
    """The finding that a claim turns around; ``cue``: the printed size that says so, None where words do."""

    finding: LinkedFinding
    cue: MagnitudeCue | None = None


def reversed_finding(linked: LinkedClaim, vocabulary: Vocabulary) -> Reversed | None:
    """The finding of its source that a claim turns around, by a size, its words, its headline or one outcome.

    None where the claim speaks of the other group's side ("those who did not walk"), or no finding is turned.
    """
    told = told_findings(linked)
    said = _main_part(linked)
    if told and all(set(one.finding.exposure) & _scant(linked, vocabulary) for one in told):
        said = _BOUND.sub("", said)  # "short sleep, less than six hours": the bound is the exposure's own
    if _of_the_others(lowered(said), told):
        return None
    sized = _by_size(linked.claim.sentence.text, linked, told)
    if sized is not None:
        return sized
    one = (
        _by_words(linked, told)
        or _by_headline(linked, told, vocabulary)
        or _of_one_outcome(linked, vocabulary)
    )
    return Reversed(one) if one is not None else None


# who people are, for which a study may have looked at them: "sedentary adults"
_ARE = re.compile(r"sedentary|inactiv\w+|deficien\w+|insufficient|poor")


def _of_the_others(said: str, told: tuple[LinkedFinding, ...]) -> bool:
    """Whether a claim speaks of the other group, and not of those whom its source calls by the same word."""
    texts = [(one.finding.text or one.finding.quote or "").lower() for one in told]
    return any(
        not (_ARE.fullmatch(match[0]) and any(match[0] in text for text in texts))
        for match in _OTHER_SIDE.finditer(said)
    )


_COMPARED = re.compile(
    r"\b(?:(?:compared (?:with|to)|(?:in|by) comparison|versus|vs\.?|relative to"
    r"|against(?= (?:\d+|the|those|an?)\b))\b"
    r"|than (?:\x00+|those|people|adults|men|women|patients|participants|children|with|without|in|on"
    r"|after|when|if|before"
    r"|no|not|placebo|sham|usual|the|an?\s(?:\w+\s)?(?:placebo|control|waiting|group))(?!\w))"
)
_BOUND = re.compile(
    r"\b(?:less|fewer|more) than (?:about |around )?"
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)


def _named(linked: LinkedClaim) -> set[Iri]:
    """The exposures that the sentence itself names."""
    exposure = linked.claim.proposition.exposure
    return {mention.concept for mention in linked.claim.mentions if mention.concept in exposure}


_SCANT = re.compile(
    r"(?:short|low|little|few|poor|lack|in(?:active|sufficient|somnia)|sedentary|sitting)", re.I
)


def _scant(linked: LinkedClaim, vocabulary: Vocabulary) -> set[Iri]:
    """Of these, the ones that are themselves too little of something, so that a bound is their own."""
    return {iri for iri in _named(linked) if _SCANT.match(vocabulary.label(iri))}


def _main_part(linked: LinkedClaim) -> str:
    """The sentence without its comparison and without the words that name its concepts.

    "Short sleep" is an exposure of its own, not the other side of sleep.
    """
    sentence = linked.claim.sentence
    characters = list(sentence.text)
    for mention in linked.claim.mentions:
        if mention.concept in linked.claim.proposition.comparator:
            continue
        outcome = mention.concept in linked.claim.proposition.outcome
        start, end = sentence.place(mention.span)
        for place in range(start, min(end, len(characters))):
            characters[place] = "\x01" if outcome else "\x00"
    return _COMPARED.split(_first_clauses("".join(characters)), maxsplit=1)[0]


def _first_clauses(text: str) -> str:
    """The text up to the semicolon behind its outcome: "higher odds of headache; one or two were not"."""
    outcome = text.find("\x01")
    end = text.find(";", max(outcome, 0))
    return text if end < 0 else text[:end]


def _by_size(text: str, linked: LinkedClaim, told: tuple[LinkedFinding, ...]) -> Reversed | None:
    """A printed change whose ratio lies on the other side of one in every finding told."""
    said = linked.claim.proposition
    if said.effect_direction not in WAYS and not (said.effect_direction is None and not said.outcome):
        return None
    for cue in magnitude.words(text):
        if cue.kind == "folded" or cue.direction is None:
            continue
        compared = [
            (one, comparison)
            for one in told
            if one.finding.effect is not None
            and one.finding.effect_direction != "no-difference"  # E102 says so
            and (comparison := magnitude.compare(cue, one.finding.effect)) is not None
        ]
        if not compared or not all(_opposite(cue, comparison.ratio) for _, comparison in compared):
            continue
        behind_colon = ": " in text[: cue.start]  # what stands before it may well say the right thing
        if behind_colon or all(one.direction != "supports" for one, _ in compared):
            return Reversed(compared[0][0], cue)
    return None


def _opposite(cue: MagnitudeCue, ratio: object) -> bool:
    value = float(str(ratio))
    return value > 1.02 if cue.direction == "down" else value < 0.98


def _by_words(linked: LinkedClaim, told: tuple[LinkedFinding, ...]) -> LinkedFinding | None:
    """The best finding, where every one that is told went the other way, for good or bad."""
    said = linked.claim.proposition
    outdoes = said.effect_direction is None and bool(said.comparator) and says_better(linked.claim.text)
    if (said.effect_direction not in WAYS and not outdoes) or not told:
        return None
    ways = [one for one in told if one.finding.effect_direction in WAYS]
    against = [one for one in ways if one.direction == "refutes"]
    # the numbers printed tell which result is meant, where the sentence has but one
    by_numbers = (
        bool(against) and against[0].aligned == NUMBERS and len(linked.claim.proposition.outcome) == 1
    )
    if not against or any(
        one.aligned >= against[0].aligned
        if one.direction == "neutral"
        else one.direction == "supports" and not (by_numbers and one.aligned < NUMBERS)
        for one in ways
    ):
        return None  # what nobody can say it bears on, and is told in other words, is another result
    return against[0]


def _of_one_outcome(linked: LinkedClaim, vocabulary: Vocabulary) -> LinkedFinding | None:
    """Of a claim on several outcomes, the finding on one of them that it turns around.

    "Slept 21 minutes longer and fell asleep 9 minutes later", of a trial where they fell asleep sooner.
    """
    said = outcome_directions.directions_of(linked.claim, vocabulary)
    found = [one for one in cited_findings(linked, least=0.6) if one.finding.quote_role in (None, "result")]
    if len(said) < 2 or not any(one.direction == "supports" for one in found):
        return None
    for iri, way in said.items():
        own = [one for one in found if one.finding.effect_direction in WAYS and iri in one.finding.outcome]
        if way in WAYS and own and all(one.direction == "refutes" for one in own):
            return own[0]
    return None


def _by_headline(
    linked: LinkedClaim, told: tuple[LinkedFinding, ...], vocabulary: Vocabulary
) -> LinkedFinding | None:
    """The finding that what stands before a colon turns around, though the numbers behind it do not.

    "Varnish increases tooth decay: in 20 trials decay was 37 % lower".
    """
    text = linked.claim.text
    first = next((m for m in linked.claim.mentions if m.concept in linked.claim.proposition.outcome), None)
    if first is None or not told:
        return None
    sentence = linked.claim.sentence
    at = sentence.place(first.span)
    colon = text.find(": ", at[1])
    if colon < 0:
        return None
    known = vocabulary.concepts.get(first.concept)
    valence = known.valence if known else None
    named = _named(linked)
    silent = [sentence.place(m.span) for m in linked.claim.mentions if m.concept in named]
    good = benefit(direction(text[:colon], at, valence, silent), valence)
    ways = [one for one in told if one.finding.effect_direction in WAYS]
    if good not in (1, -1) or not ways:
        return None
    for one in ways:
        close = [iri for iri in one.finding.outcome if vocabulary.fits(first.concept, iri) in CLOSE]
        concept = vocabulary.concepts.get(close[0]) if close else None
        if concept is None or benefit(one.finding.effect_direction, concept.valence) != -good:
            return None
    return ways[0]
