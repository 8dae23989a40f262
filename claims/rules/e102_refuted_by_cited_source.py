"""E102: the cited source looked for the effect and found none, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from claims.abstracts.enrolled import excepted
from claims.alignment import LEVELS
from claims.cited import (
    all_known,
    answered,
    doubtful,
    measured,
    named,
    opposed_sentences,
    plainly_told,
    surely,
    tells_both_values,
)
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.findings import finding_in_words, group_ratio
from claims.linking.advice import advised_otherwise
from claims.linking.bearing import of_each_group
from claims.linking.meaning import says_change
from claims.linking.opposing import Opposed
from claims.magnitude import ratio_of
from claims.model import (
    CausalStrength,
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    LinkedClaim,
    LinkedFinding,
    Mention,
    Severity,
)
from claims.pointing import paths_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.sentence.advising import AGAINST, stance
from claims.sentence.levels import says_of_levels
from graph.contrasts import includes_no_effect
from graph.naming import known_as

_SAME_THING = 0.75
_ALIKE = 0.05


@rule(
    "E102",
    "refuted-by-cited-source",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Greenberg 2009, How citation distortions create unfounded authority. BMJ 339:b2680",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles: a systematic review and "
        "meta-analysis. PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source says the opposite of what it is cited for."""
    yield from _by_claims(rule, facts)
    for cited, found in opposed_sentences(facts):
        if "no-difference" in (found.said, found.told):
            yield _of_sentence(rule, cited, found)


def _by_claims(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the findings that they are linked with."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        way = claim.proposition.effect_direction
        advised = advised_otherwise(linked, vocabulary)
        if advised is not None:
            tells = "advised against" if stance(claim.text) == AGAINST else "advised"
            yield rule.diagnostic(
                f"the claim tells it as {tells}; {source_of(advised)}, cited for it, advises otherwise: "
                f"{_told(advised)}",
                claim.span,
                claim=claim.id,
                evidence=paths_to([advised]),
                confidence=Confidence.MEDIUM,
            )
            continue
        if not all_known(linked):
            continue
        if (one := _of_levels(linked)) is not None:
            said = "alike" if says_of_levels(claim.text) == "same" else "apart"
            yield rule.diagnostic(
                f"the claim sets the two amounts {said}; {source_of(one)}, cited for it, "
                f"found {'no' if said == 'apart' else 'a'} difference between them: {_told(one)}",
                claim.proposition.causal_span or claim.span,
                claim=claim.id,
                evidence=paths_to([one]),
                confidence=Confidence.MEDIUM,
            )
            continue
        told = answered(linked)
        if way is None and told is not None:
            way = told.asked
        if way is None and says_change(claim.text) and any(one.taken for one in linked.findings):
            way = "changes"
        if way is None:
            continue
        if claim.citations_inherited and not plainly_told(linked):
            continue
        if way == "no-difference" and _LEFT_OPEN.search(claim.text):
            continue  # that it is not known is not that nothing happened
        if "no-difference" in (way, told.asked if told is not None else None) and _NO_FURTHER.search(
            claim.text
        ):
            continue  # nor is it that a second dose added nothing, or that people no longer had it
        if of_each_group(claim):
            continue  # "less bothersome, but not less frequent": it says both
        left = _excepted(linked, vocabulary) if way != "no-difference" else None
        if left is not None:
            mention, quote, one = left
            yield rule.diagnostic(
                f"“{mention.label}” is what {source_of(one)} excepts: “{quote}”",
                mention.span,
                claim=claim.id,
                evidence=paths_to([one]),
                confidence=Confidence.MEDIUM,
            )
            continue
        if told is not None:
            if way == "no-difference" and told.asked != way:
                continue  # asked for an effect that the claim denies
            against_it = told.direction == "refutes" and _no_difference(told, told.asked or way)
            if against_it and not doubtful(linked, told, told.asked or way):
                yield _diagnostic(rule, linked, told, [told])
            continue
        about = [one for one in measured(linked) if one.score >= _SAME_THING or one.taken is not None]
        against = [one for one in about if one.direction == "refutes" and _no_difference(one, way)]
        if any(tells_both_values(claim, one) or _if_anything(claim, one) for one in against):
            continue
        if not against or any(one.direction == "supports" and one.score >= against[0].score for one in about):
            continue  # a support that fits less well is of another outcome: neck pain, not its intensity
        if not _sure(linked, against, vocabulary):
            continue
        # of findings that fit about alike, the one that tells of it in the same words
        best = max(against, key=lambda one: (one.score >= against[0].score - _ALIKE, one.aligned, one.score))
        if not doubtful(linked, best, way):
            yield _diagnostic(rule, linked, best, against[:2])


def _of_sentence(rule: Rule, cited: CitedSentence, found: Opposed) -> Diagnostic:
    """A cited sentence that is no claim, held against the nearest result of its abstract."""
    work = cited.works[0]
    said, told = ("no effect", "one") if found.said == "no-difference" else ("an effect", "none")
    diagnostic = rule.diagnostic(
        f"the sentence says {said}; {known_as(work)}, cited for it, found {told}: "
        f"{found.result.sentence.rstrip('.')}",
        cited.sentence.span,
        evidence=(work_pointer(work), sentence_pointer(work, found.result.sentence)),
        confidence=Confidence.MEDIUM,
    )
    return replace(diagnostic, severity=Severity.WARNING)


def _diagnostic(
    rule: Rule, linked: LinkedClaim, best: LinkedFinding, against: list[LinkedFinding]
) -> Diagnostic:
    claim = linked.claim
    way = best.asked or claim.proposition.effect_direction
    said = "no effect" if way == "no-difference" else "an effect"
    found = "none" if best.finding.effect_direction == "no-difference" else "one"
    diagnostic = rule.diagnostic(
        f"the claim says {said}; {source_of(best)}, cited for it, found {found}: {_told(best)}",
        claim.proposition.causal_span or claim.span,
        claim=claim.id,
        evidence=paths_to(against),
        confidence=Confidence.HIGH if best.finding.method == "curated" else Confidence.MEDIUM,
    )
    if not best.asked:
        return diagnostic
    return replace(diagnostic, severity=Severity.WARNING, confidence=surely(linked))


def _of_levels(linked: LinkedClaim) -> LinkedFinding | None:
    """The finding on the two amounts that the claim compares, where it says otherwise of them."""
    found = [one for one in measured(linked) if one.aligned == LEVELS and one.direction != "neutral"]
    return found[0] if found and all(one.direction == "refutes" for one in found) else None


def _excepted(linked: LinkedClaim, vocabulary: Vocabulary) -> tuple[Mention, str, LinkedFinding] | None:
    """What the claim speaks of that the one abstract cited for it excepts from its finding."""
    claim = linked.claim
    if len(linked.works) != 1 or not linked.works[0].abstract or _EXCEPT.search(claim.text):
        return None
    for iri in (*claim.proposition.exposure, *claim.proposition.population):
        mention = named(claim, iri)
        quote = excepted(linked.works[0].abstract, iri, vocabulary) if mention is not None else None
        if mention is not None and quote is not None:
            one = next((one for one in measured(linked) if one.finding.quote == quote), measured(linked)[0])
            return mention, quote, one
    return None


_NO_FURTHER = re.compile(
    r"\b(?:no|any|nothing|little) (?:further|additional|extra|added)\b"
    r"|\b(?:brought|gave|brings?|gives?) no more\b|\bno longer (?!(?:\w+ )?than\b)",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:except|exception|apart from|other than|but not)\b", re.IGNORECASE)


def _sure(linked: LinkedClaim, against: list[LinkedFinding], vocabulary: Vocabulary) -> bool:
    """Whether the finding is curated or, read by machine, leaves nothing open.

    An abstract tells of parts, times and groups that a machine does not keep apart. It is believed only
    where the very outcome is named, and all that the abstract says of it is that there was no difference or,
    where none is claimed, one whose interval leaves no doubt.
    """
    if any(one.finding.method == "curated" for one in against):
        return True
    if any(one.taken is not None for one in against):
        return all(one.finding.effect_direction == "no-difference" or _counted(one) for one in against)
    said = linked.claim.proposition
    if said.effect_direction == "no-difference" and said.horizon_days is not None:
        return False
    same = [
        one
        for one in linked.findings
        if one.via == "citation"
        and vocabulary.best_fit(said.outcome[:1], one.finding.outcome) in CLOSE
        and vocabulary.best_fit(said.exposure, one.finding.exposure) in (*CLOSE, None)
    ]
    exact = any(vocabulary.best_fit(said.outcome[:1], one.finding.outcome) is Fit.SAME for one in against)
    if said.effect_direction == "no-difference":  # "has no side effects": all that was counted shows some
        return (
            exact and len({one.finding.effect_direction for one in same}) == 1 and any(map(_counted, against))
        )
    return exact and all(one.finding.effect_direction == "no-difference" or _open(one) for one in same)


def _open(one: LinkedFinding) -> bool:
    """Whether nothing but an interval that includes no effect is said of it."""
    effect = one.finding.effect
    return one.finding.effect_direction is None and effect is not None and includes_no_effect(effect) is True


_PLAINLY = Decimal("1.5")  # times as often in one group as in the other, where no interval is printed


def _counted(one: LinkedFinding) -> bool:
    """Whether a ratio's interval leaves out that there is no effect, or the groups' shares are far apart."""
    effect = one.finding.effect
    if effect is None:
        ratio = group_ratio(one.finding)
        return ratio is not None and (ratio >= _PLAINLY or ratio <= 1 / _PLAINLY)
    return ratio_of(effect) is not None and includes_no_effect(effect) is False


def _no_difference(one: LinkedFinding, said: str) -> bool:
    """Whether one side says that nothing changed; a reversed direction is N103's."""
    return (one.finding.effect_direction == "no-difference") != (said == "no-difference")


def _if_anything(claim: Claim, one: LinkedFinding) -> bool:
    """Whether the curator says of a result that found nothing which way it leant, and the claim says no more:
    "slightly lower", of "did not go with more; if anything with slightly less"."""
    if "if anything" not in (one.finding.text or "") or claim.proposition.causal_strength is _CAUSAL:
        return False
    return _A_LITTLE.search(claim.text) is not None


_LEFT_OPEN = re.compile(
    r"\b(?:(?:can|could|do|does|did)(?:not| not|n['’]t) (?:yet )?"
    r"(?:tell|say|show|settle|prove|know|decide|establish)"
    r"|(?:un|not )(?:clear|known|certain|sure|settled)|too (?:few|little|thin|weak|small|scarce)|not enough"
    r"|open question|(?:says|tells|shows) (?:nothing|little) (?:about|of|on)|no (?:word|data|evidence) on)\b",
    re.IGNORECASE,
)
_CAUSAL = CausalStrength.CAUSAL
_A_LITTLE = re.compile(
    r"\b(?:slightly|a little|a bit|a touch|a shade|marginally|if anything)\b", re.IGNORECASE
)


def _told(one: LinkedFinding) -> str:
    finding = one.finding
    return (finding.text or finding.quote or finding_in_words(finding) or finding.label or "").rstrip(".")
