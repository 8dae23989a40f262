"""Our ``/sparql`` beside the bare oxigraph server, rdflib-endpoint and Virtuoso, in one run.

    python bench/service.py --claims 2000 --rdflib-endpoint /path/to/bin/rdflib-endpoint
    python bench/service.py --claims 1000000 --store /path/to/a/store

Prints Markdown. A server that is not installed is left out and said so. All are started and take turns at
each query, asked by 1 and by 16 clients that keep their connections; the clients are threads of this process,
so the highest rates are bounded by the clients too. ``ours (disk)`` reads a hard-linked snapshot, ``ours
(memory)`` a copy in the workers. A comment with a number makes each query one that was not asked before; in
the second table it is the same each time, and ours gives the answer that it has kept.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox
from generate_graph import CLAIMS_OF_AN_ARTICLE, recommendation_iri, work_iri, write

from graph.sparql import PREFIXES, stored

JSON = "application/sparql-results+json"
SECONDS = 1.0  # of a turn
TURNS = 3
TRACES = 90


def trace_of(article: int) -> str:
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    root = f"<{recommendation_iri(article)}>"
    return prologue + stored("trace").replace(" ?root WHERE", " WHERE").replace("?root", root)


def queries() -> dict[str, str]:
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return {
        "one work": prologue + f"SELECT ?p ?o WHERE {{ <{work_iri(1)}> ?p ?o }}",
        "a page of claims": prologue + "SELECT ?c ?t WHERE { ?c a spine:Claim ; spine:text ?t } LIMIT 100",
        "trace": trace_of(3),
        "count by design": prologue
        + "SELECT ?d (COUNT(*) AS ?n) WHERE { ?s spine:design ?d } GROUP BY ?d ORDER BY ?d",
    }


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], url: str, folder: Path, **env: str) -> Iterator[int]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env={**os.environ, **env})
    try:
        for _ in range(3000):
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(url, timeout=5).status_code < 500:
                    break
            if process.poll() is not None:
                raise SystemExit((folder / "log").read_text()[-2000:])
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def fill(store: Path, data: Path) -> None:
    """From N-Quads, or from the folder of a store on this disk: hard links, so that nobody writes to it."""
    if data.is_dir():
        ox.Store.read_only(str(data)).backup(str(store))
        return
    engine = ox.Store(str(store))
    engine.bulk_load(path=str(data), format=ox.RdfFormat.N_QUADS)
    engine.flush()
    engine.optimize()


@contextlib.contextmanager
def ours(data: Path, folder: Path, *, memory: bool) -> Iterator[tuple[str, int]]:
    store = folder / "store"
    fill(store, data)
    port = free_port()
    command = [sys.executable, "-m", "claimspine", "serve", "--store", str(store), "--port", str(port)]
    quads = "100000000" if memory else "0"
    limits = {
        "CLAIMSPINE_REQUESTS_PER_MINUTE": "0",
        "CLAIMSPINE_SNAPSHOT_IN_MEMORY_QUADS": quads,
        "CLAIMSPINE_QUERY_SECONDS": "60",
        "TMPDIR": str(folder),
    }
    with running(command, f"http://127.0.0.1:{port}/health", folder, **limits) as pid:
        yield f"http://127.0.0.1:{port}/sparql", pid


@contextlib.contextmanager
def oxigraph(data: Path, folder: Path) -> Iterator[tuple[str, int]]:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        raise FileNotFoundError("oxigraph")
    fill(folder / "data", data)
    port = free_port()
    where = ["--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with running([str(program), "serve-read-only", *where], f"http://127.0.0.1:{port}/", folder) as pid:
        yield f"http://127.0.0.1:{port}/query", pid


@contextlib.contextmanager
def rdflib_endpoint(program: str | None, data: Path, folder: Path) -> Iterator[tuple[str, int]]:
    if program is None or not Path(program).exists():
        raise FileNotFoundError("rdflib-endpoint")
    plain = folder / "data.nt"
    triples = (quad.triple for quad in ox.parse(path=str(data), format=ox.RdfFormat.N_QUADS))
    ox.serialize(triples, str(plain), format=ox.RdfFormat.N_TRIPLES)
    port = free_port()
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(plain)]
    ask = urlencode({"query": "ASK { ?s ?p ?o }"})
    with running(command, f"http://127.0.0.1:{port}/?{ask}", folder) as pid:
        yield f"http://127.0.0.1:{port}/", pid


VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
NumberOfBuffers = 60000
MaxDirtyBuffers = 40000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 20
"""


@contextlib.contextmanager
def virtuoso(data: Path, folder: Path) -> Iterator[tuple[str, int]]:
    program = shutil.which("virtuoso-t")
    if program is None:
        raise FileNotFoundError("virtuoso-t")
    port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(folder=folder, http=port, sql=free_port()))
    host = f"http://127.0.0.1:{port}"
    command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    with running(command, f"{host}/sparql", folder) as pid:
        with httpx.Client(auth=httpx.DigestAuth("dba", "dba"), timeout=600) as client:
            part: list[ox.Triple] = []

            def send() -> None:
                client.post(
                    f"{host}/sparql-graph-crud-auth",
                    params={"graph": "urn:bench"},
                    content=ox.serialize(part, format=ox.RdfFormat.N_TRIPLES),
                    headers={"content-type": "application/n-triples"},
                ).raise_for_status()
                part.clear()

            for quad in ox.parse(path=str(data), format=ox.RdfFormat.N_QUADS):
                part.append(quad.triple)
                if len(part) == 20_000:
                    send()
            if part:
                send()
        yield f"{host}/sparql", pid


class Asker:
    """One client with one connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.path = parts.path
        self.link = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)

    def ask(self, body: str) -> int:
        headers = {"Accept": JSON, "Content-Type": "application/x-www-form-urlencoded"}
        self.link.request("POST", self.path, body, headers)
        return self._answer()

    def get(self, path: str) -> int:
        """An address of the same server."""
        self.link.request("GET", path)
        return self._answer()

    def _answer(self) -> int:
        answer = self.link.getresponse()
        size = len(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{self.path}: {answer.status}")
        return size


def measure(url: str, query: str, clients: int, *, again: bool) -> tuple[list[float], float]:
    """The times in milliseconds, and answers a second; ``again``: the same query each time."""
    numbers = itertools.count(time.time_ns())
    times: list[float] = []
    until = time.perf_counter() + SECONDS

    def work() -> None:
        asker = Asker(url)
        while time.perf_counter() < until:
            body = urlencode({"query": query if again else f"{query}\n# {next(numbers)}"})
            began = time.perf_counter()
            asker.ask(body)
            times.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(times) / (time.perf_counter() - began)


def worked(pid: int) -> float:
    """The processor time of a process and those that it has started, in milliseconds."""
    found = 0.0
    with contextlib.suppress(OSError):
        spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
        found += sum(map(int, spent)) / os.sysconf("SC_CLK_TCK") * 1000
        for listed in Path(f"/proc/{pid}/task").glob("*/children"):
            found += sum(worked(int(child)) for child in listed.read_text().split())
    return found


def middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def table(servers: dict[str, tuple[str, int]], *, again: bool) -> None:
    print(f"\n{'The same query each time' if again else 'Each query once'}:\n")
    print(
        "| query | server | 1 client, median ms | p95 ms | against oxigraph | processor, ms a query "
        "| 16 clients, a second | of oxigraph's |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for title, query in queries().items():
        alone: dict[str, list[float]] = {name: [] for name in servers}
        rates: dict[str, list[float]] = {name: [] for name in servers}
        spent = dict.fromkeys(servers, 0.0)
        for _ in range(TURNS):
            for name, (url, pid) in servers.items():
                measure_warm(url, query)
                before = worked(pid)
                alone[name] += measure(url, query, 1, again=again)[0]
                spent[name] += worked(pid) - before
                rates[name].append(measure(url, query, 16, again=again)[1])
        base = next(iter(servers))
        for name, times in alone.items():
            times.sort()
            rate = middle(rates[name])
            print(
                f"| {title} | {name} | {middle(times):.2f} | {times[int(len(times) * 0.95)]:.2f} "
                f"| {middle(times) / middle(alone[base]):.2f} x | {spent[name] / len(times):.2f} "
                f"| {rate:.0f} | {100 * rate / middle(rates[base]):.0f} % |",
                flush=True,
            )


def traces(servers: dict[str, tuple[str, int]], articles: int) -> None:
    """Traces of different recommendations, each asked once: as a query, and of ours by their route too."""
    ways: dict[str, tuple[int, Callable[[int], object]]] = {}
    for name, (url, pid) in servers.items():
        asker = Asker(url)
        ways[name] = pid, lambda n, a=asker: a.ask(urlencode({"query": trace_of(n)}))
        if name.startswith("ours"):
            ways[f"{name}, by its route"] = pid, lambda n, a=asker: a.get(f"/api/recommendations/r{n}/trace")
    times: dict[str, list[float]] = {name: [] for name in ways}
    spent = dict.fromkeys(ways, 0.0)
    for name, (pid, ask) in ways.items():
        for number in range(min(articles, TRACES)):
            before = worked(pid)
            began = time.perf_counter()
            ask(number)
            if number >= 5:  # a worker is started by the first
                times[name].append((time.perf_counter() - began) * 1000)
                spent[name] += worked(pid) - before
    print("\nTraces of different recommendations, one client, each once:\n")
    print("| server | median ms | p25 ms | processor, ms a trace | rdflib-endpoint's processor against it |")
    print("|---|---|---|---|---|")
    last = spent.get("rdflib-endpoint", 0.0) / max(1, len(times.get("rdflib-endpoint", ())))
    for name, taken in times.items():
        taken.sort()
        each = spent[name] / len(taken)
        told = f"{last / each:.1f} x" if last and each else "-"
        print(f"| {name} | {middle(taken):.2f} | {taken[len(taken) // 4]:.2f} | {each:.2f} | {told} |")


def measure_warm(url: str, query: str) -> None:
    for _ in range(2):
        Asker(url).ask(urlencode({"query": query}))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--claims", type=int, default=2000)
    arguments.add_argument("--rdflib-endpoint", default=shutil.which("rdflib-endpoint"))
    arguments.add_argument("--store", type=Path, help="A store from generate_graph.py, of so many claims.")
    arguments.add_argument(
        "--traces", action="store_true", help="Only the traces of different recommendations."
    )
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as top, contextlib.ExitStack() as running:
        data = given.store or Path(top, "data.nq")
        quads = f"{write(data, given.claims):,} quads" if given.store is None else "a store from disk"
        servers = {
            "oxigraph server": lambda at: oxigraph(data, at),
            "ours (disk)": lambda at: ours(data, at, memory=False),
            "ours (memory)": lambda at: ours(data, at, memory=True),
            "Virtuoso": lambda at: virtuoso(data, at),
            "rdflib-endpoint": lambda at: rdflib_endpoint(given.rdflib_endpoint, data, at),
        }
        started = {}
        for name, start in servers.items():
            if given.store is not None and name not in ("oxigraph server", "ours (disk)"):
                continue
            folder = Path(top, name.replace(" ", "-"))
            folder.mkdir()
            try:
                started[name] = running.enter_context(start(folder))
            except FileNotFoundError as exc:
                print(f"{name}: not installed: {exc}")
        print(
            f"{given.claims:,} claims, {quads}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before"
        )
        traces(started, given.claims // CLAIMS_OF_AN_ARTICLE)
        if not given.traces:
            table(started, again=False)
            table(started, again=True)


if __name__ == "__main__":
    main()
