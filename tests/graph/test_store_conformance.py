"""The same tests on every store: memory, a folder, the oxigraph server and Virtuoso, both on loopback."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from graph.errors import ClaimspineError
from graph.reading import read_evidence
from graph.remote.access import Credentials
from graph.rendering import render
from graph.results import Bindings, Term
from graph.sources import list_sources, load, remove
from graph.store import Store, open_store
from graph.tracing import trace

GRAPH = "https://example.org/source/one"
KINDS = ("memory", "folder", "oxigraph", "virtuoso")
VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {folder}
SchedulerInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[None]:
    """A server in a folder of its own, ended with the test."""
    with (folder / "out.log").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=folder)
    try:
        for _ in range(300):
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(url, timeout=2).status_code < 500:
                    break
            if process.poll() is not None:
                raise AssertionError((folder / "out.log").read_text()[-2000:])
            time.sleep(0.1)
        else:
            raise AssertionError("the server did not start")
        yield
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def oxigraph_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the oxigraph server is not installed (pip install oxigraph)")
    folder, port = tmp_path_factory.mktemp("oxigraph"), free_port()
    command = [str(program), "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"]
    with running(command, f"http://127.0.0.1:{port}/", folder):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (apt-get install virtuoso-opensource-7-bin)")
    folder, http, sql = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, http=http, sql=sql))
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    host = f"http://127.0.0.1:{http}"
    with running(command, f"{host}/sparql", folder):
        yield f"{host}/sparql?update={host}/sparql-auth&graphs={host}/sparql-graph-crud-auth"


@pytest.fixture(params=KINDS)
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    match request.param:
        case "memory":
            where = "memory"
        case "folder":
            where = str(tmp_path / "store")
        case other:
            where = request.getfixturevalue(f"{other}_url")
    credentials = Credentials("dba", "dba") if request.param == "virtuoso" else None
    with open_store(where, credentials=credentials) as store:
        store.replace_graphs(dict.fromkeys(store.graph_names()))
        yield store


def triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


SOME = triples('<urn:a> <urn:p> "x", <urn:b> . <urn:b> <urn:q> ( 1 2 ) .')


def test_queries_see_all_graphs_as_one(any_store: Store) -> None:
    any_store.replace_graph(GRAPH, SOME)
    any_store.replace_graph("urn:other", triples("<urn:b> <urn:r> <urn:c> ."))
    answer = any_store.query("SELECT ?c { <urn:a> <urn:p> ?b . ?b <urn:r> ?c }")
    assert answer == Bindings(("c",), ((Term.iri("urn:c"),),))


def test_from_narrows(any_store: Store) -> None:
    any_store.replace_graphs({GRAPH: SOME, "urn:other": triples("<urn:b> <urn:p> <urn:c> .")})
    rows = list(any_store.rows("SELECT ?s FROM <urn:other> WHERE { ?s <urn:p> ?o }"))
    assert rows == [("urn:b",)]


def test_replacing_is_whole_and_deleting_exact(any_store: Store) -> None:
    any_store.replace_graphs({GRAPH: SOME, "urn:2": SOME})
    any_store.replace_graphs({GRAPH: triples("<urn:new> <urn:p> <urn:b> ."), "urn:3": SOME, "urn:2": None})
    assert [str(t.subject) for t in any_store.read_graph(GRAPH)] == ["<urn:new>"]
    assert any_store.graph_names() == (GRAPH, "urn:3")
    assert [any_store.has_graph(name) for name in (GRAPH, "urn:2", "urn:3")] == [True, False, True]
    any_store.delete_graph(GRAPH)
    any_store.delete_graph(GRAPH)
    assert any_store.graph_names() == ("urn:3",)
    assert len(any_store.read_graph("urn:3")) == len(SOME)


def test_lists_keep_their_order(any_store: Store) -> None:
    any_store.replace_graph(GRAPH, triples('<urn:a> <urn:l> ("b" "a" "c") .'))
    query = "SELECT ?v { <urn:a> <urn:l>/rdf:rest/rdf:first ?v }"
    assert list(any_store.rows(query)) == [("a",)]


def test_parameters_are_values_never_text(any_store: Store) -> None:
    any_store.replace_graph(GRAPH, SOME)
    asked = "SELECT ?s ?v { ?s <urn:p> ?v }"
    assert list(any_store.rows(asked, {"v": Term.literal("x")})) == [("urn:a", "x")]
    assert not list(any_store.rows(asked, {"v": Term.literal('x" } DROP ALL #')}))
    assert list(any_store.rows(asked, {"v": Term.iri("urn:b")})) == [("urn:a", "urn:b")]
    with pytest.raises(ClaimspineError, match="not a valid iri"):
        list(any_store.rows(asked, {"v": Term.iri("not an iri")}))
    with pytest.raises(ClaimspineError, match="unknown-parameter"):
        list(any_store.rows("SELECT ?s { ?s ?p ?v }", {"v": Term.literal("x")}))


def test_terms_keep_language_and_number(any_store: Store) -> None:
    any_store.replace_graph(
        GRAPH,
        triples(
            '<urn:a> <urn:p> "Schlaf"@de ; <urn:n> 0.72 ; '
            '<urn:y> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> .'
        ),
    )
    answer = any_store.query("SELECT ?o { <urn:a> <urn:p> ?o }")
    assert isinstance(answer, Bindings)
    assert answer.rows == ((Term("literal", "Schlaf", None, "de"),),)
    assert [float(v or 0) for (v,) in any_store.rows("SELECT ?o { <urn:a> <urn:n> ?o }")] == [0.72]
    assert [(v or "")[:4] for (v,) in any_store.rows("SELECT ?o { <urn:a> <urn:y> ?o }")] == ["2024"]


def test_odd_text_survives(any_store: Store) -> None:
    odd = "quotes \" and ' and \\ and\nlines\tand ünïcödé 🚶 and <tags> & %s {x} $1 ?y"
    any_store.replace_graph(GRAPH, [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(odd))])
    assert list(any_store.rows("SELECT ?o { <urn:a> <urn:p> ?o }")) == [(odd,)]
    assert [t.object.value for t in any_store.read_graph(GRAPH)] == [odd]  # type: ignore[union-attr]


def test_each_form_of_query(any_store: Store) -> None:
    any_store.replace_graph(GRAPH, SOME)
    assert any_store.query("ASK { <urn:a> ?p ?o }") is True
    assert any_store.query("ASK { <urn:z> ?p ?o }") is False
    for format in ("csv", "tsv", "json", "xml"):
        assert b"urn:b" in any_store.query_serialized("SELECT ?o { <urn:a> <urn:p> ?o }", format)
    for format in ("turtle", "ntriples", "jsonld", "rdfxml"):
        construct = "CONSTRUCT { ?s <urn:q/z> ?o } WHERE { ?s <urn:p> ?o }"
        assert b"urn:a" in any_store.query_serialized(construct, format)
    with pytest.raises(ClaimspineError, match="format-not-for-query"):
        any_store.query_serialized("ASK { ?s ?p ?o }", "turtle")
    with pytest.raises(ClaimspineError, match="not-a-select"):
        list(any_store.rows("ASK { ?s ?p ?o }"))


def test_relative_iris_stand_under_the_data_base(any_store: Store) -> None:
    any_store.replace_graph(GRAPH, triples("<https://w3id.org/claimspine/id/work/a> <urn:p> 1 ."))
    assert any_store.query("ASK { <work/a> <urn:p> 1 }") is True
    assert any_store.query("BASE <urn:x:> ASK { <work/a> <urn:p> 1 }") is False
    any_store.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <work/b> <urn:p> 2 }} }}")
    assert list(any_store.rows("SELECT ?s { ?s <urn:p> 2 }")) == [("https://w3id.org/claimspine/id/work/b",)]


def test_a_syntax_error_is_one(any_store: Store) -> None:
    with pytest.raises(ClaimspineError, match="query-syntax"):
        any_store.query("SELECT ?s WHERE { ?s ?p }")


def test_updates(any_store: Store) -> None:
    any_store.update(f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:p> 1 }} }}")
    assert len(any_store.read_graph(GRAPH)) == 1
    any_store.update(f"DELETE WHERE {{ GRAPH <{GRAPH}> {{ <urn:a> ?p ?o }} }}")
    assert any_store.read_graph(GRAPH) == []


def test_a_long_graph_comes_whole(any_store: Store) -> None:
    """Virtuoso cuts answers at 10,000 rows without saying so."""
    many = [
        ox.Triple(ox.NamedNode(f"urn:s{n}"), ox.NamedNode("urn:p"), ox.Literal(str(n))) for n in range(12_000)
    ]
    any_store.bulk_load(GRAPH, many)
    assert len(any_store.read_graph(GRAPH)) == len(many)


def test_sources_evidence_and_traces_are_the_same_as_in_memory(any_store: Store, walking: Path) -> None:
    files = [
        walking / "evidence" / name for name in ("concepts.yaml", "groups.yaml", "pocovi2024walkback.yaml")
    ]
    with open_store("memory") as memory:
        load(memory, files, validate=False)
        load(any_store, files, validate=False)
        assert [s.name for s in list_sources(any_store)] == [s.name for s in list_sources(memory)]
        assert read_evidence(any_store) == read_evidence(memory)
        told = render(trace(any_store, "pocovi2024walkback"), "text")
        assert told == render(trace(memory, "pocovi2024walkback"), "text")
    again = load(any_store, files, validate=False)
    assert {source.status for source in again.sources} == {"unchanged"}
    assert remove(any_store, "groups").name == "groups"
    assert [s.name for s in list_sources(any_store)] == ["concepts", "pocovi2024walkback"]


def test_a_service_that_is_not_there() -> None:
    with pytest.raises(ClaimspineError, match="store-unreachable"):
        open_store(f"http://127.0.0.1:{free_port()}/sparql")


def test_a_service_that_refuses(virtuoso_url: str) -> None:
    with open_store(virtuoso_url) as store, pytest.raises(ClaimspineError, match="store-refused"):
        store.update("INSERT DATA { GRAPH <urn:x> { <urn:a> <urn:b> 1 } }")
