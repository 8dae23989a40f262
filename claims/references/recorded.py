"""A bibliographic record read as if it were printed: so that a bibliography can be verified like a list."""

from __future__ import annotations

from claims.model import Author, ReferenceFields
from claims.names import recorded_author
from graph.evidence import Work

_KINDS = {
    "journal-article": "article",
    "preprint": "article",
    "review": "article",
    "book": "book",
    "chapter": "chapter",
    "conference-abstract": "chapter",
    "report": "report",
    "thesis": "report",
    "web-page": "web",
    "news": "web",
}


def fields_of(work: Work) -> ReferenceFields:
    """What a record says, as the fields of a printed reference; nothing unconfirmed.

    >>> from graph.evidence import Iri
    >>> fields_of(Work(Iri("urn:x"), title="Tea", authors=("van Dam AB",), year=2001)).authors
    (Author(family='van Dam', initials='AB'),)
    """
    authors = tuple(recorded_author(name) for name in work.authors)
    return ReferenceFields(
        authors=tuple(one for one in authors if one != Author("")),
        et_al=any(one.field == "authors" for one in work.unconfirmed),
        year=work.year,
        title=work.title,
        journal=work.journal,
        volume=work.volume,
        issue=work.issue,
        pages=work.pages,
        article_number=work.article_number,
        doi=work.doi,
        pmid=work.pmid,
        url=work.url,
        kind=_KINDS.get(work.work_type or ""),
    )
