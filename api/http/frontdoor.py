"""What happens to every request before a route sees it, and to every answer after.

A request gets an id; its size, its rate, its host and its token are checked; what became of it is counted and
logged, without query strings, bodies or article text. HEAD is answered as GET, without the body (RFC 9110,
9.3.2). Pure ASGI, so that answers stream.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.http.access import AUDIT, READ, SCOPES, Caller
from api.http.metrics import Metrics
from api.http.problems import of_error, problem
from api.http.request_log import RequestLog
from api.service import now
from api.settings import Settings
from api.tokens import Tokens
from graph.errors import ClaimspineError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    b"form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
}
OPEN_TO_ALL = ("/health",)
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class TooLarge(Exception):  # noqa: N818
    """The body went on beyond the limit."""


class FrontDoor:
    """The middleware."""

    def __init__(
        self, app: App, *, settings: Settings, tokens: Tokens, metrics: Metrics, log: RequestLog
    ) -> None:
        """Stand before an application."""
        self.app = app
        self.settings = settings
        self.tokens = tokens
        self.metrics = metrics
        self.hosts = {one.strip().lower() for one in settings.hosts.split(",") if one.strip()}
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])  # their names are in lower case (ASGI)
        sent = headers.get(b"x-request-id", b"").decode("latin-1")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else os.urandom(16).hex()
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
                caller = self._enter(scope, headers)
                scope.setdefault("state", {})["caller"] = caller
                scope["state"]["request_id"] = request_id
                await self.app(scope, self._bounded(receive), counted)
            except ClientDisconnect:  # nobody is there to be told
                status = 400
            except TooLarge:
                if started:
                    raise
                limit = self.settings.request_mb
                refusal = problem(413, "too-large", f"a request has at most {limit} MB")
                await self._refuse(refusal, scope, receive, counted)
            except ClaimspineError as error:
                if started:
                    raise
                await self._refuse(of_error(error), scope, receive, counted)
        finally:
            took = time.perf_counter() - began
            route = scope["path"] if "shortcut" in scope else getattr(scope.get("route"), "path", "")
            self.metrics.request(method, route, status, took)
            self.log.note(
                took,
                id=request_id,
                method=method,
                route=route or "-",
                status=status,
                bytes=size,
                token=caller.name if caller else None,
            )

    async def _refuse(self, answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
        """Through CORS, as every other answer: a page of another origin is to read why."""
        scope.setdefault("state", {})["refusal"] = answer
        await self.app(scope, receive, send)

    def _enter(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller:
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.settings.request_mb * 1_000_000:
            raise TooLarge
        self._host(headers)
        caller = self._caller(headers)
        self._rate(scope, caller)
        if not caller.may(READ) and scope["path"] not in OPEN_TO_ALL and scope["method"] != "OPTIONS":
            raise ClaimspineError(
                "no-token",
                "this service asks for a token",
                hint="send `Authorization: Bearer <token>`; `claimspine token add` makes one",
            )
        return caller

    def _host(self, headers: dict[bytes, bytes]) -> None:
        """Against DNS rebinding: a page of another site must not speak to us by a name of its own."""
        if not self.hosts:
            return
        host = headers.get(b"host", b"").decode("latin-1")
        name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
        if name.lower() not in self.hosts:
            raise ClaimspineError("unknown-host", "this service does not answer to that name")

    def _caller(self, headers: dict[bytes, bytes]) -> Caller:
        given = headers.get(b"authorization")
        open_to_all = frozenset({READ, AUDIT}) if self.settings.open_reading else frozenset[str]()
        if given is None:
            return Caller(None, open_to_all)
        kind, _, written = given.decode("latin-1").partition(" ")
        if kind.lower() != "bearer":
            raise ClaimspineError(
                "no-token",
                f"credentials of the kind {kind[:20]!r} are not taken",
                hint="send `Authorization: Bearer <token>`",
            )
        held = self.tokens.find(written.strip(), now())
        if held is None:
            raise ClaimspineError("no-token", "the token is not known, was revoked, or has expired")
        return Caller(held.name, frozenset(held.scopes) & frozenset(SCOPES))

    def _rate(self, scope: Scope, caller: Caller) -> None:
        client = caller.name or (scope.get("client") or ("-", 0))[0]
        wanted = [("all", self.settings.requests_per_minute)]
        if scope["path"] == "/api/audits" and scope["method"] == "POST":
            wanted.append(("audits", self.settings.audits_per_minute))
        for what, limit in wanted:
            if limit and not self.limiter.hit(RateLimitItemPerMinute(limit), what, client):
                raise ClaimspineError(
                    "too-many-requests", f"at most {limit} a minute", hint="wait a little, then go on"
                )

    def _bounded(self, receive: Receive) -> Receive:
        left = self.settings.request_mb * 1_000_000

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            if message["type"] == "http.request":
                left -= len(message.get("body", b""))
                if left < 0:
                    raise TooLarge
            return message

        return bounded
