"""Sentences, their leads, and that every character is where it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import citations, references
from claims.reading import read_text
from claims.sentences import split, split_text, without_raised_marks


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in split_text(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Sleep matters.", "So does food."],
        ["The dose was 2.5 mg per day.", "Pain fell by 1.3 points (95% CI 0.2 to 2.4; p = .02)."],
        ["Smith et al. (2020) found no change.", "Others did."],
        ["Dr. J. K. Rowe and Prof. A. B. Lund met in St. Gallen.", "They agreed."],
        ["Use e.g. oats, i.e. whole grains, vs. white bread, approx. 30 g (see Fig. 2).", "That is all."],
        ["It works!", "Does it?", "“Yes.”", "She said so."],
        ["Walk for 30 min.", "Rest for 5 min.", "Repeat."],
        ["Falls were rarer.[1,2]", "Fractures were not.³", "Death was not counted.1,2", "The end."],
        ["Falls were rarer. [1,2]", "Fractures were not. [3]", "Death was rarer."],
        ["Take vitamin D.", "It may help group B.", "Nobody knows."],
        [
            "The U.S. Preventive Services Task Force advises it.",
            "Trials run in the U.S.",
            "The rest were small.",
        ],
        ["It rose from 3.1 to 4.2 … and then fell.", "Why?"],
        ["Falls were rarer.[^4]", "Fractures were not.[^5][^6]", "Death was rare [@roe2020].", "The end."],
        ["Patients (n = 40) slept 7.2 h vs. 6.1 h.", "The difference was 1.1 h."],
    ],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


def test_run_in_leads_and_headings() -> None:
    text = (
        "# Tea and you\n\n## Better sleep\n\nChamomile may help.\n\n"
        "**Lowers blood pressure.** Hibiscus lowered it by 7 mmHg.\n\n"
        "Fewer colds: A trial of 20 people found fewer colds.\n\n"
        "A review found three things: Tea, milk and honey.\n"
    )
    found = [(one.text, one.lead, one.is_lead) for one in split(read_text(text, "text/markdown"))]
    assert found == [
        ("Tea and you", None, True),
        ("Better sleep", None, True),
        ("Chamomile may help.", "Better sleep", False),
        ("Lowers blood pressure", None, True),
        ("Hibiscus lowered it by 7 mmHg.", "Lowers blood pressure", False),
        ("Fewer colds", None, True),
        ("A trial of 20 people found fewer colds.", "Fewer colds", False),
        ("A review found three things: Tea, milk and honey.", "Better sleep", False),
    ]


def test_html_bold_lead() -> None:
    text = "<article><p><strong>Eases pain:</strong> Yoga eased pain by 10 %.</p></article>"
    found = split(read_text(text, "text/html"))
    assert [(one.text, one.is_lead) for one in found] == [
        ("Eases pain", True),
        ("Yoga eased pain by 10 %.", False),
    ]
    assert found[1].lead_span == found[0].span


def test_bold_words_that_begin_a_sentence_are_no_lead() -> None:
    found = split(read_text("**Garlic** lowers cholesterol a little. So they say.", "text/markdown"))
    assert [one.text for one in found] == ["Garlic lowers cholesterol a little.", "So they say."]


def test_reference_list_is_not_split() -> None:
    text = "Tea helps [1].\n\n## References\n\n1. Lee A. Tea and sleep. Sleep. 2019;42(3):1-9.\n"
    assert [one.text for one in split(read_text(text, "text/markdown"))] == ["Tea helps [1].", "References"]


WORDS = st.lists(
    st.sampled_from(
        [
            "Tea",
            "helps.",
            "et",
            "al.",
            "(Lee,",
            "2019).",
            "e.g.",
            "3.5",
            "mg.",
            "Dr.",
            "**bold**",
            "so!",
            "[1]",
            "A:",
        ]
    ),
    min_size=1,
    max_size=40,
)


@given(words=WORDS)
def test_sentences_join_to_the_text_and_offsets_are_exact(words: list[str]) -> None:
    text = "Well, " + " ".join(words)
    document = read_text(text, "text/plain")
    for sentence in split(document):
        assert sentence.text == "".join(document.text[offset] for offset in sentence.offsets[:-1])
        assert document.text[sentence.span.start : sentence.span.end] == sentence.text
    # No character but white space and the colon after a lead is lost.
    seen = {offset for sentence in split(document) for offset in sentence.offsets[:-1]}
    reference = {offset for block in document.blocks if block.kind == "reference" for offset in block.offsets}
    lost = [
        text[i] for i in range(len(text)) if i not in seen and i not in reference and not text[i].isspace()
    ]
    assert set(lost) <= {":", ".", "*"}


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "text", ["a." * 300_000, "A. " * 200_000, "." * 500_000, "x" * 500_000, "1." * 300_000]
)
def test_hostile_text_is_split(text: str) -> None:
    split_text(text)


@pytest.mark.parametrize("raised", ["<sup>1</sup>", "¹", "^1^"])
def test_a_raised_citation_is_no_part_of_a_word_or_number(raised: str) -> None:
    said = f"Sleep was longer after 12 weeks{raised}, and better (2.17){raised}, and earlier{raised}."
    listed = "1. Roe A. Sleep in a made-up town. Sleep Fiction. 2020;1:1-9."
    text = f"{said}\n\n## References\n\n{listed}"
    document = read_text(text, "text/markdown")
    sentences = split(document)
    printed = references.find(document)
    first = without_raised_marks(sentences, citations.find(document, printed))[0]
    assert "12 weeks\u2009" in first.text
    assert "(2.17)\u2009" in first.text
    assert len(first.text) == len(sentences[0].text)


@pytest.mark.parametrize(
    ("text", "media_type", "expected"),
    [
        (
            "A scale of 0 to 100.^1^ For adults it fell.",
            "text/markdown",
            ["A scale of 0 to 100.^1^", "For adults it fell."],
        ),
        (
            "<p>A scale of 0 to 100.<sup>1,2</sup> For adults it fell.</p>",
            "text/html",
            ["A scale of 0 to 100.1,2", "For adults it fell."],
        ),
        ("A rise of 100.1 Points were kept.", "text/plain", ["A rise of 100.1 Points were kept."]),
    ],
)
def test_a_raised_number_behind_the_stop_of_a_number(text: str, media_type: str, expected: list[str]) -> None:
    assert [one.text for one in split(read_text(text, media_type))] == expected
