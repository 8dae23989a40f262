"""What an abstract says was given: the doses, what came along with it, and for how long."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from claims import quantities
from claims.concepts import CLOSE, Vocabulary
from claims.expressions import expression
from claims.model import Mention
from claims.sentence.slots import TOGETHER
from claims.sentences import split_text
from graph.evidence import Dose, Iri

LONGEST = 6000  # characters of an abstract that are read for it


def with_period(printed: tuple[Dose, ...], given: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """The doses of a sentence; where they only name groups ("the 250-mg group") those of the methods."""
    named = [
        next((dose for dose in given if dose.low == one.low and dose.unit.startswith(f"{one.unit}/")), None)
        for one in printed
    ]
    return tuple(dose for dose in named if dose is not None) if named and all(named) else printed


def always_added(
    abstract: str, tried: tuple[Iri, ...], vocabulary: Vocabulary, short: dict[str, Iri]
) -> tuple[Iri, ...]:
    """What an abstract names as added to what its title says was tried, and nowhere else."""
    added: dict[Iri, bool] = {}
    before: Mention | None = None
    for mention in vocabulary.find(abstract, short):
        if "exposure" not in mention.roles:
            continue
        start = mention.span.start
        after = before is not None and (
            before.concept in tried or before.span.start == start or before.concept in added
        )
        joined = (
            after
            and before is not None
            and start - before.span.end <= 40
            and (
                before.span.start == start
                or (
                    TOGETHER.search(abstract[max(0, start - 60) : start]) is not None
                    and not _MAYBE.search(abstract, before.span.end, start)
                )
            )
        )
        if mention.concept not in tried:
            added[mention.concept] = joined and added.get(mention.concept, True)
        before = mention
    return tuple(iri for iri, always in added.items() if always)


_ALONE = expression(r"\s(?:\w+\s)?(?:alone|only|by itself)\b", re.IGNORECASE)


def given_together(text: str, vocabulary: Vocabulary, short: dict[str, Iri]) -> frozenset[Iri]:
    """The treatments that a text only ever names as added to another: "diet plus exercise", "with gum".

    One that some group got alone is no companion.
    """
    added: set[Iri] = set()
    apart: set[Iri] = set()
    first: Mention | None = None
    for mention in vocabulary.find(text, short):
        if "exposure" not in mention.roles:
            continue
        start, end = mention.span.start, mention.span.end
        near = first is not None and first.concept != mention.concept and start - first.span.end <= 40
        if near and first is not None and TOGETHER.search(text[max(0, start - 60) : start]):
            (apart if _MAYBE.search(text, first.span.end, start) else added).add(mention.concept)
        if _ALONE.match(text, end):
            apart |= {mention.concept}
        first = mention
    return frozenset(added - apart)


# "alone or in combination with", "with or without": some had it, some had not
_MAYBE = expression(r"\bor\s(?:in combination|combined|together|with(?:out)?)\b", re.IGNORECASE)


# what stands between two that are given as one: "zinc 20 mg daily with fluids", "lessons, gum and tea"
_BETWEEN = expression(r"(?!.*(?:[.;:]\s|\b(?:or|versus|vs|than|compared|against|nor|but)\b))", re.I | re.S)
_AS_ONE = expression(
    r"\b(?:combin\w+|co-?administ\w+|fixed-dose|multi-?component|multimodal|both|given with|together)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
_WITH = expression(r"\bwith\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def never_apart(text: str, tried: tuple[Iri, ...], vocabulary: Vocabulary) -> bool:
    """Whether a text names all of several treatments in one breath wherever it names one of them, and says
    somewhere in so many words that they were given as one.

    "Zinc or zinc with fluids", "a dummy with fluids": then one of them was also given without.
    """
    runs: list[list[Mention]] = []
    for mention in vocabulary.find(text):
        if mention.concept not in tried:
            continue
        last = runs[-1][-1] if runs else None
        gap = text[last.span.end : mention.span.start] if last is not None else ""
        if last is not None and len(gap) <= 40 and _BETWEEN.match(gap):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    if not runs or any(not {*tried} <= {one.concept for one in run} for run in runs):
        return False
    return any(
        _AS_ONE.search(text[max(0, run[0].span.start - 60) : one.span.start])
        or TOGETHER.search(text[max(0, one.span.start - 60) : one.span.start])
        or _WITH.search(text[run[0].span.end : one.span.start])
        for run in runs
        for one in run[1:]
    )


def longest_time(abstract: str) -> Decimal | None:
    """The longest stretch of time that the abstract names: nobody was followed for longer."""
    days = [
        quantities.convert(found.high or found.value, found.unit, "day")
        for found in quantities.find(abstract[:LONGEST])
        if found.role == "duration"
        and found.unit is not None
        and not (found.unit == "year" and _AGED.search(abstract, max(0, found.start - 40), found.start))
    ]
    days += [
        quantities.convert(Decimal(match["number"]), match["unit"].lower(), "day")
        for match in _AT_TIME.finditer(abstract, 0, LONGEST)
    ]
    return max((one for one in days if one is not None), default=None)


_AGED = expression(
    r"\b(?:aged?|ages|older than|over|under|children|infants|adolescents|adults|men|women|people|participants"
    r"|patients|girls|boys|residents|volunteers)\s(?:of\s|from\s|between\s|about\s|age\s|aged\s|over\s)*$",
    re.IGNORECASE,
)
_AT_TIME = expression(r"\b(?P<unit>week|month|year|day)s?\s(?P<number>\d{1,3})\b", re.IGNORECASE)


def doses_given(
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
