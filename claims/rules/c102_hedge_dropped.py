"""C102: the source says "may", the article says "does"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims import wording
from claims.cited import told_as_found
from claims.linking.reserve import RATED, held_about, held_back
from claims.model import (
    CausalStrength,
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Severity,
)
from claims.pointing import paths_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.sentence.voice import reports_a_study
from claims.wording.rewriting import tentative
from graph.naming import known_as

_FITS = 0.6  # from this score on a finding is about what the claim says


@rule(
    "C102",
    "hedge-dropped",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1",
    sources=(
        "Sumner et al. 2014, BMJ 349:g7015",
        "Santesso et al. 2020, J Clin Epidemiol 119:126-135 (GRADE plain-language statements)",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source hedges and the article does not."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from _by_sentences(rule, cited)


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the findings that they are linked with."""
    for linked in facts.claims:
        claim = linked.claim
        if claim.kind == "recommendation" or claim.proposition.causal_strength == CausalStrength.NONE:
            continue
        if claim.proposition.causal_strength == CausalStrength.CONDITIONAL_CAUSAL:
            continue
        if wording.hedge_level(claim.text) > 0 or _NOT_SIGNIFICANT.search(claim.text):
            continue
        carried = [one for one in linked.findings if one.direction == "supports" and one.via != "topic"]
        quoted = [one for one in carried if one.finding.quote]
        concluded = _conclusions(linked)
        flat = claim.proposition.causal_strength == CausalStrength.CAUSAL
        if concluded and flat and told_as_found(claim):
            continue
        if concluded and flat and not reports_a_study(claim.text.split(";")[0]):
            # told as what is so, not as what a study found: then the authors' conclusion is what counts
            if not any(_of_curator(one) for one in carried):
                yield _say(rule, facts, claim, concluded)
            continue
        if not quoted or any(_asserts(one) for one in carried):
            continue
        if not flat and _AS_FOUND.search(claim.text) and all(_only_rated(one) for one in quoted):
            continue  # "was slightly lower": told as it was found, and found without reserve
        yield _say(rule, facts, claim, quoted)


# told as not seen: "an effect remains possible" is of what was not seen
_NOT_SIGNIFICANT = re.compile(r"\b(?:not?|n['’]t) (?:\w+ ){0,2}significant", re.IGNORECASE)
_EFFECT = re.compile(
    r"\b(?:may|might|could)\s+(?:also\s+|help(?:\s+to)?\s+)?(?:be\s+(?:an?\s+)?(?:\w+\s+)?(?:effective|useful|helpful"
    r"|beneficial|associated)|reduc|lower|decreas|improv|increas|rais|prevent|help|eas[ei]|reliev|protect|benefit"
    r"|shorten|lengthen|slow|trigger|cause|contribut|lead)",
    re.IGNORECASE,
)


def _conclusions(linked: LinkedClaim) -> list[LinkedFinding]:
    """The conclusions of abstracts cited for the claim, where every one of them holds back about the effect.

    Only those that plainly are about what the claim says: its exposure and, where known, its outcome.
    """
    claim = linked.claim
    if claim.citations_inherited or not claim.proposition.exposure:
        return []
    found = [
        one
        for one in linked.findings
        if one.via == "citation"
        and one.finding.method == "automatic"
        and one.finding.quote_role == "synthesis"
        and one.direction != "refutes"
        and one.score >= _FITS
    ]
    works = {one.work.iri for one in found if one.work is not None}
    if not found or works != {work.iri for work in linked.works}:
        return []
    return found if all(_EFFECT.search(one.finding.quote or "") for one in found) else []


_AS_FOUND = re.compile(r"\b(?:was|were|had|fell|rose|scored|slept)\b", re.IGNORECASE)


def _only_rated(one: LinkedFinding) -> bool:
    """Whether the source holds back by nothing but how it rates its evidence."""
    return not held_back(RATED.sub("", one.finding.quote or ""))


def _own_words(one: LinkedFinding) -> str:
    """The quote of a finding without the certainty that it gives to others in the same sentence."""
    quote, level = one.finding.quote or "", one.finding.certainty_level
    if level is None:
        return quote
    own = re.compile(rf"\b{level.replace('-', '[- ]')}\b", re.IGNORECASE)
    return RATED.sub(lambda match: match[0] if own.match(match[0]) else "", quote)


def _of_curator(one: LinkedFinding) -> bool:
    return one.finding.method != "automatic"


def _asserts(one: LinkedFinding) -> bool:
    """Whether a finding carries the claim without a hedge: by its quote, or by a measured estimate."""
    if one.finding.quote:
        return not held_back(_own_words(one))
    return one.finding.effect is not None or one.finding.effect_direction is not None


def _say(rule: Rule, facts: Facts, claim: Claim, quoted: list[LinkedFinding]) -> Diagnostic:
    span = claim.proposition.causal_span or claim.span
    words = facts.document.text[span.start : span.end]
    first = quoted[0]
    quote = first.finding.quote or ""
    held = held_back(_own_words(first)) or held_back(quote)
    message = (
        f"“{words}” asserts what {source_of(first)} holds back from: the source says “{held}” "
        f"(“{quote if len(quote) <= 160 else quote[:160].rsplit(' ', 1)[0] + ' …'}”)"
    )
    return rule.diagnostic(message, span, claim=claim.id, evidence=paths_to(quoted), fix=_fix(claim))


def _by_sentences(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence held against the sentences of its abstract: the one that tells it holds back."""
    if cited.claim is not None and any(_of_curator(one) for one in cited.claim.findings):
        return
    held = None if cited.abstract is None else held_about(cited.text, cited.abstract)
    if held is None:
        return
    claim, work = cited.claim, cited.works[0]
    span = claim.claim.proposition.causal_span if claim is not None else None
    yield rule.diagnostic(
        f"said without reserve; {known_as(work)} holds back from it: “{held.words}” "
        f"(“{_shortened(held.passage)}”)",
        span or cited.sentence.span,
        claim=claim.claim.id if claim is not None else None,
        evidence=(work_pointer(work), sentence_pointer(work, held.passage)),
    )


def _shortened(quote: str) -> str:
    return quote if len(quote) <= 160 else quote[:160].rsplit(" ", 1)[0] + " …"


def _fix(claim: Claim) -> Fix | None:
    cue = wording.causal_cue(claim.text)
    rewritten = tentative(claim.text, cue.start, cue.end) if cue else None
    if rewritten is None:
        return None
    return Fix(claim.sentence.span_of(rewritten.start, rewritten.end), rewritten.text)
