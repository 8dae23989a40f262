"""What changes if a work falls: before and after, in the order to look again."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest

from graph.errors import ClaimspineError, UnknownIdentifier
from graph.evidence import EffectEstimate, Iri
from graph.impact import Affected, document, impact, render, what_if
from graph.impact.corrections import corrections
from graph.reading import read_evidence
from graph.sources import load
from graph.store import Store, open_store
from ontology.loader import DATA_BASE, NAMESPACE

SECOND = """\
id: work/duval2019pressure
type: Work
title: Earlier nights and pressure in drivers
authors: [Duval P]
year: 2019
reports:
  - id: study/drivers
    type: Study
    label: DRIVERS
    design: cohort
    species: concept/human
    sampleSize: 900
findings:
  - id: finding/duval2019pressure/systolic
    type: Finding
    label: systolic pressure in drivers
    study: study/drivers
    outcome: concept/blood-pressure
    effectDirection: decreases
    quoteRole: result
    method: curated
"""
POOLED = """\
- id: work/ames2023pooled
  type: Work
  title: Sleep routines pooled
  reports:
    - id: study/pooled
      type: Study
      label: POOLED
      design: systematic-review
      includes: study/routine
  findings:
    - id: finding/ames2023pooled/pressure
      type: Finding
      label: pooled pressure
      study: study/pooled
      effectDirection: decreases
      quoteRole: result
      method: curated
- id: claim/routines-in-general
  type: Claim
  text: Routines lower pressure in general.
  evidence:
    - id: line/general/pooled
      type: EvidenceLine
      finding: finding/ames2023pooled/pressure
      direction: supports
      strength: strong
      directness: direct
      method: curated
"""
MORE_LINES = """\
- id: line/pressure/drivers
  type: EvidenceLine
  bearsOn: claim/routine-lowers-pressure
  finding: finding/duval2019pressure/systolic
  direction: supports
  strength: weak
  directness: direct
  method: curated
- id: claim/drivers-only
  type: Claim
  text: Drivers who sleep early have lower pressure.
  evidence:
    - id: line/drivers/cohort
      type: EvidenceLine
      finding: finding/duval2019pressure/systolic
      direction: supports
      strength: weak
      directness: direct
      method: curated
"""


@pytest.fixture
def wider(loaded: Store, tmp_path: Path) -> Store:
    """The small evidence with a second study on the same claim and a review that includes the first."""
    for name, text in (("duval", SECOND), ("pooled", POOLED), ("more", MORE_LINES)):
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        load(loaded, [path], validate=False)
    return loaded


def test_a_claim_with_one_trial_loses_all(loaded: Store) -> None:
    found = impact(loaded, "okafor2021sleep")
    assert found.kind == "work"
    assert [one.iri.removeprefix(DATA_BASE) for one in found.affected] == [
        "claim/routine-lowers-pressure",
        "recommendation/keep-a-bedtime",
        "mechanism/night-dipping/deeper-sleep",
    ]
    claim, recommendation, step = found.affected
    assert (claim.before.level, claim.before.curated, claim.after.level) == ("low", True, None)
    assert (claim.before.independent, claim.after.independent) == (1, 0)
    assert (claim.weight, claim.judge_again, claim.levels_lost) == (2, True, 5)
    assert len(claim.lost) == 2
    assert recommendation.after.level is None
    assert "a claim it rests on has no support left" in recommendation.after.reasons
    assert step.weight == 0


def test_what_is_carried_by_another_study_keeps_a_level(wider: Store) -> None:
    found = impact(wider, "work/okafor2021sleep")
    claim = next(one for one in found.affected if one.iri.endswith("routine-lowers-pressure"))
    assert (claim.before.independent, claim.after.independent) == (2, 1)
    assert (claim.before.computed, claim.after.computed) == ("moderate", "low")  # 120 people in the trial
    assert claim.after.level == "very-low"  # a curated low moves as far as the computed level, no further


def test_a_review_that_includes_the_study_is_to_be_looked_at(wider: Store) -> None:
    found = impact(wider, "work/okafor2021sleep")
    general = next(one for one in found.affected if one.iri.endswith("routines-in-general"))
    assert not general.changed
    assert general.reasons == ("POOLED includes a study of it, and has to be looked at again",)
    assert found.syntheses == (Iri(DATA_BASE + "study/pooled"),)
    assert found.affected.index(general) >= 2


def test_only_what_the_work_reaches_is_named(wider: Store) -> None:
    named = {one.iri.rpartition("/")[2] for one in impact(wider, "work/duval2019pressure").affected}
    assert named == {"routine-lowers-pressure", "drivers-only", "keep-a-bedtime"}


def test_a_study_can_fall(wider: Store) -> None:
    found = impact(wider, "study/drivers")
    assert (found.kind, found.label) == ("study", "DRIVERS")
    assert found.affected[0].iri.endswith("drivers-only")


def test_several_fall_together_and_the_store_stays(wider: Store) -> None:
    before = wider.dump("nquads")
    found = what_if(wider, ["work/okafor2021sleep", "work/duval2019pressure"])
    claim = next(one for one in found.affected if one.iri.endswith("routine-lowers-pressure"))
    assert claim.after.independent == 0
    assert wider.dump("nquads") == before


def test_the_same_from_evidence_already_read(wider: Store) -> None:
    evidence = read_evidence(wider)
    for work in ("work/okafor2021sleep", "work/duval2019pressure", "study/drivers", "work/ames2023pooled"):
        assert impact(evidence, work) == impact(wider, work)


def test_two_records_of_one_paper_fall_together(loaded: Store, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@article{okafor, title={Bedtime routines and blood pressure in shift workers}, "
        "author={Okafor, N. A.}, year={2021}, doi={10.5555/sleep.2021.100}}",
        encoding="utf-8",
    )
    load(loaded, [path], validate=False)
    [other] = [iri for iri in read_works(loaded) if not iri.endswith("okafor2021sleep")]
    assert impact(loaded, other).affected == impact(loaded, "work/okafor2021sleep").affected


def read_works(store: Store) -> list[str]:
    return [row[0] or "" for row in store.rows("SELECT ?w WHERE { ?w a spine:Work }")]


def _corrected_to(store: Store, *numbers: str) -> Affected:
    finding = Iri(DATA_BASE + "finding/okafor2021sleep/systolic")
    effect = EffectEstimate("mean-difference", *(Decimal(one) for one in numbers), unit="mmHg")
    found = what_if(store, ["work/okafor2021sleep"], corrected={finding: effect})
    assert (found.change, found.exact) == ("corrected", True)
    return next(one for one in found.affected if one.kind == "claim")


def test_a_line_whose_new_interval_includes_no_effect_carries_nothing(loaded: Store) -> None:
    claim = _corrected_to(loaded, "-0.4", "-2.0", "1.2")
    assert (claim.before.supports, claim.after.supports) == (1, 0)
    assert claim.after.neutral == claim.before.neutral + 1
    assert claim.after.level is None
    assert any(
        "mean difference −3.1" in reason and "→ mean difference −0.4 mmHg" in reason
        for reason in claim.reasons
    )
    assert any("counts as neutral until it is judged again" in reason for reason in claim.reasons)


def test_a_line_whose_number_changes_sides_speaks_for_the_opposite(loaded: Store) -> None:
    claim = _corrected_to(loaded, "2.5", "1.0", "4.0")
    assert (claim.before.supports, claim.after.supports) == (1, 0)
    assert claim.after.refutes == claim.before.refutes + 1


def test_a_line_whose_number_stays_on_its_side_stays(loaded: Store) -> None:
    claim = _corrected_to(loaded, "-2.0", "-3.0", "-1.0")
    assert claim.after.supports == claim.before.supports == 1
    assert not any("until it is judged again" in reason for reason in claim.reasons)
    without_interval = _corrected_to(loaded, "2.0")
    assert without_interval.after.supports == 1


def test_what_rests_on_other_findings_of_a_corrected_paper_is_not_touched(wider: Store) -> None:
    wider.update(
        "INSERT DATA { GRAPH <urn:more> { id:finding\\/okafor2021sleep\\/mood a spine:Finding ;"
        " spine:reportedIn id:work\\/okafor2021sleep . id:line\\/mood a spine:EvidenceLine ;"
        " spine:finding id:finding\\/okafor2021sleep\\/mood ; spine:bearsOn id:claim\\/mood ;"
        ' spine:direction spine:direction-supports . id:claim\\/mood a spine:Claim ; spine:text "Mood" } }'
    )
    touched = {one.iri for one in impact(wider, "work/okafor2021sleep").affected}
    assert DATA_BASE + "claim/mood" in touched
    new = corrections(wider, ["finding/okafor2021sleep/systolic=-2,-3,-1"])
    assert new.works == (DATA_BASE + "work/okafor2021sleep",)
    found = what_if(wider, new.works, corrected=new.estimates)
    assert DATA_BASE + "claim/mood" not in {one.iri for one in found.affected}


def test_the_limit_counts_only_what_a_correction_moves(wider: Store) -> None:
    """The claims of other findings of the paper, however heavy, take no place of those that move."""
    heavy = "".join(
        f" id:line\\/mood{n} a spine:EvidenceLine ; spine:finding id:finding\\/okafor2021sleep\\/mood ;"
        f" spine:bearsOn id:claim\\/mood{n} ; spine:direction spine:direction-supports ;"
        f' spine:strength spine:strength-strong . id:claim\\/mood{n} a spine:Claim ; spine:text "Mood {n}" .'
        for n in range(5)
    )
    wider.update(
        "INSERT DATA { GRAPH <urn:more> { id:finding\\/okafor2021sleep\\/mood a spine:Finding ;"
        f" spine:reportedIn id:work\\/okafor2021sleep .{heavy} }} }}"
    )
    new = corrections(wider, ["finding/okafor2021sleep/systolic=-2,-3,-1"])
    whole = what_if(wider, new.works, corrected=new.estimates, limit=None)
    direct = [one.iri for one in whole.affected if one.weight]
    assert direct
    assert whole.not_judged == 0
    few = what_if(wider, new.works, corrected=new.estimates, limit=1)
    assert [one.iri for one in few.affected if one.weight] == direct[:1]
    assert few.not_judged == len(direct) - 1
    assert what_if(read_evidence(wider), new.works, corrected=new.estimates, limit=1) == few


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("systolic", "not-a-correction"),
        ("systolic=", "not-a-correction"),
        ("systolic=few", "not-a-correction"),
        ("systolic=1,2", "not-a-correction"),
        ("systolic=5,1,2", "not-a-correction"),
        ("systolic=1,NaN,2", "not-a-correction"),
        ("systolik=1", "unknown-identifier"),
        ("claim/routine-lowers-pressure=1", "not-a-finding"),
    ],
)
def test_a_correction_that_is_none_is_told(loaded: Store, written: str, code: str) -> None:
    with pytest.raises(ClaimspineError) as caught:
        corrections(loaded, [written])
    assert caught.value.code == code


def test_a_correction_keeps_measure_unit_and_level(loaded: Store) -> None:
    [estimate] = corrections(loaded, ["systolic=−2.5,−4,−1"]).estimates.values()
    assert (estimate.measure, estimate.unit, estimate.value) == ("mean-difference", "mmHg", Decimal("-2.5"))
    assert (estimate.low, estimate.high, estimate.p_value) == (Decimal(-4), Decimal(-1), None)


def test_a_correction_without_numbers_is_the_worst_case(loaded: Store) -> None:
    found = impact(loaded, "work/okafor2021sleep", change="corrected")
    assert not found.exact
    assert "worst case" in render(found)


def test_more_than_the_limit_are_counted(wider: Store) -> None:
    found = impact(wider, "work/duval2019pressure", limit=1)
    assert found.not_judged == 1
    assert "1 more claim" in render(found)


def test_a_work_already_retracted_is_shown_as_it_stood(loaded: Store) -> None:
    was = impact(loaded, "work/okafor2021sleep").affected
    loaded.update(
        "INSERT DATA { GRAPH <urn:note> { <https://w3id.org/claimspine/id/work/okafor2021sleep> "
        "spine:standing spine:standing-retracted } }"
    )
    assert impact(loaded, "work/okafor2021sleep").affected == was


@pytest.mark.parametrize("wrong", ["claim/routine-lowers-pressure", "mechanism/night-dipping"])
def test_only_works_and_studies_have_an_impact(loaded: Store, wrong: str) -> None:
    with pytest.raises(ClaimspineError, match="neither a work nor a study"):
        impact(loaded, wrong)


def test_unknown_ids_and_changes_are_told(loaded: Store) -> None:
    with pytest.raises(UnknownIdentifier):
        impact(loaded, "no-such-thing")
    with pytest.raises(ClaimspineError, match="unknown change"):
        impact(loaded, "okafor2021sleep", change="burnt")
    with pytest.raises(ClaimspineError, match="no finding of these works"):
        what_if(loaded, ["okafor2021sleep"], corrected={Iri("urn:x"): EffectEstimate("mean-difference")})


def test_the_walking_trial() -> None:
    """The recommendation outlives the trial, its dose does not."""
    with open_store() as store:
        load(store, [Path(__file__).parents[3] / "examples/walking-spine/evidence"], validate=False)
        found = impact(store, "work/pocovi2024walkback")
    labels = [one.iri.rpartition("/")[2] for one in found.affected]
    assert len(labels) == len(set(labels)) >= 4
    assert found.affected[0].after.level is None
    [recommendation] = found.of_kind("recommendation")
    assert recommendation.before.independent == recommendation.after.independent + 1


# Formats ------------------------------------------------------------------------------------------


def test_text_says_before_and_after(loaded: Store) -> None:
    said = render(impact(loaded, "okafor2021sleep"))
    assert "If this work is retracted: Okafor et al. 2021" in said
    assert "certainty: low (curated) → not enough to judge" in said
    assert "independent studies: 1 → 0" in said


def test_json_is_the_document_and_ranks(loaded: Store) -> None:
    found = impact(loaded, "okafor2021sleep")
    said = json.loads(render(found, "json"))
    assert said == document(found)
    assert [one["rank"] for one in said["affected"]] == [1, 2, 3]
    assert said["counts"] == {"recommendations": 1, "claims": 1, "steps": 1}


def test_json_ld_reads_as_the_ontology_says(loaded: Store) -> None:
    text = render(impact(loaded, "okafor2021sleep"), "jsonld")
    triples = [q.triple for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)]
    spine = NAMESPACE
    lost = [t.object.value for t in triples if t.predicate.value == spine + "lostLine"]
    assert DATA_BASE + "line/pressure/for" in lost
    levels = {t.object.value for t in triples if t.predicate.value == spine + "certaintyLevel"}
    assert levels == {spine + "certaintyLevel-low"}
    assert {t.object.value for t in triples if t.predicate.value == spine + "change"} == {
        spine + "change-retracted"
    }


def test_mermaid_escapes_and_dashes_what_loses(loaded: Store) -> None:
    said = render(impact(loaded, "okafor2021sleep"), "mermaid")
    assert said.startswith("flowchart LR\n")
    assert "stroke-dasharray" in said


def test_the_same_question_gives_the_same_bytes(wider: Store) -> None:
    for format in ("text", "json", "jsonld", "mermaid"):
        once, twice = (render(impact(wider, "work/okafor2021sleep"), format) for _ in range(2))
        assert once == twice
    with pytest.raises(ClaimspineError, match="cannot be written"):
        render(impact(wider, "work/okafor2021sleep"), "pdf")


@pytest.mark.parametrize(
    "doi",
    ["10.5555/SLEEP.2021.100", "10.5555/sleep.2021.100", "10.5555/Sleep.2021.100", "10.5555/sLEEP.2021.100"],
)
def test_records_whose_dois_differ_in_case_fall_together(loaded: Store, tmp_path: Path, doi: str) -> None:
    """As BibTeX files have them, in capitals; the list of duplicates has always taken them for one."""
    (tmp_path / "refs.bib").write_text(f"@article{{okafor, title={{Routines}}, doi={{{doi}}}}}")
    load(loaded, [tmp_path / "refs.bib"])
    found = impact(loaded, "work/refs.bib/okafor")
    assert found.also == (DATA_BASE + "work/okafor2021sleep",)
    assert found.lines > 0
    assert impact(loaded, "work/okafor2021sleep").also == (DATA_BASE + "work/refs.bib/okafor",)
