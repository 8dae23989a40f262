"""Traces of one client while ten others send cartesian products, beside the same traces in quiet.

python bench/service_runaway.py
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
import pyoxigraph as ox
from generate_graph import write
from service import free_port

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CLAIMS, CLIENTS = 2000, 10


def traces(client: httpx.Client, count: int) -> list[float]:
    """The times of traces of different recommendations, in milliseconds."""
    taken = []
    for number in range(count):
        began = time.perf_counter()
        client.get(f"/api/recommendations/r{number % 90}/trace").raise_for_status()
        taken.append((time.perf_counter() - began) * 1000)
        time.sleep(0.02)
    return taken


def resident(pid: int) -> float:
    """Megabytes of a process and those it has started; what several share is counted once (Pss).

    A process that is being started is a copy of the one that starts it for a moment, and shares all with it.
    """
    total = 0.0
    with contextlib.suppress(OSError, IndexError):
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += int(told.split("\nPss:")[1].split()[0]) / 1024
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            total += sum(resident(int(child)) for child in listed.read_text().split())
    return total


def main() -> None:
    with tempfile.TemporaryDirectory() as top:
        data, store = Path(top, "data.nq"), Path(top, "store")
        write(data, CLAIMS)
        engine = ox.Store(str(store))
        engine.bulk_load(path=str(data), format=ox.RdfFormat.N_QUADS)
        engine.flush()
        del engine
        port = free_port()
        command = [sys.executable, "-m", "claimspine", "serve", "--store", str(store), "--port", str(port)]
        limits = {"CLAIMSPINE_REQUESTS_PER_MINUTE": "0", "CLAIMSPINE_QUERY_SECONDS": "5"}
        service = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, **limits})
        try:
            measure(service.pid, f"http://127.0.0.1:{port}")
        finally:
            service.terminate()
            service.wait()


def measure(pid: int, url: str) -> None:
    with httpx.Client(base_url=url, timeout=60) as client:
        for _ in range(600):
            with contextlib.suppress(httpx.HTTPError):
                client.get("/health")
                break
            time.sleep(0.1)
        traces(client, 20)
        quiet = sorted(traces(client, 150))
        over = threading.Event()
        statuses: set[int] = set()

        def run_away() -> None:
            with httpx.Client(base_url=url, timeout=60) as stranger:
                while not over.is_set():
                    statuses.add(stranger.get("/sparql", params={"query": RUNAWAY}).status_code)

        threads = [threading.Thread(target=run_away) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        time.sleep(1.5)
        busy: list[float] = []
        largest = 0.0
        for _ in range(4):
            busy += traces(client, 60)
            largest = max(largest, resident(pid))
        over.set()
        for thread in threads:
            thread.join()
    busy.sort()
    print("| traces | median ms | p95 ms |\n|---|---|---|")
    for name, times in (("quiet", quiet), ("beside ten runaways", busy)):
        print(f"| {name} | {times[len(times) // 2]:.1f} | {times[int(len(times) * 0.95)]:.1f} |")
    ratio = busy[int(len(busy) * 0.95)] / quiet[int(len(quiet) * 0.95)]
    print(f"\np95 {ratio:.2f} times; runaways ended with {sorted(statuses)}; {largest:.0f} MB at most")


if __name__ == "__main__":
    main()
