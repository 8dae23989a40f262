"""Word files (.docx): the text taken out of them, with headings, lists, tables and notes."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from xml.etree import ElementTree as ET

from claims.model import Block
from claims.reading.docx_archive import damaged, other_archive, part_of
from claims.reading.docx_paragraphs import Paragraph, Run, W, Word
from claims.reading.visible import VisibleText

_RELATIONS = "word/_rels/document.xml.rels"


def read_docx(data: bytes, path: str, limit: int) -> tuple[str, tuple[Block, ...]]:
    """The text of a .docx and its blocks; offsets are into that text.

    It is written as Markdown would be, so that what shows in Word by its look is known for what it is:
    raised characters as ``^1^``, links as ``[words](address)``, notes as ``[^1]``, bold as ``**words**``.
    Readers of the blocks see neither carets nor addresses. Text that a tracked change took away or moved
    elsewhere is left out; what it brought in is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise other_archive(archive, path)
            body = part_of(archive, "word/document.xml", path, limit)
            styles = (
                _style_names(part_of(archive, "word/styles.xml", path, limit))
                if "word/styles.xml" in names
                else {}
            )
            relations = _addresses(part_of(archive, _RELATIONS, path, limit)) if _RELATIONS in names else {}
            notes = {
                kind: {
                    note.get(f"{W}id", ""): note
                    for note in part_of(archive, f"word/{kind}s.xml", path, limit)
                }
                for kind in ("footnote", "endnote")
                if f"word/{kind}s.xml" in names
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as exc:
        raise damaged(path, f"it cannot be unpacked ({exc})") from exc
    except ET.ParseError as exc:
        raise damaged(path, f"its XML is broken ({exc})") from exc
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for paragraph in Word(styles, relations, notes).paragraphs(body):
        written, block = _written(paragraph, length)
        if block is None:
            continue
        pieces.append(written)
        blocks.append(block)
        length += len(written) + 2
    if blocks and not any(block.kind == "title" for block in blocks) and blocks[0].kind == "heading":
        first = blocks[0]
        blocks[0] = Block("title", first.text, first.offsets, 1)
    return "\n\n".join(pieces), tuple(blocks)


def _style_names(styles: ET.Element) -> dict[str, str]:
    names = {}
    for style in styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            names[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "")
    return names


def _addresses(relations: ET.Element) -> dict[str, str]:
    """The addresses on the web that a document links to, by the id of the relation."""
    return {
        one.get("Id", ""): one.get("Target", "")
        for one in relations
        if one.get("Target", "").startswith(("http://", "https://"))
    }


def _written(paragraph: Paragraph, start: int) -> tuple[str, Block | None]:
    """A paragraph as it is written into the text, and its block."""
    written: list[str] = []
    visible = VisibleText()
    length = 0

    def add(text: str, *, shown: bool) -> None:
        nonlocal length
        if shown:
            visible.add(text, start + length)
        written.append(text)
        length += len(text)

    for run in _merged(paragraph.runs):
        opening = "^" if run.raised else "**" if run.bold and paragraph.kind == "paragraph" else ""
        inside = run.text.strip()
        if not inside:
            add(run.text, shown=not run.hidden)
            continue
        before = run.text[: len(run.text) - len(run.text.lstrip())]
        add(before, shown=not run.hidden)
        add(opening + ("[" if run.address else ""), shown=False)
        add(inside, shown=not run.hidden)
        add((f"]({run.address})" if run.address else "") + opening, shown=False)
        add(run.text[len(before) + len(inside) :], shown=not run.hidden)
    return "".join(written), visible.block(paragraph.kind, paragraph.level)


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbouring runs of one look as one: word processors cut words anywhere."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last is not None and replace(last, text=run.text) == run:
            merged[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            merged.append(run)
    return merged
