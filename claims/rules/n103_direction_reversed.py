"""N103: the claim says the outcome goes the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from claims import magnitude
from claims.cited import answered, doubtful, opposed_sentences, plainly_told, surely
from claims.concepts import vocabulary_of
from claims.findings import change_in_words, finding_in_words
from claims.linking.reversing import WAYS, reversed_finding
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
from graph.naming import known_as

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
        if found.said in WAYS and found.told in WAYS:
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
            if set(ways) <= set(WAYS) and not doubtful(linked, asked, asked.asked or ""):
                yield _answered(rule, linked, asked)
            continue
        found = reversed_finding(linked, vocabulary)
        if found is None:
            continue
        one, cue = found.finding, found.cue
        if cue is not None:
            span = claim.sentence.span_of(cue.start, cue.end)
            fix = _turned_word(claim.sentence.text, linked, cue, one)
            yield _diagnostic(rule, linked, one, span, fix, cue.direction)
        elif not doubtful(linked, one, claim.proposition.effect_direction or "changes"):
            yield _diagnostic(rule, linked, one, claim.proposition.causal_span or claim.span, None)


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


def _turned_word(text: str, linked: LinkedClaim, cue: MagnitudeCue, one: LinkedFinding) -> Fix | None:
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
