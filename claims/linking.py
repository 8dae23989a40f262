"""From claims to the evidence that bears on them: by citation, by the graph, by topic.

A cited work is the one that the printed reference *leads to*, even where the reference is wrongly
printed. Its findings are scored by how their slots fit the claim's; all of them are kept, best first,
so that a rule can tell "not in the source" from "in another finding of the source". Curated evidence
lines bring what speaks against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims import quantities
from claims.abstracts import of_work
from claims.alignment import NONE, NUMBERS, WORDS, alignment
from claims.change import benefit
from claims.concepts import CLOSE, FIT_SCORE, Fit, Vocabulary, vocabulary_of
from claims.model import Claim, LinkedClaim, LinkedFinding, VerifiedReference
from claims.propositions import told
from graph.evidence import (
    Evidence,
    EvidenceLine,
    Finding,
    GraphClaim,
    Iri,
    Mechanism,
    MechanismStep,
    Study,
    Work,
)

__all__ = ["bearing", "keep_best", "link", "score"]

_EXACT = frozenset({Fit.SAME, Fit.NARROWER})
TOPIC_SCORE = 0.8  # a finding nobody cited must fit this well before it is brought up
TOPIC_LIMIT = 12
SHOWN = 16  # findings of one claim that a report shows
_OPPOSITE = {"supports": "refutes", "refutes": "supports", "neutral": "neutral"}


@dataclass(frozen=True, slots=True)
class _Index:
    evidence: Evidence
    by_work: Mapping[Iri, tuple[Finding, ...]]
    by_exposure: Mapping[Iri, tuple[Finding, ...]]
    lines: Mapping[Iri, tuple[EvidenceLine, ...]]
    steps: tuple[tuple[Mechanism, MechanismStep], ...]


_indexes: list[_Index] = []


def _index_of(evidence: Evidence) -> _Index:
    """The evidence by work, exposure and target; kept for the next article over the same evidence."""
    for index in _indexes:
        if index.evidence is evidence:
            return index
    by_work: dict[Iri, list[Finding]] = {}
    by_exposure: dict[Iri, list[Finding]] = {}
    for finding in evidence.findings.values():
        if finding.work is not None:
            by_work.setdefault(finding.work, []).append(finding)
        for exposure in finding.exposure:
            by_exposure.setdefault(exposure, []).append(finding)
    lines: dict[Iri, list[EvidenceLine]] = {}
    for line in evidence.lines:
        lines.setdefault(line.bears_on, []).append(line)
    index = _Index(
        evidence,
        {work: tuple(found) for work, found in by_work.items()},
        {exposure: tuple(found) for exposure, found in by_exposure.items()},
        {target: tuple(found) for target, found in lines.items()},
        tuple((mechanism, step) for mechanism in evidence.mechanisms.values() for step in mechanism.steps),
    )
    _indexes.insert(0, index)
    del _indexes[4:]
    return index


def link(
    claims: Sequence[Claim], references: Sequence[VerifiedReference], evidence: Evidence
) -> tuple[LinkedClaim, ...]:
    """Each claim with the works it cites and the findings that bear on it, best first."""
    vocabulary = vocabulary_of(evidence)
    index = _index_of(evidence)
    works = {one.reference.index: one.work for one in references if one.work is not None}
    all_cited = tuple({work.iri: work for _, work in sorted(works.items())}.values())
    return tuple(_link(claim, works, all_cited, index, vocabulary) for claim in claims)


def _link(
    claim: Claim,
    works: Mapping[int, Work],
    all_cited: tuple[Work, ...],
    index: _Index,
    vocabulary: Vocabulary,
) -> LinkedClaim:
    numbers = [number for citation in claim.citations for number in citation.references]
    cited = {works[number].iri: works[number] for number in numbers if number in works}
    claim = _about_what_it_cites(claim, tuple(cited.values()), index, vocabulary)
    said = told(claim, vocabulary)
    found: dict[tuple[Iri, str], LinkedFinding] = {}

    def keep(
        finding: Finding, via: str, direction: str, value: float, line: Iri | None = None, alike: int = NONE
    ) -> None:
        study = _study(finding, index, vocabulary)
        work = index.evidence.works.get(finding.work) if finding.work else None
        one = LinkedFinding(finding, study, work, direction, via, value, line, alike)
        key = (finding.iri, "" if line is None else line)
        if key not in found or found[key].score < value:
            found[key] = one

    for source in cited.values():
        for finding in _of_work(source, index, vocabulary):
            alike = NONE if claim.citations_inherited else alignment(claim, finding, source.title)
            keep(
                finding,
                "citation",
                bearing(claim, finding, vocabulary, said, alike),
                score(claim, finding, vocabulary, alike),
                alike=alike,
            )
    if claim.kind == "recommendation" and not cited:
        for source in all_cited:
            for finding in _of_work(source, index, vocabulary):
                if vocabulary.best_fit(claim.proposition.exposure, finding.exposure) in CLOSE:
                    value = score(claim, finding, vocabulary)
                    keep(finding, "recommendation", bearing(claim, finding, vocabulary, said), value)
    restated = _restated(claim, index, vocabulary)
    for target, via, fit, opposed in restated:
        for line in index.lines.get(target, ()):
            on_line = index.evidence.findings.get(line.finding)
            if on_line is None:
                continue
            direction = _OPPOSITE[line.direction] if opposed else line.direction
            if on_line.effect_direction == "no-difference" and not _of_exposure(claim, on_line, vocabulary):
                direction = "neutral"  # that something else did nothing leaves the claim where it was
            keep(on_line, via, direction, round(fit * _STRENGTH.get(line.strength or "", 0.6), 4), line.iri)
    known = {finding for finding, _ in found}
    for finding, value in _on_topic(claim, index, vocabulary):
        if finding.iri not in known:
            keep(finding, "topic", bearing(claim, finding, vocabulary, said), value)
    ordered = sorted(
        found.values(), key=lambda one: (_VIA[one.via], -one.score, one.finding.iri, one.line or "")
    )
    return LinkedClaim(claim, tuple(cited.values()), tuple(ordered), tuple(target for target, *_ in restated))


def _of_exposure(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether a finding is of what the claim speaks of; where one of them is unknown it may be."""
    said = claim.proposition
    taken = (*said.exposure, *said.co_intervention)
    return vocabulary.best_fit(taken, (*finding.exposure, *finding.co_intervention)) in (*CLOSE, None)


def keep_best(linked: LinkedClaim, most: int = SHOWN) -> LinkedClaim:
    """The claim with what a reader needs of its findings, each once, and the number of those left out.

    First what the claim cites, then what supports or refutes, then the best fit; of those that refute the
    claim a quarter of the places at least are kept, so that a long list cannot hide them.
    """
    once = {(one.finding.iri, one.direction): one for one in reversed(linked.findings)}
    unique = [one for one in linked.findings if once[one.finding.iri, one.direction] is one]
    ranked = sorted(
        unique,
        key=lambda one: (one.via != "citation", one.direction == "neutral", -one.score, one.finding.iri),
    )
    against = [one for one in ranked if one.direction == "refutes"][: max(1, most // 4)]
    rest = [one for one in ranked if one not in against]
    chosen = [*against, *rest[: max(0, most - len(against))]]
    kept = tuple(one for one in unique if one in chosen)
    return replace(linked, findings=kept, left_out=len(unique) - len(kept))


def _about_what_it_cites(claim: Claim, cited: Sequence[Work], index: _Index, vocabulary: Vocabulary) -> Claim:
    """The claim with its exposure put right, where that was only taken over from the text around it.

    "Those low in it were more often depressed (Weiss 2016)" is about what Weiss studied, not about what
    the paragraph before spoke of. Only where the claim cites one work for itself, whose findings on the
    claim's outcome all have one exposure.
    """
    said = claim.proposition
    if claim.citations_inherited or len(cited) != 1 or not said.outcome or not said.exposure:
        return claim
    found = _of_work(cited[0], index, vocabulary)
    exposures = {
        one.exposure
        for one in found
        if one.exposure and vocabulary.best_fit(said.outcome, one.outcome) in CLOSE
    }
    if len(exposures) != 1:
        return claim
    (exposure,) = exposures
    if vocabulary.best_fit(said.exposure, exposure) in CLOSE:
        return claim
    own = {mention.concept for mention in claim.mentions}
    if any(iri in own for iri in said.exposure) and (
        not any(iri in own for iri in exposure) or any(iri in said.comparator for iri in exposure)
    ):
        return claim
    return replace(claim, proposition=replace(said, exposure=exposure))


def _of_work(work: Work, index: _Index, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """What a work found: as curated, else as its abstract tells."""
    return index.by_work.get(work.iri) or of_work(work, vocabulary)[1]


def _study(finding: Finding, index: _Index, vocabulary: Vocabulary) -> Study | None:
    if finding.study is None:
        return None
    known = index.evidence.studies.get(finding.study)
    if known is None and finding.method == "automatic" and finding.work is not None:
        work = index.evidence.works.get(finding.work)
        return of_work(work, vocabulary)[0] if work is not None else None
    return known


_VIA = {"citation": 0, "recommendation": 1, "mechanism": 2, "topic": 3}
_STRENGTH = {"strong": 1.0, "moderate": 0.85, "weak": 0.6}


_UNKNOWN = {NONE: 0.5, WORDS: 0.8, NUMBERS: 0.9}  # what an unknown slot counts, by how sure the alignment is


def score(claim: Claim, finding: Finding, vocabulary: Vocabulary, alike: int = NONE) -> float:
    """How well a finding's slots fit a claim's, 0..1. An unknown slot counts half, more where the sentences
    are ``alike`` (see ``claims.alignment``)."""
    said = claim.proposition
    exposure = _exposure_fit(claim, (*finding.exposure, *finding.co_intervention), vocabulary, alike)
    if exposure not in CLOSE and _turned_around(claim, finding, vocabulary):
        exposure = vocabulary.best_fit(said.exposure, finding.comparator)
    outcome = vocabulary.best_fit(said.outcome, finding.outcome)
    population = vocabulary.best_fit(said.population, finding.population)
    unknown = _UNKNOWN[alike]
    value = (
        0.4 * (unknown if exposure is None else FIT_SCORE[exposure])
        + 0.4 * (unknown if outcome is None else FIT_SCORE[outcome])
        + 0.1 * (0.7 if population is None else FIT_SCORE[population])
        + _numbers_met(claim, finding)
    )
    if Fit.UNRELATED in (exposure, outcome) and alike != NUMBERS:
        value = min(value, 0.3)
    return round(value, 4)


def _exposure_fit(claim: Claim, studied: Sequence[Iri], vocabulary: Vocabulary, alike: int) -> Fit | None:
    """How the claim's exposure stands to a finding's; None where a side is unknown.

    What the sentence does not name but took over from the text around it, and what a finding took over from
    its title, count as unknown where the two are alike and it does not fit.
    """
    said = claim.proposition
    fit = vocabulary.best_fit((*said.exposure, *said.co_intervention), studied)
    if fit is None or fit in CLOSE or claim.citations_inherited:
        return fit
    own = {mention.concept for mention in claim.mentions}
    named = any(iri in own for iri in (*said.exposure, *said.co_intervention))
    if not named:
        return None if alike != NONE or claim.citations else fit
    return fit if alike < NUMBERS else None


def _numbers_met(claim: Claim, finding: Finding) -> float:
    """Up to 0.1: the claim prints this finding's numbers, or its dose."""
    printed = {quantity.value for quantity in claim.quantities}
    printed |= {quantity.high for quantity in claim.quantities if quantity.high is not None}
    value = 0.0
    effect = finding.effect
    if effect is not None and effect.value is not None and printed:
        changes = {abs(Decimal(1) - effect.value) * 100, effect.value}
        if any(abs(one - other) <= Decimal("0.6") for one in changes for other in printed if other > 1):
            value += 0.05
    if any(group.value in printed for group in finding.groups if group.value is not None):
        value += 0.05
    for dose in claim.proposition.dose:
        if any(_meets(quantities.comparable(dose, other)) for other in finding.dose):
            return min(0.1, value + 0.05)
    return min(0.1, value)


def _meets(comparison: quantities.Comparison | None) -> bool:
    return comparison is not None and comparison.relation not in ("below", "above")


def bearing(
    claim: Claim,
    finding: Finding,
    vocabulary: Vocabulary,
    directions: Mapping[Iri, str] | None = None,
    alike: int = NONE,
) -> str:
    """supports, refutes or neutral: whether the finding, where it speaks of the same thing, says the same.

    Neutral wherever a slot is unknown or unrelated. A comparison of two active treatments that found no
    difference does not speak against either. ``directions`` is ``told(claim, vocabulary)``, where at hand.
    """
    directions = told(claim, vocabulary) if directions is None else directions
    said = claim.proposition
    if finding.quote_role in ("background", "hypothesis") or finding.obtained_by == "inferred":
        return "neutral"
    exposure = _exposure_fit(claim, finding.exposure, vocabulary, alike)
    if exposure not in CLOSE and _turned_around(claim, finding, vocabulary):
        turned = _TURNED_AROUND.get(finding.effect_direction or "", finding.effect_direction)
        finding = replace(
            finding, exposure=finding.comparator, comparator=finding.exposure, effect_direction=turned
        )
        exposure = _exposure_fit(claim, finding.exposure, vocabulary, alike)
    if exposure not in CLOSE and not (alike != NONE and exposure is None):
        return "neutral"
    claimed, studied = _outcomes(said.outcome, finding.outcome, vocabulary)
    if alike == NUMBERS and not (said.outcome and finding.outcome):
        return _by_direction(said.effect_direction, finding.effect_direction)
    if claimed is None or studied is None:
        return "neutral"
    way = directions.get(claimed)
    good = _worth(way, claimed, vocabulary)
    if good is None and claim.kind == "recommendation":
        good = 1
    seen = _worth(finding.effect_direction, studied, vocabulary)
    if good is None or seen is None:
        same = way is not None and way == finding.effect_direction
        if claimed != studied:
            return "neutral"
        opposite = {way, finding.effect_direction} == {"increases", "decreases"}
        return "supports" if same else "refutes" if opposite else "neutral"
    if good == seen:
        return "supports"
    if 0 in (good, seen) and _active(finding, vocabulary):
        return "neutral"
    return "refutes"


_TURNED_AROUND = {"increases": "decreases", "decreases": "increases"}


def _turned_around(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the claim sets what the study compared with over what it studied: "B did more than A"."""
    said = claim.proposition
    return (
        vocabulary.best_fit(said.exposure, finding.comparator) in CLOSE
        and vocabulary.best_fit(said.comparator, finding.exposure) in CLOSE
    )


def _by_direction(claimed: str | None, studied: str | None) -> str:
    """Of one result whose outcome the vocabulary does not know: more is not less, nor either of them none."""
    if claimed is None or studied is None:
        return "neutral"
    return "supports" if claimed == studied else "refutes"


def _worth(direction: str | None, outcome: Iri, vocabulary: Vocabulary) -> int | None:
    concept = vocabulary.concepts.get(outcome)
    return benefit(direction, concept.valence if concept else None)


def _outcomes(
    claimed: Iterable[Iri], studied: Iterable[Iri], vocabulary: Vocabulary
) -> tuple[Iri | None, Iri | None]:
    """The closest pair of outcomes that are the same, or one part of the other."""
    pairs = [(vocabulary.fits(one, other), one, other) for one in claimed for other in studied]
    close = [pair for pair in pairs if pair[0] in CLOSE]
    if not close:
        return None, None
    _, one, other = max(close, key=lambda pair: FIT_SCORE[pair[0]])
    return one, other


def _active(finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the comparison group was treated too."""
    own = {above for iri in finding.exposure for above in (iri, *vocabulary.ancestors.get(iri, ()))}
    for iri in finding.comparator:
        for one in (iri, *vocabulary.ancestors.get(iri, ())):
            concept = vocabulary.concepts.get(one)
            # "less walking" lies under walking, but is the reference group of walking
            if concept is not None and "exposure" in concept.roles and one not in own:
                return True
    return False


Restated = tuple[Iri, str, float, bool]  # target, via, fit, whether the claim says the opposite


def _restated(claim: Claim, index: _Index, vocabulary: Vocabulary) -> list[Restated]:
    """The claims, recommendations and mechanism steps of the graph that this claim restates, best first."""
    found: dict[Iri, Restated] = {}
    matches = [
        (target, fit)
        for target in index.evidence.claims.values()
        if (fit := _same_claim(claim, target, vocabulary)) is not None
    ]
    exact = any(fit.outcome in _EXACT and target.kind == "claim" for target, fit in matches)
    for target, fit in matches:
        via = "recommendation" if target.kind == "recommendation" else "topic"
        if via == "topic" and exact and fit.outcome not in _EXACT:
            continue  # "recurrence" was answered as such; how bad a recurrence is is another question
        found[target.iri] = (target.iri, via, fit.value, fit.opposed)
        if via == "recommendation":
            for under in target.based_on:
                found.setdefault(under, (under, via, round(fit.value * 0.9, 4), False))
    named = {mention.concept for mention in claim.mentions} | set(claim.proposition.exposure)
    for _, step in index.steps:
        cause = vocabulary.best_fit(sorted(named), step.cause)
        effect = vocabulary.best_fit(sorted(named), step.effect)
        if cause in _EXACT and effect in _EXACT:
            fit_value = round((FIT_SCORE[cause] + FIT_SCORE[effect]) / 2, 4)
            found.setdefault(step.iri, (step.iri, "mechanism", fit_value, False))
    return sorted(found.values(), key=lambda one: (-one[2], one[0]))


@dataclass(frozen=True, slots=True)
class _Match:
    """How a claim of the article restates one of the graph. ``opposed``: it says the opposite."""

    value: float
    outcome: Fit | None
    opposed: bool


def _same_claim(claim: Claim, target: GraphClaim, vocabulary: Vocabulary) -> _Match | None:
    said = claim.proposition
    advice = target.kind == "recommendation"
    if advice != (claim.kind == "recommendation"):
        return None
    taken = (*said.exposure, *said.co_intervention)
    exposure = vocabulary.best_fit(taken, target.exposure)
    outcome = vocabulary.best_fit(said.outcome, target.outcome)
    if exposure not in _EXACT or (outcome is None and not advice):
        return None
    if outcome is not None and outcome not in CLOSE:
        return None
    opposed = False
    if said.effect_direction and target.effect_direction:
        claimed, stated = _outcomes(said.outcome, target.outcome, vocabulary)
        if claimed and stated:
            good = _worth(said.effect_direction, claimed, vocabulary)
            held = _worth(target.effect_direction, stated, vocabulary)
            if good is None or held is None:
                opposed = said.effect_direction != target.effect_direction
            else:
                opposed = good != held
    value = (FIT_SCORE[exposure] + (FIT_SCORE[outcome] if outcome else 0.7)) / 2
    if vocabulary.best_fit(taken, target.co_intervention) is Fit.UNRELATED:
        value *= 0.9  # the graph speaks of two things together, the claim of one
    return _Match(round(value, 4), outcome, opposed)


def _on_topic(claim: Claim, index: _Index, vocabulary: Vocabulary) -> list[tuple[Finding, float]]:
    """Findings of the evidence, cited or not, on the same exposure and outcome."""
    said = claim.proposition
    if not said.outcome:
        return []
    found: dict[Iri, tuple[Finding, float]] = {}
    for exposure in said.exposure:
        for finding in index.by_exposure.get(exposure, ()):
            if finding.method == "automatic" or finding.iri in found:
                continue
            if vocabulary.best_fit(said.outcome, finding.outcome) not in (
                Fit.SAME,
                Fit.NARROWER,
                Fit.BROADER,
            ):
                continue
            value = score(claim, finding, vocabulary)
            if value >= TOPIC_SCORE:
                found[finding.iri] = (finding, value)
    exact = [one for one in found.values() if vocabulary.best_fit(said.outcome, one[0].outcome) in _EXACT]
    return sorted(exact or found.values(), key=lambda one: (-one[1], one[0].iri))[:TOPIC_LIMIT]
