"""Ids under a base of one's own: the same evidence says the same, under other IRIs."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import ClaimspineError
from graph.export.exporting import FORMATS, export
from graph.export.publishing import Publisher
from graph.gathering import gather
from graph.impact import impact
from graph.impact import render as render_impact
from graph.rendering import render
from graph.sources import list_sources, load, remove
from graph.sources.uploads import Author, put_graph, source_text
from graph.sources.uploads import Document as Upload
from graph.store import Store, open_store
from graph.tracing import trace
from graph.using import may_change
from graph.validation import validate
from graph.vocabulary import concept_ids
from ontology.loader import DATA_BASE

OWN = "https://evidence.example.org/source/id/"  # with "source/" in it, which graphs' names have too
ROOT = "recommendation/keep-a-bedtime"


def under_default(text: str) -> str:
    return text.replace(OWN, DATA_BASE)


def test_the_same_graph_under_another_base(walking: Path) -> None:
    with open_store("memory") as usual, open_store("memory", base=OWN) as own:
        for store in (usual, own):
            load(store, [walking / "evidence"])
        assert own.base == OWN
        left = {line for line in own.dump("nquads").decode().splitlines() if DATA_BASE in line}
        shipped = {f"{DATA_BASE}{one}>" for one in concept_ids()}
        for line in left:
            if "conformsTo" not in line:  # names the context and the base that a file was read with
                assert any(part in shipped for part in line.replace("<", " ").split()), line
        plain = [line for line in usual.dump("nquads").decode().splitlines() if "conformsTo" not in line]
        moved = under_default(own.dump("nquads").decode()).splitlines()
        unnamed = [line for line in moved if "conformsTo" not in line and "_:" not in line]
        assert sorted(unnamed) == sorted(line for line in plain if "_:" not in line)
        assert len(moved) == len(usual.dump("nquads").decode().splitlines())
        for format in ("text", "json", "mermaid"):  # concepts come in the order of their IRIs
            told = [render(trace(store, "walking-most-days"), format) for store in (usual, own)]
            lines = [sorted(line.rstrip(",") for line in under_default(one).splitlines()) for one in told]
            assert lines[0] == lines[1]
        fall = [render_impact(impact(store, "pocovi2024walkback"), "text") for store in (usual, own)]
        assert fall[0] == fall[1]
        assert [one.name for one in list_sources(own)] == [one.name for one in list_sources(usual)]


@pytest.fixture
def own(evidence: Path) -> Store:
    store = open_store("memory", base=OWN)
    load(store, [evidence], validate=False)
    return store


_RDF = {"trig": ox.RdfFormat.TRIG, "turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}


@pytest.mark.parametrize("format", FORMATS)
def test_exports_stand_under_it(own: Store, evidence: Path, format: str) -> None:
    with open_store("memory") as usual:
        load(usual, [evidence], validate=False)
        by = Publisher("A", "https://example.org", "0000-0002-1825-0097", "2026-01-01")
        plain, moved = (export(store, format, ROOT, publisher=by).decode() for store in (usual, own))
    if (read := _RDF.get(format)) is not None:
        said = [
            {line for quad in ox.parse(text, format=read) if "_:" not in (line := str(quad))}
            for text in (plain, moved)
        ]
        assert not said[0] & said[1]
        assert {under_default(line) for line in said[1] if "conformsTo" not in line} == {
            line for line in said[0] if "conformsTo" not in line
        }
    elif format in ("yaml", "csv"):
        assert under_default(moved) == plain
    else:
        assert OWN in moved
        assert not any(
            f"{DATA_BASE}{kind}/" in moved for kind in ("claim", "work", "finding", "fhir", "nanopub")
        )


def test_yaml_comes_back_as_it_was(own: Store) -> None:
    name = list_sources(own)[0].name
    text = source_text(own, name, "yaml")
    assert OWN not in text
    assert DATA_BASE not in text
    assert "id: " in text


def test_queries_and_updates_name_things_under_it(own: Store) -> None:
    assert own.query("ASK { id:advice ?p ?o }") == own.query(f"ASK {{ <{OWN}advice> ?p ?o }}")
    assert own.query(f"ASK {{ <{ROOT}> a spine:Recommendation }}")
    own.update("INSERT DATA { GRAPH <urn:g> { <concept/x> rdfs:label 'x' } }")
    assert own.query(f"ASK {{ <{OWN}concept/x> ?p ?o }}")
    touched = may_change("DELETE DATA { GRAPH id:one { <urn:a> <urn:b> <urn:c> } }", OWN)
    assert touched is not None
    assert OWN + "one" in touched


def test_a_source_is_put_and_removed_under_it(own: Store) -> None:
    author = Author("a", "2026-01-01T00:00:00Z")
    text = b"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <concept/x> rdfs:label 'x' ."
    assert put_graph(own, OWN + "source/more.ttl", [Upload(text, ".ttl")], author) == "added"
    assert "more.ttl" in [one.name for one in list_sources(own)]
    assert remove(own, "more.ttl").name == "more.ttl"


def test_faults_are_told_by_ids(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: claim/a\ntype: Claim\n", encoding="utf-8")
    said = []
    for base in (None, OWN):
        with open_store("memory", base=base) as store:
            load(store, [tmp_path], validate=False)
            said.append([str(fault) for fault in validate(store)])
    assert said[0] == said[1] != []


def test_a_run_has_it_from_the_store_or_is_told(evidence: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store", base=OWN) as store:
        load(store, [evidence], validate=False)
        assert gather(store=store, evidence=[evidence]).evidence.base == OWN
    told = gather(evidence=[evidence], base=OWN).evidence
    assert told.base == OWN
    assert all(iri.startswith(OWN) for iri in told.works)


def test_a_store_keeps_its_base(evidence: Path, tmp_path: Path) -> None:
    where = tmp_path / "store"
    with open_store(where, base=OWN) as store:
        load(store, [evidence], validate=False)
    with pytest.raises(ClaimspineError, match=f"stand under {OWN}, not under https://other") as raised:
        open_store(where, base="https://other.example/")
    assert raised.value.code == "other-base"
    with open_store(where, read_only=True) as store:
        assert store.base == OWN
        assert trace(store, ROOT).root == OWN + ROOT
    with open_store(where, base=OWN) as store:
        assert all(one.status == "unchanged" for one in load(store, [evidence], validate=False).sources)
        for one in list_sources(store):
            remove(store, one.name)
    with open_store(where, base="https://other.example/") as store:  # nothing stands under the old one
        assert store.base == "https://other.example/"


@pytest.mark.parametrize(
    "base",
    [
        "",
        "data/",
        "https://x.example/id",
        "https://x.example/a b/",
        "https://x.example/<a>/",
        "//x/",
        "https://w3id.org/claimspine/ns#",
        "https://w3id.org/claimspine/ns",
    ],
)
def test_what_cannot_be_a_base(base: str) -> None:
    with pytest.raises(ClaimspineError, match="cannot stand under"):
        open_store("memory", base=base)
