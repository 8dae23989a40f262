"""Titles side by side: what makes two of them differ and what does not."""

from __future__ import annotations

import pytest

from claims.references.titles import differing_words, is_slip, same_title, stands_in, translated

OATS = "Oat fibre and β-glucan for haemoglobin and ageing in paediatric care: a randomised trial"


@pytest.mark.parametrize(
    "printed",
    [
        OATS.upper(),
        "Oat fiber and beta-glucan for hemoglobin and aging in pediatric care: a randomized trial",
        "Oat fibre and β-glucan for haemoglobin and ageing in paediatric care",
        "The oat fibre and β‐glucan for haemoglobin and ageing in paediatric care – a randomised trial",
        r"Oat fibre and {$\beta$-Glucan} for haemoglobin and ageing in {P}aediatric care",
        "<i>Oat</i> fibre &amp; β-glucan for haemoglobin and ageing in paediatric care",
        "Oat ﬁbre and β-glucan for haemoglobin and ageing in paediatric care: a randomised trial [Internet]",
        "RETRACTED: Oat fibre and β-glucan for haemoglobin and ageing in paediatric care: a randomised trial",
    ],
)
def test_ways_of_writing_one_title(printed: str) -> None:
    assert same_title(printed, OATS)
    assert same_title(OATS, printed)


@pytest.mark.parametrize(
    "printed",
    [
        OATS.replace(" for ", " towards "),
        OATS.replace("haemoglobin", "glucose"),
        OATS.replace("fibre", "fibres"),
        OATS.replace("randomised", "randomised controlled"),
        OATS.replace("trial", "cohort"),
        OATS.replace("in paediatric", "paediatric"),
        "Oat fibre",
    ],
)
def test_one_word_makes_another_title(printed: str) -> None:
    assert not same_title(printed, OATS)


def test_the_words_that_differ_are_named() -> None:
    assert differing_words(OATS.replace(" for ", " towards "), OATS) == ("towards", "for")
    assert differing_words(OATS.replace("a randomised", "a large randomised"), OATS) == ("large", "")
    assert differing_words(OATS.replace("haemoglobin", "hemoglobin"), OATS) == ("", "")


def test_a_slip_is_no_other_title() -> None:
    assert is_slip(OATS.replace(" for ", " towards "), OATS)
    assert not is_slip("Whole grains and the heart in older men", OATS)


def test_a_title_within_an_entry() -> None:
    entry = f"Lee A, Roe C. {OATS}. Eur J Nutr. 2019;42(3):101-9."
    assert stands_in(OATS, entry)
    assert not stands_in(OATS.replace(" for ", " towards "), entry)
    assert not stands_in("Oat fibre", entry)  # too short to be told from other words


def test_an_empty_title_is_like_none() -> None:
    assert not same_title("", OATS)
    assert not same_title("?", "!")


RECORD = "Sleep and health of nurses: a cross-sectional study"
OWN = "Schlaf und Gesundheit bei Pflegekräften"


@pytest.mark.parametrize(
    ("printed", "record"),
    [
        (f"[{RECORD}]", RECORD),
        (f"{RECORD} [in German]", RECORD),
        (f"{RECORD} [Article in German]", RECORD),
        (f"{RECORD}] [Article in French, English", RECORD),
        (f"{RECORD} (Chinese)", RECORD),
        (f"{OWN} [{RECORD}]", RECORD),
        (f"{OWN} [{RECORD}]", OWN),
        (RECORD, f"{OWN} [{RECORD}]"),
    ],
)
def test_a_title_in_two_languages_is_either(printed: str, record: str) -> None:
    assert same_title(printed, record)


def test_a_bracket_that_is_no_title_adds_nothing() -> None:
    assert not same_title(f"{OWN} [In men]", RECORD)
    assert not same_title(f"{RECORD} [in German hospitals]", RECORD)


def test_a_translation_is_not_compared_word_by_word() -> None:
    assert translated(f"[{RECORD}].", OWN)
    assert not translated(f"[{RECORD}].", "Melatonin and the sleep of nurses")
    assert not translated(f"[{RECORD}].", "Melatonin improves sleep")
    assert not translated(RECORD, OWN)
