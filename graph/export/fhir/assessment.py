"""A claim as a FHIR ArtifactAssessment: how certain it is, and what bears on it."""

from __future__ import annotations

from graph.certainty import LEVELS, Judgement, certainty
from graph.evidence import GraphClaim
from graph.export.fhir.coded import (
    Resource,
    coded,
    coded_rating,
    head,
    resource_id,
)
from graph.export.publishing import SOFTWARE, Publisher
from graph.export.selecting import Selection
from graph.tracing import Trace, traces_in

__all__ = ["assessments_of"]


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


def assessments_of(selection: Selection, by: Publisher) -> list[Resource]:
    """An ArtifactAssessment for each claim of the selection, in its order."""
    claims = selection.evidence.claims
    return [
        _assessment(claims[iri], followed, certainty(followed, iri), by)
        for iri, followed in zip(claims, traces_in(selection.evidence, claims), strict=True)
    ]


def _assessment(claim: GraphClaim, followed: Trace, judged: Judgement, by: Publisher) -> Resource:
    said = head("ArtifactAssessment", claim.iri, claim.text, by)
    said["artifactUri"] = claim.iri
    rating: Resource = {
        "informationType": "rating",
        "type": coded("certainty-type", "Overall", "Overall certainty"),
        "summary": "; ".join(judged.told) or "not judged",
    }
    if judged.level in LEVELS:
        rating["classifier"] = [coded_rating(judged.level)]
    if not judged.curated and judged.steps:
        rating["component"] = [
            {
                "informationType": "rating",
                "type": coded("certainty-type", *_DOMAINS[step.domain]),
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
