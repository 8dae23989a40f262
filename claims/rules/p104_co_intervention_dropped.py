"""P104: a treatment given together with another is told as if it had been given alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from claims.abstracts.combined import never_alone
from claims.abstracts.given import never_apart
from claims.abstracts.passages import written_out
from claims.alignment import content_words
from claims.cited import measured, named
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.findings.telling import short_estimate
from claims.linking.companions import ALONE, Dropped, dropped_companions
from claims.linking.indexing import index_of
from claims.linking.nearness import nearness
from claims.model import (
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Sentence,
    Severity,
)
from claims.pointing import paths_to, sentence_pointer, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.specifying import alone_told, says_alone
from graph.naming import known_as

_SAME_THING = 0.6  # score from which a cited finding is about what the claim says


@rule(
    "P104",
    "co-intervention-dropped",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Hoffmann et al. 2014, Better reporting of interventions: TIDieR checklist. BMJ 348:g1687",
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The study tested two things together and the claim names one."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from _by_abstract(rule, cited)
        yield from _by_record(rule, cited, facts)


def _by_record(rule: Rule, cited: CitedSentence, facts: Facts) -> Iterable[Diagnostic]:
    """A cited sentence that says "alone" of a work whose curated findings have it with a partner only."""
    alone = _alone_claimed(cited.text)
    if alone is None or len(cited.works) != 1:
        return
    vocabulary = vocabulary_of(facts.evidence)
    found = index_of(facts.evidence).by_work.get(cited.works[0].iri, ())
    curated = [one for one in found if one.method == "curated" and one.quote_role != "background"]
    together = [one for one in curated if one.co_intervention]
    exposures = [iri for one in together for iri in one.exposure]
    if not together or any(
        not one.co_intervention and vocabulary.best_fit(one.exposure, exposures) in CLOSE for one in curated
    ):
        return
    first = together[0]
    partner = vocabulary.labels(first.co_intervention)
    if content_words(partner) & content_words(
        cited.text[: alone.start()] + " " + cited.text[alone.end() + _DENIED_BEHIND :]
    ):
        return
    if vocabulary.best_fit(first.co_intervention, first.comparator) is Fit.SAME:
        return
    yield rule.diagnostic(
        f"“{cited.text[alone.start() : alone.end()]}” was not tested: {known_as(cited.works[0])} tested "
        f"{vocabulary.labels(first.exposure)} plus {partner} together, and cannot say which of them did it",
        cited.sentence.span_of(alone.start(), alone.end()),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(work_pointer(cited.works[0]),),
    )


_NOTHING_MORE = re.compile(
    r"\bnothing (?:more than|but)\b|\bwith nothing (?:taught|said|added|given)\b|\bentirely to\b"
    r"|\bmonotherapy\b|\bno other (?:drugs?|treatments?|medicines?|advice|care|help)\b|\banything else\b"
    r"|\b(?:sole|only) (?:[\w-]+ ){0,2}?(?:drug|treatment|therapy|medicine|medication)\b"
    r"|\bwithout any (?:\w+ )?(?:schooling|teaching|education|instruction|counselling|training|drugs?)\b",
    re.IGNORECASE,
)
# "was not tested by itself": just what the rule says
_NOT_TRIED = re.compile(
    r"\b(?:not|never|n['’]t|nobody|no (?:study|trial)|cannot)\b[^.;:]{0,40}?"
    r"\b(?:test|tried|try|compare|stud|know|tell|say|show|answer|examin|given|ask)\w*",
    re.IGNORECASE,
)


def _alone_claimed(text: str) -> re.Match[str] | None:
    """Where a text says that something was given alone; None too where it says that nobody tried."""
    alone = alone_told(text) or _NOTHING_MORE.search(text)
    return alone if alone is not None and _NOT_TRIED.search(text) is None else None


_DENIED_BEHIND = 30  # characters behind "without any" that say without what


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the findings of two treatments together."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        if claim.sentence.is_lead or claim.citations_inherited:
            continue
        alone = ALONE.search(claim.text) is not None
        about = [
            _as_combined(one, vocabulary)
            for one in measured(linked)
            if (one.score >= _SAME_THING and (one.direction == "supports" or _told_without(one, linked)))
            or (alone and one.finding.method == "automatic" and one.finding.quote_role == "result")
        ]
        mentions = [m for iri in claim.proposition.exposure if (m := named(claim, iri)) is not None]
        dropped = dropped_companions(claim, mentions, about, partial(_beside, claim, facts), vocabulary)
        if dropped is not None:
            yield _say(rule, linked, dropped, vocabulary)


def _told_without(one: LinkedFinding, linked: LinkedClaim) -> bool:
    """Whether the result of the one abstract cited is told whose outcome the vocabulary does not know.

    "Exercise put 41 % into remission": nothing then says which way it went, but what it is of is plain.
    """
    finding = one.finding
    return (
        finding.method == "automatic"
        and one.direction == "neutral"
        and len(linked.works) == 1
        and not (finding.outcome and linked.claim.proposition.outcome)
    )


def _as_combined(one: LinkedFinding, vocabulary: Vocabulary) -> LinkedFinding:
    """A finding of several things that its abstract never names apart, as of the first with the others."""
    finding, work = one.finding, one.work
    if finding.method != "automatic" or finding.co_intervention or len(finding.exposure) < 2 or work is None:
        return one
    if not never_apart(f"{work.title or ''}. {work.abstract or ''}", finding.exposure, vocabulary):
        return one
    first, *others = finding.exposure
    return replace(one, finding=replace(finding, exposure=(first,), co_intervention=tuple(others)))


_OTHER_NAME = 0.4  # from this nearness on words may name the partner by another name


def _by_abstract(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence that says "alone" of what its abstract names with a partner only, by their words.

    Where it is named by other words it has to be the only such treatment, and nothing like the partner.
    """
    alone = _alone_claimed(cited.text)
    if cited.abstract is None or alone is None:
        return
    if _THE_OTHERS.search(cited.text, 0, alone.start()):
        return  # "fewer than in those who got the check alone": what was added to it was tried
    pairs = never_alone(written_out(cited.abstract, cited.abstract), cited.works[0].title or "")
    said = content_words(written_out(cited.text, cited.abstract))
    told = [tuple(bool(content_words(name) & said) for name in pair) for pair in pairs]
    if not pairs or (True, True) in told:
        return
    named = [pair for pair, names in zip(pairs, told, strict=True) if names[0]]
    if not named:
        about = " ".join(cited.text[: alone.start()].split()[-_SUBJECT:])
        one_pair = all(
            frozenset.intersection(*map(content_words, names)) for names in zip(*pairs, strict=True)
        )
        if not one_pair or any(nearness(about, partner) >= _OTHER_NAME for _, partner in pairs):
            return
        named = list(pairs)
    member, partner = named[0]
    yield rule.diagnostic(
        f"“{cited.text[alone.start() : alone.end()]}” was not tested: {known_as(cited.works[0])} tested "
        f"{member} and {partner} together, "
        "and cannot say which of them did it",
        cited.sentence.span_of(alone.start(), alone.end()),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(
            work_pointer(cited.works[0]),
            sentence_pointer(cited.works[0], f"{member}, {partner}"),
        ),
        confidence=Confidence.MEDIUM,
    )


_THE_OTHERS = re.compile(r"\b(?:those|the (?:rest|others)|controls)\b[^.;:,]{0,40}$", re.IGNORECASE)
_SUBJECT = 6  # words before "alone" that may say of what


def _say(rule: Rule, linked: LinkedClaim, dropped: Dropped, vocabulary: Vocabulary) -> Diagnostic:
    best, mention, companions = dropped.finding, dropped.mention, vocabulary.labels(dropped.companions)
    is_second = any(iri in best.finding.exposure for iri in dropped.companions)
    partner = vocabulary.labels(best.finding.co_intervention) if is_second else companions
    tested = f"{vocabulary.labels(best.finding.exposure)} plus {partner}"
    effect = best.finding.effect
    shown = f" ({short_estimate(effect)})" if effect is not None and effect.value is not None else ""
    return rule.diagnostic(
        f"“{mention.label}” alone was not tested: {source_of(best)} tested {tested} together{shown}, "
        "and cannot say which of them did it",
        mention.span,
        claim=linked.claim.id,
        evidence=paths_to(dropped.together[:2]),
        # "walking plus education by itself" would be no better
        fix=None
        if says_alone(linked.claim.text)
        else Fix(mention.span, f"{mention.label} plus {companions}"),
    )


def _beside(claim: Claim, facts: Facts) -> list[Sentence]:
    """The sentences of the claim's paragraph, without those that make a claim of their own on something else.

    "Exercise cut the risk [7]. Education alone did not [7]" says of neither that the two went together.
    """
    exposure = set(claim.proposition.exposure)
    others = {
        one.claim.sentence.span
        for one in facts.claims
        if one.claim is not claim
        and one.claim.proposition.effect_direction is not None
        and one.claim.proposition.exposure
        and not exposure & {*one.claim.proposition.exposure, *one.claim.proposition.co_intervention}
    }
    return [one for one in facts.sentences if one.block == claim.sentence.block and one.span not in others]
