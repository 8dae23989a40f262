"""The application: what it is made of, and what every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from api.http import audits, problems, resources, sparql
from claimspine import __version__
from graph.store import Store

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
}


def create_app(store: Store) -> FastAPI:
    """The service over an open store. It never closes the store: who opened it does."""
    app = FastAPI(
        title="Claimspine",
        version=__version__,
        description="Trace any recommendation to its studies; check any text against the evidence. "
        "Answers are JSON-LD; errors are problem documents (RFC 9457).",
        docs_url=None,
        redoc_url=None,
    )
    app.state.store = store
    problems.install(app)
    for part in (resources, audits, sparql):
        app.include_router(part.router)

    @app.middleware("http")
    async def _headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        answer = await call_next(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    @app.get("/health", tags=["service"])
    def health() -> dict[str, str]:
        """The service answers, and its store does."""
        store.query("ASK { ?s ?p ?o }")
        return {"status": "ok", "version": __version__}

    return app
