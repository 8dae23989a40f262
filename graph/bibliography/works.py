"""Bibliographies as works: BibTeX, CSL-JSON, RIS, PubMed NBIB; EndNote's, tables and others by their modules.

What can be kept is kept; what cannot, or looks damaged, is named with its line. Two records are
never merged here: see ``graph.reading`` for how one paper in two sources becomes one work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph import files
from graph.bibliography import bibtex, names, tagged
from graph.bibliography.collected import READABLE, BibliographyFault, Collected
from graph.errors import ClaimspineError
from graph.evidence import Iri, UnconfirmedField, Work
from ontology.loader import DATA_BASE

_BIBTEX_TYPES = {
    "article": "journal-article",
    "book": "book",
    "booklet": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "conference-abstract",
    "conference": "conference-abstract",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "web-page",
    "www": "web-page",
    "electronic": "web-page",
}
_CSL_TYPES = {
    "article-journal": "journal-article",
    "article": "preprint",
    "article-newspaper": "news",
    "article-magazine": "news",
    "book": "book",
    "chapter": "chapter",
    "paper-conference": "conference-abstract",
    "report": "report",
    "thesis": "thesis",
    "webpage": "web-page",
    "post-weblog": "web-page",
}
_RIS_TYPES = {
    "JOUR": "journal-article",
    "EJOUR": "journal-article",
    "BOOK": "book",
    "EBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "conference-abstract",
    "CPAPER": "conference-abstract",
    "THES": "thesis",
    "RPRT": "report",
    "ELEC": "web-page",
    "NEWS": "news",
    "UNPB": "preprint",
}


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
        return _csl
    if suffix in (".ris", ".nbib", ".txt") or re.match(r"(TY  ?-|PMID *-)", start):
        return _nbib if tagged.is_nbib(text) else _ris
    if suffix == ".bib" or start.startswith(("@", "%")):
        return _bibtex
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


def _bibtex(text: str, found: Collected) -> None:
    entries, broken = bibtex.parse(text)
    for fault in broken:
        found.fault(fault.line, fault.key, fault.message, left_out=fault.left_out)
    if not entries and not broken and text.strip() and "@" not in text:
        raise ClaimspineError("not-a-bibliography", "there is no BibTeX entry in this file", path=found.path)
    entries.reverse()
    while entries:
        entry = entries.pop()  # freed when its work is made
        get = entry.fields.get
        authors = _bibtex_authors(entry.raw.get("author") or entry.raw.get("editor") or "")
        pages, article = names.pages(get("pages"))
        kind = _BIBTEX_TYPES.get(entry.kind)
        if (get("archiveprefix") or get("eprinttype") or "").lower() in ("arxiv", "medrxiv", "biorxiv"):
            kind = "preprint"
        title = get("title")
        if title and get("subtitle"):
            title = f"{title}: {get('subtitle')}"
        doi = names.doi(get("doi")) or names.doi(get("url"))
        year = names.year(get("year"), get("date"))
        found.unread(entry.line, entry.key, "doi", get("doi"), doi)
        found.unread(entry.line, entry.key, "year", get("year") or get("date"), year)
        found.unread(entry.line, entry.key, "pmid", get("pmid"), names.pmid(get("pmid")))
        note = " ".join(filter(None, (get("note"), get("annote"), get("extra"))))
        work = Work(
            Iri(""),
            title=names.clean(title),
            authors=authors,
            unconfirmed=_more_authors(entry.raw.get("author") or entry.raw.get("editor") or ""),
            year=year,
            journal=names.clean(get("journal") or get("journaltitle") or get("booktitle")),
            volume=names.clean(get("volume")),
            issue=names.clean(get("number") or get("issue")),
            pages=pages,
            article_number=names.clean(get("eid") or get("articleno") or get("article-number")) or article,
            doi=doi,
            pmid=names.pmid(get("pmid") or _noted(note, "PMID")),
            isbn=names.clean(get("isbn")),
            url=names.clean(get("url")),
            work_type=kind,
            abstract=names.clean(get("abstract")),
            pmcid=names.pmcid(get("pmcid") or _noted(note, "PMCID")),
            language=names.clean(get("langid") or get("language")),
        )
        found.add(entry.key or None, entry.line, work)


def _more_authors(raw: str) -> tuple[UnconfirmedField, ...]:
    """That the list of authors goes on ("and others"), so that nobody takes it for whole."""
    last = bibtex.split_names(raw)[-1:]
    return (UnconfirmedField("authors", "and others"),) if last and _others(bibtex.plain(last[0])) else ()


def _others(name: str) -> bool:
    return name.lower() in ("others", "et al", "et al.")


def _bibtex_authors(raw: str) -> tuple[str, ...]:
    authors = []
    for name in bibtex.split_names(raw):
        text = bibtex.plain(name)
        if _others(text):
            continue
        authors.append(text if _is_whole(name) else names.from_text(text))
    return tuple(author for author in authors if author)


def _is_whole(name: str) -> bool:
    """Whether a name stands in braces as a whole: a body's, with braces inside or not."""
    depth = 0
    for place, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place > 0 and place == len(name) - 1
    return False


def _csl(text: str, found: Collected) -> None:
    try:
        document = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as exc:
        raise ClaimspineError(
            "json-syntax",
            f"not well-formed JSON: {exc.msg}",
            path=found.path,
            line=exc.lineno,
            column=exc.colno,
        ) from exc
    except RecursionError as exc:
        raise ClaimspineError("json-too-deep", "the JSON is nested too deeply", path=found.path) from exc
    items = document.get("items") if isinstance(document, dict) and "items" in document else document
    items = items if isinstance(items, list) else [items]
    if not any(isinstance(item, dict) and ("title" in item or "DOI" in item) for item in items):
        raise ClaimspineError("not-a-bibliography", "this JSON is not CSL-JSON", path=found.path)
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            found.fault(None, f"item {number}", "is not an object; it is left out", left_out=True)
            continue

        def get(*keys: str, item: Mapping[str, Any] = item) -> str | None:
            for key in keys:
                value = item.get(key)
                value = value[0] if isinstance(value, list) and value else value
                if isinstance(value, str) and value.strip():
                    return value
            return None

        pages, article = names.pages(get("page"))
        note = get("note") or ""
        key = get("id", "citation-key")
        doi, year = names.doi(get("DOI")) or names.doi(get("URL")), _csl_year(item)
        where = key or f"item {number}"
        found.unread(None, where, "doi", get("DOI"), doi)
        found.unread(None, where, "pmid", get("PMID"), names.pmid(get("PMID")))
        if year is None and item.get("issued"):
            found.unread(None, where, "year", json.dumps(item["issued"]), year)
        if item.get("author") and not isinstance(item["author"], list):
            found.fault(None, where, "author: is not a list of names; it is left out")
        work = Work(
            Iri(""),
            title=names.clean(_no_markup(get("title"))),
            authors=_csl_authors(item.get("author")),
            year=year,
            journal=names.clean(get("container-title")),
            volume=names.clean(get("volume")),
            issue=names.clean(get("issue")),
            pages=pages,
            article_number=names.clean(get("article-number", "number")) or article,
            doi=doi,
            pmid=names.pmid(get("PMID") or _noted(note, "PMID")),
            isbn=names.clean(get("ISBN")),
            url=names.clean(get("URL")),
            work_type=_CSL_TYPES.get(get("type") or ""),
            abstract=names.clean(_no_markup(get("abstract"))),
            pmcid=names.pmcid(get("PMCID") or _noted(note, "PMCID")),
            language=names.clean(get("language")),
        )
        found.add(key.rpartition("/")[2] if key else None, None, work)


def _noted(note: str, what: str) -> str | None:
    """An identifier that Zotero keeps among the notes (``PMID: 31234567``)."""
    found = re.search(rf"(?m)(?:^|[\s;]){what}:\s*((?:PMC)?\d{{1,9}})\b", note)
    return found[1] if found else None


def _no_markup(text: str | None) -> str | None:
    """CSL allows a little HTML in titles; abstracts come with JATS tags."""
    return re.sub(r"</?[A-Za-z][\w:.-]{0,30}(?:\s[^<>]{0,100})?/?>", "", text) if text else None


def _csl_authors(value: Any) -> tuple[str, ...]:
    authors = []
    for one in value if isinstance(value, list) else []:
        if not isinstance(one, dict):
            continue
        parts = {k: v for k, v in one.items() if isinstance(v, str)}
        if parts.get("literal"):
            authors.append(" ".join(parts["literal"].split()))
        elif parts.get("family"):
            particle = parts.get("non-dropping-particle") or parts.get("dropping-particle") or ""
            authors.append(names.person(f"{particle} {parts['family']}", parts.get("given", "")))
    return tuple(authors)


def _csl_year(item: Mapping[str, Any]) -> int | None:
    for key in ("issued", "published-print", "published", "published-online"):
        date = item.get(key)
        if isinstance(date, str):
            return names.year(date)
        if isinstance(date, dict):
            parts = date.get("date-parts")
            first: Any = parts
            while isinstance(first, Sequence) and not isinstance(first, str) and first:
                first = first[0]
            year = names.year(str(first) if first is not None else None, str(date.get("raw") or ""))
            year = year or names.year(str(date.get("literal") or ""))
            if year:
                return year
    return None


def _ris(text: str, found: Collected) -> None:
    records, strays = tagged.parse_ris(text)
    if not records:
        raise ClaimspineError("not-a-bibliography", "there is no RIS record (TY  - ) here", path=found.path)
    for line, said in strays:
        found.fault(line, None, f"this line belongs to no record: {said[:60]!r}")
    for record in records:
        one = record.one
        key = one("ID", "LB")
        if not one("TI", "T1", "CT", "DO", "UR", "L3", "AN"):
            found.fault(record.line, key, "there is no title or DOI; it is left out", left_out=True)
            continue
        first, last = one("SP"), one("EP")
        pages, article = names.pages(f"{first}-{last}" if first and last and last != first else first)
        if not record.complete:
            found.fault(record.line, key, "the record is not closed by ER; it is kept, please check it")
        doi = next(filter(None, map(names.doi, (one("DO"), one("UR"), one("L3"), one("M3")))), None)
        database = (one("DB", "DP") or "").lower()
        notes = "\n".join(record.all("N1"))
        year = names.year(one("PY", "Y1"), one("DA"))
        found.unread(record.line, key, "doi", one("DO"), doi)
        found.unread(record.line, key, "year", one("PY", "Y1"), year)
        work = Work(
            Iri(""),
            title=names.clean(_no_markup(one("TI", "T1", "CT"))),
            authors=tuple(names.from_text(a) for a in [*record.all("AU", "A1")]),
            year=year,
            journal=names.clean(one("JO", "T2", "JF", "JA", "BT")),
            volume=names.clean(one("VL")),
            issue=names.clean(one("IS")),
            pages=pages,
            article_number=names.clean(one("C7")) or article,
            doi=doi,
            pmid=names.pmid(
                one("AN")
                if database == "nlm"
                or "pubmed" in database
                or (not database and re.fullmatch(r"\d{7,8}", one("AN") or ""))
                else _noted(notes, "PMID")
            ),
            pmcid=names.pmcid(one("C2")) if (one("C2") or "").startswith("PMC") else None,
            isbn=names.clean(one("SN")) if one("TY") in ("BOOK", "CHAP", "EBOOK") else None,
            url=names.clean(one("UR")),
            work_type=_RIS_TYPES.get(one("TY") or ""),
            abstract=names.clean(_no_markup(one("AB", "N2"))),
            language=names.clean(one("LA")),
        )
        found.add(key, record.line, work)


def _nbib(text: str, found: Collected) -> None:
    from graph.bibliography.pubmed import publication_kind, publication_standing, pubmed_title

    records, strays = tagged.parse_nbib(text)
    for line, said in strays:
        found.fault(line, None, f"this line belongs to no record: {said[:60]!r}")
    for record in records:
        one = record.one
        ids = [*record.values.get("LID", ()), *record.values.get("AID", ())]
        doi = next((names.doi(i.removesuffix("[doi]").strip()) for i in ids if i.endswith("[doi]")), None)
        pages, article = names.pages(one("PG"))
        kinds = record.all("PT")
        full = record.all("FAU")
        authors = [names.from_text(name) for name in (full or record.all("AU"))]
        year = names.year(one("DP"), one("DEP"))
        found.unread(record.line, one("PMID"), "pmid", one("PMID"), names.pmid(one("PMID")))
        found.unread(record.line, one("PMID"), "year", one("DP"), year)
        work = Work(
            Iri(""),
            title=pubmed_title(one("TI", "BTI")) or names.clean(one("TT")),
            authors=(*authors, *record.all("CN")),
            year=year,
            journal=names.clean(one("JT", "TA")),
            volume=names.clean(one("VI")),
            issue=names.clean(one("IP")),
            pages=pages,
            article_number=article,
            doi=doi,
            pmid=names.pmid(one("PMID")),
            work_type=publication_kind(kinds),
            standing=publication_standing(kinds, record.values),
            abstract=names.clean(one("AB")),
            pmcid=names.pmcid(one("PMC")),
            language=names.clean(one("LA")),
        )
        found.add(names.pmid(one("PMID")), record.line, work)
