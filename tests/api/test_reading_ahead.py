"""Evidence is read ahead of the first request, and again when writes have come to rest."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http import create_app
from api.service import Service
from api.settings import Settings
from api.tokens import Tokens
from api.workers.auditor import Auditor
from graph.reading.held import held_of
from graph.store import Store, open_store


def becomes(fact: Callable[[], bool], *, within: float = 30.0) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if fact():
            return True
        time.sleep(0.05)
    return False


def read(service: Service) -> int:
    """The generation that was read, with its index; -1: none."""
    held, index = service._state, service._index
    return held.generation if held and index and index[0] is held.evidence else -1


def test_the_first_request_finds_all_read(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.http.app.Auditor", Auditor)  # with a worker of its own
    app = create_app(store, settings=settings, ahead=True)
    with TestClient(app) as client:
        service: Service = app.state.service
        assert becomes(lambda: read(service) == 0)
        assert becomes(lambda: service.auditor._held is service.state().evidence)
        worker = service.auditor._worker
        assert client.post("/api/audits", json={"text": "Walking prevents pain."}).status_code == 201
        assert service.auditor._worker is worker  # it was there before


def test_what_was_written_is_read_when_writes_rest(store: Store, settings: Settings) -> None:
    app = create_app(store, settings=settings, ahead=True)
    with TestClient(app):
        service: Service = app.state.service
        assert becomes(lambda: read(service) == 0)
        for _ in range(3):
            with service.writing() as held:
                held.update("INSERT DATA { GRAPH <urn:g> { <urn:a> a spine:Claim ; spine:text 'New.' } }")
        assert becomes(lambda: read(service) == 3)
        assert "urn:a" in service.state().evidence.claims


@pytest.mark.parametrize("most", [0, 10_000_000])
def test_a_large_store_is_left_until_it_is_asked_for(tmp_path: Path, settings: Settings, most: int) -> None:
    with open_store(tmp_path / "store") as held:
        app = create_app(held, settings=settings.model_copy(update={"ahead_quads": most}), ahead=True)
        with TestClient(app) as client:
            service: Service = app.state.service
            assert becomes(lambda: read(service) == 0, within=2.0 if most == 0 else 30.0) == (most > 0)
            assert client.get("/api/claims").status_code == 200


def test_nothing_is_read_unless_it_is_wanted(store: Store, settings: Settings) -> None:
    app = create_app(store, settings=settings)
    with TestClient(app):
        time.sleep(1.0)
        assert read(app.state.service) == -1


def test_evidence_is_kept_from_the_search_for_garbage(store: Store) -> None:
    """To look through all of it holds up everybody, and there is no garbage in it."""
    service = Service(store, Settings())
    evidence = service.state().evidence
    some = {id(one) for one in (*evidence.works.values(), *evidence.findings.values())}
    assert some
    assert not some & {id(one) for one in gc.get_objects()}
    frozen = gc.get_freeze_count()
    with service.writing() as held:
        held.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
    assert service.state().evidence is evidence
    assert gc.get_freeze_count() <= frozen


def test_a_service_starts_without_the_checker() -> None:
    """It checks in other processes; loading it took a quarter of the time of a restart."""
    code = "import sys, api.http; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    loaded = set(said.stdout.split())
    assert "claims.reports" in loaded
    assert not loaded & {
        "claims.audit",
        "claims.abstracts",
        "claims.linking",
        "claims.sentence",
        "networkx",
        "rdflib",
    }


def test_each_acknowledged_write_is_in_the_next_trace(
    store: Store, settings: Settings, tokens: Tokens, bearer: Callable[[str], dict[str, str]]
) -> None:
    """Traces are made of what was read ahead only while nothing was written since."""
    app = create_app(store, settings=settings, tokens=tokens, ahead=True)
    with TestClient(app) as client:
        service: Service = app.state.service
        for number in range(12):
            if number % 3 == 0:
                assert becomes(lambda: held_of(store) is not None)
            text = f"id: claim/new\ntype: Claim\ntext: Written {number} times.\n"
            sent = {**bearer("curate"), "Content-Type": "application/yaml"}
            assert client.put("/api/sources/new", content=text, headers=sent).status_code in (200, 201)
            for _ in range(2):
                said = client.get("/api/claims/new/trace", params={"format": "json"}).json()
                assert said["nodes"][0]["label"] == f"Written {number} times."
        assert becomes(lambda: read(service) == service.generation)
        assert held_of(store) is not None
        found = client.get("/api/claims/new/trace", headers={"Accept": "text/plain"}).text
        assert "Written 11 times." in found
        assert client.delete("/api/sources/new", headers=bearer("curate")).status_code == 200
        assert client.get("/api/claims/new/trace").status_code == 404
