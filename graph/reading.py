"""The evidence of a store as frozen values: few queries, put together here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from graph.evidence import (
    Concept,
    Doi,
    Dose,
    EffectEstimate,
    Evidence,
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
from graph.jsonld import definitions, namespace
from graph.nodes import Nodes, last_part
from graph.sparql import stored
from graph.store import Store, open_store
from graph.validation import shipped_concepts

_LABELS = ("prefLabel", "altLabel", "hiddenLabel")


def read_evidence(store: Store) -> Evidence:
    """Everything that a checker may look at, sorted by IRI, with the shipped vocabulary merged in.

    A concept of the store replaces the shipped one with the same IRI. Two records of one paper (the
    same DOI or PubMed id in two sources) become one: the curated record, with what it leaves open
    filled from the other.

    >>> from graph.store import open_store
    >>> read_evidence(open_store("memory")).works
    {}
    """
    nodes = Nodes.of(store, "entities", "parts")
    kind = namespace()
    works = {Iri(node): _work(nodes, node) for node in nodes.of_class(kind + "Work")}
    studies = {Iri(node): _study(nodes, node) for node in nodes.of_class(kind + "Study")}
    findings = {Iri(node): _finding(nodes, node) for node in nodes.of_class(kind + "Finding")}
    works, findings = _one_record_each(works, findings)
    findings = _with_study(works, findings)
    claims = {
        Iri(node): _claim(nodes, node)
        for node in nodes.of_class(kind + "Claim", kind + "Recommendation")
        if not nodes.is_a(node, kind + "MechanismStep")
    }
    mechanisms = {Iri(node): _mechanism(nodes, node) for node in nodes.of_class(kind + "Mechanism")}
    lines = tuple(line for node in nodes.of_class(kind + "EvidenceLine") for line in _lines(nodes, node))
    return Evidence(read_concepts(store), works, studies, findings, claims, mechanisms, lines)


def read_concepts(store: Store) -> dict[Iri, Concept]:
    """The concepts of a store over the shipped ones, by IRI."""
    found = {**shipped(), **_concepts(store)}
    return {iri: found[iri] for iri in sorted(found)}


@cache
def shipped() -> dict[Iri, Concept]:
    """The concepts that come with the ontology. Not to be changed by callers."""
    with open_store("memory") as store:
        store.bulk_load("urn:shipped", shipped_concepts())
        return _concepts(store)


def _concepts(store: Store) -> dict[Iri, Concept]:
    iris = {definitions()[key].iri: key for key in _LABELS}
    labels: dict[str, dict[str, list[tuple[bool, str]]]] = {}
    nodes = Nodes()
    plain: list[tuple[str | None, ...]] = []
    for subject, prop, value, language in store.rows(stored("concepts")):
        key = iris.get(prop or "")
        if key is None:
            plain.append((subject, prop, value))
        elif value is not None:
            english = (language or "en").partition("-")[0].lower() == "en"
            labels.setdefault(subject or "", {}).setdefault(key, []).append((not english, value))
    nodes.add(plain)
    found = {}
    for subject in {row[0] for row in plain if row[0]}:
        names = {key: sorted(set(values)) for key, values in labels.get(subject, {}).items()}
        preferred = names.get("prefLabel", [])
        label = preferred[0][1] if preferred else last_part(subject).replace("-", " ")
        others = [text for key in _LABELS for _, text in names.get(key, ()) if text != label]
        found[Iri(subject)] = Concept(
            Iri(subject),
            label,
            roles=nodes.terms(subject, "conceptRole"),
            synonyms=tuple(dict.fromkeys(others)),
            broader=nodes.iris(subject, "broader"),
            valence=nodes.term(subject, "valence"),
            surrogate_for=nodes.iris(subject, "surrogateFor"),
        )
    return found


def _work(nodes: Nodes, node: str) -> Work:
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


def _study(nodes: Nodes, node: str) -> Study:
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
    )


def _finding(nodes: Nodes, node: str) -> Finding:
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


def _claim(nodes: Nodes, node: str) -> GraphClaim:
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
    )


def _mechanism(nodes: Nodes, node: str) -> Mechanism:
    return Mechanism(
        Iri(node),
        label=nodes.one(node, "label") or nodes.one(node, "text") or last_part(node).replace("-", " "),
        exposure=nodes.iris(node, "exposure"),
        outcome=nodes.iris(node, "outcome"),
        steps=tuple(
            MechanismStep(
                Iri(step),
                label=nodes.one(step, "label")
                or nodes.one(step, "text")
                or last_part(step).replace("-", " "),
                cause=nodes.iris(step, "cause"),
                effect=nodes.iris(step, "stepEffect"),
                species=nodes.iris(step, "species"),
            )
            for step in nodes.ordered(node, "steps")
        ),
    )


def _lines(nodes: Nodes, node: str) -> Iterable[EvidenceLine]:
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


def _one_record_each(
    works: dict[Iri, Work], findings: dict[Iri, Finding]
) -> tuple[dict[Iri, Work], dict[Iri, Finding]]:
    """Merge records with the same DOI or PubMed id; a record that findings hang on comes first."""
    used = {found.work for found in findings.values()}
    best: dict[str, Iri] = {}
    same: dict[Iri, Iri] = {}
    ranked = sorted(works.values(), key=lambda w: (w.iri not in used and not w.reports, w.iri))
    merged: dict[Iri, Work] = {}
    for work in ranked:
        keys = [f"doi:{work.doi.lower()}" if work.doi else "", f"pmid:{work.pmid}" if work.pmid else ""]
        kept = next((best[key] for key in keys if key in best), None)
        if kept is not None and _conflict(merged[kept], work):
            kept = None
        if kept is None:
            merged[work.iri] = work
        else:
            same[work.iri] = kept
            merged[kept] = _filled(merged[kept], work)
        for key in filter(None, keys):
            best.setdefault(key, kept or work.iri)
    if not same:
        return works, findings
    findings = {iri: replace(f, work=same[f.work]) if f.work in same else f for iri, f in findings.items()}
    return {iri: merged[iri] for iri in sorted(merged)}, findings


def _conflict(one: Work, other: Work) -> bool:
    """Whether two records share one identifier and differ in the other: then they stay apart."""
    return bool(
        (one.doi and other.doi and one.doi.lower() != other.doi.lower())
        or (one.pmid and other.pmid and one.pmid != other.pmid)
    )


def _filled(kept: Work, other: Work) -> Work:
    values = {
        name: getattr(other, name)
        for name in Work.__dataclass_fields__
        if name not in ("iri", "unconfirmed") and not getattr(kept, name) and getattr(other, name)
    }
    return replace(kept, **values)


def _with_study(works: dict[Iri, Work], findings: dict[Iri, Finding]) -> dict[Iri, Finding]:
    """A finding that names no study belongs to its work's study, when the work reports just one."""
    found = {}
    for iri, finding in findings.items():
        work = works.get(finding.work) if finding.work else None
        if finding.study is None and work is not None and len(work.reports) == 1:
            finding = replace(finding, study=work.reports[0])
        found[iri] = finding
    return found
