"""OpenAlex: works by DOI or PubMed id, or by their titles; whether they are retracted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from api.online.connection import Connection
from api.online.records import retracted_title, text, work_iri
from claims.model import ReferenceFields
from graph.bibliography import names
from graph.evidence import Work

_FIELDS = (
    "id,doi,ids,display_name,publication_year,publication_date,authorships,primary_location,biblio,type,"
    "is_retracted,abstract_inverted_index,language"
)
_TYPES = {
    "article": "journal-article",
    "review": "review",
    "preprint": "preprint",
    "book": "book",
    "book-chapter": "chapter",
    "report": "report",
    "dissertation": "thesis",
    "editorial": "editorial",
}
_LONGEST_ABSTRACT = 5000  # words

Json = Mapping[str, Any]


class OpenAlex:
    """OpenAlex's API; a ``Source``."""

    def __init__(self, connection: Connection) -> None:
        """``connection`` leads to the API's root."""
        self._ask = connection

    @property
    def name(self) -> str:
        """What a reader knows the source by."""
        return "OpenAlex"

    def find(self, fields: ReferenceFields) -> tuple[Work, ...]:
        """The works with the printed identifiers, else the likeliest by title; see ``Source.find``."""
        found: dict[str, Work] = {}
        doi, pmid = names.doi(fields.doi), names.pmid(fields.pmid)
        for known in ([f"doi:{doi}"] if doi else []) + ([f"pmid:{pmid}"] if pmid else []):
            answer = self._ask.json(f"/works/{quote(known, safe=':')}", {"select": _FIELDS})
            work = None if answer is None else self._checked(answer)
            if work is not None:
                found.setdefault(work.iri, work)
        # Commas and bars part filters and their alternatives; the search has no need of them.
        title = " ".join(re.sub(r"[^\w\s'’-]", " ", fields.title or "").split())[:300]
        if title and not found:
            query = {"filter": f"title.search:{title}", "select": _FIELDS, "per-page": "5"}
            answer = self._ask.json("/works", query)
            results = (answer or {}).get("results")
            if not isinstance(results, list):
                raise self._ask.down("its answer has no list of results")
            for item in results:
                work = as_work(item) if isinstance(item, dict) else None
                if work is not None:
                    found.setdefault(work.iri, work)
        return tuple(found.values())

    def _checked(self, answer: Json) -> Work | None:
        if "id" not in answer:
            raise self._ask.down("its answer is no work")
        return as_work(answer)


def as_work(item: Json) -> Work | None:
    """A work of OpenAlex's, or None where it has no title."""
    named = text(item.get("display_name")) or text(item.get("title"))
    identifier = (text(item.get("id")) or "").rpartition("/")[2]
    if not named or not identifier:
        return None
    title, marked = retracted_title(named)
    biblio, ids = _dict(item.get("biblio")), _dict(item.get("ids"))
    first, last = text(biblio.get("first_page")), text(biblio.get("last_page"))
    pages, article = names.pages(f"{first}-{last}" if first and last and first != last else first)
    retracted = item.get("is_retracted") is True or marked
    place = _dict(_dict(item.get("primary_location")).get("source"))
    people_of = item.get("authorships")
    authors = [_dict(one) for one in people_of] if isinstance(people_of, list) else []
    year = item.get("publication_year")
    return Work(
        work_iri("openalex", identifier),
        title=title,
        authors=tuple(
            names.from_text(name)
            for one in authors
            if (
                name := text(one.get("raw_author_name")) or text(_dict(one.get("author")).get("display_name"))
            )
        ),
        year=year if isinstance(year, int) and not isinstance(year, bool) else None,
        journal=text(place.get("display_name")),
        volume=text(biblio.get("volume")),
        issue=text(biblio.get("issue")),
        pages=pages,
        article_number=article,
        doi=names.doi(text(item.get("doi"))),
        pmid=names.pmid((text(ids.get("pmid")) or "").rstrip("/").rpartition("/")[2]),
        pmcid=names.pmcid((text(ids.get("pmcid")) or "").rstrip("/").rpartition("/")[2]),
        work_type=_TYPES.get(text(item.get("type")) or ""),
        standing="retracted" if retracted else None,
        standing_note=f"said by OpenAlex, {identifier}" if retracted else None,
        abstract=_abstract(item.get("abstract_inverted_index")),
        published_online=text(item.get("publication_date")),
        language=text(item.get("language")),
        recorded_by="OpenAlex",
    )


def _name(authorship: Json) -> str | None:
    """As printed where that is known: a profile's name may be that of a namesake."""
    shown = _dict(authorship.get("author")).get("display_name")
    return text(authorship.get("raw_author_name")) or text(shown)


def _abstract(index: object) -> str | None:
    """The running text of an abstract that comes as words with their places."""
    if not isinstance(index, dict):
        return None
    placed: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < _LONGEST_ABSTRACT:
                placed[place] = str(word)
    return names.clean(" ".join(placed[place] for place in sorted(placed)))


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}
