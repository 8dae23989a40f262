"""Nodes of the graph as the frozen values of ``graph.evidence``.

Each class has a table: field → key of the context, and how its values are read. What a node says is
gone through once, so that a field that nobody filled costs nothing.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from graph.evidence import (
    CertaintyAdjustment,
    Dose,
    EffectEstimate,
    EvidenceLine,
    Finding,
    GraphClaim,
    GroupValue,
    Iri,
    Mechanism,
    MechanismStep,
    Study,
    UnconfirmedField,
    Work,
)
from graph.jsonld import Definition, definitions
from graph.reading.making import quickly
from graph.reading.nodes import Nodes, last_part
from graph.reading.readings import (
    Reader,
    Reading,
    as_count,
    as_flag,
    as_items,
    as_number,
    as_parts,
    as_term,
    as_terms,
    as_text,
    as_texts,
    first_one,
)
from ontology.terms import Class


def _dose(nodes: Nodes, node: str) -> Dose:
    return Dose(**{"unit": "", **_said(nodes, node, _DOSE)})


def _unconfirmed(nodes: Nodes, node: str) -> UnconfirmedField:
    return UnconfirmedField(**{"field": "", "value": "", **_said(nodes, node, _UNCONFIRMED)})


def _effect(key: Definition) -> Reading:
    return first_one(lambda nodes, node: _new_effect(**_estimated(nodes, node, _EFFECT)))


def _group(nodes: Nodes, node: str) -> GroupValue:
    return _new_group(**{"label": "", **_estimated(nodes, node, _GROUP)})


def _estimated(nodes: Nodes, node: str, table: Table) -> dict[str, Any]:
    return {"measure": "", **_same_digits(_said(nodes, node, table))}


def _quote(key: Definition) -> Reading:
    return first_one(lambda nodes, node: nodes.one(node, "exact"))


class Table:
    """Fields of a value: each with its key of the context, and how the values of the key are read."""

    def __init__(self, fields: dict[str, tuple[str, Reader]]) -> None:
        """Keep them; the context is only read when the first value is made."""
        self.fields = fields

    @cached_property
    def by_property(self) -> dict[str, tuple[str, Reading]]:
        """The same by property: the field, and how its values are read."""
        known = {field: (definitions()[key], reader) for field, (key, reader) in self.fields.items()}
        return {key.iri: (field, reader(key)) for field, (key, reader) in known.items()}


_DOSE = Table(
    {
        "unit": ("unit", as_text),
        "low": ("low", as_number),
        "high": ("high", as_number),
        "role": ("doseRole", as_term),
    }
)
_UNCONFIRMED = Table({"field": ("field", as_text), "value": ("recordedValue", as_text)})
_INTERVAL = Table(
    {
        "measure": ("measure", as_term),
        "value": ("value", as_number),
        "low": ("low", as_number),
        "high": ("high", as_number),
        "level": ("level", as_number),
        "unit": ("unit", as_text),
    }
)
_EFFECT = Table(
    {
        **_INTERVAL.fields,
        "adjusted": ("adjusted", as_flag),
        "p_value": ("pValue", as_number),
        "p_bound": ("pBound", as_term),
        "better": ("better", as_term),
    }
)
_GROUP = Table({**_INTERVAL.fields, "label": ("label", as_text), "size": ("groupSize", as_count)})
_WORK = Table(
    {
        "title": ("title", as_text),
        "authors": ("authors", as_items),
        "year": ("year", as_count),
        "journal": ("journal", as_text),
        "volume": ("volume", as_text),
        "issue": ("issue", as_text),
        "pages": ("pages", as_text),
        "article_number": ("articleNumber", as_text),
        "doi": ("doi", as_text),
        "pmid": ("pmid", as_text),
        "isbn": ("isbn", as_text),
        "url": ("url", as_text),
        "work_type": ("workType", as_term),
        "standing": ("standing", as_term),
        "replaced_by": ("replacedBy", as_text),
        "abstract": ("abstract", as_text),
        "published_online": ("publishedOnline", as_text),
        "unconfirmed": ("unconfirmed", as_parts(_unconfirmed)),
        "reports": ("reports", as_texts),
        "pmcid": ("pmcid", as_text),
        "language": ("language", as_text),
    }
)
_STUDY = Table(
    {
        "label": ("label", as_text),
        "design": ("design", as_term),
        "design_note": ("designNote", as_text),
        "species": ("species", as_texts),
        "population": ("population", as_texts),
        "population_note": ("populationNote", as_text),
        "sample_size": ("sampleSize", as_count),
        "included_studies": ("includedStudies", as_count),
        "included_designs": ("includedDesign", as_terms),
        "includes": ("includes", as_texts),
        "registration": ("registration", as_texts),
        "cohort": ("cohort", as_text),
        "country": ("country", as_texts),
        "follow_up": ("followUp", as_text),
        "follow_up_days": ("followUpDays", as_number),
        "risk_of_bias": ("riskOfBias", as_term),
        "limitations": ("limitation", as_texts),
        "laboratory": ("laboratory", as_text),
    }
)
_ABOUT = Table(
    {
        "exposure": ("exposure", as_texts),
        "co_intervention": ("coIntervention", as_texts),
        "comparator": ("comparator", as_texts),
        "outcome": ("outcome", as_texts),
        "population": ("population", as_texts),
        "dose": ("dose", as_parts(_dose)),
        "effect_direction": ("effectDirection", as_term),
        "certainty_level": ("certaintyLevel", as_term),
        "text": ("text", as_text),
    }
)
_FINDING = Table(
    {
        **_ABOUT.fields,
        "label": ("label", as_text),
        "work": ("reportedIn", as_text),
        "study": ("study", as_text),
        "comparator_note": ("comparatorNote", as_text),
        "comparator_dose": ("comparatorDose", as_parts(_dose)),
        "outcome_note": ("outcomeNote", as_text),
        "effect": ("effect", _effect),
        "groups": ("groups", as_parts(_group)),
        "time_point_days": ("timePointDays", as_number),
        "time_point_note": ("timePointNote", as_text),
        "quote_role": ("quoteRole", as_term),
        "obtained_by": ("obtainedBy", as_term),
        "method": ("method", as_term),
        "quote": ("span", _quote),
    }
)
_CLAIM = Table(
    {
        **_ABOUT.fields,
        "causal_strength": ("causalStrength", as_term),
        "audience": ("audience", as_term),
        "based_on": ("basedOn", as_texts),
        "explained_by": ("explainedBy", as_texts),
        "certainty_reasons": ("reasons", as_items),
    }
)
_LINE = Table(
    {
        "finding": ("finding", as_text),
        "direction": ("direction", as_term),
        "strength": ("strength", as_term),
        "directness": ("directness", as_term),
        "method": ("method", as_term),
        "reviewed_by": ("reviewedBy", as_text),
        "reviewed_on": ("reviewedOn", as_text),
        "rationale": ("rationale", as_text),
    }
)
_STEP = Table(
    {
        "label": ("label", as_text),
        "cause": ("cause", as_texts),
        "effect": ("stepEffect", as_texts),
        "species": ("species", as_texts),
    }
)
_MECHANISM = Table({"exposure": ("exposure", as_texts), "outcome": ("outcome", as_texts)})


_new_work, _new_study, _new_finding = quickly(Work), quickly(Study), quickly(Finding)
_new_effect, _new_group = quickly(EffectEstimate), quickly(GroupValue)
_new_claim, _new_line = quickly(GraphClaim), quickly(EvidenceLine)


def _said(nodes: Nodes, node: str, table: Table) -> dict[str, Any]:
    """What a node says, under the names of a table's fields."""
    known, found = table.by_property.get, dict[str, Any]()
    for prop, values in nodes.said(node).items():
        field = known(prop)
        if field is not None:
            name, (several, one, alone) = field
            if len(values) > 1:
                found[name] = several(nodes, values)
            elif alone is not None:
                found[name] = alone(values[0])
            else:
                found[name] = values[0] if one is None else one(nodes, values[0])
    return found


def work_of(nodes: Nodes, node: str) -> Work:
    """The bibliographic record at a node."""
    return _new_work(Iri(node), **_said(nodes, node, _WORK))


def study_of(nodes: Nodes, node: str) -> Study:
    """The study at a node."""
    return _new_study(Iri(node), **_said(nodes, node, _STUDY))


def finding_of(nodes: Nodes, node: str) -> Finding:
    """The finding at a node, with its doses, effect and groups."""
    said = _said(nodes, node, _FINDING)
    certainty = nodes.one(node, "certainty")
    if certainty is not None and not said.get("certainty_level"):
        said["certainty_level"] = nodes.term(certainty, "certaintyLevel")
    return _new_finding(Iri(node), **said)


def _same_digits(said: dict[str, Any]) -> dict[str, Any]:
    """An estimate and its interval with as many decimals as the longest of them.

    A store keeps 0.60 as 0.6; a paper prints an estimate and its interval alike.
    """
    numbers = {name: said[name] for name in ("value", "low", "high") if said.get(name) is not None}
    first, *others = numbers.values() or (Decimal(),)
    if not all(map(first.same_quantum, others)):
        most = max(-int(number.as_tuple().exponent) for number in numbers.values())
        if 0 < most <= 20:
            step = Decimal(1).scaleb(-most)
            said |= {name: number.quantize(step) for name, number in numbers.items()}
    return said


def claim_of(nodes: Nodes, node: str) -> GraphClaim:
    """The claim or recommendation at a node."""
    said = _said(nodes, node, _CLAIM)
    said["text"] = said.get("text") or nodes.one(node, "label") or ""
    certainty = nodes.one(node, "certainty")
    if certainty is not None:
        said["certainty_level"] = said.get("certainty_level") or nodes.term(certainty, "certaintyLevel")
        said["certainty_reasons"] = said.get("certainty_reasons") or nodes.ordered(certainty, "reasons")
        said["certainty_adjustments"] = _adjustments(nodes, certainty)
    kind = "recommendation" if nodes.is_a(node, Class.RECOMMENDATION) else "claim"
    return _new_claim(Iri(node), kind=kind, **said)


def _adjustments(nodes: Nodes, certainty: str) -> tuple[CertaintyAdjustment, ...]:
    found = []
    for one in nodes.all(certainty, "adjustments"):
        domain, levels = nodes.term(one, "gradeDomain"), nodes.count(one, "levels")
        if domain is not None and levels is not None:
            found.append(CertaintyAdjustment(domain, levels, nodes.one(one, "rationale")))
    return tuple(sorted(found, key=lambda one: (one.domain, one.levels, one.rationale or "")))


def mechanism_of(nodes: Nodes, node: str) -> Mechanism:
    """The mechanism at a node, with its steps in order."""
    steps = tuple(step_of(nodes, step) for step in nodes.ordered(node, "steps"))
    return Mechanism(Iri(node), label=_label(nodes, node), steps=steps, **_said(nodes, node, _MECHANISM))


def step_of(nodes: Nodes, node: str) -> MechanismStep:
    """The step of a mechanism at a node."""
    return MechanismStep(Iri(node), **{**_said(nodes, node, _STEP), "label": _label(nodes, node)})


def _label(nodes: Nodes, node: str) -> str:
    return nodes.one(node, "label") or nodes.one(node, "text") or last_part(node).replace("-", " ")


def lines_of(nodes: Nodes, node: str) -> tuple[EvidenceLine, ...]:
    """One value for each claim that a line bears on; a line without a finding or direction says nothing."""
    said = _said(nodes, node, _LINE)
    if said.get("finding") is None or said.get("direction") is None:
        return ()
    return tuple([_new_line(Iri(node), bears_on=target, **said) for target in nodes.iris(node, "bearsOn")])


def with_study(works: dict[Iri, Work], findings: dict[Iri, Finding]) -> dict[Iri, Finding]:
    """A finding that names no study belongs to its work's study, when the work reports just one."""
    found = {}
    for iri, finding in findings.items():
        work = works.get(finding.work) if finding.work else None
        if finding.study is None and work is not None and len(work.reports) == 1:
            finding = replace(finding, study=work.reports[0])
        found[iri] = finding
    return found
