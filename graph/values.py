"""Nodes of the graph as the frozen values of ``graph.evidence``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from graph.evidence import (
    CertaintyAdjustment,
    Doi,
    Dose,
    EffectEstimate,
    EvidenceLine,
    Finding,
    GraphClaim,
    GroupValue,
    Iri,
    Mechanism,
    MechanismStep,
    Pmid,
    Study,
    UnconfirmedField,
    Work,
)
from graph.jsonld import namespace
from graph.nodes import Nodes, last_part


def work_of(nodes: Nodes, node: str) -> Work:
    """The bibliographic record at a node."""
    year = nodes.count(node, "year")
    doi, pmid = nodes.one(node, "doi"), nodes.one(node, "pmid")
    return Work(
        Iri(node),
        title=nodes.one(node, "title"),
        authors=nodes.ordered(node, "authors"),
        year=year,
        journal=nodes.one(node, "journal"),
        volume=nodes.one(node, "volume"),
        issue=nodes.one(node, "issue"),
        pages=nodes.one(node, "pages"),
        article_number=nodes.one(node, "articleNumber"),
        doi=None if doi is None else Doi(doi),
        pmid=None if pmid is None else Pmid(pmid),
        isbn=nodes.one(node, "isbn"),
        url=nodes.one(node, "url"),
        work_type=nodes.term(node, "workType"),
        standing=nodes.term(node, "standing"),
        replaced_by=nodes.iri(node, "replacedBy"),
        abstract=nodes.one(node, "abstract"),
        published_online=nodes.one(node, "publishedOnline"),
        unconfirmed=tuple(
            UnconfirmedField(nodes.one(part, "field") or "", nodes.one(part, "recordedValue") or "")
            for part in nodes.all(node, "unconfirmed")
        ),
        reports=nodes.iris(node, "reports"),
        pmcid=nodes.one(node, "pmcid"),
        language=nodes.one(node, "language"),
    )


def study_of(nodes: Nodes, node: str) -> Study:
    """The study at a node."""
    return Study(
        Iri(node),
        label=nodes.one(node, "label"),
        design=nodes.term(node, "design"),
        design_note=nodes.one(node, "designNote"),
        species=nodes.iris(node, "species"),
        population=nodes.iris(node, "population"),
        population_note=nodes.one(node, "populationNote"),
        sample_size=nodes.count(node, "sampleSize"),
        included_studies=nodes.count(node, "includedStudies"),
        includes=nodes.iris(node, "includes"),
        registration=tuple(nodes.all(node, "registration")),
        cohort=nodes.iri(node, "cohort"),
        country=tuple(nodes.all(node, "country")),
        follow_up=nodes.one(node, "followUp"),
        follow_up_days=nodes.number(node, "followUpDays"),
        risk_of_bias=nodes.term(node, "riskOfBias"),
        limitations=tuple(nodes.all(node, "limitation")),
        laboratory=nodes.iri(node, "laboratory"),
    )


def finding_of(nodes: Nodes, node: str) -> Finding:
    """The finding at a node, with its doses, effect and groups."""
    effect, span, certainty = (nodes.one(node, key) for key in ("effect", "span", "certainty"))
    return Finding(
        Iri(node),
        label=nodes.one(node, "label"),
        work=nodes.iri(node, "reportedIn"),
        study=nodes.iri(node, "study"),
        exposure=nodes.iris(node, "exposure"),
        co_intervention=nodes.iris(node, "coIntervention"),
        comparator=nodes.iris(node, "comparator"),
        comparator_note=nodes.one(node, "comparatorNote"),
        comparator_dose=_doses(nodes, node, "comparatorDose"),
        outcome=nodes.iris(node, "outcome"),
        outcome_note=nodes.one(node, "outcomeNote"),
        population=nodes.iris(node, "population"),
        dose=_doses(nodes, node, "dose"),
        effect_direction=nodes.term(node, "effectDirection"),
        effect=None if effect is None else _effect(nodes, effect),
        groups=tuple(_group(nodes, part) for part in nodes.all(node, "groups")),
        time_point_days=nodes.number(node, "timePointDays"),
        time_point_note=nodes.one(node, "timePointNote"),
        quote_role=nodes.term(node, "quoteRole"),
        obtained_by=nodes.term(node, "obtainedBy"),
        method=nodes.term(node, "method"),
        certainty_level=nodes.term(node, "certaintyLevel") or nodes.term(certainty or "", "certaintyLevel"),
        quote=None if span is None else nodes.one(span, "exact"),
        text=nodes.one(node, "text"),
    )


def _doses(nodes: Nodes, node: str, key: str) -> tuple[Dose, ...]:
    return tuple(
        Dose(
            unit=nodes.one(part, "unit") or "",
            low=nodes.number(part, "low"),
            high=nodes.number(part, "high"),
            role=nodes.term(part, "doseRole"),
        )
        for part in nodes.all(node, key)
    )


def _effect(nodes: Nodes, node: str) -> EffectEstimate:
    value, low, high = _same_digits(*(nodes.number(node, key) for key in ("value", "low", "high")))
    return EffectEstimate(
        measure=nodes.term(node, "measure") or "",
        value=value,
        low=low,
        high=high,
        level=nodes.number(node, "level"),
        unit=nodes.one(node, "unit"),
        adjusted=nodes.flag(node, "adjusted"),
        p_value=nodes.number(node, "pValue"),
        p_bound=nodes.term(node, "pBound"),
        better=nodes.term(node, "better"),
    )


def _group(nodes: Nodes, node: str) -> GroupValue:
    value, low, high = _same_digits(*(nodes.number(node, key) for key in ("value", "low", "high")))
    return GroupValue(
        label=nodes.one(node, "label") or "",
        measure=nodes.term(node, "measure") or "",
        value=value,
        low=low,
        high=high,
        level=nodes.number(node, "level"),
        unit=nodes.one(node, "unit"),
        size=nodes.count(node, "groupSize"),
    )


def _same_digits(*numbers: Decimal | None) -> tuple[Decimal | None, ...]:
    """An estimate and its interval with as many decimals as the longest of them.

    A store keeps 0.60 as 0.6; a paper prints an estimate and its interval alike.
    """
    places = [-int(n.as_tuple().exponent) for n in numbers if n is not None]
    step = Decimal(1).scaleb(-max([0, *places]))
    return tuple(n if n is None or max(places) > 20 else n.quantize(step) for n in numbers)


def claim_of(nodes: Nodes, node: str) -> GraphClaim:
    """The claim or recommendation at a node."""
    certainty = nodes.one(node, "certainty") or ""
    return GraphClaim(
        Iri(node),
        text=nodes.one(node, "text") or nodes.one(node, "label") or "",
        kind="recommendation" if nodes.is_a(node, namespace() + "Recommendation") else "claim",
        exposure=nodes.iris(node, "exposure"),
        co_intervention=nodes.iris(node, "coIntervention"),
        comparator=nodes.iris(node, "comparator"),
        outcome=nodes.iris(node, "outcome"),
        population=nodes.iris(node, "population"),
        dose=_doses(nodes, node, "dose"),
        effect_direction=nodes.term(node, "effectDirection"),
        causal_strength=nodes.term(node, "causalStrength"),
        audience=nodes.term(node, "audience"),
        based_on=nodes.iris(node, "basedOn"),
        explained_by=nodes.iris(node, "explainedBy"),
        certainty_level=nodes.term(node, "certaintyLevel") or nodes.term(certainty, "certaintyLevel"),
        certainty_reasons=nodes.ordered(node, "reasons") or nodes.ordered(certainty, "reasons"),
        certainty_adjustments=_adjustments(nodes, certainty),
    )


def _adjustments(nodes: Nodes, certainty: str) -> tuple[CertaintyAdjustment, ...]:
    found = []
    for one in nodes.all(certainty, "adjustments"):
        domain, levels = nodes.term(one, "gradeDomain"), nodes.count(one, "levels")
        if domain is not None and levels is not None:
            found.append(CertaintyAdjustment(domain, levels, nodes.one(one, "rationale")))
    return tuple(sorted(found, key=lambda one: (one.domain, one.levels, one.rationale or "")))


def mechanism_of(nodes: Nodes, node: str) -> Mechanism:
    """The mechanism at a node, with its steps in order."""
    return Mechanism(
        Iri(node),
        label=nodes.one(node, "label") or nodes.one(node, "text") or last_part(node).replace("-", " "),
        exposure=nodes.iris(node, "exposure"),
        outcome=nodes.iris(node, "outcome"),
        steps=tuple(step_of(nodes, step) for step in nodes.ordered(node, "steps")),
    )


def step_of(nodes: Nodes, node: str) -> MechanismStep:
    """The step of a mechanism at a node."""
    return MechanismStep(
        Iri(node),
        label=nodes.one(node, "label") or nodes.one(node, "text") or last_part(node).replace("-", " "),
        cause=nodes.iris(node, "cause"),
        effect=nodes.iris(node, "stepEffect"),
        species=nodes.iris(node, "species"),
    )


def lines_of(nodes: Nodes, node: str) -> Iterable[EvidenceLine]:
    """One value for each claim that a line bears on; a line without a finding or direction says nothing."""
    finding, direction = nodes.iri(node, "finding"), nodes.term(node, "direction")
    if finding is None or direction is None:
        return
    for target in nodes.iris(node, "bearsOn"):
        yield EvidenceLine(
            Iri(node),
            bears_on=target,
            finding=finding,
            direction=direction,
            strength=nodes.term(node, "strength"),
            directness=nodes.term(node, "directness"),
            method=nodes.term(node, "method"),
            reviewed_by=nodes.one(node, "reviewedBy"),
            reviewed_on=nodes.one(node, "reviewedOn"),
            rationale=nodes.one(node, "rationale"),
        )


def with_study(works: dict[Iri, Work], findings: dict[Iri, Finding]) -> dict[Iri, Finding]:
    """A finding that names no study belongs to its work's study, when the work reports just one."""
    found = {}
    for iri, finding in findings.items():
        work = works.get(finding.work) if finding.work else None
        if finding.study is None and work is not None and len(work.reports) == 1:
            finding = replace(finding, study=work.reports[0])
        found[iri] = finding
    return found
