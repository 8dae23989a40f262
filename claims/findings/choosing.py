"""Which of the linked findings a number of a claim may be held against."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims import quantities
from claims.alignment import NONE, NUMBERS, same_change
from claims.model import Claim, LinkedClaim, LinkedFinding
from claims.sentence.inheriting import says_no_more_than_how_much
from graph.evidence import Dose, Finding

_FITS = 0.6  # below this a finding is about something else (``claims.linking`` scores 0..1)
_AS_GOOD = 0.07  # findings this close in score fit alike
_COUNTED = 0.7  # what a finding that is not the best must have to lend its numbers
_TOPIC = 0.8  # a finding that the claim does not cite must fit this well


def cited_findings(linked: LinkedClaim, *, least: float = 0.0) -> tuple[LinkedFinding, ...]:
    """The findings of the works that the claim cites, each once, best first; no answers to it alone."""
    seen: dict[str, LinkedFinding] = {}
    for one in linked.findings:
        if one.via == "citation" and one.score >= least and not one.asked:
            seen.setdefault(one.finding.iri, one)
    return tuple(seen.values())


def told_findings(linked: LinkedClaim) -> tuple[LinkedFinding, ...]:
    """The findings that the claim tells of: of its cited works, or, where it cites nothing, of the evidence.

    Of several, those that fit best: a second outcome of the same trial does not bear out what is said of
    the first. Findings that only restate background or guess are left out.
    """
    cited = tuple(one for one in cited_findings(linked, least=_FITS) if _is_result(one.finding))
    of_dose = _of_dose(linked, cited)
    exact = tuple(one for one in of_dose if one.aligned == NUMBERS and one.finding.effect is not None)
    if exact:  # the claim prints this finding's own estimate
        return exact
    if _any_of_several(linked, cited):
        return ()
    if cited or linked.works or _cites_another(linked.claim):
        return _of_change(linked, of_dose) or _as_good(of_dose)
    seen: dict[str, LinkedFinding] = {}
    for one in linked.findings:
        if one.score >= _TOPIC and _is_result(one.finding):
            seen.setdefault(one.finding.iri, one)
    return tuple(sorted(seen.values(), key=lambda one: (-one.score, one.finding.iri)))


def _of_change(linked: LinkedClaim, found: tuple[LinkedFinding, ...]) -> tuple[LinkedFinding, ...]:
    """Of findings that fit about alike, those whose estimate is the change that the claim prints."""
    near = [one for one in found if one.score >= found[0].score - 2 * _AS_GOOD]
    return tuple(
        one
        for one in near
        if one.finding.effect is not None and same_change(linked.claim, one.finding.effect, particular=False)
    )


def _cites_another(claim: Claim) -> bool:
    """Whether a claim names a source of its own, so that it does not tell of other studies."""
    return not claim.citations_inherited and any(one.references for one in claim.citations)


def _any_of_several(linked: LinkedClaim, found: tuple[LinkedFinding, ...]) -> bool:
    """Whether a claim that names no outcome may tell of any of several results of an abstract."""
    return (
        not linked.claim.proposition.outcome
        and not says_no_more_than_how_much(linked.claim.text)
        and all(one.finding.method == "automatic" for one in found)
        and not any(one.aligned != NONE or one.taken is not None for one in found)
        and len({one.finding.quote for one in found if _has_number(one.finding)}) > 1
    )


def _of_dose(linked: LinkedClaim, found: tuple[LinkedFinding, ...]) -> tuple[LinkedFinding, ...]:
    """The findings without those of another dose, where there is one of the claim's own."""
    said = linked.claim.proposition.dose
    met = {one.finding.iri: _meets(said, one.finding.dose) for one in found} if said else {}
    if True not in met.values():
        return found
    return tuple(one for one in found if met[one.finding.iri] is not False)


def _meets(said: Sequence[Dose], studied: Sequence[Dose]) -> bool | None:
    """Whether two doses overlap; None where none of them can be compared."""
    beside = [one for dose in said for other in studied if (one := quantities.comparable(dose, other))]
    return any(one.relation not in ("below", "above") for one in beside) if beside else None


def of_another_dose(claim: Claim, one: Finding, told: Finding) -> bool:
    """Whether a claim's dose is that of the finding told, and not that of another of the same sentence."""
    return (
        one.quote == told.quote
        and bool(claim.proposition.dose)
        and _meets(claim.proposition.dose, told.dose) is True
        and _meets(claim.proposition.dose, one.dose) is False
    )


def within_a_dose(value: Decimal, unit: str | None, found: Sequence[LinkedFinding]) -> bool:
    """Whether a dose lies within a range that one of the findings is of: "three times", of two to four."""
    return any(
        dose.unit == unit
        and dose.low is not None
        and dose.high is not None
        and dose.low <= value <= dose.high
        for one in found
        for dose in one.finding.dose
    )


def told_with_numbers(linked: LinkedClaim) -> tuple[LinkedFinding, ...]:
    """As ``told_findings``; where those give no number ("both lowered it"), the best cited ones that do."""
    told = told_findings(linked)
    if any(_has_number(one.finding) for one in told):
        return told
    cited = cited_findings(linked, least=_COUNTED)
    return _as_good(tuple(one for one in cited if _is_result(one.finding) and _has_number(one.finding)))


def _as_good(found: tuple[LinkedFinding, ...]) -> tuple[LinkedFinding, ...]:
    return tuple(one for one in found if one.score >= found[0].score - _AS_GOOD)


def _has_number(finding: Finding) -> bool:
    return bool(finding.groups) or (finding.effect is not None and finding.effect.value is not None)


def _is_result(finding: Finding) -> bool:
    return finding.quote_role in (None, "result", "synthesis")
