"""Tokens, scopes, rates, hosts, request ids, logs and metrics."""

from __future__ import annotations

import asyncio
import json
import logging
import stat
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.cli import app as command
from api.http import create_app
from api.settings import Settings
from api.tokens import Tokens
from graph.errors import ClaimspineError
from graph.store import Store

AT = "2026-06-01T00:00:00Z"


class TestTokens:
    def test_only_the_hash_is_kept_and_only_the_owner_may_read_it(self, tokens: Tokens) -> None:
        kept, written = tokens.add("Ana", ["curate"], AT)
        assert tokens.path is not None
        text = tokens.path.read_text()
        assert written not in text
        assert written.partition("_")[2].partition("_")[2] not in text
        assert stat.S_IMODE(tokens.path.stat().st_mode) == 0o600
        assert tokens.find(written, AT) == kept

    def test_what_is_not_a_token(self, tokens: Tokens) -> None:
        kept, written = tokens.add("Ana", ["curate"], AT)
        for wrong in ("", "spine_", written[:-1], written + "x", f"spine_{kept.id}_", kept.sha256, "\ud800"):
            assert tokens.find(wrong, AT) is None

    def test_it_expires_and_is_revoked_for_a_running_service(self, tokens: Tokens) -> None:
        _, written = tokens.add("Ana", ["curate"], AT, "2026-06-02")
        assert tokens.find(written, "2026-06-01T23:59:59Z") is not None
        assert tokens.find(written, "2026-06-02T00:00:00Z") is None
        Tokens(tokens.path).revoke("Ana")  # another process
        assert tokens.find(written, AT) is None

    def test_bad_tokens(self, tokens: Tokens) -> None:
        tokens.add("Ana", ["read"], AT)
        for name, scopes, code in (
            ("Ana", ["read"], "token-exists"),
            ("", ["read"], "token-name"),
            ("x\ny", ["read"], "token-name"),
            ("Bo", [], "token-scope"),
            ("Bo", ["root"], "token-scope"),
        ):
            with pytest.raises(ClaimspineError) as caught:
                tokens.add(name, scopes, AT)
            assert caught.value.code == code
        with pytest.raises(ClaimspineError, match="no-such-token"):
            tokens.revoke("Bo")

    def test_the_commands(self, tmp_path: Path) -> None:
        runner, file = CliRunner(), str(tmp_path / "t.json")
        made = runner.invoke(command, ["token", "add", "Ana", "--scope", "curate", "--tokens", file])
        assert made.exit_code == 0, made.output
        assert made.stdout.startswith("spine_")
        listed = runner.invoke(command, ["token", "list", "--tokens", file]).stdout
        assert "Ana" in listed
        assert made.stdout.strip() not in listed
        assert runner.invoke(command, ["token", "revoke", "Ana", "--tokens", file]).exit_code == 0
        assert runner.invoke(command, ["token", "list", "--tokens", file]).stdout == ""

    def test_the_file_of_a_store_stands_beside_it(self, tmp_path: Path) -> None:
        runner = CliRunner()
        args = ["token", "add", "Ana", "--scope", "read", "--store", str(tmp_path / "evidence.store")]
        assert runner.invoke(command, args).exit_code == 0
        assert (tmp_path / "evidence.store.tokens.json").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_nobody_beyond_this_machine_is_served_without_tokens(host: str, tmp_path: Path) -> None:
    args = ["serve", "--host", host, "--store", str(tmp_path / "s")]
    result = CliRunner().invoke(command, args)
    assert isinstance(result.exception, ClaimspineError)
    assert result.exception.code == "open-to-all"


def test_a_closed_service_asks_everyone(store, tokens, bearer, assert_problem) -> None:
    app = create_app(store, settings=Settings(open_reading=False), tokens=tokens)
    with TestClient(app) as client:
        assert client.get("/health").status_code == 200
        for path in ("/api/works", "/sparql", "/openapi.json", "/metrics", "/nowhere"):
            answer = client.get(path)
            assert_problem(answer, 401, "no-token")
            assert answer.headers["www-authenticate"].startswith("Bearer")
        reader = bearer("read")
        assert client.get("/api/works", headers=reader).status_code == 200
        assert_problem(client.post("/api/audits", json={"text": "Tea."}, headers=reader), 403, "not-allowed")
        assert client.post("/api/audits", json={"text": "Tea."}, headers=bearer("audit")).status_code == 201
        assert client.post("/api/audits", json={"text": "Tea."}, headers=bearer("admin")).status_code == 201


def test_rates(store, tokens, bearer, assert_problem) -> None:
    settings = Settings(requests_per_minute=5, audits_per_minute=2)
    with TestClient(create_app(store, settings=settings, tokens=tokens)) as client:
        answers = [client.post("/api/audits", json={"text": "Tea."}) for _ in range(3)]
        assert [one.status_code for one in answers] == [201, 201, 429]
        assert int(answers[2].headers["retry-after"]) > 0
        assert [client.get("/health").status_code for _ in range(3)] == [200, 200, 429]
        assert client.get("/api/works", headers=bearer("read")).status_code == 200


def test_names_of_other_hosts_are_not_answered(store, tokens, assert_problem) -> None:
    """A page of another site that made its own name lead here (DNS rebinding)."""
    app = create_app(store, settings=Settings(hosts="localhost,127.0.0.1,[::1]"), tokens=tokens)
    with TestClient(app) as client:
        for good in ("localhost:8040", "127.0.0.1", "[::1]:8040"):
            assert client.get("/health", headers={"host": good}).status_code == 200
        for bad in ("evil.example", "localhost.evil.example:8040", ""):
            assert_problem(client.get("/api/works", headers={"host": bad}), 400, "unknown-host")


def test_the_log_has_the_id_and_none_of_the_text(client, bearer, caplog) -> None:
    with caplog.at_level(logging.INFO, logger="claimspine.http"):
        headers = {**bearer("audit"), "x-request-id": "abc-1"}
        client.post("/api/audits", json={"text": "Secretum cures colds."}, headers=headers)
        client.get("/sparql", params={"query": "ASK { ?s ?p 'Secretum' }"})
        for _ in range(100):  # the lines of a moment are written together
            lines = [json.loads(line) for one in caplog.records for line in one.getMessage().splitlines()]
            if len(lines) == 2:
                break
            time.sleep(0.05)
    assert (lines[0]["id"], lines[0]["status"], lines[0]["token"]) == ("abc-1", 201, "audit 0")
    assert lines[1]["route"] == "/sparql"
    assert "Secretum" not in caplog.text


def test_metrics(client) -> None:
    client.get("/api/works")
    client.get("/no/such/route")
    client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    text = client.get("/metrics").text
    assert 'claimspine_requests_total{method="GET",route="/api/works",status="200"} 1.0' in text
    assert 'claimspine_queries_total{outcome="answered"} 1.0' in text
    assert "/no/such/route" not in text


def test_a_page_of_another_origin_can_read_why_it_was_refused(client, assert_problem) -> None:
    headers = {"Authorization": "Bearer none", "Origin": "https://page.example"}
    for path in ("/sparql", "/api/works"):
        answer = client.get(path, headers=headers)
        assert_problem(answer, 401, "no-token")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/api/sources/a", "/sparql", "/api/audits"])
def test_who_goes_away_in_the_middle_is_no_fault_of_the_service(
    store: Store, tokens: Tokens, settings: Settings, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    _, written = tokens.add("Ana", ["curate"], AT)
    headers = {"authorization": f"Bearer {written}", "content-type": "text/turtle", "host": "localhost"}
    if path != "/api/sources/a":
        headers["content-type"] = "application/sparql-query" if path == "/sparql" else "text/markdown"
    parts = [
        {"type": "http.request", "body": b"<urn:a> ", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return parts.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "PUT" if path == "/api/sources/a" else "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "scheme": "http",
        "http_version": "1.1",
    }
    app = create_app(store, settings=settings, tokens=tokens)
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    assert sent == []
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []
