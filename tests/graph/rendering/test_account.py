"""What a trace amounts to: certainty, structure, what does not count."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest

from graph.rendering import account, document, render
from graph.sources import load
from graph.store import Store
from graph.tracing import trace
from graph.tracing.structure import structure
from ontology.loader import DATA_BASE, NAMESPACE

CLAIM = DATA_BASE + "claim/routine-lowers-pressure"


def test_text_tells_the_curated_level_beside_the_computed_one(loaded: Store) -> None:
    said = render(trace(loaded, CLAIM))
    assert "certainty (curated): low; the stored evidence by itself gives at most moderate" in said
    assert "one small trial" in said
    assert "120 people in all, fewer than 400" in said
    assert (
        "not judged: risk of bias: not recorded; inconsistency: cannot be seen in one study; publication bias"
        in said
    )
    assert "all of its support passes through:\n  study ROUTINE" in said


def test_text_of_a_recommendation_names_weak_links_and_untested_steps(loaded: Store) -> None:
    said = render(trace(loaded, "keep-a-bedtime"))
    assert "steps that no line supports:\n  ? a routine deepens sleep (night dipping)\n" in said
    assert "weakest step" not in said  # it is among those
    assert said.count("independent studies that support it: 1") == 2


def test_a_mechanism_whose_steps_are_all_tested_names_its_weakest(loaded: Store, tmp_path: Path) -> None:
    steps = [one.iri.removeprefix(DATA_BASE) for one in trace(loaded, "keep-a-bedtime").of_kind("step")]
    lines = [
        f"- {{id: line/{n}, type: EvidenceLine, bearsOn: {step}, finding: finding/okafor2021sleep/systolic,"
        f" direction: supports, strength: {strength}, directness: direct, method: curated}}"
        for n, (step, strength) in enumerate(zip(steps, ("strong", "weak"), strict=True))
    ]
    (tmp_path / "lines.yaml").write_text("\n".join(lines), encoding="utf-8")
    load(loaded, [tmp_path / "lines.yaml"])
    said = render(trace(loaded, "keep-a-bedtime"))
    assert (
        "weakest step of night dipping: deep sleep lowers pressure at night: its best support is weak" in said
    )
    assert "steps that no line supports" not in said


def test_json_carries_the_account(loaded: Store) -> None:
    said = json.loads(render(trace(loaded, "keep-a-bedtime"), "json"))
    by_id = {one["about"]: one for one in said["support"]}
    assert by_id[CLAIM]["certainty"]["level"] == "low"
    assert by_id[CLAIM]["certainty"]["curated"] is True
    assert by_id[CLAIM]["certainty"]["steps"][0]["domain"] == "imprecision"
    assert [len(group["studies"]) for group in by_id[CLAIM]["independentStudies"]] == [1]
    assert said["weakestClaim"]["id"] == CLAIM
    assert len(said["unsupportedSteps"]) == 2


def test_json_ld_carries_it_in_the_terms_of_the_ontology(loaded: Store) -> None:
    text = render(trace(loaded, "keep-a-bedtime"), "jsonld")
    spine = NAMESPACE
    found = {
        (t.predicate.value, getattr(t.object, "value", ""))
        for t in (q.triple for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD))
    }
    assert (spine + "about", CLAIM) in found
    assert (spine + "computedLevel", spine + "certaintyLevel-moderate") in found
    assert (spine + "bottleneck", DATA_BASE + "study/routine") in found
    assert (spine + "weakestLink", CLAIM) in found
    assert (spine + "method", spine + "method-curated") in found


@pytest.mark.parametrize("root", ["study/routine", "work/okafor2021sleep", "mechanism/night-dipping"])
def test_what_is_no_claim_is_not_judged(loaded: Store, root: str) -> None:
    followed = trace(loaded, root)
    assert account.head(followed) == []
    assert account.document(followed) == {}
    assert "certainty" not in render(followed).splitlines()[1]


def test_part_of_a_trace_is_not_judged(loaded: Store) -> None:
    assert "support" not in document(trace(loaded, CLAIM), linked=False)


def test_a_retracted_work_carries_nothing(loaded: Store) -> None:
    loaded.update(
        f"INSERT DATA {{ GRAPH <urn:note> {{ <{DATA_BASE}work/okafor2021sleep> "
        "spine:standing spine:standing-retracted } }"
    )
    followed = trace(loaded, CLAIM)
    assert structure(followed).root.independent == ()
    assert structure(followed).root.supports == 0
    said = render(followed)
    assert "what the stored evidence gives by itself: nothing is known to support it" in said
    assert "does not count: retracted: systolic pressure after twelve weeks" in said
    assert "RETRACTED" in said
