"""From sentences to claims: which sentences assert something checkable, and what they say, slot by slot.

A claim names, or inherits from the text above it, something done or taken (exposure) and something that
happens (outcome), or gives a number with a citation. An empty slot is unknown, never a wildcard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claims import magnitude, quantities, wording
from claims.asserting import Assertion, asserted
from claims.concepts import Vocabulary, abbreviations, vocabulary_of
from claims.model import (
    CausalStrength,
    Claim,
    Document,
    InTextCitation,
    Mention,
    Proposition,
    Quantity,
    Sentence,
    StudyStatement,
)
from claims.sentence import clauses
from claims.sentence.change import change_cues
from claims.sentence.horizon import horizon_days
from claims.sentence.inheriting import by_sentence, pointer_back, says_the_same, takes_up
from claims.sentence.outcome_directions import effect_direction
from claims.sentence.slots import MAXIMUM_LENGTH, SentenceSlots, slots_of
from claims.study import statements
from claims.study.groups import tells_of_them
from claims.taking_over import Context, concepts_of, exposure_above, exposure_below, main_topic
from claims.unasserted import denied_from
from claims.warming import answer_ahead
from graph.evidence import Evidence, Iri

__all__ = ["MAXIMUM_CLAIMS", "MAXIMUM_SENTENCES", "extract"]

MAXIMUM_SENTENCES = 20_000
MAXIMUM_CLAIMS = 3_000


def extract(
    document: Document,
    sentences: Sequence[Sentence],
    citations: Sequence[InTextCitation],
    evidence: Evidence,
) -> tuple[Claim, ...]:
    """The claims of an article in reading order, ids ``claim-1`` upwards.

    At most MAXIMUM_CLAIMS of the first MAXIMUM_SENTENCES sentences: a thick book has fewer.
    """
    vocabulary = vocabulary_of(evidence)
    short = abbreviations((block.text for block in document.blocks if block.kind != "reference"), vocabulary)
    sentences = _in_clauses(sentences[:MAXIMUM_SENTENCES], citations, vocabulary, short)
    cited = by_sentence(sentences, citations)
    texts = [sentence.text[:MAXIMUM_LENGTH] for sentence in sentences]
    answer_ahead(texts, [text for text, (own, _) in zip(texts, cited, strict=True) if own])
    reads = [
        slots_of(sentence, vocabulary, short, [sentence.place(one.span) for one in own])
        for sentence, (own, _) in zip(sentences, cited, strict=True)
    ]
    topic = main_topic(reads)
    claims: list[Claim] = []
    lead: SentenceSlots | None = None
    block = -1
    exposure: tuple[Iri, ...] = ()
    outcome: tuple[Iri, ...] = ()
    before: Claim | None = None
    for index, read in enumerate(reads):
        sentence = read.sentence
        if sentence.is_lead:
            lead, block, exposure, outcome, before = read, sentence.block, (), (), None
        elif sentence.lead is None:
            lead = None
        if sentence.block != block:
            block, exposure, outcome, before = sentence.block, (), (), None
        below = exposure_below(reads, index) if sentence.is_lead else ()
        context = Context(None if sentence.is_lead else lead, exposure or below, outcome, topic, before)
        own, inherited = cited[index]
        if not own and document.blocks[sentence.block].kind == "caption":
            continue  # what a picture shows; a caption that cites claims as any sentence does
        claim = _claim(
            read, context, vocabulary, own or inherited, bool(inherited and not own), len(claims) + 1
        )
        if claim is not None:
            claims.append(claim)
            if len(claims) == MAXIMUM_CLAIMS:
                break
        before = None if sentence.is_lead else claim
        if not sentence.is_lead:
            exposure = concepts_of(read.exposure) or exposure
            outcome = concepts_of(read.outcome) or outcome
    return tuple(claims)


def _in_clauses(
    sentences: Sequence[Sentence],
    citations: Sequence[InTextCitation],
    vocabulary: Vocabulary,
    short: Mapping[str, Iri],
) -> list[Sentence]:
    """The sentences, those that make several cited claims cut into them."""

    def stands(text: str) -> bool:
        """Whether a clause names something done and something that happens, and says how they go."""
        roles = {role for mention in vocabulary.find(text, short) for role in mention.roles}
        tried = "exposure" in roles or pointer_back(text) is not None
        names = tried and bool(roles & {"outcome", "process"})
        return names and (wording.causal_cue(text) is not None or bool(change_cues(text)))

    cited = by_sentence(sentences, citations)
    return [
        clause
        for sentence, (own, _) in zip(sentences, cited, strict=True)
        for clause in clauses.split(sentence, own, stands)
    ]


def _claim(
    read: SentenceSlots,
    context: Context,
    vocabulary: Vocabulary,
    citations: tuple[InTextCitation, ...],
    inherited: bool,
    number: int,
) -> Claim | None:
    sentence = read.sentence
    text = sentence.text[:MAXIMUM_LENGTH]
    found = quantities.find(text)
    others = (*read.compared, *_doses_of_others(text, found))
    doses = quantities.to_doses(_without(text, others)) if any(q.role == "dose" for q in found) else ()
    assertion = asserted(
        read,
        found,
        dosed=bool(doses),
        under_lead=context.lead is not None,
        cited=bool(citations) and not inherited,
    )
    exposure = concepts_of(read.exposure)
    outcome = concepts_of(read.outcome)
    same = context.before if exposure and not outcome and says_the_same(text) else None
    if same is not None and not same.proposition.outcome:
        same = None
    if assertion is None and same is not None:
        assertion = Assertion("claim", reports=False)
    study = statements(text, found, sentence) if citations and not inherited else ()
    if assertion is None:
        return _of_study(read, study, citations, found, number)
    cue = _asserted_cue(text)
    processes = any("process" in mention.roles for mention in read.mentions)
    if not exposure:
        exposure = exposure_above(read, context)
    if not exposure and not assertion.reports and not processes:
        return _of_study(read, study, citations, found, number)
    if same is not None:
        outcome = same.proposition.outcome
    elif not outcome and not processes:
        outcome = concepts_of(context.lead.outcome) if context.lead else ()
        if not outcome and (pointer_back(text) or takes_up(text, context.outcome, vocabulary)):
            outcome = context.outcome
    population = concepts_of(read.population) or (
        concepts_of(context.lead.population) if context.lead else ()
    )
    words = magnitude.words(text)
    proposition = Proposition(
        exposure=exposure,
        co_intervention=concepts_of(read.together),
        comparator=concepts_of(read.comparator),
        outcome=outcome,
        population=population,
        dose=doses if exposure else (),
        effect_direction=effect_direction(read, outcome, vocabulary)
        or (same.proposition.effect_direction if same else None),
        magnitude=text[words[0].start : words[0].end] if words else None,
        magnitude_span=sentence.span_of(words[0].start, words[0].end) if words else None,
        causal_strength=cue.strength if cue else CausalStrength.NONE,
        causal_span=sentence.span_of(cue.start, cue.end) if cue else None,
        hedged=wording.hedged(text),
        horizon_days=horizon_days(text, found),
    )
    return Claim(
        id=f"claim-{number}",
        text=text,
        span=sentence.span,
        kind=assertion.kind,
        sentence=sentence,
        proposition=proposition,
        mentions=_mentions(read),
        quantities=_quantities(sentence, found),
        citations=citations,
        citations_inherited=inherited,
        study=study,
    )


def _asserted_cue(text: str) -> wording.WordCue | None:
    """The words that carry a sentence's strength: not those of what it says is not known ("though that study
    cannot show cause and effect")."""
    cue = wording.causal_cue(text)
    denied = None if cue is None else denied_from(text)
    return wording.causal_cue(text[:denied]) if denied else cue


def _of_study(
    read: SentenceSlots,
    study: tuple[StudyStatement, ...],
    citations: tuple[InTextCitation, ...],
    found: Sequence[quantities.FoundQuantity],
    number: int,
) -> Claim | None:
    """The claim of a sentence that only says of the study that it cites what that was; None where it is none.

    It takes nothing over from the text around it, and claims no effect.
    """
    sentence = read.sentence
    text = sentence.text[:MAXIMUM_LENGTH]
    if not study or sentence.is_lead or text.rstrip().endswith("?"):
        return None
    if all(one.about in ("group", "moment", "route") for one in study) and not tells_of_them(text):
        return None
    return Claim(
        id=f"claim-{number}",
        text=text,
        span=sentence.span,
        kind="study",
        sentence=sentence,
        proposition=Proposition(population=concepts_of(read.population)),
        mentions=_mentions(read),
        quantities=_quantities(sentence, found),
        citations=citations,
        study=study,
    )


def _mentions(read: SentenceSlots) -> tuple[Mention, ...]:
    return tuple(
        Mention(m.concept, m.label, m.roles, read.sentence.span_of(m.span.start, m.span.end))
        for m in read.mentions
    )


def _quantities(sentence: Sentence, found: Sequence[quantities.FoundQuantity]) -> tuple[Quantity, ...]:
    return tuple(
        Quantity(q.text, sentence.span_of(q.start, q.end), q.value, q.high, q.unit, q.role, q.comparison)
        for q in found
    )


# "compared with" is not among them: what stands behind it is blanked already (``comparator_regions``)
_THAN = re.compile(r"\b(?:than|against|versus|vs\.?)\s(?:[a-z]+\s){0,2}$", re.IGNORECASE)


def _doses_of_others(text: str, found: Sequence[quantities.FoundQuantity]) -> Iterator[tuple[int, int]]:
    """Where the comparison group's dose stands: "250 mg a day did no more than 60 mg a day"."""
    seen: set[str | None] = set()
    for quantity in found:
        if quantity.role != "dose":
            continue
        if quantity.unit in seen and _THAN.search(text[max(0, quantity.start - 30) : quantity.start]):
            yield quantity.start, quantity.end
        seen.add(quantity.unit)


def _without(text: str, regions: tuple[tuple[int, int], ...]) -> str:
    """The text with the comparator's words blanked: its dose is not the claim's."""
    for low, high in regions:
        text = text[:low] + ";" + " " * (high - low - 1) + text[high:]
    return text
