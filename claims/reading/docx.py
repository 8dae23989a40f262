"""Word files (.docx): the text taken out of them, with headings, lists, tables and notes.

A .docx is a zip archive of XML and comes from strangers: sizes are checked before anything is
unpacked, and a document type declaration (the way to entity bombs) is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from claims.model import Block
from claims.reading.visible import VisibleText
from graph.errors import ClaimspineError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "word/_rels/document.xml.rels"
_OLD = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is no text of the paragraph: taken away, moved elsewhere, its properties, what hangs on it.
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}txbxContent", _OLD})
_WRAPPING = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"(https?://[^"\s]{4,2000})"', re.IGNORECASE)
_LONGEST_INSTRUCTION = 5000  # characters kept of a part of a field's instruction
_DEEPEST = 50  # elements about a text; Word writes a handful
_LARGEST_RATIO = 200  # unpacked to packed; text packs 5 to 30 times
_HEADING = re.compile(r"(?:heading|überschrift|titre|rubrik)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel|titre$", re.IGNORECASE)


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
                raise _other_archive(archive, path)
            body = _part(archive, "word/document.xml", path, limit)
            styles = (
                _style_names(_part(archive, "word/styles.xml", path, limit))
                if "word/styles.xml" in names
                else {}
            )
            relations = _addresses(_part(archive, _RELATIONS, path, limit)) if _RELATIONS in names else {}
            notes = {
                kind: {
                    note.get(f"{_W}id", ""): note for note in _part(archive, f"word/{kind}s.xml", path, limit)
                }
                for kind in ("footnote", "endnote")
                if f"word/{kind}s.xml" in names
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as exc:
        raise _damaged(path, f"it cannot be unpacked ({exc})") from exc
    except ET.ParseError as exc:
        raise _damaged(path, f"its XML is broken ({exc})") from exc
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for paragraph in _Word(styles, relations, notes).paragraphs(body):
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


_ARCHIVES = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
    ("Index/", "a Pages document"),
)
_MIMETYPES = ((b"opendocument", "an OpenDocument file"), (b"epub", "an e-book (EPUB)"))


def _other_archive(archive: zipfile.ZipFile, path: str) -> ClaimspineError:
    """What is said of a zip archive that is no Word file."""
    names = archive.namelist()
    told = next((what for start, what in _ARCHIVES if any(name.startswith(start) for name in names)), None)
    if "mimetype" in names:
        with archive.open("mimetype") as member:
            said = member.read(200)
        told = next((what for part, what in _MIMETYPES if part in said), told)
    if told is None:
        return _damaged(path, "it is a zip archive without a Word document in it")
    hint = "save the article as .docx, .html, .md or plain text"
    return ClaimspineError("article-binary", f"this is {told}, not text", hint=hint, path=path)


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


def _addresses(relations: ET.Element) -> dict[str, str]:
    """The addresses on the web that a document links to, by the id of the relation."""
    return {
        one.get("Id", ""): one.get("Target", "")
        for one in relations
        if one.get("Target", "").startswith(("http://", "https://"))
    }


@dataclass(frozen=True, slots=True)
class _Run:
    """Text of one look. ``address`` is where it links to; ``hidden`` is written and not seen."""

    text: str
    raised: bool = False
    bold: bool = False
    address: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    kind: str
    level: int
    runs: list[_Run]


@dataclass(slots=True)
class _Field:
    """A field that has begun: what it is to do, and where its text links to."""

    instruction: str = ""
    address: str = ""


@dataclass(slots=True)
class _Word:
    """The parts of a document that its paragraphs point to, and the notes met so far, in order."""

    styles: dict[str, str]
    addresses: dict[str, str]
    notes: dict[str, dict[str, ET.Element]]  # "footnote" or "endnote", then by id
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    met: list[tuple[ET.Element, str]] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)  # those that have begun and not ended, outermost first
    count: Counter[str] = field(default_factory=Counter)

    def paragraphs(self, body: ET.Element) -> Iterator[_Paragraph]:
        """The paragraphs of the body, those of its text boxes after them, and its notes at the end."""
        root = body.find(f"{_W}body")
        yield from self._of(root if root is not None else body)
        for note, label in self.met:  # which grows: a note may have notes
            yield from self._note(note, label)

    def _note(self, note: ET.Element, label: str) -> Iterator[_Paragraph]:
        begun = False
        for paragraph in self._of(note):
            if any(run.text.strip() for run in paragraph.runs):
                mark = [] if begun else [_Run(f"[^{label}]: ", hidden=True)]
                begun = True
                yield _Paragraph("list-item", 1, [*mark, *paragraph.runs])

    def _of(self, parent: ET.Element, depth: int = 0) -> Iterator[_Paragraph]:
        for child in parent:
            if child.tag == f"{_W}p":
                for one in self.fields:  # a bibliography's field spans paragraphs, a link does not
                    one.address = ""
                kind, level = _kind(child, self.styles)
                yield _Paragraph(kind, level, list(self._runs(child)))
                if depth < _DEEPEST:
                    for box in _outermost(child, f"{_W}txbxContent"):
                        yield from self._of(box, depth + 1)
            elif child.tag == f"{_W}tbl":
                yield from self._rows(child)
            elif child.tag in _WRAPPING and depth < _DEEPEST:
                yield from self._of(child, depth + 1)

    def _rows(self, table: ET.Element) -> Iterator[_Paragraph]:
        for row in _outermost(table, f"{_W}tr"):
            cells: list[_Run] = []
            for cell in _outermost(row, f"{_W}tc"):
                if cells:
                    cells.append(_Run(" | "))
                for paragraph in cell.iter(f"{_W}p"):
                    cells.extend(self._runs(paragraph))
                    cells.append(_Run(" "))
            yield _Paragraph("table", 0, cells)

    def _runs(self, parent: ET.Element, address: str = "", depth: int = 0) -> Iterator[_Run]:
        for child in parent:
            if child.tag == f"{_W}r":
                yield from self._run(child, address)
            elif child.tag not in _GONE and depth < _DEEPEST:
                inside = address
                if child.tag == f"{_W}hyperlink":
                    inside = self.addresses.get(child.get(f"{_R}id", ""), "")
                elif child.tag == f"{_W}fldSimple":
                    inside = _leads_to(child.get(f"{_W}instr", "")) or address
                yield from self._runs(child, inside, depth + 1)

    def _run(self, run: ET.Element, address: str) -> Iterator[_Run]:
        properties = run.find(f"{_W}rPr")
        raised = bold = hidden = False
        if properties is not None:
            place = properties.find(f"{_W}vertAlign")
            raised = place is not None and place.get(f"{_W}val") == "superscript"
            weight = properties.find(f"{_W}b")
            bold = weight is not None and weight.get(f"{_W}val") not in ("0", "false")
            hidden = properties.find(f"{_W}vanish") is not None
        for child in run:
            if child.tag == f"{_W}fldChar":
                self._field(child.get(f"{_W}fldCharType", ""))
            elif child.tag == f"{_W}instrText" and self.fields:
                one = self.fields[-1]
                one.instruction = (one.instruction + (child.text or ""))[:_LONGEST_INSTRUCTION]
            elif hidden:
                continue
            elif child.tag == f"{_W}t":
                yield _Run(child.text or "", raised, bold, address or self._linked())
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                yield _Run(" ", False, bold, address)
            elif child.tag == f"{_W}noBreakHyphen":
                yield _Run("-", raised, bold, address)
            elif child.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                label = self._label(child)
                if label:
                    yield _Run(f"[^{label}]")

    def _field(self, kind: str) -> None:
        """A field begins, shows what it made, or ends."""
        if kind == "begin" and len(self.fields) < _DEEPEST:
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].address = _leads_to(self.fields[-1].instruction)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _linked(self) -> str:
        """Where the innermost link field leads that the text stands in."""
        return next((one.address for one in reversed(self.fields) if one.address), "")

    def _label(self, reference: ET.Element) -> str | None:
        """The label of the note that is referred to: its place in the text's order, as Word prints it."""
        kind = "footnote" if reference.tag == f"{_W}footnoteReference" else "endnote"
        number = reference.get(f"{_W}id", "")
        if number not in self.notes.get(kind, {}):
            return None
        known = self.labels.get((kind, number))
        if known is None:
            self.count[kind] += 1
            both = len(self.notes) > 1 and kind == "endnote"
            known = f"e{self.count[kind]}" if both else f"{self.count[kind]}"
            self.labels[kind, number] = known
            self.met.append((self.notes[kind][number], known))
        return known


def _leads_to(instruction: str) -> str:
    """The address of a HYPERLINK field; none where it leads to a place of the document itself."""
    match = _LINK_FIELD.match(instruction)
    return match.group(1) if match else ""


def _outermost(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The elements of one tag below a parent, in order, those inside one another left out."""
    waiting = list(reversed(parent))
    while waiting:
        one = waiting.pop()
        if one.tag == tag:
            yield one
        elif one.tag != _OLD:  # a copy for old programs
            waiting.extend(reversed(one))


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
    if name.lower() == "caption":
        return "caption", 0
    if properties.find(f"{_W}numPr") is not None or "list" in name.lower():
        return "list-item", 1
    return "paragraph", 0


def _written(paragraph: _Paragraph, start: int) -> tuple[str, Block | None]:
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


def _merged(runs: list[_Run]) -> list[_Run]:
    """Neighbouring runs of one look as one: word processors cut words anywhere."""
    merged: list[_Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last is not None and replace(last, text=run.text) == run:
            merged[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            merged.append(run)
    return merged
