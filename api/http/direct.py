"""The shortest way to ``/sparql``: a query is answered where its bytes come in, past the layers of ASGI.

Going through those takes longer than a small query does. A query that is sent plainly is let in by the same
door, read, asked and written by the same functions; everything else, and whatever is refused before it is
asked, goes the ordinary way. Both give the same answers.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from starlette.responses import Response, StreamingResponse
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from api.http import sparql
from api.http.access import Caller
from api.http.compressing import LARGE, compressed, gzipped, takes_gzip
from api.http.door import HEADERS, Door, request_id_of
from api.http.heads import BoundedHeads
from api.http.problems import of_bug, of_error
from api.http.request_log import Answered, RequestLog
from api.service import Queries, Service
from api.workers.worker import Answer
from graph.answering import Question
from graph.errors import ClaimspineError

PATH = "/sparql"
LONGEST = 1 << 16  # bytes of a body
#: Headers that ask for what is not done here: pages of other origins, proxies, bodies in pieces.
ASKS_MORE = frozenset(
    {b"origin", b"x-forwarded-for", b"x-forwarded-proto", b"transfer-encoding", b"expect", b"upgrade"}
)
_HEAD = b"".join(name + b": " + value + b"\r\n" for name, value in HEADERS.items())


@dataclass(slots=True, eq=False)
class Exchange:
    """A request on its way to its answer, where uvicorn keeps its own: it asks these fields."""

    method: str
    request_id: str
    caller: Caller
    began: float
    gzip: bool
    keep_alive: bool = True
    disconnected: bool = False
    response_complete: bool = False
    message_event: ClassVar[asyncio.Event] = asyncio.Event()  # nobody waits for more of it


class Connection(BoundedHeads):
    """A connection to the service."""

    _sent: dict[bytes, bytes] | None = None  # the headers of a query whose body is coming in
    _body: bytes = b""

    def __init__(self, *given: Any, **more: Any) -> None:
        """As uvicorn makes it; its application is ours."""
        super().__init__(*given, **more)
        state: Any = self.config.app.state  # type: ignore[union-attr]
        self._door: Door = state.door
        self._log: RequestLog = state.log
        self._service: Service = state.service
        self._vary = b"Origin" if self._service.settings.origins else b""  # pages of others get more (CORS)

    def on_headers_complete(self) -> None:
        """The head was read: take the request, or let it go the ordinary way."""
        if self.url.startswith(b"/sparql") and (sent := self._plain()) is not None:
            self._head = None
            self._sent, self._body = sent, b""
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        if self._sent is None:
            super().on_body(body)
        else:
            self._body += body

    def on_message_complete(self) -> None:
        """All of the request is there."""
        if self._sent is None:
            super().on_message_complete()
            return
        sent, self._sent = self._sent, None
        if not self._asked(sent, self._body):
            super().on_headers_complete()
            if self._body:
                super().on_body(self._body)
            super().on_message_complete()

    @property
    def _address(self) -> str:
        return self.client[0] if self.client else "-"

    def _plain(self) -> dict[bytes, bytes] | None:
        """The headers of a request that can be answered here; None: it cannot."""
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy or not (len(self.url) == 7 or self.url[7] == 63):  # "?"
            return None
        sent = dict(self.headers)
        if len(sent) != len(self.headers) or not ASKS_MORE.isdisjoint(sent):
            return None
        length = sent.get(b"content-length", b"0")
        if len(length) > 5 or not length.isdigit() or int(length) > LONGEST:
            return None
        parser = self.parser
        plain = parser.get_http_version() == "1.1" and parser.should_keep_alive()
        return sent if plain and parser.get_method() in (b"GET", b"POST") else None

    def _asked(self, sent: dict[bytes, bytes], body: bytes) -> bool:
        """Ask; False: it is to be refused, or is no query, and goes the ordinary way."""
        began = time.perf_counter()
        method = self.parser.get_method().decode("ascii")
        query_string = self.url[8:].partition(b"#")[0]
        try:
            if method == "POST":
                kind = _text(sent.get(b"content-type"))
                operation = sparql.in_body(sparql.QUERY, kind, body, query_string)
            elif query_string:
                operation = sparql.in_address(query_string)
            else:
                return False
            question, media_type = sparql.question_of(
                self._service.settings, operation, _text(sent.get(b"accept"))
            )
            caller = self._door.enter(method, PATH, sent, self._address)
        except ClaimspineError:
            return False
        gzip = takes_gzip(_text(sent.get(b"accept-encoding")))
        exchange = Exchange(method, request_id_of(sent), caller, began, gzip)
        self.cycle = exchange  # type: ignore[assignment]
        try:
            pool = self._service.pool
            answer = pool.at_once(question)
        except Exception as error:
            self._refused(exchange, error)
            return True
        if answer is None:
            client = caller.name or self._address
            self._begin(self._later(exchange, pool, question, media_type, client))
        elif exchange.gzip and answer.size >= LARGE:
            self._begin(self._send(exchange, answer, media_type))
        else:
            self._answered(exchange, _response_of(answer, media_type))
        return True

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    async def _later(
        self, exchange: Exchange, pool: Queries, question: Question, media_type: str, client: str
    ) -> None:
        try:
            answer = await pool.by_worker(question, client=client)
        except Exception as error:
            self._refused(exchange, error)
        else:
            await self._send(exchange, answer, media_type)

    async def _send(self, exchange: Exchange, answer: Answer, media_type: str) -> None:
        response = _response_of(answer, media_type)
        try:
            if isinstance(response, StreamingResponse):
                await self._stream(exchange, response)
                return
            if exchange.gzip and answer.size >= LARGE:
                response.body = await self.loop.run_in_executor(None, gzipped, bytes(response.body))
                response.headers["Content-Length"] = str(len(response.body))
                response.headers["Content-Encoding"] = "gzip"
            self._answered(exchange, response)
        except Exception as error:  # it may have begun
            of_bug(error)
            self.transport.close()

    def _refused(self, exchange: Exchange, error: Exception) -> None:
        self._answered(exchange, of_error(error) if isinstance(error, ClaimspineError) else of_bug(error))

    def _answered(self, exchange: Exchange, response: Response) -> None:
        body = bytes(response.body)
        self._write(exchange, response, body)
        self._done(exchange, response.status_code, len(body))

    def _write(self, exchange: Exchange, response: Response, body: bytes) -> None:
        """The head, and as much of the body."""
        if self.transport.is_closing():
            return
        lines, vary = [STATUS_LINE[response.status_code]], self._vary
        for name, value in (*self.server_state.default_headers, *response.raw_headers):
            if name == b"vary":
                vary = value + b", " + vary if vary else value
            else:
                lines += (name, b": ", value, b"\r\n")
        if vary:
            lines += (b"vary: ", vary, b"\r\n")
        lines += (_HEAD, b"x-request-id: ", exchange.request_id.encode(), b"\r\n")
        if not exchange.keep_alive:
            lines.append(b"connection: close\r\n")
        lines += (b"\r\n", body)
        self.transport.write(b"".join(lines))

    async def _stream(self, exchange: Exchange, response: StreamingResponse) -> None:
        """An answer that is in a file; pressed together its length is not known before its end."""
        pieces = cast(AsyncIterator[bytes], response.body_iterator)
        if exchange.gzip:
            pieces = compressed(pieces)
            del response.headers["Content-Length"]
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Transfer-Encoding"] = "chunked"
        self._write(exchange, response, b"")
        size = 0
        async for piece in pieces:
            if self.transport.is_closing():
                break
            size += len(piece)
            self.transport.write(b"%x\r\n%b\r\n" % (len(piece), piece) if exchange.gzip else piece)
            if self.flow.write_paused:
                await self.flow.drain()
        if exchange.gzip and not self.transport.is_closing():
            self.transport.write(b"0\r\n\r\n")
        self._done(exchange, response.status_code, size)

    def _done(self, exchange: Exchange, status: int, size: int) -> None:
        exchange.response_complete = True
        took = time.perf_counter() - exchange.began
        token = exchange.caller.name
        self._log.note(Answered(exchange.request_id, exchange.method, PATH, token, status, size, took))
        if not exchange.keep_alive:
            self.transport.close()
        self.on_response_complete()


def _response_of(answer: Answer, media_type: str) -> Response:
    response = sparql.response_of(answer, media_type)
    if answer.size >= LARGE:
        response.headers.add_vary_header("Accept-Encoding")
    return response


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")
