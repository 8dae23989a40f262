"""Word files: headings, notes, links and fields, and what is made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.model import Document
from claims.reading import read_article
from graph.errors import ClaimspineError


def docx(body: str, **parts: str) -> bytes:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content.replace("NS", namespace))
    return buffer.getvalue()


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"


def test_docx_headings_superscripts_and_offsets(
    tmp_path: Path, offsets_hold: Callable[[Document], None]
) -> None:
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
    offsets_hold(document)


NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r>
<w:r><w:t>Adams A. Tea. J Tea. 2019;4(2):11-20.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="https://doi.org/10.5555/tea.1" TargetMode="External"/></Relationships>'
)


def test_docx_as_word_makes_it(tmp_path: Path, offsets_hold: Callable[[Document], None]) -> None:
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
    offsets_hold(document)


def test_docx_links_made_by_fields(tmp_path: Path, offsets_hold: Callable[[Document], None]) -> None:
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
    offsets_hold(document)


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
