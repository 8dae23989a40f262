"""Markdown and plain text: blocks, lines that belong together, and offsets into what was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import references
from claims.model import Document
from claims.reading import read_text
from graph.errors import ClaimspineError

MARKDOWN = """---
title: "Sleep and the heart"
---

# Sleep *and* the heart

Short sleep raises **blood pressure** by [3 mmHg](https://example.org/a(b)c "a title") in
adults &amp; teenagers, `really` so.\\* See ![picture](x.png) too.

- **Naps help.** A trial of 40 people found more alertness.
- Second item<br>with a break

> A quoted line
> over two lines.

| Food | Dose |
|------|------|
| oats | 3 g |

Setext heading
--------------

<div class="note"><p>Inside HTML &mdash; kept.</p></div>
"""


def test_markdown_blocks_and_offsets(offsets_hold: Callable[[Document], None]) -> None:
    document = read_text(MARKDOWN, "text/markdown")
    assert document.title == "Sleep and the heart"
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("title", "Sleep and the heart"),
        ("heading", "Sleep and the heart"),
        (
            "paragraph",
            "Short sleep raises blood pressure by 3 mmHg in adults & teenagers, really so.* See too.",
        ),
        ("list-item", "Naps help. A trial of 40 people found more alertness."),
        ("list-item", "Second item with a break"),
        ("paragraph", "A quoted line over two lines."),
        ("table", "Food | Dose"),
        ("table", "oats | 3 g"),
        ("heading", "Setext heading"),
        ("paragraph", "Inside HTML — kept."),
    ]
    offsets_hold(document)
    paragraph = document.blocks[2]
    at = paragraph.text.index("3 mmHg")
    span = paragraph.span_of(at, at + 6)
    assert document.text[span.start : span.end] == "3 mmHg"


def test_windows_line_ends_keep_offsets(offsets_hold: Callable[[Document], None]) -> None:
    document = read_text("# Tea\r\n\r\nGreen tea is\r\nwarm. It *may* help.\r\n", "text/markdown")
    assert document.blocks[1].text == "Green tea is warm. It may help."
    offsets_hold(document)
    start = document.blocks[1].text.index("may")
    span = document.blocks[1].span_of(start, start + 3)
    assert document.text[span.start : span.end] == "may"


def test_plain_text_one_line_per_paragraph_and_wrapped(offsets_hold: Callable[[Document], None]) -> None:
    lines = read_text(
        "Salt and you\nCutting salt lowers blood pressure within weeks.\nMost salt is in bread.", "text/plain"
    )
    assert [block.kind for block in lines.blocks] == ["title", "paragraph", "paragraph"]
    wrapped = read_text(
        "Cutting salt lowers blood pressure within weeks, and most of the\n"
        "salt that people eat is in bread, soup and cheese, which few would\n"
        "have guessed before they read the label on the packet at home.\n\n"
        "- one\n- two\n",
        "text/plain",
    )
    assert [block.kind for block in wrapped.blocks] == ["paragraph", "list-item", "list-item"]
    assert "most of the salt that people" in wrapped.blocks[0].text
    offsets_hold(wrapped)


def test_a_heading_like_that_of_a_menu_stays_above_text() -> None:
    page = (
        "<article><h1>Tea</h1><p>Tea is warm.</p><h2>More on doses</h2><p>Two cups are usual.</p></article>"
    )
    kept = [block.text for block in read_text(page, "text/html").blocks]
    assert kept == ["Tea", "Tea is warm.", "More on doses", "Two cups are usual."]


@pytest.mark.parametrize("matter", ["---\ntitle: Iodine\n---", '+++\ntitle = "Iodine"\ntags = ["diet"]\n+++'])
def test_front_matter_and_shortcodes_are_not_seen(matter: str) -> None:
    document = read_text(f'{matter}\n\nTablets help. {{{{< figure src="x.png" >}}}}\n', "text/markdown")
    assert [block.text for block in document.blocks] == ["Iodine", "Tablets help."]


def test_a_title_stands_above_a_shorter_heading() -> None:
    title = "Guidance for care homes: preventing dehydration"
    text = f"{title}\n\n1. Background\n\nOne in five residents drinks too little."
    assert read_text(text, "text/plain").title == title


def test_markup_that_only_pandoc_or_a_program_for_notes_knows_is_not_seen(
    offsets_hold: Callable[[Document], None],
) -> None:
    text = (
        "# Naps {#naps .unnumbered}\n\n::: {.callout}\nShort ==naps help== [[Haba 2019]].\n:::\n\n"
        "%% Zinc cures\ncolds. %%\n\nLong ones [[Zhou 2020|do not]] [at all]{.smallcaps}. ![[nap.png]] "
        "#sleep ^b1\n\n"
        "> [!warning]- Beware\n> Naps after three.\n\n- [x] Ask Ida.\n\n2 == 2 and 3 == 3, {a set}, 50%% or "
        "60%% [[1]].\n"
    )
    document = read_text(text, "text/markdown")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("title", "Naps"),
        ("paragraph", "Short naps help Haba 2019."),
        ("paragraph", "Long ones do not at all."),
        ("heading", "Beware"),
        ("paragraph", "Naps after three."),
        ("list-item", "Ask Ida."),
        ("paragraph", "2 == 2 and 3 == 3, {a set}, 50%% or 60%% [[1]]."),
    ]
    offsets_hold(document)


def test_running_heads_of_printed_pages_are_left_out(offsets_hold: Callable[[Document], None]) -> None:
    text = (
        "J Sleep Fict 2021; 18: 101-109\n\nNaps were short and most of them were taken after lunch, but\n"
        "those that were taken late in the afternoon did less, and they\n\n102        Haba and Zhou\n\n"
        "J Sleep Fict 2021; 18: 101-109      103\n\nwere followed by worse nights in one of the two cohorts "
        "here.\n\n"
        "Sleep   8\nNaps    1\n"
    )
    document = read_text(text, "text/plain")
    assert [block.text for block in document.blocks] == [
        "Naps were short and most of them were taken after lunch, but those that were taken late in the "
        "afternoon "
        "did less, and they were followed by worse nights in one of the two cohorts here.",
        "Sleep 8",
        "Naps 1",
    ]
    offsets_hold(document)


def test_headings_of_restructured_text_and_right_above_wrapped_text() -> None:
    text = (
        "=====\nNaps\n=====\n\nShort.\n\nDose\n----\n\nTwo.\n\n.. note:: Not late.\n\n.. image:: x.png\n   "
        ":alt: nap\n\n"
        "Results\nNaps of up to half an hour went with better moods in the after-\nnoon, and with no worse "
        "nights in "
        "any of\nthe cohorts.\n"
    )
    assert [(block.kind, block.text) for block in read_text(text, "text/plain").blocks] == [
        ("title", "Naps"),
        ("paragraph", "Short."),
        ("heading", "Dose"),
        ("paragraph", "Two."),
        ("paragraph", "Not late."),
        ("heading", "Results"),
        (
            "paragraph",
            "Naps of up to half an hour went with better moods in the afternoon, and with no worse nights in "
            "any of the cohorts.",
        ),
    ]


MARKUP = st.text(
    alphabet=st.sampled_from(list("ab .*_`[]()<>!&;#-|\\\n\r\t1é^~\"'=/:@{}")), min_size=1, max_size=120
)


@pytest.mark.parametrize("media_type", ["text/markdown", "text/plain", "text/html"])
@given(text=MARKUP)
def test_any_text_keeps_its_offsets(media_type: str, text: str) -> None:
    try:
        document = read_text(text, media_type)
    except ClaimspineError:
        return
    for block in document.blocks:
        assert len(block.offsets) == len(block.text) + 1
        assert list(block.offsets) == sorted(block.offsets)
        assert block.offsets[-1] <= len(document.text)
        assert block.text.strip()


def test_pasted_lines_that_end_where_paragraphs_end_stay_apart(
    offsets_hold: Callable[[Document], None],
) -> None:
    """Text pasted without blank lines: each long finished line is a paragraph, each reference an entry."""
    text = (
        "Tea, drunk hot and slowly in the afternoon, is said by many to be good for almost everybody.\n"
        "A **trial** of 40 people in three towns found that tea made colds a little shorter than water did "
        "(Adams, 2020).\n"
        "Adams, B. (2020). Tea and the length of colds in three towns: a randomised trial. Journal of Tea, "
        "12(3), 45-50.\n"
        "Brown, C., & Dee, E. (2019). Coffee and the length of colds in towns: a cohort study. Journal of "
        "Coffee, 2(1), 1-9.\n"
    )
    document = read_text(text, "text/markdown")
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph", "reference", "reference"]
    assert document.blocks[1].text.startswith("A trial of 40")
    offsets_hold(document)


@pytest.mark.parametrize(
    "text",
    [
        "A line that was broken at a clause by somebody who likes to see what changed in each of those,\n"
        "Adams says, is still one sentence, however long the lines of it may grow before the writer ends it.",
        "Short lines end here.\nThe next begins there.",
    ],
)
def test_lines_of_one_paragraph_stay_together(text: str) -> None:
    assert len(read_text(text, "text/markdown").blocks) == 1


def test_words_that_the_end_of_a_line_broke_are_whole(offsets_hold: Callable[[Document], None]) -> None:
    text = (
        "In a trial of adults who ate little fruit, vita-\nmin C raised haemoglobin in community-\n"
        "dwelling women with a vitamin deficiency. Low-\ndose iron was well tol-\n"
        "erated by pre-\nand post-menopausal women at 20-\n30 mg.\n"
    )
    document = read_text(text, "text/plain")
    assert [block.text for block in document.blocks] == [
        "In a trial of adults who ate little fruit, vitamin C raised haemoglobin in community-dwelling women "
        "with a vitamin deficiency. Low-dose iron was well tolerated by pre- and post-menopausal women "
        "at 20-30 mg."
    ]
    offsets_hold(document)


def test_a_bar_inside_a_cell_keeps_the_offsets() -> None:
    document = read_text(
        "| Tea \\| *green* | Effect |\n|---|---|\n| a \\| b \\| c | **down** |\n", "text/markdown"
    )
    assert [block.text for block in document.blocks] == ["Tea | green | Effect", "a | b | c | down"]
    for block in document.blocks:
        for character, offset in zip(block.text, block.offsets, strict=False):
            assert document.text[offset] == character or character in "| "


def test_an_aside_of_a_markdown_file_is_the_authors() -> None:
    text = "# Cold\n\nIt may help.\n\n<aside>\n💡 Cold shock kills (Arctic Board, 2019).\n\n</aside>\n"
    assert read_text(text, "text/markdown").blocks[-1].text == "💡 Cold shock kills (Arctic Board, 2019)."


def test_a_page_of_a_printed_review_pasted_as_text() -> None:
    text = (
        "Fictitious Review 2021, 3, 12                                        2 of 9\n\n1. Introduction\n"
        "Low back pain is the leading cause of days off work [1]. Exercise ther-\n"
        "apy reduced pain by 9 points on a 100-point scale in several trials [2,\n"
        "3]. It also improved function, although the certainty of evidence was\n"
        "moderate [1].\n\nFictitious Review 2021, 3, 12                                        3 of 9\n\n"
        "References\n1. Losso, J.; Fin, B. Exercise. Fict. J. Sleep 2018, 25, 194–201. [CrossRef]\n[PubMed]\n"
        "2. Pigeon, W. Pain. Invented Food 2010, 13, 579–583. [CrossRef] [PubMed]\n"
        "3. Reed, A. Function. Invented Food 2011, 14, 1–9.\n"
    )
    document = read_text(text, "text/plain")
    assert [block.text for block in document.blocks[:2]] == [
        "Introduction",
        "Low back pain is the leading cause of days off work [1]. Exercise therapy reduced pain by 9 points "
        "on a 100-point scale in several trials [2, 3]. It also improved function, although the certainty of "
        "evidence was moderate [1].",
    ]
    assert [one.label for one in references.find(document)] == ["1", "2", "3"]
