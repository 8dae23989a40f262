"""The groups of a study in its abstract: their names, sizes and values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.findings import (
    extract,
)


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


def test_medians_with_intervals_of_both_groups() -> None:
    (found,) = extract(
        "The median time to relapse was 208 days (95% CI 149–295) in the diet group and 112 days (89–140) "
        "in the control group."
    )
    assert found.effect is None
    assert [(group.measure, group.unit) for group in found.groups] == [("median", "day")] * 2
    assert [str(group.low) for group in found.groups] == ["149", "89"]


def test_groups_are_named_where_they_stand_before_the_bracket() -> None:
    (found, *_) = extract(
        "Bleeding was more common in the aspirin group than in the placebo group (3.9% vs. 2.7%; P<0.001)."
    )
    assert [(one.label, str(one.value)) for one in found.groups] == [("aspirin", "3.9"), ("placebo", "2.7")]


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


def test_people_are_counted_not_their_years() -> None:
    (found,) = extract(
        "We prospectively examined 61,204 men and 88,410 women over 1,204,310 person-years of follow-up. "
        "Tea was associated with fewer stones (RR 0.82, 95% CI 0.74-0.91)."
    )
    assert (found.sample_size, found.design) == (149614, "cohort")


def test_groups_behind_their_names() -> None:
    (found,) = extract(
        "RESULTS: Sprints were faster with cherry (3.02 ± 0.11 s) than with placebo (3.09 ± 0.12 s; P=0.02)."
    )
    assert [(group.label, group.value, group.unit) for group in found.groups] == [
        ("cherry", Decimal("3.02"), "s"), ("placebo", Decimal("3.09"), "s"),
    ]  # fmt: skip


def test_a_time_beside_shares_is_none_of_them() -> None:
    (found,) = extract(
        "RESULTS: four (8%) of 50 in the egg group had an egg allergy at 12 months compared with 18 (38%) of "
        "47 in the placebo group (risk ratio 0.222, 95% CI 0.081 to 0.607)."
    )
    assert [(one.label, one.value, one.size) for one in found.groups] == [
        ("egg group", Decimal(8), 50),
        ("placebo group", Decimal(38), 47),
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


def test_groups_named_before_a_row_of_values() -> None:
    found = extract(
        "RESULTS: The control, statin, and diet groups had mean (SE) decreases in cholesterol of 8.0% (2.1%) "
        "(P = .002), 30.9% (3.6%) (P<.001), and 28.6% (3.2%) (P<.001), respectively."
    )
    groups = [[(group.label, str(group.value)) for group in one.groups] for one in found if one.groups]
    assert groups == [[("control", "8.0"), ("statin", "30.9"), ("diet", "28.6")]]
