# ruff: noqa: E501 - pages as they are saved
"""Pages: the article is read, and what stands around it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims import citations, references
from claims.audit import Checker
from claims.model import Document
from claims.reading import read_text

PAGE = """<!DOCTYPE html><html><head><title>Site</title><script>if (a<b) { x("<p>never</p>") }</script></head>
<body><header><nav><ul><li><a href="/">Home</a><li><a href="/x">Diet</a></ul></nav></header>
<div class="cookie-banner"><p>We use cookies.</p></div>
<main><article><h1>Fibre &amp; the gut</h1><p>Fibre feeds 5&#8239;g of microbes<sup>1,2</sup>.
<p>Oats <b>help</b>
&mdash; a bit.</p><table><tr><td>oats<td>4 g</table>
<div hidden>secret</div></article></main><aside>Related stories about everything</aside>
<footer>(c) 2024</footer>
</body></html>"""


def test_html_keeps_the_article_and_drops_the_furniture(offsets_hold: Callable[[Document], None]) -> None:
    document = read_text(PAGE, "text/html")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("title", "Fibre & the gut"),
        ("paragraph", "Fibre feeds 5 g of microbes1,2."),
        ("paragraph", "Oats help — a bit."),
        ("table", "oats | 4 g"),
    ]
    offsets_hold(document)


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


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
@pytest.mark.parametrize(
    "text",
    ["<a" * 200_000, '<a "' * 100_000, "&" * 300_000, "<!--" * 100_000, "</p>" * 100_000, "<div>" * 100_000],
)
def test_hostile_html_takes_no_time(text: str) -> None:
    assert read_text("<p>x</p>" + text, "text/html").blocks[0].text.startswith("x")


@pytest.mark.parametrize("named", ['class="c0 title"', "class=MsoTitle", 'class="doc title c5"'])
def test_the_title_of_a_word_processors_page(named: str) -> None:
    page = f"<html><body><p {named}><span>Cold water</span></p><p>It may help.</p></body></html>"
    document = read_text(page, "text/html")
    assert document.title == "Cold water"
    assert [block.kind for block in document.blocks] == ["title", "paragraph"]


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


def test_a_reference_list_beside_the_main_part_is_read(offsets_hold: Callable[[Document], None]) -> None:
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
    offsets_hold(document)


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
