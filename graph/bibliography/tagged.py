"""Line-tagged records: RIS (``TY  - JOUR``), PubMed's NBIB (``PMID- 123``), EndNote's (``%0 ...``), ISI's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_RIS = re.compile(r"([A-Z][A-Z0-9])[ \t]{1,4}-(?:[ \t]?(.*))?\Z")
_PERCENT = re.compile(r"(%[A-Z0-9!@#$&()*+<>?\[\]^~])\s(.*)\Z")
_ISI = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?\Z")
_NBIB = re.compile(r"([A-Z]{2,4}) *- (.*)\Z")


@dataclass(slots=True)
class Record:
    """One record: its tags in file order with their values. ``line`` counts from 1."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    complete: bool = False

    def one(self, *tags: str) -> str | None:
        """The first value of the first of these tags that has one."""
        for tag in tags:
            for value in self.values.get(tag, ()):
                if value:
                    return value
        return None

    def all(self, *tags: str) -> list[str]:
        """All values of the first of these tags that has any."""
        for tag in tags:
            values = [value for value in self.values.get(tag, ()) if value]
            if values:
                return values
        return []


def is_nbib(text: str) -> bool:
    """Whether tagged text is PubMed's rather than RIS."""
    return re.search(r"^PMID *- ?\d", text[:10_000], re.MULTILINE) is not None


def parse_ris(text: str) -> tuple[list[Record], list[tuple[int, str]]]:
    """The records of RIS, and the lines that belong to none."""
    return _parse(text, _RIS, start="TY", end="ER")


def parse_nbib(text: str) -> tuple[list[Record], list[tuple[int, str]]]:
    """The records of NBIB, which are parted by empty lines."""
    return _parse(text, _NBIB, start="PMID", end=None)


def parse_percent(text: str) -> tuple[list[Record], list[tuple[int, str]]]:
    """The records of ``.enw``, each of which begins with its kind."""
    return _parse(text, _PERCENT, start="%0", end=None, parted=False)


def parse_isi(text: str) -> tuple[list[Record], list[tuple[int, str]]]:
    """The records of Web of Science, each line of a value a value of its own, as names are listed."""
    tags: list[str] = []
    lines = []
    for line in text.splitlines():
        found = _ISI.match(line)
        if found:
            tags.append(found[1])
            lines.append(f"{found[1]}  - {found[2] or ''}" if found[1] not in ("FN", "VR", "EF") else "")
        else:
            lines.append(f"{tags[-1]}  - {line.strip()}" if tags and line.startswith("   ") else line)
    return _parse("\n".join(lines), _RIS, start="PT", end="ER")


def _parse(
    text: str, pattern: re.Pattern[str], *, start: str, end: str | None, parted: bool = True
) -> tuple[list[Record], list[tuple[int, str]]]:
    records: list[Record] = []
    strays: list[tuple[int, str]] = []
    current: Record | None = None
    pieces: list[str] | None = None  # values of the tag being read
    more: list[str] = []  # lines that go on with the last of them

    def finish() -> None:
        if pieces and more:
            pieces[-1] = " ".join([pieces[-1], *more])
        more.clear()

    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.rstrip()
        found = pattern.match(stripped) if not stripped.startswith(" ") else None
        if found is None:
            if not stripped:
                if end is None and parted:
                    finish()
                    current = pieces = None
            elif pieces is not None:
                more.append(stripped.strip())
            elif not strays or strays[-1][0] != number - 1:
                strays.append((number, stripped))
            else:
                strays[-1] = (number, strays[-1][1])
            continue
        finish()
        tag, value = found[1], (found[2] or "").strip()
        if tag == end:
            if current is not None:
                current.complete = True
            current = pieces = None
            continue
        if tag == start or (current is None and end is None):
            current = Record(number)
            records.append(current)
        if current is None:
            strays.append((number, stripped))
            continue
        pieces = current.values.setdefault(tag, [])
        pieces.append(value)
    finish()
    return records, strays
