from pathlib import Path

from graph.evidence import Iri, Study
from graph.sources import load
from graph.store import Store
from graph.tracing import trace
from graph.tracing.structure import independent_studies, structure
from ontology.loader import DATA_BASE


def _study(name: str, **said: object) -> Study:
    return Study(Iri(name), **said)  # type: ignore[arg-type]


def _groups(*studies: Study) -> list[tuple[str, ...]]:
    return [group.studies for group in independent_studies(studies)]


def test_studies_with_nothing_in_common_count_apart() -> None:
    assert _groups(_study("b"), _study("a")) == [("a",), ("b",)]


def test_one_registration_is_one_study() -> None:
    a, b = _study("a", registration=("NCT1", "ISRCTN2")), _study("b", registration=("isrctn2",))
    assert _groups(a, b) == [("a", "b")]
    assert independent_studies((a, b))[0].reasons == ("same registration ISRCTN2",)


def test_one_cohort_is_one_study() -> None:
    assert _groups(_study("a", cohort="c/x"), _study("b", cohort="c/x"), _study("d", cohort="c/y")) == [
        ("a", "b"),
        ("d",),
    ]


def test_a_trial_inside_a_cited_meta_analysis_counts_once() -> None:
    pooled = _study("pooled", includes=("trial/one", "trial/two"))
    [group, other] = independent_studies((pooled, _study("trial/one"), _study("trial/three")))
    assert group.studies == ("pooled", "trial/one")
    assert group.reasons == ("pooled includes one",)
    assert other.studies == ("trial/three",)


def test_trials_count_beside_the_synthesis_that_pools_them() -> None:
    pooled = _study("pooled", includes=("t/1", "t/2"))
    papers = [_study("t/1", registration=("NCT1",)), _study("t/1b", registration=("NCT1",)), _study("t/2")]
    assert _groups(pooled, *papers) == [("pooled", "t/1", "t/1b"), ("pooled", "t/2")]
    second = _study("second", includes=("t/9",), design="meta-analysis")
    linked = _study("pooled", includes=("t/1", "t/9"))
    assert _groups(linked, second, papers[0]) == [("pooled", "second", "t/1")]
    everything = [pooled, *papers, _study("t/3"), second]
    assert len(_groups(*everything)) == len(_groups(*reversed(everything))) == 4


def test_a_registration_that_a_synthesis_shares_still_binds_papers() -> None:
    pooled = _study("a", design="meta-analysis", registration=("NCT1",))
    assert _groups(pooled, _study("b", registration=("NCT1",)), _study("c", registration=("NCT1",))) == [
        ("a", "b", "c")
    ]


def test_two_syntheses_of_the_same_trials_are_not_independent() -> None:
    a, b = _study("a", includes=("t/1", "t/2")), _study("b", includes=("t/2", "t/3"))
    assert _groups(a, b) == [("a", "b")]


def test_the_one_trial_behind_it_all_is_the_bottleneck(loaded: Store) -> None:
    found = structure(trace(loaded, "keep-a-bedtime"))
    assert (found.root.supports, found.root.refutes, found.root.neutral) == (1, 1, 0)
    assert [group.studies for group in found.root.independent] == [(DATA_BASE + "study/routine",)]
    assert [(one.kind, one.label) for one in found.root.bottlenecks] == [("study", "ROUTINE")]
    assert found.weakest_claim is not None
    assert found.weakest_claim.reason == "its best support is moderate, direct, randomised controlled trial"
    assert [link.label for link in found.weakest_steps] == ["a routine deepens sleep"]
    assert [step.rpartition("/")[2] for step in found.unsupported_steps] == ["deeper-sleep", "dip"]


def test_a_second_trial_opens_the_bottleneck_unless_the_laboratory_is_the_same(
    loaded: Store, tmp_path: Path
) -> None:
    def second(laboratory: str) -> str:
        return (
            "- id: study/second\n  type: Study\n  label: SECOND\n  laboratory: laboratory/north\n"
            f"- id: study/routine\n  laboratory: laboratory/{laboratory}\n"
            "- {id: finding/second, type: Finding, label: again, study: study/second}\n"
            "- {id: line/second, type: EvidenceLine, finding: finding/second, direction: supports,"
            " bearsOn: claim/routine-lowers-pressure}\n"
        )

    file = tmp_path / "second.yaml"
    file.write_text(second("south"))
    load(loaded, [file], validate=False)
    assert structure(trace(loaded, "keep-a-bedtime")).root.bottlenecks == ()
    file.write_text(second("north"))
    load(loaded, [file], validate=False)
    found = structure(trace(loaded, "keep-a-bedtime")).root
    assert [(one.kind, one.label) for one in found.bottlenecks] == [("laboratory", "north")]
    assert len(found.independent) == 2


def test_circles_and_claims_without_evidence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(
        "- {id: claim/a, type: Claim, text: A, basedOn: claim/b}\n"
        "- {id: claim/b, type: Claim, text: B, basedOn: claim/a}\n"
    )
    load(store, [tmp_path / "c.yaml"], validate=False)
    found = structure(trace(store, "claim/a"))
    assert found.root.independent == found.root.bottlenecks == ()
    assert found.weakest_claim is not None
    assert found.weakest_claim.reason == "nothing is known to support it"


def test_the_walking_recommendation(walking: Path, store: Store) -> None:
    load(store, [walking / "evidence"], validate=False)
    found = structure(trace(store, "walking-most-days"))
    assert len(found.root.independent) >= 8
    assert found.root.bottlenecks == ()
    assert len(found.unsupported_steps) >= 5
    enough = next(one for one in found.parts if one.iri.endswith("half-an-hour-on-most-days-is-enough"))
    assert ("study", "WalkBack") in [(one.kind, one.label) for one in enough.bottlenecks]
