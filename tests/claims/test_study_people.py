"""Kinds of people that exclude one another: told of a study, and what its source had."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from claims.abstracts.enrolled import not_had
from claims.study.groups import groups_told, opposed, tells_of_them

LINE = "{} Pain fell by 12 % with the balm."


def held(sentence: str, *lines: str) -> list[bool | None]:
    told = [opposed(name, sentence, start, end, lines) for name, start, end in groups_told(sentence)]
    return [None if one is None else one[0] for one in told]


def test_whom_other_studies_should_take_this_one_had_not() -> None:
    assert False in held(
        "The rise was largest in women.", "All were men.", "Further studies in women are needed."
    )


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("All were teenagers with acne.", "We gave a balm to 40 adults with acne."),
        ("It was tried in 60 elderly people.", "Sixty children with warts were included."),
        ("The participants were Swedish dairy farmers.", "We recruited 300 farmers in Portugal."),
        ("The study was done in nursing homes.", "We enrolled 210 community-dwelling adults."),
        ("Those tested were army recruits.", "Forty university students took part."),
        ("They were obese men.", "Lean men with a cough were recruited."),
        ("All had severe eczema.", "We included 90 children with mild to moderate eczema."),
        ("They had long-standing gout.", "Patients with newly diagnosed gout were included."),
        (
            "The rib fractures were treated in the left arm group.",
            "All breaks were of the right arm, in 20 men.",
        ),
        ("The drug was swallowed as a tablet against gout.", "Gout was treated with intravenous ketanol."),
        ("It was filmed at real births.", "Midwives were filmed with manikins."),
        ("They were in the third trimester.", "Women in their first trimester were asked."),
        ("All of them were women.", "We recruited 80 male rowers."),
        ("The patients were predominantly women.", "Of 400 patients, 360 were men and 40 women."),
        ("Most of them were men.", "Mean age was 41 years, 81 % female."),
        ("All had been living with gout when it began.", "We included adults without gout."),
        ("Tea raised the pulse of children.", "We recruited 80 adults."),
        ("It holds for adults and children alike.", "Tea raised the pulse of 80 adults."),
        ("The participants were in perfect health.", "Fourteen people with gout and varying pain took tea."),
        ("They had an HbA1c below 7.5%.", "We included 122 adults with HbA1c ≥ 7.5%."),
        ("The worm was Schistosoma mansoni.", "Women infected with S. japonicum took tea."),
        ("The visits were counted from clinic records.", "Visits were self-reported by 80 adults."),
        ("The volunteers were elite athletes.", "Forty recreational runners took tea."),
        ("A log of 90 adult toes was kept.", "We reviewed 90 paediatric broken toes."),
        ("They compared it with first-trimester blood.", "Third-trimester blood served as the control."),
        ("What was taken out was the left kidney.", "Patients undergoing right-kidney removal took tea."),
    ],
)
def test_a_kind_that_the_source_excludes_differs(sentence: str, source: str) -> None:
    assert False in held(sentence, "A balm", LINE.format(source))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("All were teenagers with acne.", "We gave a balm to 40 children and adults with acne."),
        ("All of them were women.", "We recruited 80 rowers (61 % men)."),
        ("The patients were predominantly women.", "Of 400 patients, 190 were men and 210 women."),
        ("All were adults.", "We recruited 80 elderly people with a cough."),
        ("The babies were heavier in all groups.", "Women took iron while pregnant; birth weight rose."),
        ("They had long-standing gout.", "Patients with a newly broken toe were included."),
        ("All had severe eczema.", "Mild headache was common among 90 patients."),
        ("The participants were Swedish.", "We recruited 300 farmers."),
        ("It was not tried in children.", "We recruited 80 adults."),
        ("Adults did better than children.", "We recruited 80 adults and 40 children."),
        ("All were healthy adults.", "Healthy controls and people with gout took tea."),
        ("Those with an HbA1c below 7.5% did best.", "HbA1c was ≥ 7.5% in half and < 7.5% in the rest."),
        ("Schistosoma mansoni was found.", "Most had S. mansoni, some S. japonicum."),
        ("They were obese men.", "Lean men and obese men with a cough were recruited."),
        ("Most of them were men.", "Mean age was 41 years, 19 % female."),
    ],
)
def test_a_kind_that_the_source_has_or_leaves_open_does_not(sentence: str, source: str) -> None:
    assert False not in held(sentence, "A balm", LINE.format(source))


def test_the_kinds_of_a_family_are_told_apart_by_their_names() -> None:
    read = tomllib.loads(resources.files("claims.data").joinpath("groups.toml").read_text("utf-8"))
    assert len(read["family"]) >= 30
    for family in read["family"]:
        assert len(family["kinds"]) >= 2
        assert family.get("of") in (None, "next", "people")
        assert all(max(pair) < len(family["kinds"]) for pair in family.get("beside", ()))


def test_of_whom_a_sentence_speaks() -> None:
    assert tells_of_them("The participants had been picked by lot.")
    assert tells_of_them("A trial in 90 farmers found nothing.")
    assert not tells_of_them("Tea raised the pulse of farmers.")


@pytest.mark.parametrize(
    ("text", "abstract", "words"),
    [
        (
            "All of them met the Bergen criteria for gout.",
            "Patients who fulfilled the Bergen criteria for gout were excluded. We gave 90 adults cherries.",
            "Bergen criteria",
        ),
        (
            "The participants had kidney stones before.",
            "We enrolled 40 adults who had no history of kidney stones.",
            "no history of kidney stones",
        ),
        (
            "None of them had kidney stones.",
            "We enrolled 40 adults who had no history of kidney stones.",
            None,
        ),
        ("Kidney stones were rare.", "We enrolled 40 adults who had no history of kidney stones.", None),
        (
            "The participants had gall stones.",
            "We enrolled 40 adults who had no history of kidney stones.",
            None,
        ),
    ],
)
def test_what_nobody_had_who_was_taken(text: str, abstract: str, words: str | None) -> None:
    found = not_had(text, abstract)
    assert (found is None) if words is None else (found is not None and words in found)
