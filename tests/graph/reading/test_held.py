"""Values of a whole store are what traces are made of, until something is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.embedded.store import EmbeddedStore
from graph.reading import read_evidence, renewing
from graph.reading.held import held_of
from graph.sources import load, remove
from graph.store import Store, open_store
from graph.tracing import Trace, asked_nodes, trace

CLAIM = "claim/routine-lowers-pressure"


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Traces ask the engine for no node."""
    monkeypatch.setattr(asked_nodes, "_said", lambda _: pytest.fail("the engine was asked"))


@pytest.mark.usefixtures("unasked")
def test_what_was_read_is_traced_without_the_engine(loaded: Store) -> None:
    read_evidence(loaded)
    assert held_of(loaded) is not None
    assert [node.kind for node in trace(loaded, CLAIM).of_kind("work")]


def test_nothing_is_held_of_what_was_not_read_or_is_asked_elsewhere(loaded: Store) -> None:
    assert held_of(loaded) is None
    with open_store() as other:
        read_evidence(loaded)
        assert held_of(other) is None


@pytest.mark.parametrize("is_read", [True, False])
def test_each_write_is_in_the_next_trace(loaded: Store, later: Path, is_read: bool) -> None:
    read_evidence(loaded)
    before = trace(loaded, CLAIM)
    load(loaded, [later], validate=False)
    loaded.update(
        "INSERT DATA { GRAPH <urn:g> { <urn:line> a spine:EvidenceLine ; spine:direction"
        f" spine:direction-refutes ; spine:bearsOn <{before.root}> ; spine:finding <urn:finding> }} }}"
    )
    assert held_of(loaded) is None
    if is_read:
        read_evidence(loaded)
        assert held_of(loaded) is not None
    assert "urn:finding" in _targets(trace(loaded, CLAIM))
    loaded.delete_graph("urn:g")
    remove(loaded, "later")
    if is_read:
        read_evidence(loaded)
    assert trace(loaded, CLAIM) == before


def test_a_write_that_fails_leaves_the_trace(loaded: Store) -> None:
    read_evidence(loaded)
    before = trace(loaded, CLAIM)
    with pytest.raises(Exception, match="cannot read"):
        loaded.update("INSERT DATA {")
    assert trace(loaded, CLAIM) == before


def test_what_is_written_while_all_is_read_is_in_the_next_trace(
    loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader has not seen it, so what it read is given to nobody."""
    read_evidence(loaded)
    root = trace(loaded, CLAIM).root
    loaded.update("INSERT DATA { GRAPH <urn:g> { <urn:w> a spine:Work } }")
    gathered = renewing._gathered

    def late(*given: object) -> object:
        found = gathered(*given)  # type: ignore[arg-type]
        loaded.update(f"INSERT DATA {{ GRAPH <urn:h> {{ <{root}> spine:basedOn <urn:late> }} }}")
        return found

    monkeypatch.setattr(renewing, "_gathered", late)
    read_evidence(loaded)
    monkeypatch.undo()
    assert held_of(loaded) is None
    assert "urn:late" in _targets(trace(loaded, CLAIM))
    read_evidence(loaded)
    assert held_of(loaded) is not None
    assert "urn:late" in _targets(trace(loaded, CLAIM))


def test_lines_are_put_in_order_once_while_they_stay(loaded: Store) -> None:
    assert isinstance(loaded, EmbeddedStore)
    read_evidence(loaded)
    before = held_of(loaded)
    loaded.update("INSERT DATA { GRAPH <urn:g> { <urn:w> a spine:Work } }")
    read_evidence(loaded)
    after = held_of(loaded)
    assert before is not None
    assert after is not None
    assert after.bearing is before.bearing
    assert "urn:w" in after
    assert "urn:w" not in before


def _targets(found: Trace) -> set[str]:
    return {edge.target for edge in found.edges}
