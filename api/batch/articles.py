"""The articles of a batch: the files of a folder, or the rows of a Parquet file.

A Parquet file has a column ``text``, and may have ``id`` (else the row's number) and ``media_type``
(else text/markdown).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from graph.errors import ClaimspineError

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".eml", ".mht", ".mhtml")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: a file, by its path, or a text. ``id`` is its place in the folder, or its row's."""

    id: str
    path: str | None = None
    text: str | None = None
    media_type: str = "text/markdown"


def find_articles(where: Path) -> list[Article]:
    """All articles of a folder (its subfolders too) or a Parquet file, by id.

    Raises:
        ClaimspineError: there is nothing there, or two rows have one id.
    """
    if where.is_dir():
        folder = where.absolute()  # an executor of Spark works in a folder of its own
        paths = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()]
        found = [Article(path.relative_to(folder).as_posix(), path=str(path)) for path in paths]
    elif where.suffix == ".parquet" and where.is_file():
        found = [from_row(row, number) for number, row in enumerate(_rows(where))]
    else:
        raise ClaimspineError(
            "no-articles",
            "a batch is a folder of articles or a Parquet file",
            path=where,
            hint="articles end in " + ", ".join(SUFFIXES),
        )
    if not found:
        raise ClaimspineError("no-articles", "there is no article here", path=where)
    ordered = sorted(found, key=lambda article: article.id)
    for one, next_ in pairwise(ordered):
        if one.id == next_.id:
            raise ClaimspineError("id-twice", f"two articles have the id {one.id!r}", path=where)
    return ordered


def from_row(row: dict[str, Any], number: int) -> Article:
    """An article of a Parquet file's row."""
    id_ = row.get("id")
    return Article(
        str(number) if id_ is None else str(id_),
        text=str(row.get("text") or ""),
        media_type=str(row.get("media_type") or "text/markdown"),
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        import pyarrow.parquet as parquet
    except ModuleNotFoundError as exc:
        raise ClaimspineError(
            "parquet-not-installed",
            "the Parquet library is not installed",
            hint="pip install 'claimspine[parquet]'",
        ) from exc
    try:
        file = parquet.ParquetFile(path)
        if "text" not in file.schema_arrow.names:
            raise ClaimspineError("no-text-column", "the Parquet file has no column `text`", path=path)
        wanted = [name for name in ("id", "text", "media_type") if name in file.schema_arrow.names]
        for batch in file.iter_batches(columns=wanted):
            yield from batch.to_pylist()
    except (OSError, ValueError) as exc:
        raise ClaimspineError("parquet-unreadable", f"cannot be read as Parquet: {exc}", path=path) from exc
