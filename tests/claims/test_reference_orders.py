# ruff: noqa: E501 - references as they are printed
"""References that begin with a title, a volume or a table's cell are read like any other."""

from __future__ import annotations

import pytest

from claims.model import Author
from claims.names import read_authors
from claims.references import parse

TITLE = "Invented tea and the length of sleep: a randomised trial"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}. Roe A, Poe BC, J Fict Sleep 2021.",
        f"{TITLE}. Roe A, Poe BC. J Fict Sleep. 2021;14(2):33-9.",
        f"{TITLE}. Roe, A., & Poe, B. C. J Fict Sleep (2021).",
        f"See Ann Roe & Bo C. Poe, {TITLE}, 14 J Fict Sleep. 33 (2021).",
        f"See, e.g., Ann Roe & Bo C. Poe, {TITLE}, 14 J Fict Sleep 33, 35–36 (2021)",
        f"Roe A, Poe BC | {TITLE} | J Fict Sleep 14(2) | 2021",
        f"2021 | Roe A, Poe BC | {TITLE} | J Fict Sleep | 14",
        f"Roe, A. & Poe, B. C. {TITLE}. J Fict Sleep 14, 33–39 (2021).",
        f"Roe A, Poe BC. {TITLE}. J Fict Sleep 14:33–39, 2021.",
    ],
)
def test_orders_of_fields(text: str) -> None:
    fields = parse(text)
    assert fields.title == TITLE
    assert [one.family for one in fields.authors] == ["Roe", "Poe"]
    assert (fields.journal, fields.year) == ("J Fict Sleep", 2021)
    assert fields.volume in ("14", None)


def test_a_nature_title_that_begins_with_a_list() -> None:
    fields = parse(
        "Roe, A., Poe, B. & Lamb, E. Valerian, hops and both together for sleep. Fict. Sleep 11, 141–148 (2016)."
    )
    assert [one.family for one in fields.authors] == ["Roe", "Poe", "Lamb"]
    assert fields.title == "Valerian, hops and both together for sleep"


@pytest.mark.parametrize(
    "text",
    [
        f"Invented Tea Trialists' Collaboration. {TITLE}. Fict Sleep 2021; 14: 33–39.",
        f"Invented Tea Trialists' Collaboration. (2021). {TITLE}. Fictional Sleep, 14(2), 33–39.",
    ],
)
def test_bodies_before_an_article(text: str) -> None:
    fields = parse(text)
    assert [one.family for one in fields.authors] == ["Invented Tea Trialists' Collaboration"]
    assert (fields.title, fields.volume) == (TITLE, "14")


def test_a_linked_page_is_its_title_and_its_site() -> None:
    fields = parse(f"{TITLE} - Fictional Sleep & Rest")
    assert (fields.title, fields.journal, fields.publisher) == (TITLE, None, "Fictional Sleep & Rest")


@pytest.mark.parametrize("text", [f"Roe and Poe 2021: {TITLE}", f"Roe et al. (2021): {TITLE}."])
def test_names_and_a_year_before_a_colon(text: str) -> None:
    fields = parse(text)
    assert fields.authors[0] == Author("Roe")
    assert (fields.year, fields.title) == (2021, TITLE)


def test_three_full_names_with_the_family_last() -> None:
    found, _ = read_authors("Ann Roe, Bo Poe, and Eva Lamb")
    assert found == (Author("Roe", "A"), Author("Poe", "B"), Author("Lamb", "E"))
    assert read_authors("Roe Marsh, Ann Eva")[0] == (Author("Roe Marsh", "AE"),)


@pytest.mark.parametrize(
    "remark",
    [
        "(Retraction published 2022, Fictional Sleep, 15[3], 501)",
        "[Erratum published in Fictional Sleep 2022;15(1):3]",
        "(Expression of concern issued 2022)",
    ],
)
def test_a_remark_on_what_became_of_a_work_is_no_part_of_its_title(remark: str) -> None:
    fields = parse(f"Roe, A., & Poe, B. C. (2021). {TITLE} {remark}. Fictional Sleep, 14(2), 33–39.")
    assert (fields.title, fields.year) == (TITLE, 2021)
