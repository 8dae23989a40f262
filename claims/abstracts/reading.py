"""Findings without curation: what the abstracts of works say, as automatic findings and studies.

Numbers, direction and design come from ``claims.findings``; here the slots are filled from the
vocabulary: the title says what was tried on whom, the sentence what came of it. Only a work without any
curated finding is read, so curated findings always win; and only when it is asked for, so that a
library of 100,000 works costs nothing until an article cites one of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from claims.abstracts.filling import with_slots
from claims.abstracts.given import (
    LONGEST,
    always_added,
    doses_given,
    given_together,
    longest_time,
    with_period,
)
from claims.abstracts.slots import named_in
from claims.concepts import Vocabulary, abbreviations
from claims.expressions import expression
from claims.findings import study_facts, with_clauses
from claims.findings.composite import PRIMARY
from claims.findings.extracting import sentence_direction
from claims.sentence.ages import age_groups
from graph.evidence import Finding, Iri, Study, Work

__all__ = ["of_work"]
_GROUP = frozenset(
    {"no-treatment", "usual-care", "placebo", "sham", "waiting-list", "control-group", "minimal-intervention"}
)


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


_BIRTH_COHORT = expression(r"\bbirth[- ]cohort\b", re.IGNORECASE)


def _fill(work: Work, vocabulary: Vocabulary) -> Read:
    study, told = with_clauses(work)
    abstract, title = work.abstract or "", work.title or ""
    short = abbreviations((title, abstract), vocabulary)
    of_title = named_in(title, vocabulary, short)
    of_whole = named_in(abstract[:LONGEST], vocabulary, short)
    population = of_title.population or of_whole.population[:2]
    first = next(age_groups(abstract[:LONGEST], vocabulary), None)
    if first is not None and first.concept not in population:
        population = (*population, first.concept)
    if _BIRTH_COHORT.search(f"{title} {abstract[:LONGEST]}"):
        population = ()  # enrolled as babies, examined at any age since
    groups = tuple(iri for iri in of_whole.comparator if iri.rsplit("/", 1)[-1] in _GROUP)
    control = tuple(iri for iri in of_whole.control if iri not in of_title.exposure)
    comparator = (of_title.comparator or control or groups)[:1]
    if study is not None:
        species = vocabulary.named(study_facts(abstract, title).species or "")
        days = max(filter(None, (study.follow_up_days, longest_time(abstract))), default=None)
        species_ = (species,) if species else ()
        study = replace(study, species=species_, population=population, follow_up_days=days)
    primary = _primary_outcome(abstract[:LONGEST], vocabulary, short)
    doses = doses_given(abstract, of_title.exposure, vocabulary, short)
    pairs = given_together(f"{title}. {abstract[:LONGEST]}", vocabulary, short)
    always = always_added(abstract[:LONGEST], of_title.exposure, vocabulary, short)
    of_title = replace(
        of_title,
        control=control,
        exposure=tuple(iri for iri in of_title.exposure if iri not in pairs),
        together=(
            *of_title.together,
            *(iri for iri in of_title.exposure if iri in pairs),
            *(iri for iri in always if iri not in (*of_title.together, *of_title.exposure)),
        ),
    )
    filled: list[Finding] = []
    outcome: tuple[Iri, ...] = ()
    for one, clause in (part for each, words in told for part in _each_side(each, words, vocabulary, short)):
        finding = replace(one, dose=with_period(one.dose, doses) or doses)
        same = bool(filled) and filled[-1].quote == one.quote
        filled.append(
            with_slots(
                finding,
                clause,
                of_title,
                comparator,
                population,
                outcome if same else (),
                () if same else outcome,
                primary,
                vocabulary,
                short,
            )
        )
        outcome = filled[-1].outcome
    return study, tuple(filled)


_BUT = expression(
    r",?\s+(?:but|whereas)\s+|;\s+(?:however,?\s+)?"
    r"|,?\s+and\s+(?=(?:(?:made|found|had|showed)\s)?no\s(?:\w+\s){0,2}?(?:difference|effect|change)s?\s)",
    re.IGNORECASE,
)


def _each_side(
    finding: Finding, clause: str, vocabulary: Vocabulary, short: dict[str, Iri]
) -> list[tuple[Finding, str]]:
    """The finding, or one for each side of its "but" where each says which way it went, one of what it names.

    "Did not prolong survival but led to more bleeding" is none of the one and more of the other; so is "led
    to more bleeding and no difference in survival". What is quoted is then the side's own words.
    """
    quote = finding.quote or ""
    joint = _BUT.search(quote)
    if joint is None or finding.effect is not None or finding.groups:
        return [(finding, clause)]
    sides = []
    parts = quote[: joint.start()], quote[joint.end() :]
    named = [any("outcome" in mention.roles for mention in vocabulary.find(part, short)) for part in parts]
    ways = [sentence_direction(part) for part in parts]
    if None in ways or not (all(named) or (any(named) and ways[0] != ways[1])):
        return [(finding, clause)]
    for number, (part, way) in enumerate(zip(parts, ways, strict=True), start=1):
        iri = finding.iri if number == 1 else Iri(f"{finding.iri}-{number}")
        sides.append((replace(finding, iri=iri, effect_direction=way, quote=part), part))
    return sides


_MADE_OF = expression(
    PRIMARY.pattern
    + r"(?: events?)?(?: measures?)?,?\s(?:was|were|is|comprised|included|consisted of|defined as)\s"
    r"(?P<what>[^.;]{5,400})",
    re.IGNORECASE,
)


def _primary_outcome(abstract: str, vocabulary: Vocabulary, short: dict[str, Iri]) -> tuple[Iri, ...]:
    """What an abstract says its primary outcome is: "the primary outcome was stroke or death"."""
    match = _MADE_OF.search(abstract)
    if match is None:
        return ()
    mentions = vocabulary.find(match["what"], short)
    return tuple(dict.fromkeys(one.concept for one in mentions if "outcome" in one.roles))
