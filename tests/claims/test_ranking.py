# ruff: noqa: E501 - sentences read better unwrapped
"""Which group a sentence sets over the others, held against its abstract. Works and drugs are invented."""

from pathlib import Path

import pytest

from claims.abstracts.group_codes import groups_by_code, with_groups_named
from claims.audit import Checker
from claims.linking.ranking import outranked
from claims.model import Severity
from claims.reading import read_text

TITLE = "Pelmar, vostic or rinsing for bleeding gums"
ABSTRACT = " ".join(
    (
        "We randomised 180 adults to pelmar lozenges (group A), vostic gel (group B) or to rinsing with salt",
        "(group C). RESULTS: Plaque was thickest in group C (p=0.01). Thick plaque was commoner with salt than with pelmar. Gum bleeding was rarer in group A than in",
        "group B. Women had more mouth ulcers than men. Vostic outperformed pelmar for bad breath. Burning was",
        "felt by 22% with vostic and by 9% with pelmar. Dryness was no commoner with pelmar than with vostic.",
        "Swelling was lower with pelmar.",
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "Plaque was thickest in those who sucked pelmar.",
        "It was on vostic that gum bleeding was rarer.",
        "Gum bleeding was rarer with vostic than with pelmar.",
        "Men had more mouth ulcers than women.",
        "The men's mouth ulcers were more frequent than the women's.",
        "Pelmar beat vostic when it came to bad breath.",
        "Burning was commoner with pelmar than with vostic.",
        "Thick plaque showed up in 60% of those on pelmar and a third of those on salt water.",
    ],
)
def test_another_group_is_set_over_the_others(text: str) -> None:
    found = outranked(text, TITLE, ABSTRACT)
    assert found is not None, text


@pytest.mark.parametrize(
    "text",
    [
        "Plaque was thickest in those who only rinsed.",
        "Gum bleeding was commoner with vostic than with pelmar.",
        "Gum bleeding was rarer with pelmar than with vostic.",
        "Women had more mouth ulcers than men.",
        "Compared with men, women had more mouth ulcers.",
        "Vostic beat pelmar when it came to bad breath.",
        "Burning was felt by 22% of the vostic group, but by only 9% on pelmar.",
        "Dryness was no commoner with vostic than with pelmar.",
        "Swelling was lower after three weeks.",
        "Toothache was worse with vostic than with pelmar.",
        "Gum bleeding was rarer in people who slept well.",  # no group of the trial
    ],
)
def test_the_same_group_or_none_that_is_known(text: str) -> None:
    assert outranked(text, TITLE, ABSTRACT) is None, text


@pytest.mark.parametrize(
    ("abstract", "codes"),
    [
        (
            "Patients got oral brennol (group A) or dormate drops (group B).",
            {"A": "oral brennol", "B": "dormate drops"},
        ),
        (
            "Group I was treated with warm packs, whereas Group II received cold packs.",
            {"I": "warm packs", "II": "cold packs"},
        ),
        (
            "There were three groups: group 1: zinc spray, group 2: honey and group 3: water.",
            {"1": "zinc spray", "2": "honey", "3": "water"},
        ),
        ("Arm A patients were given quell; in arm B, mirt was given.", {"A": "quell", "B": "mirt"}),
        ("Pain was lower in group A than in group B.", {}),  # a result defines nothing
        ("Infection with group A streptococci was rare.", {}),
    ],
)
def test_codes_of_groups(abstract: str, codes: dict[str, str]) -> None:
    assert groups_by_code(abstract) == codes


def test_groups_that_are_listed_are_named() -> None:
    abstract = "They got brennol (arm A), dormate (arm B) or mirt (arm C)."
    named = with_groups_named("It was 5, 6 and 7% in arms A, B and C.", abstract)
    assert named == "It was 5, 6 and 7% in arm A brennol, arm B dormate and arm C mirt."


def test_it_is_said_of_an_article(tmp_path: Path) -> None:
    refs = tmp_path / "refs.bib"
    refs.write_text(
        f"@article{{oaks2019, title={{{TITLE}}}, author={{Oaks, Ben}}, journal={{Fictional Dentistry}},"
        f" year={{2019}}, volume={{4}}, pages={{1--9}}, abstract={{{ABSTRACT}}}}}",
        encoding="utf-8",
    )
    listed = f"Oaks B. (2019). {TITLE}. Fictional Dentistry, 4, 1-9."
    text = "Men had more mouth ulcers than women (Oaks, 2019). Women had more of them (Oaks, 2019).\n\n"
    report = Checker.of(refs=[refs]).check(read_text(f"{text}# References\n\n{listed}\n", "text/markdown"))
    loud = [one for one in report.diagnostics if one.code in ("N103", "E102")]
    assert [(one.code, one.severity) for one in loud] == [("N103", Severity.WARNING)]
    assert "Men had" in text[: loud[0].span.end]
    assert loud[0].span.end < text.index("Women")
