"""Works by their DOI, in whatever letters it is written."""

from __future__ import annotations

import pytest

from graph import yamlld
from graph.embedded.store import EmbeddedStore
from graph.errors import UnknownIdentifier
from graph.reading.dois import works_with_doi
from graph.store import Store, open_store
from graph.tracing import trace
from graph.tracing.identifiers import resolve

GRAPH = "https://example.org/g"


def _written(**dois: str) -> Store:
    store = open_store()
    said = [f"id: work/{name}\ntype: Work\ntitle: T\ndoi: {doi}\n" for name, doi in dois.items()]
    store.replace_graph(GRAPH, [triple for one in said for triple in yamlld.read(one).triples])
    return store


@pytest.mark.parametrize("asked", ["10.5555/tea.1", "10.5555/TEA.1", "10.5555/Tea.1", "10.5555/tEA.1"])
def test_all_that_differ_in_case_alone_are_found(asked: str) -> None:
    with _written(
        small="10.5555/tea.1", large="10.5555/TEA.1", mixed="10.5555/Tea.1", other="10.5555/Tea.10"
    ) as s:
        names = [iri.rpartition("/")[2] for iri in works_with_doi(s, asked)]
        assert names == ["large", "mixed", "small"]


@pytest.mark.parametrize("how", ["replaced", "in bulk", "by an update", "emptied"])
def test_what_is_written_later_is_found_and_what_is_gone_is_not(how: str) -> None:
    with _written(old="10.5555/Old.1") as store:
        assert isinstance(store, EmbeddedStore)
        assert works_with_doi(store, "10.5555/new.1") == ()
        assert len(works_with_doi(store, "10.5555/old.1")) == 1
        new = yamlld.read("id: work/new\ntype: Work\ndoi: 10.5555/New.1\n").triples
        if how == "replaced":
            store.replace_graph(GRAPH, new)
        elif how == "in bulk":
            store.delete_graph(GRAPH)
            store.bulk_load(GRAPH, new)
        elif how == "by an update":
            doi = "<http://purl.org/ontology/bibo/doi>"
            store.update(f"DROP GRAPH <{GRAPH}>")
            store.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:x/new> {doi} '10.5555/New.1' }} }}")
        else:
            store.clear()
        found = [iri.rpartition("/")[2] for iri in works_with_doi(store, "10.5555/nEW.1")]
        assert found == ([] if how == "emptied" else ["new"])
        assert works_with_doi(store, "10.5555/old.1") == ()


@pytest.mark.parametrize(
    "typed", ["10.5555/Tea.1", "10.5555/TEA.1", "https://doi.org/10.5555/tea.1", "doi:10.5555/tea.1"]
)
def test_a_doi_names_its_work(typed: str) -> None:
    with _written(tea="10.5555/Tea.1") as store:
        assert resolve(store, typed) == trace(store, "tea").root
        with pytest.raises(UnknownIdentifier, match="nothing here is called"):
            resolve(store, typed + "0")
