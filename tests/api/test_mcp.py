"""The MCP server, asked by the SDK's own client, in process and over standard streams."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from graph.sources import load
from graph.store import open_store

mcp = pytest.importorskip("mcp", reason="the extra claimspine[mcp] is not installed")

from api.mcp import build_server  # noqa: E402
from api.service import Service  # noqa: E402
from api.settings import Settings  # noqa: E402
from api.tokens import Tokens  # noqa: E402


@pytest.fixture(scope="module")
def server(walking: Path) -> Iterator[Any]:
    with open_store("memory") as store:
        load(store, [walking / "evidence"])
        service = Service(store, Settings(query_seconds=2))
        yield build_server(service)
        service.close()


def ask(server: Any, talk: Callable[[Any], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with mcp.Client(server) as client:
            return await talk(client)

    return anyio.run(run)


def call(server: Any, tool: str, **arguments: Any) -> Any:
    return ask(server, lambda client: client.call_tool(tool, arguments))


def test_every_tool_says_what_it_does_and_that_it_only_reads(server: Any) -> None:
    tools = ask(server, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} >= {"check_text", "trace_recommendation", "find_evidence", "query"}
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint


def test_check_a_text(server: Any) -> None:
    text = "# Backs\n\nWalking nearly halved the risk of recurrent low back pain (Pocovi et al., 2024).\n"
    answer = call(server, "check_text", text=text)
    assert not answer.is_error
    assert answer.structured_content["claims"]
    assert answer.structured_content["schema_version"] == "1"


def test_trace_a_recommendation(server: Any) -> None:
    said = call(server, "trace_recommendation", identifier="walking-most-days").content[0].text
    assert "Pocovi" in said
    assert "Haddadj" in said


def test_find_evidence_for_a_claim(server: Any) -> None:
    found = call(
        server, "find_evidence", claim="Walking prevents recurrence of low back pain."
    ).structured_content
    assert any("pocovi2024walkback" in (one["work"] or "") for one in found["evidence"])
    assert {one["direction"] for one in found["evidence"]} <= {"supports", "refutes", "neutral"}


def test_what_is_no_claim_is_told(server: Any) -> None:
    """Found nothing would read as: nothing speaks for or against it."""
    found = call(server, "find_evidence", claim="Bananas are yellow.").structured_content
    assert (found["claims"], found["found"]) == ([], 0)
    assert "no claim" in found["note"]


def test_what_falls_with_a_work(server: Any) -> None:
    said = call(server, "impact_of_work", identifier="work/pocovi2024walkback").content[0].text
    assert "walk" in said.lower()
    assert "certainty" in said.lower()


def test_a_runaway_query_is_ended(server: Any) -> None:
    answer = call(server, "query", sparql="SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert answer.is_error
    assert "long" in answer.content[0].text


HOSTILE = "Walking 30 minutes a day cut back pain by 20% (HR 0.72, 95% CI 0.60 to 0.85) in 2020. "


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [("check_text", {"text": HOSTILE * 2_000}), ("find_evidence", {"claim": HOSTILE * 20})],
)
def test_a_text_that_takes_too_long_is_ended_and_others_are_answered_meanwhile(
    walking: Path, tool: str, arguments: dict[str, str]
) -> None:
    with open_store("memory") as store:
        load(store, [walking / "evidence"])
        service = Service(store, Settings(audit_seconds=1 if tool == "check_text" else 0.001))
        server = build_server(service)
        ended: list[str] = []

        async def talk(client: Any) -> None:
            async def long() -> None:
                answer = await client.call_tool(tool, arguments)
                assert answer.is_error
                assert "took longer than" in answer.content[0].text
                ended.append(tool)

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(long)
                answer = await client.call_tool("query", {"sparql": "ASK { ?s ?p ?o }"})
                assert json.loads(answer.content[0].text)["boolean"] is True
                ended.append("query")

        try:
            ask(server, talk)
            assert sorted(ended) == sorted(["query", tool])
            assert service.auditor is not None
            process = service.auditor._worker.process
            assert process.poll() is None
        finally:
            service.close()
        assert process.wait(10) is not None


def test_over_http(walking: Path) -> None:
    """The command's own server, asked by the SDK's client: too long a text is ended there too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "claimspine", "mcp", "--evidence", str(walking / "evidence")]
    command += ["--transport", "http", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "CLAIMSPINE_AUDIT_SECONDS": "1"})
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)

        async def talk(client: Any) -> None:
            ended = await client.call_tool("check_text", {"text": HOSTILE * 2_000})
            assert ended.is_error
            assert "took longer than" in ended.content[0].text
            claim = "Walking prevents recurrence of low back pain."
            found = await client.call_tool("find_evidence", {"claim": claim})
            assert found.structured_content["found"] > 0

        ask(f"http://127.0.0.1:{port}/mcp", talk)
    finally:
        process.terminate()
        process.wait(20)


def test_over_http_with_tokens(walking: Path, tmp_path: Path) -> None:
    """By hand, as a client without the SDK: who has no fitting token is told, in a problem document."""
    tokens = Tokens(tmp_path / "tokens.json")
    _, auditor = tokens.add("Ana", ["audit"], "2026-01-01T00:00:00Z")
    _, reader = tokens.add("Ben", ["read"], "2026-01-01T00:00:00Z")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "claimspine", "mcp", "--evidence", str(walking / "evidence")]
    command += ["--transport", "http", "--port", str(port), "--closed", "--tokens", str(tokens.path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    accept = {"accept": "application/json, text/event-stream"}
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)

        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=accept, timeout=60) as client:

            def post(
                method: str, params: Any = None, token: str | None = auditor, **more: str
            ) -> httpx.Response:
                said = {"jsonrpc": "2.0", "method": method, **({"params": params} if params else {})}
                if not method.startswith("notifications/"):
                    said["id"] = 1
                headers = more | ({"authorization": f"Bearer {token}"} if token else {})
                return client.post("/mcp", json=said, headers=headers)

            hello = {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "hand", "version": "1"},
            }
            for token, status, code in (
                (None, 401, "no-token"),
                ("x", 401, "no-token"),
                (reader, 403, "not-allowed"),
            ):
                refused = post("initialize", hello, token)
                assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (status, code)
            started = post("initialize", hello)
            session = {"mcp-session-id": started.headers["mcp-session-id"]}
            assert post("notifications/initialized", **session).status_code == 202
            ask = {"name": "query", "arguments": {"sparql": "ASK { ?s ?p ?o }"}}
            assert "true" in post("tools/call", ask, **session).text
            assert post("tools/call", ask, None, **session).status_code == 401
            assert post("tools/list", **session, origin="https://page.example").status_code == 403
            assert post("tools/list", **session, host="evil.example").status_code == 400
    finally:
        process.terminate()
        out, err = process.communicate(timeout=20)
    assert out == ""
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert {line["token"] for line in lines} == {None, "Ana", "Ben"}
    assert "ASK" not in err


def test_ask_with_sparql(server: Any) -> None:
    answer = call(server, "query", sparql="SELECT (COUNT(*) AS ?n) { ?work a spine:Work }")
    assert json.loads(answer.content[0].text)["results"]["bindings"][0]["n"]["value"] == "56"


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("trace_recommendation", {"identifier": "walking-most-day"}, "walking-most-days"),
        ("query", {"sparql": "SELECT"}, "cannot read the query"),
        ("query", {"sparql": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "refused"),
        ("query", {"sparql": "DELETE WHERE { ?s ?p ?o }"}, "query"),
        ("check_text", {"text": ""}, "text"),
    ],
)
def test_what_is_refused_is_said_in_words(
    server: Any, tool: str, arguments: dict[str, str], words: str
) -> None:
    answer = call(server, tool, **arguments)
    assert answer.is_error
    assert words in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_over_standard_streams(walking: Path) -> None:
    parameters = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "claimspine", "mcp", "--evidence", str(walking / "evidence")]
    )
    tools = ask(parameters, lambda client: client.list_tools()).tools
    assert "trace_recommendation" in {tool.name for tool in tools}
