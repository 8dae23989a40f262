"""Findings without curation: what the abstracts of works say, as automatic findings and studies.

Numbers, direction and design come from ``claims.findings``; here the slots are filled from the
vocabulary: the title says what was tried on whom, the sentence what came of it. Only a work without any
curated finding is read, so curated findings always win; and only when it is asked for, so that a
library of 100,000 works costs nothing until an article cites one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from claims import quantities, wording
from claims.change import direction
from claims.concepts import CLOSE, Fit, Vocabulary, abbreviations, vocabulary_of
from claims.findings import as_evidence, study_facts
from claims.model import Mention
from claims.propositions import TOGETHER, comparator_regions, risk_factors
from claims.sentences import split_text
from graph.evidence import Dose, EffectEstimate, Evidence, Finding, Iri, Study, Work

__all__ = ["of_work", "with_automatic_findings"]

LONGEST = 6000  # characters of an abstract whose slots are read
_PEOPLE = re.compile(
    r"\b(?:people|persons?|patients?|adults?|men|women|participants?|individuals?|subjects?|children|survivors)\s+"
    r"(?:\w+\s+)?(?:with|who have|having)\s+(?:\w+[\s-]){0,2}$",
    re.IGNORECASE,
)
_GROUPS = re.compile(
    r"\b(?:groups?|arms?|placebo|sham|controls?|intervention|treat(?:ment|ed)|supplement\w*|compared|versus|vs|"
    r"users|effects?|randomi[sz]ed|quintile|quartile|tertile|highest|lowest|intake|consum\w+)\b",
    re.IGNORECASE,
)
_GROUP = frozenset(
    {"no-treatment", "usual-care", "placebo", "sham", "waiting-list", "control-group", "minimal-intervention"}
)


def with_automatic_findings(evidence: Evidence, works: Iterable[Iri] = ()) -> Evidence:
    """The evidence with automatic findings and studies added for ``works`` that have nothing curated.

    The audit does not need this, since linking reads an abstract when it is cited; it is for those who
    want the automatic findings in the graph.
    """
    vocabulary = vocabulary_of(evidence)
    curated = {finding.work for finding in evidence.findings.values()}
    findings, studies = dict(evidence.findings), dict(evidence.studies)
    for iri in works:
        work = evidence.works.get(iri)
        if work is None or iri in curated:
            continue
        study, found = of_work(work, vocabulary)
        findings |= {finding.iri: finding for finding in found}
        if study is not None:
            studies[study.iri] = study
    return replace(evidence, findings=dict(sorted(findings.items())), studies=dict(sorted(studies.items())))


Read = tuple[Study | None, tuple[Finding, ...]]
_KEPT = 512
_read: dict[Iri, tuple[Vocabulary, Work, Read]] = {}


def of_work(work: Work, vocabulary: Vocabulary) -> Read:
    """The study and the findings that an abstract lets be read; (None, ()) where there is none.

    What was read is kept for the next article, as long as work and vocabulary are the same values.
    """
    if not work.abstract:
        return None, ()
    kept = _read.get(work.iri)
    if kept is not None and kept[0] is vocabulary and kept[1] is work:
        return kept[2]
    read = _fill(work, vocabulary)
    if len(_read) >= _KEPT:
        _read.clear()
    _read[work.iri] = (vocabulary, work, read)
    return read


def _fill(work: Work, vocabulary: Vocabulary) -> Read:
    study, findings = as_evidence(work)
    abstract, title = work.abstract or "", work.title or ""
    short = abbreviations((title, abstract), vocabulary)
    of_title = _slots(title, vocabulary, short)
    of_whole = _slots(abstract[:LONGEST], vocabulary, short)
    population = of_title.population or of_whole.population[:2]
    groups = tuple(iri for iri in of_whole.comparator if iri.rsplit("/", 1)[-1] in _GROUP)
    comparator = (of_title.comparator or groups)[:1]
    if study is not None:
        species = vocabulary.named(study_facts(abstract, title).species or "")
        days = study.follow_up_days or _longest(abstract)
        species_ = (species,) if species else ()
        study = replace(study, species=species_, population=population, follow_up_days=days)
    doses = _given(abstract, of_title.exposure, vocabulary, short)
    findings = tuple(replace(one, dose=one.dose or doses) for one in findings)
    filled = [_with_slots(one, of_title, comparator, population, vocabulary, short) for one in findings]
    return study, tuple(filled)


def _longest(abstract: str) -> Decimal | None:
    """The longest stretch of time that the abstract names: nobody was followed for longer."""
    days = [
        quantities.convert(found.high or found.value, found.unit, "day")
        for found in quantities.find(abstract[:LONGEST])
        if found.role == "duration" and found.unit is not None
    ]
    return max((one for one in days if one is not None), default=None)


def _given(
    abstract: str, exposure: tuple[Iri, ...], vocabulary: Vocabulary, short: dict[str, Iri]
) -> tuple[Dose, ...]:
    """The doses in the sentences that name what was tried, as the study's target; its controls' left out."""
    given: list[Dose] = []
    for start, end in split_text(abstract[:LONGEST]):
        sentence = abstract[start:end]
        named = [mention.concept for mention in vocabulary.find(sentence, short)]
        if exposure and vocabulary.best_fit(exposure, named) in CLOSE:
            given += [replace(dose, role="target") for dose in quantities.to_doses(sentence)]
    return tuple(dict.fromkeys(given))


@dataclass(frozen=True, slots=True)
class _Slots:
    """The concepts of a text by what they are in it."""

    exposure: tuple[Iri, ...]
    comparator: tuple[Iri, ...]
    outcome: tuple[Mention, ...]
    population: tuple[Iri, ...]
    together: tuple[Iri, ...]  # given along with the exposure


def _slots(text: str, vocabulary: Vocabulary, short: dict[str, Iri]) -> _Slots:
    regions = comparator_regions(text)
    exposure: list[Iri] = []
    comparator: list[Iri] = []
    outcome: list[Mention] = []
    population: list[Iri] = []
    together: list[Iri] = []
    for mention in vocabulary.find(text, short):
        at, roles = mention.span.start, mention.roles
        if any(low <= at < high for low, high in regions) and ({"comparator", "exposure"} & set(roles)):
            comparator.append(mention.concept)
        elif "population" in roles and ("outcome" not in roles or _PEOPLE.search(text[max(0, at - 70) : at])):
            population.append(mention.concept)
        elif "outcome" in roles and ("exposure" not in roles or exposure):
            outcome.append(mention)
        elif "exposure" in roles and exposure and TOGETHER.search(text[max(0, at - 60) : at]):
            together.append(mention.concept)
        elif "exposure" in roles:
            exposure.append(mention.concept)
        elif "comparator" in roles:
            comparator.append(mention.concept)
    cue = None if exposure else wording.causal_cue(text)
    if cue is not None:
        causes = risk_factors(text, outcome, cue.start, cue.end)
        outcome = [mention for mention in outcome if mention not in causes]
        exposure = [mention.concept for mention in causes]
    everybody = vocabulary.named("people")
    return _Slots(
        tuple(dict.fromkeys(exposure)),
        tuple(dict.fromkeys(comparator)),
        tuple(outcome),
        tuple(iri for iri in dict.fromkeys(population) if iri != everybody),
        tuple(iri for iri in dict.fromkeys(together) if iri not in exposure),
    )


def _with_slots(
    finding: Finding,
    title: _Slots,
    comparator: tuple[Iri, ...],
    population: tuple[Iri, ...],
    vocabulary: Vocabulary,
    short: dict[str, Iri],
) -> Finding:
    quote = finding.quote or ""
    here = _slots(quote, vocabulary, short)
    outcome, way = _outcome(quote, here.outcome, finding.effect_direction, vocabulary)
    # a sentence that names neither the exposure nor the groups may be about anything at all
    spoken_of = bool(here.exposure) or _GROUPS.search(quote) is not None
    return replace(
        finding,
        exposure=_tried(title.exposure, here.exposure, vocabulary) if spoken_of or not title.exposure else (),
        co_intervention=title.together,
        comparator=here.comparator[:1] or comparator,
        outcome=outcome,
        population=here.population or population,
        effect_direction=None if _beside(finding.effect, way) else way,
    )


def _tried(titled: tuple[Iri, ...], named: tuple[Iri, ...], vocabulary: Vocabulary) -> tuple[Iri, ...]:
    """What a sentence of an abstract tells of: what the title names, unless it names something else itself.

    "Long sleep was not associated with obesity", under a title on sleep duration, is of long sleep; under
    one on short sleep just as well.
    """
    if not titled or not named:
        return titled or named
    fit = vocabulary.best_fit(named, titled)
    if fit in (Fit.SAME, Fit.BROADER):
        return titled
    if fit is Fit.NARROWER:
        return tuple(iri for iri in named if vocabulary.best_fit((iri,), titled) is Fit.NARROWER)
    return named[:1]


def _beside(effect: EffectEstimate | None, way: str | None) -> bool:
    """Whether a ratio lies on the other side of one than the words say: then neither is trusted."""
    if effect is None or effect.value is None or not effect.measure.endswith("-ratio"):
        return False
    return (way == "increases" and effect.value < 1) or (way == "decreases" and effect.value > 1)


def _outcome(
    quote: str, named: Sequence[Mention], found: str | None, vocabulary: Vocabulary
) -> tuple[tuple[Iri, ...], str | None]:
    """The outcomes that the sentence speaks of in one direction, and that direction.

    Where it says different things of different outcomes only those of the finding's own direction are
    kept; without one, those of the first.
    """
    ways: dict[Iri, str | None] = {}
    taken = [(mention.span.start, mention.span.end) for mention in named]
    for mention in named:
        known = vocabulary.concepts.get(mention.concept)
        at = (mention.span.start, mention.span.end)
        way = direction(quote, at, known.valence if known else None, taken)
        ways.setdefault(mention.concept, way)
    if not ways:
        return (), found
    wanted = found or next(iter(ways.values()))
    return tuple(iri for iri, way in ways.items() if way in (wanted, None)), wanted
