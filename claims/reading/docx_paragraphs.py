"""The paragraphs of a Word document as runs of one look, with what its fields, links and notes lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

__all__ = ["Paragraph", "Run", "W", "Word"]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLD = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is no text of the paragraph: taken away, moved elsewhere, its properties, what hangs on it.
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}txbxContent", _OLD})
_WRAPPING = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"(https?://[^"\s]{4,2000})"', re.IGNORECASE)
_NOTE_FIELD = re.compile(r"\s*NOTEREF\s+([\w.]{1,100})")
_NOTES = frozenset((f"{W}footnoteReference", f"{W}endnoteReference"))
_CONTENTS = re.compile(r"\s*TOC\b")
_CONTENTS_STYLE = re.compile(r"toc\s?\d|toc heading|table of figures", re.IGNORECASE)
_RUNNING = 40  # characters of a paragraph of running text
_ABOVE_ZERO = frozenset("123456789")
_MOST_OPEN = 20  # bookmarks about a reference to a note; Word writes one
_LONGEST_INSTRUCTION = 5000  # characters kept of a part of a field's instruction
_DEEPEST = 50  # elements about a text; Word writes a handful
_HEADING = re.compile(r"(?:heading|überschrift|titre|rubrik)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titel|titre$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. ``address`` is where it links to; ``hidden`` is written and not seen."""

    text: str
    raised: bool = False
    bold: bool = False
    address: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, table row or note; ``kind`` and ``level`` as a ``Block`` has them."""

    kind: str
    level: int
    runs: list[Run]


@dataclass(slots=True)
class _Field:
    """A field that has begun: what it is to do, and where its text links to."""

    instruction: str = ""
    address: str = ""
    replaced: bool = False  # what it shows has been written in another way, or is a table of contents


@dataclass(slots=True)
class Word:
    """The parts of a document that its paragraphs point to, and the notes met so far, in order."""

    styles: dict[str, str]
    addresses: dict[str, str]
    notes: dict[str, dict[str, ET.Element]]  # "footnote" or "endnote", then by id
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    met: list[tuple[ET.Element, str]] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)  # those that have begun and not ended, outermost first
    count: Counter[str] = field(default_factory=Counter)
    marked: dict[str, ET.Element] = field(default_factory=dict)  # references to notes, by their bookmarks

    def paragraphs(self, body: ET.Element) -> Iterator[Paragraph]:
        """The paragraphs of the body, those of its text boxes after them, and its notes at the end."""
        root = body.find(f"{W}body")
        self.marked = _bookmarked_notes(body)
        yield from self._of(root if root is not None else body)
        for note, label in self.met:  # which grows: a note may have notes
            yield from self._note(note, label)

    def _note(self, note: ET.Element, label: str) -> Iterator[Paragraph]:
        begun = False
        for paragraph in self._of(note):
            if any(run.text.strip() for run in paragraph.runs):
                mark = [] if begun else [Run(f"[^{label}]: ", hidden=True)]
                begun = True
                yield Paragraph("list-item", 1, [*mark, *paragraph.runs])

    def _of(self, parent: ET.Element, depth: int = 0) -> Iterator[Paragraph]:
        for child in parent:
            if child.tag == f"{W}p":
                for one in self.fields:  # a bibliography's field spans paragraphs, a link does not
                    one.address = ""
                kind, level = _kind(child, self.styles)
                if kind == "contents":
                    continue
                if kind == "heading":  # a table of contents that was left open ends here at the latest
                    self.fields = [one for one in self.fields if not _CONTENTS.match(one.instruction)]
                yield Paragraph(kind, level, list(self._runs(child)))
                if depth < _DEEPEST:
                    for box in _outermost(child, f"{W}txbxContent"):
                        yield from self._of(box, depth + 1)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child, depth)
            elif child.tag in _WRAPPING and depth < _DEEPEST:
                yield from self._of(child, depth + 1)

    def _rows(self, table: ET.Element, depth: int) -> Iterator[Paragraph]:
        for row in _outermost(table, f"{W}tr"):
            cells: list[Run] = []
            columns = list(_outermost(row, f"{W}tc"))
            if any(_sets_text(cell) for cell in columns):
                for cell in columns:
                    yield from self._of(cell, depth + 1)
                continue
            for cell in columns:
                if cells:
                    cells.append(Run(" | "))
                for paragraph in cell.iter(f"{W}p"):
                    cells.extend(self._runs(paragraph))
                    cells.append(Run(" "))
            yield Paragraph("table", 0, cells)

    def _runs(self, parent: ET.Element, address: str = "", depth: int = 0) -> Iterator[Run]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child, address)
            elif child.tag not in _GONE and depth < _DEEPEST:
                inside = address
                if child.tag == f"{W}hyperlink":
                    inside = self.addresses.get(child.get(f"{_R}id", ""), "")
                elif child.tag == f"{W}fldSimple":
                    label = self._note_again(child.get(f"{W}instr", ""))
                    if label:
                        yield Run(f"[^{label}]")
                        continue
                    inside = _leads_to(child.get(f"{W}instr", "")) or address
                yield from self._runs(child, inside, depth + 1)

    def _run(self, run: ET.Element, address: str) -> Iterator[Run]:
        properties = run.find(f"{W}rPr")
        raised = bold = hidden = False
        if properties is not None:
            place = properties.find(f"{W}vertAlign")
            raised = place is not None and place.get(f"{W}val") == "superscript"
            lifted = properties.find(f"{W}position")
            raised = raised or (lifted is not None and lifted.get(f"{W}val", "")[:1] in _ABOVE_ZERO)
            weight = properties.find(f"{W}b")
            bold = _is_on(weight)
            hidden = any(_is_on(properties.find(f"{W}{name}")) for name in ("vanish", "strike", "dstrike"))
        for child in run:
            if child.tag == f"{W}fldChar":
                kind = child.get(f"{W}fldCharType", "")
                label = self._note_again(self.fields[-1].instruction) if self.fields else None
                self._field(kind)
                if kind == "separate" and label:
                    self.fields[-1].replaced = True
                    yield Run(f"[^{label}]")
            elif child.tag == f"{W}instrText" and self.fields:
                one = self.fields[-1]
                one.instruction = (one.instruction + (child.text or ""))[:_LONGEST_INSTRUCTION]
            elif hidden or any(one.replaced for one in self.fields):
                continue
            elif child.tag == f"{W}t":
                yield Run(child.text or "", raised, bold, address or self._linked())
            elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
                yield Run(" ", False, bold, address)
            elif child.tag == f"{W}noBreakHyphen":
                yield Run("-", raised, bold, address)
            elif child.tag in _NOTES:
                label = self._label(child)
                if label:
                    yield Run(f"[^{label}]")

    def _field(self, kind: str) -> None:
        """A field begins, shows what it made, or ends."""
        if kind == "begin" and len(self.fields) < _DEEPEST:
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].address = _leads_to(self.fields[-1].instruction)
            self.fields[-1].replaced = _CONTENTS.match(self.fields[-1].instruction) is not None
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note_again(self, instruction: str) -> str | None:
        """The label of the note that a field points to again, or None."""
        named = _NOTE_FIELD.match(instruction)
        reference = self.marked.get(named.group(1)) if named else None
        return None if reference is None else self._label(reference)

    def _linked(self) -> str:
        """Where the innermost link field leads that the text stands in."""
        return next((one.address for one in reversed(self.fields) if one.address), "")

    def _label(self, reference: ET.Element) -> str | None:
        """The label of the note that is referred to: its place in the text's order, as Word prints it."""
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        number = reference.get(f"{W}id", "")
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


def _is_on(switch: ET.Element | None) -> bool:
    """Whether a look is switched on; there without a value it is."""
    return switch is not None and switch.get(f"{W}val") not in ("0", "false")


def _sets_text(cell: ET.Element) -> bool:
    """Whether a cell holds paragraphs of running text: a table that only sets columns."""
    paragraphs = ("".join(one.text or "" for one in child.iter(f"{W}t")) for child in cell.findall(f"{W}p"))
    return sum(len(text) >= _RUNNING and text.count(" ") > 5 for text in paragraphs) > 1


def _bookmarked_notes(body: ET.Element) -> dict[str, ET.Element]:
    """The references to notes that bookmarks stand about, by the name of the bookmark."""
    found: dict[str, ET.Element] = {}
    opened: dict[str, str] = {}
    for one in body.iter():
        if one.tag == f"{W}bookmarkStart" and len(opened) < _MOST_OPEN:
            opened[one.get(f"{W}id", "")] = one.get(f"{W}name", "")
        elif one.tag == f"{W}bookmarkEnd":
            opened.pop(one.get(f"{W}id", ""), None)
        elif one.tag in _NOTES:
            for name in opened.values():
                found.setdefault(name, one)
    return found


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
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return "paragraph", 0
    style = properties.find(f"{W}pStyle")
    identifier = style.get(f"{W}val", "") if style is not None else ""
    name = styles.get(identifier, identifier)
    heading = _HEADING.search(name) or _HEADING.search(identifier)
    if heading:
        return "heading", int(heading.group(1))
    if _CONTENTS_STYLE.fullmatch(name):
        return "contents", 0
    if _TITLE.fullmatch(name):
        return "title", 1
    if name.lower() == "caption":
        return "caption", 0
    if properties.find(f"{W}numPr") is not None or "list" in name.lower():
        return "list-item", 1
    return "paragraph", 0
