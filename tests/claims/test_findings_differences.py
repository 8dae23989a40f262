"""Ratios, differences and intervals of an abstract in the many ways that they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.findings import (
    extract,
)


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


def test_an_interval_behind_a_comma_in_the_bracket_of_its_measure() -> None:
    found = extract("RESULTS: Each hour was tied to a higher risk (hazard ratio 1.06, 1.03 to 1.09).")
    assert [(one.value, one.interval) for one in found] == [
        (Decimal("1.06"), (Decimal("1.03"), Decimal("1.09")))
    ]


def test_a_difference_with_an_interval_is_one_between_groups() -> None:
    (found,) = extract("RESULTS: Sleep was 19 minutes shorter on noisy streets (95% CI 11 to 27).")
    assert (found.measure, found.value, found.interval) == (
        "mean-difference", Decimal(-19), (Decimal(-27), Decimal(-11)),
    )  # fmt: skip


def test_a_ratio_spoken_of_before_needs_no_name_again() -> None:
    found = extract(
        "RESULTS: The odds ratio was 1.19 (95% CI 1.09 to 1.30). Risk rose with use: 1.08 (0.95 to 1.23) for "
        "less than a year and 1.34 (1.18 to 1.52) for more. Mean age was 54 (21 to 80)."
    )
    assert [(one.measure, str(one.value)) for one in found] == [
        ("odds-ratio", "1.19"), ("odds-ratio", "1.08"), ("odds-ratio", "1.34"),
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


def test_cohens_d_and_one_day() -> None:
    found = extract("RESULTS: It was less (d = 0.72). Stay was 1 day shorter (95% CI 0.4 to 1.6 days).")
    assert [(one.measure, one.value) for one in found] == [
        ("standardised-mean-difference", Decimal("0.72")), ("mean-difference", Decimal(-1)),
    ]  # fmt: skip
    assert found[1].effect is not None
    assert found[1].effect.unit == "day"


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
