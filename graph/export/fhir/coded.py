"""What FHIR resources are made of: ids, heads, codes of HL7's terminology, quantities."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import Any

from graph.evidence import Iri
from graph.export.publishing import Publisher
from ontology.loader import DATA_BASE

__all__ = [
    "Resource",
    "coded",
    "coded_measure",
    "coded_quantity",
    "coded_rating",
    "head",
    "interval",
    "resource_id",
]


_THO = "http://terminology.hl7.org/CodeSystem/"
_STATISTICS = {
    "hazard-ratio": ("C93150", "Hazard Ratio"),
    "risk-ratio": ("C93152", "Relative Risk"),
    "odds-ratio": ("C16932", "Odds Ratio"),
    "mean-difference": ("0000457", "Mean Difference"),
    "standardised-mean-difference": ("0000100", "Standardized Mean Difference"),
    "risk-difference": ("0000424", "Risk Difference"),
    "mean": ("C53319", "Mean"),
    "median": ("C28007", "Median"),
    "count": ("C25463", "Count"),
}
Resource = dict[str, Any]


def resource_id(iri: str) -> str:
    """An id as FHIR allows them: 64 of letters, digits, ``-`` and ``.``; hashed where that is too short,
    or under another base than the default.

    >>> resource_id("https://w3id.org/claimspine/id/work/okafor2021sleep")
    'work-okafor2021sleep'
    """
    local = iri.removeprefix(DATA_BASE)
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", local).strip("-")
    if iri.startswith(DATA_BASE) and 1 <= len(plain) <= 64 and plain == local.replace("/", "-"):
        return plain
    digest = hashlib.sha256(iri.encode()).hexdigest()[:12]
    return f"{plain[-51:].strip('-')}-{digest}" if plain else digest


def head(kind: str, iri: Iri, title: str | None, by: Publisher) -> Resource:
    """The beginning of a resource: its type, id, identifier, title and date."""
    said: Resource = {"resourceType": kind, "id": resource_id(iri)}
    said["identifier"] = [{"system": "urn:ietf:rfc:3986", "value": iri}]
    if title:
        said["title"] = title
    if by.date:
        said["date"] = by.date
    return said


def interval(low: Decimal | None, high: Decimal | None, level: Decimal | None, unit: str | None) -> Resource:
    """A confidence interval; ``level`` is in percent or a share."""
    said: Resource = {"type": {"text": "confidence interval"}}
    if level is not None:
        said["level"] = level / 100 if level > 1 else level
    ends = {"low": low, "high": high}
    said["range"] = {key: coded_quantity(value, unit) for key, value in ends.items() if value is not None}
    return said


def coded_measure(measure: str) -> Resource:
    """The type of a statistic, by its code where HL7 has one."""
    if measure in _STATISTICS:
        return coded("statistic-type", *_STATISTICS[measure])
    return {"text": measure.replace("-", " ")}


def coded_rating(level: str) -> Resource:
    """A level of certainty by its code."""
    return coded("certainty-rating", level, f"{level.replace('-', ' ')} quality".capitalize())


def coded(system: str, code: str, display: str) -> Resource:
    """A concept of one of HL7's code systems, ``system`` being the end of its address."""
    return {"coding": [{"system": _THO + system, "code": code, "display": display}], "text": display}


def coded_quantity(value: Decimal, unit: str | None) -> Resource:
    """A quantity, with its unit as text."""
    return {"value": value, "unit": unit} if unit else {"value": value}
