"""Sheets of cells parted by tabs, commas or semicolons, a claim a row, its source in another cell.

A bibliography is such a sheet too and no article (``other_kinds``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.model import Block
from claims.reading.visible import VisibleText

Cell = tuple[int, int]  # where it begins and ends in the text, without its quotes

_CELL = {
    sign: re.compile(rf'[ ]*(?:"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=[{sign}\r\n]|\Z)|(?P<bare>[^{sign}\r\n]*))')
    for sign in ("\t", ",", ";")
}
_FEWEST_ROWS = 3
_WORDS_OF_A_CLAIM = 5
_LONGEST_HEAD = 4  # words


def rows_of(text: str) -> list[list[Cell]]:
    """The rows of a sheet below their heads; none where the text is no sheet that holds sentences.

    >>> rows = rows_of("id,claim,source\\n1,Tea makes nights long,Lee 2019\\n2,Milk does not do so,Roe 2020")
    >>> len(rows), len(rows[0])
    (2, 3)
    """
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    sign = max("\t,;", key=first.count)
    columns = first.count(sign) + 1
    if columns < (2 if sign == "\t" else 3) or len(first) > 1000:
        return []
    rows = list(_rows(text, sign))
    if len(rows) < _FEWEST_ROWS or any(len(row) != columns for row in rows):
        return []
    heads, *below = rows
    if any(len(text[start:end].split()) > _LONGEST_HEAD for start, end in heads):
        return []
    told = sum(any(len(text[a:b].split()) >= _WORDS_OF_A_CLAIM for a, b in row) for row in below)
    return below if 2 * told >= len(below) else []


def _rows(text: str, sign: str) -> Iterator[list[Cell]]:
    cell, position, row = _CELL[sign], 0, list[Cell]()
    while position < len(text):
        match = cell.match(text, position)
        assert match is not None  # a bare cell may be empty
        row.append(match.span("quoted") if match["quoted"] is not None else match.span("bare"))
        position = match.end()
        if text[position : position + 1] == sign:
            position += 1
            continue
        if len(row) > 1 or row[0][0] < row[0][1]:
            yield row
        row = []
        position += 2 if text.startswith("\r\n", position) else 1
    if row:
        yield [*row, (len(text), len(text))]


def read_rows(text: str, rows: list[list[Cell]]) -> Iterator[Block]:
    """One block a row, bars between its cells."""
    for row in rows:
        visible = VisibleText()
        for start, end in row:
            if not text[start:end].strip():
                continue
            if visible.characters:
                visible.add(" | ", start - 1, width=1)
            for number, piece in enumerate(text[start:end].split('""')):
                if number:
                    visible.add('"', start - 2, width=2)
                visible.add(piece, start)
                start += len(piece) + 2
        block = visible.block("table")
        if block is not None:
            yield block
