"""Crossref: works by DOI, or by what a reference prints; what their notices say.

A notice names its article in ``update-to``; an article may name its notices in ``updated-by``, and either
may lack what the other has: both are read. A DOI with a comma cannot be a filter's value (a comma parts
filters there), so notices of such a work are found by its title and known by its DOI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from api.online.connection import Connection
from api.online.records import people, retracted_title, text, texts, work_iri
from claims.model import ReferenceFields
from graph.bibliography import names
from graph.evidence import Work
from graph.retractions import graver

_ROWS = "8"
_MEANS = {
    "retraction": "retracted",
    "withdrawal": "retracted",
    "removal": "retracted",
    "expression_of_concern": "concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "partial_retraction": "corrected",  # the rest of it stands
    "new_version": "superseded",
    "new_edition": "superseded",
}
_RELATIONS = {
    "is-retracted-by": "retracted",
    "has-retraction": "retracted",
    "is-corrected-by": "corrected",
    "has-correction": "corrected",
    "is-replaced-by": "superseded",
}
_TYPES = {
    "journal-article": "journal-article",
    "posted-content": "preprint",
    "book": "book",
    "monograph": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "proceedings-article": "conference-abstract",
    "report": "report",
    "dissertation": "thesis",
}
_FILTER_BREAKS = re.compile(r"[,:\s]")
_SELECT_NOTICES = "DOI,title,update-to"

Json = Mapping[str, Any]


class Crossref:
    """Crossref's REST API; a ``Source``."""

    def __init__(self, connection: Connection) -> None:
        """``connection`` leads to the API's root."""
        self._ask = connection

    @property
    def name(self) -> str:
        """What a reader knows the source by."""
        return "Crossref"

    def find(self, fields: ReferenceFields) -> tuple[Work, ...]:
        """The work with the printed DOI and the likeliest by what is printed; see ``Source.find``."""
        found: list[Json] = []
        doi = names.doi(fields.doi)
        if doi:
            answer = self._ask.json(f"/works/{quote(doi, safe='')}", {})
            if answer is not None:
                found.append(self._message(answer))
                found += self._notices_of(doi)
        printed = bibliographic(fields)
        if printed:
            found += self._items({"query.bibliographic": printed, "rows": _ROWS})
        return as_works(found)

    def _notices_of(self, doi: str) -> list[Json]:
        if _FILTER_BREAKS.search(doi):
            return []
        return self._items({"filter": f"updates:{doi}", "select": _SELECT_NOTICES, "rows": _ROWS})

    def _items(self, query: Mapping[str, str]) -> list[Json]:
        answer = self._ask.json("/works", query)
        items = self._message(answer or {}).get("items")
        if not isinstance(items, list):
            raise self._ask.down("its answer has no list of items")
        return [item for item in items if isinstance(item, dict)]

    def _message(self, answer: Json) -> Json:
        message = answer.get("message")
        if not isinstance(message, dict):
            raise self._ask.down("its answer has no message")
        return message


def bibliographic(fields: ReferenceFields) -> str:
    """What a reference prints, as words to search by; empty where there is too little."""
    if not fields.title:
        return ""
    family = fields.authors[0].family if fields.authors else ""
    parts = (fields.title, family, fields.journal or fields.container or "", str(fields.year or ""))
    return " ".join(part for part in parts if part)[:500]


def as_works(items: Iterable[Json]) -> tuple[Work, ...]:
    """Works of Crossref's items; what any item says of another one, by its DOI, is said of it too."""
    listed = list(items)
    said: dict[str, list[tuple[str, str]]] = {}
    for item in listed:
        for about, standing, note in _updates_told(item):
            said.setdefault(about.lower(), []).append((standing, note))
    works: dict[str, Work] = {}
    for item in listed:
        work = _work(item)
        doi = (work.doi or "").lower() if work is not None else ""
        if work is None or doi in works:
            continue
        for standing, note in said.get(doi, ()):
            if graver(work.standing, standing) != work.standing:
                work = replace(work, standing=standing, standing_note=note)
        works[doi] = work
    return tuple(works.values())


def _updates_told(item: Json) -> Iterator[tuple[str, str, str]]:
    """(DOI, standing, note) for what a notice says of articles."""
    for update in _dicts(item.get("update-to")):
        standing = _MEANS.get(_plain_type(update.get("type")))
        about = names.doi(text(update.get("DOI")))
        if standing and about and about.lower() != (text(item.get("DOI")) or "").lower():
            yield about, standing, _note(update, names.doi(text(item.get("DOI"))))


def _work(item: Json) -> Work | None:
    doi = names.doi(text(item.get("DOI")))
    titles = texts(item.get("title"))
    if doi is None or not titles:
        return None
    title, marked = retracted_title(titles[0])
    subtitle = next(iter(texts(item.get("subtitle"))), None)
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    standing, note = _standing(item)
    if marked and standing != "retracted":
        standing, note = "retracted", "the publisher's title says so"
    pages, article = names.pages(text(item.get("page")))
    printed = item.get("published-print") or item.get("journal-issue", {})
    return Work(
        work_iri("crossref", doi),
        title=title,
        authors=_authors(item.get("author")),
        year=_year(item),
        journal=next(iter(texts(item.get("container-title"))), None),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        pages=pages,
        article_number=text(item.get("article-number")) or article,
        doi=doi,
        url=text(item.get("URL")),
        work_type=_TYPES.get(text(item.get("type")) or ""),
        standing=standing,
        standing_note=note,
        abstract=_abstract(item.get("abstract")),
        published_online=_day(item.get("published-online")) if printed else None,
        language=text(item.get("language")),
        recorded_by="Crossref",
    )


def _standing(item: Json) -> tuple[str | None, str | None]:
    """The gravest standing that an article's own record tells, and its note."""
    standing: str | None = None
    note: str | None = None
    reinstated = ""
    updates = sorted(_dicts(item.get("updated-by")), key=lambda one: _updated(one))
    for update in updates:
        if _plain_type(update.get("type")) == "reinstatement":
            reinstated = _updated(update)
    for update in updates:
        means = _MEANS.get(_plain_type(update.get("type")))
        if means in ("retracted", "concern") and reinstated and _updated(update) <= reinstated:
            continue
        if means and graver(standing, means) != standing:
            standing, note = means, _note(update, names.doi(text(update.get("DOI"))))
    relations = item.get("relation")
    for relation, means in _RELATIONS.items():
        if isinstance(relations, dict) and relations.get(relation) and graver(standing, means) != standing:
            ids = [text(one.get("id")) for one in _dicts(relations[relation])]
            standing, note = means, ", ".join(f"doi:{one}" for one in ids if one) or None
    return standing, note


def _note(update: Json, notice: str | None) -> str:
    by = "Retraction Watch" if update.get("source") == "retraction-watch" else "the publisher"
    when = _updated(update)
    parts = [when, f"said by {by} in Crossref", f"doi:{notice}" if notice else ""]
    return ", ".join(part for part in parts if part)


def _updated(update: Json) -> str:
    return _day(update.get("updated")) or ""


def _plain_type(value: object) -> str:
    return re.sub(r"[\s-]+", "_", (text(value) or "").lower())


def _dicts(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _authors(value: object) -> tuple[str, ...]:
    return people(
        (text(one.get("family")), text(one.get("given")), text(one.get("name"))) for one in _dicts(value)
    )


def _parts(date: object) -> list[int]:
    found: Any = date.get("date-parts") if isinstance(date, dict) else None
    first = found[0] if isinstance(found, list) and found and isinstance(found[0], list) else []
    return [part for part in first if isinstance(part, int) and not isinstance(part, bool)]


def _year(item: Json) -> int | None:
    """The year of the issue, else of the first appearance."""
    for key in ("published-print", "issued", "published", "published-online"):
        parts = _parts(item.get(key))
        if parts:
            return parts[0]
    return None


def _day(date: object) -> str | None:
    parts = _parts(date)
    widths = ("04", "02", "02")
    return "-".join(f"{part:{width}}" for part, width in zip(parts, widths, strict=False)) or None


def _abstract(value: object) -> str | None:
    """The text of a JATS abstract."""
    written = text(value)
    if not written:
        return None
    return names.clean(re.sub(r"^abstract[:\s]+", "", written, flags=re.IGNORECASE))
