# ruff: noqa: E501 - pages as they are saved
"""Articles of every kind become blocks whose characters stand where they say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import citations, references
from claims.audit import Checker
from claims.model import Document
from claims.reading import read_article, read_text
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


def assert_offsets_hold(document: Document) -> None:
    """Offsets rise, lie inside the text, and point at the very character unless it was an entity."""
    for block in document.blocks:
        assert len(block.offsets) == len(block.text) + 1
        assert list(block.offsets) == sorted(block.offsets)
        assert 0 <= block.offsets[0] <= block.offsets[-1] <= len(document.text)
        for character, offset in zip(block.text, block.offsets, strict=False):
            original = document.text[offset]
            assert original == character or original in "&\\" or character in "| " or original.isspace()


def test_markdown_blocks_and_offsets() -> None:
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
    assert_offsets_hold(document)
    paragraph = document.blocks[2]
    at = paragraph.text.index("3 mmHg")
    span = paragraph.span_of(at, at + 6)
    assert document.text[span.start : span.end] == "3 mmHg"


def test_windows_line_ends_keep_offsets() -> None:
    document = read_text("# Tea\r\n\r\nGreen tea is\r\nwarm. It *may* help.\r\n", "text/markdown")
    assert document.blocks[1].text == "Green tea is warm. It may help."
    assert_offsets_hold(document)
    start = document.blocks[1].text.index("may")
    span = document.blocks[1].span_of(start, start + 3)
    assert document.text[span.start : span.end] == "may"


def test_plain_text_one_line_per_paragraph_and_wrapped() -> None:
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
    assert_offsets_hold(wrapped)


PAGE = """<!DOCTYPE html><html><head><title>Site</title><script>if (a<b) { x("<p>never</p>") }</script></head>
<body><header><nav><ul><li><a href="/">Home</a><li><a href="/x">Diet</a></ul></nav></header>
<div class="cookie-banner"><p>We use cookies.</p></div>
<main><article><h1>Fibre &amp; the gut</h1><p>Fibre feeds 5&#8239;g of microbes<sup>1,2</sup>.
<p>Oats <b>help</b>
&mdash; a bit.</p><table><tr><td>oats<td>4 g</table>
<div hidden>secret</div></article></main><aside>Related stories about everything</aside>
<footer>(c) 2024</footer>
</body></html>"""


def test_html_keeps_the_article_and_drops_the_furniture() -> None:
    document = read_text(PAGE, "text/html")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("title", "Fibre & the gut"),
        ("paragraph", "Fibre feeds 5 g of microbes1,2."),
        ("paragraph", "Oats help — a bit."),
        ("table", "oats | 4 g"),
    ]
    assert_offsets_hold(document)


def test_html_without_main_part_drops_menus() -> None:
    page = "<body><ul><li><a>Home</a></li><li><a>Shop</a></li></ul><h2>Tea</h2><p>Tea is warm.</p></body>"
    assert [block.text for block in read_text(page, "text/html").blocks] == ["Tea", "Tea is warm."]


@pytest.mark.parametrize(
    "page",
    [
        "<main><h1>Tea</h1><article><p>{}</p></article></main>",
        "<article><h1>Tea</h1><p>{}</p></article><article><h2><a href=/z>Zinc</a></h2></article>",
        "<h1>Tea</h1><p>{}</p><h3>Popular</h3><ul><li><a href=/z>Zinc cures colds</a></li></ul>",
        "<h1>Tea</h1><table><tr><td><a href=/l>Like</a><td><a href=/s>Share</a></table><p>{}</p>",
        "<article><h1>Tea</h1><p>{}</p><section><h3>You might also like</h3><a href=/z><h4>Zinc</h4></a>"
        "</section></article>",
        "<article><h1>Tea</h1><p>{}</p><h2>Related posts</h2><p><a href=/z>Zinc cures "
        "colds</a></p></article>",
        "<h1>Tea</h1><p>{}</p><div class='trending'><h3>Trending</h3><p>Zinc cures colds.</p></div>",
    ],
)
def test_the_title_stays_and_teasers_go(page: str) -> None:
    said = "Tea is warm. " * 30
    document = read_text(page.format(said), "text/html")
    assert [block.text for block in document.blocks] == ["Tea", said.strip()]
    assert document.title == "Tea"


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


def test_markup_that_only_pandoc_or_a_program_for_notes_knows_is_not_seen() -> None:
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
    assert_offsets_hold(document)


def test_running_heads_of_printed_pages_are_left_out() -> None:
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
    assert_offsets_hold(document)


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


def docx(body: str, **parts: str) -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content.replace("NS", namespace))
    return buffer.getvalue()


def test_what_is_named_like_furniture_and_holds_the_article_is_read() -> None:
    text = (
        '<div class="content-with-sidebar"><div class="entry-content"><h1>Tea</h1>'
        "<p>Tea lowers blood pressure.</p>"
        '</div><div class="sidebar"><p>Buy tea.</p></div></div>'
        '<div id="footer"><p>Zinc cures colds.</p></div>'
    )
    assert [block.text for block in read_text(text, "text/html").blocks] == [
        "Tea",
        "Tea lowers blood pressure.",
    ]


def test_the_main_part_ends_where_its_element_ends() -> None:
    text = (
        '<div role="main"><p>Tea lowers blood pressure.<sup>[<a href="#c">citation needed</a>]</sup></p>'
        '<h2>Effects<span class="mw-editsection">[edit]</span></h2><p>It helps.</p></div>'
        "<p>Zinc cures colds.</p>"
    )
    assert [block.text for block in read_text(text, "text/html").blocks][-2:] == ["Effects", "It helps."]


def test_notes_beside_the_text_are_read() -> None:
    text = (
        "<article><p>Tea helps.</p></article><aside>Zinc.</aside>"
        '<article><footer class="footnotes"><ol><li>Adams A. Tea. J Tea. 2019;4(2):11-20. '
        '<a href="#r1">↩︎</a></li></ol></footer></article>'
    )
    document = read_text(text, "text/html")
    assert document.blocks[0].text == "Tea helps."
    assert [block.kind for block in document.blocks] == ["paragraph", "reference"]


def test_pointers_to_other_pages_are_no_part_of_the_article() -> None:
    text = (
        "<article><p>Yoga eases back pain.</p><p>Related: <a href=/p>Pilates halves back pain</a></p>"
        "<p><b>Read more:</b> <a href=/q>Zinc cures colds</a></p>"
        "<p>Related work by <a href=/r>Adams</a>: yoga in the office did not help.</p></article>"
    )
    assert [block.text for block in read_text(text, "text/html").blocks] == [
        "Yoga eases back pain.",
        "Related work by Adams: yoga in the office did not help.",
    ]


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


def test_docx_headings_superscripts_and_offsets(tmp_path: Path) -> None:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    body = (
        paragraph("Yoga and sleep", "Title")
        + paragraph("What was found", "Heading1")
        + "<w:p><w:r><w:t>Yoga hel</w:t></w:r><w:r><w:t>ps sleep.</w:t></w:r>"
        + f"<w:r>{raised}<w:t>1</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('dose')}</w:tc><w:tc>{paragraph('30 min')}</w:tc></w:tr></w:tbl>"
    )
    path = tmp_path / "yoga.docx"
    path.write_bytes(docx(body))
    document = read_article(path)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("title", "Yoga and sleep"),
        ("heading", "What was found"),
        ("paragraph", "Yoga helps sleep.1"),
        ("table", "dose | 30 min"),
    ]
    assert "sleep.^1^" in document.text
    assert_offsets_hold(document)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.md", b"", "article-empty"),
        ("blank.md", b" \n\t\n", "article-empty"),
        ("only-comment.md", b"<!-- nothing -->", "article-empty"),
        ("paper.md", b"%PDF-1.7 \x00\x01", "article-binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "article-binary"),
        ("zeros.md", b"text\x00\x01\x02text", "article-binary"),
        ("utf16-without-mark.md", "Größe".encode("utf-16-le"), "article-encoding"),
        ("cyrillic.md", "Сон и здоровье".encode("koi8-r"), "article-encoding"),
        ("mac.md", "Le café est bon, à Nîmes".encode("mac-roman"), "article-encoding"),
        ("japanese.txt", "睡眠と健康 sleep".encode("shift-jis"), "article-encoding"),
        ("broken.docx", b"PK\x03\x04 not a zip", "article-damaged"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ClaimspineError) as caught:
        read_article(path)
    assert caught.value.code == code
    assert caught.value.path == str(path)


def test_encoding_error_says_where(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("one\ntwo café".encode("mac-roman"))
    with pytest.raises(ClaimspineError) as caught:
        read_article(path)
    assert "not UTF-8" in caught.value.message
    assert caught.value.line == 2
    assert caught.value.hint is not None
    assert "iconv -f" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["Die Größe zählt – sehr.", "a “quoted” word", "BÉBÉS à l’âge de 3 ± 1 ans", "µg/L at 37 °C"]
)
def test_what_reads_well_as_windows_1252_is_read_and_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1252"))
    document = read_article(path)
    assert (document.text, document.taken_for) == (text, "Windows-1252")
    path.write_text(text, encoding="utf-8")
    assert read_article(path).taken_for is None


def test_missing_folder_and_too_large(tmp_path: Path) -> None:
    with pytest.raises(ClaimspineError) as caught:
        read_article(tmp_path / "none.md")
    assert caught.value.code == "article-missing"
    with pytest.raises(ClaimspineError) as caught:
        read_article(tmp_path)
    assert caught.value.code == "article-not-a-file"
    path = tmp_path / "big.md"
    path.write_text("word " * 100, encoding="utf-8")
    with pytest.raises(ClaimspineError) as caught:
        read_article(path, limit=99)
    assert caught.value.code == "article-too-large"


def test_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbfTea is warm.")
    assert read_article(path).text == "Tea is warm."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("little.txt", "\ufeffGröße: 3 µg – so".encode("utf-16-le")),
        ("big.md", "\ufeffGröße: 3 µg – so".encode("utf-16-be")),
        ("old.html", '<meta charset="ISO-8859-1"><p>Größe: 3 µg – so'.encode("cp1252")),
        ("older.htm", "<?xml version='1.0' encoding='windows-1252'?><p>Größe: 3 µg – so".encode("cp1252")),
        ("east.html", "<meta http-equiv=x content='text/html; charset=euc-kr'><p>Größe: 3 – so 가".encode()),
    ],
)
def test_an_encoding_that_is_declared_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_article(path)
    assert document.blocks[0].text.startswith("Größe: 3")
    assert_offsets_hold(document)


@pytest.mark.parametrize("declared", ["nonsense", "rot13", "hex", "utf-16", "idna"])
def test_a_declared_encoding_that_does_not_fit_is_refused(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f'<meta charset="{declared}"><p>Größe'.encode("latin-1"))
    with pytest.raises(ClaimspineError, match="not UTF-8"):
        read_article(path)


NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t>Adams A. Tea. J Tea. 2019;4(2):11-20.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="https://doi.org/10.5555/tea.1" TargetMode="External"/></Relationships>'
)


def test_docx_as_word_makes_it(tmp_path: Path) -> None:
    """Tracked changes, a link, a note numbered as printed, a text box with its copy for old programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    space = (
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    body = (
        "<w:p><w:r><w:t>Tea </w:t></w:r><w:ins><w:r><w:t>may help</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>cures</w:delText></w:r></w:del>"
        f'<w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t> (</w:t></w:r><w:hyperlink {space} r:id="rId1">'
        "<w:r><w:t>a tri</w:t></w:r><w:r><w:t>al</w:t></w:r></w:hyperlink><w:r><w:t>).</w:t><w:br/>"
        "<w:t>So.</w:t></w:r></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom></w:p>"
        f"<w:p><w:r><mc:AlternateContent {space}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
        f""
        f""
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{paragraph('inner')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    )
    made = io.BytesIO(docx(body))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/footnotes.xml", NOTES)
        archive.writestr("word/_rels/document.xml.rels", RELATIONS)
    path = tmp_path / "tea.docx"
    path.write_bytes(made.getvalue())
    document = read_article(path)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Tea may help[^1] (a trial). So."),
        ("paragraph", "In a box."),
        ("table", "inner"),
        ("reference", "Adams A. Tea. J Tea. 2019;4(2):11-20."),
    ]
    assert "([a trial](https://doi.org/10.5555/tea.1))" in document.text
    assert "[^1]: Adams" in document.text
    assert_offsets_hold(document)


def test_docx_links_made_by_fields(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def run(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    def link(instruction: str) -> str:
        halves = instruction[:7], instruction[7:]
        code = "".join(f"<w:r><w:instrText>{half}</w:instrText></w:r>" for half in halves)
        return mark("begin") + code + mark("separate") + run("Lee 2020") + mark("end")

    out, away = ' HYPERLINK "https://doi.org/10.1000/tea" ', ' HYPERLINK \\l "sect" '
    body = (
        f"<w:p>{run('Tea helps (')}{mark('begin')}<w:r><w:instrText> ADDIN ZOTERO_ITEM </w:instrText></w:r>"
        f"{mark('separate')}{link(out)}{mark('end')}{run(').')}</w:p>"
        f"<w:p>{run('See ')}{link(away)}{run(' and ')}"
        f"<w:fldSimple w:instr='{out}'>{run('here')}</w:fldSimple>{run('.')}</w:p>"
        f""
        f""
        f"<w:p>{mark('begin')}<w:r><w:instrText>{out}</w:instrText></w:r>{mark('separate')}{run('Open')}</w:p>"
        f"<w:p>{run('Next.')}{mark('end')}{mark('end')}</w:p>"
    )
    path = tmp_path / "fields.docx"
    path.write_bytes(docx(body))
    document = read_article(path)
    assert [block.text for block in document.blocks] == [
        "Tea helps (Lee 2020).", "See Lee 2020 and here.", "Open", "Next.",
    ]  # fmt: skip
    assert document.text.count("](https://doi.org/10.1000/tea)") == 3
    assert "Next.](" not in document.text
    assert_offsets_hold(document)


@pytest.mark.parametrize(
    "nest",
    [
        ("<w:ins>", "</w:ins>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<w:p><w:hyperlink>", "</w:hyperlink></w:p>"),
    ],
)
def test_docx_nested_without_end_is_read(tmp_path: Path, nest: tuple[str, str]) -> None:
    path = tmp_path / "deep.docx"
    path.write_bytes(docx(paragraph("Tea helps.") + nest[0] * 3000 + paragraph("Deep.") + nest[1] * 3000))
    assert read_article(path).blocks[0].text == "Tea helps."


def test_docx_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(docx(paragraph("a" * 30_000_000)))
    with pytest.raises(ClaimspineError) as caught:
        read_article(path)
    assert caught.value.code == "article-too-large"
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="x"><w:body/></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", entities)
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ClaimspineError) as caught:
        read_article(path)
    assert caught.value.code == "article-damaged"


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


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "text",
    ["<a" * 200_000, '<a "' * 100_000, "&" * 300_000, "<!--" * 100_000, "</p>" * 100_000, "<div>" * 100_000],
)
def test_hostile_html_takes_no_time(text: str) -> None:
    assert read_text("<p>x</p>" + text, "text/html").blocks[0].text.startswith("x")


def test_pasted_lines_that_end_where_paragraphs_end_stay_apart() -> None:
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
    assert_offsets_hold(document)


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


def test_words_that_the_end_of_a_line_broke_are_whole() -> None:
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
    assert_offsets_hold(document)


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


@pytest.mark.parametrize("named", ['class="c0 title"', "class=MsoTitle", 'class="doc title c5"'])
def test_the_title_of_a_word_processors_page(named: str) -> None:
    page = f"<html><body><p {named}><span>Cold water</span></p><p>It may help.</p></body></html>"
    document = read_text(page, "text/html")
    assert document.title == "Cold water"
    assert [block.kind for block in document.blocks] == ["title", "paragraph"]


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


@pytest.mark.parametrize(
    ("text", "name", "said", "hint"),
    [
        ('{"schema_version": "1", "claims": []}', "old.json", "a report of an audit", "verify"),
        ('[{"id": "lee", "title": "Naps"}]', "refs.json", "JSON", "--refs"),
        ('{"broken": ', "x.json", "JSON", "article itself"),
        ("% mine\n@article{lee2020,\n title = {Naps}}\n", "a.txt", "BibTeX", "--refs"),
        ("TY  - JOUR\nTI  - Naps\nER  - \n", "a.md", "a bibliography", "--refs"),
        ("PMID- 12345\nTI  - Naps\n", "a.txt", "a bibliography", "--refs"),
        ("Title,Year\nNaps,2020\n", "a.csv", "a table", "--refs"),
        ("id: work/lee\ntype: Work\n", "a.yaml", "an evidence file", "--evidence"),
        (
            "% x\n\\documentclass{article}\n\\begin{document}Naps \\cite{lee}\\end{document}",
            "a.tex",
            "LaTeX",
            "pandoc",
        ),
    ],
)
def test_what_is_no_article_is_said_so(text: str, name: str, said: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ClaimspineError) as raised:
        read_article(tmp_path / name)
    assert (raised.value.code, f"this is {said}, no article") == ("article-no-article", raised.value.message)
    assert hint in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[A trial](https://doi.org/10.5555/x) found that naps help.", "a.md"),
        ("@lee2020 found that naps help.\n\n@article of the day: none.", "a.md"),
        ("Write `\\begin{document}` first, then {this}.", "a.txt"),
        ("---\nid: naps\ntype: post\n---\n\nNaps help.", "a.md"),
        ("Naps help. Type: nap.", "a.yaml"),
    ],
)
def test_what_only_begins_like_another_kind_is_an_article(text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_article(tmp_path / name).blocks


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "an OpenDocument file"),
        ({"mimetype": "application/epub+zip"}, "an e-book (EPUB)"),
        ({"xl/workbook.xml": "<x/>"}, "an Excel workbook"),
        ({"a.md": "# x"}, "without a Word document"),
    ],
)
def test_other_archives_are_told_for_what_they_are(
    members: dict[str, str], said: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    with pytest.raises(ClaimspineError) as raised:
        read_article(tmp_path / "a.docx")
    assert said in raised.value.message
    assert ".docx" in (raised.value.hint or "") or "word processor" in (raised.value.hint or "")


def test_a_section_that_is_named_like_a_table_of_contents_is_read() -> None:
    prose = "Tea lengthened sleep by half an hour in a trial of made-up people, and milk did not. " * 3
    page = (
        '<main><h1>Tea</h1><div class="toc"><ul><li><a href="#a">Sleep</a></li></ul></div>'
        f'<div class="section toc-section"><h2>Sleep</h2><p>{prose}</p></div><div class="page-navigation"><h2>Moods</h2><p>{prose}</p></div>'
        "</main>"
    )
    assert [block.text for block in read_text(page, "text/html").blocks if block.kind == "heading"] == [
        "Sleep",
        "Moods",
    ]


def test_a_reference_list_beside_the_main_part_is_read() -> None:
    entries = "".join(
        f"<li>Roe A, Poe B. Invented tea, part {n}. J Fict Sleep. 2021;14({n}):33-9.</li>" for n in (1, 2)
    )
    prose = "Tea lengthened sleep.<sup>1</sup> " * 12
    page = (
        f'<div><aside class="references"><h2>References</h2><ol>{entries}</ol></aside>'
        f"<div><h2>Resources</h2><ul><li>Home</li><li>Our shop</li></ul></div><main><h1>Tea</h1><p>{prose}</p></main></div>"
    )
    document = read_text(page, "text/html")
    assert [one.fields.issue for one in references.find(document)] == ["1", "2"]
    assert "Our shop" not in [block.text for block in document.blocks]
    assert_offsets_hold(document)


CAPTIONS = (
    "<main><p>Tea lengthened sleep in a made-up trial.</p><figure><img src='x'><figcaption>{}</figcaption></figure></main>",
    '<main><p>Tea lengthened sleep in a made-up trial.</p><div class="wp-caption"><p class="image-caption">{}</p></div></main>',
)


@pytest.mark.parametrize("page", CAPTIONS)
@pytest.mark.parametrize(
    ("caption", "claimed"),
    [("Coffee reduces stress.", False), ("Coffee reduces stress (Roe &amp; Poe, 2021).", True)],
)
def test_a_caption_claims_something_only_where_it_cites(page: str, caption: str, claimed: bool) -> None:
    document = read_text(page.format(caption), "text/html")
    assert [block.kind for block in document.blocks] == ["paragraph", "caption"]
    report = Checker.of().check(document)
    assert any("Coffee" in one.claim.text for one in report.claims) == claimed


def test_notes_of_a_government_page() -> None:
    page = (
        '<main><h1>Tea</h1><p>Tea lengthened sleep.<sup id="fn1-rf"><a href="#fn1"><span class="wb-inv">Footnote </span>1</a></sup></p>'
        '<aside class="wb-fnote" role="note"><h2>Footnotes</h2><dl><dt>Footnote 1</dt><dd id="fn1">'
        "<p>Roe A, Poe B. Tea and sleep. J Fict Sleep. 2021;14(2):33-9.</p>"
        '<p><a href="#fn1-rf"><span class="wb-inv">Return to footnote </span>1<span class="wb-inv"> referrer</span></a></p></dd></dl></aside></main>'
    )
    document = read_text(page, "text/html")
    found = references.find(document)
    assert [(one.label, one.fields.title) for one in found] == [("1", "Tea and sleep")]
    assert [one.references for one in citations.find(document, found)] == [(1,)]


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_an_aside_that_begins_with_the_heading_of_a_list_is_read(tag: str) -> None:
    page = (
        f"<h1>Tea</h1><p>Tea lengthened sleep [1].</p><{tag}><h3>Sources</h3><ol><li>Roe A, Poe B. Tea and sleep. J Fict Sleep. 2021;14(2):33-9.</li></ol></{tag}>"
        f"<{tag}><h3>Popular</h3><p>Sugar harms everybody.</p></{tag}>"
    )
    document = read_text(page, "text/html")
    assert len(references.find(document)) == 1
    assert "Sugar harms everybody." not in [block.text for block in document.blocks]
