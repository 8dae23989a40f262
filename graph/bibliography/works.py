"""Bibliographies as works: which format a file has, and the works that its module reads of it.

What can be kept is kept; what cannot, or looks damaged, is named with its line. Two records are
never merged here: see ``graph.reading`` for how one paper in two sources becomes one work.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from urllib.parse import quote

from graph import files
from graph.bibliography import tagged
from graph.bibliography.bibtex_works import read_bibtex
from graph.bibliography.collected import READABLE, BibliographyFault, Collected
from graph.bibliography.csl import read_csl
from graph.bibliography.nbib import read_nbib
from graph.bibliography.ris import read_ris
from graph.errors import ClaimspineError
from graph.evidence import Work
from ontology.loader import DATA_BASE


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The works of a bibliography in file order, and what was wrong with it."""

    works: tuple[Work, ...]
    faults: tuple[BibliographyFault, ...] = ()


def read_bibliography(path: str | PathLike[str], *, base: str = DATA_BASE) -> Bibliography:
    """Read a bibliography; the format is told from the suffix and the first characters.

    Raises:
        ClaimspineError: the file cannot be read at all, is not UTF-8, or is no bibliography.
    """
    return read_bibliography_bytes(files.read_bytes(path), fspath(path), source=Path(path).name, base=base)


def read_bibliography_bytes(data: bytes, path: str, *, source: str, base: str = DATA_BASE) -> Bibliography:
    """Read a bibliography from bytes; ``source`` names it inside the IRIs of its works."""
    text = files.decode(data, path)
    reader, found = _reader_of(text, path), Collected(path, f"{base}work/{quote(source, safe='/-._~')}/")
    reader(text, found)
    return Bibliography(
        tuple(found.works), tuple(sorted(found.faults, key=lambda f: (f.line or 0, f.message)))
    )


Reader = Callable[[str, Collected], None]


def _reader_of(text: str, path: str) -> Reader:
    suffix = Path(path).suffix.lower()
    start = text.lstrip()[:200]
    if suffix == ".xml" or start.startswith("<?xml") or start.startswith("<PubmedArticleSet"):
        from graph.bibliography import endnote, pubmed

        return endnote.read_xml if endnote.is_xml(text) else pubmed.read_xml
    if suffix in (".enw", ".ciw", ".csv", ".tsv", ".txt", "") and (reader := _of_databases(text, suffix)):
        return reader
    if suffix == ".json" or (start[:1] in "[{" and suffix not in (".bib", ".ris", ".nbib")):
        return read_csl
    if suffix in (".ris", ".nbib", ".txt") or re.match(r"(TY  ?-|PMID *-)", start):
        return read_nbib if tagged.is_nbib(text) else read_ris
    if suffix == ".bib" or start.startswith(("@", "%")):
        return read_bibtex
    raise ClaimspineError(
        "not-a-bibliography",
        "this is no bibliography that can be read",
        path=path,
        hint=READABLE,
    )


def _of_databases(text: str, suffix: str) -> Reader | None:
    """The reader of what databases and screening programs export besides RIS, or None."""
    from graph.bibliography import endnote, tables, web_of_science

    if endnote.is_percent(text):
        return endnote.read_percent
    if web_of_science.is_isi(text):
        return web_of_science.read_isi
    if suffix in (".csv", ".tsv") or tables.is_table(text):
        return tables.read_table
    return None
