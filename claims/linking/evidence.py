"""From claims to the evidence that bears on them: by citation, by the graph, by topic.

A cited work is the one that the printed reference *leads to*, even where the reference is wrongly
printed. Its findings are scored by how their slots fit the claim's; all of them are kept, best first,
so that a rule can tell "not in the source" from "in another finding of the source". Curated evidence
lines bring what speaks against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.alignment import NONE, NUMBERS, alignment
from claims.concepts import CLOSE, Fit, Vocabulary, vocabulary_of
from claims.linking.answering import with_answer
from claims.linking.bearing import bearing
from claims.linking.fitting import score
from claims.linking.indexing import EvidenceIndex, findings_of, index_of, study_of
from claims.linking.meaning import by_meaning, names_another
from claims.linking.named_by_source import as_its_source_calls_it
from claims.linking.own_study import on_its_study, works_cited
from claims.linking.restating import EXACT, restated_by
from claims.model import Claim, LinkedClaim, LinkedFinding, StudyComparison, VerifiedReference
from claims.sentence.outcome_directions import directions_of, of_unnamed
from claims.specifying import closer, outcome_by_words
from graph.evidence import Evidence, Finding, Iri, Work

__all__ = ["SHOWN", "keep_best", "link"]

TOPIC_SCORE = 0.8  # a finding nobody cited must fit this well before it is brought up
TOPIC_LIMIT = 12
SHOWN = 16  # findings of one claim that a report shows
_OPPOSITE = {"supports": "refutes", "refutes": "supports", "neutral": "neutral"}
_VIA = {"citation": 0, "recommendation": 1, "mechanism": 2, "topic": 3}
_STRENGTH = {"strong": 1.0, "moderate": 0.85, "weak": 0.6}


def link(
    claims: Sequence[Claim], references: Sequence[VerifiedReference], evidence: Evidence
) -> tuple[LinkedClaim, ...]:
    """Each claim with the works it cites and the findings that bear on it, best first."""
    vocabulary = vocabulary_of(evidence)
    index = index_of(evidence)
    works = {one.reference.index: one.work for one in references if one.work is not None}
    all_cited = tuple({work.iri: work for _, work in sorted(works.items())}.values())
    studies = [on_its_study(claim, works, index, vocabulary) for claim in claims]
    return tuple(
        _link(claim, study, works, all_cited, index, vocabulary)
        for claim, study in zip(claims, studies, strict=True)
    )


def _link(
    claim: Claim,
    study: tuple[StudyComparison, ...],
    works: Mapping[int, Work],
    all_cited: tuple[Work, ...],
    index: EvidenceIndex,
    vocabulary: Vocabulary,
) -> LinkedClaim:
    cited = works_cited(claim, works)
    if claim.kind == "study":
        return LinkedClaim(claim, tuple(cited.values()), (), study=study)
    claim = _about_what_it_cites(claim, tuple(cited.values()), index, vocabulary)
    if cited and not claim.citations_inherited:
        findings = [one for work in cited.values() for one in findings_of(work, index, vocabulary)]
        claim = as_its_source_calls_it(claim, findings, vocabulary)
    said = directions_of(claim, vocabulary)
    found: dict[tuple[Iri, str], LinkedFinding] = {}

    def keep(
        finding: Finding, via: str, direction: str, value: float, line: Iri | None = None, alike: int = NONE
    ) -> None:
        study = study_of(finding, index, vocabulary)
        work = index.evidence.works.get(finding.work) if finding.work else None
        one = LinkedFinding(finding, study, work, direction, via, value, line, alike)
        key = (finding.iri, "" if line is None else line)
        if key not in found or found[key].score < value:
            found[key] = one

    for source in cited.values():
        for finding in findings_of(source, index, vocabulary):
            alike = NONE if claim.citations_inherited else alignment(claim, finding, source.title)
            keep(
                finding,
                "citation",
                bearing(claim, finding, vocabulary, said, alike),
                score(claim, finding, vocabulary, alike),
                alike=alike,
            )
    found = dict(zip(found, closer(claim, tuple(found.values()), vocabulary), strict=True))
    found = dict(zip(found, by_meaning(claim, tuple(found.values()), vocabulary), strict=True))
    found = with_answer(claim, tuple(cited.values()), found, vocabulary)
    if claim.kind == "recommendation" and not cited:
        for source in all_cited:
            for finding in findings_of(source, index, vocabulary):
                if vocabulary.best_fit(claim.proposition.exposure, finding.exposure) in CLOSE:
                    value = score(claim, finding, vocabulary)
                    keep(finding, "recommendation", bearing(claim, finding, vocabulary, said), value)
    restated = restated_by(claim, index, vocabulary)
    for target, via, fit, opposed in restated:
        for line in index.lines.get(target, ()):
            on_line = index.evidence.findings.get(line.finding)
            if on_line is None or (
                via == "topic" and not _of_outcome(claim, on_line, target, index, vocabulary)
            ):
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
        _against_what_is_printed(tuple(found.values()), vocabulary),
        key=lambda one: (_VIA[one.via], -one.score, one.finding.iri, one.line or ""),
    )
    return LinkedClaim(
        claim,
        tuple(cited.values()),
        tuple(ordered),
        tuple(target for target, *_ in restated),
        study=study,
    )


def _against_what_is_printed(found: Sequence[LinkedFinding], vocabulary: Vocabulary) -> list[LinkedFinding]:
    """The findings; where the claim prints the numbers of a cited one, those of another outcome or comparison
    do not refute it: a time to relapse is not contested by what was found of pain."""
    printed = [one.finding for one in found if one.via == "citation" and one.aligned == NUMBERS]
    outcomes = [iri for one in printed for iri in one.outcome]
    comparators = [iri for one in printed for iri in one.comparator]
    known = (*CLOSE, None)
    return [
        replace(one, direction="neutral")
        if one.via != "citation"
        and one.direction == "refutes"
        and (
            vocabulary.best_fit(outcomes, one.finding.outcome) not in known
            or vocabulary.best_fit(comparators, one.finding.comparator) not in known
        )
        else one
        for one in found
    ]


def _about_what_it_cites(
    claim: Claim, cited: Sequence[Work], index: EvidenceIndex, vocabulary: Vocabulary
) -> Claim:
    """The claim with its exposure put right, where that was only taken over from the text around it.

    "Those low in it were more often depressed (Weiss 2016)" is about what Weiss studied, not about what
    the paragraph before spoke of. Only where the claim cites one work for itself, whose findings on the
    claim's outcome all have one exposure. So with an outcome that is named by other words than its labels,
    and with one taken over from the text around it where the claim prints the numbers of another.
    """
    if cited and not claim.citations_inherited and names_another(claim, vocabulary):
        claim = replace(claim, proposition=replace(claim.proposition, outcome=()))
    said = claim.proposition
    if cited and said.outcome and not claim.citations_inherited:
        outcomes = _outcomes_by_numbers(claim, cited, index, vocabulary)
        if outcomes:
            return replace(claim, proposition=replace(said, outcome=outcomes))
    named = {mention.concept for mention in claim.mentions}
    if cited and not claim.citations_inherited and not any(iri in named for iri in said.outcome):
        studied = [
            iri for work in cited for one in findings_of(work, index, vocabulary) for iri in one.outcome
        ]
        outcome = outcome_by_words(claim, studied, vocabulary)
        if outcome is not None and outcome not in said.outcome:
            way = None if said.outcome else said.effect_direction  # the way of another goes with it
            way = way or of_unnamed(claim, outcome, vocabulary)
            return replace(claim, proposition=replace(said, outcome=(outcome,), effect_direction=way))
    if claim.citations_inherited or len(cited) != 1 or not said.outcome:
        return claim
    found = findings_of(cited[0], index, vocabulary)
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


def _outcomes_by_numbers(
    claim: Claim, cited: Sequence[Work], index: EvidenceIndex, vocabulary: Vocabulary
) -> tuple[Iri, ...]:
    """The outcome of the cited findings whose numbers the claim prints, where it names no outcome itself.

    Only where it is a part of what the claim took over: an article on the back, a trial of its relapses.
    """
    said = claim.proposition
    named = {mention.concept for mention in claim.mentions}
    if not claim.quantities or any(iri in named for iri in said.outcome):
        return ()
    met = {
        one.outcome
        for work in cited
        for one in findings_of(work, index, vocabulary)
        if one.method == "curated" and alignment(claim, one, work.title) == NUMBERS
    }
    outcome = met.pop() if len(met) == 1 else ()
    return outcome if vocabulary.best_fit(said.outcome, outcome) is Fit.BROADER else ()


def _of_exposure(claim: Claim, finding: Finding, vocabulary: Vocabulary) -> bool:
    """Whether a finding is of what the claim speaks of; where one of them is unknown it may be."""
    said = claim.proposition
    taken = (*said.exposure, *said.co_intervention)
    return vocabulary.best_fit(taken, (*finding.exposure, *finding.co_intervention)) in (*CLOSE, None)


def _of_outcome(
    claim: Claim, finding: Finding, target: Iri, index: EvidenceIndex, vocabulary: Vocabulary
) -> bool:
    """Whether a finding behind a claim of the graph is of the outcome that this claim has in common with it.

    A claim of the graph on pain and disability rests on findings of both; one on pain alone does not.
    """
    stated = index.evidence.claims.get(target)
    if stated is None or len(stated.outcome) < 2 or not claim.proposition.outcome:
        return True
    if vocabulary.best_fit(claim.proposition.outcome, finding.outcome) in (*CLOSE, None):
        return True
    return vocabulary.best_fit(stated.outcome, finding.outcome) not in CLOSE


def _on_topic(claim: Claim, index: EvidenceIndex, vocabulary: Vocabulary) -> list[tuple[Finding, float]]:
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
    exact = [one for one in found.values() if vocabulary.best_fit(said.outcome, one[0].outcome) in EXACT]
    return sorted(exact or found.values(), key=lambda one: (-one[1], one[0].iri))[:TOPIC_LIMIT]


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
