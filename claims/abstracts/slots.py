"""What a title or a sentence of an abstract names, by what it is there: tried, suffered or come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims import wording
from claims.concepts import CLOSE, Vocabulary
from claims.expressions import expression
from claims.model import Mention
from claims.sentence.comparators import comparator_regions
from claims.sentence.risk_factors import risk_factors
from claims.sentence.slots import RECEPTOR, TOGETHER, has_it, told_by_its_length, without_modifiers
from graph.evidence import Iri


@dataclass(frozen=True, slots=True)
class Named:
    """The concepts of a text by what they are in it."""

    exposure: tuple[Iri, ...]
    comparator: tuple[Iri, ...]
    outcome: tuple[Mention, ...]
    population: tuple[Iri, ...]
    together: tuple[Iri, ...]  # given along with the exposure
    control: tuple[Iri, ...] = ()  # what the control group had: "a stretching control group"


def named_in(text: str, vocabulary: Vocabulary, short: dict[str, Iri], title: Named | None = None) -> Named:
    """What a text names, by what it is there.

    A sentence comes with the ``title`` above it: what may be tried or happen ("sleep duration") happens
    there, where title or sentence has something else that is tried.
    """
    regions = comparator_regions(text)
    exposure: list[Iri] = []
    comparator: list[Iri] = []
    outcome: list[Mention] = []
    population: list[Iri] = []
    together: list[Iri] = []
    control: list[Iri] = []
    mentions = told_by_its_length(text, vocabulary.find(text, short), vocabulary)
    tried: tuple[Iri, ...] = ()
    if title is not None:
        tried = title.exposure or tuple(
            one.concept
            for one in mentions
            if "exposure" in one.roles
            and "outcome" not in one.roles
            and not any(low <= one.span.start < high for low, high in regions)
        )
    for mention in mentions:
        at, roles = mention.span.start, mention.roles
        if _ADJUSTED_FOR.search(text[max(0, at - 60) : at]):
            continue
        if RECEPTOR.match(text, mention.span.end):
            continue  # "oestrogen receptor-positive"
        if "exposure" in roles and _CONTROL.match(text, mention.span.end):
            control.append(mention.concept)
        of_control = title is not None and "exposure" in roles and mention.concept in title.control
        in_region = any(low <= at < high for low, high in regions)
        if of_control or (in_region and {"comparator", "exposure"} & set(roles)):
            comparator.append(mention.concept)
        elif "population" in roles and ("outcome" not in roles or has_it(text, at)):
            if not _is_share(text, mention):
                population.append(mention.concept)
        elif "outcome" in roles and (
            "exposure" not in roles
            or (vocabulary.best_fit((mention.concept,), tried) not in CLOSE if tried else exposure)
        ):
            outcome.append(mention)
        elif "exposure" in roles and exposure and TOGETHER.search(text[max(0, at - 60) : at]):
            together.append(mention.concept)
        elif "exposure" in roles:
            exposure.append(mention.concept)
        elif "comparator" in roles:
            comparator.append(mention.concept)
    outcome = without_modifiers(text, outcome)
    cue = None if exposure else wording.causal_cue(text)
    if cue is not None:
        causes = risk_factors(text, outcome, cue.start, cue.end)
        outcome = [mention for mention in outcome if mention not in causes]
        exposure = [mention.concept for mention in causes]
    everybody = vocabulary.named("people")
    return Named(
        tuple(dict.fromkeys(exposure)),
        tuple(dict.fromkeys(comparator)),
        tuple(outcome),
        tuple(iri for iri in dict.fromkeys(population) if iri != everybody),
        tuple(iri for iri in dict.fromkeys(together) if iri not in exposure),
        tuple(dict.fromkeys(control)),
    )


_CONTROL = expression(r"\scontrol\s(?:group|arm|condition|intervention|programme|program)\b", re.IGNORECASE)


_SHARE_BEFORE = expression(
    r"\d\s?%\)?\s(?:(?:were|was|are|of|them|whom|participants|patients|people)\s){0,3}$"
)
_SHARE_BEHIND = expression(r"\s?[\[(]\s?(?:n\s?=\s?\d+[,;]\s?)?\d+(?:[.·]\d+)?\s?%")


def _is_share(text: str, mention: Mention) -> bool:
    """Whether people are counted as a part of all who were studied: "54% were women", "75 women [54%]"."""
    start = mention.span.start
    return (
        _SHARE_BEFORE.search(text[max(0, start - 50) : start]) is not None
        or _SHARE_BEHIND.match(text, mention.span.end) is not None
    )


# "after adjustment for smoking": neither tried nor measured here
_ADJUSTED_FOR = expression(
    r"\b(?:adjust|control|account|stratif|correct)\w* for (?:[\w-]+ ){0,3}$", re.IGNORECASE
)
