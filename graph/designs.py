"""Study designs and what each can carry, as ``ontology/schemes.ttl`` says.

A synthesis can carry what the studies inside it can: those that are recorded as included, else the
designs that it says it includes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from graph.evidence import Iri, Study
from graph.reading.nodes import last_part
from graph.vocabulary import triples
from ontology.terms import Adopted, Property

__all__ = [
    "associational",
    "design_label",
    "design_labels",
    "in_group",
    "included_designs",
    "observational_only",
    "randomised",
    "starting",
]

_PREFIX = "design-"


@cache
def _facts() -> Mapping[tuple[str, str], frozenset[str]]:
    """(property, value) → the designs that have it, all as last parts."""
    found: dict[tuple[str, str], set[str]] = {}
    for triple in triples("schemes.ttl"):
        design = last_part(str(getattr(triple.subject, "value", "")))
        if design.startswith(_PREFIX) and isinstance(triple.object, ox.NamedNode):
            key = (triple.predicate.value, last_part(triple.object.value))
            found.setdefault(key, set()).add(design.removeprefix(_PREFIX))
    return {key: frozenset(designs) for key, designs in found.items()}


@cache
def design_labels() -> Mapping[str, str]:
    """The designs that the scheme knows, and the groups of designs, as people write them."""
    return {
        last_part(triple.subject.value).removeprefix(_PREFIX): triple.object.value
        for triple in triples("schemes.ttl")
        if triple.predicate.value == Adopted.PREF_LABEL
        and isinstance(triple.subject, ox.NamedNode)
        and isinstance(triple.object, ox.Literal)
        and last_part(triple.subject.value).startswith(_PREFIX)
    }


def design_label(design: str) -> str:
    """A design as people write it; one that the scheme does not know as it is, without hyphens.

    >>> design_label("meta-analysis"), design_label("cohort"), design_label("n-of-1-trial")
    ('meta-analysis', 'cohort', 'n of 1 trial')
    """
    return design_labels().get(design) or design.replace("-", " ")


@cache
def in_group(*groups: str) -> frozenset[str]:
    """The designs of these groups: synthesis, experimental, observational, laboratory, modelling, opinion.

    >>> sorted(in_group("opinion"))
    ['expert-opinion', 'narrative-review']
    """
    return frozenset().union(
        *(_facts().get((Adopted.BROADER, _PREFIX + group), frozenset()) for group in groups)
    )


@cache
def starting(level: str) -> frozenset[str]:
    """The designs whose evidence starts at this level of certainty (high, low, very-low).

    Source: GRADE guidelines 3, Balshem and others, J Clin Epidemiol 2011, 64: 401-406.
    """
    return _facts().get((Property.STARTING_CERTAINTY, f"certaintyLevel-{level}"), frozenset())


@cache
def randomised() -> frozenset[str]:
    """The designs of randomised trials.

    >>> sorted(randomised())
    ['cluster-randomised-trial', 'crossover-trial', 'randomised-controlled-trial']
    """
    return in_group("experimental") & starting("high")


@cache
def associational() -> frozenset[str]:
    """The observational designs that license no more than the wording of an association."""
    licensed = (
        _facts().get((Property.LICENSES, f"causalStrength-{s}"), frozenset())
        for s in ("none", "correlational")
    )
    return in_group("observational") & frozenset().union(*licensed)


def included_designs(synthesis: Study, studies: Mapping[Iri, Study]) -> frozenset[str]:
    """The designs of the studies inside a synthesis, as far as they are recorded; empty when unknown."""
    inside = (studies.get(iri) for iri in synthesis.includes)
    held = {study.design for study in inside if study is not None and study.design}
    return frozenset(synthesis.included_designs) or frozenset(held)


def observational_only(study: Study | None, studies: Mapping[Iri, Study]) -> bool:
    """Whether the study can only show an association; so too a synthesis of nothing but such studies."""
    if study is None or study.design is None:
        return False
    if study.design in in_group("synthesis"):
        inside = included_designs(study, studies)
        return bool(inside) and inside <= associational()
    return study.design in associational()
