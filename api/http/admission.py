"""Who may come in: a request's size, host, token and rate.

``middleware`` holds every request of ASGI to it, ``direct_queries`` what goes past that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import count

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.http.access import AUDIT, READ, SCOPES, Caller
from api.service import now
from api.settings import Settings
from api.tokens import Tokens
from graph.errors import ClaimspineError

#: What every answer carries, unless it has its own.
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    b"form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
}
OPEN_TO_ALL = ("/health",)
HOSTS = 100  # ways to write a host that are remembered
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

#: The headers of a request; their names are in lower case (ASGI).
Sent = Mapping[bytes, bytes]


class Admission:
    """Lets requests of one application in, or refuses them."""

    def __init__(self, settings: Settings, tokens: Tokens) -> None:
        """Nobody has come yet."""
        self.settings = settings
        self.tokens = tokens
        self.hosts = {one.strip().lower() for one in settings.hosts.split(",") if one.strip()}
        self._known: set[bytes | None] = set()  # hosts as they were written that are among them
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self._all = _rate_of(settings.requests_per_minute)
        self._audits = _rate_of(settings.audits_per_minute)
        self._everyone = Caller(None, frozenset({READ, AUDIT}) if settings.open_reading else frozenset[str]())

    @property
    def most(self) -> int:
        """The bytes of the largest body."""
        return self.settings.request_mb * 1_000_000

    def enter(self, method: str, path: str, headers: Sent, address: str) -> Caller:
        """Who asks, if it may come in.

        Raises:
            ClaimspineError: ``too-large``, ``unknown-host``, ``no-token``, ``too-many-requests``.
        """
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.most:
            raise self.too_large()
        self._host(headers)
        caller = self._caller(headers)
        self._rate(method, path, caller.name or address)
        if not caller.may(READ) and path not in OPEN_TO_ALL and method != "OPTIONS":
            raise ClaimspineError(
                "no-token",
                "this service asks for a token",
                hint="send `Authorization: Bearer <token>`; `claimspine token add` makes one",
            )
        return caller

    def too_large(self) -> ClaimspineError:
        """The body went beyond the limit."""
        return ClaimspineError("too-large", f"a request has at most {self.settings.request_mb} MB")

    def _host(self, headers: Sent) -> None:
        """Against DNS rebinding: a page of another site must not speak to us by a name of its own."""
        if not self.hosts or headers.get(b"host") in self._known:
            return
        host = headers.get(b"host", b"").decode("latin-1")
        name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
        if name.lower() not in self.hosts:
            raise ClaimspineError("unknown-host", "this service does not answer to that name")
        if len(self._known) < HOSTS:
            self._known.add(headers.get(b"host"))

    def _caller(self, headers: Sent) -> Caller:
        given = headers.get(b"authorization")
        if given is None:
            return self._everyone
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

    def _rate(self, method: str, path: str, client: str) -> None:
        self._hit(self._all, "all", client)
        if path == "/api/audits" and method == "POST":
            self._hit(self._audits, "audits", client)

    def _hit(self, rate: RateLimitItemPerMinute | None, what: str, client: str) -> None:
        if rate is not None and not self.limiter.hit(rate, what, client):
            raise ClaimspineError(
                "too-many-requests", f"at most {rate.amount} a minute", hint="wait a little, then go on"
            )


def _rate_of(limit: int) -> RateLimitItemPerMinute | None:
    return RateLimitItemPerMinute(limit) if limit else None


def request_id_of(headers: Sent) -> str:
    """The id that the client gave, or one made for it."""
    sent = headers.get(b"x-request-id")
    if sent is not None and _REQUEST_ID.fullmatch(given := sent.decode("latin-1")):
        return given
    return f"{_PROCESS}{next(_NUMBERS):016x}"


_PROCESS = os.urandom(8).hex()
_NUMBERS = count(int.from_bytes(os.urandom(4)))
