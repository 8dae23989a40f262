"""Works of CSL-JSON, as Zotero and other managers of references export it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph.bibliography import names
from graph.bibliography.collected import Collected
from graph.errors import ClaimspineError
from graph.evidence import Iri, Work

__all__ = ["read_csl"]


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


def read_csl(text: str, found: Collected) -> None:
    """Collect the works of a list of items, bare or under "items".

    Raises:
        ClaimspineError: the text is no JSON, or no CSL-JSON.
    """
    for number, item in enumerate(_items(text, found.path), 1):
        if not isinstance(item, dict):
            found.fault(None, f"item {number}", "is not an object; it is left out", left_out=True)
            continue
        _collect(item, number, found)


def _items(text: str, path: str) -> list[Any]:
    try:
        document = json.loads(text, parse_float=str, parse_int=str)
    except json.JSONDecodeError as exc:
        raise ClaimspineError(
            "json-syntax",
            f"not well-formed JSON: {exc.msg}",
            path=path,
            line=exc.lineno,
            column=exc.colno,
        ) from exc
    except RecursionError as exc:
        raise ClaimspineError("json-too-deep", "the JSON is nested too deeply", path=path) from exc
    items = document.get("items") if isinstance(document, dict) and "items" in document else document
    items = items if isinstance(items, list) else [items]
    if not any(isinstance(item, dict) and ("title" in item or "DOI" in item) for item in items):
        raise ClaimspineError("not-a-bibliography", "this JSON is not CSL-JSON", path=path)
    return items


def _collect(item: Mapping[str, Any], number: int, found: Collected) -> None:
    """Add one item's work, and note what of it could not be read."""

    def get(*keys: str) -> str | None:
        for key in keys:
            value = item.get(key)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, str) and value.strip():
                return value
        return None

    pages, article = names.pages(get("page"))
    note = get("note") or ""
    key = get("id", "citation-key")
    doi, year = names.doi(get("DOI")) or names.doi(get("URL")), _year(item)
    where = key or f"item {number}"
    found.unread(None, where, "doi", get("DOI"), doi)
    found.unread(None, where, "pmid", get("PMID"), names.pmid(get("PMID")))
    if year is None and item.get("issued"):
        found.unread(None, where, "year", json.dumps(item["issued"]), year)
    if item.get("author") and not isinstance(item["author"], list):
        found.fault(None, where, "author: is not a list of names; it is left out")
    work = Work(
        Iri(""),
        title=names.clean(names.without_markup(get("title"))),
        authors=_authors(item.get("author")),
        year=year,
        journal=names.clean(get("container-title")),
        volume=names.clean(get("volume")),
        issue=names.clean(get("issue")),
        pages=pages,
        article_number=names.clean(get("article-number"))
        or article
        or (None if pages else names.clean(get("number"))),  # beside a page it counts something else
        doi=doi,
        pmid=names.pmid(get("PMID") or names.noted(note, "PMID")),
        isbn=names.clean(get("ISBN")),
        url=names.clean(get("URL")),
        work_type=_CSL_TYPES.get(get("type") or ""),
        abstract=names.clean(names.without_markup(get("abstract"))),
        pmcid=names.pmcid(get("PMCID") or names.noted(note, "PMCID")),
        language=names.clean(get("language")),
    )
    found.add(key.rpartition("/")[2] if key else None, None, work)


def _authors(value: Any) -> tuple[str, ...]:
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


def _year(item: Mapping[str, Any]) -> int | None:
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
