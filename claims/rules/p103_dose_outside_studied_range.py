"""P103: the claim's dose lies outside what its sources studied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from claims import quantities
from claims.alignment import NUMBERS
from claims.cited import named
from claims.concepts import CLOSE, Vocabulary, vocabulary_of
from claims.findings.telling import short_estimate, trimmed
from claims.model import Claim, Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity, Span
from claims.pointing import differs_from_study, paths_to, source_of
from claims.rule import Facts, Rule, rule
from graph.evidence import Dose, Iri, Work
from graph.wording import dose as dose_in_words

_NEAR = Decimal("1.25")  # a dose within a quarter of a studied one counts as studied


@dataclass(frozen=True, slots=True)
class _Studied:
    """One work's doses beside the claim's. ``within``: studied; ``below``, ``above``: outside it."""

    found: tuple[LinkedFinding, ...]
    relation: str
    in_reference: bool  # the claim's dose is what the comparison group did


@rule(
    "P103",
    "dose-outside-studied-range",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Guyatt et al. 2011, GRADE guidelines 8: rating the quality of evidence, indirectness. "
        "J Clin Epidemiol 64:1303-1310",
        "Hoffmann et al. 2014, Better reporting of interventions: TIDieR checklist. BMJ 348:g1687",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterable[Diagnostic]:
    """The dose is not one that the sources studied."""
    told = list(_of_effects(rule, facts, vocabulary_of(facts.evidence)))
    yield from told
    already = {one.claim for one in told}
    for linked in facts.claims:
        if linked.claim.id not in already and linked.claim.kind != "recommendation":
            yield from _of_study(rule, linked)


def _of_study(rule: Rule, linked: LinkedClaim) -> Iterable[Diagnostic]:
    """The doses that the sentence tells of its study, where the source gives others for the same."""
    for one in linked.study:
        if one.statement.about not in ("dose", "route") or one.agrees or one.other_unit:
            continue
        yield differs_from_study(rule, linked, one, confidence=Confidence.MEDIUM)


def _of_effects(rule: Rule, facts: Facts, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """What is said of a claim's dose beside the doses of the findings that bear on it."""
    for linked in facts.claims:
        if _of_several(linked.claim, vocabulary):
            continue  # whose dose it is cannot be told
        for dose in linked.claim.proposition.dose:
            if dose.unit.startswith("session/") or dose.unit.endswith("/session"):
                continue  # how often or how long alone is half a dose
            works = list(_works(linked, dose, vocabulary))
            near = [one for one in works if one.relation == "within"]
            outside = [one for one in works if one.relation != "within" and (one.in_reference or not near)]
            if not outside:
                continue
            said = [
                f"{_printed(linked.claim, dose)} is {one.relation} what {_told(one)}" for one in outside[:1]
            ]
            said += [f"it is also {one.relation} what {_told(one)}" for one in outside[1:3]]
            said += [f"near it is {_near(one)}" for one in near[:2]]
            yield rule.diagnostic(
                "; ".join(said),
                _span(linked.claim),
                claim=linked.claim.id,
                evidence=paths_to([found for one in (*outside, *near) for found in one.found[:4]]),
                confidence=Confidence.MEDIUM
                if near or linked.claim.kind == "recommendation"
                else Confidence.HIGH,
            )
            break


def _of_several(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether the claim itself names exposures that have nothing to do with one another."""
    own = [iri for iri in claim.proposition.exposure if named(claim, iri) is not None]
    return any(vocabulary.fits(own[0], other) not in CLOSE for other in own[1:])


def _works(linked: LinkedClaim, dose: Dose, vocabulary: Vocabulary) -> Iterable[_Studied]:
    """The works reached by citation, or by the article's own sources, whose doses can be compared."""
    said = linked.claim.proposition
    by_work: dict[Iri, list[LinkedFinding]] = {}
    for one in linked.findings:
        finding = one.finding
        if one.via not in ("citation", "recommendation") or one.line is not None or one.work is None:
            continue
        if finding.method == "automatic" and _printed_in(linked.claim, dose, one.work):
            continue  # the machine did not see that this was among the doses
        if not finding.dose or vocabulary.best_fit(said.exposure, finding.exposure) not in CLOSE:
            continue
        if said.outcome and one.score <= 0.3 and linked.claim.kind != "recommendation":
            continue
        by_work.setdefault(one.work.iri, []).append(one)
    for bearing in by_work.values():
        exact = [one for one in bearing if one.aligned == NUMBERS]  # the claim prints their own estimates
        found = exact or bearing
        doses = [other for one in found for other in quantities.combine(one.finding.dose)]
        relations = [relation for other in doses if (relation := _relation(dose, other)) is not None]
        if not relations:
            continue
        references = [other for one in found for other in one.finding.comparator_dose]
        in_reference = any(_covers(other, dose) for other in references)
        kept = tuple(one for one in found if any(_relation(dose, other) for other in one.finding.dose))
        yield _Studied(
            kept or tuple(found),
            "within" if "within" in relations or len(set(relations)) > 1 else relations[0],
            in_reference,
        )


def _printed_in(claim: Claim, dose: Dose, work: Work) -> bool:
    """Whether the abstract prints this dose of the claim, whatever it says of it.

    Of a dose that was multiplied out ("30 minutes five times a week") any of its printed parts counts.
    """
    printed = [quantity for quantity in claim.quantities if quantity.role == "dose"]
    ends = [end for end in (dose.low, dose.high) if end is not None]
    own = [one for one in printed if one.unit == dose.unit and (one.value in ends or one.high in ends)]
    numbers = [end for one in own or printed for end in (one.value, one.high) if end is not None]
    abstract = f"{work.title or ''} {work.abstract or ''}".replace(",", "")
    return any(re.search(rf"(?<![\d.]){trimmed(number)}(?![\d.]*\d)", abstract) for number in numbers)


def _relation(dose: Dose, other: Dose) -> str | None:
    """within, below or above; None where the units cannot be compared."""
    beside = quantities.comparable(dose, other)
    if beside is None or not (other.low or other.high):
        return None
    if beside.relation == "below":
        # lies below at its low end; where the ranges meet, or nearly, it is within
        reaches = beside.high is None or beside.other_low is None or beside.high * _NEAR >= beside.other_low
        return "within" if reaches else "below"
    if beside.relation == "above":
        reaches = beside.low is None or beside.other_high is None or beside.low <= beside.other_high * _NEAR
        return "within" if reaches else "above"
    if beside.high is None and beside.low is not None and beside.other_low is not None:
        # "9 g or more" takes in those on far less than the 45 g that were studied
        return "below" if beside.low * _NEAR < beside.other_low else "within"
    return "within"


def _covers(reference: Dose, dose: Dose) -> bool:
    beside = quantities.comparable(dose, reference)
    return beside is not None and beside.relation in ("within", "same")


def _told(one: _Studied) -> str:
    groups = [
        (dose.low or Decimal(0), f"{dose_in_words(dose)}{_effect(found)}")
        for found in one.found
        for dose in found.finding.dose
        if dose.role != "observed"
    ]
    named = ", ".join(dict.fromkeys(text for _, text in sorted(groups)))
    references = dict.fromkeys(
        dose_in_words(dose) for found in one.found for dose in found.finding.comparator_dose
    )
    compared = f" against {' and '.join(references)}" if references else ""
    first = one.found[0]
    told = f"{source_of(first)} studied: {named or dose_in_words(first.finding.dose[0])}{compared}"
    return f"{told}, so this is what its reference group did" if one.in_reference else told


def _effect(found: LinkedFinding) -> str:
    effect = found.finding.effect
    return f" ({short_estimate(effect)})" if effect is not None and effect.value is not None else ""


def _near(one: _Studied) -> str:
    doses = dict.fromkeys(
        f"{dose.role + ' ' if dose.role in ('target', 'reached') else ''}{dose_in_words(dose)}"
        for found in one.found
        for dose in found.finding.dose
    )
    return f"{source_of(one.found[0])}, {', '.join(doses)}"


def _printed(claim: Claim, dose: Dose) -> str:
    """The dose as the reader sees it, and as it was read where that differs."""
    printed = " … ".join([quantity.text for quantity in claim.quantities if quantity.role == "dose"][:2])
    read = dose_in_words(dose)
    return f"“{printed}”" if printed == read else f"“{printed}” ({read})"


def _span(claim: Claim) -> Span:
    return next((quantity.span for quantity in claim.quantities if quantity.role == "dose"), claim.span)
