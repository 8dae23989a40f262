"""``/health`` and ``/metrics``: for whoever runs the service."""

from __future__ import annotations

from typing import Any, cast

from fastapi import APIRouter, Request, Response

from api.http.answers import service_of
from api.http.metrics import MEDIA_TYPE, Metrics
from claimspine import __version__

router = APIRouter(tags=["service"])


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """The service answers, and its store does."""
    service = service_of(request)
    service.store.query("ASK { ?s ?p ?o }")
    return {"status": "ok", "version": __version__}


@router.get(
    "/metrics",
    responses={200: {"description": "Prometheus", "content": {"text/plain": {}}}},
    response_class=Response,
)
def metrics(request: Request) -> Response:
    """Counts and times, as Prometheus reads them."""
    held = cast(Metrics, request.app.state.metrics)
    held.writes.set(service_of(request).generation)
    return Response(held.text(), media_type=MEDIA_TYPE)
