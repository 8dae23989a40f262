"""What happens to every request before a route sees it, and to every answer after.

A request gets an id and is let in or not, as ``admission`` says; what became of it is noted. HEAD is answered
as GET, without the body (RFC 9110, 9.3.2). Pure ASGI, so that answers stream.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.http.access import Caller
from api.http.admission import HEADERS, Admission, request_id_of
from api.http.problems import of_error
from api.http.request_log import Answered, RequestLog
from graph.errors import ClaimspineError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class RequestMiddleware:
    """The middleware."""

    def __init__(self, app: App, *, admission: Admission, log: RequestLog) -> None:
        """Stand before an application."""
        self.app = app
        self.admission = admission
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        request_id = request_id_of(headers)
        began = time.perf_counter()
        method = scope["method"]
        if method == "HEAD":
            scope = {**scope, "method": "GET"}
        status, size, started = 500, 0, False

        async def counted(message: Message) -> None:
            nonlocal status, size, started
            if message["type"] == "http.response.start":
                started = True
                status = message["status"]
                names = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name, value) for name, value in HEADERS.items() if name not in names),
                    (b"x-request-id", request_id.encode()),
                ]
            elif message["type"] == "http.response.body":
                if method == "HEAD":
                    message["body"] = b""
                size += len(message.get("body", b""))
            await send(message)

        caller: Caller | None = None
        try:
            try:
                address = (scope.get("client") or ("-", 0))[0]
                caller = self.admission.enter(scope["method"], scope["path"], headers, address)
                scope.setdefault("state", {})["caller"] = caller
                scope["state"]["request_id"] = request_id
                await self.app(scope, self._bounded(receive), counted)
            except ClientDisconnect:  # nobody is there to be told
                status = 400
            except ClaimspineError as error:
                if started:
                    raise
                await self._refuse(of_error(error), scope, receive, counted)
        finally:
            took = time.perf_counter() - began
            route = scope["path"] if "past_routes" in scope else getattr(scope.get("route"), "path", "")
            token = caller.name if caller else None
            self.log.note(Answered(request_id, method, route, token, status, size, took))

    async def _refuse(self, answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
        """Through CORS, as every other answer: a page of another origin is to read why."""
        scope.setdefault("state", {})["refusal"] = answer
        await self.app(scope, receive, send)

    def _bounded(self, receive: Receive) -> Receive:
        left = self.admission.most

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            if message["type"] == "http.request":
                left -= len(message.get("body", b""))
                if left < 0:
                    raise self.admission.too_large()
            return message

        return bounded
