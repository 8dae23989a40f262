"""Plain text: lines into blocks, whether a paragraph is one line or wrapped over several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.model import Block
from claims.reading.asciidoc import seen
from claims.reading.line_numbers import text_begins
from claims.reading.mail import quoted
from claims.reading.pages import furniture
from claims.reading.sheets import read_rows, rows_of
from claims.reading.subtitles import spoken
from claims.reading.visible import VisibleText
from claims.reading.wrapping import wrapped, wrapped_paragraphs

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|\Z)")
_BULLET = re.compile(r"\s*(?:[-*•‣▪–]|\d{1,3}[.)]|\(\d{1,3}\)|\[\d{1,3}\])\s+")
_DIRECTIVE = re.compile(
    r"\.\. (?:\|[\w -]{1,40}\| )?(?:(?P<told>(?:note|warning|tip|important|hint|caution|danger)::[ \t]*)"
    r"|[\w:-]{2,30}::)"
)
_HEAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s+)?[^\W\d_a-z]")  # "2.1. Methods"
# The marks of citing behind a sentence's stop.
_CITED = re.compile(
    r"(?<=[.!?])(?:[*†‡§¶⁰¹²³⁴-⁹,–]{1,8}|(?:\[\d[\d,– -]{0,20}\]){1,5}|\d{1,2}(?:[,–-]\d{1,2}){0,5})$"
)
_RULE = re.compile(r"\s*([-=_*~#])\1{2,}\s*\Z")


def read_plain(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: title, headings, list items, paragraphs; of a sheet its rows."""
    rows = rows_of(text)
    if rows:
        return tuple(read_rows(text, rows))
    printed = _printed(text)
    said = spoken([text[start:end] for start, end in printed])
    if said:
        found = (
            _block(text, [printed[place] for place in one], None, first=False, ruled=False) for one in said
        )
        return tuple(block for block in found if block is not None)
    chunks, underlined = _chunks(text, printed)
    paragraphs = [piece for chunk in chunks for piece in _pieces(text, chunk)]
    blocks: list[Block] = []
    for number, lines in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        ruled = lines[0][0] in underlined
        block = _block(text, lines, following, first=not blocks, ruled=ruled)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def _chunks(text: str, printed: list[tuple[int, int]]) -> tuple[list[list[tuple[int, int]]], frozenset[int]]:
    """Runs of lines between blank lines, and where a line begins that is underlined and stands alone.

    A line is its start and its end without the break. A page's own lines are left out.
    """
    chunks: list[list[tuple[int, int]]] = [[]]
    underlined = set()
    for start, end in _lines(text, printed):
        if end == start:
            if chunks[-1]:
                chunks.append([])
        elif _RULE.match(text, start, end):
            above = chunks[-1]
            if len(above) == 1 and 2 * (end - start) >= above[0][1] - above[0][0]:
                underlined.add(above[0][0])
            chunks.append([])
        else:
            chunks[-1].append((start, end))
    return _without_pages(text, [chunk for chunk in chunks if chunk]), frozenset(underlined)


def _without_pages(text: str, chunks: list[list[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """The chunks without running heads; a paragraph that such a line broke goes on behind it."""
    lines = [line for chunk in chunks for line in chunk]
    alone = [
        len(chunk) == 1 or (end == chunk[-1][1] and text[end : end + 3].strip("\r\n") == "\f")
        or (start == chunk[0][0] and text[start - 1 : start] == "\f")
        for chunk in chunks
        for start, end in chunk
    ]  # fmt: skip
    left_out = {lines[number] for number in furniture([text[start:end] for start, end in lines], alone)}
    if not left_out:
        return chunks
    kept: list[list[tuple[int, int]]] = []
    broken = False
    for chunk in chunks:
        rest = [line for line in chunk if line not in left_out]
        if rest and broken and kept and _goes_on(text, kept[-1][-1], rest[0]):
            kept[-1].extend(rest)
        elif rest:
            kept.append(rest)
        broken = len(rest) < len(chunk)
    return kept


def _goes_on(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    return text[above[1] - 1] not in ".!?:" and text[below[0] : below[1]].lstrip()[:1].islower()


def _printed(text: str) -> list[tuple[int, int]]:
    """Every line of a text without the number that a margin gives it, a quote's marks, AsciiDoc's markup."""
    lines = []
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None or match.end() == position:
            break
        lines.append((position, position + len(match.group().rstrip())))
        position = match.end()
    begins = text_begins([text[start:end] for start, end in lines])
    lines = [(min(start + begin, end), end) for (start, end), begin in zip(lines, begins, strict=True)]
    for shown in (quoted, seen):
        parts = shown([text[start:end] for start, end in lines])
        lines = [
            (start + first, start + last) for (start, _), (first, last) in zip(lines, parts, strict=True)
        ]
    return lines


def _lines(text: str, printed: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Every line of a text, directives of reStructuredText left out but for what they hold to be read."""
    directive = False
    for start, end in printed:
        opened = _DIRECTIVE.match(text, start, end)
        if opened:
            directive = opened["told"] is None
            yield (end, end) if directive else (opened.end(), end)
        else:
            directive = directive and (end == start or text[start].isspace())
            yield (end, end) if directive else (start, end)


def _pieces(text: str, lines: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Split a chunk into paragraphs: bullets begin one; unwrapped lines are one each."""
    if len(lines) == 1:
        return [lines]
    hanging = _hanging(text, lines)
    if not hanging and _headed(text, lines):
        return [[lines[0]], *_pieces(text, lines[1:])]
    printed = [text[start:end] for start, end in lines]
    by_wrapping = wrapped(printed)
    ends = frozenset() if hanging else wrapped_paragraphs(printed)
    by_wrapping = by_wrapping or bool(ends)
    pieces: list[list[tuple[int, int]]] = []
    for number, (start, end) in enumerate(lines):
        line = printed[number]
        if not pieces or number - 1 in ends:
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


def _headed(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the first line is a heading set right above wrapped text."""
    head, *rest = (text[start:end] for start, end in lines)
    if len(head) > 60 or head[-1] in ".!?;,…:-‐" or not _HEAD.match(head) or len(rest) < 2:
        return False
    fits = len(head) + 1 + len(rest[0].split(None, 1)[0]) <= max(map(len, rest)) - 2
    broken = any(line[-1] not in ".!?:;" for line in rest[:-1])
    short = 2 * len(head) < max(map(len, rest))
    return (
        fits
        and broken
        and rest[0].lstrip()[0].isupper()
        and wrapped(rest)
        and (short or not wrapped([head, *rest]))
    )


def _hanging(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether continuation lines are indented, as bibliographies are printed."""
    indented = [text[start].isspace() for start, _ in lines]
    return not indented[0] and any(indented) and sum(indented) < len(lines)


def _block(
    text: str,
    lines: list[tuple[int, int]],
    following: list[tuple[int, int]] | None,
    *,
    first: bool,
    ruled: bool,
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
    if len(lines) == 1 and (
        ruled
        or _heading_like(text[start:end], text, following)
        or (first and following is not None and _title_like(text[start:end], text, following))
    ):
        return visible.block("title", 1) if first else visible.block("heading", 2)
    return visible.block("paragraph")


def _title_like(line: str, text: str, following: list[tuple[int, int]]) -> bool:
    """Whether the first line of a text is its title, though a shorter heading stands below it."""
    begin, end = following[0]
    return (
        len(following) == 1
        and 3 <= len(line.split()) <= 16
        and len(line.strip()) <= 90
        and line.strip()[0].isupper()
        and line.rstrip()[-1] not in ".!;,…"
        and text[begin : begin + 1].isalnum()
        and text[end - 1] not in ".!?;,…"
    )


def _heading_like(line: str, text: str, following: list[tuple[int, int]] | None) -> bool:
    line = _CITED.sub("", line.strip())
    if len(line) > 90 or len(line.split()) > 14 or line[-1] in ".!;,…" or following is None:
        return False
    if not (line[0].isupper() or line[0].isdigit() or line[0] in "“\"'‘"):
        return False
    below = text[following[0][0] : following[-1][1]]
    if line[-1] == "?":  # a question stands above its answer
        return len(line.split()) <= 10 and len(below) > 2 * len(line)
    return len(below) > len(line) or line.endswith(":")
