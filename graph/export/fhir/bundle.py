"""FHIR R5: a Citation for each paper, an Evidence for each finding, an ArtifactAssessment for each claim.

They come as one Bundle of type collection. Codes are those of HL7's terminology where it has one
(statistic-type, variable-role, certainty-type, certainty-rating); all else is text. ``fhir.resources``
(the extra ``export``) checks them; writing needs nothing but the standard library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graph.errors import ClaimspineError
from graph.export.fhir.assessment import assessments_of
from graph.export.fhir.citation import citation_of
from graph.export.fhir.coded import Resource
from graph.export.fhir.evidence import evidence_of
from graph.export.publishing import Publisher
from graph.export.selecting import Selection


def write(selection: Selection, by: Publisher) -> bytes:
    """The bundle as JSON.

    Raises:
        ClaimspineError: ``nothing-to-export``; ``fhir-invalid``: the checking library objects (a bug).
    """
    resources = [
        *(citation_of(work, by) for work in selection.evidence.works.values()),
        *(evidence_of(finding, selection, by) for finding in selection.evidence.findings.values()),
        *assessments_of(selection, by),
    ]
    if not resources:
        raise ClaimspineError("nothing-to-export", "there is no evidence to export")
    bundle: Resource = {"resourceType": "Bundle", "type": "collection"}
    if by.date and "T" in by.date:
        bundle["timestamp"] = by.date
    bundle["entry"] = [
        {"fullUrl": f"{selection.evidence.base}fhir/{one['resourceType']}/{one['id']}", "resource": one}
        for one in resources
    ]
    check(bundle)
    return _json(bundle).encode()


def check(bundle: Mapping[str, Any]) -> bool:
    """Hold each resource to the FHIR library's models; False when the library is not there.

    Raises:
        ClaimspineError: ``fhir-invalid``.
    """
    try:
        from fhir.resources.artifactassessment import ArtifactAssessment
        from fhir.resources.bundle import Bundle
        from fhir.resources.citation import Citation
        from fhir.resources.evidence import Evidence
    except ImportError:
        return False
    models: dict[str, Any] = {
        "ArtifactAssessment": ArtifactAssessment,
        "Citation": Citation,
        "Evidence": Evidence,
    }
    try:
        for entry in bundle["entry"]:
            resource = entry["resource"]
            models[resource["resourceType"]].model_validate(resource)
        Bundle.model_validate({k: v for k, v in bundle.items() if k != "entry"})
    except ValueError as exc:
        raise ClaimspineError("fhir-invalid", f"not valid FHIR R5: {exc}") from exc
    return True


_MARKED = re.compile('"\ue000(-?[0-9]+(?:\\.[0-9]+)?)\ue000"')


def _json(value: Resource) -> str:
    """JSON whose numbers keep the digits they were recorded with, as FHIR's decimals do."""
    return _MARKED.sub(r"\1", json.dumps(_plain(value), ensure_ascii=False, indent=2)) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return f"\ue000{value:f}\ue000" if isinstance(value, Decimal) else value
