"""Lines and columns of an article, and its characters made safe to show."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from claims.model import Span

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Position(NamedTuple):
    """A place in a file, both counted from 1; columns count Unicode code points."""

    line: int
    column: int


class Lines:
    """The lines of a text, found once, asked many times.

    A line ends at LF, CR LF or CR, as editors and SARIF count them.

    >>> Lines("one\\ntwo").position(4)
    Position(line=2, column=1)
    """

    __slots__ = ("_ends", "_starts", "_text")

    def __init__(self, text: str) -> None:
        """Find the lines of ``text``."""
        self._text = text
        self._starts = [0]
        self._ends: list[int] = []
        for newline in _NEWLINE.finditer(text):
            self._ends.append(newline.start())
            self._starts.append(newline.end())
        self._ends.append(len(text))

    def position(self, offset: int) -> Position:
        """Where the character at ``offset`` stands; an offset past the end stands at the end."""
        offset = max(0, min(offset, len(self._text)))
        line = bisect_right(self._starts, offset) - 1
        return Position(line + 1, offset - self._starts[line] + 1)

    def start(self, line: int) -> int:
        """The offset of the first character of ``line`` (from 1)."""
        return self._starts[line - 1]

    def text(self, line: int) -> str:
        """The text of ``line`` (from 1), without its line end."""
        return self._text[self._starts[line - 1] : self._ends[line - 1]]


def ordered(span: Span) -> tuple[int, int]:
    """A span as ``(start, end)``, never backwards."""
    return span.start, max(span.start, span.end)


# Controls can drive a terminal, and the embedding and override marks can show text in an order that
# it does not have (Boucher and Anderson 2021, "Trojan Source"). Plain LRM and RLM stay: Hebrew and
# Arabic articles need them.
_SHOWN = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_SHOWN |= {0x7F: 0x2421}
_SHOWN |= dict.fromkeys(
    [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)], 0xFFFD
)
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with every control character replaced by a sign of the same length.

    >>> visible("a\\x1b[31mb")
    'a␛[31mb'
    """
    return text.translate(_SHOWN) if _UNSHOWN.search(text) else text


def one_line(text: str) -> str:
    """``visible`` text with each run of white space made one space."""
    return " ".join(visible(text.replace("\r", "\n")).split())


def shorten(text: str, width: int) -> str:
    """``one_line`` text of at most ``width`` characters, cut at a word with an ellipsis."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip(" ,;:") + "…"
