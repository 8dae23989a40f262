"""What the abstracts of works at hand, which an article does not cite, found against a claim of it.

A whole export of a library comes with an article; of it only the works whose titles name what the claim
says was tried are read. An abstract read by machine speaks against a claim only where it is of the same
thing, the same outcome and the same people, is not weaker or smaller than what the claim cites, and found
nothing for it. That nothing was seen in few people is no evidence of nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from claims.abstracts import of_work
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.library import Library, title_words
from claims.linking.bearing import bearing
from claims.linking.fitting import score
from claims.model import Claim, LinkedClaim, LinkedFinding
from claims.sentence.outcome_directions import directions_of
from graph.designs import in_group, randomised
from graph.evidence import Iri, Study, Work

__all__ = ["against", "titled"]

_FITS = 0.8
_MOST_READ = 6  # abstracts for one exposure
_MOST_TITLES = 100
_FEW = 100  # people; a study of fewer does not speak against another
_MANY = 200  # so many, and twice as many as in what is cited, where the finding is that nothing differed


def titled(
    exposures: Collection[Iri], library: Library, vocabulary: Vocabulary, without: Collection[Iri]
) -> Iterator[Work]:
    """The works with an abstract whose titles name one of these as such, in the order of the library."""
    places: set[int] = set()
    for iri in exposures:
        concept = vocabulary.concepts.get(iri)
        for name in (concept.label, *concept.synonyms) if concept is not None else ():
            words = title_words(name)
            rare = min((library.by_word.get(word, ()) for word in words), key=len, default=())
            places.update(rare[:_MOST_TITLES])
    read = 0
    for place in sorted(places):
        work = library.works[place]
        if work.abstract and work.iri not in without and not work.reports:
            named = [mention.concept for mention in vocabulary.find(work.title or "")]
            if vocabulary.best_fit(exposures, named) is Fit.SAME:
                read += 1
                yield work
        if read == _MOST_READ:
            return


def against(linked: LinkedClaim, works: Iterable[Work], vocabulary: Vocabulary) -> Iterator[LinkedFinding]:
    """The best finding of each work that refutes a claim, of studies not weaker than what it cites."""
    claim = linked.claim
    carried = [one for one in linked.findings if one.via == "citation" and one.direction == "supports"]
    directions = directions_of(claim, vocabulary)
    for work in works:
        study, findings = of_work(work, vocabulary)
        if study is None or not _as_strong(study, carried):
            continue
        told = [
            LinkedFinding(
                one,
                study,
                work,
                bearing(claim, one, vocabulary, directions),
                "topic",
                score(claim, one, vocabulary),
            )
            for one in findings
            if one.quote_role in ("result", "synthesis")
        ]
        told = [one for one in told if one.score >= _FITS and one.direction != "neutral"]
        refuting = [one for one in told if _of_the_same(claim, one, carried, vocabulary)]
        if not refuting or any(one.direction == "supports" for one in told):
            continue
        best = max(refuting, key=lambda one: (one.score, one.finding.effect is not None))
        if best.finding.effect_direction != "no-difference" or _large(study, carried):
            yield best


def _of_the_same(
    claim: Claim, one: LinkedFinding, carried: list[LinkedFinding], vocabulary: Vocabulary
) -> bool:
    """Whether a finding is of just what the claim names, in people who may be those whom it is about."""
    said, finding = claim.proposition, one.finding
    people = [*said.population, *(iri for each in carried for iri in each.finding.population)]
    return (
        vocabulary.best_fit(said.exposure, finding.exposure) is Fit.SAME
        and vocabulary.best_fit(said.outcome, finding.outcome) is Fit.SAME
        and not finding.co_intervention
        and vocabulary.best_fit(people, finding.population) in (*CLOSE, None)
    )


def _rank(study: Study | None) -> int:
    design = study.design if study is not None else None
    if design in in_group("synthesis"):
        return 3
    return 2 if design in randomised() else 1 if design in ("cohort", "case-control") else 0


def _as_strong(study: Study, carried: list[LinkedFinding]) -> bool:
    """Whether a study's design is no weaker than what the claim rests on, and its size no less."""
    mine, others = _rank(study), [one.study for one in carried]
    highest = max(map(_rank, others), default=0)
    if not mine or mine < highest:
        return False
    return mine == 3 or mine > highest or (study.sample_size or 0) >= max(_FEW, _largest(carried))


def _largest(carried: list[LinkedFinding]) -> int:
    return max((one.study.sample_size or 0 for one in carried if one.study is not None), default=0)


def _large(study: Study, carried: list[LinkedFinding]) -> bool:
    return _rank(study) == 3 or (study.sample_size or 0) >= max(_MANY, 2 * _largest(carried))
