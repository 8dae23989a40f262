"""E109: the cited study was designed otherwise than the sentence says."""

from __future__ import annotations

from collections.abc import Iterable

from claims.model import Confidence, Diagnostic, Severity
from claims.pointing import on_the_study, study_told
from claims.rule import Facts, Rule, rule
from graph.naming import known_as


@rule(
    "E109",
    "design-differs",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    status="preview",
    sources=(
        "Equator network: CONSORT 2010 (Schulz et al., BMJ 340:c332) and STROBE (von Elm et al. 2007, "
        "Lancet 370:1453-1457), item 1: name the design",
        "Guyatt et al. 2008, GRADE: an emerging consensus on rating quality of evidence. BMJ 336:924-926",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source was designed otherwise."""
    for linked in facts.claims:
        for one in linked.study:
            if one.statement.about != "design" or one.agrees:
                continue
            recorded = one.quote is None and one.study is not None and one.study.design is not None
            how = f"is recorded as {one.recorded}" if recorded else f"tells of {study_told(one)}"
            yield rule.diagnostic(
                f"“{one.statement.text}”: {known_as(one.work)} {how}",
                one.statement.span,
                claim=linked.claim.id,
                evidence=on_the_study(one),
                confidence=Confidence.HIGH if one.study is not None else Confidence.MEDIUM,
            )
            break  # "a randomised trial" is one fault
