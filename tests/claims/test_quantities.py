"""Numbers, units, roles and doses, on sentences of our own from several health subjects."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims import quantities
from claims.quantities import combine, comparable, convert, find, to_dose, to_doses
from graph.evidence import Dose


def seen(text: str) -> list[tuple[str, str, str | None, str | None, str]]:
    return [
        (
            quantity.text,
            str(quantity.value),
            quantity.high and str(quantity.high),
            quantity.unit,
            quantity.role,
        )
        for quantity in find(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Adults who slept under 6 hours a night had a 13 % higher risk.",
            [("6 hours a night", "6", None, "h/day", "dose"), ("13 %", "13", None, "percent", "percent")],
        ),
        ("about 1 per cent of them", [("1 per cent", "1", None, "percent", "percent")]),
        (
            "2,000 IU of vitamin D3 a day for 12 weeks",
            [("2,000 IU", "2000", None, "IU/day", "dose"), ("12 weeks", "12", None, "week", "duration")],
        ),
        ("HR 0·72", [("0·72", "0.72", None, None, "statistic")]),
        (
            "(95% CI 0·60–0·85)",
            [("95%", "95", None, "percent", "interval"), ("0·60–0·85", "0.60", "0.85", None, "interval")],
        ),
        ("two and a half cups a day", [("two and a half cups a day", "2.5", None, "cup/day", "dose")]),
        ("two to three cups of tea a day", [("two to three cups", "2", "3", "cup/day", "dose")]),
        ("a 12-week trial", [("12-week", "12", None, "week", "duration")]),
        ("in the 36 hours after surgery", [("36 hours", "36", None, "h", "duration")]),
        ("30 mg or 90 mg", [("30 mg", "30", None, "mg", "dose"), ("90 mg", "90", None, "mg", "dose")]),
        ("90 mg or 30 mg", [("90 mg", "90", None, "mg", "dose"), ("30 mg", "30", None, "mg", "dose")]),
        ("4 g or 1 g", [("4 g", "4", None, "g", "dose"), ("1 g", "1", None, "g", "dose")]),
        ("two or three cups", [("two or three cups", "2", "3", "cup", "dose")]),
        ("65-year-olds", [("65-year", "65", None, "year", "age")]),
        ("adults aged 40 to 65 years", [("40 to 65 years", "40", "65", "year", "age")]),
        ("people over 60 sleep less", [("60", "60", None, "year", "age")]),
        ("in 1,234 adults", [("1,234", "1234", None, None, "count")]),
        ("10 000 steps a day", [("10 000 steps a day", "10000", None, "step/day", "dose")]),
        (
            "a pressure of 140/90 mm Hg",
            [("140", "140", None, "mmHg", "other"), ("90 mm Hg", "90", None, "mmHg", "other")],
        ),
        (
            "pressure fell from 148 to 139 mmHg",
            [("148", "148", None, "mmHg", "other"), ("139 mmHg", "139", None, "mmHg", "other")],
        ),
        (
            "time to relapse grew from a median of 90 to 150 days",
            [("90", "90", None, "day", "duration"), ("150 days", "150", None, "day", "duration")],
        ),
        ("from 20 to 30 minutes a day", [("20 to 30 minutes a day", "20", "30", "min/day", "dose")]),
        ("one in five adults", [("one in five", "20", None, "percent", "percent")]),
        ("(Okafor et al., 2021)", [("2021", "2021", None, None, "year")]),
        ("between 2017 and 2019", [("2017 and 2019", "2017", "2019", None, "year")]),
        (
            "2000 patients took 2000 mg",
            [("2000", "2000", None, None, "count"), ("2000 mg", "2000", None, "mg", "dose")],
        ),
        ("LDL of 3.4 mmol/L", [("3.4 mmol/L", "3.4", None, "mmol/L", "other")]),
        ("sugar fell by 10 mg/dl", [("10 mg/dl", "10", None, "mg/dL", "other")]),
        ("babies 84 grams lighter", [("84 grams", "84", None, "g", "other")]),
        ("they ate 90 g less than before", [("90 g", "90", None, "g", "other")]),
        ("500 ml more water", [("500 ml", "500", None, "mL", "dose")]),
    ],
)
def test_numbers_units_and_roles(
    text: str, expected: list[tuple[str, str, str | None, str | None, str]]
) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "vitamin B12 and vitamin D3",
        "type 2 diabetes",
        "as the review says [12], and others [3–5]",
        "see https://example.org/2020/15 and doi:10.1000/182",
        "omega-3 and COVID-19",
        "at 10:30 or 8 p.m. on 12 June",
        "one of these things",
        "24/7",
        "Table 3 shows a 3-D view",
    ],
)
def test_numbers_that_name_things_are_left_out(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("more than 100 minutes", "more-than"),
        ("at least 7 hours", "at-least"),
        ("~130 minutes", "about"),
        ("fewer than 5 drinks", "less-than"),
        ("up to 400 mg", "at-most"),
        ("8 hours or more", "at-least"),
        ("30 g", None),
    ],
)
def test_comparisons(text: str, comparison: str | None) -> None:
    assert find(text)[0].comparison == comparison


def dose(unit: str, low: str | None, high: str | None) -> Dose:
    return Dose(unit, None if low is None else Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 min, 5 times a week", [dose("min/week", "150", "150")]),
        ("20-30 minutes most days", [dose("min/week", "80", "180")]),
        ("twice a week for 45 minutes", [dose("min/week", "90", "90")]),
        ("one hour of yoga, three days a week", [dose("min/week", "180", "180")]),
        ("10 minutes every other day", [dose("min/week", "35", "35")]),
        ("10 minutes every day", [dose("min/day", "10", "10")]),
        ("3 x 30 minutes per week", [dose("min/week", "90", "90")]),
        ("at least 150 minutes of exercise a week", [dose("min/week", "150", None)]),
        ("less than 1,500 mg of sodium per day", [dose("mg/day", None, "1500")]),
        ("500 mg twice daily", [dose("mg/day", "1000", "1000")]),
        ("published in 2019 by 45 people aged 60, followed for 3 years [4]", []),
        ("daily life", []),
    ],
)
def test_doses(text: str, expected: list[Dose]) -> None:
    assert list(to_doses(text)) == expected


def test_a_quantity_that_is_no_dose_makes_no_dose() -> None:
    assert to_dose(find("23 %")[0]) is None


def test_doses_of_a_study_are_multiplied_out_within_a_role() -> None:
    target = Dose("min/session", Decimal(30), Decimal(30), "target")
    times = Dose("session/week", Decimal(5), Decimal(5), "target")
    reached = Dose("min/week", Decimal(130), Decimal(130), "reached")
    assert combine((target, times, reached))[3:] == (Dose("min/week", Decimal(150), Decimal(150), "target"),)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (dose("min/week", "150", "150"), dose("min/day", "20", "30"), "within"),
        (dose("min/day", "100", None), dose("min/week", "80", "180"), "above"),
        (dose("h/day", "2", "2"), dose("min/day", "120", "120"), "same"),
        (dose("mcg/day", "500", "500"), dose("mg/day", "1", "2"), "below"),
        (dose("session/day", "1", "1"), dose("session/week", "5", "7"), "within"),
    ],
)
def test_doses_compare_in_common_units(first: Dose, second: Dose, relation: str) -> None:
    found = comparable(first, second)
    assert found is not None
    assert found.relation == relation


@pytest.mark.parametrize(
    ("first", "second"),
    [("mg/day", "min/day"), ("step/day", "min/day"), ("IU/day", "mg/day"), ("min/session", "min/week")],
)
def test_doses_of_different_things_do_not_compare(first: str, second: str) -> None:
    assert comparable(dose(first, "1", "1"), dose(second, "1", "1")) is None
    assert convert(Decimal(1), first, second) is None


def test_unknown_units_are_unknown_not_an_error() -> None:
    assert convert(Decimal(1), "zork", "mg") is None
    assert convert(Decimal(1), "mg); import os", "mg") is None


def test_offsets_point_at_the_printed_words() -> None:
    text = "Eat 5 servings of vegetables per day (Ito, 2018), about 400 g, most days."
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in find(text))
    assert len(find(text)) == 4


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "piece", ["1", "1,", "1 000 ", "a ", "daily ", "from 1 to 2 ", "(((1–", "percent", "30 of a a a "]
)
def test_long_hostile_text_ends(piece: str) -> None:
    find(piece * (200_000 // len(piece)))


@pytest.mark.parametrize(
    "text",
    [
        "eat about 500 kcal more a day",
        "intake was greater (508 ± 106 kcal/day; p = 0.01)",
        "slept 28 minutes less than the others",
        "cut sleep duration by 62 minutes",
        "sleep duration rose from 6.1 to 7.3 hours",
        "sleep onset latency fell by 17 minutes",
    ],
)
def test_what_came_out_is_no_dose(text: str) -> None:
    assert quantities.to_doses(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "They slept 17 minutes less each night.",
        "They fell asleep 9 minutes sooner.",
        "Advice reduces drinking, by about 20 g a week.",
        "The difference was -8.2 minutes a night.",
        "Latency fell (weighted mean difference = 7.06 minutes).",
        "Latency rose (+ 7.7 min; p = 0.03).",
    ],
)
def test_what_came_of_it_is_no_dose(text: str) -> None:
    assert to_doses(text) == ()


def test_when_something_was_taken_is_no_dose() -> None:
    (dose,) = to_doses("They took 400 mg of caffeine, 6 hours before bed.")
    assert dose.unit == "mg"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("One hundred twenty patients took part.", 120),
        ("A hundred and two patients took part.", 102),
        ("Two hundred thirty-five women took part.", 235),
        ("Some one thousand one hundred and sixty-two adults took part.", 1162),
        ("Two hundred thousand people took part.", 200_000),
        ("Three dozen men took part.", 36),
    ],
)
def test_numbers_in_words(text: str, value: int) -> None:
    assert [quantity.value for quantity in find(text)] == [Decimal(value)]


def test_a_cup_is_no_measure() -> None:
    assert convert(Decimal(5), "cup/day", "L/day") is None


def test_forces_and_pressures_have_their_units() -> None:
    found = quantities.find("up to 3,200 newtons on it, 0.5 MPa within")
    assert [(one.value, one.unit) for one in found] == [(Decimal(3200), "N"), (Decimal("0.5"), "MPa")]
    assert not [one for one in quantities.find("a small study (N = 20)") if one.unit == "N"]
