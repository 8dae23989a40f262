"""A query past the layers of ASGI gets what it gets through them, byte for byte but for times and ids."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any, cast
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from uvicorn.config import Config
from uvicorn.server import ServerState

from api.http import create_app
from api.http.direct_answers import Exchange
from api.http.direct_queries import Connection
from api.http.heads import BoundedHeads
from api.http.repeated import Head, known
from api.settings import Settings
from api.tokens import Tokens
from graph.store import Store

ASK = "ASK { ?s ?p ?o }"
ONE = "SELECT ?p ?o { <https://w3id.org/claimspine/id/recommendation/walking-most-days> ?p ?o }"
MANY = "SELECT * { ?a ?b ?c . ?d a spine:Work } LIMIT 5000"
SOME = "SELECT * { ?a spine:text ?c } LIMIT 100"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


class Wire(asyncio.Transport):
    """Where a connection writes; it takes everything."""

    def __init__(self) -> None:
        super().__init__()
        self.said = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.said += data

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 8040) if name in ("peername", "sockname") else default

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


@pytest.fixture
def app(store: Store, tokens: Tokens) -> Iterator[FastAPI]:
    settings = Settings(
        requests_per_minute=0, query_workers=1, hosts="localhost", query_characters=20_000, answer_mb=2
    )
    made = create_app(store, settings=settings, tokens=tokens)
    yield made
    made.state.service.close()


def connected(app: FastAPI, kind: type[BoundedHeads]) -> tuple[BoundedHeads, Wire]:
    config = Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    config.load()
    connection, wire = kind(config, ServerState(), {}), Wire()
    connection.connection_made(wire)
    return connection, wire


async def exchanged(app: FastAPI, kind: type[BoundedHeads], parts: list[bytes]) -> tuple[bytes, bool]:
    """What comes back, and whether the connection was closed."""
    connection, wire = connected(app, kind)
    for part in parts:
        connection.data_received(part)
        if len(parts) > 9:
            await asyncio.sleep(0)
    for _ in range(2000):
        await asyncio.sleep(0.005)
        if wire.closed or (not connection.tasks and connection.cycle is not None):
            break
    said, closed = wire.said, wire.closed
    connection.connection_lost(None)
    return said, closed


def request(
    body: str | bytes = "",
    *,
    method: str = "POST",
    path: str = "/sparql",
    version: str = "1.1",
    **headers: str,
) -> bytes:
    sent = body.encode() if isinstance(body, str) else body
    names = {"host": "localhost:8040", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if sent and "transfer-encoding" not in names:
        names.setdefault("content-length", str(len(sent)))
    head = "".join(f"{name}: {value}\r\n" for name, value in names.items())
    return f"{method} {path} HTTP/{version}\r\n{head}\r\n".encode() + sent


def get(query: str, **headers: str) -> bytes:
    return request(method="GET", path="/sparql?query=" + quote(query), **headers)


def post(query: str, **headers: str) -> bytes:
    return request(urlencode({"query": query}), **{"content_type": FORM, **headers})


GRAPH = "https://w3id.org/claimspine/id/source/claims"
REQUESTS = {
    "ask by form": post(ASK),
    "ask by address": get(ASK),
    "ask as it is": request(ASK, content_type=QUERY),
    "look-up": post(ONE),
    "look-up by address, as text": get(ONE, accept="text/csv"),
    "look-up as XML": post(ONE, accept="application/sparql-results+xml"),
    "whatever is liked": post(ONE, accept="text/turtle;q=0.9, */*;q=0.1"),
    "a graph": post("CONSTRUCT { ?s a spine:Work } WHERE { ?s a spine:Work }", accept="text/turtle"),
    "a long answer": post(MANY),
    "a long answer, pressed": post(MANY, accept_encoding="gzip, deflate"),
    "a long answer that is not to be pressed": post(MANY, accept_encoding="gzip;q=0"),
    "a large answer": post(SOME),
    "a large answer, pressed": post(SOME, accept_encoding="br, gzip"),
    "a small answer, not pressed": post(ASK, accept_encoding="gzip"),
    "graphs": request(urlencode([("query", ASK), ("default-graph-uri", GRAPH)]), content_type=FORM),
    "graphs in the address": request(
        ASK, content_type=QUERY, path="/sparql?named-graph-uri=" + quote(GRAPH, safe="")
    ),
    "not acceptable": post(ASK, accept="image/png"),
    "unreadable": post("SELECT * { <urn:a> ?p }"),
    "an unknown prefix": post("SELECT * { none:a ?p ?o }"),
    "asks other hosts": post("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    "a graph that is nowhere": post("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }"),
    "too long": post("# " + "x" * 30_000 + "\n" + ASK),
    "too large an answer": post("SELECT * { ?a ?b ?c . ?d ?e ?f }"),
    "too large a body": request("query=" + "x" * 70_000, content_type=FORM),
    "no query": request("", content_type=FORM),
    "two queries": request("query=ASK%7B%7D&query=ASK%7B%7D", content_type=FORM),
    "an update": request("update=ASK%7B%7D", content_type=FORM),
    "no UTF-8": request(b"query=ASK%7B%7D%ff", content_type=FORM),
    "no UTF-8 as it is": request(b"ASK {} # \xff", content_type=QUERY),
    "a broken escape": request("query=ASK%7B%7D%", content_type=FORM),
    "no media type": request(ASK),
    "another media type": request(ASK, content_type="text/plain"),
    "another character set": post(ASK, content_type=FORM + "; charset=utf-16"),
    "description": request(method="GET"),
    "description, empty": request(method="GET", path="/sparql?", accept="text/turtle"),
    "head": request(method="HEAD", path="/sparql?query=" + quote(ASK)),
    "options": request(method="OPTIONS"),
    "put": request(ASK, method="PUT", content_type=QUERY),
    "another origin": post(ASK, origin="https://page.example"),
    "through a proxy": post(ASK, x_forwarded_for="192.0.2.7"),
    "another host": post(ASK, host="evil.example"),
    "an unknown token": post(ASK, authorization="Bearer none"),
    "other credentials": post(ASK, authorization="Basic abc"),
    "an id": post(ASK, x_request_id="mine-1"),
    "no id": post(ASK, x_request_id="not one!"),
    "in pieces": request(
        b"7\r\nquery=A\r\n6\r\nSK%7B%7\r\n2\r\nD \r\n0\r\n\r\n",
        content_type=FORM,
        transfer_encoding="chunked",
    ),
    "the last one": post(ASK, connection="close"),
    "the older way": get(ASK, version="1.0"),
    "another path": request(method="GET", path="/sparqle"),
    "below it": request(method="GET", path="/sparql/x?query=" + quote(ASK)),
    "with a fragment": request(method="GET", path=f"/sparql?query={quote(ASK)}#x"),
    "escaped": request(method="GET", path="/%73parql?query=" + quote(ASK)),
    "two of a kind": post(ASK).replace(b"host:", b"accept: text/csv\r\naccept: application/json\r\nhost:"),
    "two, one after another": post(ASK) + get(ONE, accept="text/csv"),
    "two, the first of them elsewhere": request(method="GET", path="/health") + post(ASK),
}

_CHANGING = re.compile(
    rb"vary: Origin|x-request-id: [0-9a-f]{32}|taken=[^;]*;|date: [^\r]*|claimspine-snapshot: [^\r]*",
    re.IGNORECASE,
)


def unchunked(said: bytes) -> tuple[bytes, bytes]:
    """A body that came in pieces, whole, and what comes after it."""
    body = b""
    while True:
        size, _, said = said.partition(b"\r\n")
        piece, said = said[: int(size, 16)], said[int(size, 16) + 2 :]
        if not piece:
            return body, said
        body += piece


def read(said: bytes) -> list[tuple[bytes, list[bytes], bytes]]:
    """The answers: first lines, other lines in order, bodies."""
    found = []
    while said:
        head, _, said = said.partition(b"\r\n\r\n")
        # whether CORS names the origin to those who name none differs between versions of Starlette
        first, *lines = _CHANGING.sub(b"", head.replace(b", Origin", b"")).split(b"\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        if b"transfer-encoding: chunked" in head:
            body, said = unchunked(said)
        else:
            size = int(length[1]) if length else 0
            body, said = said[:size], said[size:]
        if b"content-encoding: gzip" in head:
            body = gzip.decompress(body)
        found.append((first, sorted(line for line in lines if line), body))
    return found


@pytest.mark.parametrize("name", REQUESTS)
def test_both_ways_give_the_same(app: FastAPI, name: str) -> None:
    sent = REQUESTS[name]

    async def run() -> list[tuple[bytes, bool]]:
        found = [await exchanged(app, kind, [sent]) for kind in (BoundedHeads, Connection, Connection)]
        half = len(sent) // 2
        found.append(await exchanged(app, Connection, [sent[:half], sent[half:]]))
        return found

    (ordinary, closed), *others = asyncio.run(run())
    assert ordinary
    if name == "head":  # its length is that of the body it does not have
        assert all(said.partition(b"\r\n")[0] == ordinary.partition(b"\r\n")[0] for said, _ in others)
        return
    for said, also in others:
        assert read(said) == read(ordinary)
        assert also == closed


@pytest.mark.parametrize("name", ["ask by form", "look-up", "a long answer", "unreadable"])
def test_most_queries_go_this_way(app: FastAPI, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*given: Any) -> None:
        raise AssertionError("the ordinary way")

    monkeypatch.setattr("api.http.middleware.RequestMiddleware.__call__", nobody)
    said, closed = asyncio.run(exchanged(app, Connection, [REQUESTS[name]]))
    assert said.startswith(b"HTTP/1.1 400" if name == "unreadable" else b"HTTP/1.1 200")
    assert not closed
    assert b"\r\nx-request-id: " in said
    assert re.search(rb"\r\nvary: [^\r]*Origin\r\n", said)
    assert b"\r\nx-content-type-options: nosniff" in said


def test_byte_by_byte(app: FastAPI) -> None:
    sent = [bytes([one]) for one in post(ONE)]
    whole, _ = asyncio.run(exchanged(app, Connection, [post(ONE)]))
    assert read(asyncio.run(exchanged(app, Connection, sent))[0]) == read(whole)


TWO = "SELECT ?s { ?s a spine:Work } LIMIT 3"
CONVERSATIONS = {
    "the same head": [post(ONE), post(ONE + "#1"), post(TWO), post("ASK {}" + " " * 900), post(ONE)],
    "the same head, in the address": [get(ONE), get(TWO), get("ASK {}"), get(ONE + "# x"), get(ONE)],
    "the same, but for a header": [post(ONE), post(ONE, accept="text/csv"), post(TWO, accept="text/csv")],
    "another token": [post(ONE), post(ONE, authorization="Bearer none"), post(ONE)],
    "another host": [post(ONE), post(ONE, host="evil.example"), post(TWO)],
    "another method": [post(ONE), get(ONE), post(TWO), get(TWO)],
    "as it is": [request(one, content_type=QUERY) for one in (ONE, TWO, ASK)],
    "one is refused": [post(ONE), post("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), post(TWO)],
    "one cannot be read": [post(ONE), post("SELECT * { <urn:a> ?p }"), post(TWO)],
    "one has two queries": [
        *(post(ONE), request("query=ASK%7B%7D&query=ASK%7B%7D", content_type=FORM)),
        post(TWO),
    ],
    "one has a fragment": [get(ONE), request(method="GET", path=f"/sparql?query={quote(ASK)}#x"), get(TWO)],
    "no query": [get(ONE), request(method="GET", path="/sparql?"), request(method="GET"), get(TWO)],
    "an odd address": [get(ONE), request(method="GET", path="/sparql?query=ASK{}%zz"), get(TWO)],
    "one is too long": [post(ONE), request("query=" + "x" * 70_000, content_type=FORM), post(TWO)],
    "a worker is asked": [post(MANY), post(ASK), post(ONE), post(MANY, accept_encoding="gzip")],
    "the last": [post(ONE), post(TWO), post(ONE, connection="close")],
    "elsewhere between": [post(ONE), request(method="GET", path="/health"), post(TWO)],
    "a length with a blank": [post(ONE), post(TWO).replace(b"content-length: ", b"content-length:  ")],
    "a length that is none": [post(ONE), post(TWO).replace(b"content-length: ", b"content-length: +")],
    "lines without a return": [post(ONE).replace(b"\r\n", b"\n"), post(TWO)],
}


async def conversed(app: FastAPI, kind: type[BoundedHeads], sent: list[bytes], cut: int | None) -> bytes:
    """What comes back to requests one after another, each when the one before was answered."""
    connection, wire = connected(app, kind)
    for one in sent:
        before = len(wire.said)
        for part in [one] if cut is None else [one[:cut], one[cut:]]:
            connection.data_received(part)
        for _ in range(2000):
            if wire.closed or (len(wire.said) > before and not connection.tasks):
                break
            await asyncio.sleep(0.005)
        if wire.closed:
            break
    said = wire.said
    connection.connection_lost(None)
    return said


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_connection_that_is_kept_gives_what_new_ones_give(app: FastAPI, name: str) -> None:
    sent = CONVERSATIONS[name]

    async def run() -> list[bytes]:
        ordinary = await conversed(app, BoundedHeads, sent, None)
        ends = [one.index(b"\r\n\r\n") + 4 if b"\r\n\r\n" in one else 20 for one in sent]
        cuts = [None, ends[0], 20, ends[0] + 10]
        return [ordinary, *[await conversed(app, Connection, sent, cut) for cut in cuts]]

    ordinary, *others = asyncio.run(run())
    for said in others:
        assert read(said) == read(ordinary)


@pytest.mark.parametrize("sent", [post(ONE), get(ONE), request(ONE, content_type=QUERY)])
def test_a_head_that_was_read_is_not_read_again(
    app: FastAPI, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> list[int]:
        connection, wire = connected(app, Connection)
        sizes = []
        for _ in range(3):
            connection.data_received(sent)
            sizes.append(len(wire.said))
            monkeypatch.setattr(connection, "parser", None)
        connection.data_received(sent + sent[:9])
        return sizes

    with pytest.raises(AttributeError):  # two at once are for the parser
        asyncio.run(run())


def test_heads_are_known_whole() -> None:
    sent = {b"host": b"a", b"content-length": b"7"}
    head = Head("POST", b"", sent, None, None, False)
    written = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n"
    of = known(written + b"query=A", head)
    assert of is not None
    assert of.place(written.replace(b"7", b"12") + b"x" * 12) == (b"12", len(written) + 1)
    for other in (
        written.replace(b"7", b"7, 8"),
        written.replace(b"7", b""),
        written.replace(b"7", b"123456"),
        written.replace(b"Host: a", b"Host: b"),
        written[:-2] + b"X: y\r\n\r\n",
        written[:-1],
    ):
        assert of.place(other) is None
    assert known(written.replace(b"\r\nHost", b"\nHost"), head) is None
    assert known(written[:-2], head) is None
    assert known(written.replace(b"Host: a\r\n", b""), head) is None
    assert known(written.replace(b"Host: a", b"Host: " + b"a" * 5000), head) is None


def test_an_idle_connection_is_closed(app: FastAPI) -> None:
    """Its clock is wound up with the first answer, and looks at the last when it has run down."""

    async def run() -> list[bool]:
        connection, wire = connected(app, Connection)
        connection.data_received(post(ONE))
        first = connection.timeout_keep_alive_task
        connection.data_received(post(ONE))
        assert connection.timeout_keep_alive_task is first
        connection.timeout_keep_alive_handler()
        closed = [wire.closed, connection.timeout_keep_alive_task in (None, first)]
        connection.timeout_keep_alive = 0
        connection.data_received(post(ONE)[:200])
        connection.timeout_keep_alive_handler()  # the rest of a request is coming in
        closed.append(wire.closed)
        connection.data_received(post(ONE)[200:])
        connection.timeout_keep_alive_handler()
        return [*closed, wire.closed]

    assert asyncio.run(run()) == [False, False, False, True]


def test_it_is_counted_and_logged_as_others_are(
    app: FastAPI, caplog: pytest.LogCaptureFixture, bearer: Callable[[str], dict[str, str]]
) -> None:
    token = bearer("read")["Authorization"]
    with caplog.at_level(logging.INFO, logger="claimspine.http"):
        said, _ = asyncio.run(
            exchanged(app, Connection, [post(ONE, authorization=token, x_request_id="mine")])
        )
        app.state.log.write()
    (line,) = [json.loads(line) for record in caplog.records for line in record.getMessage().splitlines()]
    body = said.partition(b"\r\n\r\n")[2]
    assert (line["id"], line["route"], line["status"], line["bytes"], line["token"]) == (
        "mine",
        "/sparql",
        200,
        len(body),
        "read 0",
    )
    assert "walking" not in caplog.text
    counted = app.state.metrics.text().decode()
    assert 'claimspine_requests_total{method="POST",route="/sparql",status="200"} 1.0' in counted
    assert 'claimspine_queries_total{outcome="looked-up"} 1.0' in counted


def test_rates_are_held(store: Store, tokens: Tokens) -> None:
    app = create_app(store, settings=Settings(requests_per_minute=3), tokens=tokens)

    async def run() -> list[bytes]:
        return [(await exchanged(app, Connection, [post(ONE)]))[0].split()[1] for _ in range(5)]

    try:
        assert asyncio.run(run()) == [b"200", b"200", b"200", b"429", b"429"]
    finally:
        app.state.service.close()


def test_a_closed_service_asks_everyone(store: Store, tokens: Tokens) -> None:
    app = create_app(store, settings=Settings(open_reading=False), tokens=tokens)
    try:
        said, _ = asyncio.run(exchanged(app, Connection, [post(ONE)]))
    finally:
        app.state.service.close()
    assert said.startswith(b"HTTP/1.1 401")


def test_who_goes_away_before_the_answer(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> Wire:
        connection, wire = connected(app, Connection)
        connection.data_received(post(ASK))
        wire.close()
        connection.connection_lost(ConnectionResetError())
        while connection.tasks:
            await asyncio.sleep(0.01)
        return wire

    assert asyncio.run(run()).said == b""
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


def test_the_service_stops_after_the_answer(app: FastAPI) -> None:
    """uvicorn asks a connection to end: what is on its way is answered, and then it closes."""

    async def run() -> tuple[bytes, bool]:
        connection, wire = connected(app, Connection)
        connection.data_received(post(ASK))
        assert isinstance(cast(object, connection.cycle), Exchange)
        connection.shutdown()
        while connection.tasks:
            await asyncio.sleep(0.01)
        return wire.said, wire.closed

    said, closed = asyncio.run(run())
    assert said.startswith(b"HTTP/1.1 200")
    assert b"\r\nconnection: close\r\n" in said
    assert closed


def test_a_fault_of_ours_is_a_problem(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any, **more: Any) -> None:
        raise RuntimeError("secret")

    for name in ("at_once", "by_worker"):
        monkeypatch.setattr(f"api.workers.pool.Pool.{name}", broken)
        said, _ = asyncio.run(exchanged(app, Connection, [post(ASK)]))
        assert said.startswith(b"HTTP/1.1 500")
        assert b"internal-error" in said
        assert b"secret" not in said
        monkeypatch.undo()


def test_the_methods_of_the_whole_service_are_told(app: FastAPI) -> None:
    """OPTIONS with an asterisk is a ping of the server as such (RFC 9110, 9.3.7)."""
    said, _ = asyncio.run(exchanged(app, Connection, [request(method="OPTIONS", path="*")]))
    head = said.decode().lower()
    assert head.startswith("http/1.1 204 ")
    assert "allow: delete, get, head, options, post, put" in head
