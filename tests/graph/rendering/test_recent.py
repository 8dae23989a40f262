"""A trace that is given again is the one that would be made now."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.embedded.store import EmbeddedStore
from graph.errors import UnknownIdentifier
from graph.rendering import FORMATS, recent, render
from graph.rendering.recent import traced
from graph.sources import load, remove
from graph.store import Store
from graph.tracing import trace

CLAIM = "claim/routine-lowers-pressure"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The identifiers for which a trace was made, and not given again."""
    found: list[str] = []

    def tracing(store: Store, identifier: str) -> object:
        found.append(identifier)
        return trace(store, identifier)

    monkeypatch.setattr(recent, "trace", tracing)
    return found


def test_it_is_made_once_for_each_format(loaded: Store, made: list[str]) -> None:
    for format in FORMATS:
        said = render(trace(loaded, CLAIM), format, for_people=False)
        assert [traced(loaded, CLAIM, format) for _ in range(3)] == [said] * 3
    assert made == [CLAIM] * len(FORMATS)


def test_every_kind_of_write_makes_it_anew(loaded: Store, made: list[str], later: Path) -> None:
    assert isinstance(loaded, EmbeddedStore)
    graph, line = "urn:g", "<https://w3id.org/claimspine/id/line/later>"
    triples = loaded.read_graph(loaded.graph_names()[0])[:2]
    writes = (
        lambda: load(loaded, [later], validate=False),
        lambda: remove(loaded, "later"),
        lambda: loaded.bulk_load(graph, triples),
        lambda: loaded.replace_graph(graph, triples[:1]),
        lambda: loaded.delete_graph(graph),
        lambda: loaded.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {line} spine:text 'x' }} }}"),
    )
    for number, write in enumerate(writes, 1):
        write()
        for _ in range(2):
            assert traced(loaded, CLAIM, "json") == render(trace(loaded, CLAIM), "json", for_people=False)
        assert len(made) == number
    loaded.clear()
    with pytest.raises(UnknownIdentifier):
        traced(loaded, CLAIM, "json")


def test_what_was_written_meanwhile_is_not_kept(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trace that was begun before a write is told to who asked, and to nobody after."""
    assert isinstance(loaded, EmbeddedStore)
    before = render(trace(loaded, CLAIM), "json", for_people=False)

    def slow(store: Store, identifier: str) -> object:
        found = trace(store, identifier)
        monkeypatch.undo()
        loaded.update(
            "INSERT DATA { GRAPH <urn:g> { <https://w3id.org/claimspine/id/claim/routine-lowers-pressure>"
            " spine:dose <urn:d> . <urn:d> spine:unit 'min/day' } }"
        )
        return found

    monkeypatch.setattr(recent, "trace", slow)
    assert traced(loaded, CLAIM, "json") == before
    after = traced(loaded, CLAIM, "json")
    assert after == render(trace(loaded, CLAIM), "json", for_people=False) != before


def test_the_oldest_go_first(loaded: Store, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    other = "recommendation/keep-a-bedtime"
    monkeypatch.setattr(recent, "KEPT", len(render(trace(loaded, CLAIM), "json", for_people=False)) + 10)
    for identifier in (CLAIM, CLAIM, other, CLAIM):
        traced(loaded, identifier, "json")
    assert made == [CLAIM, other, CLAIM]
