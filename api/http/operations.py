"""``/health`` and ``/metrics``: for whoever runs the service."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse

from api.http.access import ADMIN, Caller, Needs
from api.http.answers import service_of
from api.http.metrics import MEDIA_TYPE, Metrics
from api.http.problems import documented
from api.http.request_log import RequestLog
from claimspine import __version__
from graph.embedded.backups import write_backup

router = APIRouter(tags=["service"])


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """The service answers, and its store does."""
    service = service_of(request)
    service.store.query("ASK { ?s ?p ?o }")
    return {"status": "ok", "version": __version__}


@router.get(
    "/api/backup",
    responses={
        **documented(),
        200: {"description": "N-Quads", "content": {"application/n-quads": {}}},
    },
    response_class=Response,
)
def backup(request: Request, caller: Annotated[Caller, Depends(Needs(ADMIN))]) -> Response:
    """The whole store as it is at one moment, as N-Quads; writes go on meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="claimspine-backup-"))
    path = folder / "backup.nq"
    try:
        size = write_backup(service_of(request).store, path)
        handle = path.open("rb")
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # who has it open keeps it

    def chunks() -> Iterator[bytes]:
        with handle:
            while chunk := handle.read(1 << 16):
                yield chunk

    return StreamingResponse(
        chunks(), media_type="application/n-quads", headers={"Content-Length": str(size)}
    )


@router.get(
    "/metrics",
    responses={200: {"description": "Prometheus", "content": {"text/plain": {}}}},
    response_class=Response,
)
async def metrics(request: Request) -> Response:
    """Counts and times, as Prometheus reads them."""
    cast(RequestLog, request.app.state.log).write()  # it holds what it has not counted yet
    held = cast(Metrics, request.app.state.metrics)
    held.writes.set(service_of(request).generation)
    return Response(held.text(), media_type=MEDIA_TYPE)
