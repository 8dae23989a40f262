"""A trace, an audit, a search and a page of works through HTTP, beside the same function called at home.

python bench/service_routes.py
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from claims.audit import Checker
from claims.reading import read_text
from claims.reports import to_dict
from graph.rendering import render
from graph.sources import load
from graph.store import open_store
from graph.tracing import trace

TRACE = "/api/recommendations/walking-most-days/trace"
WALKING = Path(__file__).parents[1] / "examples" / "walking-spine"


def timed(work: Callable[[], object], seconds: float = 4.0) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    work()
    times = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def main() -> None:
    article = (WALKING / "article.md").read_text()
    store = open_store("memory")
    load(store, [WALKING / "evidence"])
    checker = Checker.of(store=store)
    home: dict[str, Callable[[], object]] = {
        "trace, asked again": lambda: render(trace(store, "walking-most-days"), "jsonld"),
        "audit": lambda: to_dict(checker.check(read_text(article))),
    }
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "claimspine", "serve", "--evidence", str(WALKING / "evidence")]
    env = {**os.environ, "CLAIMSPINE_REQUESTS_PER_MINUTE": "0", "CLAIMSPINE_AUDITS_PER_MINUTE": "0"}
    service = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL, env=env)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            for _ in range(300):
                with contextlib.suppress(httpx.HTTPError):
                    client.get("/health")
                    break
                time.sleep(0.1)
            calls: dict[str, Callable[[], object]] = {
                "trace, asked again": lambda: client.get(TRACE).content,
                "audit": lambda: client.post("/api/audits", json={"text": article}).content,
                "search": lambda: client.get("/api/search", params={"q": "walking recurrence"}).content,
                "works": lambda: client.get("/api/works").content,
            }
            print("| call | through HTTP, median ms | p95 ms | the function alone, median ms |")
            print("|---|---|---|---|")
            for name, call in calls.items():
                median, p95 = timed(call)
                alone = f"{timed(home[name])[0]:.1f}" if name in home else ""
                print(f"| {name} | {median:.1f} | {p95:.1f} | {alone} |", flush=True)
    finally:
        service.terminate()
        service.wait()


if __name__ == "__main__":
    main()
