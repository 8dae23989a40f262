"""PubMed by its E-utilities: ids by esearch, whole records with abstracts and notices by efetch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from api.online.connection import Connection
from api.online.records import retracted_title, work_iri
from claims.model import ReferenceFields
from graph.bibliography import names, read_bibliography_bytes
from graph.errors import ClaimspineError
from graph.evidence import Work

_MOST = 5
# Signs that esearch would read as its own: field tags, quotes, wildcards, ranges.
_SYNTAX = re.compile(r"[\[\]\"*():/\\#?!]")
_OPERATORS = frozenset({"and", "or", "not"})


class PubMed:
    """The E-utilities; a ``Source``."""

    def __init__(self, connection: Connection) -> None:
        """``connection`` leads to the folder of the utilities."""
        self._ask = connection

    @property
    def name(self) -> str:
        """What a reader knows the source by."""
        return "PubMed"

    def find(self, fields: ReferenceFields) -> tuple[Work, ...]:
        """The articles with the printed PubMed id or DOI, else by title or place; see ``Source.find``."""
        ids = [fields.pmid] if names.pmid(fields.pmid) else []
        for term in terms(fields):
            found = self._search(term)
            ids += [one for one in found if one not in ids]
            if found:
                break
        return self._fetch([one for one in ids if one][:_MOST]) if ids else ()

    def _search(self, term: str) -> list[str]:
        query = {"db": "pubmed", "retmode": "json", "retmax": str(_MOST), "term": term}
        answer = self._ask.json("/esearch.fcgi", query)
        result: Any = (answer or {}).get("esearchresult")
        ids = result.get("idlist") if isinstance(result, dict) else None
        if not isinstance(ids, list) or (isinstance(result, dict) and result.get("ERROR")):
            raise self._ask.down("its answer has no list of ids")
        if _not_understood(result):  # a word it ignored would make the answer one to another question
            return []
        return [one for one in ids if isinstance(one, str) and one.isdigit()]

    def _fetch(self, ids: list[str]) -> tuple[Work, ...]:
        query = {"db": "pubmed", "retmode": "xml", "id": ",".join(ids)}
        body = self._ask.document("/efetch.fcgi", query)
        if body is None:
            return ()
        if b"<PubmedArticle>" not in body and b"<PubmedBookArticle>" not in body:
            if b"<PubmedArticleSet" in body:
                return ()
            raise self._ask.down("its answer holds no PubMed records")
        try:
            read = read_bibliography_bytes(body, "efetch.xml", source="online")
        except ClaimspineError as exc:
            raise self._ask.down(exc.message) from exc
        return tuple(_told(work) for work in read.works)


def terms(fields: ReferenceFields) -> Iterator[str]:
    """Queries from the surest to the loosest; the first that finds something is enough."""
    doi = names.doi(fields.doi)
    if doi and '"' not in doi:
        yield f'"{doi}"[doi]'
    if fields.title:
        words = [word for word in _SYNTAX.sub(" ", fields.title).split() if word.lower() not in _OPERATORS]
        title = " ".join(words[:40])
        if title:
            yield f"{title}[title]"
    first = re.match(r"\w+", fields.pages or fields.article_number or "")
    if fields.journal and fields.volume and first:
        journal = _SYNTAX.sub(" ", fields.journal)
        volume = _SYNTAX.sub(" ", fields.volume)
        yield f'"{" ".join(journal.split())}"[journal] AND {volume}[volume] AND {first[0]}[page]'


def _not_understood(result: Mapping[str, Any]) -> bool:
    errors = result.get("errorlist")
    return isinstance(errors, dict) and bool(errors.get("fieldsnotfound"))


def _told(work: Work) -> Work:
    title, marked = retracted_title(work.title or "")
    standing = "retracted" if marked else work.standing
    note = f"said by PubMed, PMID {work.pmid}" if standing else None
    return replace(
        work,
        iri=work_iri("pubmed", work.pmid or work.doi or title),
        title=title or None,
        standing=standing,
        standing_note=note,
        recorded_by="PubMed",
    )
