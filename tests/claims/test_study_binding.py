"""What a text tells at which time: numbers with their times, doses with how long they were given."""

from __future__ import annotations

import pytest

from claims.study.amounts import amounts
from claims.study.binding import dose_then, time_of_numbers
from claims.study.times import times

GRAFTS = "Of the grafts 71 % vs. 79 % worked at 1 year and 59 % vs. 69 % at 5 years. Follow-up was yearly."
FEVER = "Fever was gone in 97 % by day-14 and in 92 % by day-28."
GOUT = "They took 10 mg/d of ketanol for 12 weeks followed by 30 mg/d of it."


@pytest.mark.parametrize(
    ("sentence", "source", "value"),
    [
        ("Seventy-one per cent of the grafts worked at five years.", GRAFTS, "1"),
        ("After one year 59 % of the grafts worked.", GRAFTS, "5"),
        ("The fever had left 97 % of them by day 28.", FEVER, "14"),
        ("The fever had left 92 % of them by day 28.", FEVER, None),
        ("Between one year and five years the share fell from 71 % to 59 %.", GRAFTS, None),
        ("At five years the share had fallen from 71 % to 59 %.", GRAFTS, None),  # one of them is of its time
        ("At five years 44 % of the grafts worked.", GRAFTS, None),
    ],
)
def test_a_number_told_of_another_time(sentence: str, source: str, value: str | None) -> None:
    said = times(sentence)[-1]
    found = time_of_numbers(sentence, said, [source])
    assert (str(found[0].value) if found else None) == value


@pytest.mark.parametrize(
    ("sentence", "source", "dose"),
    [
        ("The dose was 30 mg a day for 12 weeks.", GOUT, "10 mg/d"),
        ("The dose was 10 mg a day for 12 weeks.", GOUT, None),
        ("The dose was 30 mg a day, and it ran for 12 weeks.", GOUT, None),
        (
            "All spent the first four weeks on 40 mg a day.",
            "All got 20 mg/d for the first 4 weeks.",
            "20 mg/d",
        ),
    ],
)
def test_a_dose_told_of_another_time(sentence: str, source: str, dose: str | None) -> None:
    said = next(one for one in amounts(sentence) if one.unit.startswith("mg"))
    found = dose_then(sentence, said, [source])
    assert (found[0].text_of(source) if found else None) == dose
