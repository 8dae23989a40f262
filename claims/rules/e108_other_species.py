"""E108: a result from animals or cells is told as if of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from claims.cited import all_known, measured
from claims.concepts import vocabulary_of
from claims.findings.study_facts import HUMANS, study_facts
from claims.model import CitedSentence, Confidence, Diagnostic, LinkedClaim, Sentence, Severity
from claims.pointing import differs_from_study, paths_to, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.study.animals import NO_PEOPLE
from graph.evidence import Work
from graph.naming import known_as


@rule(
    "E108",
    "other-species",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "van der Worp et al. 2010, Can animal models of disease reliably inform human studies? PLoS Med "
        "7:e1000245",
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """No person was studied, and the claim does not say so."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from _by_abstract(rule, cited)


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the studies that they are linked with."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        yield from _of_study(rule, linked)
        claim = linked.claim
        if claim.sentence.is_lead or claim.citations_inherited or not all_known(linked):
            continue
        near = claim.text + " " + (claim.sentence.lead or "")
        found = [one for one in measured(linked) if one.study is not None]
        species = {iri for one in found if one.study for iri in one.study.species}
        unknown = any(one.study is None or not one.study.species for one in measured(linked))
        human = vocabulary.named("human")
        if not species or unknown or any(human and vocabulary.under(iri, human) for iri in species):
            continue
        drawn = _drawn_for_people(claim.text)
        if drawn is None and (NO_PEOPLE.search(near) or _said_before(facts, claim.sentence, linked.works)):
            continue
        yield rule.diagnostic(
            f"no person was studied: {source_of(found[0])} worked with "
            f"{vocabulary.labels(sorted(species))}, "
            + (
                "and the sentence does not say so"
                if drawn is None
                else "and the sentence concludes for people"
            ),
            (claim.proposition.causal_span or claim.span)
            if drawn is None
            else claim.sentence.span_of(*drawn.span()),
            claim=claim.id,
            evidence=paths_to(found[:1]),
        )


# "mice lived longer, so you can expect to": the step from the animals to the reader, without a "may"
_FOR_PEOPLE = re.compile(
    r"[,;:—–]\s(?:and\s)?"
    r"(?:so|which (?:means|shows|proves)|meaning|therefore|thus|hence|that (?:means|is why))\b"
    r"(?![^.;]{0,80}(?:\b(?:may|might|could|cannot|perhaps|possibly|whether|not|unclear|yet to)\b|n['’]t\b))"
    r"[^.;,]{0,30}?\b(?:you|your|we|our|people|humans|men|women|adults|patients|everyone)\b",
    re.IGNORECASE,
)


def _drawn_for_people(text: str) -> re.Match[str] | None:
    """Where a sentence on animals concludes for people, without a hedge."""
    animals = NO_PEOPLE.search(text)
    return None if animals is None else _FOR_PEOPLE.search(text, animals.end())


_JUST_BEFORE = 500  # characters


def _said_before(facts: Facts, sentence: Sentence, works: Sequence[Work]) -> bool:
    """Whether a sentence shortly before, on the same work, tells of the animals."""
    end = sentence.span.start
    return any(
        end - _JUST_BEFORE <= one.sentence.span.start < end
        and set(one.works) == set(works)
        and NO_PEOPLE.search(one.sentence.text)
        for one in facts.cited
    )


@lru_cache(maxsize=256)
def _species(abstract: str, title: str | None) -> str | None:
    return study_facts(abstract, title).species


def _by_abstract(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence that speaks of people, of a work whose abstract tells of animals only."""
    people = HUMANS.search(cited.text)
    if people is None or cited.abstract is None or cited.works[0].reports:
        return
    work = cited.works[0]
    animal = _species(cited.abstract, work.title)
    if animal in (None, "human") or NO_PEOPLE.search(cited.text):
        return
    yield rule.diagnostic(
        f"“{people[0]}” were not studied: {known_as(work)} worked with {animal}",
        cited.sentence.span_of(*people.span()),
        claim=cited.claim.claim.id if cited.claim is not None else None,
        evidence=(work_pointer(work),),
        confidence=Confidence.MEDIUM,
    )


def _of_study(rule: Rule, linked: LinkedClaim) -> Iterable[Diagnostic]:
    """The animals that the sentence says were studied, where the source studied people or others."""
    for one in linked.study:
        if one.statement.about == "species" and not one.agrees:
            said = f" were not studied: {known_as(one.work)} worked with"
            yield differs_from_study(rule, linked, one, said, Confidence.MEDIUM)
