"""Whom a study took, as its abstract says it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from claims.abstracts.enrolled import left_out
from claims.audit import Checker
from claims.concepts import Vocabulary, vocabulary_of
from claims.reading import read_text
from claims.sentence.ages import ages_of
from graph.evidence import Evidence, Iri
from graph.reading import shipped


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(Evidence(concepts=shipped()))


@pytest.mark.parametrize(
    ("text", "group", "words"),
    [
        ("We enrolled 900 persons without diabetes.", "people-with-diabetes", "without diabetes"),
        ("We assigned adults who had no history of stroke.", "stroke", "had no history of stroke"),
        ("Participants did not have hypertension.", "hypertension", "did not have hypertension"),
        (
            "We enrolled 900 persons without diabetes and 80 people with diabetes.",
            "people-with-diabetes",
            None,
        ),
        ("Diabetes was less common with nuts than without nuts.", "people-with-diabetes", None),
        ("We enrolled 900 persons without type 1 diabetes.", "people-with-diabetes", None),
    ],
)
def test_who_was_left_out(text: str, group: str, words: str | None, vocabulary: Vocabulary) -> None:
    iri = Iri(f"https://w3id.org/claimspine/id/concept/{group}")
    assert left_out(text, iri, vocabulary) == words


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Women aged 50 to 71 years and men aged 55 to 80 years.", (Decimal(50), Decimal(80))),
        ("Children aged 6-11 years took part.", (Decimal(6), Decimal(11))),
        ("People 70 years of age or older took part.", (Decimal(70), None)),
        ("The trial lasted 4 years; mean age was 61 years.", None),
    ],
)
def test_how_old_they_were(text: str, ages: tuple[Decimal, Decimal | None] | None) -> None:
    assert ages_of(text) == ages


WORK = """@article{orlo2018, author={Orlo, Mira and Venn, Tadeo and Adair, Lou}, year=2018,
journal={Bread and Heart}, title={Walnuts and stroke: a randomized trial}, volume=2, number=1, pages={1--9},
abstract={METHODS We randomly assigned 2100 persons without diabetes (55 to 80 years of age, 57% women) to
walnuts or placebo. RESULTS
Stroke was less common with walnuts than with placebo (hazard ratio, 0.70; 95% CI, 0.55 to 0.89).}}
"""


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("people with diabetes", "without diabetes"),
        ("young adults", "of 55 to 80 years"),
        ("children", "of 55 to 80 years"),
        ("older adults", None),
        ("men", None),
    ],
)
def test_who_was_not_taken_is_said(tmp_path: Path, people: str, said: str | None) -> None:
    bib = tmp_path / "refs.bib"
    bib.write_text(WORK, "utf-8")
    text = f"# Nuts\n\nIn {people}, walnuts lowered the risk of stroke by 30 % (Orlo et al., 2018).\n"
    report = Checker.of(refs=[bib]).check(read_text(text, "text/markdown"))
    told = [one.message for one in report.diagnostics if one.code == "P101"]
    assert len(told) == (0 if said is None else 1)
    assert said is None or said in told[0]
