from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from graph.certainty import certainty
from graph.evidence import (
    CertaintyAdjustment,
    Dose,
    EffectEstimate,
    Evidence,
    EvidenceLine,
    Finding,
    GraphClaim,
    Iri,
    Study,
)
from graph.reading import read_evidence
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
        ({"design": "meta-analysis", "included_designs": ("randomised-controlled-trial",)}, "high", None),
        ({"design": "meta-analysis", "included_designs": ("cohort",)}, "low", None),
        ({"design": "within-person-experiment"}, "low", None),
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


def test_a_synthesis_starts_where_the_studies_inside_it_start() -> None:
    pooled, finding, line = _part("pooled", design="meta-analysis", includes=(Iri("study/x"), Iri("study/y")))

    def start(*designs: str) -> str | None:
        evidence = _evidence((pooled, finding, line))
        inside = {
            Iri(f"study/{n}"): Study(Iri(f"study/{n}"), design=d) for n, d in zip("xy", designs, strict=False)
        }
        return certainty(trace_in(replace(evidence, studies=evidence.studies | inside), CLAIM), CLAIM).start

    assert start("randomised-controlled-trial", "crossover-trial") == "high"
    assert start("cohort", "case-control") == "low"
    assert start("randomised-controlled-trial", "cohort") == "low"
    assert start() == "low"  # not recorded


def test_a_persons_step_replaces_the_programs_and_says_so() -> None:
    given = CertaintyAdjustment("imprecision", -2, "few events, and a wide interval around a small effect")
    claim = GraphClaim(CLAIM, "x", certainty_adjustments=(given,))
    found = _judge(_part("a", sample_size=50, risk_of_bias="high"), claim=claim)
    assert [(s.domain, s.levels, s.curated) for s in found.steps] == [
        ("imprecision", -2, True),
        ("risk-of-bias", -1, False),
    ]
    assert found.level == "very-low"
    assert given.rationale in found.reasons
    assert all("J Clin Epidemiol 2011" in step.source for step in found.steps)


def test_publication_bias_moves_nothing_by_itself() -> None:
    small = [_part(name, sample_size=60) for name in "abc"]
    found = _judge(*small)
    assert not [step for step in found.steps if step.domain == "publication-bias"]
    assert any("fewer than 100" in said for said in found.not_judged)
    given = CertaintyAdjustment("publication-bias", -1, "all are paid for by the maker")
    assert (
        _judge(_part("a"), claim=GraphClaim(CLAIM, "x", certainty_adjustments=(given,))).level == "moderate"
    )


@pytest.mark.parametrize(
    ("values", "level"),
    [(("0.9", "0.8", "0.7"), "moderate"), (("0.9", "0.95", "0.7"), "low"), (("0.9", "0.7"), "low")],
)
def test_more_dose_more_effect_lifts_a_cohort(values: tuple[str, ...], level: str) -> None:
    study, finding, line = _part("a", design="cohort")
    parts = []
    for number, value in enumerate(values):
        point = Decimal(value)
        effect = EffectEstimate("risk-ratio", point, point - Decimal("0.1"), point + Decimal("0.08"))
        dose = (Dose("min/week", Decimal(60 * (number + 1)), role="category"),)
        found = replace(finding, iri=Iri(f"finding/{number}"), effect=effect, dose=dose)
        parts.append((study, found, replace(line, iri=Iri(f"line/{number}"), finding=found.iri)))
    assert _judge(*parts).level == level


def test_curated_adjustments_are_read_from_the_store(walking: Path, store: Store) -> None:
    load(store, [walking / "evidence"], validate=False)
    found = trace(store, "claim/walking-with-education-lowers-recurrence")
    judged = certainty(found, found.root)
    assert [(s.domain, s.levels) for s in judged.steps if s.curated] == [("risk-of-bias", -1)]
    again = certainty(trace_in(read_evidence(store), found.root), found.root)
    assert again == judged
