"""Changing fields of BibTeX where they stand: keys, order, comments and unknown fields stay as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_START = re.compile(r"@\s*(\w+)\s*([{(])\s*")
_KEY = re.compile(r"([^\s,{}()=\"]*)\s*,")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:+.-]*)\s*=\s*")
_SIGNS = re.compile(r'[{}"]|\\.', re.DOTALL)
_BARE = re.compile(r"[^\s{}\"#,=()]+")
_DOUBLED = re.compile(r",\s*,")
_GAP = re.compile(r"[\s,]*")
_JOINED = re.compile(r"\s*#\s*")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# A word with a capital inside ("COPD", "mRNA"), which BibTeX styles would write small.
_CAPITALS = re.compile(r"[^\W_]*[^\W_](?=[A-Z])[^\W_]+")
_TITLES = frozenset({"title", "booktitle"})
_VERBATIM = frozenset({"doi", "url", "pmid", "pmcid"})


@dataclass(frozen=True, slots=True)
class Place:
    """One entry in a text: its fields (names in lower case) with the start and end of their values."""

    key: str
    kind: str
    fields: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    header: int = 0  # where the first field may stand


def places(text: str) -> Iterator[Place]:
    """The entries of a BibTeX text that can be read to their end, in file order."""
    position = 0
    while True:
        start = _START.search(text, position)
        if start is None:
            return
        kind = start[1].lower()
        if kind in ("comment", "preamble", "string"):
            closing = _closing(text, start.end(), start[2])
            position = closing if closing is not None else start.end()
            continue
        key = _KEY.match(text, start.end())
        if key is None:
            position = start.end()
            continue
        fields, position, whole = _fields(text, key.end())
        if whole:
            yield Place(key[1], kind, fields, key.end())


def _fields(text: str, position: int) -> tuple[dict[str, tuple[int, int]], int, bool]:
    """The fields from here on, where reading stopped, and whether that is the end of the entry."""
    fields: dict[str, tuple[int, int]] = {}
    while True:
        name = _NAME.match(text, position)
        if name is None:
            end = re.compile(r"[\s,]*[})]").match(text, position)
            return fields, end.end() if end else position, end is not None
        end_of_value = _value(text, name.end())
        if end_of_value is None:
            return fields, name.end(), False
        fields.setdefault(name[1].lower(), (name.end(), end_of_value))
        position = end_of_value


def _value(text: str, position: int) -> int | None:
    """The end of a value: parts in braces, in quotes or bare, joined by ``#``."""
    while True:
        if position < len(text) and text[position] in '{"':
            closing = _closing(text, position + 1, text[position])
        else:
            bare = _BARE.match(text, position)
            closing = bare.end() if bare else None
        if closing is None:
            return None
        joined = _JOINED.match(text, closing)
        if joined is None:
            return closing
        position = joined.end()


def _closing(text: str, position: int, opening: str) -> int | None:
    """The place after the sign that closes what was opened before ``position``."""
    depth = 0
    for found in _SIGNS.finditer(text, position):
        sign = found[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0:
                return found.end() if opening != '"' else None
            depth -= 1
        elif sign == '"' and opening == '"' and depth == 0:
            return found.end()
    return None


def single_commas(text: str) -> tuple[str, list[int]]:
    """The text with commas too many between fields as blanks, so that places stay; and where they stood.

    >>> single_commas("@misc{a, title = {One,, two},, year = 2020,\\n,}")
    ('@misc{a, title = {One,, two},  year = 2020,\\n }', [29, 44])
    """
    found: list[int] = []
    done = 0
    for doubled in _DOUBLED.finditer(text):
        if doubled.start() < done:
            continue
        start = max(text.rfind("\n@", 0, doubled.start()), 0)
        following = text.find("\n@", doubled.end())
        done = following if following >= 0 else len(text)
        for place in places(text[start:done]):
            gaps = [(place.header, 0), *((end, 1) for _, end in place.fields.values())]
            for position, kept in gaps:
                gap = _GAP.match(text, start + position)
                commas = [one.start() for one in re.finditer(",", gap[0])] if gap else []
                found += [start + position + one for one in commas[kept:]]
    found.sort()
    ends = [*found, len(text)]
    starts = [0, *(position + 1 for position in found)]
    return " ".join(text[start:end] for start, end in zip(starts, ends, strict=True)), found


def edited(text: str, changes: Mapping[str, Mapping[str, str]]) -> str:
    """The text with values of fields changed, or fields added at the end of their entries.

    ``changes`` maps keys to fields (names in lower case) to plain values. Of two entries with one key the
    first is meant, as readers take it. Keys that cannot be found are left out.
    """
    cuts: list[tuple[int, int, str]] = []
    done: set[str] = set()
    for place in places(text):
        wanted = changes.get(place.key)
        if wanted is None or place.key in done:
            continue
        done.add(place.key)
        added = []
        for name, value in wanted.items():
            span = place.fields.get(name)
            if span is None:
                added.append((name, value))
            else:
                bare = text[slice(*span)].isdigit() and value.isdigit()
                cuts.append((*span, value if bare else braced(name, value)))
        if added:
            cuts.append(_addition(text, place, added))
    for start, end, value in sorted(cuts, reverse=True):
        text = text[:start] + value + text[end:]
    return text


def _addition(text: str, place: Place, added: list[tuple[str, str]]) -> tuple[int, int, str]:
    """Fields after the last one, set as the last one is."""
    written = [f"{name} = {braced(name, value)}" for name, value in added]
    if not place.fields:
        return place.header, place.header, "".join(f"\n  {one}," for one in written)
    last = max(place.fields.values())
    line = text.rfind("\n", 0, last[0]) + 1
    before = text[line : last[0]]
    indent = re.match(r"[ \t]*", before)
    gap = f",\n{indent[0] if indent else ''}" if line > place.header - 1 or line > 0 else ", "
    return last[1], last[1], "".join(gap + one for one in written)


def braced(name: str, value: str) -> str:
    """A plain value as BibTeX writes it; identifiers and addresses as they are, capitals in titles kept.

    >>> braced("title", "Naps in COPD"), braced("note", "Naps in COPD")
    ('{Naps in {COPD}}', '{Naps in COPD}')
    >>> braced("title", "Salt & 5 % less"), braced("doi", "10.1/a_b")
    ('{Salt \\\\& 5 \\\\% less}', '{10.1/a_b}')
    """
    if name in _VERBATIM and not set(value) & set("{}\\%"):
        return "{" + value + "}"
    plain = "".join(_ESCAPES.get(character, character) for character in value)
    if name in _TITLES and not value.isupper():
        plain = _CAPITALS.sub(r"{\g<0>}", plain)
    return "{" + plain + "}"


def written(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """A new entry, its fields in the order given."""
    lines = "".join(f"  {name} = {braced(name, value)},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{lines}}}\n"
