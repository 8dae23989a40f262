"""The evidence as frozen values: what the checker reads, and what tracing returns.

Names are those of the ontology and of ``ontology/context.jsonld``. ``None`` and the empty tuple
mean *unknown*; unknown is never "no effect". IRIs are kept whole; labels are for people.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NewType

from ontology.loader import DATA_BASE

Iri = NewType("Iri", str)
Doi = NewType("Doi", str)
Pmid = NewType("Pmid", str)


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept: exposure, outcome, population, comparator, anatomy, species or process.

    ``role`` is one of exposure, outcome, population, comparator, anatomy, species, process.
    ``valence`` says which way is better for the reader: lower, higher, or None when unknown.
    ``other_senses`` are expressions that hold one of its names and mean something else.
    """

    iri: Iri
    label: str
    roles: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    broader: tuple[Iri, ...] = ()
    valence: str | None = None
    surrogate_for: tuple[Iri, ...] = ()
    other_senses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dose:
    """One quantity of an exposure.

    ``low`` without ``high`` means "at least", ``high`` without ``low`` "at most". ``unit`` is a
    pint expression over min, session, step, mg, MET, day, week, ... (``min/day``,
    ``session/week``). ``role`` is target, reached, category (of an observational analysis) or
    observed.
    """

    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class EffectEstimate:
    """A measured contrast. ``measure`` is a last part of the measure scheme (``hazard-ratio``)."""

    measure: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None
    unit: str | None = None
    adjusted: bool | None = None
    p_value: Decimal | None = None
    p_bound: str | None = None  # less-than, greater-than; None: equal
    better: str | None = None  # lower, higher


@dataclass(frozen=True, slots=True)
class GroupValue:
    """What one group measured: a median, a mean, a percentage or a count."""

    label: str
    measure: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    level: Decimal | None = None
    unit: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class UnconfirmedField:
    """A bibliographic field that was written down but not seen in a source."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Work:
    """A bibliographic record. ``standing``: current, corrected, concern, retracted, superseded."""

    iri: Iri
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    article_number: str | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    isbn: str | None = None
    url: str | None = None
    work_type: str | None = None
    standing: str | None = None
    replaced_by: Iri | None = None
    abstract: str | None = None
    published_online: str | None = None
    unconfirmed: tuple[UnconfirmedField, ...] = ()
    reports: tuple[Iri, ...] = ()
    pmcid: str | None = None
    language: str | None = None
    recorded_by: str | None = None  # an outside source of this run ("Crossref"); None: the store
    standing_note: str | None = None  # when, why and where the standing was said


@dataclass(frozen=True, slots=True)
class Study:
    """A study, apart from the papers that report it. ``design`` is a last part of the scheme."""

    iri: Iri
    label: str | None = None
    design: str | None = None
    included_designs: tuple[str, ...] = ()  # of a synthesis: those of its primary studies
    design_note: str | None = None
    species: tuple[Iri, ...] = ()
    population: tuple[Iri, ...] = ()
    population_note: str | None = None
    sample_size: int | None = None
    included_studies: int | None = None
    includes: tuple[Iri, ...] = ()
    registration: tuple[str, ...] = ()
    cohort: Iri | None = None
    country: tuple[str, ...] = ()
    follow_up: str | None = None
    follow_up_days: Decimal | None = None
    risk_of_bias: str | None = None
    limitations: tuple[str, ...] = ()
    laboratory: Iri | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one study, as one work reports it.

    ``effect_direction`` (increases, decreases, no-difference, unclear) is what the exposure does
    to the outcome. ``quote_role``: result, background, synthesis, hypothesis. ``obtained_by``:
    measured, modelled, inferred. ``method``: curated, automatic.
    """

    iri: Iri
    label: str | None = None
    work: Iri | None = None
    study: Iri | None = None
    exposure: tuple[Iri, ...] = ()
    co_intervention: tuple[Iri, ...] = ()
    comparator: tuple[Iri, ...] = ()
    comparator_note: str | None = None
    comparator_dose: tuple[Dose, ...] = ()
    outcome: tuple[Iri, ...] = ()
    outcome_note: str | None = None
    population: tuple[Iri, ...] = ()
    dose: tuple[Dose, ...] = ()
    effect_direction: str | None = None
    effect: EffectEstimate | None = None
    groups: tuple[GroupValue, ...] = ()
    time_point_days: Decimal | None = None
    time_point_note: str | None = None
    quote_role: str | None = None
    obtained_by: str | None = None
    method: str | None = None
    certainty_level: str | None = None  # as the source itself rates it
    quote: str | None = None  # exact text of the span it came from
    text: str | None = None  # the curator's own one-line reading


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """How one finding bears on one claim or mechanism step.

    ``direction``: supports, refutes, neutral. ``strength``: strong, moderate, weak (None when
    neutral). ``directness``: direct, indirect. ``method``: curated, automatic.
    """

    iri: Iri
    bears_on: Iri
    finding: Iri
    direction: str
    strength: str | None = None
    directness: str | None = None
    method: str | None = None
    reviewed_by: str | None = None
    reviewed_on: str | None = None
    rationale: str | None = None


@dataclass(frozen=True, slots=True)
class CertaintyAdjustment:
    """A curator's step down (negative) or up in one domain of GRADE, and why."""

    domain: str
    levels: int
    rationale: str | None = None


@dataclass(frozen=True, slots=True)
class GraphClaim:
    """A claim, or a recommendation, as the graph holds it. Slots as in ``claims.model``."""

    iri: Iri
    text: str
    kind: str = "claim"  # claim, recommendation
    exposure: tuple[Iri, ...] = ()
    co_intervention: tuple[Iri, ...] = ()
    comparator: tuple[Iri, ...] = ()
    outcome: tuple[Iri, ...] = ()
    population: tuple[Iri, ...] = ()
    dose: tuple[Dose, ...] = ()
    effect_direction: str | None = None
    causal_strength: str | None = None
    audience: str | None = None
    based_on: tuple[Iri, ...] = ()
    explained_by: tuple[Iri, ...] = ()
    certainty_level: str | None = None
    certainty_reasons: tuple[str, ...] = ()
    certainty_adjustments: tuple[CertaintyAdjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class MechanismStep:
    """One cause → effect link of a mechanism."""

    iri: Iri
    label: str
    cause: tuple[Iri, ...] = ()
    effect: tuple[Iri, ...] = ()
    species: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named process as an ordered chain of steps."""

    iri: Iri
    label: str
    exposure: tuple[Iri, ...] = ()
    outcome: tuple[Iri, ...] = ()
    steps: tuple[MechanismStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a checker may look at, keyed by IRI and sorted, read from a store at once."""

    concepts: dict[Iri, Concept] = field(default_factory=dict)
    works: dict[Iri, Work] = field(default_factory=dict)
    studies: dict[Iri, Study] = field(default_factory=dict)
    findings: dict[Iri, Finding] = field(default_factory=dict)
    claims: dict[Iri, GraphClaim] = field(default_factory=dict)
    mechanisms: dict[Iri, Mechanism] = field(default_factory=dict)
    lines: tuple[EvidenceLine, ...] = ()
    base: str = DATA_BASE  # what ids that are not whole stand under

    def lines_on(self, target: Iri) -> tuple[EvidenceLine, ...]:
        """The evidence lines that bear on a claim, a recommendation or a step."""
        return tuple(line for line in self.lines if line.bears_on == target)
