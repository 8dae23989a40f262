"""Nodes of the graph as the frozen values of ``graph.evidence``.

Each class has a table: field → key of the context, and how its values are read. What a node says is
gone through once, so that a field that nobody filled costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple

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
from graph.reading.nodes import Nodes, bare, first, last_part, natural, to_count, to_decimal
from ontology.terms import Class

Values = tuple[str, ...]
One = Callable[[Nodes, str], Any]


class Reading(NamedTuple):
    """How the values of a key are read: a single one by itself or with the nodes, and several."""

    several: Callable[[Nodes, Values], Any]
    one: One | None = None
    alone: Callable[[str], Any] | None = None


Reader = Callable[[Definition], Reading]


def _first(one: One) -> Reading:
    """Where sources differ, the first in order."""
    return Reading(lambda nodes, values: one(nodes, first(values)), one)


def _first_alone(one: Callable[[str], Any]) -> Reading:
    return Reading(lambda nodes, values: one(first(values)), alone=one)


def _each(one: One) -> Reading:
    """All values, in order."""
    return Reading(
        lambda nodes, values: tuple([one(nodes, value) for value in sorted(values, key=natural)]),
        lambda nodes, value: (one(nodes, value),),
    )


def _short(key: Definition) -> Callable[[str], str]:
    """A value of a scheme as its last part; there are few, so each is worked out once."""
    return lru_cache(1024)(partial(bare, scheme=key.scheme))


def _text(key: Definition) -> Reading:
    return Reading(lambda nodes, values: first(values))


def _texts(key: Definition) -> Reading:
    return Reading(lambda nodes, values: tuple(sorted(values, key=natural)), alone=lambda value: (value,))


def _term(key: Definition) -> Reading:
    return _first_alone(_short(key))


def _terms(key: Definition) -> Reading:
    short = _short(key)
    return _each(lambda nodes, value: short(value))


def _number(key: Definition) -> Reading:
    return _first_alone(to_decimal)


def _count(key: Definition) -> Reading:
    return _first_alone(to_count)


def _flag(key: Definition) -> Reading:
    return _first_alone({"true": True, "1": True, "false": False, "0": False}.get)


def _items(key: Definition) -> Reading:
    return Reading(Nodes.longest, Nodes.items)


def _parts(make: One) -> Reader:
    return lambda key: _each(make)


def _dose(nodes: Nodes, node: str) -> Dose:
    return Dose(**{"unit": "", **_said(nodes, node, _DOSE)})


def _unconfirmed(nodes: Nodes, node: str) -> UnconfirmedField:
    return UnconfirmedField(**{"field": "", "value": "", **_said(nodes, node, _UNCONFIRMED)})


def _effect(key: Definition) -> Reading:
    return _first(lambda nodes, node: _new_effect(**_estimated(nodes, node, _EFFECT)))


def _group(nodes: Nodes, node: str) -> GroupValue:
    return _new_group(**{"label": "", **_estimated(nodes, node, _GROUP)})


def _estimated(nodes: Nodes, node: str, table: Table) -> dict[str, Any]:
    return {"measure": "", **_same_digits(_said(nodes, node, table))}


def _quote(key: Definition) -> Reading:
    return _first(lambda nodes, node: nodes.one(node, "exact"))


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
        "unit": ("unit", _text),
        "low": ("low", _number),
        "high": ("high", _number),
        "role": ("doseRole", _term),
    }
)
_UNCONFIRMED = Table({"field": ("field", _text), "value": ("recordedValue", _text)})
_INTERVAL = Table(
    {
        "measure": ("measure", _term),
        "value": ("value", _number),
        "low": ("low", _number),
        "high": ("high", _number),
        "level": ("level", _number),
        "unit": ("unit", _text),
    }
)
_EFFECT = Table(
    {
        **_INTERVAL.fields,
        "adjusted": ("adjusted", _flag),
        "p_value": ("pValue", _number),
        "p_bound": ("pBound", _term),
        "better": ("better", _term),
    }
)
_GROUP = Table({**_INTERVAL.fields, "label": ("label", _text), "size": ("groupSize", _count)})
_WORK = Table(
    {
        "title": ("title", _text),
        "authors": ("authors", _items),
        "year": ("year", _count),
        "journal": ("journal", _text),
        "volume": ("volume", _text),
        "issue": ("issue", _text),
        "pages": ("pages", _text),
        "article_number": ("articleNumber", _text),
        "doi": ("doi", _text),
        "pmid": ("pmid", _text),
        "isbn": ("isbn", _text),
        "url": ("url", _text),
        "work_type": ("workType", _term),
        "standing": ("standing", _term),
        "replaced_by": ("replacedBy", _text),
        "abstract": ("abstract", _text),
        "published_online": ("publishedOnline", _text),
        "unconfirmed": ("unconfirmed", _parts(_unconfirmed)),
        "reports": ("reports", _texts),
        "pmcid": ("pmcid", _text),
        "language": ("language", _text),
    }
)
_STUDY = Table(
    {
        "label": ("label", _text),
        "design": ("design", _term),
        "design_note": ("designNote", _text),
        "species": ("species", _texts),
        "population": ("population", _texts),
        "population_note": ("populationNote", _text),
        "sample_size": ("sampleSize", _count),
        "included_studies": ("includedStudies", _count),
        "included_designs": ("includedDesign", _terms),
        "includes": ("includes", _texts),
        "registration": ("registration", _texts),
        "cohort": ("cohort", _text),
        "country": ("country", _texts),
        "follow_up": ("followUp", _text),
        "follow_up_days": ("followUpDays", _number),
        "risk_of_bias": ("riskOfBias", _term),
        "limitations": ("limitation", _texts),
        "laboratory": ("laboratory", _text),
    }
)
_ABOUT = Table(
    {
        "exposure": ("exposure", _texts),
        "co_intervention": ("coIntervention", _texts),
        "comparator": ("comparator", _texts),
        "outcome": ("outcome", _texts),
        "population": ("population", _texts),
        "dose": ("dose", _parts(_dose)),
        "effect_direction": ("effectDirection", _term),
        "certainty_level": ("certaintyLevel", _term),
        "text": ("text", _text),
    }
)
_FINDING = Table(
    {
        **_ABOUT.fields,
        "label": ("label", _text),
        "work": ("reportedIn", _text),
        "study": ("study", _text),
        "comparator_note": ("comparatorNote", _text),
        "comparator_dose": ("comparatorDose", _parts(_dose)),
        "outcome_note": ("outcomeNote", _text),
        "effect": ("effect", _effect),
        "groups": ("groups", _parts(_group)),
        "time_point_days": ("timePointDays", _number),
        "time_point_note": ("timePointNote", _text),
        "quote_role": ("quoteRole", _term),
        "obtained_by": ("obtainedBy", _term),
        "method": ("method", _term),
        "quote": ("span", _quote),
    }
)
_CLAIM = Table(
    {
        **_ABOUT.fields,
        "causal_strength": ("causalStrength", _term),
        "audience": ("audience", _term),
        "based_on": ("basedOn", _texts),
        "explained_by": ("explainedBy", _texts),
        "certainty_reasons": ("reasons", _items),
    }
)
_LINE = Table(
    {
        "finding": ("finding", _text),
        "direction": ("direction", _term),
        "strength": ("strength", _term),
        "directness": ("directness", _term),
        "method": ("method", _term),
        "reviewed_by": ("reviewedBy", _text),
        "reviewed_on": ("reviewedOn", _text),
        "rationale": ("rationale", _text),
    }
)
_STEP = Table(
    {
        "label": ("label", _text),
        "cause": ("cause", _texts),
        "effect": ("stepEffect", _texts),
        "species": ("species", _texts),
    }
)
_MECHANISM = Table({"exposure": ("exposure", _texts), "outcome": ("outcome", _texts)})


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
