"""Findings read from an abstract: slots, people, doses; and that curated findings win."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.abstracts import of_work
from claims.concepts import Vocabulary, vocabulary_of
from claims.findings import study_facts
from claims.linking.indexing import findings_of, index_of
from graph.evidence import Evidence, Finding, Iri, Work
from graph.reading import shipped

TRIAL = Work(
    Iri("https://w3id.org/claimspine/id/work/rau2019"),
    title="Oral magnesium and sleep quality in older adults with insomnia: a placebo-controlled trial",
    year=2019,
    abstract=(
        "Background: Stress is common in later life. Methods: We randomised 120 older adults with insomnia "
        "to magnesium 320 mg daily or placebo for 8 weeks. Results: Sleep quality improved with magnesium "
        "compared with placebo (mean difference -1.8 points, 95% CI -2.9 to -0.7; p=0.002). Time to fall "
        "asleep did not differ between groups (mean difference -4 min, 95% CI -11 to 3; p=0.26)."
    ),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(Evidence(concepts=shipped()))


def names(iris: tuple[Iri, ...]) -> list[str]:
    return [iri.rsplit("/", 1)[-1] for iri in iris]


def test_slots_of_a_trial(vocabulary: Vocabulary) -> None:
    study, findings = of_work(TRIAL, vocabulary)
    assert study is not None
    assert study.design == "randomised-controlled-trial"
    assert study.sample_size == 120
    assert names(study.population) == ["older-adults", "insomnia"]
    assert names(study.species) == ["human"]
    assert study.follow_up_days == Decimal(56)
    told = {tuple(names(one.outcome)): one for one in findings if one.quote_role == "result"}
    better, same = told[("sleep-quality",)], told[("sleep-onset-latency",)]
    assert names(better.exposure) == ["magnesium"]
    assert names(better.comparator) == ["placebo"]
    assert (better.effect_direction, same.effect_direction) == ("increases", "no-difference")
    assert [(dose.low, dose.unit) for dose in better.dose] == [(Decimal(320), "mg/day")]
    assert {one.method for one in findings} == {"automatic"}
    assert all(one.quote and one.quote in (TRIAL.abstract or "") for one in findings)


def test_a_sentence_about_something_else_gets_no_exposure(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("urn:w"),
        title="Vitamin C and pain after wrist fracture: a trial",
        abstract="Results: Early complaints predicted pain (relative risk 5.35; 95% CI 2.13 to 13.42).",
    )
    assert all(one.exposure == () for one in of_work(work, vocabulary)[1])


def test_words_and_ratio_that_disagree_give_no_direction(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("urn:w"),
        title="Statins and stroke",
        abstract="Results: Statin treatment increased strokes (odds ratio 0.33, 95% CI 0.20 to 0.51).",
    )
    found = [one for one in of_work(work, vocabulary)[1] if one.effect]
    assert found
    assert all(one.effect_direction is None or one.outcome == () for one in found)


def test_nothing_comes_of_nothing(vocabulary: Vocabulary) -> None:
    assert of_work(Work(Iri("urn:w"), title="Tea"), vocabulary) == (None, ())


def test_curated_findings_win() -> None:
    bare = Evidence(concepts=shipped(), works={TRIAL.iri: TRIAL})
    read = findings_of(TRIAL, index_of(bare), vocabulary_of(bare))
    assert len(read) >= 2
    assert all(finding.method == "automatic" for finding in read)
    curated = Finding(Iri("urn:f"), work=TRIAL.iri, method="curated")
    held = Evidence(concepts=bare.concepts, works=bare.works, findings={curated.iri: curated})
    assert findings_of(TRIAL, index_of(held), vocabulary_of(held)) == (curated,)


def test_the_same_abstract_gives_the_same_findings(vocabulary: Vocabulary) -> None:
    other = vocabulary_of(Evidence(concepts=dict(shipped())))
    assert of_work(TRIAL, vocabulary) == of_work(TRIAL, other)


def test_what_was_given_along_is_kept_apart(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("urn:w"),
        title="Tai chi plus sleep hygiene for insomnia: a trial",
        abstract="Results: Insomnia fell in the tai chi group versus controls (MD -3.1, 95% CI -4 to -2).",
    )
    (finding,) = of_work(work, vocabulary)[1]
    assert names(finding.exposure) == ["tai-chi"]
    assert names(finding.co_intervention) == ["sleep-hygiene"]


@pytest.mark.parametrize(
    ("title", "abstract", "design", "inside"),
    [
        (
            "Steps and death: a meta-analysis of 15 cohorts",
            "In this meta-analysis we found 15.",
            "meta-analysis",
            ("cohort",),
        ),
        (
            "Exercise against falls",
            "MAIN RESULTS: We included 108 RCTs with 23,407 participants.",
            "systematic-review",
            ("randomised-controlled-trial",),
        ),
        (
            "Coffee and death: systematic review",
            "We searched PubMed for prospective cohort studies. No randomised trials were found.",
            "systematic-review",
            ("cohort",),
        ),
        (
            "Primary prevention with a diet",
            "BACKGROUND Observational cohort studies have shown associations. METHODS In a trial, we "
            "assigned 7000 participants to three diets. RESULTS In the intention-to-treat analysis, ...",
            "randomised-controlled-trial",
            (),
        ),
        (
            "Tea and colds",
            "A systematic review of randomised trials was unclear. We randomly assigned 400 adults to tea.",
            "randomised-controlled-trial",
            (),
        ),
    ],
)
def test_a_review_is_told_from_a_trial_and_what_it_includes(
    title: str, abstract: str, design: str, inside: tuple[str, ...]
) -> None:
    facts = study_facts(abstract, title)
    assert (facts.design, facts.included_designs) == (design, inside)


def test_what_an_abstract_only_names_as_added(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("urn:w"),
        title="Moderate aerobic exercise for older adults with insomnia",
        abstract="Methods: 52 older adults aged 60 to 75 years were randomised to aerobic exercise plus "
        "sleep hygiene or to a social club for 16 weeks. Results: Sleep quality improved more with exercise "
        "(mean difference 2.8, 95% CI 1.2 to 4.4).",
    )
    study, (found,) = of_work(work, vocabulary)
    assert [iri.rsplit("/", 1)[-1] for iri in found.co_intervention] == ["sleep-hygiene"]
    assert study is not None
    assert study.follow_up_days == 112  # and not 75 years


def test_each_estimate_has_the_outcome_beside_it(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("urn:w"),
        title="Exercise for knee osteoarthritis",
        abstract="Results: Pain was lower with exercise (mean difference -8.7 points, 95% CI -11.1 to -6.3) "
        "and physical function was better (standardised mean difference 0.39, 95% CI 0.27 to 0.51).",
    )
    found = of_work(work, vocabulary)[1]
    assert [(one.outcome[0].rsplit("/", 1)[-1], one.effect_direction) for one in found] == [
        ("pain", "decreases"),
        ("physical-function", "increases"),
    ]


def test_an_interval_around_none_has_no_direction_whatever_fell(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("urn:w"),
        title="Glucosamine and knee pain",
        abstract="Results: Pain fell from 58 to 46 mm with glucosamine and from 57 to 44 mm with placebo "
        "(between-group difference 1.0 mm, 95% CI -2.9 to 4.9, P=0.62).",
    )
    (found,) = of_work(work, vocabulary)[1]
    assert (found.effect_direction, found.groups) == (None, ())


def test_each_arm_of_a_trial_has_its_own_effect(vocabulary: Vocabulary) -> None:
    """ "Reduced by 58 percent and metformin by 31 percent": the verb and the outcome are said once."""
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/arms2011"),
        title="Prevention of type 2 diabetes with walking or metformin",
        abstract=(
            "METHODS We randomly assigned 900 adults to placebo, metformin or walking. RESULTS Walking cut "
            "the incidence by 40 percent (95 percent confidence interval, 30 to 48 percent) and metformin by "
            "20 percent (95 percent confidence interval, 9 to 30 percent), as compared with placebo; walking "
            "was more effective."
        ),
    )
    _, findings = of_work(work, vocabulary)
    told = [
        (
            [iri.rsplit("/", 1)[-1] for iri in one.exposure],
            [iri.rsplit("/", 1)[-1] for iri in one.outcome],
            one.effect_direction,
            one.effect and (one.effect.value, one.effect.low, one.effect.high),
        )
        for one in findings
        if one.effect is not None
    ]
    assert told == [
        (["walking"], ["type-2-diabetes"], "decreases", (40, 30, 48)),
        (["metformin"], ["type-2-diabetes"], "decreases", (20, 9, 30)),
    ]


def test_what_only_says_which_is_no_outcome(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/falls2012"),
        title="Exercise in older adults",
        abstract="RESULTS: Exercise may reduce fall-related fractures (RR 0.73, 95% CI 0.56 to 0.95).",
    )
    _, (finding,) = of_work(work, vocabulary)
    assert [iri.rsplit("/", 1)[-1] for iri in finding.outcome] == ["fractures"]


def test_the_name_of_a_group_is_the_dose_of_the_methods(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/dose"),
        title="High-dose prednisolone for pain: a randomised trial",
        abstract="Methods: Adults were randomly assigned to prednisolone (250 mg per day) or placebo. "
        "Results: Pain fell by 30 points in the 250-mg group (difference, -7.2 points; 95% CI, -14 to -0.5).",
    )
    _, (found,) = of_work(work, vocabulary)
    assert {dose.unit for dose in found.dose} == {"mg/day"}


def test_did_not_is_of_what_the_sentence_before_told(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/alone"),
        title="Exercise and education to prevent low back pain: a meta-analysis",
        abstract="Results: Exercise combined with education reduced low back pain (RR 0.57, 95% CI "
        "0.43 to 0.76). Education alone did not (RR 1.02, 95% CI 0.84 to 1.24).",
    )
    _, (_, alone) = of_work(work, vocabulary)
    assert names(alone.outcome) == ["low-back-pain"]


def test_what_an_outcome_is_named_for_in_passing_does_not_turn_it(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/passing"),
        title="Hearing aids and cognitive decline: a randomised trial",
        abstract="Results: In the cohort with more risk factors for cognitive decline, hearing aids reduced "
        "cognitive decline by 48% over 3 years.",
    )
    _, (found,) = of_work(work, vocabulary)
    assert found.effect_direction == "decreases"


def test_a_verb_said_once_is_of_each_outcome_behind_it(vocabulary: Vocabulary) -> None:
    """Improved: less time to fall asleep, less waking."""
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/therapy"),
        title="Cognitive behavioural therapy for chronic insomnia: a meta-analysis",
        abstract=(
            "RESULTS: Sleep onset latency improved by 18 minutes (95% CI 13 to 23) and wake after sleep "
            "onset by 25 minutes (95% CI 15 to 35)."
        ),
    )
    _, findings = of_work(work, vocabulary)
    assert [(names(one.outcome), one.effect_direction) for one in findings] == [
        (["sleep-onset-latency"], "decreases"),
        (["wake-after-sleep-onset"], "decreases"),
    ]


def test_each_side_of_a_but_is_a_finding(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/but"),
        title="Aspirin in healthy older adults: a randomised placebo-controlled trial",
        abstract="CONCLUSIONS: Aspirin did not prolong survival but led to a higher rate of major bleeding.",
    )
    _, findings = of_work(work, vocabulary)
    assert [(names(one.outcome), one.effect_direction) for one in findings] == [
        (["survival"], "no-difference"),
        (["bleeding"], "increases"),
    ]
    assert len({one.iri for one in findings}) == 2


def test_what_is_none_beside_what_the_vocabulary_does_not_know(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/and-no"),
        title="Corticosteroids for the knee: a randomised trial",
        abstract="CONCLUSIONS: Corticosteroids gave a greater loss of synovial villi and no significant "
        "difference in knee pain. Aspirin lowered fever and had no effect on headache.",
    )
    _, findings = of_work(work, vocabulary)
    assert [(names(one.outcome), one.effect_direction) for one in findings] == [
        ([], "increases"),
        (["knee-pain"], "no-difference"),
        (["fever"], "decreases"),
        (["headache"], "no-difference"),
    ]


def test_what_an_estimate_is_of_may_stand_behind_it(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/arms"),
        title="A Mediterranean diet with olive oil or nuts: a randomised trial",
        abstract=(
            "RESULTS: The hazard ratio for stroke was 0.66 (95% CI, 0.51 to 0.88) for a Mediterranean diet "
            "with olive oil and 0.74 (95% CI, 0.56 to 0.97) for a Mediterranean diet with nuts."
        ),
    )
    _, (oil, nuts) = of_work(work, vocabulary)
    assert ("nuts" in names(oil.exposure), "olive-oil" in names(nuts.exposure)) == (False, False)


def test_counts_behind_a_group_and_people_of_a_birth_cohort(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/outdoors"),
        title="Time outdoors and myopia: a birth cohort study of infants",
        abstract=(
            "RESULTS: Myopia was found in 30.4% in the outdoor group (259 cases among 853) and 39.5% (287 "
            "cases among 726) in the control group (difference of -9.1% [95% CI, -14.1% to -4.1%])."
        ),
    )
    _, (found,) = of_work(work, vocabulary)
    assert [str(group.value) for group in found.groups] == ["30.4", "39.5"]
    assert "infants" not in names(found.population)
    assert not found.dose


def test_the_primary_outcome_is_what_the_methods_say(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/orlo2020"),
        title="Walnuts for the heart",
        abstract=(
            "METHODS We randomised 900 adults to walnuts or placebo. The primary composite outcome was "
            "stroke, myocardial infarction, or heart failure. RESULTS The primary outcome occurred less "
            "often with walnuts than with placebo (hazard ratio, 0.74; 95% CI, 0.60 to 0.91)."
        ),
    )
    _, findings = of_work(work, vocabulary)
    told = [names(one.outcome) for one in findings if one.effect is not None]
    assert told == [["stroke", "heart-attack", "heart-failure"]]


def test_of_two_treatments_in_a_title_the_second_group_is_the_comparison(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/orlo2021"),
        title="Aspirin or Heparin after a Sprain",
        abstract=(
            "RESULTS: Bleeding occurred in 2.5% of patients in the aspirin group and 1.7% in the heparin "
            "group (difference, 0.8 percentage points; 95% CI, 0.3 to 1.3)."
        ),
    )
    _, (found,) = of_work(work, vocabulary)
    assert (names(found.exposure), names(found.comparator)) == (["aspirin"], ["heparin"])


def test_more_effective_is_said_of_what_the_title_names(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/orlo2016"),
        title="Metformin or walnuts for the prevention of diabetes",
        abstract="CONCLUSIONS: Walnuts were more effective than metformin.",
    )
    _, (found,) = of_work(work, vocabulary)
    assert (names(found.exposure), names(found.comparator)) == (["nuts"], ["metformin"])
    assert (names(found.outcome), found.effect_direction) == (["diabetes"], "decreases")


def test_what_was_adjusted_for_is_no_outcome(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/orlo2016"),
        title="Walnuts and stroke: a cohort",
        abstract="RESULTS: After adjustment for depression, stroke was less common (HR 0.7, 95% CI 0.6 to "
        "0.8).",
    )
    _, (found,) = of_work(work, vocabulary)
    assert names(found.outcome) == ["stroke"]


def test_a_ratio_of_those_who_got_better(vocabulary: Vocabulary) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/orlo2015"),
        title="Mindfulness vs Cognitive Behavioral Therapy or Usual Care for back pain",
        abstract=(
            "RESULTS: The percentage of participants with clinically meaningful improvement in pain was "
            "higher (RR for mindfulness vs usual care, 1.64 [95% CI, 1.15-2.34]; RR for mindfulness vs "
            "cognitive "
            "behavioral therapy, 1.03 [95% CI, 0.78-1.36])."
        ),
    )
    _, (better, same) = of_work(work, vocabulary)
    assert (names(better.outcome), better.effect_direction) == (["pain"], "decreases")
    assert [names(one.comparator) for one in (better, same)] == [
        ["usual-care"],
        ["cognitive-behavioural-therapy"],
    ]
