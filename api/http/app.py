"""The application: what it is made of, and what every answer carries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.http import (
    articles,
    audits,
    decisions,
    dereferencing,
    evidence,
    examples,
    graphs,
    impacts,
    openapi,
    operations,
    pages,
    problems,
    resources,
    rules,
    searching,
    sources,
    sparql,
    vocabulary,
)
from api.http.admission import Admission
from api.http.compressing import Compressing
from api.http.metrics import Metrics
from api.http.middleware import RequestMiddleware
from api.http.parameters import known_parameters
from api.http.past_routes import PastRoutes
from api.http.request_log import RequestLog
from api.reading_ahead import Ahead
from api.service import Service
from api.settings import Settings
from api.tokens import Tokens
from api.workers.auditor import Auditor
from api.workers.pool import Pool
from api.workers.relay import Relay
from claimspine import __version__
from graph.store import Store

PARTS = (
    sparql,  # first: it is asked most, and routes are looked at in order
    impacts,
    resources,
    searching,
    sources,
    audits,
    decisions,
    graphs,
    dereferencing,
    vocabulary,
    operations,
    articles,
    rules,
    evidence,
    examples,
    pages,
)
EXPOSED = ("ETag", "Link", "Location", "X-Request-Id", "Retry-After", "Claimspine-Snapshot")


def create_app(
    store: Store, *, settings: Settings | None = None, tokens: Tokens | None = None, ahead: bool = False
) -> FastAPI:
    """The service over an open store. It never closes the store: who opened it does.

    ``ahead``: once it is started, it reads the evidence before anybody asks for it.
    """
    settings = settings or Settings()
    service = Service(store, settings)
    metrics = Metrics()
    log, admission = RequestLog(metrics), Admission(settings, tokens or Tokens(settings.tokens_file))
    service.open(lambda: pool_of(service, metrics), lambda: Auditor(service))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service.open(lambda: pool_of(service, metrics), lambda: Auditor(service))
        reading = Ahead(service) if ahead else None
        yield
        if reading is not None:
            reading.close()
        service.close()
        log.write()

    app = FastAPI(
        lifespan=lifespan,
        title="Claimspine",
        version=__version__,
        generate_unique_id_function=lambda route: route.name,
        description="Trace any recommendation to its studies; check any text against the evidence. "
        "Answers are JSON-LD; errors are problem documents (RFC 9457).",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # an address with a slash at its end is that of nothing, and is told so
        # /metrics and the log are ours; to look for OpenTelemetry's takes a tenth of a kept answer's time
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.service = service
    app.state.store = store
    app.state.metrics = metrics
    app.state.admission = admission
    app.state.log = log
    app.state.routers = [part.router for part in PARTS]
    problems.install(app)
    openapi.install(app)
    for part in PARTS:
        ours = part.router.prefix == "/api"  # SPARQL's standards say what may stand in an address of theirs
        app.include_router(part.router, dependencies=[Depends(known_parameters)] if ours else [])
    app.add_middleware(PastRoutes, endpoints=sparql.ENDPOINTS)
    app.add_middleware(Compressing)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[one.strip() for one in settings.origins.split(",")],
            allow_methods=problems.METHODS,
            allow_headers=["*"],
            expose_headers=list(EXPOSED),
            max_age=3600,
        )
    app.add_middleware(RequestMiddleware, admission=admission, log=log)
    return app


def pool_of(service: Service, metrics: Metrics) -> Pool | Relay:
    """Who answers strangers' queries: workers over snapshots, or the SPARQL service that is the store."""
    said = metrics.query
    return Relay(service, said=said) if service.remote else Pool(service, said=said)
