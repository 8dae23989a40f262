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
    GroupValue,
    Iri,
    Study,
    Work,
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


def _with(
    part: tuple[Study, Finding, EvidenceLine], value: str, low: str, high: str, measure: str = "risk-ratio"
) -> tuple[Study, Finding, EvidenceLine]:
    study, finding, line = part
    effect = EffectEstimate(measure, Decimal(value), Decimal(low), Decimal(high))
    return study, replace(finding, effect=effect), line


def test_studies_against_it() -> None:
    against = _with(_part("c", "refutes"), "1.2", "1.05", "1.4")
    assert _judge(_part("a"), _part("b"), against).level == "moderate"
    assert _judge(_part("a"), against).level == "low"
    study, finding, line = against
    assert _judge(_part("a"), (study, finding, replace(line, strength="weak"))).level == "high"
    unknown = (study, replace(finding, effect=None), line)
    assert _judge(_part("a"), unknown).level == "low"  # a person says that it refutes


def test_small_null_trials_whose_intervals_hold_the_effect_are_for_a_person_to_judge() -> None:
    """GRADE guidelines 7: intervals that overlap widely are no inconsistency, whoever wrote "refutes"."""
    small = [_with(_part(name, "refutes", sample_size=90), "0.9", "0.6", "1.4") for name in "bc"]
    found = _judge(_part("a"), *small)
    assert (found.level, found.at_most, found.steps) == ("high", True, ())
    assert any("(2 independent studies) leaves room for what was found" in one for one in found.not_judged)
    mixed = _judge(_part("a"), *small, _with(_part("d", "refutes"), "1.1", "1.0", "1.2"))
    assert [step.reason for step in mixed.steps] == ["1 independent study speaks against it, 1 for it"]


@pytest.mark.parametrize(
    ("interval", "said", "at_most"),
    [
        (("0.9", "0.6", "1.4"), "1 independent study that found no difference leaves room", False),
        (("1.0", "0.95", "1.05"), "has no room for what was found for it; a person has to say", True),
    ],
)
def test_null_trials_beside_it_are_held_against_what_was_found(
    interval: tuple[str, str, str], said: str, at_most: bool
) -> None:
    found = _judge(_part("a"), _with(_part("b", "neutral"), *interval))
    assert (found.level, found.at_most) == ("high", at_most)
    assert any(said in one for one in (*found.not_judged, *found.not_serious))
    other = _judge(_part("a"), _with(_part("b", "neutral"), *interval, measure="odds-ratio"))
    assert "inconsistency: cannot be seen in one study" in other.not_judged


def _pooled(name: str, *trials: str, **said: object) -> tuple[Study, Finding, EvidenceLine]:
    includes = tuple(Iri(f"study/{one}") for one in trials)
    return _part(name, **{"design": "meta-analysis", "includes": includes, "sample_size": None, **said})


def test_trials_stand_for_the_synthesis_that_pools_them() -> None:
    small = {"sample_size": 250}
    trials = [_part("a", **small), _part("b", risk_of_bias="high", **small), _part("c", **small)]
    found = _judge(*trials, _pooled("p", "a", "b", "c"))
    assert (found.level, found.steps, found.at_most) == ("high", (), False)
    assert "risk of bias: low in 2 of 3 supporting studies" in found.not_serious
    assert any(one.startswith("inconsistency: 3 independent studies") for one in found.not_serious)
    assert any("750 people" in one for one in found.not_serious)


def test_a_synthesis_with_other_trials_in_it_brings_people_and_bias_of_its_own() -> None:
    trial = _part("a", sample_size=200)
    unknown = _judge(trial, _pooled("p", "a", "other"))
    assert unknown.steps == ()  # how many people it pools is not recorded
    assert any("200 people as far as recorded" in one for one in unknown.not_judged)
    assert any(
        "900 people" in one for one in _judge(trial, _pooled("p", "a", "o", sample_size=900)).not_serious
    )
    biased = _judge(trial, _pooled("p", "a", "other", risk_of_bias="high", sample_size=900))
    assert [step.domain for step in biased.steps] == ["risk-of-bias"]


def test_a_synthesis_of_a_retracted_trial_is_told() -> None:
    parts = [_part("a"), _part("b"), _pooled("p", "a", "b", sample_size=1800)]
    evidence = _evidence(*parts)
    gone = Work(Iri("work/a"), title="A", standing="retracted")
    first = replace(evidence.findings[Iri("finding/a")], work=gone.iri)
    evidence = replace(evidence, works={gone.iri: gone}, findings=evidence.findings | {first.iri: first})
    found = certainty(trace_in(evidence, CLAIM), CLAIM)
    assert (found.level, found.at_most) == ("high", True)
    assert any("p pools a, which is retracted" in one for one in found.not_judged)
    again = replace(first, iri=Iri("finding/a2"), work=None)  # another paper of the trial still stands
    line = replace(evidence.lines[0], iri=Iri("line/a2"), finding=again.iri)
    kept = replace(evidence, findings=evidence.findings | {again.iri: again}, lines=(*evidence.lines, line))
    assert not any("retracted" in one for one in certainty(trace_in(kept, CLAIM), CLAIM).not_judged)


@pytest.mark.parametrize("measure", ["ratio", "likelihood-ratio-positive", "odds-ratio"])
def test_what_is_no_risk_is_no_large_effect(measure: str) -> None:
    cohort = _with(_part("a", design="cohort"), "6", "5", "7", measure)
    assert (_judge(cohort).level, _judge(cohort).steps) == ("low", ())


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


@pytest.mark.parametrize(
    ("people", "groups", "reason"),
    [
        (
            900,
            [("count", 120, 450), ("count", 150, 450)],
            "270 people with the outcome in all, fewer than 300",
        ),
        (900, [("count", 160, 450), ("count", 150, 450)], None),
        (
            900,
            [("percent", 20, 450), ("percent", 30, 450)],
            "225 people with the outcome in all, fewer than 300",
        ),
        (4000, [("count", 20, 2000), ("count", 60, 2000)], None),
        (900, [("count", 120, 450), ("count", 150, None)], None),
        (900, [("mean", 12, 450), ("mean", 15, 450)], None),
        (300, [("count", 20, 150), ("count", 60, 150)], "300 people in all, fewer than 400"),
    ],
)
def test_few_events_are_imprecise(
    people: int, groups: list[tuple[str, int, int | None]], reason: str | None
) -> None:
    """GRADE guidelines 6: about 300 events, and not where thousands were followed."""
    study, finding, line = _part("a", sample_size=people)
    held = tuple(GroupValue("", measure, Decimal(value), size=size) for measure, value, size in groups)
    found = _judge((study, replace(finding, groups=held), line))
    assert [step.reason for step in found.steps] == ([reason] if reason else [])


def test_a_recommendation_says_at_most_where_its_least_certain_claim_does() -> None:
    """One that stands on a claim whose risk of bias nobody judged was told as if all were known."""
    for risk, bound in (("low", ""), (None, "at most ")):
        study, finding, line = _part("a", risk_of_bias=risk, sample_size=80)
        evidence = _evidence((study, finding, line))
        root = Iri("recommendation/r")
        evidence.claims[root] = GraphClaim(root, "take it", kind="recommendation", based_on=(CLAIM,))
        found = certainty(trace_in(evidence, root), root)
        assert (found.computed, found.at_most) == ("moderate", bool(bound))
        assert f"is of {bound}moderate certainty" in found.reasons[0]


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


def _of(name: str, direction: str = "supports", **study: object) -> tuple[Study, Finding, EvidenceLine]:
    """As ``_part``, with an interval of its own."""
    low, high = study.pop("interval", ("0.7", "0.9"))  # type: ignore[misc]
    held, finding, line = _part(name, direction, **study)
    effect = EffectEstimate("risk-ratio", Decimal("0.8"), Decimal(str(low)), Decimal(str(high)))
    return held, replace(finding, effect=effect), line


def test_trials_and_other_designs_are_rated_apart() -> None:
    """A trial that is about something else does not lend its start to a cohort that is to the point."""
    study, finding, line = _part("trial", sample_size=60)
    indirect = (study, finding, replace(line, directness="indirect"))
    cohort = _part("cohort", design="cohort")
    found = _judge(indirect, cohort)
    assert (found.start, found.level) == ("high", "low")
    assert [step.domain for step in found.steps] == ["indirectness", "imprecision"]
    assert "the support from other studies, rated apart, gives low" in found.start_reason
    biased = (replace(study, risk_of_bias="high", sample_size=60), finding, indirect[2])
    found = _judge(biased, cohort)
    assert (found.start, found.level, found.steps) == ("low", "low", ())
    assert "the support from trials, rated apart, gives very low" in found.start_reason


def test_two_papers_of_one_trial_have_its_people_once() -> None:
    first = _part("a", sample_size=250, registration=("NCT00000001",))
    second = _part("b", sample_size=250, registration=("NCT00000001",))
    assert [step.reason for step in _judge(first, second).steps] == ["250 people in all, fewer than 400"]
    assert _judge(first, _part("c", sample_size=250)).steps == ()


def test_the_papers_of_one_trial_have_its_risk_of_bias_once() -> None:
    same = {"registration": ("NCT00000001",), "risk_of_bias": "high"}
    papers = [_part("a", **same), _part("b", **same)]
    sound = [_part(name) for name in ("c", "d")]
    assert not [s for s in _judge(*papers, *sound).steps if s.domain == "risk-of-bias"]
    assert [s.reason for s in _judge(*papers, sound[0]).steps] == [
        "risk of bias is high in 1 of 2 supporting studies"
    ]


@pytest.mark.parametrize(
    ("recorded", "said", "at_most"),
    [
        (("low", "low", "low"), "risk of bias: low in 3 of 3 supporting studies", False),
        (("low", "low", "high"), "risk of bias: low in 2 of 3 supporting studies", False),
        (("low", "low", None), "risk of bias: recorded for 2 of 3 supporting studies", True),
        (
            ("low", "unclear", "some-concerns"),
            "or unclear, in 2 of 3 supporting studies; a person has to say",
            True,
        ),
        ((None, None, None), "risk of bias: not recorded", True),
    ],
)
def test_what_is_open_bounds_the_level_from_above(
    recorded: tuple[str | None, ...], said: str, at_most: bool
) -> None:
    found = _judge(*(_part(name, risk_of_bias=one) for name, one in zip("abc", recorded, strict=True)))
    assert (found.level, found.at_most) == ("high", at_most)
    assert any(said in one for one in (*found.not_judged, *found.not_serious))


def test_each_domain_is_a_step_or_sound_or_open() -> None:
    found = _judge(_part("a"), _part("b"))
    domains = [one.partition(":")[0] for one in (*found.not_serious, *found.not_judged)]
    assert domains == ["risk of bias", "inconsistency", "indirectness", "imprecision", "publication bias"]
    assert not found.at_most


def test_one_study_cannot_show_inconsistency_and_a_synthesis_does_not_say() -> None:
    assert "inconsistency: cannot be seen in one study" in _judge(_part("a")).not_judged
    pooled = _judge(_part("a", design="meta-analysis", included_designs=("randomised-controlled-trial",)))
    assert "inconsistency: how far the pooled studies agree is not recorded" in pooled.not_judged
    assert pooled.at_most


def test_intervals_that_do_not_meet_are_for_a_person_to_judge() -> None:
    found = _judge(_of("a", interval=("0.70", "0.74")), _of("b", interval=("0.80", "0.90")))
    assert found.level == "high"
    assert any("do not meet (risk ratio 0.70 to 0.74 and 0.80 to 0.90)" in one for one in found.not_judged)
    same = {"registration": ("NCT00000001",)}
    once = _judge(_of("a", interval=("0.70", "0.74"), **same), _of("b", interval=("0.80", "0.90"), **same))
    assert not any("do not meet" in one for one in once.not_judged)


@pytest.mark.parametrize(
    ("interval", "level"),
    [(("0.90", "1.10"), "high"), (("0.70", "1.40"), "moderate"), (("0.76", "1.30"), "moderate")],
)
def test_a_claim_of_no_difference_is_precise_where_no_important_one_fits(
    interval: tuple[str, str], level: str
) -> None:
    claim = GraphClaim(CLAIM, "x", effect_direction="no-difference")
    assert _judge(_of("a", interval=interval), claim=claim).level == level
    assert _judge(_of("a", interval=interval)).level == "moderate"  # a claim of an effect: not shown


def test_one_large_effect_among_small_ones_lifts_nothing() -> None:
    study, finding, line = _part("a", design="cohort")
    large = EffectEstimate("risk-ratio", Decimal("0.3"), Decimal("0.2"), Decimal("0.5"))
    assert _judge((study, replace(finding, effect=large), line)).level == "moderate"
    assert _judge((study, replace(finding, effect=large), line), _part("b", design="cohort")).level == "low"


def test_a_guideline_says_that_its_studies_are_not_recorded() -> None:
    found = _judge(_part("a", design="clinical-guideline", label="a guideline on trials"))
    assert found.level == "low"
    assert "guidelines support it" in found.start_reason
