"""Pages as content systems, publishers and mail programs write them: what is read, and what is not."""
# ruff: noqa: E501 - pages

from __future__ import annotations

from pathlib import Path

import pytest

from claims import citations, references, sentences
from claims.model import Document
from claims.reading import read_article, read_text
from graph.errors import ClaimspineError
from tests.claims.test_reading.test_docx import NOTES, docx

ADAMS = "Adams A, Brown B. Tea and sleep in adults: a trial. J Tea. 2019;4(2):11-20. doi:10.5555/tea.1"
CLARK = "Clark C, Dunn D. Milk and bones in adults: a cohort. J Milk. 2020;5(1):21-30. doi:10.5555/milk.2"


def texts(document: Document, kind: str | None = None) -> list[str]:
    return [block.text for block in document.blocks if kind is None or block.kind == kind]


def cited(document: Document) -> list[tuple[int, ...]]:
    return [one.references for one in citations.find(document, references.find(document))]


def page(body: str) -> Document:
    return read_text(f"<!DOCTYPE html><html><body>{body}</body></html>", "text/html")


LIST = f"<ol><li>{ADAMS}</li><li>{CLARK}</li></ol>"


@pytest.mark.parametrize(
    ("mark", "heading"),
    [
        (
            "<button type='button' aria-describedby='pop-1'><sup>1</sup></button><span role='tooltip' hidden>x</span>",
            "<h3><button aria-expanded='false' aria-controls='refs'>References (2)</button></h3><div id='refs' hidden>",
        ),
        (
            "<button class='c'>[1]</button>",
            "<button aria-controls='p q' aria-expanded='false'><span>Sources</span></button><div id='q' aria-hidden='true'>",
        ),
        (
            "<button data-reference='Adams A. Tea &gt; milk'><span>1</span></button>",
            "<button aria-controls='s'><h2>Works cited</h2></button><section id='s' style='display: none'>",
        ),
        (
            "<sup><a href='#c1'>1</a></sup>",
            "<a href='#' data-toggle='collapse' data-target='#s'>Show references</a><div id='s' style='display:none'>",
        ),
        (
            "<sup>1</sup>",
            "<p><span data-bs-target='#s'>View all sources</span></p><div id='s' aria-hidden='true'>",
        ),
    ],
)
def test_marks_that_are_buttons_and_lists_that_unfold(mark: str, heading: str) -> None:
    document = page(f"<main><h1>Tea</h1><p>Tea lengthened sleep.{mark}</p>{heading}{LIST}</div></main>")
    assert texts(document, "reference") == [ADAMS, CLARK]
    assert cited(document) == [(1,)]
    assert "Tea lengthened sleep." in texts(document)[1]


@pytest.mark.parametrize(
    "furniture",
    [
        "<button aria-controls='m'>Menu</button><div id='m' hidden><p>Milk cures colds.</p></div>",
        "<p>Rate this: <button>Very good</button></p><div hidden><p>Milk cures colds.</p></div>",
        "<amp-sidebar layout='nodisplay'><p>Milk cures colds.</p></amp-sidebar>",
        "<amp-ad><div placeholder>Milk cures colds.</div></amp-ad>",
        "<h4>About the author</h4><p>Jo, who says that milk cures colds, writes here.</p>",
        "<div class='author-bio'><p>Jo says that milk cures colds.</p></div>",
        "<a href='/x'><div>Milk cures colds</div><div>A study says that milk cures colds.</div></a>",
        "<h2>Author information</h2><p>Milk cures colds institute, Town</p>",
        "<div class='section cta'><p>Milk cures colds.</p></div>",
        "<div title='footer'><p>Milk cures colds.</p></div>",
    ],
)
def test_furniture_that_nothing_of_the_article_unfolds_is_left_out(furniture: str) -> None:
    document = page(f"<h1>Tea</h1><p>Tea lengthened sleep.</p>{furniture}<h2>Sources</h2>{LIST}")
    assert not any("cures colds" in text for text in texts(document))
    assert texts(document, "reference") == [ADAMS, CLARK]


@pytest.mark.parametrize(
    "row",
    [
        "<a href='/s'>Google Scholar</a><a href='/c'>Crossref</a>",
        "<a class='x'><span>PubMed</span></a><a>View Article</a>",
    ],
)
def test_links_set_behind_an_entry_are_no_part_of_its_doi(row: str) -> None:
    document = page(f"<p>Tea lengthened sleep [1].</p><h2>References</h2><ol><li>{ADAMS}{row}</li></ol>")
    assert references.find(document)[0].fields.doi == "10.5555/tea.1"


@pytest.mark.parametrize(
    "item",
    [
        "<li class='bib'><span><a href='#b1'>Adams and Brown, 2019</a></span><span><div class='c'><div>A. Adams, B. Brown</div>"
        "<div>Tea and sleep in adults: a trial</div></div><div>J Tea, 4 (2) (2019), pp. 11-20, 10.5555/tea.1</div>"
        "<div><a>View article</a> <a>Google Scholar</a></div></span></li>",
        "<div class='citation'><h3>Tea and sleep in adults: a trial</h3><p>Adams A, Brown B</p><p>J Tea. 2019;4(2):11-20.</p></div>",
    ],
)
def test_an_entry_that_is_set_in_several_blocks(item: str) -> None:
    document = page(f"<p>Tea lengthened sleep (Adams and Brown, 2019).</p><h2>References</h2>{item}")
    found = [one for one in references.find(document) if not one.implied]
    assert len(found) == 1
    assert found[0].fields.year == 2019
    assert (found[0].fields.title or "").startswith("Tea and sleep in adults")
    assert cited(document) == [(1,)]


def test_entries_with_a_note_below_stay_as_they_are() -> None:
    document = page(
        f"<p>Tea [1].</p><h2>References</h2><ol><li><p>{ADAMS}</p><p>A small trial.</p></li></ol>"
    )
    assert texts(document, "reference") == [ADAMS]


def test_a_copy_for_small_screens_is_read_once() -> None:
    text = f"<p>Tea lengthened sleep [1].</p><p>Milk helped bones [2].</p><h2>Sources</h2>{LIST}"
    document = page(f"<div class='d-none d-md-block'>{text}</div><div class='d-md-none'>{text}</div>")
    assert texts(document, "reference") == [ADAMS, CLARK]
    assert texts(document).count("Tea lengthened sleep [1].") == 1
    refrain = page("<p>Drink up.</p><p>Tea.</p><p>Drink up.</p><p>Milk.</p><p>Drink up.</p>")
    assert texts(refrain).count("Drink up.") == 3


@pytest.mark.parametrize(
    "tip",
    [
        "<span class='c' tabindex='0' data-tippy-content='{0}'><sup>{1}</sup></span>",
        "<button aria-label='{0}'>{1}</button>",
        "<sup>{1}</sup><span role='tooltip' class='tooltip-text'>{0}</span>",
        "<sup>{1}</sup><span class='popover-content' hidden>{0} <a href='/x'>View</a></span>",
    ],
)
def test_references_that_show_only_over_their_marks(tip: str) -> None:
    text = (
        f"<p>Tea lengthened sleep.{tip.format(ADAMS, 1)} Milk helped bones.{tip.format(CLARK, 2)}</p>"
        f"<p>So tea lengthened sleep.{tip.format(ADAMS, 1)}</p>"
    )
    document = page(f"<main><h1>Tea</h1>{text}</main>")
    assert [text[:5] for text in texts(document, "reference")] == ["Adams", "Clark"]
    assert cited(document) == [(1,), (2,), (1,)]
    assert not any("J Tea" in text for text in texts(document, "paragraph"))
    for block in document.blocks:
        assert document.text[block.offsets[0] : block.offsets[-1]].startswith(block.text[:5])
    listed = page(f"<main><h1>Tea</h1>{text}<h2>Sources</h2>{LIST}</main>")
    assert texts(listed, "reference") == [ADAMS, CLARK]


@pytest.mark.parametrize(
    "mark",
    [
        "<a class='ref-popup' href='#'>1</a>",
        "<sup>&nbsp;<a href='#refs'>1</a></sup>",
        "<sup><sup>1</sup></sup>",
    ],
)
def test_marks_named_like_furniture_or_set_off_by_a_space(mark: str) -> None:
    document = page(f"<h1>Tea</h1><p>Tea lengthened sleep.{mark} Milk did not.</p><h2>Sources</h2>{LIST}")
    assert texts(document)[1] == "Tea lengthened sleep.1 Milk did not."
    assert cited(document) == [(1,)]


def test_notes_that_are_numbered_in_roman_letters() -> None:
    def anchor(number: str) -> str:
        return f"<sup><a href='#e{number}'><sup>{number}</sup></a></sup>"

    entries = "".join(
        f"<div id='e{number}'><p><a href='#b{number}'>{number}</a>\t{entry}</p></div>"
        for number, entry in (("i", ADAMS), ("ii", CLARK))
    )
    document = page(
        f"<h1>Tea</h1><p>Tea lengthened sleep.{anchor('i')} Milk helped.{anchor('ii')}</p>{entries}"
    )
    assert [one.raw for one in references.find(document)] == [ADAMS, CLARK]
    assert cited(document) == [(1,), (2,)]
    assert [one.text for one in sentences.split(document)][1:3] == [
        "Tea lengthened sleep.i",
        "Milk helped.ii",
    ]


def test_the_place_of_the_page_itself_is_no_entry_and_no_claim() -> None:
    body = f"<h1>Tea</h1><p>Tea lengthened sleep [1].</p><h2>Sources</h2>{LIST}"
    document = page(f"<p>J Cups. 2024 Mar 3;12:45. doi: 10.5555/jc.45</p>{body}")
    assert not any("J Cups" in text for text in texts(document))
    above = page(f"<aside class='references'><h2>References</h2>{LIST}</aside><h1>Tea</h1><p>Tea [1].</p>")
    assert texts(above, "reference") == [ADAMS, CLARK]


def test_a_list_that_is_hidden_until_it_is_asked_for() -> None:
    rows = "".join(
        f"<tr><th><a role='button'>&#8593;{number}</a></th><td>{entry}</td></tr>"
        for number, entry in enumerate((ADAMS, CLARK), 1)
    )
    document = page(
        "<h1>Tea</h1><p>Tea lengthened sleep.<sup class='x_tooltip_text'>[1]</sup></p><p>References</p>"
        f"<div id='footnote_references_1' style='display: none;'><table>{rows}</table></div>"
    )
    assert [one.fields.doi for one in references.find(document)] == ["10.5555/tea.1", "10.5555/milk.2"]
    assert cited(document) == [(1,)]


@pytest.mark.parametrize(
    "list_of",
    [
        "<div role='button' aria-expanded='false'><h2>References</h2></div><div style='display:none'>{0}</div>",
        "<h2>References</h2><section aria-hidden='true'>{0}</section>",
    ],
)
def test_a_list_that_is_hidden_right_below_its_heading(list_of: str) -> None:
    document = page(f"<h1>Tea</h1><p>Tea lengthened sleep [1].</p>{list_of.format(LIST)}")
    assert texts(document, "reference") == [ADAMS, CLARK]


def test_raised_numbers_that_follow_one_another() -> None:
    marks = "<sup><a href='#r1'>1</a></sup><cite><a><sup>2</sup></a></cite>"
    document = page(f"<h1>Tea</h1><p>Both helped.{marks} Tea is 10<sup>3</sup> m.</p><h2>Sources</h2>{LIST}")
    assert texts(document)[1] == "Both helped.1,2 Tea is 103 m."
    assert cited(document)[:1] == [(1, 2)]


def test_a_number_that_a_style_sets_apart() -> None:
    items = "".join(
        f"<li><span class='bullet'>{number}</span><span class='author'>{entry[:7]}</span>{entry[7:]}</li>"
        for number, entry in enumerate((ADAMS, CLARK), 1)
    )
    document = page(f"<h1>Tea</h1><p>Tea helps [2].</p><h2>References</h2><ul>{items}</ul>")
    assert [(one.label, one.raw) for one in references.find(document)] == [("1", ADAMS), ("2", CLARK)]


def test_what_only_a_screen_reader_says_is_not_read() -> None:
    mark = "(Adams &amp; Brown, <span><a><span class='off-screen'>Citation</span>2019</a></span>)"
    document = page(f"<h1>Tea</h1><p>Tea lengthened sleep {mark}.</p><h2>References</h2>{LIST}")
    assert texts(document)[1] == "Tea lengthened sleep (Adams & Brown, 2019)."


def test_how_the_page_asks_to_be_cited_is_no_entry() -> None:
    own = "<h2>Citation</h2><p>For attribution, please cite this work as:</p><div>Poe, Sam. 2024. “Tea.” March 3.</div>"
    document = page(f"<h1>Tea</h1><p>Tea lengthened sleep [1].</p><h2>References</h2>{LIST}{own}")
    assert texts(document, "reference") == [ADAMS, CLARK]


def test_a_short_section_named_like_a_table_of_contents() -> None:
    text = "Tea lengthened the sleep of adults by half an hour. " * 3
    document = page(f"<div class='section toc-section'><h2>Tea</h2><p>{text}</p></div><p>Milk.</p>")
    assert text.strip() in texts(document)
    menu = page(f"<div class='toc'><a href='#a'>{text}</a></div><p>{text}</p>")
    assert texts(menu) == [text.strip()]


def test_a_table_of_contents_of_word_is_left_out(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    begun = f"{mark('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{mark('separate')}"
    line = "<w:r><w:t>Milk cures colds 3</w:t></w:r>"
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Tea</w:t></w:r></w:p>'
    rest = "<w:p><w:r><w:t>Tea helps.</w:t></w:r></w:p>"
    for body in (
        f"<w:p>{begun}{line}</w:p><w:p>{line}{mark('end')}</w:p>{heading}{rest}",
        f"<w:p>{begun}{line}</w:p>{heading}{rest}",
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{line}</w:p>{heading}{rest}',
    ):
        assert texts(word(body, tmp_path)) == ["Tea", "Tea helps."]


def test_a_section_that_small_screens_fold() -> None:
    document = page(
        "<h1>Tea</h1><div role='button' aria-controls='s1'><h2>Effects</h2></div>"
        f"<section id='s1' hidden><p>Tea lengthened sleep [1].</p></section><h2>References</h2>{LIST}"
        "<section hidden='until-found'><p>So it does.</p></section>"
    )
    assert texts(document)[1:3] == ["Effects", "Tea lengthened sleep [1]."]
    assert texts(document)[-1] == "So it does."


def test_notes_that_only_name_an_entry_and_its_pages() -> None:
    notes = "".join(
        f"<li id='n{number}'><b><a href='#c{number}'>^</a></b> <span><a href='#X'>{name}</a>, pp. 12–13.</span></li>"
        for number, name in ((1, "Clark 2020"), (2, "Adams &amp; Brown 2019"))
    )
    marks = [f"<sup><a href='#n{number}'>[{number}]</a></sup>" for number in (1, 2)]
    document = page(
        f"<h1>Tea</h1><p>Milk helped bones.{marks[0]} Tea lengthened sleep.{marks[1]}</p><h2>Notes</h2><ol>{notes}</ol>"
        f"<h2>References</h2>{LIST}"
    )
    assert texts(document, "reference") == [ADAMS, CLARK]
    assert cited(document)[:2] == [(2,), (1,)]


@pytest.mark.parametrize(
    "struck", ["<s>Milk cures colds.</s>", "<del>Milk cures colds.</del>", "<strike>Milk.</strike>"]
)
def test_what_is_struck_through_is_not_read(struck: str) -> None:
    assert texts(page(f"<h1>Tea</h1><p>Tea helps. {struck} So there.</p>")) == ["Tea", "Tea helps. So there."]


def test_what_word_strikes_through_is_not_read(tmp_path: Path) -> None:
    def run(look: str, text: str) -> str:
        return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    body = f"<w:p>{run('', 'Tea ')}{run('<w:strike/>', 'cures')}{run('<w:dstrike/>', 'x')}"
    body += run('<w:strike w:val="0"/>', "helps.") + "</w:p>"
    assert texts(word(body, tmp_path)) == ["Tea helps."]


def word(body: str, tmp_path: Path) -> Document:
    path = tmp_path / "tea.docx"
    path.write_bytes(docx(body))
    return read_article(path)


def test_numbers_that_word_lifts_and_columns_set_by_a_table(tmp_path: Path) -> None:
    lifted = '<w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>1</w:t></w:r>'
    lowered = '<w:r><w:rPr><w:position w:val="-4"/></w:rPr><w:t>2</w:t></w:r>'
    long = "Tea lengthened sleep by half an hour in a trial of adults."

    def cell(*texts_of: str) -> str:
        return "<w:tc>" + "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in texts_of) + "</w:tc>"

    body = (
        f"<w:p><w:r><w:t>Tea helps.</w:t></w:r>{lifted}<w:r><w:t> H</w:t></w:r>{lowered}<w:r><w:t>O too.</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell('Tea', long, long)}{cell('Milk')}</w:tr></w:tbl>"
        f"<w:tbl><w:tr>{cell('Tea', 'helps')}{cell(long)}</w:tr></w:tbl>"
    )
    document = word(body, tmp_path)
    assert "Tea helps.^1^ H2O too." in document.text
    assert texts(document)[1:] == ["Tea", long, long, "Milk", f"Tea helps | {long}"]


LETTER = f"""<html><body><h1>Tea</h1><p>Tea lengthened sleep by 15–30 minutes [1].</p><h3>Sources</h3>{LIST}</body></html>"""


def packed(way: str) -> bytes:
    from email.message import EmailMessage

    letter = EmailMessage()
    letter["Subject"] = "Tea"
    letter.set_content("See the web version.")
    letter.add_alternative(LETTER, subtype="html", cte=way)
    return bytes(letter)


SAVED = b"""From: <Saved by Blink>\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----b----"\r
\r
\r
------b----\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
\r
<html><body><h1>Tea</h1><p>Tea lengthened =\r
sleep by 15=E2=80=9330 minutes [1].</p><h3>Sources</h3><ol><li>%s</li><li>%s</li></ol></body></html>\r
------b----\r
Content-Type: text/css\r
\r
body {}\r
------b------\r
""" % (ADAMS.encode(), CLARK.encode())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", packed("quoted-printable")),
        ("a.eml", packed("base64")),
        ("a.mht", SAVED),
        ("a.mhtml", SAVED.replace(b"\r\n", b"\n")),
    ],
)
def test_mail_and_pages_saved_whole(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_article(path)
    assert document.packed
    assert "Tea lengthened sleep by 15–30 minutes [1]." in texts(document)
    assert texts(document, "reference") == [ADAMS, CLARK]
    for block in document.blocks:
        assert document.text[block.offsets[0] : block.offsets[-1]].startswith(block.text[:9])


def test_a_letter_in_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"Subject: Tea\nContent-Type: text/plain; charset=iso-8859-1\n\nTea from C\xf4te lengthened sleep.\n"
    )
    assert texts(read_article(path)) == ["Tea from Côte lengthened sleep."]


@pytest.mark.parametrize(
    "data", [b"Subject: nothing\n\n", b"no message at all", b"Content-Type: image/png\n\nx"]
)
def test_a_message_without_text_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(data)
    with pytest.raises(ClaimspineError) as caught:
        read_article(path)
    assert caught.value.code == "article-damaged"


def test_a_note_that_word_cites_again(tmp_path: Path) -> None:
    import io
    import zipfile

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    again = "<w:r><w:instrText> NOTEREF _Ref7 \\f \\h </w:instrText></w:r>"
    body = (
        '<w:p><w:r><w:t>Tea helps.</w:t></w:r><w:bookmarkStart w:id="3" w:name="_Ref7"/><w:r>'
        '<w:footnoteReference w:id="7"/></w:r><w:bookmarkEnd w:id="3"/></w:p><w:p><w:r><w:t>So it does.</w:t></w:r>'
        f"{mark('begin')}{again}{mark('separate')}<w:r><w:t>i</w:t></w:r>{mark('end')}<w:r><w:t> Yes.</w:t></w:r>"
        '<w:fldSimple w:instr=" NOTEREF _Ref7 "><w:r><w:t>i</w:t></w:r></w:fldSimple></w:p>'
    )
    made = io.BytesIO(docx(body))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/footnotes.xml", NOTES)
    path = tmp_path / "tea.docx"
    path.write_bytes(made.getvalue())
    document = read_article(path)
    assert texts(document)[:2] == ["Tea helps.[^1]", "So it does.[^1] Yes.[^1]"]
    assert cited(document) == [(1,), (1,), (1,)]
