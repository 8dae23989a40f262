"""Large answers travel as gzip where the client takes it (RFC 9110, 12.5.3): in a thread, piece by piece.

A small one is sent as it is: to press it together takes longer than to send it. The pressed form of an answer
has a weak entity tag, since its bytes are others than those of the plain form (8.8.3.3).
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipResponder, IdentityResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGE = 1 << 14  # bytes of an answer that is worth it
LEVEL = 5
_GZIP = 16 + zlib.MAX_WBITS  # as zlib.h says


class Compressing:
    """The middleware."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        pressed = False  # by the application itself: its tag is of those bytes

        async def noted(scope: Scope, receive: Receive, send: Send) -> None:
            async def note(message: Message) -> None:
                nonlocal pressed
                if message["type"] == "http.response.start":
                    pressed = "content-encoding" in MutableHeaders(raw=message["headers"])
                await send(message)

            await self.app(scope, receive, note)

        async def weakened(message: Message) -> None:
            if message["type"] == "http.response.start" and not pressed:
                headers = MutableHeaders(raw=message["headers"])
                etag = headers.get("etag", "")
                if headers.get("content-encoding") == "gzip" and etag.startswith('"'):
                    headers["etag"] = f"W/{etag}"
            await send(message)

        responder: ASGIApp
        if takes_gzip(Headers(scope=scope).get("accept-encoding")):
            responder = GZipResponder(noted, LARGE, LEVEL, thread_minimum_size=LARGE)
        else:
            responder = IdentityResponder(noted, LARGE)
        await responder(scope, receive, weakened)


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether a client takes gzip.

    >>> takes_gzip("br;q=1.0, gzip;q=0.5"), takes_gzip("gzip;q=0, *"), takes_gzip(None)
    (True, False, False)
    """
    if not accept_encoding or "gzip" not in accept_encoding.lower():
        return False
    for part in accept_encoding.lower().split(","):
        coding, *parameters = [piece.strip() for piece in part.split(";")]
        if coding in ("gzip", "x-gzip"):
            return not any(one.replace(" ", "").rstrip("0") in ("q=", "q=0.", "q=0") for one in parameters)
    return False


def gzipped(body: bytes) -> bytes:
    """A whole answer."""
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    return press.compress(body) + press.flush()


async def compressed(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces of an answer, pressed together in a thread."""
    loop = asyncio.get_running_loop()
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    async for piece in pieces:
        if found := await loop.run_in_executor(None, press.compress, piece):
            yield found
    yield press.flush()
