"""Works by their DOI, in whatever letters it is written: case means nothing in one (ISO 26324)."""

from __future__ import annotations

from graph.embedded.store import EmbeddedStore
from graph.embedded.unchanged import WhileUnchanged
from graph.evidence import Iri
from graph.reading.nodes import natural
from graph.results import Term
from graph.sparql import stored
from graph.store import Store


def works_with_doi(store: Store, doi: str) -> tuple[Iri, ...]:
    """The works that carry a DOI, in order.

    One in small or in capital letters is looked up. Those in both are looked through, of an embedded store
    once after each write.
    """
    found = set[str]()
    for spelling in {doi, doi.lower(), doi.upper()}:
        rows = store.rows(stored("with_doi"), {"doi": Term.literal(spelling)})
        found |= {row[0] for row in rows if row[0]}
    found |= _mixed(store).get(doi.lower(), set())
    return tuple(Iri(iri) for iri in sorted(found, key=natural))


def _mixed(store: Store) -> dict[str, set[str]]:
    kept = _MIXED.of(store) if isinstance(store, EmbeddedStore) else []
    if not kept:
        found: dict[str, set[str]] = {}
        for work, doi, *_ in store.rows(stored("mixed_dois")):
            found.setdefault((doi or "").lower(), set()).add(work or "")
        kept.append(found)
    return kept[0]


_MIXED = WhileUnchanged(list[dict[str, set[str]]])
