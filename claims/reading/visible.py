"""What a reader sees, character by character, beside where each character stands in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from claims.model import Block

# words with one space between them, or other white space; soft hyphens are not seen
_RUN = re.compile(r"[^\s\u00ad]+(?: [^\s\u00ad]+)*|(?P<space>\s+)")
_RUN_WITH_HYPHENS = re.compile(r"[^\s\ufdd0]+(?: [^\s\ufdd0]+)*|(?P<space>\s+)")  # nor unseen markup's mark


@dataclass(slots=True)
class VisibleText:
    """Gathers visible characters with their offsets; runs of white space become one space."""

    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    end: int = 0
    broken: int = -1  # how many characters there were at the last end of a line

    def add(self, text: str, start: int, *, width: int | None = None) -> None:
        """Add ``text``, which stands at ``start``.

        ``width`` is the number of original characters when it is not the same text (an entity):
        every character then points to ``start``.
        """
        for match in _RUN.finditer(text):
            if match.lastgroup == "space":
                self._space(start if width is not None else start + match.start())
                continue
            self.characters.extend(match.group())
            if width is None:
                self.offsets.extend(range(start + match.start(), start + match.end()))
            else:
                self.offsets.extend([start] * (match.end() - match.start()))
        self.end = max(self.end, start + (len(text) if width is None else width))

    def add_mapped(self, text: str, offsets: list[int]) -> None:
        """Add ``text`` whose i-th character stands at ``offsets[i]``."""
        for match in _RUN_WITH_HYPHENS.finditer(text):
            if match.lastgroup == "space":
                self._space(offsets[match.start()])
                continue
            self.characters.extend(match.group())
            self.offsets.extend(offsets[match.start() : match.end()])
            self.end = self.offsets[-1] + 1

    def add_break(self, at: int) -> None:
        """Add the end of a line, which is seen as a space."""
        self._space(at)
        self.broken = len(self.characters)

    def ends_with_break(self) -> bool:
        """Whether nothing has been seen since the end of a line."""
        return bool(self.characters) and self.broken == len(self.characters)

    def _space(self, at: int) -> None:
        if self.characters and self.characters[-1] != " ":
            self.characters.append(" ")
            self.offsets.append(at)

    def block(self, kind: str, level: int = 0) -> Block | None:
        """The gathered text as a block, or None when nothing can be seen."""
        while self.characters and self.characters[-1] == " ":
            self.characters.pop()
            self.offsets.pop()
        if not self.characters:
            return None
        offsets = (*self.offsets, self.offsets[-1] + 1)
        return Block(kind, "".join(self.characters), offsets, level)
