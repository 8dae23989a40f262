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


def test_methods_and_findings_tell_results() -> None:
    (found,) = extract(
        "METHODS AND FINDINGS: We asked 900 adults. Noise was tied to poor sleep (OR 1.6, 95% CI 1.2-2.1). "
        "CONCLUSIONS: Noise matters."
    )
    assert found.quote_role == "result"


def test_signs_told_in_words() -> None:
    (found,) = extract("RESULTS: It fell (MD 0.02 points lower, 95% CI 0.06 lower to 0.02 higher).")
    assert (found.value, found.interval) == (Decimal("-0.02"), (Decimal("-0.06"), Decimal("0.02")))


def test_no_evidence_of_more_is_no_increase() -> None:
    found = extract("RESULTS: There was no evidence of increased bleeding with fish oil.")
    assert [one.direction for one in found] == ["no-difference"]
    found = extract("RESULTS: There was no evidence of bias, and pain was lower (RR 0.8, 95% CI 0.7 to 0.9).")
    assert [one.direction for one in found] == ["decreases"]


def test_what_was_known_before_is_no_finding() -> None:
    found = extract(
        "The brain shrinks with age, leading to an increased risk of dementia. Here we show that walking "
        "increased its volume. Risk of bias was higher in small trials."
    )
    assert [one.text for one in found] == ["Here we show that walking increased its volume."]


def test_in_whom_an_effect_is_larger_is_no_direction() -> None:
    found = extract("RESULTS: The treatment effect was larger in patients with more symptoms of depression.")
    assert [one.direction for one in found] in ([], [None])
