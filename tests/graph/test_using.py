"""Which graphs an update may write to: never fewer than it does write to."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest

from graph.answering import changed_by
from graph.jsonld import BASE
from graph.sparql import PREFIXES
from graph.using import may_change

DATA = """
<urn:g> { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 }
<urn:h> { <urn:a> <urn:p> 1 }
<https://w3id.org/claimspine/id/source/x> { <urn:a> <urn:p> 3 }
<urn:a> <urn:p> 0 .
"""
NAMED = (
    "INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:p> 1 } }",
    "INSERT DATA { <urn:c> <urn:p> 1 }",
    "PREFIX g: <urn:> INSERT DATA { GRAPH g:h { <urn:c> a <urn:p> } }",
    "PREFIX g: <urn:no:> PREFIX g: <urn:> INSERT DATA { GRAPH g:new { <urn:c> <urn:p> 1 } }",
    "DELETE DATA { GRAPH <urn:h> { <urn:a> <urn:p> 1 } }",
    "PREFIX s: <https://w3id.org/claimspine/id/source/> DELETE DATA { GRAPH s:x { <urn:a> <urn:p> 3 } }",
    "WITH <urn:g> DELETE { ?s ?p 1 } INSERT { ?s ?p 5 } WHERE { ?s ?p 1 }",
    "DELETE WHERE { GRAPH <urn:h> { ?s ?p ?o } }",
    "INSERT { GRAPH<urn:new>{ ?s ?p ?o } } USING <urn:g> WHERE { ?s ?p ?o FILTER(?o < 5 && ?o > 1) }",
    "CLEAR GRAPH <urn:g>",
    "DROP SILENT GRAPH <urn:none>",
    "CLEAR DEFAULT",
    "COPY <urn:g> TO <urn:new>",
    "MOVE DEFAULT TO <urn:new>",
    "ADD <urn:g> TO DEFAULT; CREATE GRAPH <urn:empty>",
    "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }",  # there already
)
ANY = (
    "DROP ALL",
    "CLEAR NAMED",
    "INSERT { GRAPH ?g { ?s ?p 7 } } WHERE { GRAPH ?g { ?s ?p 1 } }",
    "DELETE{GRAPH?g{?s ?p 1}}WHERE{GRAPH?g{?s ?p 1}}",
    "prefix : <urn:> INSERT DATA{GRAPH:h{ <urn:c> <urn:p> 'x'}}",
    "PREFIX GRAPH: <urn:no:> PREFIX : <urn:> INSERT DATA { GRAPH:h { <urn:c> <urn:p> 'x'} }",
    "INSERT { GRAPH<urn:new>{ ?s ?p ?o } } USING <urn:g> WHERE { ?s ?p ?o FILTER(?o<5&&?o>1) }",
    "BASE <urn:x/> INSERT DATA { GRAPH <../g> { <urn:c> <urn:p> 1 } }",
    "INSERT DATA { GRAPH <relative> { <urn:c> <urn:p> 1 } }",
    "INSERT DATA { GRAPH id:source\\/x { <urn:c> <urn:p> 1 } }",
    "INSERT { GRAPH ?g { <urn:c> <urn:p> 1 } } WHERE { BIND(IRI(CONCAT('urn:', 'g')) AS ?g) }",
)


class Written(io.BytesIO):
    def content(self) -> bytes:
        return self.getvalue()


def loaded() -> ox.Store:
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TRIG)
    return store


def by_graph(store: ox.Store) -> dict[str, set[ox.Quad]]:
    found: dict[str, set[ox.Quad]] = {}
    for quad in store:
        found.setdefault(getattr(quad.graph_name, "value", ""), set()).add(quad)
    return found


@pytest.mark.parametrize("update", [*NAMED, *ANY])
def test_what_an_update_changes_is_found(update: str) -> None:
    plain = loaded()
    before = by_graph(plain)
    plain.update(update, base_iri=BASE, prefixes=PREFIXES)
    after = by_graph(plain)
    names = {name for name in before | after if before.get(name) != after.get(name)}
    written = Written()
    assert changed_by(loaded(), update, written) == sorted(names)
    quads = set(ox.parse(written.getvalue(), format=ox.RdfFormat.N_QUADS))
    assert quads == {quad for name in names for quad in after.get(name, ())}
    touched = may_change(update)
    assert (touched is None) == (update in ANY)
    assert touched is None or names <= touched
