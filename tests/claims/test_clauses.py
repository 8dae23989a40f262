"""A sentence with several cited claims is cut where each can stand by itself."""

from __future__ import annotations

import pytest

from claims import citations, references, sentences
from claims.model import Sentence
from claims.reading import read_text
from claims.sentence import clauses


def stands(text: str) -> bool:
    return "lower" in text or "improve" in text


def parts(text: str) -> list[Sentence]:
    listed = (
        "\n\n## References\n\n1. Adams B. Tea. J Tea. 2020;1:1-2.\n2. Brown C. Sleep. J Sleep. 2021;2:3-4.\n"
    )
    document = read_text(f"# Title\n\n{text}{listed}")
    split = sentences.split(document)
    found = citations.find(document, references.find(document))
    (sentence,) = (one for one in split if one.text.startswith(text[:10]))
    own = [one for one in found if sentence.span.start <= one.span.start < sentence.span.end]
    cut = list(clauses.split(sentence, own, stands))
    for part in cut:
        assert "".join(document.text[at] for at in part.offsets[: len(part.text)]) == part.text
        assert document.text[part.span.start : part.span.end].startswith(part.text[:5])
    return cut


@pytest.mark.parametrize("joint", [", and ", "; ", ", while ", " and ", ", but "])
def test_each_cited_claim_by_itself(joint: str) -> None:
    cut = parts(f"Tea lowers stress [1]{joint}naps improve memory [2].")
    assert [part.text for part in cut] == ["Tea lowers stress [1]", "naps improve memory [2]."]


@pytest.mark.parametrize(
    "text",
    [
        "Tea [1] and coffee [2] lower stress.",
        "Tea lowers stress [1,2].",
        "Tea lowers stress in adults [1], and in children [2].",
        "Tea lowers stress, and naps improve memory [2].",
    ],
)
def test_what_cannot_stand_alone_is_not_cut_off(text: str) -> None:
    assert len(parts(text)) == 1
