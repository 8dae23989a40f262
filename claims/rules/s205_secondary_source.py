"""S205: a specific result cited to a work that only retells it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.pointing import work_pointer
from claims.rule import Facts, Rule, rule
from claims.told_result import result_number
from graph.evidence import Work
from graph.naming import known_as

_RETELLING = {
    "news": "a news report",
    "web-page": "a web page",
    "editorial": "an editorial",
    "book": "a book",
    "chapter": "a book chapter",
}
_NARRATIVE = re.compile(
    r"\b(?:narrative|literature|clinical|brief|mini)[ -](?:literature )?review\b"
    r"|\ban? (?:brief |clinical )?overview\b|\bprimer\b",
    re.IGNORECASE,
)
_SYNTHESIS = re.compile(
    r"\b(?:systematic\w*|meta-?\s?analy\w+|cochrane|pooled|umbrella|scoping|searched|databases?)\b",
    re.IGNORECASE,
)


@rule(
    "S205",
    "secondary-source",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "American Psychological Association 2020, Publication Manual, 7th edition, section 8.6: "
        "secondary sources",
        "ICMJE 2024, Recommendations, section IV.A.3.g: references to original research sources",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """A specific result is cited to a work that only retells it.

    A narrative review, a news report, an editorial or a book measured nothing; a systematic review
    or a meta-analysis has results of its own and is let be.
    """
    for linked in facts.claims:
        claim = linked.claim
        number = next((one.text for one in claim.quantities if one.role in ("percent", "statistic")), None)
        number = number or result_number(claim) or ""
        if not re.search(r"\d", number) or claim.citations_inherited or not linked.works:
            continue
        kinds = [(work, _retelling(work, facts)) for work in linked.works]
        if any(kind is None for _, kind in kinds):
            continue
        told = "; ".join(f"{known_as(work)}, {kind}" for work, kind in kinds)
        yield rule.diagnostic(
            f"the result ({number}) is cited to {told}: cite the study that measured it",
            claim.citations[0].span if claim.citations else claim.span,
            claim=claim.id,
            evidence=tuple(work_pointer(work) for work, _ in kinds),
        )


def _retelling(work: Work, facts: Facts) -> str | None:
    if work.work_type in _RETELLING:
        return _RETELLING[work.work_type]
    if _NARRATIVE.search(work.title or "") and not _SYNTHESIS.search(work.title or ""):
        return "a narrative review"
    if work.work_type == "review" and work.abstract and not work.reports:
        return None if _SYNTHESIS.search(f"{work.title or ''} {work.abstract}") else "a narrative review"
    designs = {facts.evidence.studies[iri].design for iri in work.reports if iri in facts.evidence.studies}
    if designs == {"narrative-review"}:
        return "a narrative review"
    if designs == {"expert-opinion"}:
        return "an expert opinion"
    return None
