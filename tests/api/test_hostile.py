"""Hostile input: nothing reaches the network or the disk, bombs end in a 4xx, runaways end in time."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.http import create_app
from api.service import Service
from api.settings import Settings
from api.workers.pool import Pool
from graph.answering import Question
from graph.errors import ClaimspineError

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def queries(url: str) -> list[str]:
    return [
        f"SELECT * {{ SERVICE <{url}/1> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{url}/2> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ BIND(<{url}/3> AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\u0053ERVICE <{url}/4> {{ ?s ?p ?o }} }}",
        f"SELECT*{{FILTER(1=1)#\nSERVICE<{url}/5>{{?s ?p ?o}}}}",
        f"SELECT * FROM <{url}/6> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{url}/7> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"CONSTRUCT {{ ?s ?p ?o }} FROM <{url}/8> WHERE {{ ?s ?p ?o }}",
        f"DESCRIBE <{url}/9>",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    ]


def test_no_query_leaves(client, listener) -> None:
    url, seen = listener
    for query in queries(url):
        answer = client.get("/sparql", params={"query": query})
        assert answer.status_code in (200, 400), query
        assert "root:" not in answer.text
    given = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": f"{url}/g", "named-graph-uri": f"{url}/n"}
    assert client.get("/sparql", params=given).json()["results"]["bindings"] == []
    assert seen == []


def test_no_update_leaves(client, bearer, listener) -> None:
    url, seen = listener
    admin = bearer("admin")
    for update in (
        f"LOAD <{url}/1>",
        f"LOAD SILENT <{url}/2> INTO GRAPH <urn:x>",
        "LOAD <file:///etc/passwd> INTO GRAPH <urn:x>",
        f"INSERT {{ GRAPH <urn:x> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <{url}/3> {{ ?s ?p ?o }} }}",
        f"INSERT {{ GRAPH <urn:x> {{ ?s ?p ?o }} }} USING <{url}/4> WHERE {{ ?s ?p ?o }}",
    ):
        assert client.post("/update", data={"update": update}, headers=admin).status_code in (200, 400), (
            update
        )
    assert seen == []


def test_no_upload_and_no_article_leaves(client, bearer, listener) -> None:
    url, seen = listener
    curator = bearer("curate")
    uploads = [
        ("application/ld+json", f'{{"@context": "{url}/c", "@id": "urn:a", "b": 1}}'),
        ("application/ld+json", f'{{"@context": ["{url}/c"], "@graph": []}}'),
        ("application/ld+json", f'{{"@context": {{"@import": "{url}/i"}}, "@id": "urn:a"}}'),
        ("application/ld+json", f'{{"id": "urn:a", "finding": {{"@context": "{url}/n"}}}}'),
        (
            "application/rdf+xml",
            f'<!DOCTYPE r [<!ENTITY x SYSTEM "{url}/e">]><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a">'
            '<b xmlns="urn:">&x;</b></rdf:Description></rdf:RDF>',
        ),
        (
            "application/rdf+xml",
            f'<!DOCTYPE r SYSTEM "{url}/dtd"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        ),
        (
            "application/xml",
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&x;</PubmedArticleSet>',
        ),
        ("text/turtle", f"<urn:o> <http://www.w3.org/2002/07/owl#imports> <{url}/o> ."),
        ("application/yaml", f"'@context': {url}/y\nid: concept/x\ntype: Concept\nprefLabel: x\n"),
        ("application/yaml", "!!python/object/apply:os.system ['true']\n"),
    ]
    for number, (kind, body) in enumerate(uploads):
        put = client.put(f"/api/sources/h{number}", content=body, headers={**curator, "content-type": kind})
        assert put.status_code < 500, (body, put.text)
        assert "root:" not in client.get(f"/api/sources/h{number}").text
    for text, kind in (
        (f"# T\n\n![p]({url}/i.png) Tea cures <img src='{url}/j.png'> colds. [l]({url}/l)", "text/markdown"),
        (
            f"<html><link rel=stylesheet href='{url}/s'><img src='{url}/k'><p>Tea cures.</p></html>",
            "text/html",
        ),
    ):
        for accept in ("application/json", "text/html"):
            headers = {"accept": accept}
            answer = client.post("/api/audits", json={"text": text, "media_type": kind}, headers=headers)
            assert answer.status_code == 201, answer.text
    assert seen == []


def test_the_kernel_keeps_a_worker_at_home(store, listener, monkeypatch) -> None:
    """Even if the first wall were gone: the worker itself cannot open a connection."""
    url, seen = listener
    settings = Settings(query_seconds=5, query_workers=1)
    with Pool(Service(store, settings)) as pool:
        asyncio.run(pool.ask(Question("ASK { ?s ?p ?o }", "json")))
        (worker,) = pool._crew._idle
        if not worker.walled:
            pytest.skip("no seccomp on this machine")
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]); from api.workers import confinement as c; "
            "assert c.leave_the_network(); import pyoxigraph as ox; s = ox.Store(); "
            "print(list(s.query(sys.argv[2])))"
        )
        import subprocess
        import sys

        from api.workers.starting import ROOT

        query = f"SELECT * {{ SERVICE <{url}/wall> {{ ?s ?p ?o }} }}"
        done = subprocess.run(
            [sys.executable, "-c", code, ROOT, query],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode != 0
        assert "OSError" in done.stderr or "Permission" in done.stderr, done.stderr
    assert seen == []


def deep(opening: str, closing: str, depth: int = 50_000) -> str:
    return opening * depth + closing * depth


def docx_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return out.getvalue()


def lol(kind: str) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{entities}]><{kind}>&l9;</{kind}>'


def test_bombs_end_in_a_4xx(client, bearer) -> None:
    curator = bearer("curate")
    bombs: list[tuple[str, str | bytes]] = [
        ("application/rdf+xml", lol("r")),
        ("application/xml", lol("PubmedArticleSet")),
        (
            "application/yaml",
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(
                f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n"
                for p, c in zip("abcdefghij", "bcdefghijk", strict=True)
            ),
        ),
        ("application/yaml", deep("[", "]")),
        ("application/ld+json", deep("[", "]")),
        ("application/ld+json", deep('{"a":', "}").replace("}", "1}", 1)),
        ("text/turtle", "<urn:a> <urn:b> " + deep("(", ")", 8_000) + " ."),
        ("text/turtle", "<urn:a> <urn:b> " + deep("[<urn:p> ", "]", 8_000) + " ."),
        ("application/x-bibtex", "@article{a, title={" + deep("{", "}") + "}}"),
    ]
    for kind, body in bombs:
        began = time.monotonic()
        answer = client.put("/api/sources/bomb", content=body, headers={**curator, "content-type": kind})
        # nested lists are flat once they are triples; a bibliography's bad entry is left out, and said
        harmless = kind in ("text/turtle", "application/x-bibtex") and answer.status_code == 201
        assert harmless or 400 <= answer.status_code < 500, (kind, body[:40], answer.text[:300])
        if harmless:
            for path in ("/api/sources/bomb", "/api/works", "/api/search?q=x", "/id/source/bomb"):
                for accept in ("*/*", "text/turtle"):
                    assert client.get(path, headers={"accept": accept}).status_code < 500, (path, accept)
            client.delete("/api/sources/bomb", headers=curator)
        assert time.monotonic() - began < 10, (kind, body[:40])
    word = {"content-type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
    assert 400 <= client.post("/api/audits", content=docx_bomb(), headers=word).status_code < 500


def test_deep_and_long_queries_are_refused_in_time(client) -> None:
    for query in (
        "SELECT * " + deep("{", "}", 20_000),
        "SELECT * { ?s ?p ?o FILTER(" + deep("(", ")", 20_000).replace("()", "(1)") + ") }",
        "SELECT * { ?s " + "/".join(["<urn:p>"] * 9_000) + " ?o }",
        "ASK { ?s ?p '" + "x" * 90_000 + "' }",
        "A" * 200_000,
    ):
        began = time.monotonic()
        answer = client.post("/sparql", data={"query": query})
        assert answer.status_code in (200, 400, 413, 503), answer.text[:200]
        assert time.monotonic() - began < 12
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_a_body_beyond_the_limit_is_413(store, tokens, bearer, assert_problem) -> None:
    app = create_app(store, settings=Settings(request_mb=1), tokens=tokens)
    with TestClient(app, raise_server_exceptions=False) as client:
        big = b"x" * 1_500_000
        assert_problem(client.post("/api/audits", content=big), 413, "too-large")

        def chunks() -> Iterator[bytes]:
            for _ in range(15):
                yield b"x" * 100_000

        kind = {"content-type": "application/sparql-query"}
        assert_problem(client.post("/sparql", content=chunks(), headers=kind), 413, "too-large")


class TestRunaway:
    """Queries that take too long, too much memory, too many rows or bytes."""

    @pytest.fixture
    def bounded(self, store, tokens) -> Iterator[TestClient]:
        settings = Settings(
            query_seconds=1,
            query_mb=150,
            query_rows=1000,
            answer_mb=1,
            query_workers=1,
            requests_per_minute=0,
        )
        with TestClient(
            create_app(store, settings=settings, tokens=tokens), raise_server_exceptions=False
        ) as c:
            yield c

    def test_each_limit_is_a_clean_problem_and_the_next_query_works(self, bounded, assert_problem) -> None:
        ask = {"query": "ASK { ?s ?p ?o }"}
        assert bounded.get("/sparql", params=ask).json()["boolean"] is True
        pid = bounded.app.state.service.pool.pids[0]
        for query, status, code in (
            (RUNAWAY, 503, "query-too-long-running"),
            ("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 2000", 413, "answer-too-large"),
            ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 413, "answer-too-large"),
            ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", 413, "answer-too-large"),
        ):
            answer = bounded.get("/sparql", params={"query": query})
            assert_problem(answer, status, code)
            if status == 503:
                assert int(answer.headers["retry-after"]) > 0
            assert bounded.get("/sparql", params=ask).json()["boolean"] is True
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    def test_memory(self, store, assert_problem) -> None:
        settings = Settings(query_seconds=20, query_mb=60, query_workers=1)
        with Pool(Service(store, settings)) as pool:
            large = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
            with pytest.raises(ClaimspineError) as caught:
                asyncio.run(pool.ask(Question(large, "json")))
            assert caught.value.code == "query-too-much-memory"
            assert asyncio.run(pool.ask(Question("ASK { ?s ?p ?o }", "json"))).body is not None

    @pytest.mark.parametrize(
        "accept", ["text/csv", "application/sparql-results+xml", "text/tab-separated-values"]
    )
    def test_rows_are_counted_in_every_format(self, bounded, assert_problem, accept: str) -> None:
        for limit, status in ((1000, 200), (1001, 413)):
            query = f"SELECT ?c {{ ?a ?b ?c . ?d a ?f FILTER(isIRI(?c)) }} LIMIT {limit}"
            answer = bounded.get("/sparql", params={"query": query}, headers={"accept": accept})
            assert answer.status_code == status, answer.text[:300]

    def test_traces_go_on_while_strangers_run_away(self, store, tokens) -> None:
        settings = Settings(query_seconds=1.5, query_workers=2, requests_per_minute=0)
        with TestClient(
            create_app(store, settings=settings, tokens=tokens), raise_server_exceptions=False
        ) as c:
            where = "/api/recommendations/walking-most-days/trace"

            def times(count: int) -> list[float]:
                taken = []
                for _ in range(count):
                    began = time.perf_counter()
                    assert c.get(where).status_code == 200
                    taken.append(time.perf_counter() - began)
                return sorted(taken)

            times(3)
            quiet = times(15)
            statuses: list[int] = []
            threads = [
                threading.Thread(
                    target=lambda: statuses.append(c.get("/sparql", params={"query": RUNAWAY}).status_code)
                )
                for _ in range(10)
            ]
            for thread in threads:
                thread.start()
            busy = times(15)
            for thread in threads:
                thread.join(60)
            assert set(statuses) == {503}
            assert len(statuses) == 10
            # the aim is 3 times on a machine of its own; this one may be shared with other tests
            assert busy[-2] < max(10 * quiet[-2], 1.5), (quiet, busy)


def test_no_worker_outlives_a_killed_service(store) -> None:
    """Kill -9 of the parent, in the middle of a runaway query."""
    import subprocess
    import sys

    code = (
        "import asyncio, threading, time, os\n"
        "from api.service import Service\nfrom api.settings import Settings\n"
        "from api.workers.pool import Pool\nfrom graph.answering import Question\n"
        "from graph.store import open_store\n"
        "s = open_store()\n"
        "data = ' '.join(f'<urn:{n}> <urn:p> {n} .' for n in range(2000))\n"
        "s.update('INSERT DATA { GRAPH <urn:g> { ' + data + ' } }')\n"
        "pool = Pool(Service(s, Settings(query_seconds=60, query_workers=2)))\n"
        "ask = lambda query: asyncio.run(pool.ask(Question(query, 'json')))\n"
        "ask('ASK { ?s ?p ?o }')\n"
        "print(pool.pids[0], flush=True)\n"
        f"threading.Thread(target=ask, args=({RUNAWAY!r},), daemon=True).start()\n"
        "time.sleep(0.5)\nprint('running', flush=True)\ntime.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    assert process.stdout.readline().strip() == "running"
    os.kill(worker, 0)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            state = open(f"/proc/{worker}/stat").read().split()[2]  # noqa: SIM115, PTH123
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    raise AssertionError("the worker is still there")
