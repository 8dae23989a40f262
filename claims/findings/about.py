"""What a run of text is about, and whether two runs differ in what a claim names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from claims import quantities
from claims.alignment import content_words
from claims.concepts import CLOSE, Fit, Vocabulary
from claims.expressions import expression
from graph.evidence import Iri

__all__ = ["NEAR", "About", "about", "apart", "only", "same_days", "shares"]


@dataclass(frozen=True, slots=True)
class About:
    """What a run of text is about: stems (``¬`` before those denied), concepts, days after which, ages."""

    stems: frozenset[str] = frozenset()
    concepts: frozenset[Iri] = frozenset()
    days: tuple[Decimal, ...] = ()
    ages: frozenset[tuple[Decimal, Decimal | None]] = frozenset()
    levels: frozenset[tuple[str, str]] = frozenset()  # "low-grade": which of several, of what
    named: tuple[tuple[Iri, frozenset[str]], ...] = ()  # each concept with the stems that name it


_DENIED = expression(
    r"\b(?:(?:without|never|free (?:of|from)|no|not|lack(?:ing|ed)?)\s"
    r"(?:(?:any|a|an|the|having|had|been|being)\s)?(?P<word>[^\W\d_]{4,})|(?:non-?|un|in)(?P<whole>vaccinated|smok\w+|treated|screened|exposed|users?|drink\w+"
    r"|immuni[sz]ed|active|pregnant|infected|diabetic\w*)|a(?P<symptom>symptomatic))",
    re.IGNORECASE,
)


_LEVEL = expression(
    r"\b(?P<level>low|high|early|late|mild|moderate|severe|first|second|third|fourth|primary|secondary|upper|lower"
    r"|left|right|short|long|new|old|inner|outer|major|minor|acute|chronic)(?:er|est)?[-‐‑ ]"
    r"(?P<of>[^\W\d_]{4,})",
    re.IGNORECASE,
)


_CUT_OFF = expression(
    r"\b(?:cut-?(?:off|point)s?|thresholds?|scores?|scoring)\s(?:(?:value|score|level)s?\s)?(?:of\s|at\s)?"
    r"(?:at least\s|[≥>]\s?)?(?P<one>\d+(?:\.\d+)?)"
    r"|\bat\s(?P<two>\d+(?:\.\d+)?)\s(?:points?\s)?or\s(?:higher|more|above|greater|over)",
    re.IGNORECASE,
)


_AT = expression(r"\b(?P<unit>day|week|month|year)\s(?P<number>\d{1,3})\b", re.IGNORECASE)


_PAIR_OF_AGES = expression(r"\b(?:aged?|between|ages)\s(\d{1,2})(?:\sand\s|\sto\s|\s?[-–]\s?)(\d{1,2})\b")


_KEPT = 4096


_kept: dict[str, tuple[Vocabulary, About]] = {}


def about(text: str, vocabulary: Vocabulary) -> About:
    """What a run of text is about."""
    known = _kept.get(text)
    if known is None or known[0] is not vocabulary:
        if len(_kept) >= _KEPT:
            _kept.clear()
        known = _kept[text] = (vocabulary, _read(text, vocabulary))
    return known[1]


def _read(text: str, vocabulary: Vocabulary) -> About:
    denied = frozenset(
        "¬" + stem
        for match in _DENIED.finditer(text)
        for stem in content_words(match["word"] or match["whole"] or match["symptom"])
    )
    plain = _CUT_OFF.sub(" ", _DENIED.sub(" ", text))
    mentions = vocabulary.find(text)
    days, ages = [], set()
    for one in quantities.find(text):
        if one.role == "age":
            ages.add((one.value, one.high))
        elif one.role == "duration" and one.unit is not None:
            length = quantities.convert(one.high or one.value, one.unit, "day")
            if length is not None:
                days.append(length)
    for low, high in _PAIR_OF_AGES.findall(text):
        ages.add((Decimal(low), Decimal(high)))
    for match in _AT.finditer(text):
        length = quantities.convert(Decimal(match["number"]), match["unit"].lower(), "day")
        if length is not None:
            days.append(length)
    return About(
        content_words(plain) | denied,
        frozenset(mention.concept for mention in mentions),
        tuple(days),
        frozenset(ages),
        frozenset(
            (match["level"].lower(), stem)
            for match in _LEVEL.finditer(text)
            for stem in content_words(match["of"]) or {match["of"].lower()[:5]}
        )
        | frozenset((match["one"] or match["two"], "cut-off") for match in _CUT_OFF.finditer(text)),
        tuple((mention.concept, content_words(mention.label)) for mention in mentions),
    )


def same_days(one: Decimal, other: Decimal) -> bool:
    """Whether two lengths in days are one time, told in other units ("a year", "52 weeks")."""
    return abs(one - other) <= max(one, other) / 25


def only(mine: About, others: About, vocabulary: Vocabulary) -> About:
    """The words of one place that are not those of another, by name or by what they name."""
    shared = {iri for iri in mine.concepts if vocabulary.best_fit((iri,), others.concepts) in CLOSE}
    named = frozenset(stem for iri, stems in mine.named if iri in shared for stem in stems)
    named -= {stem for stem in named if f"¬{stem}" in others.stems}  # with it here, without it there
    return About(
        mine.stems - others.stems - named,
        mine.concepts - shared,
        tuple(day for day in mine.days if not any(same_days(day, other) for other in others.days)),
        mine.ages - others.ages,
        mine.levels - others.levels,
    )


def shares(words: About, claim: About, vocabulary: Vocabulary) -> bool:
    """Whether a claim names anything of what one place has."""
    return (
        bool(words.stems & claim.stems or words.ages & claim.ages or words.levels & claim.levels)
        or vocabulary.best_fit(words.concepts, claim.concepts) in NEAR
        or any(same_days(day, other) for day in words.days for other in claim.days)
    )


def _parts(iri: Iri, vocabulary: Vocabulary) -> set[str]:
    """What a concept may be; what was compared with is a group as what was tried is."""
    return {"exposure" if role == "comparator" else role for role in vocabulary.roles(iri)}


NEAR = (*CLOSE, Fit.SURROGATE)


_AS_NARROW = (Fit.SAME, Fit.NARROWER)


def apart(one: About, other: About, claim: About, near: bool, vocabulary: Vocabulary) -> bool:
    """Whether two places differ in what the claim names of the second: other times, ages, groups or outcomes.

    ``near``: both stand in one sentence, where plain words tell them apart as well.
    """
    if one.days and any(same_days(day, told) for day in other.days for told in claim.days):
        return True
    if one.ages and other.ages & claim.ages:
        return True
    told = other.levels & claim.levels
    if any(level != another and of == what for level, of in told for another, what in one.levels):
        return True
    for stem in other.stems & claim.stems:
        if (stem[1:] if stem[0] == "¬" else f"¬{stem}") in one.stems:
            return True
    for iri in other.concepts:
        if vocabulary.best_fit(claim.concepts, (iri,)) in _AS_NARROW and any(
            _parts(iri, vocabulary) & _parts(mine, vocabulary) for mine in one.concepts
        ):
            return True
    return near and bool(one.stems) and bool(other.stems & claim.stems)
