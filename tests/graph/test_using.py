"""Which graphs an update may write to: never fewer than it does write to."""

from __future__ import annotations

import io
from typing import Any, cast

import pyoxigraph as ox
import pytest

from graph.answering import changed_by
from graph.errors import ClaimspineError
from graph.sparql import PREFIXES
from graph.using import may_change
from ontology.loader import DATA_BASE

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


BY_VARIABLES = (
    "INSERT { GRAPH ?g { ?s ?p 7 } } WHERE { GRAPH ?g { ?s ?p 2 } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?h { ?s ?p ?o } } WHERE"
    " { GRAPH ?g { ?s ?p ?o FILTER(?o = 2) } GRAPH ?h { ?a ?b 3 } }",
    "DELETE WHERE { GRAPH ?g { ?s ?p 3 } }",
    "DELETE WHERE { GRAPH $g { ?s ?p 2 } GRAPH ?h { ?s2 ?p 3 } }",
    # the second step writes to a graph that the first has made; the third takes back what the first has done
    "PREFIX u: <urn:> INSERT { GRAPH u:new { ?s ?p 8 } } WHERE { GRAPH ?g { ?s ?p 2 } } ;\n"
    "INSERT { GRAPH ?g { ?s ?p 9 } } WHERE { GRAPH ?g { ?s ?p 8 } } ;"
    " DELETE WHERE { GRAPH ?g { ?s ?p 9 } } ;",
    "INSERT { GRAPH ?new { ?s ?p ?o } } WHERE"
    " { GRAPH ?g { ?s ?p ?o } BIND(IRI(CONCAT(STR(?g), '-old')) AS ?new) }",
    "INSERT { GRAPH ?none { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH ?g { <urn:s> <urn:p> '} GRAPH ?h {' } } # } GRAPH ?h {\nWHERE { GRAPH ?g { ?s ?p 2 } }",
    "DELETE { ?s ?p 0 } INSERT { GRAPH ?g { ?s ?p 0 } } WHERE { ?s ?p 0 . GRAPH ?g { ?a ?b 3 } } ;"
    " CREATE GRAPH <urn:e>",
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


@pytest.mark.parametrize("update", [*NAMED, *ANY, *BY_VARIABLES])
def test_what_an_update_changes_is_found(update: str) -> None:
    plain = loaded()
    before = by_graph(plain)
    plain.update(update, base_iri=DATA_BASE, prefixes=PREFIXES)
    after = by_graph(plain)
    names = {name for name in before | after if before.get(name) != after.get(name)}
    written = Written()
    assert changed_by(loaded(), update, written) == sorted(names)
    quads = set(ox.parse(written.getvalue(), format=ox.RdfFormat.N_QUADS))
    assert quads == {quad for name in names for quad in after.get(name, ())}
    touched = may_change(update)
    assert (touched is None) == (update in ANY + BY_VARIABLES)
    assert touched is None or names <= touched


@pytest.mark.parametrize("update", BY_VARIABLES)
def test_only_the_graphs_that_variables_name_are_compared(update: str) -> None:
    class Watched:
        """The engine, and the graphs that were read whole."""

        def __init__(self) -> None:
            self.engine = loaded()
            self.engine.load(
                b"<urn:x> <urn:y> <urn:z> .", ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("urn:far")
            )
            self.read: set[str] = set()

        def dump(self, sink: Any, format: ox.RdfFormat, *, from_graph: Any) -> None:
            self.read.add(getattr(from_graph, "value", ""))
            self.engine.dump(sink, format, from_graph=from_graph)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.engine, name)

    watched = Watched()
    changed = changed_by(cast(ox.Store, watched), update, Written())
    assert set(changed) <= watched.read
    assert "urn:far" not in watched.read


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { GRAPH ?g { ?s ?p 1 } } ;\n INSERT { GRAPH ?g { ?s ?p } } WHERE { GRAPH ?g {} }",
        "INSERT { GRAPH ?g { ?s ?p 1 } }\nWHERE { GRAPH ?g { ?s ?p } }",
        "DELETE WHERE { GRAPH ?g { ?s none:p 1 } }",
        "DELETE WHERE { GRAPH ?g { ?s ?p 1 } } ;\n  NOTHING",
    ],
)
def test_a_fault_is_told_where_it_stands(update: str) -> None:
    with pytest.raises(SyntaxError) as plain:
        loaded().update(update)
    with pytest.raises(ClaimspineError) as caught:
        changed_by(loaded(), update, Written())
    assert caught.value.code == "query-syntax"
    assert str(plain.value).startswith(f"error at {caught.value.line or ''}")
