"""Bibliographies as tables (CSV, tabs): of Scopus, PubMed, Covidence, Rayyan, Zotero, Web of Science."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from graph.bibliography import names
from graph.bibliography.collected import READABLE, Collected
from graph.errors import ClaimspineError
from graph.evidence import Iri, Work

# What exporting programs call the columns, folded to letters; the first that has a value is taken.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "articletitle", "documenttitle", "ti"),
    "authors": ("authors", "author", "au", "authornames"),
    "year": ("publicationyear", "publishedyear", "year", "py", "date", "publicationdate"),
    "journal": (
        *("publicationtitle", "sourcetitle", "journalbook", "journal", "journaltitle", "source", "so"),
        "secondarytitle",
    ),
    "volume": ("volume", "vl"),
    "issue": ("issue", "is", "number"),
    "pages": ("pages", "page", "pg"),
    "first page": ("pagestart", "startpage", "bp", "sp"),
    "last page": ("pageend", "endpage", "ep"),
    "article number": ("artno", "articlenumber", "ar"),
    "doi": ("doi", "di"),
    "pmid": ("pmid", "pubmedid", "pm"),
    "pmcid": ("pmcid", "pmc"),
    "url": ("url", "link", "links"),
    "abstract": ("abstract", "abstractnote", "ab"),
    "isbn": ("isbn",),
    "language": ("language", "languageoforiginaldocument", "la"),
    "key": ("key", "citationkey", "id", "pmid", "covidence"),
    "kind": ("itemtype", "documenttype", "publicationtype", "dt"),
}
_KINDS = {
    "journalarticle": "journal-article", "article": "journal-article", "review": "review", "book": "book",
    "booksection": "chapter", "bookchapter": "chapter", "conferencepaper": "conference-abstract",
    "thesis": "thesis", "report": "report", "webpage": "web-page", "newspaperarticle": "news",
    "magazinearticle": "news",
    "preprint": "preprint", "editorial": "editorial",
}  # fmt: skip
_PLACE = re.compile(
    r";\s?(?P<volume>\w{1,8})?(?:\((?P<issue>[^()]{1,12})\))?:(?P<pages>[\w.–-]{1,20})"
)  # PubMed
_TRACK = re.compile(r"\s*\(\d+\)")  # Scopus numbers the persons: "Owl, Olga (57190)"


def is_table(text: str) -> bool:
    """Whether a text begins with the heads of columns that tell of works."""
    heads = {_folded(head) for head in re.split(r"[,\t;]", text.lstrip("\ufeff").partition("\n")[0])}
    has = {name for name, columns in _COLUMNS.items() if heads.intersection(columns)}
    return "title" in has and len(has & {"authors", "year", "journal", "doi"}) >= 2


def read_table(text: str, found: Collected) -> None:
    """Read the rows of a table into ``found``.

    Raises:
        ClaimspineError: no column is headed as one of titles, or a row cannot be parted into cells.
    """
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        heads = [_folded(head) for head in next(reader, [])]
        if not set(heads).intersection(_COLUMNS["title"]):
            said = "no column of this table is headed “Title”"
            raise ClaimspineError("not-a-bibliography", said, path=found.path, hint=READABLE)
        for row in reader:
            if any(cell.strip() for cell in row):
                _read(dict(zip(heads, row, strict=False)), reader.line_num, found)
    except csv.Error as exc:
        raise ClaimspineError("csv-syntax", f"{exc}", path=found.path, line=reader.line_num) from exc


def _read(row: Mapping[str, str], line: int, found: Collected) -> None:
    def get(name: str) -> str | None:
        values = (row.get(column, "").strip() for column in _COLUMNS[name])
        return next((value for value in values if value), None)

    key, first, last = get("key"), get("first page"), get("last page")
    place = _PLACE.search(row.get("citation", ""))
    written = get("pages") or (f"{first}-{last}" if first and last else first)
    pages, article = names.pages(written or (place["pages"].rstrip(".") if place else None))
    doi = names.doi(get("doi")) or names.doi(get("url"))
    year = names.year(get("year"))
    found.unread(line, key, "doi", get("doi"), doi)
    found.unread(line, key, "year", get("year"), year)
    work = Work(
        Iri(""),
        title=names.clean((get("title") or "").removesuffix(".")),
        authors=tuple(names.from_text(name) for name in split_authors(get("authors") or "")),
        year=year,
        journal=names.clean(get("journal")),
        volume=_number(get("volume") or (place["volume"] if place else None)),
        issue=_number(get("issue") or (place["issue"] if place else None)),
        pages=pages,
        article_number=names.clean(get("article number")) or article,
        doi=doi,
        pmid=names.pmid(get("pmid")),
        pmcid=names.pmcid(get("pmcid")),
        isbn=names.clean(get("isbn")),
        url=names.clean(get("url")),
        work_type=_KINDS.get(_folded(get("kind") or "")),
        abstract=names.clean(get("abstract")),
        language=names.clean(get("language")),
    )
    found.add(key, line, work)


def split_authors(written: str) -> list[str]:
    """The names of a cell, whatever parts them.

    >>> split_authors("Owl, O.; Pipit, P."), split_authors("Quail Q, Rook R.")
    (['Owl, O.', 'Pipit, P.'], ['Quail Q', 'Rook R'])
    >>> split_authors("Yak, Y. and Zebu, Z.")
    ['Yak, Y.', 'Zebu, Z.']
    """
    written = _TRACK.sub("", written).strip()
    if ";" in written:
        parts = written.split(";")
    elif " and " in written and "," in written:
        parts = re.split(r"\s+and\s+", written)
    elif re.match(r"[^,]+\s[^\W\d_a-z]{1,4}(?:,|\.?$)", written):  # "Quail Q, Rook R."
        parts = written.removesuffix(".").split(",")
    else:
        parts = [written]
    return [part.strip() for part in parts if part.strip()]


def _number(value: str | None) -> str | None:
    """A volume or an issue; Zotero writes 0 for none."""
    return names.clean(value) if value and value.strip() != "0" else None


def _folded(head: str) -> str:
    return re.sub(r"[^a-z]", "", head.lower())
