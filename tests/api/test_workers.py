"""Who gets a query worker, and what becomes of workers that end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.http import create_app
from api.http.protocol import QUERY, in_body, pairs
from api.service import Service
from api.settings import Settings
from api.workers.kept import ONCE, OVERHEAD, KeptAnswers
from api.workers.pool import Pool
from api.workers.turns import Turns
from api.workers.worker import Answer, Worker
from graph.answering import Question
from graph.errors import ClaimspineError
from graph.store import Store, open_store

ASK = "ASK { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class TestTurns:
    def test_a_client_never_holds_all(self) -> None:
        turns: Turns[str] = Turns(3, 8)
        for _ in range(2):
            assert turns.may_hold("ana")
            turns.hold("ana")
        assert not turns.may_hold("ana")
        assert turns.may_hold("ben")
        turns.release("ana")
        assert turns.may_hold("ana")

    def test_the_only_one_may_be_held(self) -> None:
        assert Turns(1, 8).may_hold("ana")

    def test_clients_take_turns(self) -> None:
        turns: Turns[str] = Turns(2, 20)
        for client in ("ana", "ana", "ana", "ben", "cem"):
            assert turns.wait(client) is not None
        order = []
        while (following := turns.next()) is not None:
            order.append(following[0])
        assert order == ["ana", "ben", "cem", "ana", "ana"]
        assert turns.waiting == 0

    def test_who_holds_enough_is_passed_over(self) -> None:
        turns: Turns[str] = Turns(2, 20)
        turns.hold("ana")
        turns.wait("ana")
        turns.wait("ben")
        following = turns.next()
        assert following is not None
        assert following[0] == "ben"
        assert turns.next() is None
        turns.release("ana")
        assert turns.next() is not None

    def test_one_client_does_not_take_all_places(self) -> None:
        turns: Turns[str] = Turns(2, 4)
        assert [turns.wait("ana") is None for _ in range(3)] == [False, False, True]
        assert [turns.wait("ben") is None for _ in range(3)] == [False, False, True]
        assert turns.wait("cem") is None

    def test_leaving_the_line(self) -> None:
        turns: Turns[str] = Turns(2, 4)
        place = turns.wait("ana")
        assert isinstance(place, Future)
        turns.leave("ana", place)
        turns.leave("ana", place)
        assert turns.waiting == 0
        assert turns.next() is None


@pytest.fixture
def pool(store: Store) -> Iterator[Pool]:
    with Pool(Service(store, Settings(query_workers=2, query_seconds=4))) as held:
        yield held


def answered(pool: Pool, query: str, *, client: str = "") -> Answer:
    """The answer of a worker, to a thread."""
    return asyncio.run(pool.by_worker(Question(query, "json"), client=client))


@pytest.mark.parametrize(
    "text",
    ["two\nlines\r\n", "naïve 🚶 \u2028", '{"do": "open"}', "\0", "long " * 50_000],
    ids=lambda text: ascii(text[:9]),
)
def test_a_query_reaches_the_worker_as_it_is_written(pool: Pool, text: str) -> None:
    written = text.translate({0: "\\u0000", 10: "\\n", 13: "\\r", 34: '\\"'})
    sent = f'# {text.translate({10: " ", 13: " "})}\nSELECT ("{written}" AS ?same) {{}}'
    soon = asyncio.run(pool.ask(Question(sent, "json")))
    late = answered(pool, sent + "\n")
    for answer in (soon, late):
        body = answer.body or (answer.spool.read_bytes() if answer.spool else b"")
        answer.discard()
        assert json.loads(body)["results"]["bindings"][0]["same"]["value"] == text


def test_a_worker_that_something_else_has_ended_is_replaced_unseen(pool: Pool) -> None:
    answered(pool, ASK)
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    assert b"true" in (answered(pool, ASK).body or b"")
    assert pid not in pool.pids
    assert pool.alive == 1


def test_a_worker_ended_in_the_middle_is_an_error_and_is_replaced(pool: Pool) -> None:
    answered(pool, ASK)
    (pid,) = pool.pids
    caught: list[ClaimspineError] = []

    def run() -> None:
        try:
            answered(pool, RUNAWAY)
        except ClaimspineError as exc:
            caught.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.5)
    os.kill(pid, signal.SIGKILL)
    thread.join(30)
    assert [one.code for one in caught] == ["query-too-much-memory"]
    assert b"true" in (answered(pool, ASK).body or b"")


def test_the_deadline_is_kept_though_the_worker_is_held_up(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that does not get the processor does not hear its own alarm."""
    answered(pool, ASK)
    (pid,) = pool.pids
    allowed: list[float] = []
    converse = Worker.converse

    async def held_up(self: Worker, message: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        os.kill(self.process.pid, signal.SIGSTOP)
        allowed.append(seconds)
        return await converse(self, message, seconds)

    with monkeypatch.context() as patch:
        patch.setattr(Worker, "converse", held_up)
        with pytest.raises(ClaimspineError, match="longer than 4 seconds"):
            answered(pool, RUNAWAY)
    assert allowed == [4]
    assert b"true" in (answered(pool, ASK).body or b"")
    assert pid not in pool.pids


def test_another_client_is_answered_while_one_runs_away(pool: Pool) -> None:
    """On the event loop, as the service asks: runaways of one client, and a query of another."""

    async def run() -> tuple[list[str], bytes, int]:
        async def runaway() -> str:
            try:
                await pool.ask(Question(RUNAWAY, "json"), client="ana")
            except ClaimspineError as exc:
                return exc.code
            return "answered"

        tasks = [asyncio.create_task(runaway()) for _ in range(3)]
        await asyncio.sleep(0.3)
        answer = await pool.ask(Question(ASK, "json"), client="ben")
        still = not any(task.done() for task in tasks)
        return await asyncio.gather(*tasks), answer.body or b"", still

    codes, body, still = asyncio.run(run())
    assert b"true" in body
    assert still
    assert set(codes) <= {"query-too-long-running", "too-busy"}
    assert "query-too-long-running" in codes


def test_the_event_loop_and_threads_share_the_workers(pool: Pool) -> None:
    async def run() -> set[bytes]:
        loop = asyncio.get_running_loop()
        asked = [pool.ask(Question(ASK, "json"), client=str(n)) for n in range(20)]
        others = [loop.run_in_executor(None, lambda: answered(pool, ASK, client="t")) for _ in range(8)]
        return {one.body or b"" for one in await asyncio.gather(*asked, *others)}

    (body,) = asyncio.run(run())
    assert b"true" in body
    assert 1 <= pool.alive <= 2


def test_a_query_longer_than_a_pipe(pool: Pool) -> None:
    async def run() -> bytes:
        return (await pool.ask(Question("# " + "x" * 90_000 + "\n" + ASK, "json"))).body or b""

    assert b"true" in asyncio.run(run())


def test_the_same_query_needs_a_worker_once(pool: Pool) -> None:
    async def run() -> None:
        first = await pool.ask(Question(ASK, "json"))
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        assert await pool.ask(Question(ASK, "json")) == first
        assert pool.pids == (pid,)  # nobody has noticed
        assert (await pool.ask(Question(ASK, "csv"))).body != first.body
        assert (await pool.ask(Question(ASK, "json", default_graphs=("urn:none",)))).body != first.body
        assert pid not in pool.pids

    asyncio.run(run())


def test_an_answer_is_not_kept_over_a_write(pool: Pool) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }"

    async def run() -> tuple[bytes, bytes]:
        before = (await pool.ask(Question(count, "csv"))).body or b""
        with pool.service.writing() as store:
            store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }")
        return before, (await pool.ask(Question(count, "csv"))).body or b""

    assert [one.split()[1] for one in asyncio.run(run())] == [b"0", b"1"]


@pytest.mark.parametrize("made", ["RAND()", "rand #\n()", "STRUUID()", "UUID ()", "bnode()"])
def test_what_is_another_each_time_is_not_kept(pool: Pool, made: str) -> None:
    async def run() -> set[bytes | None]:
        return {(await pool.ask(Question(f"SELECT ({made} AS ?made) {{}}", "json"))).body for _ in range(2)}

    assert len(asyncio.run(run())) == 2


def test_kept_answers_are_bounded() -> None:
    kept, generation = KeptAnswers(10 * (OVERHEAD + 101)), 3
    for number in range(12):
        kept.put(Question(str(number % 10), "json"), generation, b"x" * 100)
    assert kept.get(Question("0", "json"), generation)
    kept.put(Question("+", "json"), generation, b"x" * 100)
    assert kept.get(Question("1", "json"), generation) is None  # the one asked for least lately
    assert kept.get(Question("0", "json"), generation)
    assert kept.get(Question("0", "json"), 4) is None
    kept.put(Question("large", "json"), generation, b"x" * 10_000)
    assert kept.get(Question("large", "json"), generation) is None
    assert kept.get(Question("0", "json"), generation)


def test_a_cheap_answer_is_kept_once_it_was_asked_for_twice() -> None:
    kept, asked = KeptAnswers(10_000), Question(ONE, "json")
    kept.put(asked, 1, b"{}", cheap=True)
    assert kept.get(asked, 1) is None
    kept.put(Question(ONE, "csv"), 1, b"", cheap=True)
    assert kept.get(asked, 1) is None
    kept.put(asked, 1, b"{}", cheap=True)
    assert kept.get(asked, 1) == b"{}"
    kept.put(asked, 2, b"{} ", cheap=True)  # of the next state at once
    assert kept.get(asked, 2) == b"{} "
    for number in range(ONCE):
        kept.put(Question(str(number), "json"), 2, b"{}", cheap=True)
    kept.put(Question("0", "json"), 2, b"{}", cheap=True)
    assert kept.get(Question("0", "json"), 2) is None  # what is remembered of it is bounded


@given(
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=5),
    st.text("%&=+a2Fé;# ", max_size=30),
)
def test_forms_are_read_as_the_standard_library_reads_them(fields: list[tuple[str, str]], raw: str) -> None:
    from urllib.parse import parse_qsl, quote_plus, urlencode

    written = urlencode([(a.encode("utf-8", "replace"), b.encode("utf-8", "replace")) for a, b in fields])
    begun = "query=PREFIX+a%3A+%3Curn%3A" + "%C3%A9" * 20 + "%3E+SELECT+%2A+%7B"
    tails = raw, raw.replace("&", ""), *(f"{quote_plus(value)}%7D" for _, value in fields)
    for form in (
        written,
        f"{written}&{raw}",
        *("query=" + one for one in tails),
        *(begun + one for one in tails),
    ):
        try:
            plain = parse_qsl(form, keep_blank_values=True, errors="strict", max_num_fields=1000)
        except ValueError:
            with pytest.raises(ClaimspineError):
                pairs(form)
        else:
            assert pairs(form) == plain
            texts = [value for name, value in plain if name == "query"]
            if len(texts) == len(plain) == 1:
                sent = in_body(QUERY, "application/x-www-form-urlencoded", form.encode(), b"")
                assert sent.text == texts[0]


ONE = "SELECT ?p ?o { <urn:s> ?p ?o }"


@pytest.mark.parametrize("where", ["memory", "folder"])
def test_a_look_up_needs_no_worker_and_sees_the_last_write(tmp_path: Path, where: str) -> None:
    """A folder is read where it is, then in a copy in memory, when one is made, until the next write."""
    at = str(tmp_path / "held") if where == "folder" else where
    outcomes: list[str] = []
    with open_store(at) as held, Pool(Service(held, Settings()), said=outcomes.append) as pool:
        for number in range(3):
            with pool.service.writing() as store:
                store.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> {number} }} }}")
            pool._nearby._next = 0.0
            for query in (ONE, f"{ONE} # again", ONE, ONE):
                answer = asyncio.run(pool.ask(Question(query, "csv")))
                assert answer.body is not None
                assert answer.body.count(b"urn:p") == number + 1
                assert answer.freshness.endswith("; writes-since=0")
                for _ in range(200):
                    if where == "memory" or (pool._nearby._copy or "-")[0] == pool.service.generation:
                        break
                    time.sleep(0.05)
        assert (pool._nearby._copy is not None) == (where == "folder")
        assert pool.alive == 0
        first = ["looked-up", "looked-up", "looked-up", "kept"]  # kept once it was asked for twice
        assert outcomes == first + ["looked-up", "looked-up", "kept", "kept"] * 2


def test_what_is_no_look_up_or_of_a_large_store_goes_to_a_worker(tmp_path: Path) -> None:
    def by(settings: Settings, query: str) -> list[str]:
        outcomes: list[str] = []
        with open_store(tmp_path / "held") as held:
            held.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1, 2, 3 } }")
            with Pool(Service(held, settings), said=outcomes.append) as pool:
                answer = asyncio.run(pool.ask(Question(query, "csv")))
                assert (answer.body or b"").count(b"urn:p") == 3
        return outcomes

    assert by(Settings(), ONE) == ["looked-up"]
    assert by(Settings(), ONE.replace("}", "FILTER(true) }")) == ["answered"]
    assert by(Settings(lookups_quads=0), ONE) == ["answered"]


def test_a_query_worker_loads_the_engine_and_little_else() -> None:
    """It is started again after each runaway query."""
    code = "import sys, api.workers.process, graph.answering; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    loaded = {name.partition(".")[0] for name in said.stdout.split()}
    assert "pyoxigraph" in loaded
    assert not loaded & {"claims", "fastapi", "pydantic", "rdflib", "tantivy"}


def test_a_service_that_was_closed_answers_when_it_is_opened_again(store: Store) -> None:
    """Its pool held on to the threads from before, which had ended."""
    app = create_app(store, settings=Settings(requests_per_minute=0, query_workers=1))
    for _ in range(2):
        with TestClient(app) as client:
            assert client.get("/sparql", params={"query": ASK}).json()["boolean"] is True
