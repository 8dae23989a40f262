"""What the evidence says, as plain dictionaries: findings with their numbers, studies, works."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from claims.reports.phrases import name_of, work_name
from graph.evidence import Dose, EffectEstimate, Finding, GroupValue, Iri, Study, Work

Json = dict[str, Any]  # what json.dumps takes; typed by the schema, not by Python


def concept_dicts(iris: tuple[Iri, ...], labels: Mapping[str, str]) -> list[Json]:
    """Concepts as ``{"id", "label"}``."""
    return [{"id": iri, "label": name_of(iri, labels)} for iri in iris]


def finding_dict(finding: Finding, labels: Mapping[str, str]) -> Json:
    """A finding with its estimate and its groups' values."""
    return {
        "id": finding.iri,
        "label": finding.label,
        "exposure": concept_dicts(finding.exposure, labels),
        "co_intervention": concept_dicts(finding.co_intervention, labels),
        "comparator": concept_dicts(finding.comparator, labels),
        "outcome": concept_dicts(finding.outcome, labels),
        "population": concept_dicts(finding.population, labels),
        "dose": [dose_dict(one) for one in finding.dose],
        "effect_direction": finding.effect_direction,
        "effect": None if finding.effect is None else effect_dict(finding.effect),
        "groups": [group_dict(one) for one in finding.groups],
        "quote_role": finding.quote_role,
        "obtained_by": finding.obtained_by,
        "method": finding.method,
    }


def dose_dict(dose: Dose) -> Json:
    """A dose; ``low`` alone means at least, ``high`` alone at most."""
    return {"low": as_number(dose.low), "high": as_number(dose.high), "unit": dose.unit, "role": dose.role}


def effect_dict(effect: EffectEstimate) -> Json:
    """An effect estimate; an interval that was not recorded is null."""
    return {
        "measure": effect.measure,
        "value": as_number(effect.value),
        "low": as_number(effect.low),
        "high": as_number(effect.high),
        "level": as_number(effect.level),
        "unit": effect.unit,
        "adjusted": effect.adjusted,
        "p_value": as_number(effect.p_value),
        "p_bound": effect.p_bound,
        "better": effect.better,
    }


def group_dict(group: GroupValue) -> Json:
    """What one group measured."""
    return {
        "label": group.label,
        "measure": group.measure,
        "value": as_number(group.value),
        "low": as_number(group.low),
        "high": as_number(group.high),
        "level": as_number(group.level),
        "unit": group.unit,
        "size": group.size,
    }


def study_dict(study: Study) -> Json:
    """A study, as far as a reader of a report needs it."""
    return {
        "id": study.iri,
        "label": study.label,
        "design": study.design,
        "sample_size": study.sample_size,
    }


def work_dict(work: Work) -> Json:
    """A bibliographic record."""
    return {**bibliographic(work), "url": work.url, "standing": work.standing}


def bibliographic(work: Work) -> Json:
    """What a record says a work is, and where it stands."""
    return {
        "id": work.iri,
        "title": work.title,
        "authors": list(work.authors),
        "year": work.year,
        "journal": work.journal,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "article_number": work.article_number,
        "doi": work.doi,
        "pmid": work.pmid,
    }


def cited_work_dict(work: Work) -> Json:
    """A work as an evidence path names it: the same work bears on many claims, so in few fields."""
    return {
        "id": work.iri,
        "name": work_name(work),
        "title": work.title,
        "year": work.year,
        "doi": work.doi,
        "pmid": work.pmid,
        "standing": work.standing,
    }


def as_number(value: Decimal | None) -> int | float | None:
    """A JSON number; null for what is unknown or no number at all."""
    if value is None or not value.is_finite():
        return None
    if value == value.to_integral_value() and abs(value) < 2**53:
        return int(value)
    shown = float(value)
    return shown if abs(shown) != float("inf") else None
