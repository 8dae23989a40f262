"""A polite connection to one host: kept answers, a pace, tries again, and bounds on all of them.

Requests go to the host that the settings name and to no other: a redirection elsewhere is refused. What
tells who asks (address, key) is added beneath the cache, so that no kept answer holds it.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx
import stamina
from hishel import SqliteStorage
from hishel.httpx import CacheTransport
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.online.settings import OnlineSettings
from claimspine import __version__
from graph.errors import ClaimspineError

_MOST_REDIRECTIONS = 3
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class SourceDown(ClaimspineError):  # noqa: N818 a name of the domain
    """A source did not answer, or not so that it could be read: nothing is known from it."""


class _BusyError(Exception):
    """An answer that asks to come again; ``after`` seconds where it says when."""

    def __init__(self, status: int, after: float | None) -> None:
        super().__init__(f"it answered {status}")
        self.after = after


class _RefusedError(Exception):
    """An answer that is of no use however often it is asked for."""


class Connection:
    """Asks one host for documents. Made by ``open_connection``."""

    def __init__(self, name: str, base: str, client: httpx.Client, settings: OnlineSettings) -> None:
        """``base`` is the address that all paths are under."""
        self.name = name
        self._base = httpx.URL(base)
        self._prefix = base.rstrip("/")
        self._client = client
        self._settings = settings

    def json(self, path: str, query: Mapping[str, str]) -> dict[str, Any] | None:
        """The JSON object at a path, already percent-encoded; None where the host has none (404).

        Raises:
            SourceDown: no answer that can be read.
        """
        body = self.document(path, query)
        if body is None:
            return None
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as exc:
            raise self._down("what it answered is not JSON") from exc
        if not isinstance(found, dict):
            raise self._down("what it answered is not a JSON object")
        return found

    def document(self, path: str, query: Mapping[str, str]) -> bytes | None:
        """The document at a path; None where the host has none (404).

        Raises:
            SourceDown: no answer after the tries that the settings allow, too large an answer, a refusal, or
                a redirection to another host.
        """
        url = httpx.URL(self._prefix + path, params=dict(query)) if query else httpx.URL(self._prefix + path)
        settings = self._settings
        try:
            for attempt in stamina.retry_context(
                on=self._when_again,
                attempts=settings.attempts,
                timeout=None,
                wait_initial=min(0.5, settings.wait_seconds),
                wait_max=settings.wait_seconds,
                wait_jitter=min(0.5, settings.wait_seconds),
            ):
                with attempt:
                    return self._once(url)
        except (httpx.HTTPError, _BusyError, _RefusedError) as exc:
            raise self._down(_said(exc)) from exc
        except (sqlite3.Error, OSError) as exc:
            raise ClaimspineError(
                "cache-unusable",
                f"the folder of kept answers cannot be used: {exc}",
                hint="set CLAIMSPINE_ONLINE_CACHE to another folder, or CLAIMSPINE_ONLINE_CACHE_DAYS=0",
            ) from exc
        raise AssertionError("the tries end in an answer or an error")  # pragma: no cover

    def down(self, why: str) -> SourceDown:
        """The error for an answer of this host that has not the documented form."""
        return self._down(why)

    def _down(self, why: str) -> SourceDown:
        return SourceDown(
            "source-down",
            f"{self.name} gave no answer that can be used: {why}",
            hint="try again later; nothing that only it could tell has been checked",
        )

    def _when_again(self, exc: Exception) -> bool | float:
        """Whether, or after how many seconds, to try again."""
        if isinstance(exc, _BusyError):
            if exc.after is None:
                return True
            return exc.after if exc.after <= self._settings.wait_seconds else False
        return isinstance(exc, httpx.TransportError) and not isinstance(
            exc, httpx.UnsupportedProtocol | httpx.ProxyError
        )

    def _once(self, url: httpx.URL) -> bytes | None:
        for _ in range(_MOST_REDIRECTIONS + 1):
            with self._client.stream("GET", url) as answer:
                if answer.is_redirect:
                    url = self._same_host(url.join(answer.headers.get("location", "")))
                    continue
                if answer.status_code == 404:
                    return None
                if answer.status_code in _AGAIN:
                    raise _BusyError(answer.status_code, _after(answer.headers.get("retry-after")))
                if answer.status_code != 200:
                    raise _RefusedError(f"it answered {answer.status_code}")
                return self._read(answer)
        raise _RefusedError("it redirects in a circle")

    def _same_host(self, url: httpx.URL) -> httpx.URL:
        ours = (self._base.scheme, self._base.host, self._base.port)
        if (url.scheme, url.host, url.port) != ours:
            raise _RefusedError(f"it redirects to another host, {url.host or '(none)'}")
        return url

    def _read(self, answer: httpx.Response) -> bytes:
        limit = int(self._settings.answer_mb * 1_000_000)
        body = bytearray()
        for piece in answer.iter_bytes(65536):  # decoded: a small compressed answer may be a large one
            body += piece
            if len(body) > limit:
                raise _RefusedError(f"its answer is larger than {self._settings.answer_mb:g} MB")
        return bytes(body)


class _Paced(httpx.BaseTransport):
    """What lies beneath the cache: the pace, who asks, and the bounds on time and size as sent."""

    def __init__(
        self,
        beneath: httpx.BaseTransport,
        per_second: int,
        asker: Mapping[str, str],
        settings: OnlineSettings,
    ) -> None:
        self._beneath = beneath
        self._asker = dict(asker)
        self._limit = RateLimitItemPerSecond(per_second)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._settings = settings

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        while not self._limiter.hit(self._limit, "requests"):
            # limits counts in whole windows: a nap is short beside one second
            time.sleep(0.02)
        url = request.url.copy_merge_params(self._asker) if self._asker else request.url
        sent = httpx.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        answer = self._beneath.handle_request(sent)
        assert isinstance(answer.stream, httpx.SyncByteStream)
        return httpx.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_Bounded(
                answer.stream,
                int(self._settings.answer_mb * 1_000_000),
                time.monotonic() + self._settings.timeout_seconds,
            ),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._beneath.close()


class _Bounded(httpx.SyncByteStream):
    """A body that ends in an error when it is too large or comes too slowly."""

    def __init__(self, stream: httpx.SyncByteStream, limit: int, deadline: float) -> None:
        self._stream, self._limit, self._deadline = stream, limit, deadline

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            if size > self._limit:
                raise _RefusedError(f"its answer is larger than {self._limit / 1_000_000:g} MB")
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the answer came too slowly")
            yield piece

    def close(self) -> None:
        self._stream.close()


def quiet_retries() -> None:
    """Let no logger write of tries on standard output, where results go; for programs, not libraries."""
    stamina.instrumentation.set_on_retry_hooks(())


@contextmanager
def open_connection(source: str, settings: OnlineSettings, cache: Path | None) -> Iterator[Connection]:
    """A connection to a source by its name in the settings; ``cache`` None keeps no answers."""
    base = str(getattr(settings, f"{source}_url"))
    contact = f"mailto:{settings.mailto}" if settings.mailto else "no contact address set"
    plain = httpx.HTTPTransport(proxy=_proxy_for(httpx.URL(base)), retries=0)
    transport: httpx.BaseTransport = _Paced(
        plain, int(getattr(settings, f"{source}_per_second")), _asker(source, settings), settings
    )
    if cache is not None:
        transport = CacheTransport(transport, storage=_kept_in(cache, source, settings))
    client = httpx.Client(
        transport=transport,
        timeout=settings.timeout_seconds,
        follow_redirects=False,
        trust_env=False,  # proxies are chosen above; no .netrc
        headers={"User-Agent": f"claimspine/{__version__} ({contact})", "Accept-Encoding": "gzip"},
    )
    with client:
        yield Connection(NAMES[source], base, client, settings)


NAMES = {"crossref": "Crossref", "pubmed": "PubMed", "openalex": "OpenAlex"}


def _kept_in(cache: Path, source: str, settings: OnlineSettings) -> SqliteStorage:
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise ClaimspineError(
            "cache-unusable", f"cannot make the folder of kept answers: {exc.strerror}", path=cache
        ) from exc
    return SqliteStorage(
        database_path=cache / f"{source}.db",
        default_ttl=settings.cache_days * 86400,
        max_size=256 * 1024 * 1024,
    )


def _asker(source: str, settings: OnlineSettings) -> dict[str, str]:
    """Who asks, as each source wishes to be told."""
    told: dict[str, str] = {}
    if source == "pubmed":
        told["tool"] = "claimspine"
        if settings.mailto:
            told["email"] = settings.mailto
        if settings.pubmed_key:
            told["api_key"] = settings.pubmed_key.get_secret_value()
    elif settings.mailto:
        told["mailto"] = settings.mailto
    if source == "openalex" and settings.openalex_key:
        told["api_key"] = settings.openalex_key.get_secret_value()
    return told


def _proxy_for(url: httpx.URL) -> str | None:
    """The operator's proxy for a host, as the environment has it."""
    return None if proxy_bypass(url.host) else getproxies().get(url.scheme)


def _after(written: str | None) -> float | None:
    """Seconds of a Retry-After, which is a number of them or a date."""
    if not written:
        return None
    if written.strip().isdigit():
        return float(written.strip()[:6])
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _said(exc: Exception) -> str:
    if isinstance(exc, httpx.TimeoutException):
        return "it took too long"
    if isinstance(exc, httpx.ConnectError):
        return "it cannot be reached"
    return str(exc) or type(exc).__name__
