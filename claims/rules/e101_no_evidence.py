"""E101: the evidence at hand holds nothing that bears on the claim."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.carrying import about, uncarried
from claims.cited import named
from claims.concepts import CLOSE, vocabulary_of
from claims.linking.at_hand import titled
from claims.linking.indexing import index_of
from claims.model import CausalStrength, Confidence, Diagnostic, LinkedClaim, Severity
from claims.pointing import work_pointer
from claims.rule import Facts, Rule, rule
from claims.unasserted import NOT_SHOWN
from graph.evidence import Work
from graph.naming import known_as

_ASSERTS = (CausalStrength.CAUSAL, CausalStrength.CORRELATIONAL)


@rule(
    "E101",
    "no-evidence",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2008, GRADE: an emerging consensus on rating quality of evidence. BMJ 336:924-926",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Neither a citation nor the evidence speaks of it."""
    yield from _of_plans(rule, facts)
    yield from _of_nothing(rule, facts)
    vocabulary = vocabulary_of(facts.evidence)
    if not facts.evidence.findings and not any(work.abstract for work in facts.evidence.works.values()):
        return  # nothing was loaded: that says nothing of the claim
    for linked in uncarried(facts):
        claim = linked.claim
        said = claim.proposition
        if claim.sentence.is_lead or said.causal_strength not in _ASSERTS or said.hedged:
            continue
        exposures = [iri for iri in said.exposure if named(claim, iri)]
        outcomes = [iri for iri in said.outcome if named(claim, iri)]
        if not exposures or not outcomes or _spoken_of(linked, facts):
            continue
        yield rule.diagnostic(
            f"no study at hand is about {vocabulary.labels(exposures[:2])} and "
            f"{vocabulary.labels(outcomes[:2])}, "
            "and nothing is cited for it",
            claim.span,
            claim=claim.id,
        )


def _spoken_of(linked: LinkedClaim, facts: Facts) -> bool:
    """Whether a finding, or an abstract whose title names what was tried, is of what the claim is about."""
    if any(one.score >= 0.5 for one in linked.findings):
        return True
    vocabulary, said = vocabulary_of(facts.evidence), linked.claim.proposition
    cited = [one.work for one in facts.references if one.work is not None and one.work.abstract]
    for work in (*cited, *titled(said.exposure, facts.library, vocabulary, ())):
        studied = [one.concept for one in vocabulary.find(f"{work.title or ''}. {work.abstract or ''}")]
        if all(vocabulary.best_fit(asked, studied) in CLOSE for asked in (said.exposure, said.outcome)):
            return True
    return False


_NONE_FOUND = re.compile(
    r"\bno (?:\w+ ){0,3}(?:stud(?:y|ies)|trials?|rcts?|reports?|articles?)\b[^.;]{0,20}?\b(?:met|fulfilled"
    r"|satisfied|qualified|(?:was|were|could be) (?:found|identified|eligible|included|located))\b"
    r"|\b(?:found|identified|there (?:are|were)) no (?:[\w-]+ ){0,2}(?:studies|trials|rcts|randomi[sz]ed)\b",
    re.IGNORECASE,
)


def _of_nothing(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Effects told of works that looked for studies and found none, or that do not name what was tried."""
    vocabulary, index = vocabulary_of(facts.evidence), index_of(facts.evidence)
    for cited in facts.cited:
        linked = cited.claim
        if linked is None or not all(work.abstract and not work.reports for work in cited.works):
            continue
        claim, said = linked.claim, linked.claim.proposition
        if said.causal_strength not in _ASSERTS or said.hedged or NOT_SHOWN.search(claim.text):
            continue
        if any(one.taken is not None or one.direction != "neutral" for one in linked.findings):
            continue
        empty = all(_NONE_FOUND.search(work.abstract or "") for work in cited.works)
        tried = [one for iri in said.exposure if (one := named(claim, iri))]
        if not empty:
            told = [about(vocabulary, "", work, index.by_work.get(work.iri, ())) for work in cited.works]
            came = [one for iri in said.outcome if (one := named(claim, iri))]
            if not tried or any(
                one.names(mention, vocabulary, near=True) for one in told for mention in tried
            ):
                continue
            if not any(one.names(mention, vocabulary, near=False) for one in told for mention in came):
                continue  # of neither: S301 says so
        what = "found no study that it could include" if empty else f"does not name “{tried[0].label}”"
        yield rule.diagnostic(
            f"{known_as(cited.works[0])}, cited for it, {what}",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=tuple(work_pointer(work) for work in cited.works[:2]),
        )


_PROTOCOL = re.compile(
    r"\b(?:(?:study|trial) protocol|protocol (?:for|of) an? (?:[\w-]+,? ){0,6}?(?:trial|study|review)"
    r"|rationale and design)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|protocols?|plan(?:s|ned|ning)?|under way|ongoing|recruit\w*|being (?:tested|studied)"
    r"|(?:is|are) testing|set out to|to (?:test|find out|see) (?:whether|if)|designed|expected"
    r"|due (?:to|in))\b",
    re.IGNORECASE,
)


def _of_plans(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """Effects told of nothing but the plan of a study, which has no results."""
    for linked in facts.claims:
        claim, said = linked.claim, linked.claim.proposition
        if claim.citations_inherited or not linked.works or said.hedged or _PLANNED.search(claim.text):
            continue
        if said.causal_strength not in _ASSERTS and said.effect_direction is None:
            continue
        if not all(_is_plan(work) for work in linked.works):
            continue
        yield rule.diagnostic(
            f"{known_as(linked.works[0])} is the plan of a study and has no results",
            said.causal_span or claim.span,
            claim=claim.id,
            evidence=tuple(work_pointer(work) for work in linked.works[:2]),
        )


def _is_plan(work: Work) -> bool:
    return not work.reports and (work.work_type == "protocol" or bool(_PROTOCOL.search(work.title or "")))
