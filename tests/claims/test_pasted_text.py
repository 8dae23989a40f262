# ruff: noqa: E501 - text as it is pasted
"""Plain text as people paste it: columns of a page, numbered lines, AsciiDoc; what is seen of it, where it stands."""

from __future__ import annotations

import pytest

from claims import citations, references
from claims.model import Block
from claims.reading import read_text
from claims.reading.line_numbers import text_begins

COLUMN = """Tea after supper
Summary
Drinkers of invented tea slept for half an
hour longer than drinkers of water in a trial
of made-up people.1 The gain was gone after a
week.
J Fict Sleep 2021; 14: 33–39
34
Harms
No harm was seen, though few of the people
were followed for as long as a month, and the
diaries of those who left were lost.2
"""


def kinds(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


def test_a_column_without_blank_lines_has_paragraphs_and_headings() -> None:
    document = read_text(COLUMN, "text/plain")
    assert kinds(document.blocks) == [
        ("title", "Tea after supper"),
        ("heading", "Summary"),
        (
            "paragraph",
            "Drinkers of invented tea slept for half an hour longer than drinkers of water in a trial of made-up people.1 "
            "The gain was gone after a week.",
        ),
        ("heading", "Harms"),
        (
            "paragraph",
            "No harm was seen, though few of the people were followed for as long as a month, and the diaries of those who left were lost.2",
        ),
    ]
    for block in document.blocks:
        assert COLUMN[block.offsets[0]] == block.text[0]


@pytest.mark.parametrize(
    "imprint",
    [
        "www.fictsleep.example Vol 14 January 2021",
        "© 2021 Invented Press",
        "Downloaded from fict.example on 3 May 2021",
    ],
)
def test_an_imprint_beside_a_page_number_is_left_out(imprint: str) -> None:
    text = COLUMN.replace("J Fict Sleep 2021; 14: 33–39", imprint)
    assert all(imprint not in block.text for block in read_text(text, "text/plain").blocks)


def test_a_heading_that_follows_a_full_line_is_one() -> None:
    text = (
        "Naps of half an hour went with moods\nthat were brighter on the day after, in\nmost of the people who had been asked.\n"
        "Late naps\nThose that were taken after five went\nwith nights that were shorter by half an\nhour or so.\n"
    )
    assert ("heading", "Late naps") in kinds(read_text(text, "text/plain").blocks)


def test_numbers_of_lines_are_not_seen() -> None:
    lines = [
        "Guideline on invented tea", "", "Recommendation", "Offer tea to those who sleep badly and have been",
        "told what is known.¹ Do not offer it to those who", "sleep well.", "", "Rationale",
        "Tea lengthened sleep by half an hour in a trial of", "made-up people.¹",
    ]  # fmt: skip
    text = "\n".join(f"{number:>3}  {line}" for number, line in enumerate(lines, 1))
    text += "\n\nReferences\n1. Roe A, Poe B. Tea and sleep. J Fict Sleep. 2021;14(2):33-9.\n"
    document = read_text(text, "text/plain")
    assert ("paragraph", "Tea lengthened sleep by half an hour in a trial of made-up people.¹") in kinds(
        document.blocks
    )
    found = references.find(document)
    assert [one.references for one in citations.find(document, found)] == [(1,), (1,)]


def test_every_fifth_line_may_be_numbered() -> None:
    words = [
        "the",
        "tea",
        "was",
        "drunk",
        "at",
        "nine",
        "by",
        "those",
        "who",
        "had",
        "been",
        "told",
        "to",
        "do",
        "so",
        "and",
        "by",
        "some",
        "of",
        "the",
        "others",
    ]
    lines = [f"     {words[at % 19]} {words[(at + 1) % 19]} and {words[(at + 2) % 19]}" for at in range(24)]
    for place in range(4, 24, 5):
        lines[place] = f"{place + 1:>3}  {lines[place].strip()}"
    begins = text_begins(lines)
    assert [place for place, begin in enumerate(begins) if begin] == [4, 9, 14, 19]


@pytest.mark.parametrize(
    "item",
    [
        "{} Roe A, Poe B. Tea and sleep number {}. J Fict Sleep 2021;14:33-9.",
        "{}  Drink a cup of tea {} times a day.",
    ],
)
def test_a_numbered_list_keeps_its_numbers(item: str) -> None:
    assert not any(text_begins([item.format(number, number) for number in range(1, 13)]))


def test_asciidoc_is_read_without_its_markup() -> None:
    text = (
        "= Invented tea\nAnn Roe <roe@example.org>\n:toc:\n:description: Tea cures everything.\n\n[abstract]\nOf tea and sleep.\n\n"
        "== Sleep\n\n// to do: tea cures colds\nimage::cup.png[A cup cures colds]\nTea lengthened sleep <<roe>>.\n\nNOTE: Milk did not <<poe,Poe>>.\n\n"
        "[bibliography]\n== References\n\n* [[[roe]]] Roe A. Tea and sleep. J Fict Sleep. 2021;14(2):33-9.\n"
        "* [[[poe]]] Poe B. Milk and sleep. J Fict Sleep. 2020;13(2):3-9.\n"
    )
    document = read_text(text, "text/plain")
    seen = " ".join(block.text for block in document.blocks)
    assert "cures" not in seen
    assert "Tea lengthened sleep" in seen
    found = references.find(document)
    assert [(one.label, one.fields.authors[0].family) for one in found] == [("roe", "Roe"), ("poe", "Poe")]
    assert [one.references for one in citations.find(document, found)] == [(1,), (2,)]


def test_a_quoted_letter_is_read_without_its_marks_and_signature() -> None:
    text = (
        "Subject: Fwd: tea\n\nGood summary below.\n\nOn Sat, 2 Mar 2024, Jo Marsh wrote:\n> Tea lengthened sleep by half an hour in a trial of\n"
        "> made-up people (Roe and Poe 2021).\n>\n> Sources, in order of appearance:\n>\n"
        "> Roe, A. and Poe, B. (2021) ‘Tea and sleep’, Fictional\n> Sleep, 14(2), pp. 33–39.\n--\nJo Marsh\nTea cures colds!\n"
    )
    document = read_text(text, "text/plain")
    seen = [block.text for block in document.blocks]
    assert "Tea lengthened sleep by half an hour in a trial of made-up people (Roe and Poe 2021)." in seen
    assert not [one for one in seen if ">" in one or "cures" in one]
    (entry,) = references.find(document)
    assert entry.fields.title == "Tea and sleep"
    assert text[entry.span.start : entry.span.end].startswith("Roe, A.")


def test_a_single_quoted_line_stays() -> None:
    document = read_text("Tea.\n\n> 5 cups were drunk a day.\n\nMilk.\n\nWater.\n\nAle.\n", "text/plain")
    assert "> 5 cups were drunk a day." in [block.text for block in document.blocks]


@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_subtitles_are_read_as_what_is_said(head: str) -> None:
    cues = [
        "Tea lengthened sleep by half",
        "an hour, as Roe and colleagues",
        "found in 2021. Milk did not",
        "(Lamb and Shah 2020).",
    ]
    text = head + "\n".join(
        f"{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{cue}\n"
        for number, cue in enumerate(cues, 1)
    )
    document = read_text(text, "text/plain")
    assert [block.text for block in document.blocks] == [" ".join(cues)]
    assert [one.keys for one in citations.find(document, references.find(document))] == [
        ("Roe 2021",),
        ("Lamb 2020",),
    ]
