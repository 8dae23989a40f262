"""C101: a causal verb over evidence that can only show an association."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims import wording
from claims.abstracts.observing import only_observed
from claims.abstracts.passages import passages
from claims.alternatives import lowered
from claims.asserting import acts
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.linking.passages import likeness
from claims.model import (
    CausalStrength,
    CitedSentence,
    Claim,
    Confidence,
    Diagnostic,
    EvidencePointer,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Severity,
)
from claims.pointing import described, paths_to, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.wording.candidates import candidates
from claims.wording.everyday_causes import everyday_cause, taken_back
from claims.wording.rewriting import associational
from graph.designs import in_group, observational_only
from graph.evidence import Evidence, Study, Work
from graph.naming import known_as

# The edge must be this claim's: a trial on a stand-in for the outcome, or on its sibling, tests another.
_SAME_EDGE = frozenset({Fit.SAME, Fit.NARROWER, Fit.BROADER})


@rule(
    "C101",
    "causal-verb-from-observational-evidence",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    sources=(
        "Cofield, Corona and Allison 2010, Obesity Facts 3:353-356",
        "Haber et al. 2018, PLoS ONE 13:e0196346",
        "STROBE statement, von Elm et al. 2007, item 20",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A causal verb stands on evidence that can only show an association."""
    said = list(_by_findings(rule, facts))
    yield from said
    for cited in facts.cited_without(said):
        yield from _by_abstracts(rule, cited)


def _by_findings(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Claims held against the findings and studies that they are linked with."""
    vocabulary = vocabulary_of(facts.evidence)
    for linked in facts.claims:
        claim = linked.claim
        if claim.kind == "recommendation" or claim.proposition.causal_strength != CausalStrength.CAUSAL:
            continue
        if claim.proposition.effect_direction == "no-difference" or claim.proposition.causal_span is None:
            continue
        carried = [one for one in linked.findings if one.direction == "supports"]
        if any(_licenses(one, claim, facts.evidence, vocabulary) for one in carried):
            continue
        observational = [
            one
            for one in carried
            if observational_only(one.study, facts.evidence.studies) and one.via != "topic"
        ]
        if observational:
            yield _say(rule, facts, linked, observational, Confidence.HIGH)
        elif not carried and (works := _observational_works(linked, facts.evidence)):
            yield _say_of_works(rule, facts, linked, works)


def _licenses(one: LinkedFinding, claim: Claim, evidence: Evidence, vocabulary: Vocabulary) -> bool:
    """Whether this finding lets the claim speak of cause (or we cannot say that it does not)."""
    if one.finding.quote_role in ("hypothesis", "background") or one.finding.obtained_by in (
        "modelled",
        "inferred",
    ):
        return False
    if not _may_license(one.study, evidence):
        return False
    fit = vocabulary.best_fit(claim.proposition.outcome, one.finding.outcome)
    return fit is None or fit in _SAME_EDGE


def _may_license(study: Study | None, evidence: Evidence) -> bool:
    """Whether the study can carry a causal verb; an unknown design may, so that we do not accuse."""
    if study is None or study.design is None:
        return True
    if study.design in in_group("opinion", "modelling"):
        return False
    return not observational_only(study, evidence.studies)


def _observational_works(linked: LinkedClaim, evidence: Evidence) -> tuple[Work, ...]:
    """The cited works when every one is known to report nothing but observational studies."""
    if linked.claim.citations_inherited or not linked.works or linked.findings:
        return ()
    for work in linked.works:
        studies = [evidence.studies.get(iri) for iri in work.reports]
        if not studies or not all(observational_only(study, evidence.studies) for study in studies):
            return ()
    return linked.works


def _say(
    rule: Rule, facts: Facts, linked: LinkedClaim, found: list[LinkedFinding], confidence: Confidence
) -> Diagnostic:
    span = linked.claim.proposition.causal_span or linked.claim.span
    words = facts.document.text[span.start : span.end]
    named = list(dict.fromkeys(f"{source_of(one)} ({described(one.study)})" for one in found))
    message = (
        f"“{words}” says that one thing changes another; the evidence behind it is observational: "
        f"{'; '.join(named[:3])}. It shows an association, "
        "and no experiment linked here supports the step to cause"
    )
    return rule.diagnostic(
        message,
        span,
        claim=linked.claim.id,
        evidence=paths_to(found),
        fix=_fix(linked.claim),
        confidence=confidence,
    )


def _say_of_works(rule: Rule, facts: Facts, linked: LinkedClaim, works: tuple[Work, ...]) -> Diagnostic:
    span = linked.claim.proposition.causal_span or linked.claim.span
    words = facts.document.text[span.start : span.end]
    studies = [facts.evidence.studies[iri] for work in works for iri in work.reports]
    named = "; ".join(
        f"{known_as(work)} ({described(facts.evidence.studies.get(work.reports[0]))})" for work in works
    )
    path = [EvidencePointer(work.iri, "work", work.title or "") for work in works]
    path += [
        EvidencePointer(study.iri, "study", f"{study.label or 'study'}: {described(study)}")
        for study in studies
    ]
    message = (
        f"“{words}” says that one thing changes another, but all that is cited for it is observational: "
        f"{named}. Such a study shows an association"
    )
    return rule.diagnostic(
        message,
        span,
        claim=linked.claim.id,
        evidence=tuple(path),
        fix=_fix(linked.claim),
        confidence=Confidence.MEDIUM,
    )


def _by_abstracts(rule: Rule, cited: CitedSentence) -> Iterable[Diagnostic]:
    """A cited sentence of cause, in everyday words too, whose works only observed, by their abstracts."""
    linked = cited.claim
    if linked is not None and linked.claim.kind == "recommendation":
        return
    if not all(not work.reports and work.abstract for work in cited.works):
        return
    named = "; ".join(map(known_as, cited.works))
    if all(only_observed(work.abstract or "", work.title) for work in cited.works):
        why = f"as far as the abstract cited for it tells, people were only observed: {named}"
    elif (related := _told_as_related(cited)) is not None:
        why = f"{named} tells of it as a relation that was seen (“{related}”), and not as what was tried"
    else:
        return
    place = _cause_in(cited)
    if place is None:
        return
    start, end = place
    yield rule.diagnostic(
        f"“{cited.sentence.text[start:end]}” says that one thing brought about another; {why}. "
        "That shows an association",
        cited.sentence.span_of(start, end),
        claim=linked.claim.id if linked is not None else None,
        evidence=tuple(map(work_pointer, cited.works)),
        confidence=Confidence.MEDIUM,
    )


_SURE = 0.7  # how probable it has to be that a sentence speaks of cause, where only words tell the design
_NEAR = 0.5  # likeness from which on a passage tells what the sentence says
_NEARER = 0.1  # by how much it has to be nearer than the others
# What trials see beside what they tried: who did better, what went together. "Associated with" alone may be
# how they tell of the treatment itself.
_RELATED = re.compile(
    r"\bcorrelat\w+|\bpredict(?:s|ed|ors? of|ive of)\b|\brisk factors? for\b|\brelationships? between\b"
    r"|\bindependently associated\b|\b(?:baseline|age|duration|history)\b[^.;]{0,80}\bassociated with\b",
    re.IGNORECASE,
)


def _told_as_related(cited: CitedSentence) -> str | None:
    """The sentence of the one abstract that tells what the cited sentence says, where it is of a relation."""
    if cited.abstract is None:
        return None
    fits = sorted(
        ((likeness(cited.text, one.words), one.text) for one in passages(cited.abstract)), reverse=True
    )
    if not fits or fits[0][0] < _NEAR or not _RELATED.search(fits[0][1]):
        return None
    others = (fit for fit, text in fits[1:] if not _RELATED.search(text))
    return fits[0][1] if fits[0][0] - max(others, default=0.0) >= _NEARER else None


def _cause_in(cited: CitedSentence) -> tuple[int, int] | None:
    """The words of a cited sentence that say outright that one thing brought about another."""
    if cited.text.rstrip(" .").endswith("?"):
        return None
    everyday = everyday_cause(cited.text)
    cue = wording.causal_cue(cited.text) if everyday is None else None
    if cue is None and everyday is None:
        return _between_named(cited)
    if cue is None or cue.strength is not CausalStrength.CAUSAL or taken_back(cited.text, cue.start):
        return everyday
    found = (one for one in candidates(lowered(cited.text)) if one.start == cue.start)
    if not any(one.kind == "causal" and one.place == "main" for one in found):
        return None  # carried by the sentence as a whole, and by no verb of cause
    if wording.strength_shares(cited.text)[3] < _SURE:
        return None
    if cited.claim is not None and cited.claim.claim.proposition.effect_direction == "no-difference":
        return None
    if _COMPARED.fullmatch(cited.text, cue.start, cue.end):
        return None  # "did better than": who came off how, not why
    return cue.start, cue.end


_NEAR_BY = 12  # characters between a verb and what it does: "trigger early breast cancer"


def _between_named(cited: CitedSentence) -> tuple[int, int] | None:
    """A verb of cause whose subject is no people, with what happens right behind it.

    "Years of rotating nights trigger breast cancer": the model of wording knows papers and may pass it by.
    """
    if cited.claim is None:
        return None
    claim = cited.claim.claim
    happens = [claim.sentence.place(one.span)[0] for one in claim.mentions if "outcome" in one.roles]
    for one in candidates(lowered(cited.text)):
        if one.kind != "causal" or one.place != "main" or one.modal is not None:
            continue
        if any(0 < start - one.end <= _NEAR_BY for start in happens) and acts(cited.text, one.start):
            return None if taken_back(cited.text, one.start) else (one.start, one.end)
    return None


_COMPARED = re.compile(
    r"(?:was |were |did |fared )?"
    r"(?:better|worse|more|less|fewer|higher|lower|longer|shorter|greater)(?: than)?",
    re.IGNORECASE,
)


def _fix(claim: Claim) -> Fix | None:
    """The sentence told as an association, where its grammar is sure."""
    cue = wording.causal_cue(claim.text)
    if cue is None:
        return None
    heading = claim.sentence.is_lead
    rewritten = associational(claim.text, cue.start, cue.end, heading=heading)
    if rewritten is None:
        return None
    return Fix(claim.sentence.span_of(rewritten.start, rewritten.end), rewritten.text)
