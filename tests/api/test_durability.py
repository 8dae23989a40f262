"""Kill -9 of the service and its workers during acknowledged writes: nothing acknowledged is lost, nothing is
half there, and no answer to a query is cut off.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from api.tokens import Tokens
from graph.store import open_store

ROUNDS = 3
TRIPLES = 40


def start(store: Path, port: int) -> subprocess.Popen[bytes]:
    run = [sys.executable, "-m", "claimspine", "serve", "--store", str(store), "--port", str(port)]
    with store.with_name("log").open("ab") as log:
        return subprocess.Popen(run, stderr=log)


@contextlib.contextmanager
def serving(store: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A service that answers; it is killed at the end, whatever comes between."""
    process = start(store, port)
    try:
        wait(f"http://127.0.0.1:{port}", process, store.with_name("log"))
        yield process
    finally:
        process.kill()
        process.wait()


def quiet_port() -> int:
    """A free port below those that clients get: asking a service that is down must not take its port."""
    for port in random.Random().sample(range(20_000, 32_000), 200):
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def wait(url: str, process: subprocess.Popen[bytes], log: Path) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 180:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health", timeout=1).status_code == 200:
                return time.monotonic() - began
        assert process.poll() is None, log.read_text()[-2000:]
        time.sleep(0.02)
    raise AssertionError(log.read_text()[-2000:])


def children(pid: int) -> list[int]:
    found: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, listed.read_text().split())
    return found


def test_acknowledged_writes_survive_kill_9(tmp_path: Path) -> None:
    store = tmp_path / "store"
    _, token = Tokens(tmp_path / "store.tokens.json").add("Ana", ["curate"], "2026-01-01T00:00:00Z")
    headers = {"Authorization": f"Bearer {token}", "content-type": "text/turtle"}
    port = quiet_port()
    url = f"http://127.0.0.1:{port}"
    acknowledged: dict[str, int] = {}
    sent: dict[str, set[int]] = {}  # since the last acknowledged one
    chance = random.Random(7)
    killed = 0
    statuses: set[int] = set()
    for number in range(ROUNDS):
        with serving(store, port) as process:
            written: list[str] = []

            def write(part: int, number: int = number, written: list[str] = written) -> None:
                with contextlib.suppress(httpx.HTTPError), httpx.Client(headers=headers) as client:
                    for turn in range(1000):
                        name, value = f"s{part}-{turn % 5}", number * 10_000 + turn
                        body = "\n".join(f"<urn:{name}:{n}> <urn:turn> {value} ." for n in range(TRIPLES))
                        sent.setdefault(name, set()).add(value)
                        if client.put(f"{url}/api/sources/{name}", content=body).status_code in (200, 201):
                            acknowledged[name] = value
                            written.append(name)
                            sent[name] = set()

            def read() -> None:
                with contextlib.suppress(httpx.HTTPError), httpx.Client() as client:
                    while True:
                        query = {"query": "SELECT (COUNT(*) AS ?n) { ?s <urn:turn> ?v FILTER(?v >= 0) }"}
                        answer = client.get(f"{url}/sparql", params=query, timeout=5)
                        statuses.add(answer.status_code)
                        if answer.status_code == 200:
                            assert len(answer.json()["results"]["bindings"]) == 1

            def kill(process: subprocess.Popen[bytes] = process) -> None:
                nonlocal killed
                while process.poll() is None:
                    for pid in children(process.pid):
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)
                            killed += 1
                    time.sleep(0.15)

            threads = [threading.Thread(target=write, args=(part,)) for part in range(2)]
            threads += [threading.Thread(target=read), threading.Thread(target=kill)]
            for thread in threads:
                thread.start()
            time.sleep(0.3 + chance.random() * 0.5)
            until = time.monotonic() + 20
            while len(written) < 5 and time.monotonic() < until:  # on a machine that has much else to do
                time.sleep(0.05)
        for thread in threads:
            thread.join()
        with open_store(store) as held:
            for name, value in acknowledged.items():
                within = f"GRAPH <https://w3id.org/claimspine/id/source/{name}> {{ ?s <urn:turn> ?v }}"
                values = {int(row[0] or 0) for row in held.rows(f"SELECT ?v {{ {within} }}")}
                assert values <= {value} | sent[name], (number, name)  # what was sent later may be in as well
                assert len(values) == 1
                count = next(held.rows(f"SELECT (COUNT(*) AS ?n) {{ {within} }}"))
                assert count == (str(TRIPLES),)
    assert len(acknowledged) >= 5
    assert killed >= ROUNDS / 2
    assert statuses <= {200, 503}
