from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from graph.certainty import certainty
from graph.evidence import EffectEstimate, Evidence, EvidenceLine, Finding, GraphClaim, Iri, Study
from graph.sources import load
from graph.store import Store
from graph.tracing import trace, trace_in

CLAIM = Iri("claim/c")


def _evidence(*parts: tuple[Study, Finding, EvidenceLine], claim: GraphClaim | None = None) -> Evidence:
    return Evidence(
        studies={study.iri: study for study, _, _ in parts},
        findings={finding.iri: finding for _, finding, _ in parts},
        claims={CLAIM: claim or GraphClaim(CLAIM, "fish oil lowers triglycerides")},
        lines=tuple(line for *_, line in parts),
    )


def _part(name: str, direction: str = "supports", **study: object) -> tuple[Study, Finding, EvidenceLine]:
    said: dict[str, object] = {
        "design": "randomised-controlled-trial",
        "sample_size": 900,
        "species": (Iri("concept/human"),),
        "risk_of_bias": "low",
        **study,
    }
    effect = EffectEstimate("risk-ratio", Decimal("0.8"), Decimal("0.7"), Decimal("0.9"))
    finding = Finding(Iri(f"finding/{name}"), study=Iri(f"study/{name}"), effect=effect, quote_role="result")
    line = EvidenceLine(Iri(f"line/{name}"), CLAIM, finding.iri, direction, "strong", "direct")
    return Study(Iri(f"study/{name}"), **said), finding, line  # type: ignore[arg-type]


def _judge(*parts: tuple[Study, Finding, EvidenceLine], claim: GraphClaim | None = None):  # type: ignore[no-untyped-def]
    return certainty(trace_in(_evidence(*parts, claim=claim), CLAIM), CLAIM)


def test_a_sound_trial_is_high() -> None:
    found = _judge(_part("a"))
    assert (found.level, found.start, found.steps, found.curated) == ("high", "high", (), False)
    assert "publication bias: not assessed" in found.not_judged


@pytest.mark.parametrize(
    ("study", "level", "domain"),
    [
        ({"risk_of_bias": "high"}, "moderate", "risk-of-bias"),
        ({"sample_size": 80}, "moderate", "imprecision"),
        ({"species": (Iri("concept/mouse"),)}, "low", "indirectness"),
        ({"design": "cohort"}, "low", None),
        ({"design": "laboratory-experiment"}, "very-low", None),
        ({"design": None}, "very-low", None),
        ({"design": "meta-analysis", "label": "nine trials"}, "high", None),
        ({"design": "meta-analysis"}, "low", None),
    ],
)
def test_one_thing_worse(study: dict[str, object], level: str, domain: str | None) -> None:
    found = _judge(_part("a", **study))
    assert found.level == level
    assert [step.domain for step in found.steps] == ([domain] if domain else [])


def test_an_interval_with_no_effect_in_it_is_imprecise() -> None:
    study, finding, line = _part("a")
    wide = EffectEstimate("risk-ratio", Decimal("0.8"), Decimal("0.5"), Decimal("1.2"))
    found = _judge((study, replace(finding, effect=wide), line))
    assert [(step.domain, step.levels) for step in found.steps] == [("imprecision", -1)]


def test_indirect_lines() -> None:
    study, finding, line = _part("a")
    assert _judge((study, finding, replace(line, directness="indirect"))).level == "moderate"


def test_studies_against_it() -> None:
    assert _judge(_part("a"), _part("b"), _part("c", "refutes")).level == "moderate"
    assert _judge(_part("a"), _part("c", "refutes")).level == "low"
    study, finding, line = _part("c", "refutes")
    assert _judge(_part("a"), (study, finding, replace(line, strength="weak"))).level == "high"


def test_a_large_effect_lifts_a_cohort_only_when_nothing_lowers_it() -> None:
    study, finding, line = _part("a", design="cohort")
    large = replace(
        finding, effect=EffectEstimate("risk-ratio", Decimal("0.3"), Decimal("0.2"), Decimal("0.5"))
    )
    assert _judge((study, large, line)).level == "moderate"
    assert _judge((replace(study, sample_size=50), large, line)).level == "very-low"
    odds = replace(large, effect=replace(large.effect, measure="odds-ratio"))  # type: ignore[type-var]
    assert _judge((study, odds, line)).level == "low"


def test_nothing_for_it_is_unknown_not_very_low() -> None:
    assert _judge().level is None
    assert _judge(_part("a", "refutes")).level is None
    assert _judge(_part("a", "neutral")).level is None
    study, finding, line = _part("a")
    assert _judge((study, replace(finding, quote_role="hypothesis"), line)).level is None


def test_what_is_not_recorded_moves_nothing() -> None:
    found = _judge(_part("a", risk_of_bias=None, sample_size=None))
    assert found.level == "high"
    assert "risk of bias: not recorded" in found.not_judged


def test_a_person_decides_and_is_named() -> None:
    claim = GraphClaim(CLAIM, "x", certainty_level="low", certainty_reasons=("they stopped early",))
    found = _judge(_part("a"), claim=claim)
    assert (found.level, found.curated, found.computed) == ("low", True, "high")
    assert found.reasons == ("they stopped early",)


def test_a_recommendation_is_as_certain_as_its_least_certain_claim(walking: Path, store: Store) -> None:
    load(store, [walking / "evidence"], validate=False)
    found = trace(store, "walking-most-days")
    judged = certainty(found, found.root)
    assert judged.curated
    assert judged.level == "low"
    assert judged.computed in ("very-low", "low")
    for node in found.of_kind("claim"):
        assert certainty(found, node.iri).start_reason
