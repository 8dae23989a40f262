"""The shortest way to ``/sparql``: a query is answered where its bytes come in, past the layers of ASGI.

Going through those takes longer than a small query does. A query that is sent plainly is let in, read, asked
and written by the same functions; everything else, and whatever is refused before it is asked, goes the
ordinary way. Both give the same answers. A head that was read before is not read again.
"""

from __future__ import annotations

import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from api.http import protocol, sparql
from api.http.admission import Admission, request_id_of
from api.http.compressing import LARGE, takes_gzip
from api.http.direct_answers import PATH, Exchange, Replies
from api.http.repeated import Head, Known, known
from api.service import Queries
from graph.answering import Question
from graph.errors import ClaimspineError

LONGEST = 1 << 16  # bytes of a body
#: Headers that ask for what is not done here: pages of other origins, proxies, bodies in pieces or pressed.
ASKS_MORE = frozenset(
    {
        *(b"origin", b"x-forwarded-for", b"x-forwarded-proto", b"expect", b"upgrade"),
        *(b"transfer-encoding", b"content-encoding", b"content-range"),
    }
)


@dataclass(slots=True)
class Coming:
    """A request with a known head, of which the body is still coming in."""

    head: Head
    start: int  # of the body
    end: int
    data: bytearray = field(default_factory=bytearray)


class Connection(Replies):
    """A connection to the service."""

    _head_of: Head | None = None  # of the query whose body the parser reads
    _body: bytes = b""
    _between: bool = True  # the parser waits for the first byte of a request
    _begun: int = 0  # requests among the bytes that the parser reads now
    _taken: Head | None = None  # of the last query among them that can be answered here
    _known: Known | None = None
    _coming: Coming | None = None

    def __init__(self, *given: Any, **more: Any) -> None:
        """As uvicorn makes it; its application is ours."""
        super().__init__(*given, **more)
        state: Any = self.config.app.state  # type: ignore[union-attr]
        self._admission: Admission = state.admission

    def data_received(self, data: bytes) -> None:
        """Bytes: read by the parser, unless they are of a query with a head that is known."""
        if self._coming is not None:
            self._coming.data += data
            if len(self._coming.data) >= self._coming.end:
                self._come(self._coming)
            return
        begins, self._begun, self._taken = self._between, 0, None
        if begins and self._known is not None and self._repeats(self._known, data):
            return
        super().data_received(data)
        if begins and self._begun == 1 and self._taken is not None:
            self._known = known(data, self._taken)

    def _repeats(self, before: Known, data: bytes) -> bool:
        """Whether the data begin with the known head; then they are seen to."""
        place = before.place(data)
        if place is None or self._is_busy or self.transport.is_closing():
            return False
        found, start = place
        head, length = before.head, 0
        if head.method == "POST":
            length = int(found)
            if length > LONGEST:
                return False
        else:
            head = replace(head, query_string=found)
        coming = Coming(head, start, start + length)
        if len(data) < coming.end:
            coming.data += data
            self._coming = coming
        elif len(data) > coming.end or not self._asked(head, data[start:]):
            return False
        return True

    def _come(self, coming: Coming) -> None:
        """All of a request with a known head is there."""
        self._coming = None
        data = bytes(coming.data)
        if len(data) > coming.end or not self._asked(coming.head, data[coming.start :]):
            super().data_received(data)

    def on_message_begin(self) -> None:
        """The parser has read the first byte of a request."""
        self._between = False
        self._begun += 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head was read: take the request, or let it go the ordinary way."""
        if self.url.startswith(b"/sparql") and (head := self._plain()) is not None:
            self._head = None
            self._head_of, self._taken, self._body = head, head, b""
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        if self._head_of is None:
            super().on_body(body)
        else:
            self._body += body

    def on_message_complete(self) -> None:
        """All of the request is there."""
        self._between = True
        if self._head_of is None:
            super().on_message_complete()
            return
        head, self._head_of = self._head_of, None
        if self._asked(head, self._body):
            return
        super().on_headers_complete()
        if self._body:
            super().on_body(self._body)
        super().on_message_complete()

    @property
    def _address(self) -> str:
        return self.client[0] if self.client else "-"

    @property
    def _is_busy(self) -> bool:
        return self._coming is not None or super()._is_busy

    def _plain(self) -> Head | None:
        """The head of a request that can be answered here; None: it cannot."""
        if self._is_busy or not (len(self.url) == 7 or self.url[7] == 63):  # "?"
            return None
        sent = dict(self.headers)
        if len(sent) != len(self.headers) or not ASKS_MORE.isdisjoint(sent):
            return None
        length = sent.get(b"content-length", b"0")
        if len(length) > 5 or not length.isdigit() or int(length) > LONGEST:
            return None
        parser = self.parser
        method = parser.get_method()
        plain = parser.get_http_version() == "1.1" and parser.should_keep_alive()
        if not plain or method not in (b"GET", b"POST"):
            return None
        return Head(
            method.decode("ascii"),
            self.url[8:].partition(b"#")[0],
            sent,
            _text(sent.get(b"content-type")),
            _text(sent.get(b"accept")),
            takes_gzip(_text(sent.get(b"accept-encoding"))),
        )

    def _asked(self, head: Head, body: bytes) -> bool:
        """Ask; False: it is to be refused, or is no query, and goes the ordinary way."""
        began = time.perf_counter()
        try:
            if head.method == "POST":
                operation = protocol.in_body(protocol.QUERY, head.content_type, body, head.query_string)
            elif head.query_string:
                operation = protocol.in_address(head.query_string)
            else:
                return False
            question, media_type = sparql.question_of(self._service.settings, operation, head.accept)
            caller = self._admission.enter(head.method, PATH, head.sent, self._address)
        except ClaimspineError:
            return False
        exchange = Exchange(head.method, request_id_of(head.sent), caller, began, head.gzip)
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
            self._sent(exchange, answer, media_type)
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
            return
        if answer.body is None or (exchange.gzip and answer.size >= LARGE):
            await self._send(exchange, answer, media_type)
        else:
            self._sent(exchange, answer, media_type)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")
