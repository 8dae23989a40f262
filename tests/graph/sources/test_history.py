"""What became of the sources, kept apart from them."""

from __future__ import annotations

from pathlib import Path

from graph.sources import list_sources, load, remove
from graph.sources.history import history, history_graph, sizes
from graph.sources.source_files import graph_name
from graph.store import Store

ONE, TWO, THREE = (f"2026-0{month}-01T00:00:00Z" for month in (1, 2, 3))


def _file(folder: Path, text: str) -> Path:
    file = folder / "tea.yaml"
    file.write_text(f"id: claim/tea\ntype: Claim\ntext: {text}\n")
    return file


def test_versions_follow_one_another_and_outlive_the_source(store: Store, tmp_path: Path) -> None:
    load(store, [_file(tmp_path, "Tea calms.")], validate=False, at=ONE)
    load(store, [_file(tmp_path, "Tea calms.")], validate=False, at=TWO)  # the same: no new version
    load(store, [_file(tmp_path, "Tea may calm.")], validate=False, at=TWO)
    removal = remove(store, "tea", at=THREE)
    assert removal.dangling == ()
    first, second = history(store)
    assert (first.number, first.at, first.until, first.removed) == (1, ONE, TWO, False)
    assert (second.number, second.at, second.until, second.removed) == (2, TWO, THREE, True)
    assert first.sha256 != second.sha256
    assert list_sources(store) == ()
    load(store, [_file(tmp_path, "Tea is warm.")], validate=False, at=THREE)
    assert [one.removed for one in history(store, "tea")] == [False, True, False]
    assert history(store, "tea")[-1].until is None
    assert history(store, "coffee") == ()


def test_the_source_itself_does_not_grow(store: Store, tmp_path: Path) -> None:
    counts = []
    for text in ("A.", "B.", "C."):
        load(store, [_file(tmp_path, text)], validate=False, at=ONE)
        counts.append(len(store.read_graph(graph_name("tea"))))
    assert len(set(counts)) == 1
    assert len(history(store)) == 3
    assert sizes(store)[graph_name("tea")] == counts[0]
    assert sizes(store)[history_graph("tea", store.base)] > 10


def test_without_a_time_nothing_is_kept(store: Store, tmp_path: Path) -> None:
    load(store, [_file(tmp_path, "A.")], validate=False)
    remove(store, "tea")
    assert history(store) == ()
    assert store.graph_names() == ()


def test_what_the_service_puts_and_removes_is_noted(store: Store) -> None:
    from graph.sources import uploads

    text = b"id: claim/tea\ntype: Claim\ntext: %s\n"
    for word, at in ((b"One.", ONE), (b"Two.", TWO)):
        uploads.put(store, "tea", text % word, ".yaml", uploads.Author("Ada", at))
    removal = uploads.remove(store, "tea", uploads.Author("Ada", THREE))
    assert removal.dangling == ()
    assert [(one.at, one.until, one.removed) for one in history(store)] == [
        (ONE, TWO, False),
        (TWO, THREE, True),
    ]


def test_nothing_of_the_history_is_taken_for_evidence(store: Store, tmp_path: Path) -> None:
    from graph.reading import read_evidence
    from graph.validation import validate

    load(store, [_file(tmp_path, "A.")], at=ONE)
    load(store, [_file(tmp_path, "B.")], at=TWO)
    assert next(iter(read_evidence(store).claims.values())).text == "B."
    assert not [fault for fault in validate(store) if fault.severity == "error"]
    assert [one.name for one in list_sources(store)] == ["tea"]
