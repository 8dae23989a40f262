"""Works as triples, so that a bibliography is a source like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from graph.evidence import Work
from graph.jsonld import definitions
from graph.terms import FIRST, NIL, REST, TYPE
from ontology.terms import Class

_FIELDS = {
    "title": "title",
    "journal": "journal",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "article_number": "articleNumber",
    "doi": "doi",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "isbn": "isbn",
    "url": "url",
    "work_type": "workType",
    "standing": "standing",
    "abstract": "abstract",
    "language": "language",
    "published_online": "publishedOnline",
}


def works_to_triples(works: Iterable[Work]) -> Iterator[ox.Triple]:
    """The triples that say what bibliographic records say."""
    keys = definitions()
    kind = ox.NamedNode(Class.WORK)
    authors_of = ox.NamedNode(keys["authors"].iri)
    year_of = keys["year"]
    for work in works:
        node = ox.NamedNode(work.iri)
        yield ox.Triple(node, TYPE, kind)
        for name, key in _FIELDS.items():
            value = getattr(work, name)
            if not value:
                continue
            definition = keys[key]
            term: ox.NamedNode | ox.Literal
            if definition.scheme:
                term = ox.NamedNode(definition.scheme + value)
            elif definition.datatype:
                term = ox.Literal(value, datatype=ox.NamedNode(definition.datatype))
            else:
                term = ox.Literal(value)
            yield ox.Triple(node, ox.NamedNode(definition.iri), term)
        if work.year is not None:
            year = ox.Literal(f"{work.year:04}", datatype=ox.NamedNode(year_of.datatype or ""))
            yield ox.Triple(node, ox.NamedNode(year_of.iri), year)
        if work.authors:
            cells = [ox.BlankNode() for _ in work.authors]
            yield ox.Triple(node, authors_of, cells[0])
            for index, author in enumerate(work.authors):
                yield ox.Triple(cells[index], FIRST, ox.Literal(author))
                yield ox.Triple(cells[index], REST, cells[index + 1] if index + 1 < len(cells) else NIL)
