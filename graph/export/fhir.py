"""FHIR R5: a Citation for each paper, an Evidence for each finding, an ArtifactAssessment for each claim.

They come as one Bundle of type collection. Codes are those of HL7's terminology where it has one
(statistic-type, variable-role, certainty-type, certainty-rating); all else is text. ``fhir.resources``
(the extra ``export``) checks them; writing needs nothing but the standard library.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from graph.certainty import LEVELS, Judgement, certainty
from graph.designs import design_label
from graph.errors import ClaimspineError
from graph.evidence import EffectEstimate, Finding, GraphClaim, GroupValue, Iri, Study, Work
from graph.export.publishing import SOFTWARE, Publisher
from graph.export.selecting import Selection
from graph.naming import work_label
from graph.tracing import Trace, traces_in
from graph.wording import dose, estimate
from graph.wording import finding as in_words
from ontology.loader import DATA_BASE

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
_DOMAINS = {
    "risk-of-bias": ("RiskOfBias", "Risk of bias"),
    "inconsistency": ("Inconsistency", "Inconsistency"),
    "indirectness": ("Indirectness", "Indirectness"),
    "imprecision": ("Imprecision", "Imprecision"),
    "publication-bias": ("PublicationBias", "Publication bias"),
    "large-effect": ("LargeEffect", "Large effect"),
    "dose-response": ("DoseResponseGradient", "Dose response gradient"),
    "opposing-confounding": ("PlausibleConfounding", "Plausible confounding"),
}
_RELATIONS = {"supports": "supported-with", "refutes": "cites", "neutral": "cites"}

Resource = dict[str, Any]


def write(selection: Selection, by: Publisher) -> bytes:
    """The bundle as JSON.

    Raises:
        ClaimspineError: ``nothing-to-export``; ``fhir-invalid``: the checking library objects (a bug).
    """
    resources = [
        *(_citation(work, by) for work in selection.evidence.works.values()),
        *(_evidence(finding, selection, by) for finding in selection.evidence.findings.values()),
        *_assessments(selection, by),
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


def _head(kind: str, iri: Iri, title: str | None, by: Publisher) -> Resource:
    said: Resource = {"resourceType": kind, "id": resource_id(iri)}
    said["identifier"] = [{"system": "urn:ietf:rfc:3986", "value": iri}]
    if title:
        said["title"] = title
    if by.date:
        said["date"] = by.date
    return said


def _citation(work: Work, by: Publisher) -> Resource:
    said = _head("Citation", work.iri, work_label(work), by)
    said["status"] = "active"
    artifact: Resource = {}
    identifiers = [
        {"system": system, "value": value}
        for system, value in (
            ("https://doi.org", work.doi),
            ("https://pubmed.ncbi.nlm.nih.gov", work.pmid),
            ("https://www.ncbi.nlm.nih.gov/pmc", work.pmcid),
        )
        if value
    ]
    if identifiers:
        artifact["identifier"] = identifiers
    if work.standing in ("retracted", "corrected", "concern", "superseded"):
        artifact["currentState"] = [{"text": work.standing}]
    if work.title:
        artifact["title"] = [{"text": work.title}]
    if work.abstract:
        artifact["abstract"] = [{"text": work.abstract}]
    form: Resource = {}
    if work.journal:
        form["publishedIn"] = {"title": work.journal}
    pages = (work.pages or "").partition("-")
    fields = {
        "volume": work.volume,
        "issue": work.issue,
        "articleDate": work.published_online,
        "publicationDateText": None if work.year is None else str(work.year),
        "pageString": work.pages or work.article_number,
        "firstPage": pages[0] if pages[2] else None,
        "lastPage": pages[2] or None,
    }
    form |= {key: value for key, value in fields.items() if value}
    if form:
        artifact["publicationForm"] = [form]
    if work.url:
        artifact["webLocation"] = [{"url": work.url}]
    if work.authors:
        artifact["contributorship"] = {
            "entry": [
                {"contributor": {"display": name}, "rankingOrder": number}
                for number, name in enumerate(work.authors, 1)
            ]
        }
    if artifact:
        said["citedArtifact"] = artifact
    return said


def _evidence(finding: Finding, selection: Selection, by: Publisher) -> Resource:
    study = selection.evidence.studies.get(finding.study) if finding.study else None
    said = _head("Evidence", finding.iri, finding.label, by)
    said["status"] = "active"
    if finding.text or in_words(finding):
        said["assertion"] = finding.text or in_words(finding)
    if finding.quote:
        said["description"] = finding.quote
    if finding.work and finding.work in selection.evidence.works:
        said["citeAsReference"] = {"reference": f"Citation/{resource_id(finding.work)}"}
    if study is not None and study.design:
        said["studyDesign"] = [{"text": design_label(study.design)}]
    said["variableDefinition"] = _variables(finding, study, selection)
    statistics = _statistics(finding, study)
    if statistics:
        said["statistic"] = statistics
    if finding.certainty_level in LEVELS:
        said["certainty"] = [
            {
                "description": "as the source itself rates it",
                "type": _coded("certainty-type", "Overall", "Overall certainty"),
                "rating": _rating(finding.certainty_level),
            }
        ]
    if finding.method == "automatic":
        said["note"] = [{"text": "Read automatically, not reviewed by a person."}]
    return said


def _variables(finding: Finding, study: Study | None, selection: Selection) -> list[Resource]:
    exposure = selection.labels((*finding.exposure, *finding.co_intervention))
    if finding.dose:
        exposure += f" ({'; '.join(dose(one) for one in finding.dose)})"
    population = selection.labels(finding.population or (study.population if study else ()))
    note = study.population_note if study else None
    comparator = selection.labels(finding.comparator)
    outcome = selection.labels(finding.outcome)
    rows = [
        ("population", "Population", population or note or ""),
        ("exposure", "Exposure", exposure),
        ("referenceExposure", "Reference exposure", comparator or finding.comparator_note or ""),
        ("measuredVariable", "Measured variable", outcome or finding.outcome_note or ""),
    ]
    found = [
        {"description": text, "variableRole": _coded("variable-role", code, display)}
        for code, display, text in rows
        if text.strip()
    ]
    unknown = {"variableRole": _coded("variable-role", "measuredVariable", "Measured variable")}
    return found or [unknown | {"description": "not recorded"}]


def _statistics(finding: Finding, study: Study | None) -> list[Resource]:
    found = []
    if finding.effect is not None:
        found.append(_statistic(finding.effect, study))
    return found + [_group(one) for one in finding.groups]


def _statistic(effect: EffectEstimate, study: Study | None) -> Resource:
    said: Resource = {"description": estimate(effect), "statisticType": _measure(effect.measure)}
    if effect.value is not None:
        said["quantity"] = _quantity(effect.value, effect.unit)
    size: Resource = {}
    if study is not None and study.sample_size is not None:
        size["numberOfParticipants"] = study.sample_size
    if study is not None and study.included_studies is not None:
        size["numberOfStudies"] = study.included_studies
    if size:
        said["sampleSize"] = size
    estimates: list[Resource] = []
    if effect.low is not None or effect.high is not None:
        estimates.append(_interval(effect.low, effect.high, effect.level, effect.unit))
    if effect.p_value is not None:
        comparator = {"less-than": "<", "greater-than": ">"}.get(effect.p_bound or "")
        quantity: Resource = {"value": effect.p_value}
        if comparator:
            quantity["comparator"] = comparator
        estimates.append({"type": {"text": "p value"}, "quantity": quantity})
    if estimates:
        said["attributeEstimate"] = estimates
    return said


def _group(value: GroupValue) -> Resource:
    said: Resource = {"description": value.label, "statisticType": _measure(value.measure)}
    if value.value is not None:
        said["quantity"] = _quantity(value.value, value.unit)
    if value.size is not None:
        said["sampleSize"] = {"numberOfParticipants": value.size}
    if value.low is not None or value.high is not None:
        said["attributeEstimate"] = [_interval(value.low, value.high, value.level, value.unit)]
    return said


def _interval(low: Decimal | None, high: Decimal | None, level: Decimal | None, unit: str | None) -> Resource:
    said: Resource = {"type": {"text": "confidence interval"}}
    if level is not None:
        said["level"] = level / 100 if level > 1 else level
    ends = {"low": low, "high": high}
    said["range"] = {key: _quantity(value, unit) for key, value in ends.items() if value is not None}
    return said


def _assessments(selection: Selection, by: Publisher) -> list[Resource]:
    claims = selection.evidence.claims
    return [
        _assessment(claims[iri], followed, certainty(followed, iri), by)
        for iri, followed in zip(claims, traces_in(selection.evidence, claims), strict=True)
    ]


def _assessment(claim: GraphClaim, followed: Trace, judged: Judgement, by: Publisher) -> Resource:
    said = _head("ArtifactAssessment", claim.iri, claim.text, by)
    said["artifactUri"] = claim.iri
    rating: Resource = {
        "informationType": "rating",
        "type": _coded("certainty-type", "Overall", "Overall certainty"),
        "summary": "; ".join(judged.told) or "not judged",
    }
    if judged.level in LEVELS:
        rating["classifier"] = [_rating(judged.level)]
    if not judged.curated and judged.steps:
        rating["component"] = [
            {
                "informationType": "rating",
                "type": _coded("certainty-type", *_DOMAINS[step.domain]),
                "summary": step.reason,
            }
            for step in judged.steps
            if step.domain in _DOMAINS
        ]
    who = "a person's judgement" if judged.curated else f"worked out by {by.name or SOFTWARE}"
    rating["author"] = {"display": who}
    said["content"] = [rating, *_bearing(claim, followed)]
    return said


def _bearing(claim: GraphClaim, followed: Trace) -> list[Resource]:
    found = []
    for edge in followed.below(claim.iri):
        if edge.line is None:
            continue
        said: Resource = {
            "informationType": "classifier",
            "classifier": [{"text": edge.line.direction}],
            "relatedArtifact": [
                {
                    "type": _RELATIONS.get(edge.line.direction, "cites"),
                    "resourceReference": {"reference": f"Evidence/{resource_id(edge.target)}"},
                }
            ],
        }
        if edge.target in followed.withdrawn:
            said["classifier"].append({"text": "does not count: retracted"})
        how = ", ".join(part for part in (edge.line.strength, edge.line.directness) if part)
        said["summary"] = (
            "; ".join(part for part in (how, edge.line.rationale) if part) or edge.line.direction
        )
        found.append(said)
    return found


def _measure(measure: str) -> Resource:
    if measure in _STATISTICS:
        return _coded("statistic-type", *_STATISTICS[measure])
    return {"text": measure.replace("-", " ")}


def _rating(level: str) -> Resource:
    return _coded("certainty-rating", level, f"{level.replace('-', ' ')} quality".capitalize())


def _coded(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": _THO + system, "code": code, "display": display}], "text": display}


def _quantity(value: Decimal, unit: str | None) -> Resource:
    return {"value": value, "unit": unit} if unit else {"value": value}


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
