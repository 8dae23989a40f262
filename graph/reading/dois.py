"""Works by their DOI, in whatever letters it is written: case means nothing in one (ISO 26324)."""

from __future__ import annotations

from graph.embedded.store import EmbeddedStore
from graph.evidence import Iri
from graph.reading.nodes import natural
from graph.results import Term
from graph.sparql import stored
from graph.store import Store


def works_with_doi(store: Store, doi: str) -> tuple[Iri, ...]:
    """The works that carry a DOI, in order."""
    found = set[str]()
    for spelling in {doi, doi.lower(), doi.upper()}:
        rows = store.rows(stored("with_doi"), {"doi": Term.literal(spelling)})
        found |= {row[0] for row in rows if row[0]}
    if isinstance(store, EmbeddedStore):
        found |= {work.value for work in store.mixed_dois.works(store.engine, doi)}
    else:
        rows = store.rows(stored("mixed_dois"))
        found |= {work for work, spelt, *_ in rows if work and (spelt or "").lower() == doi.lower()}
    return tuple(Iri(iri) for iri in sorted(found, key=natural))
