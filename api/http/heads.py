"""The head of a request: bounded, since httptools reads headers without an end; refused as a problem."""

from __future__ import annotations

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.http.problems import problem

LIMIT = 1 << 17  # bytes of a request's line and headers
ADDRESS = (1 << 16) - 1  # bytes of an address that httptools can take apart


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's protocol over httptools. Who sends a head beyond the limit, or none, is told and cut off."""

    _head: int | None = None

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head was read."""
        self._head = None
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, while the head is within the limit."""
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > LIMIT:
                self._refuse(problem(431, "head-too-large", f"a request's head has at most {LIMIT:,} bytes"))

    def send_400_response(self, msg: str) -> None:
        """A request that httptools cannot read."""
        if len(getattr(self, "url", b"")) > ADDRESS:
            said, hint = f"an address has at most {ADDRESS:,} bytes", "send a long query by POST"
            self._refuse(problem(414, "address-too-long", said, hint=hint))
        else:
            self._refuse(problem(400, "not-http", "this is no request of HTTP/1.1"))

    def _refuse(self, answer: Response) -> None:
        if self.transport.is_closing():
            return
        fields = [*answer.raw_headers, (b"connection", b"close")]
        head = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
        self.transport.write(STATUS_LINE[answer.status_code] + head + b"\r\n" + bytes(answer.body))
        self.transport.close()
