"""Word files (.docx): the text taken out of them, with headings, lists, tables and notes.

A .docx is a zip archive of XML and comes from strangers: sizes are checked before anything is
unpacked, and a document type declaration (the way to entity bombs) is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from claims.model import Block
from claims.reading.visible import VisibleText
from graph.errors import ClaimspineError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LARGEST_RATIO = 200  # unpacked to packed; text packs 5 to 30 times
_HEADING = re.compile(r"(?:heading|überschrift|titre|rubrik)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel|titre$", re.IGNORECASE)


def read_docx(data: bytes, path: str, limit: int) -> tuple[str, tuple[Block, ...]]:
    """The text of a .docx and its blocks; offsets are into that text.

    Raised characters are written ``^1^`` in the text, so that citations set as superscripts are
    known for what they are; readers of the blocks do not see the carets.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise _damaged(path, "it is a zip archive without a Word document in it")
            body = _part(archive, "word/document.xml", path, limit)
            styles = (
                _style_names(_part(archive, "word/styles.xml", path, limit))
                if "word/styles.xml" in names
                else {}
            )
            notes = [
                _part(archive, name, path, limit)
                for name in ("word/endnotes.xml", "word/footnotes.xml")
                if name in names
            ]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as exc:
        raise _damaged(path, f"it cannot be unpacked ({exc})") from exc
    except ET.ParseError as exc:
        raise _damaged(path, f"its XML is broken ({exc})") from exc
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for kind, level, runs in _paragraphs(body, notes, styles):
        written, block = _written(kind, level, runs, length)
        if block is None:
            continue
        pieces.append(written)
        blocks.append(block)
        length += len(written) + 2
    if blocks and not any(block.kind == "title" for block in blocks) and blocks[0].kind == "heading":
        first = blocks[0]
        blocks[0] = Block("title", first.text, first.offsets, 1)
    return "\n\n".join(pieces), tuple(blocks)


def _part(archive: zipfile.ZipFile, name: str, path: str, limit: int) -> ET.Element:
    info = archive.getinfo(name)
    allowed = max(limit * 5, 1_000_000)
    if info.file_size > allowed or info.file_size > _LARGEST_RATIO * max(info.compress_size, 1) + 100_000:
        raise ClaimspineError(
            "article-too-large",
            f"{name} would unpack to {info.file_size:,} bytes",
            hint="this is no ordinary Word file; save it anew from the program it came from",
            path=path,
        )
    with archive.open(info) as stream:
        data = stream.read(allowed + 1)
    if len(data) > allowed:
        raise ClaimspineError("article-too-large", f"{name} unpacks to more than it says", path=path)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise _damaged(path, "its XML declares entities, which Word never does")
    return ET.fromstring(data)


def _damaged(path: str, why: str) -> ClaimspineError:
    return ClaimspineError(
        "article-damaged",
        f"this is not a whole .docx file: {why}",
        hint="open it in a word processor and save it anew",
        path=path,
    )


def _style_names(styles: ET.Element) -> dict[str, str]:
    names = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            names[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "")
    return names


_Runs = list[tuple[str, bool, bool]]  # text, raised, bold


def _paragraphs(
    body: ET.Element, notes: list[ET.Element], styles: dict[str, str]
) -> Iterator[tuple[str, int, _Runs]]:
    root = body.find(f"{_W}body")
    yield from _of(root if root is not None else body, styles)
    for part in notes:
        found = []
        for note in part:
            number = note.get(f"{_W}id", "")
            if note.get(f"{_W}type") in (None, "normal") and number.lstrip("-").isdigit() and int(number) > 0:
                found.append((int(number), note))
        for place, note in sorted(found, key=lambda entry: entry[0]):
            runs = [run for _, _, paragraph in _of(note, styles) for run in paragraph]
            yield "list-item", 1, [(f"{place}. ", False, False), *runs]


def _of(parent: ET.Element, styles: dict[str, str]) -> Iterator[tuple[str, int, _Runs]]:
    for child in parent:
        if child.tag == f"{_W}p":
            kind, level = _kind(child, styles)
            yield kind, level, list(_runs(child))
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells: _Runs = []
                for cell in row.iter(f"{_W}tc"):
                    if cells:
                        cells.append((" | ", False, False))
                    for paragraph in cell.iter(f"{_W}p"):
                        cells.extend(_runs(paragraph))
                        cells.append((" ", False, False))
                yield "table", 0, cells
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _of(child, styles)


def _kind(paragraph: ET.Element, styles: dict[str, str]) -> tuple[str, int]:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return "paragraph", 0
    style = properties.find(f"{_W}pStyle")
    identifier = style.get(f"{_W}val", "") if style is not None else ""
    name = styles.get(identifier, identifier)
    heading = _HEADING.search(name) or _HEADING.search(identifier)
    if heading:
        return "heading", int(heading.group(1))
    if _TITLE.fullmatch(name):
        return "title", 1
    if properties.find(f"{_W}numPr") is not None or "list" in name.lower():
        return "list-item", 1
    return "paragraph", 0


def _runs(paragraph: ET.Element) -> Iterator[tuple[str, bool, bool]]:
    for run in paragraph.iter(f"{_W}r"):
        properties = run.find(f"{_W}rPr")
        raised = bold = False
        if properties is not None:
            place = properties.find(f"{_W}vertAlign")
            raised = place is not None and place.get(f"{_W}val") == "superscript"
            weight = properties.find(f"{_W}b")
            bold = weight is not None and weight.get(f"{_W}val") not in ("0", "false")
            if properties.find(f"{_W}vanish") is not None:
                continue
        for child in run:
            if child.tag == f"{_W}t":
                yield child.text or "", raised, bold
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                yield " ", False, bold
            elif child.tag == f"{_W}noBreakHyphen":
                yield "-", raised, bold
            elif child.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                number = child.get(f"{_W}id", "")
                if number.isdigit():
                    yield number, True, bold


def _written(kind: str, level: int, runs: _Runs, start: int) -> tuple[str, Block | None]:
    """A paragraph as it is written into the text, and its block."""
    written: list[str] = []
    visible = VisibleText()
    length = 0
    for text, raised, bold in _merged(runs):
        opening = "^" if raised else "**" if bold and kind == "paragraph" else ""
        inside = text.strip() if opening else text
        if not inside:
            opening = ""
            inside = text
        lead = text[: len(text) - len(text.lstrip())] if opening else ""
        trail = text[len(text.rstrip()) :] if opening else ""
        for mark, shown in ((lead, True), (opening, False), (inside, True), (opening, False), (trail, True)):
            if shown:
                visible.add(mark, start + length)
            written.append(mark)
            length += len(mark)
    return "".join(written), visible.block(kind, level)


def _merged(runs: _Runs) -> _Runs:
    """Neighbouring runs of one look as one: word processors cut words anywhere."""
    merged: _Runs = []
    for text, raised, bold in runs:
        if merged and merged[-1][1:] == (raised, bold):
            merged[-1] = (merged[-1][0] + text, raised, bold)
        elif text:
            merged.append((text, raised, bold))
    return merged
