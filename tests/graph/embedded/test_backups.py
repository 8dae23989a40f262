from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.embedded.backups import restore, write_backup
from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError
from graph.export import export
from graph.sources import list_sources, load, remove
from graph.sources.history import history
from graph.store import Store, open_store
from graph.tracing import trace


def _canonical(store: Store) -> set[ox.Quad]:
    assert isinstance(store, EmbeddedStore)
    held = ox.Dataset(store.engine)
    held.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(held)


@pytest.fixture
def lived_in(evidence: Path, tmp_path: Path) -> Store:
    """A store with a source replaced and one removed."""
    store = open_store()
    extra = tmp_path / "extra.yaml"
    extra.write_text("id: work/old\ntype: Work\ntitle: Old\nauthors: [Old A, Older B]\n", encoding="utf-8")
    load(store, [evidence, extra], at="2026-01-01T00:00:00Z")
    extra.write_text("id: work/old\ntype: Work\ntitle: Older\n", encoding="utf-8")
    load(store, [extra], at="2026-01-02T00:00:00Z")
    remove(store, "extra", at="2026-01-03T00:00:00Z")
    return store


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_graphs_provenance_and_history_come_back_as_they_were(
    lived_in: Store, evidence: Path, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"all.{suffix}"
    if suffix == "nq":
        write_backup(lived_in, file)
    else:
        file.write_bytes(export(lived_in, "trig"))
    again = open_store(tmp_path / "restored")
    assert restore(again, file) == len(lived_in.graph_names())
    assert _canonical(again) == _canonical(lived_in)
    assert list_sources(again) == list_sources(lived_in)
    assert history(again) == history(lived_in)
    assert [one.number for one in history(again, "extra")] == [1, 2]
    assert history(again, "extra")[1].removed
    name = "recommendation/keep-a-bedtime"
    assert trace(again, name) == trace(lived_in, name)
    report = load(again, [evidence], at="2026-02-01T00:00:00Z")
    assert {one.status for one in report.sources} == {"unchanged"}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <", "rdf-syntax"),
        ("a.trig", "@prefix", "rdf-syntax"),
        ("a.nq", "<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b> <urn:c> .\n", "not-a-dump"),
        ("a.ttl", "", "unknown-format"),
        ("gone.nq", None, "no-such-file"),
    ],
)
def test_what_cannot_be_restored_leaves_the_store_empty(
    tmp_path: Path, name: str, text: str | None, code: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = open_store(tmp_path / "s")
    with pytest.raises(ClaimspineError) as caught:
        restore(store, tmp_path / name)
    assert caught.value.code == code
    assert isinstance(store, EmbeddedStore)
    assert len(store.engine) == 0


def test_a_whole_store_read_as_one_source_says_so(lived_in: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.trig"
    file.write_bytes(export(lived_in, "trig"))
    store = open_store()
    [fault] = [one for one in load(store, [file]).faults if one.severity == "info"]
    assert "claimspine restore" in fault.message
    assert [one.name for one in list_sources(store)] == ["all.trig"]
