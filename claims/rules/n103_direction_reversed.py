"""N103: the claim says the outcome goes the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from claims import magnitude
from claims.alignment import NUMBERS
from claims.alternatives import lowered, one_of
from claims.cited import answered, doubtful, opposed_sentences, plainly_told, surely
from claims.concepts import CLOSE, Vocabulary, vocabulary_of
from claims.findings import change_in_words, finding_in_words
from claims.findings.choosing import cited_findings, told_findings
from claims.linking.bearing import says_better
from claims.magnitude import MagnitudeCue
from claims.model import (
    Confidence,
    Diagnostic,
    EvidencePointer,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Severity,
    Span,
)
from claims.pointing import path_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.sentence import outcome_directions
from claims.sentence.direction import benefit, direction
from graph.evidence import Iri
from graph.naming import known_as

_WAYS = ("increases", "decreases")
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
_GOES = {"increases": "rises", "decreases": "falls"}
_WAY_OF = {"up": "increases", "down": "decreases"}
_TURNED = {
    "higher": "lower",
    "lower": "higher",
    "more": "fewer",
    "greater": "lower",
    "increase": "decrease",
    "decrease": "increase",
    "increased": "decreased",
    "decreased": "increased",
    "reduction": "increase",
    "rise": "fall",
    "fall": "rise",
    "drop": "rise",
}


@rule(
    "N103",
    "direction-reversed",
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Quotation errors in the medical literature: Jergas and Baethge 2015, PeerJ 3:e1364",
        "Cochrane Handbook, chapter 15.3: interpreting results (Schünemann et al. 2023)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """The claim turns the direction of the finding around."""
    yield from _by_claims(rule, facts)
    for cited, found in opposed_sentences(facts):
        if found.said in _WAYS and found.told in _WAYS:
            work = cited.works[0]
            yield _read_for_it(
                rule,
                (found.said, found.told),
                (known_as(work), found.result.sentence),
                cited.sentence.span,
                (work_pointer(work), sentence_pointer(work, found.result.sentence)),
            )


def _by_claims(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """Claims held against the findings that they are linked with."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        if not linked.works:
            continue
        if claim.citations_inherited and claim.kind != "lead" and not plainly_told(linked):
            continue
        asked = answered(linked)
        if asked is not None and asked.direction == "refutes":
            ways = (asked.asked, asked.finding.effect_direction)
            if set(ways) <= set(_WAYS) and not doubtful(linked, asked, asked.asked or ""):
                yield _answered(rule, linked, asked)
            continue
        text = claim.sentence.text
        told = told_findings(linked)
        said = _main_part(linked)
        if told and all(set(one.finding.exposure) & _scant(linked, vocabulary) for one in told):
            said = _BOUND.sub("", said)  # "short sleep, less than six hours": the bound is the exposure's own
        if _OTHER_SIDE.search(lowered(said)):
            continue
        found = _by_size(text, linked, told)
        if found is not None:
            cue, one = found
            yield _diagnostic(
                rule,
                linked,
                one,
                linked.claim.sentence.span_of(cue.start, cue.end),
                _turned(text, linked, cue, one),
                cue.direction,
            )
            continue
        one_said = (
            _by_words(linked, told)
            or _by_headline(linked, told, vocabulary)
            or _of_one_outcome(linked, vocabulary)
        )
        if one_said is not None and not doubtful(linked, one_said, _said(linked)):
            span = linked.claim.proposition.causal_span or linked.claim.span
            yield _diagnostic(rule, linked, one_said, span, None)


def _said(linked: LinkedClaim) -> str:
    return linked.claim.proposition.effect_direction or "changes"


_COMPARED = re.compile(
    r"\b(?:(?:compared (?:with|to)|in comparison|versus|vs\.?|relative to"
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


def _by_size(
    text: str, linked: LinkedClaim, told: tuple[LinkedFinding, ...]
) -> tuple[MagnitudeCue, LinkedFinding] | None:
    """A printed change whose ratio lies on the other side of one in every finding told."""
    said = linked.claim.proposition
    if said.effect_direction not in _WAYS and not (said.effect_direction is None and not said.outcome):
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
            return cue, compared[0][0]
    return None


def _opposite(cue: MagnitudeCue, ratio: object) -> bool:
    value = float(str(ratio))
    return value > 1.02 if cue.direction == "down" else value < 0.98


def _by_words(linked: LinkedClaim, told: tuple[LinkedFinding, ...]) -> LinkedFinding | None:
    """The best finding, where every one that is told went the other way, for good or bad."""
    said = linked.claim.proposition
    outdoes = said.effect_direction is None and bool(said.comparator) and says_better(linked.claim.text)
    if (said.effect_direction not in _WAYS and not outdoes) or not told:
        return None
    ways = [one for one in told if one.finding.effect_direction in _WAYS]
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
        own = [one for one in found if one.finding.effect_direction in _WAYS and iri in one.finding.outcome]
        if way in _WAYS and own and all(one.direction == "refutes" for one in own):
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
    ways = [one for one in told if one.finding.effect_direction in _WAYS]
    if good not in (1, -1) or not ways:
        return None
    for one in ways:
        close = [iri for iri in one.finding.outcome if vocabulary.fits(first.concept, iri) in CLOSE]
        concept = vocabulary.concepts.get(close[0]) if close else None
        if concept is None or benefit(one.finding.effect_direction, concept.valence) != -good:
            return None
    return ways[0]


def _diagnostic(
    rule: Rule,
    linked: LinkedClaim,
    one: LinkedFinding,
    span: Span,
    fix: Fix | None,
    way_said: str | None = None,
) -> Diagnostic:
    said = linked.claim.proposition.effect_direction or _WAY_OF.get(way_said or "")
    estimate = change_in_words(one.finding.effect) if one.finding.effect is not None else None
    found = _GOES.get(one.finding.effect_direction or "", "goes the other way")
    size = f" ({finding_in_words(one.finding)}{f', that is {estimate}' if estimate else ''})"
    claimed = _GOES.get(said or "", "changes")
    message = f"the claim says that the outcome {claimed}; in {source_of(one)} it {found}{size}"
    if said is None or said == one.finding.effect_direction:  # "B did more than A", of A against B
        message = f"the claim turns the comparison of {source_of(one)} around{size}"
    return rule.diagnostic(
        message,
        span,
        claim=linked.claim.id,
        evidence=path_to(one),
        fix=fix,
        confidence=Confidence.HIGH
        if one.score >= 0.85 and one.finding.method == "curated"
        else Confidence.MEDIUM,
    )


def _answered(rule: Rule, linked: LinkedClaim, one: LinkedFinding) -> Diagnostic:
    """The source, read for this claim alone, says that it went the other way, or that on the other side."""
    claim = linked.claim
    diagnostic = _read_for_it(
        rule,
        (one.asked or "", one.finding.effect_direction or ""),
        (source_of(one), one.finding.quote or one.finding.text or ""),
        claim.proposition.causal_span or claim.span,
        path_to(one),
        claim.id,
    )
    return replace(diagnostic, confidence=surely(linked))


def _read_for_it(
    rule: Rule,
    ways: tuple[str, str],
    source: tuple[str, str],
    span: Span,
    evidence: tuple[EvidencePointer, ...],
    claim: str | None = None,
) -> Diagnostic:
    """``ways``: that of the article and that of the source; ``source``: its name and its sentence."""
    (said, found), (name, quote) = ways, source
    if said == found:
        claimed, told = "the claim turns a comparison around", ""
    else:
        claimed, told = f"the claim says that the outcome {_GOES[said]}", f" that it {_GOES[found]}"
    diagnostic = rule.diagnostic(
        f"{claimed}; read for it, {name} says{told}: “{quote}”",
        span,
        claim=claim,
        evidence=evidence,
        confidence=Confidence.MEDIUM,
    )
    return replace(diagnostic, severity=Severity.WARNING)


def _turned(text: str, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding) -> Fix | None:
    """ "23 % higher" → "23 % lower", where the size is right and only the word is not."""
    if cue.kind != "percent" or one.finding.effect is None:
        return None
    after = re.match(r"\s(\w+)\b", text[cue.end :])
    ratio = magnitude.ratio_of(one.finding.effect)
    if after is None or ratio is None or after[1].lower() not in _TURNED:
        return None
    if abs(abs(1 - ratio[0]) - abs(1 - (cue.low + cue.high) / 2)) > (cue.high - cue.low) / 2:
        return None
    start = cue.end + after.start(1)
    return Fix(linked.claim.sentence.span_of(start, cue.end + after.end(1)), _TURNED[after[1].lower()])
