# ruff: noqa: E501 - tables of patterns read better unwrapped
"""E104: a general statement rests on one study."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.concepts import vocabulary_of
from claims.linking.indexing import index_of, studies_of
from claims.model import CausalStrength, Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import design_of, paths_to, source_of, work_pointer
from claims.rule import Facts, Rule, rule
from claims.sentence.voice import reports_a_study
from graph.designs import in_group
from graph.naming import known_as

# many studies, told as agreeing; "studies" alone only where it is they that show
_SHOW = r"(?:show|find|found|suggest|demonstrate|confirm|prove|establish|indicate|report|agree|reveal|support|link|tie|back)"
_MANY = re.compile(
    r"\b(?:numerous|many|several|countless|multiple|various|dozens of|scores of|hundreds of|most|all|both|two|three"
    r"|four|five|a (?:wealth|host|mass|number|string|series|mountain) of|repeated) (?:[\w-]+ ){0,2}?"
    r"(?:studies|trials|experiments|investigations|papers|publications|analyses)\b"
    r"(?! (?:participants|patients|of|in which))"
    rf"|\b(?:studies|trials|experiments) (?:(?:have|has|now|also|all|consistently|repeatedly|clearly|long) ){{0,3}}{_SHOW}"
    r"|\b(?:research|science|evidence|studies|trials) (?:has |have )?(?:consistently|repeatedly|time and again)\b"
    r"|\ba (?:[\w-]+ )?body of (?:research|evidence|work)\b",
    re.IGNORECASE,
)
_NOT_SEEN = re.compile(
    r"\b(?:no|few|further|more|other|earlier|previous|future|unlike|not|fails?|until|need\w*|lack\w*|included?|pooled?|of"
    r"|mixed|conflict\w*|inconsistent\w*|in contrast to|contrary to|compared with) (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)


@rule(
    "E104",
    "single-study",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Ioannidis 2005, Contradicted and initially stronger effects in highly cited clinical research. "
        "JAMA 294:218-228",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """One study is told as a general truth."""
    told_as_many = list(_told_as_many(rule, facts))
    yield from told_as_many
    spoken = {one.claim for one in told_as_many}
    for linked in facts.claims:
        if linked.claim.id in spoken:
            continue
        claim = linked.claim
        said = claim.proposition
        if said.hedged or said.causal_strength is not CausalStrength.CAUSAL or claim.sentence.is_lead:
            continue
        if said.effect_direction == "no-difference":
            continue  # that one study saw nothing is seldom told as a law
        if claim.citations_inherited or not claim.citations or reports_a_study(claim.text):
            continue
        if _cites_a_review(linked, facts):
            continue
        supports = [one for one in linked.findings if one.direction == "supports" and one.score >= 0.5]
        studies = {_independent(one) for one in supports}
        best = supports[0] if supports else None
        if best is None or len(studies) != 1 or best.study is None or best.study.design in _reviews():
            continue
        size = f", {best.study.sample_size} people" if best.study.sample_size else ""
        yield rule.diagnostic(
            f"told as a general truth; one study is behind it: {source_of(best)} "
            f"({design_of(best.study)}{size})",
            claim.span,
            claim=claim.id,
            evidence=paths_to(supports[:1]),
        )


def _told_as_many(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Sentences that tell of many studies, and cite one primary study for it."""
    vocabulary, index = vocabulary_of(facts.evidence), index_of(facts.evidence)
    for cited in facts.cited:
        many = _MANY.search(cited.text)
        if many is None or len(cited.works) != 1 or _NOT_SEEN.search(cited.text, 0, many.start()):
            continue
        work = cited.works[0]
        studies = studies_of(work, index, vocabulary)
        if len(studies) != 1 or studies[0].design is None or studies[0].included_studies is not None:
            continue
        if studies[0].design in _reviews() or work.work_type in ("review", "guideline"):
            continue
        size = f", {studies[0].sample_size} people" if studies[0].sample_size else ""
        yield rule.diagnostic(
            f"“{many[0]}”: one study is cited for it: {known_as(work)} ({design_of(studies[0])}{size})",
            cited.sentence.span_of(*many.span()),
            claim=cited.claim.claim.id if cited.claim is not None else None,
            evidence=(work_pointer(work),),
        )


def _reviews() -> frozenset[str]:
    return in_group("synthesis") | {"narrative-review", "clinical-guideline"}


def _cites_a_review(linked: LinkedClaim, facts: Facts) -> bool:
    """A review stands for many studies, whether or not its own findings are known."""
    designs = {
        facts.evidence.studies[iri].design
        for work in linked.works
        for iri in work.reports
        if iri in facts.evidence.studies
    }
    return any(work.work_type == "review" for work in linked.works) or bool(designs & _reviews())


def _independent(one: LinkedFinding) -> str:
    """What makes a study one of its own: its registration or cohort, else the study, else the paper."""
    if one.study is None:
        return str(one.finding.work)
    return one.study.cohort or next(iter(one.study.registration), None) or one.study.iri
