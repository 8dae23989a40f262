"""RDF and JSON-LD carry the prefixes and the part of the context that they use, and mean the same."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.abbreviating import abbreviated, used
from graph.impact import impact
from graph.impact.rendering import render as render_impact
from graph.jsonld import context, context_of
from graph.rendering import render
from graph.sources import load
from graph.sparql import PREFIXES
from graph.store import Store, open_store
from graph.tracing import trace

FORMATS = (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)
ROOT = "walking-most-days"


@pytest.fixture(scope="module")
def loaded(walking: Path) -> Store:
    store = open_store("memory")
    load(store, [walking / "evidence"])
    return store


@pytest.mark.parametrize("format", FORMATS, ids=str)
@pytest.mark.parametrize("size", [0, 1, 3000])
def test_nothing_is_lost_or_in_another_order(loaded: Store, format: ox.RdfFormat, size: int) -> None:
    engine: ox.Store = loaded.engine  # type: ignore[attr-defined]
    triples = sorted({quad.triple for quad in engine}, key=str)[:size]
    written = abbreviated(triples, format)
    assert abbreviated(triples, format) == written
    plain = ox.serialize(triples, format=format, prefixes=used(triples)) or b""
    assert sorted(written) == sorted(plain)
    blank = any("_:" in str(one) for one in triples)
    found = [quad.triple for quad in ox.parse(written, format=format)]
    assert len(found) == len(triples)
    assert blank or set(found) == set(triples)


def test_prefixes_are_those_used_in_order() -> None:
    spine, dcterms = PREFIXES["spine"], PREFIXES["dcterms"]
    triples = [
        ox.Triple(
            ox.NamedNode("urn:a"), ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(spine + "Work")
        ),
        ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode(dcterms + "title"), ox.Literal("schema:x sh:y")),
    ]
    text = abbreviated(triples, ox.RdfFormat.TURTLE).decode()
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == [
        "dcterms:",
        "spine:",
    ]
    xml = abbreviated(triples, ox.RdfFormat.RDF_XML).decode()
    assert "xmlns:schema" not in xml
    assert xml.index("xmlns:dcterms") < xml.index("xmlns:rdf=") < xml.index("xmlns:spine")


def test_a_prefix_of_a_datatype_or_inside_a_quoted_triple_is_used() -> None:
    date = ox.Literal("2024-01-01", datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    inner = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode(PREFIXES["skos"] + "note"), date)
    outer = ox.Triple(ox.NamedNode("urn:b"), ox.NamedNode("urn:says"), inner)
    assert set(used([outer])) == {"skos", "xsd"}


def test_a_trace_and_an_impact_mean_the_same_with_the_whole_context(loaded: Store) -> None:
    for text in (
        render(trace(loaded, ROOT), "jsonld"),
        render_impact(impact(loaded, "work/pocovi2024walkback"), "jsonld"),
    ):
        said = json.loads(text)
        assert len(said["@context"]) < len(context()) * 0.6
        whole = json.dumps({**said, "@context": context()})
        found, known = (ox.Dataset(ox.parse(one, format=ox.RdfFormat.JSON_LD)) for one in (text, whole))
        for one in (found, known):  # what is a blank node has a name of its own in each
            one.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        assert len(found) > 100
        assert found == known


def test_prefixes_in_values_are_kept() -> None:
    kept = context_of({"id": "x", "species": "schema:Thing", "text": "Note: dose"})
    assert {"schema", "species", "text", "spine", "id", "@vocab", "@base"} <= set(kept)
    assert "dose" not in kept
    assert list(kept) == [term for term in context() if term in kept]
