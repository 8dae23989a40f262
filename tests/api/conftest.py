"""A service over the walking example, with tokens for each scope."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auditing import Asked, Audited
from api.http import create_app
from api.service import Service, State
from api.settings import Settings
from api.tokens import Tokens
from api.workers.auditor import Auditor
from graph.sources import load
from graph.store import Store, open_store

Headers = dict[str, str]


@pytest.fixture
def settings() -> Settings:
    """Defaults, without a rate limit and with small pools."""
    return Settings(requests_per_minute=0, audits_per_minute=0, query_workers=1)


@pytest.fixture
def tokens(tmp_path: Path) -> Tokens:
    return Tokens(tmp_path / "tokens.json")


@pytest.fixture
def bearer(tokens: Tokens) -> Callable[[str], Headers]:
    """The headers of a caller with this scope."""

    def headers(scope: str) -> Headers:
        _, written = tokens.add(f"{scope} {len(tokens.all())}", [scope], "2026-01-01T00:00:00Z")
        return {"Authorization": f"Bearer {written}"}

    return headers


@pytest.fixture(scope="session")
def walking_dump(walking: Path) -> bytes:
    """The example's store, read and validated once."""
    with open_store("memory") as store:
        load(store, [walking / "evidence"])
        return store.dump("nquads")


@pytest.fixture
def store(walking_dump: bytes) -> Iterator[Store]:
    with open_store("memory") as held:
        held.engine.bulk_load(walking_dump, _nquads())  # type: ignore[attr-defined]
        yield held


def _nquads() -> Any:
    import pyoxigraph

    return pyoxigraph.RdfFormat.N_QUADS


class Lent(Auditor):
    """Has articles checked by somebody else's worker, within the limits of its own service."""

    def __init__(self, lender: Auditor, service: Service) -> None:
        self.lender = lender
        self.settings = service.settings

    def audit(self, asked: Asked, state: State, client: str = "") -> Audited:
        self.lender.settings = self.settings
        return self.lender.audit(asked, state, client)

    def prepare(self, state: State) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture(scope="session")
def lender() -> Iterator[Auditor]:
    """An audit worker takes a second to start: one is enough for all tests but those that are about it."""
    with open_store("memory") as store:
        held = Auditor(Service(store, Settings()))
        yield held
        held.close()


@pytest.fixture(autouse=True)
def _one_audit_worker(lender: Auditor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.http.app.Auditor", partial(Lent, lender))


@pytest.fixture
def client(store: Store, settings: Settings, tokens: Tokens) -> Iterator[TestClient]:
    app = create_app(store, settings=settings, tokens=tokens)
    with TestClient(app, raise_server_exceptions=False) as held:
        yield held


@pytest.fixture
def assert_problem() -> Callable[..., dict[str, Any]]:
    """One shape for every error."""

    def check(answer: Any, status: int, code: str) -> dict[str, Any]:
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"].startswith("application/problem+json")
        body: dict[str, Any] = answer.json()
        assert body["status"] == status
        assert body["type"] == f"https://w3id.org/claimspine/problems/{code}"
        assert body["title"]
        assert body["detail"]
        return body

    return check


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that notes whoever comes."""
    seen: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()
