"""Plain text: lines into blocks, whether a paragraph is one line or wrapped over several."""

from __future__ import annotations

import re

from claims.model import Block
from claims.reading.visible import VisibleText
from claims.reading.wrapping import wrapped

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|\Z)")
_BULLET = re.compile(r"\s*(?:[-*•‣▪–]|\d{1,3}[.)]|\(\d{1,3}\)|\[\d{1,3}\])\s+")
_RULE = re.compile(r"\s*([-=_*~#])\1{2,}\s*\Z")


def read_plain(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: title, headings, list items, paragraphs."""
    paragraphs = [piece for chunk in _chunks(text) for piece in _pieces(text, chunk)]
    blocks: list[Block] = []
    for number, lines in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        block = _block(text, lines, following, first=not blocks)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def _chunks(text: str) -> list[list[tuple[int, int]]]:
    """Runs of lines between blank lines; a line is its start and its end without the break."""
    chunks: list[list[tuple[int, int]]] = [[]]
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None or match.end() == position:
            break
        line = match.group().rstrip()
        if not line or _RULE.match(line):
            if chunks[-1]:
                chunks.append([])
        else:
            chunks[-1].append((position, position + len(line)))
        position = match.end()
    return [chunk for chunk in chunks if chunk]


def _pieces(text: str, lines: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Split a chunk into paragraphs: bullets begin one; unwrapped lines are one each."""
    if len(lines) == 1:
        return [lines]
    hanging = _hanging(text, lines)
    by_wrapping = wrapped([text[start:end] for start, end in lines])
    pieces: list[list[tuple[int, int]]] = []
    for start, end in lines:
        line = text[start:end]
        if not pieces:
            pieces.append([(start, end)])
        elif hanging:
            if line[0].isspace():
                pieces[-1].append((start, end))
            else:
                pieces.append([(start, end)])
        elif not by_wrapping or _BULLET.match(line):
            pieces.append([(start, end)])
        else:
            pieces[-1].append((start, end))
    return pieces


def _hanging(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether continuation lines are indented, as bibliographies are printed."""
    indented = [text[start].isspace() for start, _ in lines]
    return not indented[0] and any(indented) and sum(indented) < len(lines)


def _block(
    text: str, lines: list[tuple[int, int]], following: list[tuple[int, int]] | None, *, first: bool
) -> Block | None:
    start, end = lines[0]
    bullet = _BULLET.match(text, start, end)
    visible = VisibleText()
    for number, (line_start, line_end) in enumerate(lines):
        if number:
            visible.add(" ", lines[number - 1][1], width=1)
        begin = bullet.end() if bullet and number == 0 else line_start
        visible.add(text[begin:line_end], begin)
    if bullet:
        return visible.block("list-item")
    if len(lines) == 1 and _heading_like(text[start:end], text, following):
        return visible.block("title", 1) if first else visible.block("heading", 2)
    return visible.block("paragraph")


def _heading_like(line: str, text: str, following: list[tuple[int, int]] | None) -> bool:
    line = line.strip()
    if len(line) > 90 or len(line.split()) > 14 or line[-1] in ".!?;,…" or following is None:
        return False
    if not (line[0].isupper() or line[0].isdigit() or line[0] in "“\"'‘"):
        return False
    below = text[following[0][0] : following[-1][1]]
    return len(below) > len(line) or line.endswith(":")
