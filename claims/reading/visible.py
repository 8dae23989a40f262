"""What a reader sees, character by character, beside where each character stands in the original."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.model import Block


@dataclass(slots=True)
class VisibleText:
    """Gathers visible characters with their offsets; runs of white space become one space."""

    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    end: int = 0

    def add(self, text: str, start: int, *, width: int | None = None) -> None:
        """Add ``text``, which stands at ``start``.

        ``width`` is the number of original characters when it is not the same text (an entity):
        every character then points to ``start``.
        """
        for position, character in enumerate(text):
            at = start if width is not None else start + position
            if character.isspace() or character == "\u00ad":
                if character != "\u00ad":
                    self._space(at)
                continue
            self.characters.append(character)
            self.offsets.append(at)
        self.end = max(self.end, start + (len(text) if width is None else width))

    def add_mapped(self, text: str, offsets: list[int]) -> None:
        """Add ``text`` whose i-th character stands at ``offsets[i]``."""
        for character, at in zip(text, offsets, strict=True):
            if character.isspace():
                self._space(at)
                continue
            self.characters.append(character)
            self.offsets.append(at)
            self.end = at + 1

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
