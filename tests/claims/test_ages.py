"""Age groups by printed years."""

from __future__ import annotations

import pytest

from claims.abstracts import of_work
from claims.concepts import Vocabulary, vocabulary_of
from claims.sentence.ages import age_groups
from graph.evidence import Evidence, Iri, Work
from graph.reading import shipped


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return vocabulary_of(Evidence(concepts=shipped()))


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("adults 60 years of age or older", "older-adults"),
        ("those aged 70-84 years", "older-adults"),
        ("adults over the age of 70", "older-adults"),
        ("pupils aged 4 to 11 years", "children"),
        ("girls aged 12 to 15", "adolescents"),
        ("volunteers aged 18 to 30", "young-adults"),
        ("employees aged 45 to 60 years", "middle-aged-adults"),
        ("people aged 20 and over", None),
        ("patients aged 18 to 75 years", None),
        ("the mean age was 65.4 years", None),
        ("mean (SD) age of 75.6 years", None),
        ("for 70 years", None),
    ],
)
def test_who_is_of_an_age(vocabulary: Vocabulary, text: str, group: str | None) -> None:
    found = [one.concept.rsplit("/", 1)[-1] for one in age_groups(text, vocabulary)]
    assert found == ([group] if group else [])
    assert all(text[one.span.start : one.span.end] == one.label for one in age_groups(text, vocabulary))


@pytest.mark.parametrize(
    "share", ["54% were women", "of whom 46.2% were men", "480 women [53%]", "412 (45%) were men"]
)
def test_a_share_of_those_studied_is_not_who_was_studied(vocabulary: Vocabulary, share: str) -> None:
    work = Work(
        Iri("https://w3id.org/claimspine/id/work/share"),
        title="Tai chi and falls: a randomised trial",
        abstract=f"METHODS: We enrolled 900 persons 65 years of age or older ({share}). "
        "RESULTS: Falls were fewer with tai chi (RR 0.77; 95% CI 0.70 to 0.84).",
    )
    study, _ = of_work(work, vocabulary)
    assert study is not None
    assert [iri.rsplit("/", 1)[-1] for iri in study.population] == ["older-adults"]
