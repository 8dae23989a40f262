"""A body of evidence: the lines for a claim that are rated together, with their studies counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graph.evidence import EffectEstimate, EvidenceLine, Finding, GroupValue, Iri, Study
from graph.tracing.structure import independent_studies, is_synthesis

_OF_EVENTS = ("risk-ratio", "odds-ratio", "hazard-ratio")


@dataclass(frozen=True, slots=True)
class Item:
    """An evidence line with the finding and the study that it stands on."""

    line: EvidenceLine
    finding: Finding
    study: Study | None


class Pooling(NamedTuple):
    """Groups of studies, and the syntheses of them."""

    syntheses: tuple[Study, ...]
    groups: tuple[tuple[Study, ...], ...]


@dataclass(frozen=True)
class Body:
    """The lines for a claim that are rated together, those beside it, and which way the claim points."""

    supporting: tuple[Item, ...]
    refuting: tuple[Item, ...]
    direction: str | None = None
    neutral: tuple[Item, ...] = ()

    @cached_property
    def named(self) -> dict[Iri, Study]:
        """The supporting studies."""
        return {item.study.iri: item.study for item in self.supporting if item.study}

    @cached_property
    def groups(self) -> tuple[tuple[Study, ...], ...]:
        """The supporting studies as ``independent`` groups them."""
        return independent(self.supporting)

    @cached_property
    def pooled(self) -> tuple[Study, ...]:
        """The syntheses that are in no group."""
        grouped = {study.iri for group in self.groups for study in group}
        return tuple(study for iri, study in self.named.items() if iri not in grouped)

    @cached_property
    def poolings(self) -> tuple[Pooling, ...]:
        """Each group, or the groups that syntheses bring together."""
        joined: list[tuple[set[Iri], list[tuple[Study, ...]]]] = []
        for found in independent_studies(tuple(self.named.values())):
            iris = set(found.studies)
            groups = [next(group for group in self.groups if group[0].iri in iris)]
            for other in [one for one in joined if one[0] & iris]:
                joined.remove(other)
                iris, groups = iris | other[0], other[1] + groups
            joined.append((iris, groups))
        return tuple(
            Pooling(tuple(one for one in self.pooled if one.iri in iris), tuple(groups))
            for iris, groups in joined
        )


def independent(items: Iterable[Item]) -> tuple[tuple[Study, ...], ...]:
    """The studies of findings, those that are not independent of one another together.

    A synthesis of studies that are named beside it is in no group: they stand for it.
    """
    studies = {item.study.iri: item.study for item in items if item.study}
    found = []
    for group in independent_studies(tuple(studies.values())):
        members = [studies[iri] for iri in group.studies]
        found.append(tuple([one for one in members if not is_synthesis(one)] or members))
    return tuple(found)


def most_precise(body: Body, like: Item) -> EffectEstimate | None:
    """The supporting estimate with the narrowest interval, of the measure and outcome of another finding."""
    effect = like.finding.effect
    found = [
        item.finding.effect
        for item in body.supporting
        if item.finding.effect is not None
        and effect is not None
        and item.finding.effect.measure == effect.measure
        and item.finding.effect.unit == effect.unit
        and item.finding.outcome == like.finding.outcome
        and item.finding.effect.value is not None
        and item.finding.effect.low is not None
        and item.finding.effect.high is not None
    ]
    return min(found, key=lambda one: (one.high or 0) - (one.low or 0), default=None)


def estimates(body: Body) -> Iterator[EffectEstimate]:
    """The supporting estimates that have an interval."""
    for item in body.supporting:
        effect = item.finding.effect
        if effect is not None and effect.low is not None and effect.high is not None:
            yield effect


def people_of(body: Body) -> tuple[int | None, bool]:
    """How many people stand behind a body, each group of studies once, and whether all sizes are recorded.

    A synthesis has its own size, or at least that of its studies that are named beside it.
    """
    total, any_known, all_known = 0, False, True
    for syntheses, groups in body.poolings:
        sizes = [max((s.sample_size or 0 for s in group), default=0) for group in groups]
        whole = max((s.sample_size or 0 for s in syntheses), default=0)
        total += max(whole, sum(sizes))
        any_known = any_known or whole > 0 or any(sizes)
        inside = all(body.named.keys() >= set(s.includes) for s in syntheses)
        all_known = all_known and (whole > 0 or (all(sizes) and inside))
    return (total if any_known else None), all_known


def events_of(body: Body) -> int | None:
    """How many people had the outcome behind ratios, each group of studies once. None: not all say it."""
    owner = {study.iri: group[0].iri for group in body.groups for study in group}
    found: dict[Iri, int] = {}
    pooled: dict[Iri, int] = {}
    for item in body.supporting:
        effect = item.finding.effect
        if item.study is None or effect is None or effect.measure not in _OF_EVENTS:
            continue
        had = [_had_it(one) for one in item.finding.groups]
        known = [one for one in had if one is not None]
        if not known or len(known) < len(had):
            return None
        counted, first = (
            (found, owner[item.study.iri]) if item.study.iri in owner else (pooled, item.study.iri)
        )
        counted[first] = max(counted.get(first, 0), sum(known))
    return max(sum(found.values()), max(pooled.values(), default=0)) if found or pooled else None


def _had_it(group: GroupValue) -> int | None:
    """How many people of a group had an outcome, from a count or a share of a group of known size."""
    if group.value is None or group.size is None:
        return None
    if group.measure == "count":
        return int(group.value) if group.value <= group.size else None
    return round(group.value * group.size / 100) if group.measure == "percent" else None
