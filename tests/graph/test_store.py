import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.embedded.snapshots import take
from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError, StoreInUse
from graph.results import Bindings, Term, Triples
from graph.store import Store, open_store

GRAPH = "https://example.org/source/one"


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


SOME = _triples('<urn:a> <urn:p> "x", <urn:b> . <urn:b> <urn:q> ( 1 2 ) .')


def test_queries_see_all_graphs_as_one(store: Store) -> None:
    store.replace_graph(GRAPH, SOME)
    store.replace_graph("urn:other", _triples("<urn:b> <urn:r> <urn:c> ."))
    answer = store.query("SELECT ?c { <urn:a> <urn:p> ?b . ?b <urn:r> ?c }")
    assert answer == Bindings(("c",), ((Term.iri("urn:c"),),))


def test_replacing_is_whole(store: Store) -> None:
    store.replace_graph(GRAPH, SOME)
    store.replace_graph(GRAPH, _triples("<urn:new> <urn:p> <urn:b> ."))
    assert [str(t.subject) for t in store.read_graph(GRAPH)] == ["<urn:new>"]
    store.delete_graph(GRAPH)
    assert store.graph_names() == ()
    store.delete_graph(GRAPH)


def test_several_graphs_are_replaced_together(store: Store) -> None:
    store.replace_graphs({"urn:1": SOME, "urn:2": SOME})
    store.replace_graphs({"urn:1": None, "urn:3": SOME})
    assert store.graph_names() == ("urn:2", "urn:3")


def test_parameters_are_values_never_text(store: Store) -> None:
    store.replace_graph(GRAPH, SOME)
    asked = "SELECT ?s ?v { ?s <urn:p> ?v }"
    assert len(list(store.rows(asked, {"v": Term.literal("x")}))) == 1
    assert not list(store.rows(asked, {"v": Term.literal('x" } DROP ALL #')}))
    with pytest.raises(ClaimspineError, match="not a valid iri"):
        list(store.rows(asked, {"v": Term.iri("not an iri")}))
    with pytest.raises(ClaimspineError, match="unknown-parameter"):
        list(store.rows("SELECT ?s { ?s ?p ?v }", {"v": Term.literal("x")}))


def test_terms_keep_language_and_datatype(store: Store) -> None:
    store.replace_graph(GRAPH, _triples('<urn:a> <urn:p> "Schlaf"@de .'))
    answer = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, Bindings)
    assert answer.rows == ((Term("literal", "Schlaf", None, "de"),),)


def test_each_form_of_query(store: Store) -> None:
    store.replace_graph(GRAPH, SOME)
    assert store.query("ASK { <urn:a> ?p ?o }") is True
    answer = store.query("CONSTRUCT { ?s <urn:z> ?o } WHERE { ?s <urn:p> ?o }")
    assert isinstance(answer, Triples)
    assert len(answer.triples) == 2
    assert (
        store.query_serialized("SELECT ?o { <urn:a> <urn:p> ?o } ORDER BY ?o", "csv").splitlines()[0] == b"o"
    )
    assert b"urn:z" in store.query_serialized("CONSTRUCT { ?s <urn:z> ?o } WHERE { ?s <urn:p> ?o }", "turtle")
    with pytest.raises(ClaimspineError, match="format-not-for-query"):
        store.query_serialized("ASK {}", "turtle")
    with pytest.raises(ClaimspineError, match="not-a-select"):
        list(store.rows("ASK {}"))


def test_a_syntax_error_says_where(store: Store) -> None:
    with pytest.raises(ClaimspineError) as caught:
        store.query("SELECT ?s\nWHERE { ?s ?p }")
    assert caught.value.code == "query-syntax"
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("query", "said", "hint"),
    [
        ("", "cannot read the query: it is empty", None),
        ("PREFIX a: <urn:a>", "cannot read the query: nothing comes after its declarations", None),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "The SELECT contains a variable that is unbound", None),
        ("SELECT * { ?s none:p ?o }", "a prefix in it is not declared", "PREFIX name: <...>"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT begins an update", "different places"),
        ("PREFIX a: <urn:a> # b\ndelete where { ?s ?p ?o }", "DELETE begins an update", "different places"),
        ("ASK { ?s ?p _:a } ; ", "it cannot go on like this here", None),
        ("PREFIX a: <urn:a> SELEKT * { ?s ?p ?o }", "'SELEKT' begins no query", "SELECT"),
        ("<urn:a>", "'<urn:a>' begins no query", "ASK"),
        ("PREFIX a <urn:a> ASK {}", "expected", None),
        ("SELECT * { ?s ?p ?o ", 'expected one of ",", "."', None),
    ],
)
def test_a_query_that_cannot_be_read_is_told_why(query: str, said: str, hint: str | None) -> None:
    with open_store("memory") as store, pytest.raises(ClaimspineError) as caught:
        store.query(query)
    assert caught.value.code == "query-syntax"
    assert said in caught.value.message
    assert "[_]" not in caught.value.message
    assert (hint or "") in (caught.value.hint or "")
    assert caught.value.line is not None


def test_a_query_is_no_update() -> None:
    with (
        open_store("memory") as store,
        pytest.raises(ClaimspineError, match="SELECT begins a query") as caught,
    ):
        store.update("SELECT * { ?s ?p ?o }")
    assert caught.value.message.startswith("cannot read the update")


def test_a_failed_write_changes_nothing(store: Store) -> None:
    store.replace_graph(GRAPH, SOME)
    before = store.dump("nquads")
    with pytest.raises(ClaimspineError):
        store.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { nonsense }")
    assert store.dump("nquads") == before


def test_a_folder_keeps_what_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "store"
    with open_store(folder) as store:
        store.replace_graph(GRAPH, SOME)
    with open_store(folder, read_only=True) as store:
        assert len(store.read_graph(GRAPH)) == len(SOME)
        with pytest.raises(ClaimspineError, match="store-read-only"):
            store.delete_graph(GRAPH)


def test_a_folder_in_use_by_this_process(tmp_path: Path) -> None:
    with open_store(tmp_path / "s"):
        for read_only in (False, True):
            with pytest.raises(StoreInUse, match="in use"):
                open_store(tmp_path / "s", read_only=read_only)
    open_store(tmp_path / "s").close()


def test_a_folder_in_use_by_another_process(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom graph.store import open_store\n"
        f"store = open_store({str(tmp_path / 's')!r})\nprint('open', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "open"
        for read_only in (False, True):
            with pytest.raises(StoreInUse) as caught:
                open_store(tmp_path / "s", read_only=read_only)
            assert "another process" in str(caught.value)
        other.communicate("")
    open_store(tmp_path / "s").close()


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    for where, read_only, code in (
        ("file", False, "not-a-store"),
        ("full", False, "not-a-store"),
        ("missing", True, "no-such-store"),
    ):
        with pytest.raises(ClaimspineError, match=code):
            open_store(tmp_path / where, read_only=read_only)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full"]


def test_a_closed_store_says_so() -> None:
    store = open_store()
    store.close()
    store.close()
    with pytest.raises(ClaimspineError, match="store-closed"):
        store.graph_names()


def test_an_update_of_a_graph_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(ClaimspineError, match="does not exist"):
        store.update("DROP GRAPH <urn:none>")


class Damaged:
    """An engine whose files were taken away."""

    def backup(self, at: str) -> None:
        raise RuntimeError("Corruption: File smaller than expected for copy")


def test_a_store_whose_files_were_taken_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was a fault of the service (500) instead of one of the store (503)."""
    with open_store(tmp_path / "store") as held:
        held.replace_graph(GRAPH, SOME)
        held.flush()
        with monkeypatch.context() as patched:
            patched.setattr(EmbeddedStore, "engine", Damaged())
            with pytest.raises(ClaimspineError, match="store-failed"):
                take(held, tmp_path / "snapshot", in_memory_quads=0)
