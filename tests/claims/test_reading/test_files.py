"""Files as they come: their encodings, and those that are no article, told for what they are."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.model import Document
from claims.reading import read_article
from graph.errors import ClaimspineError


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
def test_an_encoding_that_is_declared_is_read(
    tmp_path: Path, name: str, data: bytes, offsets_hold: Callable[[Document], None]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    document = read_article(path)
    assert document.blocks[0].text.startswith("Größe: 3")
    offsets_hold(document)


@pytest.mark.parametrize("declared", ["nonsense", "rot13", "hex", "utf-16", "idna"])
def test_a_declared_encoding_that_does_not_fit_is_refused(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f'<meta charset="{declared}"><p>Größe'.encode("latin-1"))
    with pytest.raises(ClaimspineError, match="not UTF-8"):
        read_article(path)


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
