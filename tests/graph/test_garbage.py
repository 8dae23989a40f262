"""The search for garbage is put off while somebody is inside, whoever leaves first."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest

from graph.garbage import uncollected
from graph.sources import load, loading
from graph.store import open_store


def test_it_goes_on_after_the_last_of_several_threads() -> None:
    left, may_leave = threading.Event(), threading.Event()

    def other() -> None:
        with uncollected():
            left.wait(10)
        may_leave.set()

    with uncollected():
        thread = threading.Thread(target=other)
        thread.start()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
        left.set()
        assert may_leave.wait(10)
        assert not gc.isenabled()
    thread.join(10)
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with uncollected(), uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_load_that_fails_leaves_it_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> a <urn:b> .", encoding="utf-8")
    seen: list[bool] = []

    def fails(*_: object) -> None:
        seen.append(gc.isenabled())
        raise ValueError("broken")

    monkeypatch.setattr(loading, "provenance_of", fails)
    with open_store() as store, pytest.raises(ValueError, match="broken"):
        load(store, [tmp_path], validate=False)
    assert seen == [False]
    assert gc.isenabled()
