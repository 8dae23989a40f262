"""Errors as problem documents (RFC 9457): one shape for everything that goes wrong."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.errors import ClaimspineError, InvalidEvidence, StoreInUse, UnknownIdentifier

MEDIA_TYPE = "application/problem+json"
TYPES = "https://w3id.org/claimspine/problems/"


def problem(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """A problem document; ``code`` is the last part of its type."""
    body = {
        "type": TYPES + code,
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        **{name: value for name, value in more.items() if value not in (None, [], ())},
    }
    return JSONResponse(body, status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of the service a problem document."""

    @app.exception_handler(ClaimspineError)
    async def _ours(request: Request, error: ClaimspineError) -> JSONResponse:
        return problem(
            _status(error),
            error.code,
            error.message,
            hint=error.hint,
            line=error.line,
            column=error.column,
            candidates=getattr(error, "candidates", None),
        )

    @app.exception_handler(RequestValidationError)
    async def _request(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [
            {"pointer": "/" + "/".join(map(str, one["loc"])), "detail": one["msg"]} for one in error.errors()
        ]
        return problem(422, "invalid-request", "the request does not have the form asked for", errors=faults)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        phrase = HTTPStatus(error.status_code).phrase
        answer = problem(error.status_code, phrase.lower().replace(" ", "-"), str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def _bug(request: Request, error: Exception) -> JSONResponse:
        return problem(500, "internal-error", "a fault of the service; it has been logged")


def _status(error: ClaimspineError) -> int:
    if isinstance(error, UnknownIdentifier):
        return 409 if error.candidates and error.code.startswith("ambiguous") else 404
    if isinstance(error, StoreInUse):
        return 503
    if isinstance(error, InvalidEvidence):
        return 422
    return 400
