"""The way past the routes: for what is asked most, and for what was not let in.

Going through all layers of the routes costs more than answering a small query does; their declarations stay
where they are, for the description of the service. It stands inside CORS, so that pages of other origins
can read why they were refused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[Response]]


class PastRoutes:
    """The middleware. ``endpoints`` are by method and path; they take the request and nothing else."""

    def __init__(self, app: ASGIApp, *, endpoints: Mapping[tuple[str, str], Endpoint]) -> None:
        """Stand before the routes."""
        self.app = app
        self.endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        state: dict[str, Any] = scope.get("state", {})
        refusal: Response | None = state.get("refusal")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        endpoint = self.endpoints.get((scope.get("method", ""), scope.get("path", "")))
        if endpoint is None:
            await self.app(scope, receive, send)
            return
        scope["past_routes"] = True  # its path may be counted: it is one of ours
        answer = await endpoint(Request(scope, receive))
        await answer(scope, receive, send)
