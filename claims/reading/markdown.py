"""Markdown: tokens by markdown-it, each visible character traced back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.token import Token

from claims.model import Block
from claims.reading.dialects import without_markup
from claims.reading.footnotes import with_footnotes
from claims.reading.org import as_markdown, is_org
from claims.reading.visible import VisibleText
from claims.reading.wrapping import one_each

_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<matter>.*?)\r?\n(?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FRONT_TITLE = re.compile(r"^title(?::|[ \t]*=)[ \t]*([\"']?)(?P<title>\S.*?)\1[ \t]*$", re.MULTILINE)


_MOST_BRACKETS, _MANY_BRACKETS = 20_000, 1_000
_DEEPEST = 10  # brackets within brackets
_PARAGRAPH = re.compile(r"(?:[^\n]+(?:\n(?![ \t]*\n)|\Z)?)+")
_BRACKET = re.compile(r"[\[\]]")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    with_footnotes(parser)
    # Escapes and entities stay tokens of their own, so that their width in the source is known.
    return parser.disable("text_join")


def read_markdown(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text (CommonMark with tables and front matter)."""
    skipped, blocks = _front_matter(text)
    body = _SourceLines(text, skipped)
    source = body.normalised
    brackets = source.count("[")
    if brackets > _MOST_BRACKETS:  # no article links so often, and each costs the parser time
        source = source.replace("[", " ").replace("]", " ")
    elif brackets > _MANY_BRACKETS:
        source = _without_vain_brackets(source)
    tokens = _parser().parse(source)
    blocks.extend(_blocks(tokens, body, has_title=bool(blocks)))
    return tuple(blocks)


def _without_vain_brackets(source: str) -> str:
    """The text with spaces for brackets that begin no link: not closed, or far within others.

    The parser looks for the end of each, to the end of the paragraph.
    """
    vain: list[int] = []
    for paragraph in _PARAGRAPH.finditer(source):
        opened: list[int] = []
        for bracket in _BRACKET.finditer(source, *paragraph.span()):
            if bracket.group() == "[":
                if len(opened) >= _DEEPEST:
                    vain.append(bracket.start())
                opened.append(bracket.start())
            elif opened:
                opened.pop()
        vain.extend(opened)
    characters = list(source)
    for place in vain:
        characters[place] = " "
    return "".join(characters)


class _SourceLines:
    """The text as the parser sees it (one kind of line break) and the way back to offsets."""

    def __init__(self, text: str, skipped: int) -> None:
        self.text = text
        self.starts: list[int] = []
        self.lines: list[str] = []
        position = skipped
        for line in re.split(r"(\r\n|\n|\r)", text[skipped:]):
            if line in ("\r\n", "\n", "\r"):
                position += len(line)
                continue
            self.starts.append(position)
            self.lines.append(line)
            position += len(line)
        lines = list(as_markdown(self.lines)) if is_org(self.lines) else self.lines
        self.lines = without_markup(lines)
        self.normalised = "\n".join(self.lines)


def _front_matter(text: str) -> tuple[int, list[Block]]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return 0, []
    title = _FRONT_TITLE.search(text, match.start("matter"), match.end("matter"))
    if title is None:
        return match.end(), []
    visible = VisibleText()
    visible.add(title["title"], title.start("title"))
    block = visible.block("title", 1)
    return match.end(), [block] if block else []


def _blocks(tokens: Sequence[Token], body: _SourceLines, *, has_title: bool) -> Iterator[Block]:
    heading = 0
    items = 0
    notes: list[VisibleText] = []
    row: list[tuple[Token, int]] | None = None
    for token in tokens:
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "list_item_open":
            items += 1
        elif token.type == "list_item_close":
            items -= 1
        elif token.type == "tr_open":
            row = []
            line = token.map[0] if token.map else 0
        elif token.type == "tr_close":
            block = _row(row or [], body, notes)
            row = None
            if block is not None:
                yield block
            yield from _told(notes)
        elif token.type == "html_block" and token.map:
            yield from _html_block(token, body)
        elif token.type == "inline":
            if row is not None:
                row.append((token, line))
                continue
            kind = "list-item" if items else "paragraph"
            level = items
            if heading:
                kind, level = ("title", 1) if heading == 1 and not has_title else ("heading", heading)
                has_title = has_title or kind == "title"
            apart = kind == "paragraph" and one_each(token.content.split("\n"))
            for visible in _lines(token, _positions(token, body), notes, apart=apart):
                block = visible.block(kind, level)
                if block is not None:
                    yield block
            yield from _told(notes)
        if token.type == "heading_close":
            heading = 0


def _told(notes: list[VisibleText]) -> Iterator[Block]:
    """The notes that stood within the lines of a block, as paragraphs after it."""
    while notes:
        block = notes.pop(0).block("paragraph")
        if block is not None:
            yield block


def _html_block(token: Token, body: _SourceLines) -> Iterator[Block]:
    from claims.reading.html import read_fragment

    assert token.map is not None
    first, last = token.map
    start = body.starts[first]
    end = body.starts[last - 1] + len(body.lines[last - 1])
    yield from read_fragment(body.text, start, end)


def _row(cells: list[tuple[Token, int]], body: _SourceLines, notes: list[VisibleText]) -> Block | None:
    """One row of a table as one block; the bars stand between the cells."""
    visible = VisibleText()
    column = 0
    for cell, line in cells:
        if not cell.content:
            continue
        source = body.lines[line]
        places = _in_row(cell.content, source, column)
        if visible.characters:
            visible.add(" | ", body.starts[line] + max(places[0] - 1, 0), width=1)
        positions = [body.starts[line] + place for place in places]
        column = places[-1]
        _inline(cell.content, cell.children or (), 0, positions, visible, notes)
    return visible.block("table")


def _in_row(content: str, row: str, column: int) -> list[int]:
    """Where each character of a cell stands in its row, from ``column`` on, and where the cell ends.

    A bar that belongs to the cell is escaped in the row and not in its content.
    """
    limit = len(row) - 1
    found = row.find(content, column)
    if found >= 0:
        return [min(found + offset, limit) for offset in range(len(content) + 1)]
    at = max(row.find(content.replace("|", "\\|"), column), min(column, limit))
    places = []
    for character in content:
        if character == "|" and row.startswith("\\|", at):
            at += 1
        places.append(min(at, limit))
        at += 1
    return [*places, min(at, limit)]


def _positions(token: Token, body: _SourceLines) -> list[int]:
    """Where each character of an inline token's content stands in the original."""
    first = token.map[0] if token.map else 0
    positions: list[int] = []
    for number, line in enumerate(token.content.split("\n")):
        index = min(first + number, len(body.lines) - 1)
        source = body.lines[index]
        column = source.rfind(line)
        if column < 0:  # tabs of the container were widened to spaces
            stripped = line.lstrip()
            column = source.rfind(stripped) - (len(line) - len(stripped)) if stripped else 0
        start = body.starts[index]
        if column >= 0 and column + len(line) <= len(source):
            positions.extend(range(start + column, start + column + len(line) + 1))
        else:
            positions.extend(
                start + max(0, min(column + offset, len(source))) for offset in range(len(line) + 1)
            )
    return positions


def _lines(
    token: Token, positions: list[int], notes: list[VisibleText], *, apart: bool
) -> Iterator[VisibleText]:
    """What can be seen of an inline token: one text, or where they stand ``apart`` one for each line."""
    pieces: list[list[Token]] = [[]]
    for child in token.children or ():
        if apart and child.type == "softbreak":
            pieces.append([])
        else:
            pieces[-1].append(child)
    cursor = 0
    for number, children in enumerate(pieces):
        if number:
            cursor = token.content.find("\n", cursor) + 1
        visible = VisibleText()
        cursor = _inline(token.content, children, cursor, positions, visible, notes)
        yield visible


def _inline(
    content: str,
    children: Iterable[Token],
    cursor: int,
    positions: list[int],
    visible: VisibleText,
    notes: list[VisibleText],
) -> int:
    """Walk the children of an inline token along its content from ``cursor``, adding what can be seen.

    A note within the line goes to ``notes``; a mark that leads to it stands in its place.
    """
    line = visible
    for child in children:
        kind = child.type
        if kind == "note_open":
            at = _at(content, "^[", cursor)
            place = positions[min(at, len(positions) - 1)]
            line.add(f"[^{place}]", place, width=2)
            visible = VisibleText()
            notes.append(visible)
            cursor = at + 2
        elif kind == "note_close":
            cursor = _at(content, "]", cursor) + 1
            visible = line
        elif kind in ("text", "code_inline"):
            at = _at(content, child.content, cursor)
            visible.add_mapped(child.content, _slice(positions, at, len(child.content)))
            cursor = at + len(child.content)
        elif kind == "text_special":
            at = _at(content, child.markup, cursor)
            visible.add(child.content, positions[min(at, len(positions) - 1)], width=len(child.markup))
            cursor = at + len(child.markup)
        elif kind in ("softbreak", "hardbreak"):
            at = content.find("\n", cursor)
            at = cursor if at < 0 else at
            visible.add(" ", positions[min(at, len(positions) - 1)], width=1)
            cursor = at + 1
            while cursor < len(content) and content[cursor] == " ":
                cursor += 1
        elif kind == "link_open":
            cursor = _at(content, "<" if child.markup == "autolink" else "[", cursor) + 1
        elif kind == "link_close":
            if child.markup == "autolink":
                cursor = _at(content, ">", cursor) + 1
            else:
                cursor = _after_link(content, _at(content, "]", cursor))
        elif kind == "image":
            start = _at(content, "![", cursor) + 2
            alt = _at(content, "]", start + len(child.content)) if child.content else start
            cursor = _after_link(content, _at(content, "]", alt))
        elif kind == "html_inline":
            at = _at(content, child.content, cursor)
            if child.content[:3].lower() == "<br":
                visible.add(" ", positions[min(at, len(positions) - 1)], width=1)
            cursor = at + len(child.content)
        elif child.markup:  # emphasis and strikethrough, opening and closing
            cursor = _at(content, child.markup, cursor) + len(child.markup)
    return cursor


def _at(content: str, wanted: str, cursor: int) -> int:
    """Where ``wanted`` begins at or after the cursor; the cursor itself when it is nowhere."""
    if content.startswith(wanted, cursor):
        return cursor
    found = content.find(wanted, cursor)
    return cursor if found < 0 else found


def _slice(positions: list[int], start: int, length: int) -> list[int]:
    chosen = positions[start : start + length]
    return chosen + [positions[-1]] * (length - len(chosen))


def _after_link(content: str, bracket: int) -> int:
    """The place after ``](destination "title")``, ``][label]`` or a lone ``]``."""
    position = bracket + 1
    if content.startswith("[", position):
        close = content.find("]", position)
        return position if close < 0 else close + 1
    if not content.startswith("(", position):
        return position
    end = len(content)
    inside = _skip_spaces(content, position + 1)
    destination = parseLinkDestination(content, inside, end)
    if destination.ok:
        inside = _skip_spaces(content, destination.pos)
        title = parseLinkTitle(content, inside, end)
        if title.ok:
            inside = _skip_spaces(content, title.pos)
    return inside + 1 if content.startswith(")", inside) else position


def _skip_spaces(content: str, position: int) -> int:
    while position < len(content) and content[position] in " \t\n":
        position += 1
    return position
