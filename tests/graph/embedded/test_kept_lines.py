"""The kept index of evidence lines says what the store says, whatever was written, in whatever order."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.embedded.backups import restore
from graph.embedded.kept_lines import NAME, KeptLines, weight_of
from graph.embedded.line_index import Hanging, LineIndex
from graph.embedded.store import EmbeddedStore
from graph.impact import impact
from graph.jsonld import term
from graph.reading import read_evidence
from graph.sources import load
from graph.store import open_store

ROOT = Path(__file__).parents[3]
SPINE = "https://w3id.org/claimspine/ns#"
GRAPHS = ("urn:g:1", "urn:g:2", "urn:g:3")
_LINES = [ox.NamedNode(f"urn:l:{n}") for n in range(4)]
_VALUES = {
    "finding": [ox.NamedNode(f"urn:f:{n}") for n in range(3)],
    "bearsOn": [ox.NamedNode(f"urn:c:{n}") for n in range(3)],
    "direction": [ox.NamedNode(f"{SPINE}direction-{way}") for way in ("supports", "refutes", "neutral")],
    "strength": [ox.NamedNode(f"{SPINE}strength-{how}") for how in ("strong", "moderate", "weak", "odd")],
}
_triples = st.lists(
    st.sampled_from([(line, key, value) for line in _LINES for key in _VALUES for value in _VALUES[key]]).map(
        lambda said: ox.Triple(said[0], ox.NamedNode(term(said[1])), said[2])
    ),
    max_size=14,
)
_writes = st.one_of(
    st.tuples(st.just("replace"), st.dictionaries(st.sampled_from(GRAPHS), st.none() | _triples, min_size=1)),
    st.tuples(st.just("bulk"), st.tuples(st.sampled_from(GRAPHS), _triples)),
    st.tuples(st.just("update"), st.sampled_from(GRAPHS)),
    st.tuples(st.just("reopen"), st.none()),
    st.tuples(st.just("cut off"), st.tuples(st.sampled_from(GRAPHS), _triples)),
    st.tuples(st.just("behind"), st.tuples(st.sampled_from(GRAPHS), _triples)),
    st.tuples(st.just("lost"), st.none()),
)


def as_the_store_says(store: EmbeddedStore) -> set[Hanging]:
    """Worked out from the whole store, without what is tested."""
    query = (
        "SELECT ?f ?t ?l ?d ?s WHERE { ?l spine:finding ?f ; spine:bearsOn ?t ; spine:direction ?d"
        " OPTIONAL { ?l spine:strength ?s } }"
    )
    found: dict[tuple[str, str, str], int] = {}
    for finding, target, line, direction, strength in store.rows(query):
        key = (finding or "", target or "", line or "")
        found[key] = max(found.get(key, 0), weight_of(direction or "", strength))
    return {(*key, weight) for key, weight in found.items()}


def as_kept(folder: Path) -> set[Hanging]:
    with closing(sqlite3.connect(folder / NAME)) as connection:
        return set(connection.execute("SELECT finding, target, line, weight FROM hanging"))


def opened(folder: Path) -> EmbeddedStore:
    store = open_store(folder)
    assert isinstance(store, EmbeddedStore)
    return store


@settings(max_examples=25, deadline=None)
@given(st.lists(_writes, min_size=1, max_size=7))
def test_after_any_writes_the_index_is_what_the_store_says(writes: list[tuple[str, object]]) -> None:
    folder = Path(tempfile.mkdtemp()) / "store"
    store = opened(folder)
    try:
        for kind, what in writes:
            store = _write(store, folder, kind, what)
            assert store.lines() is not None
            assert as_kept(folder) == as_the_store_says(store)
    finally:
        store.close()
        shutil.rmtree(folder.parent)


def _write(store: EmbeddedStore, folder: Path, kind: str, what: object) -> EmbeddedStore:
    match kind, what:
        case "replace", dict():
            store.replace_graphs(what)
        case "bulk", (str(name), list(triples)):
            store.bulk_load(name, triples)
        case "update", str(name):
            store.update(
                f"DELETE {{ GRAPH <{name}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
            )
        case "reopen", None:
            store.close()
            return opened(folder)
        case "cut off", (str(name), list(triples)):
            with pytest.raises(InterruptedError):
                _cut_off(store, name, triples)
            store.close()
            return opened(folder)
        case "behind", (str(name), list(triples)):
            store.close()
            engine = ox.Store(str(folder))  # another program, that knows nothing of the index
            engine.extend(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name)) for t in triples)
            engine.flush()
            del engine
            return opened(folder)
        case "lost", None:
            store.close()
            (folder / NAME).unlink()
            return opened(folder)
    return store


def _cut_off(store: EmbeddedStore, name: str, triples: list[ox.Triple]) -> None:
    """Killed after the store wrote, before the index was renewed."""
    assert store._kept is not None
    with store._kept.changing(store.engine, [name], triples):
        node = ox.NamedNode(name)
        store.engine.remove_graph(node)
        store.engine.extend(ox.Quad(t.subject, t.predicate, t.object, node) for t in triples)
        raise InterruptedError


def test_a_write_renews_the_index_before_it_is_acknowledged(tmp_path: Path) -> None:
    """Nobody has to ask first: a reader after us finds it as it should be."""
    folder = tmp_path / "store"
    with opened(folder) as store:
        for name, line in zip(GRAPHS, _LINES, strict=False):
            said = [ox.Triple(line, ox.NamedNode(term(key)), values[0]) for key, values in _VALUES.items()]
            store.replace_graph(name, said)
            hanging = (_VALUES["finding"][0].value, _VALUES["bearsOn"][0].value, line.value, 3)
            assert hanging in as_kept(folder)
        store.delete_graph(GRAPHS[0])
        assert len(as_kept(folder)) == 2
    with open_store(folder, read_only=True) as reader:
        assert isinstance(reader, EmbeddedStore)
        kept = reader.lines()
        assert kept is not None
        assert kept.count([_VALUES["finding"][0].value]) == (2, 1)


def test_a_reader_does_without_an_index_that_is_not_whole(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    said = [ox.Triple(_LINES[0], ox.NamedNode(term("finding")), _VALUES["finding"][0])]
    with opened(folder) as store:
        store.bulk_load(GRAPHS[0], said)
        store.update("DROP SILENT GRAPH <urn:g:2>")  # what an update touched is not known
    with open_store(folder, read_only=True) as reader:
        assert isinstance(reader, EmbeddedStore)
        assert reader.lines() is None
    (folder / NAME).write_bytes(b"no database at all" * 100)
    with opened(folder) as store:
        assert store.lines() is None
        store.delete_graph(GRAPHS[0])
    with opened(folder) as store:
        assert store.lines() is not None  # made anew


def test_an_index_that_cannot_be_written_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "store"
    said = [ox.Triple(_LINES[0], ox.NamedNode(term(key)), values[0]) for key, values in _VALUES.items()]
    with opened(folder) as store:
        monkeypatch.setattr(LineIndex, "note", _full)
        store.replace_graph(GRAPHS[0], said)  # the write itself is done
        assert store.read_graph(GRAPHS[0])
        assert store.lines() is None
        assert not (folder / NAME).exists()
    monkeypatch.undo()
    with opened(folder) as store:
        assert store.lines() is not None
        assert as_kept(folder) == as_the_store_says(store) != set()


def _full(*_: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")


def test_blank_lines_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    blank = ox.BlankNode("l")
    said = [ox.Triple(blank, ox.NamedNode(term(key)), values[0]) for key, values in _VALUES.items()]
    with opened(folder) as store:
        store.replace_graph(GRAPHS[0], said)
        kept = store.lines()
        assert kept is not None
        assert kept.count([_VALUES["finding"][0].value]) == (1, 1)
        assert as_kept(folder) == as_the_store_says(store)
        store.replace_graph(GRAPHS[0], [])
        assert store.lines() is not None
        assert as_kept(folder) == set()


# Impact -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(generator: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("kept")
    generator.write(where / "graph.nq", 600)
    with open_store(where / "store") as store:
        restore(store, where / "graph.nq")
    return where / "store"


@pytest.fixture
def stores(folder: Path) -> Iterator[list[EmbeddedStore]]:
    """The same in a folder with its index, and in memory without one."""
    with open_store(folder, read_only=True) as kept, open_store() as memory:
        assert isinstance(kept, EmbeddedStore)
        assert isinstance(memory, EmbeddedStore)
        restore(memory, folder.parent / "graph.nq")
        assert kept.lines() is not None
        assert memory.lines() is None
        yield [kept, memory]


@pytest.mark.parametrize("limit", [0, 1, 7, None])
def test_impact_is_the_same_with_an_index_without_and_from_evidence(
    stores: list[EmbeddedStore], generator: ModuleType, limit: int | None
) -> None:
    evidence = read_evidence(stores[1])
    for number in (1, 2, 17):
        root = generator.work_iri(number)
        found = [impact(one, root, limit=limit) for one in (*stores, evidence)]
        assert found[0] == found[1] == found[2]
        assert found[0].lines > 0
        borne = {one.iri for one in impact(evidence, root, limit=None).affected if one.lost}
        assert found[0].not_judged == (0 if limit is None else max(0, len(borne) - limit))


def test_what_is_judged_is_what_loses_most(stores: list[EmbeddedStore], generator: ModuleType) -> None:
    root = generator.work_iri(1)
    whole = impact(stores[0], root, limit=None)
    weights = sorted((one.weight for one in whole.affected if one.lost), reverse=True)
    some = impact(stores[0], root, limit=5)
    assert sorted((one.weight for one in some.affected if one.lost), reverse=True)[:5] == weights[:5]
    assert some.lines == whole.lines
    assert some.not_judged + 5 == sum(bool(one.lost) for one in whole.affected)


def test_a_source_that_is_replaced_moves_the_impact(tmp_path: Path) -> None:
    """Counted is what is there now: a line that went does not fall with the work."""
    line = """\
- id: claim/{name}
  type: Claim
  text: Something about {name}.
  evidence:
    - id: line/{name}
      type: EvidenceLine
      finding: finding/w/a
      direction: supports
      strength: strong
      directness: direct
      method: curated
"""
    work = """\
id: work/w
type: Work
title: A work
findings:
  - {id: finding/w/a, type: Finding, quoteRole: result, method: curated}
"""
    (tmp_path / "work.yaml").write_text(work, encoding="utf-8")
    claims = tmp_path / "claims.yaml"
    with open_store(tmp_path / "store") as store:
        for names in (("one", "two"), ("two", "three", "four"), ("five",)):
            claims.write_text("".join(line.format(name=name) for name in names), encoding="utf-8")
            load(store, [tmp_path / "work.yaml", claims], validate=False)
            found = impact(store, "work/w")
            assert {one.iri.rpartition("/")[2] for one in found.affected} == set(names)
            assert found.lines == len(names)
        assert isinstance(store, EmbeddedStore)
        assert isinstance(store._kept, KeptLines)
        assert store.lines() is not None
