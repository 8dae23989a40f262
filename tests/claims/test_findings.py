"""Findings from abstracts of our own making, and how findings are told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.findings import (
    as_evidence,
    change_in_words,
    estimate_in_words,
    extract,
    finding_in_words,
    group_ratio,
    study_facts,
)
from graph.evidence import EffectEstimate, Finding, GroupValue, Iri, Work

STRUCTURED = (
    "BACKGROUND: Falls harm older people. We hypothesised that tai chi prevents them. "
    "METHODS: In this randomised controlled trial we assigned 670 adults aged 70 years or older to tai chi "
    "(n=335) or stretching (n=335) for 24 weeks; follow-up was 12 months. "
    "RESULTS: Tai chi lowered the rate of falls (incidence rate ratio 0·58 [95% CI 0·43–0·79], p=0·0004). "
    "Falls with injury occurred in 12.1% (41/335) of the tai chi group and 18.2% (61/335) of the "
    "stretching group. "
    "CONCLUSIONS: Tai chi may reduce falls. FUNDING: None."
)


@pytest.mark.parametrize(
    ("text", "measure", "value", "interval", "p_value", "unit"),
    [
        ("(RR=0.77; 95% CI: 0.70–0.84)", "risk-ratio", "0.77", ("0.70", "0.84"), None, None),
        ("HR 0.72 [95% CI 0.60-0.85], p=0.0002", "hazard-ratio", "0.72", ("0.60", "0.85"), "0.0002", None),
        ("aHR 0.88, 95% CI 0.80, 0.97; P = 0.01", "hazard-ratio", "0.88", ("0.80", "0.97"), "0.01", None),
        ("an adjusted odds ratio of 1.6 (1.2 to 2.1)", "odds-ratio", "1.6", ("1.2", "2.1"), None, None),
        ("hazard ratio 0·72 (95% CI 0·60–0·85)", "hazard-ratio", "0.72", ("0.60", "0.85"), None, None),
        (
            "(mean difference −2.3 kg; 95% CI −3.1 to −1.5)",
            "mean-difference",
            "-2.3",
            ("-3.1", "-1.5"),
            None,
            "kg",
        ),
        (
            "SMD -0.45 (95% CI -0.72 to -0.18)",
            "standardised-mean-difference",
            "-0.45",
            ("-0.72", "-0.18"),
            None,
            None,
        ),
        (
            "fell by 5.2 mm Hg (95% CI -7.1 to -3.3; P<0.001)",
            "mean-difference",
            "-5.2",
            ("-7.1", "-3.3"),
            "0.001",
            "mmHg",
        ),
        ("was reduced by 12% (95% CI 8 to 16)", "percent-reduction", "12", ("8", "16"), None, "percent"),
        ("had a 23% lower risk", "percent-reduction", "23", None, None, "percent"),
        ("a 15 % higher risk", "percent-change", "15", None, None, "percent"),
        ("the relative risk was 1.25 (P = 0.04)", "risk-ratio", "1.25", None, "0.04", None),
        (
            "(relative risk, 1.75; 95% confidence interval [CI], 1.22 to 2.51; P=0.002)",
            "risk-ratio",
            "1.75",
            ("1.22", "2.51"),
            "0.002",
            None,
        ),
        (
            "(difference, 9 points on a 400-point scale [95% CI, -16 to 34])",
            "mean-difference",
            "9",
            ("-16", "34"),
            None,
            "point",
        ),
        (
            "(difference of 0.9 attacks; 95% CI 0.3 to 1.5; P = .004)",
            "mean-difference",
            "0.9",
            ("0.3", "1.5"),
            ".004",
            None,
        ),
    ],
)
def test_estimates(
    text: str,
    measure: str,
    value: str,
    interval: tuple[str, str] | None,
    p_value: str | None,
    unit: str | None,
) -> None:
    (found,) = extract(f"In the diet group it {text}.")
    assert found.effect is not None
    assert (found.measure, str(found.value), found.effect.unit) == (measure, value, unit)
    assert found.interval == (None if interval is None else tuple(map(Decimal, interval)))
    assert found.p_value == (None if p_value is None else Decimal(p_value))


def test_a_list_of_estimates_under_one_name() -> None:
    found = extract("Odds ratios were 0.87 (95% CI 0.80 to 0.95), 0.77 (0.70-0.84) and 0.76 (0.68-0.85).")
    assert [str(one.value) for one in found] == ["0.87", "0.77", "0.76"]
    assert {one.measure for one in found} == {"odds-ratio"}


def test_each_estimate_has_its_own_measure_and_sign() -> None:
    found = extract(
        "CBT reduced severity (Hedges' g = -0.85; 95% CI -1.02 to -0.68), shortened latency by 19 minutes "
        "(95% CI 14 to 24) and raised efficiency by 9.9 percentage points (95% CI 8.1 to 11.7)."
    )
    assert [(one.measure, str(one.value)) for one in found] == [
        ("standardised-mean-difference", "-0.85"),
        ("mean-difference", "-19"),
        ("mean-difference", "9.9"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "HbA1c was 7.9% at baseline and 7.1% at week 12.",
        "HbA1c fell from 7.9% to 7.1% with the drug and from 7.8% to 7.6% with placebo.",
        "Mean scores were 5.2 before vs 3.9 after treatment.",
        "Mean pressure was 131 mm Hg at baseline and 125 mm Hg at follow-up in the exercise group.",
    ],
)
def test_one_group_at_two_times_is_not_two_groups(text: str) -> None:
    assert all(one.groups == () for one in extract(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It occurred in 15 of 752 women (2.0%) in the aspirin group and in 34 of 760 (4.5%) in "
            "the placebo group.",
            [("aspirin group", "2.0", 752), ("placebo group", "4.5", 760)],
        ),
        (
            "Attacks occurred in 39 (35.8%) children on vitamin D and 37 (33.9%) on placebo.",
            [("vitamin D", "35.8", None), ("placebo", "33.9", None)],
        ),
        (
            "Events occurred in 12 (8%) vs 20 (14%) patients.",
            [("first group", "8", None), ("second group", "14", None)],
        ),
    ],
)
def test_shares_in_brackets_after_counts(text: str, expected: list[tuple[str, str, int | None]]) -> None:
    (found,) = extract(text)
    assert [(group.label, str(group.value), group.size) for group in found.groups] == expected
    assert {group.measure for group in found.groups} == {"percent"}


def test_the_change_within_each_group_is_no_effect() -> None:
    (found,) = extract(
        "Cartilage thinned more (mean change, -0.24 mm vs -0.13 mm; between-group difference, -0.11 mm; "
        "95% CI, -0.19 to -0.04)."
    )
    assert (str(found.value), len(found.groups)) == ("-0.11", 2)


def test_labels_that_lost_their_colon() -> None:
    found = extract(
        "Background Little is known. Methods 640 000 women were followed for 11 years. Findings "
        "Mortality was higher in smokers (rate ratio 2·84, 95% CI 2·71–2·98). Interpretation Smoking "
        "shortens lives."
    )
    assert found[0].section == "results"
    assert found[0].text.startswith("Mortality")


def test_labels_in_capitals_that_lost_their_colon() -> None:
    (found,) = extract(
        "IMPORTANCE Back pain is common. DATA SYNTHESIS Nine trials were found. Exercise lowered the risk "
        "(RR, 0.57; 95% CI, 0.43-0.76). CONCLUSIONS AND RELEVANCE Nothing else is known."
    )
    assert (found.section, found.quote_role) == ("results", "result")


def test_a_time_told_longer_or_sooner_with_its_interval_is_a_difference() -> None:
    first, second = extract(
        "Children in the programme slept 21 minutes longer per night (95% CI 11 to 31) and fell asleep "
        "9 minutes sooner (95% CI 4 to 14)."
    )
    assert [(str(one.value), one.direction) for one in (first, second)] == [
        ("21", "increases"),
        ("-9", "decreases"),
    ]
    assert extract("Children slept 9 hours or longer per night (95% CI 7 to 11).") == ()


def test_an_amount_a_week_keeps_its_period() -> None:
    (found,) = extract(
        "Less was drunk (mean difference (MD) -20 g/week, 95% confidence interval (CI) -28 to -12)."
    )
    assert found.effect is not None
    assert (str(found.value), found.effect.unit) == ("-20", "g/week")


def test_a_result_against_no_change_is_a_result() -> None:
    (found,) = extract(
        "Drinking less lowered blood pressure by 5.5 mmHg (95% CI 4.3 to 6.7) compared with no change."
    )
    assert found.direction == "decreases"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Falls were fewer (RR 0.75, 95% CI 0.57 to 0.98; low-certainty evidence).", "low"),
        (
            "Falls were fewer (RR 0.75, 95% CI 0.57 to 0.98). The certainty of the evidence was very low.",
            "very-low",
        ),
        ("Falls were fewer (RR 0.75, 95% CI 0.57 to 0.98) in low-quality trials.", None),
    ],
)
def test_certainty_as_the_source_rates_it(text: str, level: str | None) -> None:
    _, found = as_evidence(Work(Iri("https://example.org/id/work/w"), abstract=text))
    assert found[0].certainty_level == level


@pytest.mark.parametrize(
    "text",
    [
        "The RR was 1.01 (95% CI 0.95-1.07) for light drinking (up to 1 drink/day) and 1.44 (1.25-1.65) "
        "for heavy drinking (4 drinks/day).",
        "The lowest risk was at 1 drink/day (RR 0.85, 95% CI 0.82-0.89) and of another at 4 drinks/day "
        "(RR 0.83, 95% CI 0.80-0.87).",
    ],
)
def test_each_of_several_estimates_has_the_dose_that_stands_by_it(text: str) -> None:
    first, second = extract(text)
    assert [dose.high for dose in first.doses] == [Decimal(1)]
    assert [dose.low for dose in second.doses] == [Decimal(4)]


def test_a_structured_abstract() -> None:
    found = extract(STRUCTURED)
    first, second, last = found
    assert (first.quote_role, first.section) == ("result", "results")
    assert STRUCTURED[first.start : first.end] == first.text
    assert first.effect_start is not None
    assert STRUCTURED[first.effect_start : first.effect_end].startswith("0·58")
    assert (first.design, first.sample_size, first.species) == ("randomised-controlled-trial", 670, "human")
    assert first.follow_up_days == 12 * Decimal("30.4375")
    assert first.direction == "decreases"
    assert [(group.label, str(group.value), group.size) for group in second.groups] == [
        ("tai chi group", "12.1", 335),
        ("stretching group", "18.2", 335),
    ]
    assert (last.quote_role, last.hedged, last.effect) == ("synthesis", True, None)


def test_medians_with_intervals_of_both_groups() -> None:
    (found,) = extract(
        "The median time to relapse was 208 days (95% CI 149–295) in the diet group and 112 days (89–140) "
        "in the control group."
    )
    assert found.effect is None
    assert [(group.measure, group.unit) for group in found.groups] == [("median", "day")] * 2
    assert [str(group.low) for group in found.groups] == ["149", "89"]


@pytest.mark.parametrize(
    "text",
    [
        "We searched databases from 2001 to 2019 (three authors).",
        "Participants were aged 20 to 65 years (mean 41).",
        "Funding: grant 12345 (95-100).",
        "",
    ],
)
def test_what_is_no_finding(text: str) -> None:
    assert [one for one in extract(text) if one.effect is not None] == []


def test_no_difference_is_not_read_from_a_wide_interval_alone() -> None:
    (wide,) = extract("The hazard ratio was 0.80 (95% CI 0.50 to 1.28).")
    (said,) = extract("There was no difference in sleep (hazard ratio 0.98, 95% CI 0.90 to 1.06).")
    assert wide.direction is None
    assert said.direction == "no-difference"


@pytest.mark.parametrize(
    ("text", "design", "size"),
    [
        (
            "We did a systematic review and meta-analysis. 23 trials with 4,510 participants were included.",
            "meta-analysis",
            4510,
        ),
        ("In a prospective cohort, 11,194 adults were followed for 4.2 years.", "cohort", 11194),
        ("A case-control study of 300 patients and 600 controls.", "case-control", 300),
        ("Forty-five healthy volunteers took part in a crossover trial.", "crossover-trial", 45),
        ("Male Wistar rats were fed curcumin; the rats gained less.", "animal-experiment", None),
    ],
)
def test_what_the_study_was(text: str, design: str, size: int | None) -> None:
    facts = study_facts(text)
    assert (facts.design, facts.sample_size) == (design, size)


def test_as_evidence_marks_and_names() -> None:
    work = Work(Iri("https://w3id.org/claimspine/id/work/berg2017"), title="Tai chi", abstract=STRUCTURED)
    study, findings = as_evidence(work)
    assert study is not None
    assert study.iri == "https://w3id.org/claimspine/id/study/berg2017/automatic"
    assert {one.method for one in findings} == {"automatic"}
    assert {one.study for one in findings} == {study.iri}
    assert [one.iri for one in findings] == [one.iri for one in as_evidence(work)[1]]
    assert as_evidence(Work(Iri("x"))) == (None, ())


def test_telling() -> None:
    estimate = EffectEstimate("risk-ratio", Decimal("0.6"), Decimal("0.5"), Decimal("0.72"), Decimal(99))
    assert estimate_in_words(estimate) == "risk ratio 0.6, 99 % CI 0.50 to 0.72"
    assert change_in_words(estimate) == "about 40 % lower"
    assert change_in_words(EffectEstimate("mean-difference", Decimal(2))) is None
    groups = (
        GroupValue("tea", "median", Decimal(208), unit="day"),
        GroupValue("none", "median", Decimal(104), unit="day"),
    )
    finding = Finding(Iri("f"), groups=groups)
    assert group_ratio(finding) == 2
    assert finding_in_words(finding) == "tea: median 208 days; none: median 104 days"


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "piece", ["(95% CI 1 to 2), ", "HR ", "1 (1-2) ", "12 vs 13 and ", "RESULTS: ", "a. B", "0.5 (95% CI "]
)
def test_hostile_abstracts_end(piece: str) -> None:
    extract(piece * (100_000 // len(piece)))


def test_a_unit_may_stand_behind_the_interval() -> None:
    text = (
        "Data Synthesis: Sleep onset latency improved by 18.2 (95% CI, 13.1 to 22.9) minutes, and total "
        "sleep time improved by 6.4 (CI, -0.7 to 13.5) minutes."
    )
    found = extract(text)
    assert [(str(one.effect.value), one.effect.unit, one.quote_role) for one in found if one.effect] == [
        ("18.2", "min", "result"),
        ("6.4", "min", "result"),
    ]


def test_groups_are_named_where_they_stand_before_the_bracket() -> None:
    (found, *_) = extract(
        "Bleeding was more common in the aspirin group than in the placebo group (3.9% vs. 2.7%; P<0.001)."
    )
    assert [(one.label, str(one.value)) for one in found.groups] == [("aspirin", "3.9"), ("placebo", "2.7")]


def test_more_taken_away_is_less() -> None:
    (found,) = extract("RESULTS: Electric brushes removed more plaque than manual ones (P<0.001).")
    assert found.direction == "decreases"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        (
            "RESULTS: Caffeine taken 6 hours before bedtime reduced total sleep time by more than 1 hour.",
            "decreases",
        ),
        (
            "CONCLUSION: The studies do not support the hypothesis that evening exercise harms sleep.",
            "no-difference",
        ),
        ("RESULTS: There was an advantage of the blanket in the severity index (P < .001).", "increases"),
    ],
)
def test_bounds_hypotheses_and_advantages(text: str, direction: str) -> None:
    assert [one.direction for one in extract(text)] == [direction]


def test_an_interval_behind_a_comma_in_the_bracket_of_its_measure() -> None:
    found = extract("RESULTS: Each hour was tied to a higher risk (hazard ratio 1.06, 1.03 to 1.09).")
    assert [(one.value, one.interval) for one in found] == [
        (Decimal("1.06"), (Decimal("1.03"), Decimal("1.09")))
    ]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("It occurred in 96 (16·0%) of 601 patients assigned to walking and 129 (21·4%) of 603 assigned to "
         "usual care.", [601, 603]),
        ("Falls were reported in 41 (7%) of 601 patients and 44 (7%) of 603 patients, respectively.",
         [601, 603]),
        ("Failure occurred in 34/258 (13.2%) children given 5 days and 28/262 (10.7%) given 10 days.",
         [258, 262]),
    ],
)  # fmt: skip
def test_shares_with_the_size_of_their_groups(text: str, sizes: list[int]) -> None:
    (found,) = extract(f"RESULTS: {text}")
    assert [group.size for group in found.groups] == sizes


def test_a_difference_with_an_interval_is_one_between_groups() -> None:
    (found,) = extract("RESULTS: Sleep was 19 minutes shorter on noisy streets (95% CI 11 to 27).")
    assert (found.measure, found.value, found.interval) == (
        "mean-difference", Decimal(-19), (Decimal(-27), Decimal(-11)),
    )  # fmt: skip


def test_methods_and_findings_tell_results() -> None:
    (found,) = extract(
        "METHODS AND FINDINGS: We asked 900 adults. Noise was tied to poor sleep (OR 1.6, 95% CI 1.2-2.1). "
        "CONCLUSIONS: Noise matters."
    )
    assert found.quote_role == "result"


def test_people_are_counted_not_their_years() -> None:
    (found,) = extract(
        "We prospectively examined 61,204 men and 88,410 women over 1,204,310 person-years of follow-up. "
        "Tea was associated with fewer stones (RR 0.82, 95% CI 0.74-0.91)."
    )
    assert (found.sample_size, found.design) == (149614, "cohort")


def test_a_ratio_spoken_of_before_needs_no_name_again() -> None:
    found = extract(
        "RESULTS: The odds ratio was 1.19 (95% CI 1.09 to 1.30). Risk rose with use: 1.08 (0.95 to 1.23) for "
        "less than a year and 1.34 (1.18 to 1.52) for more. Mean age was 54 (21 to 80)."
    )
    assert [(one.measure, str(one.value)) for one in found] == [
        ("odds-ratio", "1.19"), ("odds-ratio", "1.08"), ("odds-ratio", "1.34"),
    ]  # fmt: skip


def test_signs_told_in_words() -> None:
    (found,) = extract("RESULTS: It fell (MD 0.02 points lower, 95% CI 0.06 lower to 0.02 higher).")
    assert (found.value, found.interval) == (Decimal("-0.02"), (Decimal("-0.06"), Decimal("0.02")))


def test_groups_behind_their_names() -> None:
    (found,) = extract(
        "RESULTS: Sprints were faster with cherry (3.02 ± 0.11 s) than with placebo (3.09 ± 0.12 s; P=0.02)."
    )
    assert [(group.label, group.value, group.unit) for group in found.groups] == [
        ("cherry", Decimal("3.02"), "s"), ("placebo", Decimal("3.09"), "s"),
    ]  # fmt: skip


def test_ratios_of_several_outcomes_in_a_row() -> None:
    found = extract(
        "RESULTS: the hazard ratio for stroke was 0.67 (95% CI, 0.47 to 0.97), acute coronary syndrome 0.67 "
        "(95% CI, 0.47 to 0.94), acute decompensated heart failure 0.27 (95% CI, 0.08 to 0.98), coronary "
        "revascularization 0.69 (95% CI, 0.40 to 1.18), and death from cardiovascular causes 0.72 (95% CI, "
        "0.39 to 1.32), at an age of 61 (52 to 70)."
    )
    assert [one.value for one in found] == [Decimal(n) for n in ("0.67", "0.67", "0.27", "0.69", "0.72")]
    assert {one.measure for one in found} == {"hazard-ratio"}


def test_a_time_beside_shares_is_none_of_them() -> None:
    (found,) = extract(
        "RESULTS: four (8%) of 50 in the egg group had an egg allergy at 12 months compared with 18 (38%) of "
        "47 in the placebo group (risk ratio 0.222, 95% CI 0.081 to 0.607)."
    )
    assert [(one.label, one.value, one.size) for one in found.groups] == [
        ("egg group", Decimal(8), 50),
        ("placebo group", Decimal(38), 47),
    ]


def test_hazard_ratios_with_95_percent_named_once_are_no_nine() -> None:
    found = extract(
        "RESULTS: Hazard ratios (95% CI) were 0.96 (0.84, 1.10) for Q2 and 0.81 (0.70, 0.94) for Q4."
    )
    assert [str(one.value) for one in found] == ["0.96", "0.81"]


def test_differences_told_behind_their_interval_and_without_a_unit() -> None:
    found = extract(
        "RESULTS: LDL was 0.15 mmol/L (95% CI: 0.03, 0.27; P = 0.014) lower with 3 g/d. "
        "Yoga reduced daily leaks by 0.7 (95% CI 0.3 to 1.1)."
    )
    assert [(one.value, one.interval, one.p_value) for one in found] == [
        (Decimal("-0.15"), (Decimal("-0.27"), Decimal("-0.03")), Decimal("0.014")),
        (Decimal("-0.7"), (Decimal("-1.1"), Decimal("-0.3")), None),
    ]


def test_rates_are_what_groups_had_and_three_groups_are_not_two() -> None:
    (rates,) = extract(
        "RESULTS: Stroke occurred in 6.9 per 1000 person-years among vaccinated adults and 8.6 per 1000 "
        "person-years among the others."
    )
    assert [group.value for group in rates.groups] == [Decimal("6.9"), Decimal("8.6")]
    three = extract(
        "RESULTS: LDL fell by 0.04 mmol/L with 0 g, 0.19 mmol/L with 3 g, and 0.26 mmol/L with 6 g."
    )
    assert [[group.label for group in one.groups] for one in three] == [["0 g", "3 g", "6 g"]]


def test_cohens_d_and_one_day() -> None:
    found = extract("RESULTS: It was less (d = 0.72). Stay was 1 day shorter (95% CI 0.4 to 1.6 days).")
    assert [(one.measure, one.value) for one in found] == [
        ("standardised-mean-difference", Decimal("0.72")), ("mean-difference", Decimal(-1)),
    ]  # fmt: skip
    assert found[1].effect is not None
    assert found[1].effect.unit == "day"


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        (
            "There were 96 events in the group assigned to oil (3.8%), 83 in the group assigned to nuts "
            "(3.4%), and 109 in the control group (4.4%).",
            [
                ("group assigned to oil", "3.8"),
                ("group assigned to nuts", "3.4"),
                ("control group", "4.4"),
            ],
        ),
        (
            "The incidence of gout was 11.0, 7.8, and 4.8 cases per 100 person-years in the placebo, cherry, "
            "and lifestyle groups, respectively.",
            [("placebo", "11.0"), ("cherry", "7.8"), ("lifestyle", "4.8")],
        ),
        (
            "Loss was 5.6 kg and 0.1 kg in the lifestyle and placebo groups, respectively.",
            [("lifestyle", "5.6"), ("placebo", "0.1")],
        ),
        (
            "The rate was 10.7 events per 1000 person-years in the tea group and 11.3 events per 1000 "
            "person-years in the water group.",
            [("tea group", "10.7"), ("water group", "11.3")],
        ),
        (
            "It occurred in 2.51% of patients in the tea group and 1.71% in the water group.",
            [("tea group", "2.51"), ("water group", "1.71")],
        ),
        ("HbA1c was 7.9% at baseline, 7.1% at 12 weeks, and 7.0% at 24 weeks in the tea group.", []),
    ],
)
def test_groups_in_a_row(sentence: str, groups: list[tuple[str, str]]) -> None:
    found = [one.groups for one in extract(f"RESULTS: {sentence}") if one.groups]
    assert [(group.label, str(group.value)) for one in found for group in one] == groups


def test_differences_with_their_standard_error() -> None:
    found = extract(
        "Intake was greater on the snack diet (508 ± 106 kcal/day; p = 0.0001), with more fat (230 ± 53 "
        "kcal/day; p = 0.0004), but not protein (−2 ± 12 kcal/day; p = 0.85). Glucose was lower with vinegar "
        "(0.4 ± 0.1 mmol/L; p = 0.01) than with water."
    )
    assert [(str(one.value), one.direction) for one in found] == [
        ("508", "increases"),
        ("230", "increases"),
        ("-2", None),
        ("-0.4", "decreases"),
    ]


def test_no_evidence_of_more_is_no_increase() -> None:
    found = extract("RESULTS: There was no evidence of increased bleeding with fish oil.")
    assert [one.direction for one in found] == ["no-difference"]
    found = extract("RESULTS: There was no evidence of bias, and pain was lower (RR 0.8, 95% CI 0.7 to 0.9).")
    assert [one.direction for one in found] == ["decreases"]


def test_an_interval_that_names_its_level_twice() -> None:
    (found,) = extract("The pooled RR was 0.71 (95% confidence interval [95% CI], 0.67-0.76).")
    assert found.interval == (Decimal("0.67"), Decimal("0.76"))


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("Vaccine efficacy was 81.8% (95% CI, 40.6 to 96.3).", "81.8", ("40.6", "96.3")),
        ("The pooled prevented fraction was 43% (95% CI 30% to 57%).", "43", ("30", "57")),
        ("The effectiveness of two doses was 74% (95% CI 70 to 78).", "74", ("70", "78")),
    ],
)
def test_efficacy_is_a_reduction_in_percent(text: str, value: str, interval: tuple[str, str]) -> None:
    (found,) = extract(text)
    assert (found.measure, str(found.value)) == ("percent-reduction", value)
    assert tuple(str(end) for end in found.interval or ()) == interval
    assert found.direction == "decreases"


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        (
            "Exercise may ease pain (mean 8.70 points better (on a scale of 0 to 100), 95% CI 5.70 to "
            "11.70).",
            [("8.70", "5.70", "11.70", "point")],
        ),
        (
            "Tea eased pain (mean difference −0.5, 95% CI −2.9 to 1.9). For knees there was an effect on "
            "pain (−3.7, −5.5 to −1.9) and disability (−2.9, −4.9 to −0.9).",
            [("-0.5", "-2.9", "1.9", None), ("-3.7", "-5.5", "-1.9", None), ("-2.9", "-4.9", "-0.9", None)],
        ),
        (
            "Whey raised the changes (means (95% CI)) in strength (2.49 kg (0.64, 4.33)) and lean mass "
            "(0.30 kg (0.09, 0.52)).",
            [("2.49", "0.64", "4.33", "kg"), ("0.30", "0.09", "0.52", "kg")],
        ),
        (
            "Reducing salt reduced the pressure by 2.1 mm Hg (P<0.001) on the one diet and by 1.3 mm Hg "
            "(P=0.03) on the other.",
            [("-2.1", None, None, "mmHg"), ("-1.3", None, None, "mmHg")],
        ),
        ("During the trial the pressure was reduced by 2.1 mm Hg (P<0.001).", []),
        (
            "As compared with water, tea led to a pressure that was 7.1 mm Hg lower in women, and 11.5 mm "
            "Hg lower in men.",
            [("-7.1", None, None, "mmHg"), ("-11.5", None, None, "mmHg")],
        ),
        (
            "To prevent one case during three years, 6.9 persons would have to walk, and 13.9 would have "
            "to swim.",
            [("6.9", None, None, None), ("13.9", None, None, None)],
        ),
        (
            "Nuts reduced cholesterol by 50% and high-sensitivity C-reactive protein levels by 37%.",
            [("50", None, None, "percent"), ("37", None, None, "percent")],
        ),
    ],
)
def test_differences_told_in_other_ways(
    text: str, effects: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    found = [one.effect for one in extract(f"RESULTS: {text}") if one.effect is not None]
    printed = [
        (str(one.value), one.low and str(one.low), one.high and str(one.high), one.unit) for one in found
    ]
    assert printed == effects


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "Remission was achieved in 68 (46%) participants in the diet group and six (4%) participants "
            "in the control group.",
            [("diet group", "46"), ("control group", "4")],
        ),
        (
            "Loss was similar in the intermittent and continuous restriction groups (8.0 kg [SD 6.5] "
            "versus 9.0 kg [SD 7.1]).",
            [("intermittent", "8.0"), ("continuous restriction", "9.0")],
        ),
        (
            "The rates were 0.77 and 1.36 per 100 person-years of follow-up in the nut and placebo groups, "
            "respectively.",
            [("nut", "0.77"), ("placebo", "1.36")],
        ),
    ],
)
def test_groups_named_in_other_ways(text: str, groups: list[tuple[str, str]]) -> None:
    (found,) = extract(f"RESULTS: {text}")
    assert [(group.label, str(group.value)) for group in found.groups] == groups


def test_a_list_of_ratios_names_its_measure_once() -> None:
    found = extract(
        "RESULTS: The pooled multivariate hazard ratios for death among those who ate nuts, as compared "
        "with those who did not, were 0.93 (95% confidence interval [CI], 0.90 to 0.96) for less than once "
        "per week, "
        "0.87 "
        "(95% CI, 0.83 to 0.90) for two to four times per week, and 0.80 (95% CI, 0.73 to 0.86) for every "
        "day."
    )
    assert [(one.measure, str(one.value)) for one in found] == [
        ("hazard-ratio", "0.93"),
        ("hazard-ratio", "0.87"),
        ("hazard-ratio", "0.80"),
    ]


def test_a_dose_between_an_estimate_and_its_interval() -> None:
    (found,) = extract("Fibre went with less gout (risk ratio 0.91 per 7 g/day (95% CI 0.88 to 0.94)).")
    assert (str(found.value), found.interval) == ("0.91", (Decimal("0.88"), Decimal("0.94")))


def test_groups_named_before_a_row_of_values() -> None:
    found = extract(
        "RESULTS: The control, statin, and diet groups had mean (SE) decreases in cholesterol of 8.0% (2.1%) "
        "(P = .002), 30.9% (3.6%) (P<.001), and 28.6% (3.2%) (P<.001), respectively."
    )
    groups = [[(group.label, str(group.value)) for group in one.groups] for one in found if one.groups]
    assert groups == [[("control", "8.0"), ("statin", "30.9"), ("diet", "28.6")]]


def test_what_was_known_before_is_no_finding() -> None:
    found = extract(
        "The brain shrinks with age, leading to an increased risk of dementia. Here we show that walking "
        "increased its volume. Risk of bias was higher in small trials."
    )
    assert [one.text for one in found] == ["Here we show that walking increased its volume."]


def test_intervals_with_more_in_their_bracket_and_groups_with_their_spread() -> None:
    found = extract(
        "RESULTS: The summary relative risks were 0.81 (95% CI 0.75 to 0.87; I2=9%, n=7 studies) for "
        "stroke, 0.88 "
        "(0.75 to 1.03; I2=56%, n=6) for gout, and 0.78 (0.73 to 0.85; I2=40%, n=10) for falls. Time was "
        "longer "
        "with tea (612 ± 98 s) than with water (574 ± 91 s; P = 0.01)."
    )
    assert [str(one.value) for one in found if one.effect] == ["0.81", "0.88", "0.78"]
    assert [str(group.value) for group in found[-1].groups] == ["612", "574"]


def test_in_whom_an_effect_is_larger_is_no_direction() -> None:
    found = extract("RESULTS: The treatment effect was larger in patients with more symptoms of depression.")
    assert [one.direction for one in found] in ([], [None])
