"""Nodes that are kept between traces: the trace is the one that would be made with nothing kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.embedded.store import EmbeddedStore
from graph.evidence import GraphClaim
from graph.reading import kept_nodes
from graph.reading.kept_nodes import KEPT_NODES
from graph.sources import load, remove
from graph.store import Store, open_store
from graph.terms import RDF
from graph.tracing import Trace, trace
from ontology.loader import DATA_BASE, NAMESPACE

CLAIM = "claim/routine-lowers-pressure"
SETTLE = "<https://w3id.org/claimspine/id/claim/routine-lowers-pressure>"


def fresh(store: EmbeddedStore, identifier: str) -> Trace:
    """The trace with nothing kept."""
    store.forget()
    return trace(store, identifier)


def test_the_second_trace_reads_nothing(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(loaded, EmbeddedStore)
    first = trace(loaded, "recommendation/keep-a-bedtime")

    class Silent:
        def quads_for_pattern(self, subject: object, prop: object, node: object) -> list[ox.Quad]:
            assert prop is not None, "a node was read again"
            return [engine_quad]

    engine_quad = next(loaded.engine.quads_for_pattern(None, None, None))
    monkeypatch.setattr(loaded, "_engine", Silent())
    assert trace(loaded, "recommendation/keep-a-bedtime") == first
    below = trace(loaded, CLAIM)
    assert {node.iri for node in below.nodes} < {node.iri for node in first.nodes}
    assert all(first.node(node.iri).value is node.value for node in below.nodes if node.value is not None)


def test_each_node_is_read_once_and_no_list_is_borne_on(
    loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory an engine looks at all lists for the lines on ``rdf:nil``: a third of the first trace."""
    assert isinstance(loaded, EmbeddedStore)
    whole, engine = fresh(loaded, "recommendation/keep-a-bedtime"), loaded.engine
    read: list[tuple[object, object]] = []

    class Watched:
        def quads_for_pattern(self, subject: ox.NamedNode, prop: ox.NamedNode, node: ox.NamedNode) -> object:
            read.append((subject, node))
            return engine.quads_for_pattern(subject, prop, node)

    monkeypatch.setattr(loaded, "_engine", Watched())
    assert fresh(loaded, "recommendation/keep-a-bedtime") == whole
    assert len(read) == len(set(read))
    borne = {str(node) for _, node in read if node is not None}
    assert f"<{DATA_BASE}claim/routine-lowers-pressure>" in borne
    cells = list(engine.quads_for_pattern(None, ox.NamedNode(RDF + "first"), None))
    assert any(str(cell.subject) in {str(subject) for subject, _ in read} for cell in cells)
    assert borne.isdisjoint({str(quad.subject) for quad in cells} | {f"<{RDF}nil>"})


def test_every_kind_of_write_is_seen(loaded: Store, later: Path) -> None:
    assert isinstance(loaded, EmbeddedStore)
    node = ox.NamedNode(DATA_BASE + CLAIM)
    said = ox.Triple(node, ox.NamedNode(NAMESPACE + "exposure"), ox.NamedNode("urn:e"))
    writes = (
        lambda: load(loaded, [later], validate=False),
        lambda: remove(loaded, "later"),
        lambda: loaded.bulk_load("urn:g", [said]),
        lambda: loaded.replace_graph("urn:g", []),
        lambda: loaded.update(f"INSERT DATA {{ GRAPH <urn:g> {{ {SETTLE} spine:outcome <urn:o> }} }}"),
        lambda: loaded.delete_graph("urn:g"),
        lambda: loaded.update(
            f"DELETE {{ GRAPH ?g {{ ?s ?p {SETTLE} }} }} WHERE {{ GRAPH ?g {{ ?s ?p {SETTLE} }} }}"
        ),
    )
    before = trace(loaded, CLAIM)
    for write in writes:
        write()
        now = trace(loaded, CLAIM)
        assert now == fresh(loaded, CLAIM) != before
        before = now


def test_a_write_that_fails_changes_no_trace(loaded: Store) -> None:
    before = trace(loaded, CLAIM)
    with pytest.raises(Exception, match="cannot read the update"):
        loaded.update("INSERT DATA {")
    assert trace(loaded, CLAIM) == before


def test_a_trace_begun_before_a_write_leaves_nothing_behind(
    loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(loaded, EmbeddedStore)
    keep = kept_nodes.KeptNodes.keep

    def late(self: kept_nodes.KeptNodes, nodes: dict[str, kept_nodes.Said]) -> None:
        if DATA_BASE + CLAIM in nodes:
            monkeypatch.undo()
            loaded.update(f"INSERT DATA {{ GRAPH <urn:g> {{ {SETTLE} spine:outcome <urn:o> }} }}")
        keep(self, nodes)

    monkeypatch.setattr(kept_nodes.KeptNodes, "keep", late)
    trace(loaded, CLAIM)
    after = trace(loaded, CLAIM)
    value = after.node(after.root).value
    assert isinstance(value, GraphClaim)
    assert "urn:o" in value.outcome


def test_what_another_process_wrote_is_seen(walking: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        load(store, [walking / "evidence"], validate=False)
        before = trace(store, "walking-most-days")
    writing = (
        "import sys; from graph.store import open_store\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    store.update('DELETE WHERE { GRAPH ?g { ?line spine:bearsOn ?claim } }')\n"
    )
    subprocess.run([sys.executable, "-c", writing, str(tmp_path / "store")], check=True, timeout=60)
    with open_store(tmp_path / "store", read_only=True) as store:
        after = trace(store, "walking-most-days")
    assert [edge for edge in before.edges if edge.line]
    assert not [edge for edge in after.edges if edge.line]


def test_memory_is_bounded(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(loaded, EmbeddedStore)
    whole = fresh(loaded, "recommendation/keep-a-bedtime")
    monkeypatch.setattr(kept_nodes, "KEPT", 40)
    loaded.forget()
    for _ in range(3):
        assert trace(loaded, "recommendation/keep-a-bedtime") == whole
        kept = KEPT_NODES.of(loaded)._nodes.values()
        assert sum(1 + sum(map(len, said.values())) for said in kept) <= 40


def test_a_line_on_a_paper_is_no_part_of_a_trace(store: Store) -> None:
    """Shapes refuse it; the walk does not look for it, and a query that finds it changes no trace."""
    lines = (
        "<urn:w> a spine:Work ; spine:reports <urn:s> . <urn:s> a spine:Study .",
        "<urn:f> a spine:Finding ; spine:reportedIn <urn:w> .",
        "<urn:l> a spine:EvidenceLine ; spine:bearsOn <urn:w> ; spine:finding <urn:f> ;",
        "  spine:direction spine:direction-supports .",
    )
    store.update("INSERT DATA { GRAPH <urn:g> { " + "\n".join(lines) + " } }")
    assert [(edge.source, edge.relation) for edge in trace(store, "urn:w").edges] == [("urn:w", "reports")]
