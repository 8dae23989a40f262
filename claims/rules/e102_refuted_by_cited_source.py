"""E102: the cited source looked for the effect and found none, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable

from claims.cited import all_known, measured
from claims.findings import finding_in_words
from claims.model import Confidence, Diagnostic, LinkedFinding, Severity
from claims.pointing import known_as, paths_to
from claims.rule import Facts, Rule, rule

_SAME_THING = 0.75


@rule(
    "E102",
    "refuted-by-cited-source",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1.0",
    sources=(
        "Greenberg 2009, How citation distortions create unfounded authority. BMJ 339:b2680",
        "Jergas and Baethge 2015, Quotation accuracy in medical journal articles: a systematic review and "
        "meta-analysis. PeerJ 3:e1364",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The source says the opposite of what it is cited for."""
    for linked in facts.claims:
        claim = linked.claim
        if claim.citations_inherited or claim.proposition.effect_direction is None or not all_known(linked):
            continue
        about = [one for one in measured(linked) if one.score >= _SAME_THING]
        against = [
            one
            for one in about
            if one.direction == "refutes" and _no_difference(one, claim.proposition.effect_direction)
        ]
        if not against or any(one.direction == "supports" for one in about):
            continue
        best = against[0]
        said = "no effect" if claim.proposition.effect_direction == "no-difference" else "an effect"
        found = "none" if best.finding.effect_direction == "no-difference" else "one"
        yield rule.diagnostic(
            f"the claim says {said}; {known_as(best.work)}, cited for it, found {found}: {_told(best)}",
            claim.proposition.causal_span or claim.span,
            claim=claim.id,
            evidence=paths_to(against[:2]),
            confidence=Confidence.HIGH if best.finding.method == "curated" else Confidence.MEDIUM,
        )


def _no_difference(one: LinkedFinding, said: str) -> bool:
    """Whether one side says that nothing changed; a reversed direction is N103's."""
    return (one.finding.effect_direction == "no-difference") != (said == "no-difference")


def _told(one: LinkedFinding) -> str:
    finding = one.finding
    return (finding.text or finding.quote or finding_in_words(finding) or finding.label or "").rstrip(".")
