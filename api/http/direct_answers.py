"""Answers to queries as they go out on a connection, past the layers of ASGI (``direct_queries``)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, cast

from starlette.responses import Response, StreamingResponse
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from api.http import sparql
from api.http.access import Caller
from api.http.admission import HEADERS
from api.http.compressing import LARGE, compressed, gzipped
from api.http.heads import BoundedHeads
from api.http.problems import of_bug, of_error
from api.http.request_log import Answered, RequestLog
from api.service import Service
from api.workers.worker import Answer
from graph.errors import ClaimspineError

PATH = "/sparql"
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


class Replies(BoundedHeads):
    """A connection, and how it answers an exchange."""

    _rested: float = 0.0  # when the last answer was given, on the loop's clock

    def __init__(self, *given: Any, **more: Any) -> None:
        """As uvicorn makes it; its application is ours."""
        super().__init__(*given, **more)
        state: Any = self.config.app.state  # type: ignore[union-attr]
        self._log: RequestLog = state.log
        self._service: Service = state.service
        self._vary = b"Origin" if self._service.settings.origins else b""  # pages of others get more (CORS)

    @property
    def _is_busy(self) -> bool:
        """Whether a request is on its way to its answer, or its body to us."""
        return self.cycle is not None and not self.cycle.response_complete

    def _sent(self, exchange: Exchange, answer: Answer, media_type: str) -> None:
        """Send an answer that is in memory, as it is."""
        body = answer.body
        assert body is not None
        if not self.transport.is_closing():
            lines = [STATUS_LINE[200], _fields(media_type, self._vary, answer.size >= LARGE)]
            for name, value in self.server_state.default_headers:
                lines += (name, b": ", value, b"\r\n")
            told = f"content-length: {len(body)}\r\nclaimspine-snapshot: {answer.freshness}\r\n"
            lines += (told.encode("latin-1"), *self._last(exchange), body)
            self.transport.write(b"".join(lines))
        self._done(exchange, 200, len(body))

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
        self.transport.write(b"".join([*lines, _HEAD, *self._last(exchange), body]))

    def _last(self, exchange: Exchange) -> tuple[bytes, ...]:
        """The last lines of a head."""
        close = b"" if exchange.keep_alive else b"connection: close\r\n"
        return (b"x-request-id: ", exchange.request_id.encode(), b"\r\n", close, b"\r\n")

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
        self._rested = self.loop.time()
        if self.timeout_keep_alive_task is None or self.pipeline or self.flow.read_paused:
            self.on_response_complete()
        else:  # its clock runs: it is not wound up anew for each answer
            self.server_state.total_requests += 1

    def timeout_keep_alive_handler(self) -> None:
        """The clock has run down since it was wound up: close, if nothing came since the last answer."""
        self.timeout_keep_alive_task = None
        if self._is_busy:
            return  # it is wound up after the answer
        left = self._rested + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        else:
            super().timeout_keep_alive_handler()


def _response_of(answer: Answer, media_type: str) -> Response:
    response = sparql.response_of(answer, media_type)
    if answer.size >= LARGE:
        response.headers.add_vary_header("Accept-Encoding")
    return response


@lru_cache(maxsize=50)
def _fields(media_type: str, vary: bytes, large: bool) -> bytes:
    """The lines of an answer's head that are the same for all of a media type."""
    response = _response_of(Answer(b"", None, LARGE if large else 0, ""), media_type)
    lines: list[bytes] = []
    for name, value in response.raw_headers:
        if name == b"vary":
            lines += (name, b": ", value, b", " + vary if vary else b"", b"\r\n")
        elif name not in (b"content-length", b"claimspine-snapshot"):
            lines += (name, b": ", value, b"\r\n")
    return b"".join([*lines, _HEAD])
