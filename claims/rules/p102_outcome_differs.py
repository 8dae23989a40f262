"""P102: the claim names an outcome that its source did not measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from claims.alignment import NUMBERS, content_words
from claims.cited import all_known, closest, measured, named, on_exposure
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.linking.instead import named_alike, told_instead
from claims.linking.named_by_source import names_outcome
from claims.model import (
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
from claims.sentence.change import ChangeCue, change_cues
from claims.unasserted import NOT_SHOWN
from graph.naming import known_as

_REACH = 60  # characters between the words of change and the outcome they govern


@rule(
    "P102",
    "outcome-differs",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
        "Fleming and DeMets 1996, Surrogate end points in clinical trials: are we being misled? "
        "Ann Intern Med 125:605-613",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source measured another outcome, or only one that stands in for it."""
    vocabulary = vocabulary_of(facts.evidence)
    said = list(_by_findings(rule, facts, vocabulary))
    yield from said
    loud = [one for one in said if one.severity is not Severity.INFO]
    for cited in facts.cited_without(loud):
        yield from _by_abstract(rule, cited, vocabulary)


def _by_abstract(rule: Rule, cited: CitedSentence, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """A cited sentence that tells of an outcome its abstract nowhere names what that found of another."""
    if cited.abstract is None or cited.text.rstrip().endswith("?") or NOT_SHOWN.search(cited.text):
        return
    if cited.claim is not None and any(one.taken is not None for one in cited.claim.findings):
        return
    work = cited.works[0]
    found = told_instead(cited.text, work.title or "", cited.abstract, vocabulary)
    if found is not None:
        yield rule.diagnostic(
            f"“{found.mention.label}” is not named in the abstract cited for it: {known_as(work)} has this "
            f"of {found.other}: “{found.passage}”",
            cited.sentence.span_of(found.mention.span.start, found.mention.span.end),
            claim=cited.claim.claim.id if cited.claim is not None else None,
            evidence=(work_pointer(work), sentence_pointer(work, found.passage)),
            confidence=Confidence.LOW,
        )


def _by_findings(rule: Rule, facts: Facts, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """Claims held against what the findings that they are linked with measured."""
    for linked in facts.claims:
        claim = linked.claim
        if claim.citations_inherited or claim.kind == "recommendation" or not all_known(linked):
            continue
        if any(one.taken is not None for one in linked.findings):
            continue  # it tells of the same thing in other words
        about = on_exposure(linked, vocabulary)
        found = tuple(one for one in about if one.finding.outcome)
        if not found:
            continue
        for mention in _asserted(claim):
            if _of_another_it_names(mention, claim, linked, vocabulary):
                continue
            if _whom_it_studied(mention, claim, about, vocabulary):
                continue
            fits = [closest(vocabulary, one.concept, found) for one in _at_one_place(mention, claim)]
            if any(fit in CLOSE for fit in fits):
                continue
            fit = fits[0]
            named_there = _named_in_abstracts(mention, linked, vocabulary)
            if fit is Fit.SURROGATE and not named_there:
                stand_ins = tuple(one for one in found if _stands_in(one, mention, vocabulary))
                stand = "stands" if _one(stand_ins) else "stand"
                yield rule.diagnostic(
                    f"“{mention.label}” was not measured: {_measured(stand_ins, vocabulary)}, "
                    f"which only {stand} in for it",
                    mention.span,
                    claim=claim.id,
                    evidence=paths_to(stand_ins[:3]),
                    confidence=Confidence.HIGH,
                )
            elif any(names_outcome(one.finding, mention, vocabulary) for one in found):
                continue  # "attack", of "the odds of an attack that day"
            elif _recorded_there(mention, linked, vocabulary):
                continue  # measured, if of another exposure: not that it was not
            elif fit not in CLOSE and all(one.finding.method == "curated" for one in found):
                yield rule.diagnostic(
                    f"“{mention.label}” was not measured: {_measured(found, vocabulary)}",
                    mention.span,
                    claim=claim.id,
                    evidence=paths_to(found[:3]),
                )
            elif (
                fit not in CLOSE
                and not named_there
                and not any(
                    named_alike(mention.label, work.abstract or "", vocabulary, _ALIKE)
                    for work in linked.works
                )
            ):
                said = rule.diagnostic(
                    f"“{mention.label}” is not named in the abstract cited for it: "
                    f"{_measured(found, vocabulary)}",
                    mention.span,
                    claim=claim.id,
                    evidence=paths_to(found[:3]),
                    confidence=Confidence.LOW,
                )
                # an abstract does not list every outcome: without more this is a place to look, not a fault
                yield (
                    said if _elsewhere(mention, fit, about, linked) else replace(said, severity=Severity.INFO)
                )


def _of_another_it_names(mention: Mention, claim: Claim, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether the source measured it for another thing that the claim names: "weights improved function,
    Pilates eased pain"."""
    named_at_all = [one.concept for one in claim.mentions]
    return any(
        vocabulary.best_fit((mention.concept,), one.finding.outcome) in CLOSE
        and vocabulary.best_fit(named_at_all, one.finding.exposure) in CLOSE
        for one in measured(linked)
    )


def _recorded_there(mention: Mention, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether curators recorded a finding on this very outcome from the source, whatever was tried."""
    return any(
        one.finding.method == "curated"
        and vocabulary.best_fit((mention.concept,), one.finding.outcome) is Fit.SAME
        for one in linked.findings
        if one.via == "citation"
    )


_FOR_WHOM = re.compile(
    r"\b(?:treatments?|care|therap(?:y|ies)|remed(?:y|ies)|interventions?|options?|people|patients|adults|those)\s"
    r"(?:for|with|against|of)\s(?:[a-z]+\s)?$",
    re.IGNORECASE,
)


def _whom_it_studied(
    mention: Mention, claim: Claim, about: tuple[LinkedFinding, ...], vocabulary: Vocabulary
) -> bool:
    """Whether what is named is only what the people of the study have: "other treatments for back pain"."""
    at, _ = claim.sentence.place(mention.span)
    label = vocabulary.label(mention.concept).lower()
    lasting = (
        _LASTING.match(label) is not None
    )  # "eases chronic back pain", of the pain of people who have it
    if not lasting and _FOR_WHOM.search(claim.text, max(0, at - 60), at) is None:
        return False
    words = set(label.split())
    return any(
        words <= set(vocabulary.label(iri).lower().split()) for one in about for iri in one.finding.population
    )


_LASTING = re.compile(r"(?:chronic|acute|subacute|persistent|recurrent)\b")


def _asserted(claim: Claim) -> Iterable[Mention]:
    """The outcomes that the claim itself names beside words of change, with nothing between but a few words.

    "Salt raises blood pressure", "the rate of stroke was lower with less salt". An outcome named for
    background ("Hypertension leads to stroke; less salt ...") is not asserted here.
    """
    changes = change_cues(claim.text)
    cues = [cue.end for cue in changes]
    if claim.proposition.causal_span is not None:
        cues.append(claim.sentence.place(claim.proposition.causal_span)[1])
    exposures = [m for iri in claim.proposition.exposure if (m := named(claim, iri)) is not None]
    first = min((mention.span.start for mention in exposures), default=claim.span.start)
    for iri in claim.proposition.outcome:
        mention = named(claim, iri)
        if mention is None:
            continue
        at, end = claim.sentence.place(mention.span)
        if NOT_SHOWN.search(claim.text, 0, at):
            continue  # "which has not been shown to ease joint pain"
        before = [cue for cue in cues if cue <= at]
        near = (
            bool(before)
            and at - max(before) <= _REACH
            and not set(";:.()") & set(claim.text[max(before) : at])
        )
        if mention.span.start >= first:
            told = near or (not exposures and _changes_next(claim.text, end, changes))
        else:  # the outcome stands first: what was done has to follow, with or without
            told = (near or _changes_next(claim.text, end, changes)) and _WITH.search(
                claim.text, end
            ) is not None
        if told and not _IS_EXPOSURE.match(claim.text, end) and not _aside(claim, at, end):
            yield mention


# "for each 1 mmol/L by which their LDL cholesterol fell": what the result is told for, not the result
_FOR_EACH = re.compile(r"\b(?:for (?:each|every)|per)\s[^,;:.()]{0,60}$", re.IGNORECASE)
_BECAUSE_OF = re.compile(r"\s(?:for|with|because of|due to)\s(?:an?\s|the\s)?", re.IGNORECASE)


def _aside(claim: Claim, start: int, end: int) -> bool:
    """Whether an outcome only says for how much the result is told, or what the next one led to.

    "Admitted to hospital for a cardiovascular event" is about the event.
    """
    if _FOR_EACH.search(claim.text, max(0, start - 80), start):
        return True
    reason = _BECAUSE_OF.match(claim.text, end)
    return reason is not None and any(
        one.concept in claim.proposition.outcome
        and 0 <= claim.sentence.place(one.span)[0] - reason.end() <= 20
        for one in claim.mentions
    )


_WITH = re.compile(r"\b(?:with|after|on|between|among|in (?:those|people|the))\b", re.IGNORECASE)
_IS_EXPOSURE = re.compile(r"\s+(?:a|per|each|every) (?:day|night|week)\b|\s+(?:drugs?|medicines?|tablets?)\b")
_PREDICATE = re.compile(
    r"[^,;:.()]{0,12}\b(?:was|were|is|are|fell|rose|dropped|fallen|risen)\b[^,;:.()]{0,30}"
)


def _changes_next(text: str, end: int, changes: Iterable[ChangeCue]) -> bool:
    """Whether what happens to the thing named before ``end`` is said right after it."""
    match = _PREDICATE.match(text, end)
    return match is not None and any(end <= cue.start < match.end() for cue in changes)


def _named_in_abstracts(mention: Mention, linked: LinkedClaim, vocabulary: Vocabulary) -> bool:
    """Whether a source read by machine so much as names the outcome; a curated record needs no asking."""
    machine = {one.work.iri for one in linked.findings if one.work and one.finding.method == "automatic"}
    for work in linked.works:
        if work.iri not in machine:
            continue
        text = f"{work.title or ''}. {work.abstract or ''}"
        named = {other.concept for other in vocabulary.find(text)}
        if vocabulary.best_fit((mention.concept,), named) in CLOSE:
            return True
    return False


def _at_one_place(mention: Mention, claim: Claim) -> list[Mention]:
    """A mention and the others that the same words may be: "asthma attacks" is asthma, and an "
    "outcome of its own."""
    return [mention, *(one for one in claim.mentions if one.span == mention.span and one is not mention)]


def _elsewhere(
    mention: Mention,
    fit: Fit | None,
    found: tuple[LinkedFinding, ...],
    linked: LinkedClaim,
) -> bool:
    """Whether all is known that the abstract measured, and it is of another kind, in concept and in word.

    Or the claim prints the very numbers of a finding that is of another outcome.
    """
    words = content_words(mention.label)
    # "lung cancer" is not named by a source that has the word cancer
    if any(words <= content_words(f"{work.title or ''} {work.abstract or ''}") for work in linked.works):
        return False
    results = [one for one in found if one.finding.quote_role == "result"]
    if any(one.aligned == NUMBERS and one.finding.outcome for one in results):
        return True
    return fit is Fit.UNRELATED and bool(results) and all(one.finding.outcome for one in results)


_ALIKE = 0.6  # "kidney function" and "renal insufficiency"; two other things are as near once in 500 pairs


def _stands_in(one: LinkedFinding, mention: Mention, vocabulary: Vocabulary) -> bool:
    return vocabulary.best_fit((mention.concept,), one.finding.outcome) is Fit.SURROGATE


def _one(found: tuple[LinkedFinding, ...]) -> bool:
    return len({iri for one in found for iri in one.finding.outcome}) == 1


def _measured(found: tuple[LinkedFinding, ...], vocabulary: Vocabulary) -> str:
    """ "Frigo 2025 measured spinal length and lumbar lordosis"."""
    parts = []
    for work in dict.fromkeys(source_of(one) for one in found):
        of_work = (one for one in found if source_of(one) == work)
        outcomes = tuple(dict.fromkeys(iri for one in of_work for iri in one.finding.outcome))
        more = f" and {len(outcomes) - 4} others" if len(outcomes) > 4 else ""
        parts.append(f"{work} measured {vocabulary.labels(outcomes[:4])}{more}")
    return "; ".join(parts)
