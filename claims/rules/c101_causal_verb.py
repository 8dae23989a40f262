"""C101: a causal verb over evidence that can only show an association."""

from __future__ import annotations

from collections.abc import Iterable

from claims import wording
from claims.concepts import Fit, Vocabulary, vocabulary_of
from claims.model import (
    CausalStrength,
    Claim,
    Confidence,
    Diagnostic,
    EvidencePointer,
    Fix,
    LinkedClaim,
    LinkedFinding,
    Severity,
)
from claims.pointing import described, paths_to, source_of
from claims.rule import Facts, Rule, rule
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
