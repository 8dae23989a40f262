"""References made of labelled ones: the order and the signs of one, the words of its fields from others.

They teach the tagger the forms of references apart from the words that happen to stand in them.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict

EDGES = " \t.,;:()[]{}\"'“”‘’«»`*_/?!"
# Which fields may lend each other their words.
KINDS = {
    "title": "title",
    "title:a": "title",
    "title:m": "book",
    "journal": "journal",
    "title:j": "journal",
    "container-title": "container",
    "publisher": "publisher",
    "location": "place",
    "pubPlace": "place",
    "collection-title": "series",
    "title:s": "series",
    "editor": "editor",
    "author": "author",
}

Row = dict[str, object]


def mixed(rows: list[Row], times: int, seed: int = 3) -> list[Row]:
    """Each row ``times`` times with the words of its fields from other rows, names in the same form."""
    chance = random.Random(seed)
    pools: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        for name, value in _fields(row):
            if name in KINDS and (core := _parted(value)[1]):
                pools[_pool(row, name, core)].append(core)
    made = (_mixed(row, pools, chance) for _ in range(times) for row in rows)
    return [row for row in made if row is not None]


def _mixed(row: Row, pools: dict[tuple[str, ...], list[str]], chance: random.Random) -> Row | None:
    text, cursor, parts, fields = str(row["text"]), 0, [], []
    for name, value in _fields(row):
        start = text.find(value, cursor)
        if start < 0:
            return None
        parts.append(text[cursor:start])
        cursor = start + len(value)
        before, core, after = _parted(value)
        if name in KINDS and core and not (name.startswith("title") and any(sign in core for sign in '“«"')):
            value = before + chance.choice(pools[_pool(row, name, core)]) + after
        parts.append(value)
        fields.append([name, value])
    return {"text": "".join([*parts, text[cursor:]]), "fields": fields, "set": row["set"]}


def _fields(row: Row) -> list[tuple[str, str]]:
    return [(str(name), str(value)) for name, value in row["fields"]]  # type: ignore[attr-defined]


def _parted(value: str) -> tuple[str, str, str]:
    """A value as the signs before it, its words, and the signs after it."""
    start, end = len(value) - len(value.lstrip(EDGES)), len(value.rstrip(EDGES))
    return value[:start], value[start:end], value[end:]


def _pool(row: Row, name: str, core: str) -> tuple[str, ...]:
    kind = KINDS[name]
    if kind in ("author", "editor"):
        return kind, _form(core)
    if name == "title" and not {"journal", "container-title"} & {one for one, _ in _fields(row)}:
        kind = "book"
    return (kind, str(row["set"])) if kind == "journal" else (kind,)


def _form(names: str) -> str:
    """The form of a list of names: "Wxx, I. I., & Wxx, I."."""
    words = re.sub(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*", "W", names)
    return re.sub(r"[^\W\d_](?![^\W\d_])", lambda found: found[0] if found[0] == "W" else "I", words)[:60]
