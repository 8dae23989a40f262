"""The form of the evidence files: complete, consistent, and honest about what was not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.evidence import Evidence
from graph.sources import LoadReport
from graph.store import Store

Written = dict[str, list[dict[str, Any]]]
Works = dict[str, dict[str, Any]]
SHARED = {"claims.yaml", "concepts.yaml", "groups.yaml", "mechanisms.yaml", "recommendations.yaml"}
CONCEPT_KEYS = (
    "exposure",
    "coIntervention",
    "comparator",
    "outcome",
    "population",
    "species",
    "cause",
    "stepEffect",
    "broader",
    "surrogateFor",
)
# Identified nowhere: their numbers are leads, and no evidence line may rest on them.
UNRESOLVED = {"work/stadiometry_quiet_walking", "work/treadmill_spinal_shrinkage"}


def inner(node: object) -> Iterator[dict[str, Any]]:
    """Every mapping inside a node, itself included."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from inner(value)
    elif isinstance(node, list):
        for value in node:
            yield from inner(value)


def listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def last(iri: str) -> str:
    return iri.split("/id/", 1)[-1]


def test_every_file_loads_without_a_fault(loaded: tuple[Store, LoadReport], written: Written) -> None:
    report = loaded[1]
    assert not report.faults, (
        "run `claimspine validate examples/walking-spine/evidence` and mend: "
        + "\n".join(map(str, report.faults))
    )
    assert len(report.sources) == len(written)


def test_the_set_is_as_large_as_it_was(evidence: Evidence) -> None:
    floors = {"works": 56, "studies": 55, "findings": 150, "mechanisms": 5, "claims": 13}
    for name, floor in floors.items():
        count = len(getattr(evidence, name))
        assert count >= floor, f"{count} {name}, at least {floor} were there: was a file deleted or skipped?"
    assert len(evidence.lines) >= 120, "evidence lines went missing from claims.yaml or mechanisms.yaml"


def test_one_file_holds_one_work_named_after_it(written: Written, works: Works) -> None:
    assert set(written) - set(works) == SHARED
    for name, work in works.items():
        assert work["id"] == f"work/{name.removesuffix('.yaml')}", f"{name}: name the file after its work"
        assert len(written[name]) == 1, f"{name}: one work a file"


def test_every_finding_has_a_work_and_a_study(evidence: Evidence) -> None:
    for finding in evidence.findings.values():
        assert finding.work in evidence.works, f"{finding.iri}: put it under the findings of its work"
        assert finding.study in evidence.studies, f"{finding.iri}: write study: with the id of a study"
        assert finding.study in evidence.works[finding.work].reports, (
            f"{finding.iri}: its study is not one that the work reports"
        )
        assert finding.method == "curated", f"{finding.iri}: write method: curated"
        assert finding.outcome, f"{finding.iri}: say what was measured, under outcome"
        assert finding.exposure, f"{finding.iri}: say what it was measured for, under exposure"
        assert finding.quote_role, f"{finding.iri}: write quoteRole"
        assert finding.obtained_by, f"{finding.iri}: write obtainedBy"


def test_every_study_has_a_design_and_every_work_a_study(evidence: Evidence) -> None:
    for work in evidence.works.values():
        assert work.reports, f"{work.iri}: name the study that it reports"
        for study in work.reports:
            assert evidence.studies[study].design, f"{study}: write its design, unknown if need be"


def test_papers_of_one_trial_share_one_study(evidence: Evidence) -> None:
    papers = [last(work.iri) for work in evidence.works.values() if "walkback" in " ".join(work.reports)]
    assert sorted(papers) == ["work/pocovi2024walkback", "work/pocovi2025walkback_recurrence_severity"]
    registrations = [number for study in evidence.studies.values() for number in study.registration]
    assert len(registrations) == len(set(registrations)) >= 3, "two studies carry one registration"


def test_what_was_not_seen_is_not_confirmed(works: Works, evidence: Evidence) -> None:
    keys = {"article_number": "articleNumber"}
    marked = 0
    for name, work in works.items():
        for entry in listed(work.get("unconfirmed")):
            field = keys.get(entry["field"], entry["field"])
            marked += 1
            assert field not in work, f"{name}: {field} is unconfirmed, so take it out of the record itself"
            assert entry["recordedValue"], f"{name}: write what was noted down for {field}"
    assert marked >= 60, "unconfirmed fields were lost: mark what was not seen, do not confirm it"
    assert sum(len(work.unconfirmed) for work in evidence.works.values()) == marked


def test_a_work_has_a_title_or_says_why_not(works: Works) -> None:
    for name, work in works.items():
        noted = {entry["field"] for entry in listed(work.get("unconfirmed"))}
        assert "title" in work or "title" in noted or work.get("note"), f"{name}: where is the title?"


def test_article_numbers_are_not_pages(evidence: Evidence) -> None:
    numbers = {last(work.iri): work.article_number for work in evidence.works.values() if work.article_number}
    assert numbers["work/zhang2024opensim"] == "1377767"
    assert numbers["work/frigo2025spinelength"] == "209"
    assert numbers["work/hayden2021cochrane"] == "CD009790"
    assert len(numbers) >= 10
    for work in evidence.works.values():
        if work.pages is not None:
            assert re.fullmatch(r"\w+-[\w.]+", work.pages), f"{work.iri}: one number goes under articleNumber"


def test_identifiers_belong_to_one_work(evidence: Evidence) -> None:
    for name in ("doi", "pmid"):
        values = [getattr(work, name) for work in evidence.works.values() if getattr(work, name)]
        assert len(values) == len(set(values)) >= 15, f"two works share one {name}"
    for work in evidence.works.values():
        assert work.doi is None or work.doi.startswith("10."), f"{work.iri}: write the DOI without an address"


def test_intervals_hold_their_estimates(evidence: Evidence) -> None:
    with_interval = 0
    for finding in evidence.findings.values():
        for one in (finding.effect, *finding.groups):
            if one is None or one.low is None or one.high is None:
                continue
            with_interval += 1
            assert one.value is not None, f"{finding.iri}: an interval without its estimate"
            assert one.low <= one.value <= one.high, f"{finding.iri}: the estimate is outside its interval"
            assert one.level == 95, f"{finding.iri}: say what level the interval has"
    assert with_interval >= 45


def test_directions_do_not_contradict_their_intervals(evidence: Evidence) -> None:
    ratios = {"hazard-ratio", "risk-ratio", "odds-ratio"}
    differences = {"mean-difference", "standardised-mean-difference"}
    for finding in evidence.findings.values():
        effect = finding.effect
        if effect is None or effect.low is None or effect.high is None:
            continue
        null = Decimal(1) if effect.measure in ratios else Decimal(0)
        assert effect.measure in ratios | differences
        spans = effect.low <= null <= effect.high
        if finding.effect_direction in {"increases", "decreases"}:
            assert not spans, (
                f"{finding.iri}: the interval spans no difference; write no-difference or unclear"
            )
        else:
            assert spans, f"{finding.iri}: the interval is clear of no difference; write the direction"


def test_the_cohort_has_a_finding_for_each_category(evidence: Evidence) -> None:
    cohort = [f for f in evidence.findings.values() if "haddadj2025walking/volume-" in f.iri and f.effect]
    doses = sorted((f.dose[0].low, f.dose[0].high, f.effect.value) for f in cohort if f.effect and f.dose)
    assert [(int(low or 0), high and int(high), str(value)) for low, high, value in doses] == [
        (78, 100, "0.87"),
        (101, 124, "0.77"),
        (125, None, "0.76"),
    ]
    for finding in cohort:
        assert finding.dose[0].role == "category"
        assert finding.comparator_dose[0].high == 78, f"{finding.iri}: compared with less than 78 minutes"
        assert finding.effect is not None
        assert finding.effect.low is None, f"{finding.iri}: the interval was not seen, leave it out"


def test_a_line_has_a_strength_just_when_it_takes_a_side(written: Written) -> None:
    lines = [one for nodes in written.values() for one in inner(nodes) if one.get("type") == "EvidenceLine"]
    assert len(lines) >= 120
    for line in lines:
        if line["direction"] == "neutral":
            assert "strength" not in line, f"{line['id']}: a neutral line has no strength"
        else:
            assert line["direction"] in {"supports", "refutes"}
            assert line.get("strength") in {"strong", "moderate", "weak"}, f"{line['id']}: write a strength"
        assert line.get("directness") in {"direct", "indirect"}, f"{line['id']}: direct or indirect?"
        assert line.get("method") == "curated", f"{line['id']}: write method: curated"
        assert line.get("rationale", "").endswith("."), f"{line['id']}: say why, in a sentence"


def test_no_line_rests_on_a_work_that_nobody_identified(evidence: Evidence) -> None:
    for line in evidence.lines:
        work = evidence.findings[line.finding].work
        assert work is not None
        assert last(work) not in UNRESOLVED, f"{line.iri}: {last(work)} must be identified first"


def test_every_concept_is_defined(written: Written, evidence: Evidence) -> None:
    used = {
        (str(one.get("id", name)), str(value))
        for name, nodes in written.items()
        for one in inner(nodes)
        for key in CONCEPT_KEYS
        for value in listed(one.get(key))
        if isinstance(value, str)
    }
    assert len({value for _, value in used}) >= 80
    known = {last(iri) for iri in evidence.concepts}
    missing = {value: where for where, value in used if value not in known}
    assert not missing, f"define them in concepts.yaml, or mend the spelling: {missing}"


def test_own_concepts_do_not_stand_in_for_shipped_ones(walking: Path, written: Written) -> None:
    shipped = (walking.parents[1] / "ontology" / "concepts.ttl").read_text(encoding="utf-8")
    for concept in written["concepts.yaml"]:
        name = concept["id"].removeprefix("concept/")
        assert not re.search(rf"^concept:{re.escape(name)} a ", shipped, re.MULTILINE), (
            f"{concept['id']} is in ontology/concepts.ttl: use that one and take this one out"
        )


def test_a_concept_is_named_after_its_label(written: Written) -> None:
    for concept in written["concepts.yaml"]:
        label = re.sub(r"[^a-z0-9]+", "-", concept["prefLabel"].lower())
        assert concept["id"] == f"concept/{label}", f"{concept['id']}: name it concept/{label}"
        assert concept.get("conceptRole"), f"{concept['id']}: write conceptRole"
