"""The connection to a SPARQL 1.1 service: requests, answers within limits, refusals as our errors."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

import httpx

from graph.errors import ClaimspineError
from graph.remote.access import Endpoints
from graph.remote.answers import check, document

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"


class Connection:
    """An HTTP client and the addresses of one service; ``where`` names it in errors."""

    def __init__(self, client: httpx.Client, endpoints: Endpoints, where: str) -> None:
        """Take over the client."""
        self.at = endpoints
        self.where = where
        self._client = client

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, query: str) -> httpx.Response:
        """The service's answer to a SELECT or an ASK, as JSON.

        Raises:
            ClaimspineError: ``query-failed``, ``store-unreachable``, and what ``check`` makes of a refusal.
        """
        return self.send(
            "POST", self.at.query, data={"query": query}, headers={"accept": RESULTS}, code="query-failed"
        )

    def holds(self, query: str) -> bool:
        """The answer to an ASK. Raises as ``ask``."""
        return bool(document(self.ask(query).content).get("boolean"))

    def triples(self, query: str) -> bytes:
        """What a CONSTRUCT or a DESCRIBE gives, N-Triples or Turtle. Raises as ``ask``."""
        accept = f"{TRIPLES}, text/turtle;q=0.5"
        return self.send(
            "POST", self.at.query, data={"query": query}, headers={"accept": accept}, code="query-failed"
        ).content

    def update(self, update: str) -> None:
        """Apply an update. Raises as ``ask``, with ``update-failed``."""
        self.send(
            "POST", self.at.update, data={"update": update}, headers={"accept": "*/*"}, code="update-failed"
        )

    def send(self, method: str, url: str, *, code: str = "store-failed", **more: Any) -> httpx.Response:
        """One request, its whole answer.

        Raises:
            ClaimspineError: ``store-unreachable``, and ``code`` or what else ``check`` makes of a refusal.
        """
        try:
            answer = self._client.request(method, url, **more)
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc
        check(answer, answer.content, code)
        return answer

    def within(self, form: list[tuple[str, str]], accept: str, *, seconds: float, limit: int) -> bytes:
        """The answer to a stranger's query, while it takes so long and has so many bytes at most.

        Raises:
            ClaimspineError: ``query-too-long-running``, ``answer-too-large``, and as ``send``.
        """
        until = time.monotonic() + seconds
        held = bytearray()
        try:
            with self._client.stream(
                "POST",
                self.at.query,
                content=urlencode(form),
                headers={"accept": accept, "content-type": "application/x-www-form-urlencoded"},
                timeout=httpx.Timeout(seconds, connect=min(seconds, 5.0)),
            ) as response:
                if "x-sparql-maxrows" in response.headers:
                    rows = response.headers["x-sparql-maxrows"]
                    raise _too_large(f"the SPARQL service gives at most {rows} rows")
                for chunk in response.iter_bytes():
                    held += chunk
                    if len(held) > limit:
                        raise _too_large(f"the answer is larger than {limit // 1_000_000} MB")
                    if time.monotonic() > until:
                        raise _too_long(seconds)
                check(response, bytes(held))
        except httpx.TimeoutException as exc:
            raise _too_long(seconds) from exc
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc
        return bytes(held)

    def _unreachable(self, exc: Exception) -> ClaimspineError:
        return ClaimspineError(
            "store-unreachable",
            f"the SPARQL service does not answer: {type(exc).__name__}",
            path=self.where,
            hint="check that it runs, and its address",
        )


def _too_large(said: str) -> ClaimspineError:
    return ClaimspineError("answer-too-large", said, hint="add a LIMIT, or narrow the query")


def _too_long(seconds: float) -> ClaimspineError:
    return ClaimspineError(
        "query-too-long-running",
        f"the query took longer than {seconds:g} seconds",
        hint="narrow it, or add a LIMIT",
    )
