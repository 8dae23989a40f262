"""The head of a request is bounded: httptools itself reads headers without an end."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LIMIT = 1 << 17  # bytes of a request's line and headers


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's protocol over httptools; a connection whose head passes the limit is closed."""

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
                self.transport.close()
