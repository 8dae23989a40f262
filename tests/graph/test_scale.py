"""What must not grow with the store, and what big sources go through."""

import hashlib
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from graph.embedded.backups import restore
from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError
from graph.evidence import Iri
from graph.results import Term
from graph.shacl.neighbourhood import Neighbourhood
from graph.shacl.screening import screen
from graph.sources import list_sources, load, loading
from graph.sparql import stored
from graph.store import Store, open_store
from graph.tracing import trace
from graph.tracing.walking import below
from graph.validation import check_policies, validate

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def dump(generator: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "small.nq"
    quads = generator.write(path, 400)
    assert 24 <= quads / 400 <= 28
    return path


@pytest.fixture(scope="module")
def small(dump: Path) -> EmbeddedStore:
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    restore(store, dump)
    return store


def test_the_generated_graph_is_valid_and_the_same_every_time(
    generator: ModuleType, small: EmbeddedStore, dump: Path, tmp_path: Path
) -> None:
    assert validate(small) == ()
    assert {fault.severity for fault in check_policies(small)} <= {"warning"}
    again = tmp_path / "again.nq"
    generator.write(again, 400)
    assert again.read_bytes() == dump.read_bytes()
    assert len(small.graph_names()) == 20 == len(list_sources(small))


def test_the_first_work_is_cited_most(generator: ModuleType, small: EmbeddedStore) -> None:
    query = (
        "SELECT ?w (COUNT(*) AS ?n) WHERE { ?l spine:finding/spine:reportedIn ?w }"
        " GROUP BY ?w ORDER BY DESC(?n) LIMIT 1"
    )
    [(work, count)] = list(small.rows(query))
    assert work == generator.work_iri(1)
    assert int(count or 0) > 20


def test_a_broken_store_is_judged_as_in_memory(small: EmbeddedStore) -> None:
    triples = [quad.triple for quad in small.engine]
    broken = [t for n, t in enumerate(triples) if n % 97]
    for n, t in enumerate(triples[::211]):
        broken.append(ox.Triple(t.subject, t.predicate, triples[n * 31 % len(triples)].object))
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    store.bulk_load("urn:broken", broken)
    for judge in (validate, check_policies):
        assert judge(store) == judge([quad.triple for quad in store.engine])
    assert len(validate(store)) > 100
    store.bulk_load("urn:again", broken[::2])  # counts of triples are then not counts of values
    for judge in (validate, check_policies):
        assert judge(store) == judge([quad.triple for quad in store.engine])


def test_an_article_is_judged_by_what_is_near_it(generator: ModuleType, small: EmbeddedStore) -> None:
    """Looked up is what the article names, not the store: the same in a store four times as large."""
    looked: list[int] = []
    for name in (generator.source_iri(3), generator.source_iri(17)):
        triples = small.read_graph(name)
        assert validate(triples, beside=small, without=[name]) == ()
        data = Neighbourhood(triples, small, [name])
        for node in list(data.near):
            data.out.get(node)
        looked.append(len(data.out))
    assert max(looked) < 400


def test_an_article_with_a_fault_is_told_apart_from_its_neighbours(
    generator: ModuleType, small: EmbeddedStore
) -> None:
    name = generator.source_iri(5)
    gone = ox.NamedNode("https://w3id.org/claimspine/ns#text")
    triples = [t for t in small.read_graph(name) if t.predicate != gone]
    found = validate(triples, beside=small, without=[name])
    assert found
    own = {t.subject.value for t in triples if not isinstance(t.subject, ox.Triple)}
    assert {fault.focus for fault in found} <= own
    assert validate(triples, beside=small) == ()  # unless the old version still counts


def test_only_what_is_broken_is_held(small: EmbeddedStore) -> None:
    from importlib.resources import files

    assert list(screen(small, files("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"))) == []


def test_walking_gives_the_rows_of_the_query(loaded: Store, walking: Path, small: EmbeddedStore) -> None:
    load(loaded, [walking / "evidence"], validate=False)
    names = ((loaded, "recommendation/walking-most-days"), (loaded, "work/okafor2021sleep"))
    for store, name in (*names, (small, "recommendation/r7")):
        root = Iri("https://w3id.org/claimspine/id/" + name)
        asked = {row[:3] for row in store.rows(stored("trace"), {"root": Term.iri(root)})}
        walked = [
            (subject, prop, value)
            for subject, said in below(store, "trace", root)
            for prop, values in said.items()
            for value in values
        ]
        assert set(walked) == asked
        assert len(walked) == len(asked)
        assert len(asked) > 20


def test_a_trace_of_the_generated_graph(small: EmbeddedStore) -> None:
    found = trace(small, "recommendation/r3")
    assert len(found.of_kind("claim")) == 4
    assert found.of_kind("work")


def test_a_big_source_is_loaded_in_bulk(
    store: Store, evidence: Path, monkeypatch: pytest.MonkeyPatch, dump: Path, tmp_path: Path
) -> None:
    one = tmp_path / "one.nq"
    one.write_text(dump.read_text(encoding="utf-8"), encoding="utf-8")
    called: list[str] = []
    bulk = store.bulk_load
    monkeypatch.setattr(loading, "BULK", 1000)
    monkeypatch.setattr(store, "bulk_load", lambda name, triples: (called.append(name), bulk(name, triples)))
    first = load(store, [one, evidence], validate=False)
    assert {source.status for source in first.sources} == {"added"}
    assert len(set(called)) == 1
    held = store.dump("nquads")
    again = load(store, [one, evidence], validate=False)
    assert {source.status for source in again.sources} == {"unchanged"}
    assert store.dump("nquads") == held
    # cut off before its provenance was written: the next load replaces it whole
    graph = ox.NamedNode(called[0])
    store.replace_graph(called[0], [t for t in store.read_graph(called[0]) if t.subject != graph][:50])
    load(store, [one], validate=False)
    assert len(store.read_graph(called[0])) > 10_000


def test_what_a_big_file_says_of_itself_as_a_source_is_not_taken_from_it(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a small file: the store holds one digest of it, the true one."""
    monkeypatch.setattr(loading, "BULK", 1000)
    file, graph = tmp_path / "big.nt", "https://w3id.org/claimspine/id/source/big.nt"
    quads = ox.parse(path=str(dump), format=ox.RdfFormat.N_QUADS)
    file.write_bytes(ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.N_TRIPLES) or b"")
    with file.open("a", encoding="utf-8") as more:
        more.write(f'<{graph}> <https://w3id.org/claimspine/ns#sha256> "of another file" .\n')
    with open_store() as store:
        load(store, [file], validate=False)
        digests = [s.sha256 for s in list_sources(store) if s.graph == graph]
        assert digests == [hashlib.sha256(file.read_bytes()).hexdigest()]


def test_a_bulk_load_that_fails_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, dump: Path
) -> None:
    bulk = store.bulk_load
    monkeypatch.setattr(loading, "BULK", 1000)

    def failing(name: str, triples: list[ox.Triple]) -> None:
        bulk(name, list(triples)[:10])
        raise ClaimspineError("store-failed", "the disk is full")

    monkeypatch.setattr(store, "bulk_load", failing)
    with pytest.raises(ClaimspineError, match="disk is full"):
        load(store, [dump], validate=False)
    assert store.graph_names() == ()


def test_what_is_no_dump(store: Store, tmp_path: Path, dump: Path) -> None:
    for name, text, code in (("a.ttl", "", "unknown-format"), ("a.nq", "<urn:a> <", "rdf-syntax")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(ClaimspineError, match=code):
            restore(store, tmp_path / name)
    with pytest.raises(ClaimspineError, match="no-such-file"):
        restore(store, tmp_path / "none.nq")
    store.bulk_load("urn:g", [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"))])
    with pytest.raises(ClaimspineError, match="store-not-empty"):
        restore(store, dump)
