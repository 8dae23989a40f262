"""What a sentence asserts: the concepts and numbers it names, its proposition, what it says of its study."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from claims.model.article import Sentence, Span
from claims.model.kinds import Kind
from claims.model.reference import InTextCitation
from graph.evidence import Dose, Iri


class CausalStrength(StrEnum):
    """Strength of the main claim's language, after Yu, Li and Wang (EMNLP 2019)."""

    NONE = "none"
    CORRELATIONAL = "correlational"
    CONDITIONAL_CAUSAL = "conditional_causal"
    CAUSAL = "causal"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence. ``value`` is the printed one; ``high`` the other end of a range."""

    text: str
    span: Span
    value: Decimal
    high: Decimal | None
    unit: str | None  # pint expression, "percent", or None
    role: str  # dose, percent, count, duration, interval, year, statistic, age, other
    comparison: str | None = None  # more-than, less-than, about, at-least, at-most


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in the text."""

    concept: Iri
    label: str
    roles: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Proposition:
    """A claim's content. An empty slot is unknown. Slots hold concept IRIs."""

    exposure: tuple[Iri, ...] = ()
    co_intervention: tuple[Iri, ...] = ()
    comparator: tuple[Iri, ...] = ()
    outcome: tuple[Iri, ...] = ()
    population: tuple[Iri, ...] = ()
    dose: tuple[Dose, ...] = ()
    effect_direction: str | None = None  # increases, decreases, no-difference
    magnitude: str | None = None  # the magnitude words, as printed ("nearly halved")
    magnitude_span: Span | None = None
    causal_strength: CausalStrength = CausalStrength.NONE
    causal_span: Span | None = None  # the words that carry it
    hedged: bool = False
    horizon_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StudyStatement:
    """One thing that a sentence says of the study it cites, not of what that found.

    ``about``: people, studies, things (counted), design, time, dose, species, group, age, moment ("in the
    morning"), route ("by mouth"). A number has ``value``, a design its ``name`` ("randomised"), a thing the
    noun, a time its role; a group, moment or route has its ``kind``. ``whole``: told as all that the study
    had ("enrolled 426 people"), not perhaps as a part of it.
    """

    about: str
    text: str  # as printed
    span: Span
    value: Decimal | None = None
    high: Decimal | None = None  # the other end of a range
    unit: str | None = None
    comparison: str | None = None  # as of a Quantity
    name: str | None = None
    whole: bool = False
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that asserts something checkable.

    ``kind``: lead, claim, recommendation, or study, where it only says of its study what that was. ``study``:
    what it says of the study, where it has a citation of its own.
    """

    id: str  # "claim-1", in reading order
    text: str
    span: Span
    kind: str
    sentence: Sentence
    proposition: Proposition
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    citations: tuple[InTextCitation, ...]  # its own, else those of its paragraph (see inherited)
    citations_inherited: bool = False
    study: tuple[StudyStatement, ...] = ()
