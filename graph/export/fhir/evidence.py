"""A finding as a FHIR Evidence: what was varied and measured in whom, and its statistics."""

from __future__ import annotations

from graph.certainty import LEVELS
from graph.designs import design_label
from graph.evidence import EffectEstimate, Finding, GroupValue, Study
from graph.export.fhir.coded import (
    Resource,
    coded,
    coded_measure,
    coded_quantity,
    coded_rating,
    head,
    interval,
    resource_id,
)
from graph.export.publishing import Publisher
from graph.export.selecting import Selection
from graph.wording import dose, estimate
from graph.wording import finding as in_words

__all__ = ["evidence_of"]


def evidence_of(finding: Finding, selection: Selection, by: Publisher) -> Resource:
    """The Evidence of a finding; its paper is referred to where the selection has it."""
    study = selection.evidence.studies.get(finding.study) if finding.study else None
    said = head("Evidence", finding.iri, finding.label, by)
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
                "type": coded("certainty-type", "Overall", "Overall certainty"),
                "rating": coded_rating(finding.certainty_level),
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
        {"description": text, "variableRole": coded("variable-role", code, display)}
        for code, display, text in rows
        if text.strip()
    ]
    unknown = {"variableRole": coded("variable-role", "measuredVariable", "Measured variable")}
    return found or [unknown | {"description": "not recorded"}]


def _statistics(finding: Finding, study: Study | None) -> list[Resource]:
    found = []
    if finding.effect is not None:
        found.append(_statistic(finding.effect, study))
    return found + [_group(one) for one in finding.groups]


def _statistic(effect: EffectEstimate, study: Study | None) -> Resource:
    said: Resource = {"description": estimate(effect), "statisticType": coded_measure(effect.measure)}
    if effect.value is not None:
        said["quantity"] = coded_quantity(effect.value, effect.unit)
    size: Resource = {}
    if study is not None and study.sample_size is not None:
        size["numberOfParticipants"] = study.sample_size
    if study is not None and study.included_studies is not None:
        size["numberOfStudies"] = study.included_studies
    if size:
        said["sampleSize"] = size
    estimates: list[Resource] = []
    if effect.low is not None or effect.high is not None:
        estimates.append(interval(effect.low, effect.high, effect.level, effect.unit))
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
    said: Resource = {"description": value.label, "statisticType": coded_measure(value.measure)}
    if value.value is not None:
        said["quantity"] = coded_quantity(value.value, value.unit)
    if value.size is not None:
        said["sampleSize"] = {"numberOfParticipants": value.size}
    if value.low is not None or value.high is not None:
        said["attributeEstimate"] = [interval(value.low, value.high, value.level, value.unit)]
    return said
