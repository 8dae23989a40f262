"""Errors as problem documents (RFC 9457): one shape for everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Route

from graph.errors import ClaimspineError, InvalidEvidence, StoreInUse, UnknownIdentifier
from graph.validation import Fault

MEDIA_TYPE = "application/problem+json"
TYPES = "https://w3id.org/claimspine/problems/"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}

METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT")

#: The codes that do not mean 400.
STATUSES = {
    "bad-cursor": 404,  # a page that is not there
    "no-such-source": 404,
    "no-such-audit": 404,
    "no-such-decision": 404,
    "no-such-graph": 404,
    "no-such-diagnostic": 404,
    "no-such-rule": 404,
    "no-such-asset": 404,
    "not-a-finding": 409,
    "not-a-source-of-evidence": 409,
    "precondition-failed": 412,
    "article-too-large": 413,
    "file-too-large": 413,
    "too-large": 413,
    "answer-too-large": 413,
    "unknown-format": 415,
    "article-media-type": 415,
    "unsupported-media-type": 415,
    "not-acceptable": 406,
    "not-writable-as-yaml": 406,
    "not-allowed": 403,
    "graph-not-writable": 403,
    "no-token": 401,
    "too-many-requests": 429,
    "too-busy": 503,
    "audit-too-much-memory": 413,
    "audit-too-long-running": 503,
    "query-too-long-running": 503,
    "query-too-much-memory": 503,
    "store-failed": 503,
    "store-unreachable": 503,
    "service-stopping": 503,
    "worker-ended": 503,
}
#: Titles of codes that would not read well.
TITLES = {
    "not-utf-8": "Not UTF-8",
    "one-query": "Exactly one query is needed",
    "one-update": "Exactly one update is needed",
    "one-graph": "Exactly one graph is needed",
    "id-twice": "Two things have one id",
    "nothing-falls": "Nothing would fall",
    "query-too-long-running": "The query ran too long",
    "query-too-much-memory": "The query needs too much memory",
    "audit-too-long-running": "The check ran too long",
    "audit-too-much-memory": "The check needs too much memory",
    "yaml-not-json-ld": "YAML that is not JSON-LD",
    "bad-cursor": "No such page",
    "bad-form": "Form that cannot be read",
    "parameter-twice": "One parameter given twice",
    "bad-graph": "Not the IRI of a graph",
    "query-leaves-store": "The query would leave the store",
}
#: How words of codes are written.
WRITTEN = {
    one.lower(): one for one in ("BibTeX", "CSV", "FHIR", "HTTP", "IRI", "JSON", "RDF", "SPARQL", "YAML")
}
#: What pydantic says in words of Python, by its types of errors.
UNFIT = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "give a JSON object"),
}
#: What a client should wait before it asks again, in seconds.
RETRY = {429: 10, 503: 2}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These statuses for the OpenAPI document; any route may also answer 401, 403, 413, 422, 429 and 503."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": SCHEMA}}}
        for status in sorted({*statuses, 400, 401, 403, 413, 422, 429, 503})
    }


def title_of(code: str) -> str:
    """What a kind of problem is called.

    >>> title_of("store-in-use"), title_of("json-syntax")
    ('Store in use', 'JSON syntax')
    """
    if code in TITLES:
        return TITLES[code]
    words = [WRITTEN.get(word, word) for word in code.split("-")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def problem(status: int, code: str, detail: str, **more: Any) -> JSONResponse:
    """A problem document; ``code`` is the last part of its type."""
    body = {
        "type": TYPES + code,
        "title": title_of(code),
        "status": status,
        "detail": detail,
        **{name: value for name, value in more.items() if value not in (None, [], ())},
    }
    answer = JSONResponse(body, status, media_type=MEDIA_TYPE)
    if status in RETRY:
        answer.headers["Retry-After"] = str(RETRY[status])
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="claimspine"'
    return answer


def of_error(error: ClaimspineError) -> JSONResponse:
    """An error that the caller can fix, as a problem; the paths of this machine stay here."""
    faults = [fault_dict(one) for one in getattr(error, "faults", ()) if isinstance(one, Fault)]
    return problem(
        _status(error),
        error.code,
        error.message,
        hint=error.hint,
        line=error.line,
        column=error.column,
        candidates=getattr(error, "candidates", None),
        errors=faults,
    )


def of_bug(error: Exception) -> JSONResponse:
    """A fault of our own: logged here, and told without a word of what it was."""
    logging.getLogger("claimspine").error("fault of the service", exc_info=error)
    return problem(500, "internal-error", "a fault of the service; it has been logged")


def fault_dict(fault: Fault) -> dict[str, Any]:
    """A breach of a shape, with the shape's message."""
    said = {
        "detail": fault.message,
        "severity": fault.severity,
        "focus": fault.focus,
        "path": fault.path,
        "value": fault.value,
        "shape": fault.shape,
        "line": fault.line,
        "near": fault.near or None,
        "part": fault.part,
    }
    return {key: value for key, value in said.items() if value not in (None, "")}


def install(app: FastAPI) -> None:
    """Make every error of the service a problem document."""

    @app.exception_handler(ClaimspineError)
    async def _ours(request: Request, error: ClaimspineError) -> JSONResponse:
        return of_error(error)

    @app.exception_handler(ExceptionGroup)
    async def _several(request: Request, group: ExceptionGroup[Exception]) -> JSONResponse:
        return _of_several(group)

    @app.exception_handler(RequestValidationError)
    async def _request(request: Request, error: RequestValidationError) -> JSONResponse:
        return _of_request(request, error)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        return _of_http(app, request, error)

    @app.exception_handler(Exception)
    async def _bug(request: Request, error: Exception) -> JSONResponse:
        return of_bug(error)


def _of_several(group: ExceptionGroup[Exception]) -> JSONResponse:
    _, others = group.split(ClaimspineError)
    if others is not None:
        raise others
    found = [one for one in _each(group) if isinstance(one, ClaimspineError)]
    errors = [
        {
            key: value
            for key, value in (
                ("code", one.code),
                ("detail", one.message),
                ("hint", one.hint),
                ("line", one.line),
                ("column", one.column),
            )
            if value is not None
        }
        for one in found
    ]
    return problem(
        max(_status(one) for one in found),
        found[0].code,
        f"{len(found)} faults; nothing was done",
        errors=errors,
    )


def _of_request(request: Request, error: RequestValidationError) -> JSONResponse:
    """A request that does not have the form that its route asks for."""
    found = error.errors()
    if any(one["loc"][0] == "path" for one in found):
        return _nothing_at(request)
    for one in found:
        if one["type"] == "json_invalid":
            why = one.get("ctx", {}).get("error", "it ends early")
            return problem(400, "json-syntax", f"the body is not JSON: {why}", column=one["loc"][-1])
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if any(one["loc"] == ("body",) for one in found) and not kind.endswith("json"):
        return problem(
            415,
            "unsupported-media-type",
            f"a body of type {kind[:80] or 'nothing'} cannot be read here",
            hint="send JSON with Content-Type: application/json",
        )
    return unfit(found)


def _of_http(app: FastAPI, request: Request, error: HTTPException) -> Response:
    """A request that no route takes, or that one refuses by its status alone."""
    if error.status_code == 405 and request.method == "OPTIONS":  # CORS has answered those of browsers
        return Response(status_code=204, headers={"Allow": ", ".join(_methods(app, request.url.path))})
    if request.method == "OPTIONS" and request.scope["path"] == "*":  # of the whole service
        return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
    if error.status_code == 404:
        return _nothing_at(request)
    phrase = HTTPStatus(error.status_code).phrase
    said, hint = str(error.detail), None
    if error.status_code == 405:
        methods = ", ".join(_methods(app, request.url.path))
        said = f"{request.method} is not possible at {request.url.path[:200]}"
        hint = f"possible: {methods}"
    answer = problem(error.status_code, phrase.lower().replace(" ", "-"), said, hint=hint)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["Allow"] = methods
    return answer


def unfit(found: Iterable[Mapping[str, Any]], *, within: tuple[str, ...] = ()) -> JSONResponse:
    """The places in a request that are not as they should be, and what is wrong there.

    ``found`` are pydantic's errors; ``within`` is where in the request it looked.
    """
    errors = [
        {
            "pointer": "".join(f"/{part}" for part in (*within, *one["loc"])),
            "detail": UNFIT.get(one["type"], one["msg"]).removeprefix("Value error, "),
        }
        for one in found
    ]
    return problem(422, "invalid-request", "the request does not have the form asked for", errors=errors)


def _nothing_at(request: Request) -> JSONResponse:
    path = request.url.path[:200]
    hint = "/openapi.json lists the addresses"
    without = path.rstrip("/")
    if path != without and len(_methods(request.app, without)) > 1:
        hint = f"try {without}, without the slash at the end; {hint}"
    return problem(404, "not-found", f"there is nothing at {path}", hint=hint)


def _methods(app: FastAPI, path: str) -> list[str]:
    """The methods of all routes of this path: each route knows only its own."""
    found = {"OPTIONS"}
    for router in (app.router, *getattr(app.state, "routers", ())):
        for route in router.routes:
            if isinstance(route, Route) and route.path_regex.match(path):
                found |= set(route.methods or ())
    if "GET" in found:
        found.add("HEAD")
    return sorted(found)


def _each(group: BaseExceptionGroup[Any]) -> list[Any]:
    found: list[Any] = []
    for one in group.exceptions:
        found += _each(one) if isinstance(one, BaseExceptionGroup) else [one]
    return found


def _status(error: ClaimspineError) -> int:
    if isinstance(error, UnknownIdentifier):
        return 409 if error.candidates and error.code.startswith("ambiguous") else 404
    if isinstance(error, StoreInUse):
        return 503
    if isinstance(error, InvalidEvidence):
        return 422
    return STATUSES.get(error.code, 400)
