"""How a SPARQL service on another machine is reached: its endpoints, and how we say who we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

import httpx


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a service is asked. ``graphs`` None: it has no Graph Store Protocol, so updates are used."""

    query: str
    update: str
    graphs: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """How we say who we are: a user and a password, or a bearer token."""

    user: str | None = None
    password: str | None = None
    token: str | None = None


def endpoints_of(url: str) -> Endpoints:
    """The endpoints of an address.

    >>> endpoints_of("http://localhost:7878").update
    'http://localhost:7878/update'
    >>> endpoints_of("http://h/sparql?update=http://h/u").update
    'http://h/u'
    """
    parts = urlsplit(url)
    given = parse_qs(parts.query)
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    root = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    if "update" in given or "graphs" in given:
        return Endpoints(bare, given.get("update", [bare])[0], given.get("graphs", [None])[0])
    if parts.path in ("", "/", "/query"):  # oxigraph, fuseki's dataset root
        return Endpoints(f"{root}/query", f"{root}/update", f"{root}/store")
    if parts.path.endswith("/query"):
        return Endpoints(bare, bare.removesuffix("/query") + "/update", None)
    if "/repositories/" in parts.path and not parts.path.endswith("/statements"):  # GraphDB, RDF4J
        return Endpoints(bare, bare + "/statements", bare + "/rdf-graphs/service")
    return Endpoints(bare, bare, None)


def shown(url: str) -> str:
    """The address without a user or a password that somebody wrote into it."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


class _EitherAuth(httpx.Auth):
    """Digest or basic, as the service asks: a service of digest refuses an unasked basic without a word."""

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Any:
        """One request where the service is known, else up to three."""
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            wanted = response.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if wanted.startswith("digest") else self._basic
        yield from self._chosen.auth_flow(request)


def auth_of(credentials: Credentials | None) -> httpx.Auth | None:
    """What sends the credentials along."""
    if credentials is None:
        return None
    if credentials.token:
        return _Bearer(credentials.token)
    if credentials.user is not None:
        return _EitherAuth(credentials.user, credentials.password or "")
    return None


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Any:
        """With the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request
