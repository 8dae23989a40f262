"""How a parsed reference is held against its labels: which labels count, what is made equal first, and
which rows are held out together.

Made equal: case, signs and spaces; "In" before a journal; the words before a volume ("vol."). A volume is
its first number, pages the first two. Authors are right when all family names are, in order, and no other
is there; the names of the label are read with ``claims.names``. A title is that of the article, else that
of the book. An article number counts as pages. F1 is over the strings that have the field or are said to.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable

from claims.model import Author, ReferenceFields
from claims.names import read_authors

FIELDS = ("author", "title", "year", "journal", "volume", "pages")
LABELS = {
    "refparse_anystyle": {
        "author": ("author",),
        "title": ("title",),
        "year": ("date",),
        "journal": ("journal",),
        "volume": ("volume",),
        "pages": ("pages",),
    },
    "refparse_grobid": {
        "author": ("author",),
        "title": ("title:a", "title", "title:m"),
        "year": ("date", "biblScope:date"),
        "journal": ("title:j",),
        "volume": ("biblScope:volume", "biblScope:vol"),
        "pages": ("biblScope:pp", "biblScope:page", "pages"),
    },
}

Row = dict[str, object]
Counts = dict[str, Counter[str]]


def measured(rows: Iterable[Row], parse: Callable[[str], ReferenceFields]) -> dict[str, Counts]:
    """For each set and field how many strings have it, are said to have it, and are right."""
    found = {name: {field: Counter[str]() for field in FIELDS} for name in LABELS}
    for row in rows:
        said = parse(str(row["text"]))
        for field in FIELDS:
            want, have = _labelled(row, field), _said(said, field)
            counts = found[str(row["set"])][field]
            counts["labelled"] += bool(want)
            counts["said"] += bool(have)
            counts["right"] += bool(want) and want == have
    return found


def f1(counts: Counter[str]) -> float:
    return 2 * counts["right"] / max(counts["said"] + counts["labelled"], 1)


def folds_of(rows: list[Row], count: int) -> list[list[int]]:
    """The numbers of the rows in folds; rows of one title or of nearly the same letters stand in one fold."""
    group = list(range(len(rows)))  # of each row; the number of another row of the group, at last its first
    first: dict[str, int] = {}

    def head(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    for number, row in enumerate(rows):
        keys = [_letters(re.sub(r"\d", "", str(row["text"])))]
        for name, value in row["fields"]:  # type: ignore[attr-defined]
            letters = _letters(str(value))
            if name in ("title", "title:a", "title:m") and len(letters) >= 15:
                keys.append(letters)
        for key in keys:
            group[head(number)] = head(first.setdefault(key[:60], number))
    together: dict[int, list[int]] = {}
    for number in range(len(rows)):
        together.setdefault(head(number), []).append(number)
    groups = list(together.values())
    random.Random(20240601).shuffle(groups)
    folds: list[list[int]] = [[] for _ in range(count)]
    for one in sorted(groups, key=len, reverse=True):
        min(folds, key=len).extend(one)
    return folds


def _labelled(row: Row, field: str) -> str:
    values = [(str(name), str(value)) for name, value in row["fields"]]  # type: ignore[attr-defined]
    names = LABELS[str(row["set"])][field]
    value = next((value for one in names for name, value in values if name == one), "")
    match field:
        case "author":
            return _families(read_authors(value)[0])
        case "year":
            year = re.search(r"(?:1[5-9]|20)\d\d", value)
            return year[0] if year else ""
        case _:
            return _plain(field, value)


def _said(fields: ReferenceFields, field: str) -> str:
    if field == "author":
        return _families(fields.authors)
    return _plain(field, str(getattr(fields, field) or ""))


def _families(authors: tuple[Author, ...]) -> str:
    return "|".join(_letters(one.family) for one in authors)


def _plain(field: str, value: str) -> str:
    match field:
        case "volume":
            value = re.sub(r"^\W*(?:vols?|volume|v)\b\.?", "", value, flags=re.IGNORECASE)
            numbers = re.findall(r"\d+", value)
            return numbers[0] if numbers else _letters(value)
        case "pages":
            return "-".join(re.findall(r"\d+", value)[:2]) or _letters(value)
        case "journal":
            value = re.sub(r"^[Ii]n\b:?\s+", "", value)
    return _letters(value)


def _letters(value: str) -> str:
    return re.sub(r"[\W_]+", "", value).lower()
