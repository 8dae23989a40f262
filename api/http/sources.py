"""``/api/sources``: list, read, put and delete the sources of the evidence."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from api.http import negotiation
from api.http.access import CURATE, Caller, Needs, caller_of
from api.http.answers import check_match, in_format, service_of, tagged
from api.http.bodies import suffix_of
from api.http.problems import documented, fault_dict, problem
from api.service import now
from graph.errors import ClaimspineError
from graph.sources import StoredSource, list_sources, uploads

router = APIRouter(prefix="/api", tags=["sources"], responses=documented(404, 406, 412, 415))

TEXTS = {
    "application/yaml": "yaml",
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
PUT_BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string"}} for kind in uploads.MEDIA_TYPES},
    }
}


@router.get("/sources")
def list_all(request: Request) -> Response:
    """The sources, by name: its file, its hash and when it was written; whole paths are for curators."""
    curator = caller_of(request).may(CURATE)
    found = [
        {
            "name": one.name,
            "graph": one.graph,
            "path": one.path if curator or one.path is None else PurePosixPath(one.path).name,
            "sha256": one.sha256,
            "loaded_at": one.loaded_at,
            "etag": etag(one),
        }
        for one in list_sources(service_of(request).store)
    ]
    return tagged(request, {"sources": found}, "application/json")


@router.get(
    "/sources/{name:path}",
    responses={200: {"description": "The source", "content": {kind: {} for kind in TEXTS}}},
    response_class=Response,
)
def read_one(name: str, request: Request) -> Response:
    """A source as evidence in YAML, or in an RDF format."""
    media_type = negotiation.best(request.headers.get("accept"), list(TEXTS))
    if media_type is None:
        return problem(406, "not-acceptable", "a source can be had as " + ", ".join(TEXTS))
    service = service_of(request)
    held = _held(service_of(request).store, name)
    if held is None:
        raise _missing(name)
    text = uploads.source_text(service.store, name, TEXTS[media_type])
    return tagged(
        request,
        text,
        media_type,
        headers={"Vary": "Accept", "Claimspine-Source": etag(held).strip('"')},
        etag=in_format(etag(held), TEXTS[media_type]),
    )


@router.put(
    "/sources/{name:path}",
    openapi_extra=PUT_BODY,
    responses={
        200: {"description": "Replaced, or the same bytes as before"},
        201: {"description": "Added", "content": {"application/json": {}}},
    },
)
async def put_one(name: str, request: Request, caller: Annotated[Caller, Depends(Needs(CURATE))]) -> Response:
    """Validate a source and write it whole, or answer 422 with the shapes' messages and change nothing."""
    suffix = suffix_of(request, uploads.MEDIA_TYPES)
    uploads.check_name(name)
    data = await request.body()
    return await run_in_threadpool(_put, name, data, suffix, request, caller)


def _put(name: str, data: bytes, suffix: str, request: Request, caller: Caller) -> Response:
    with service_of(request).writing() as store:
        before = _held(store, name)
        check_match(request, None if before is None else etag(before))
        author = uploads.Author(caller.name or "", now())
        done = uploads.put(store, name, data, suffix, author)
        after = _held(store, name)
    body: dict[str, Any] = {
        "name": done.source.name,
        "graph": done.source.graph,
        "status": done.source.status,
        "triples": done.source.triples,
        "warnings": [fault_dict(one) for one in done.faults],
    }
    headers = {"Location": f"/api/sources/{name}"}
    if after is not None:
        headers["ETag"] = etag(after)
    return JSONResponse(body, 201 if done.source.status == "added" else 200, headers=headers)


@router.delete("/sources/{name:path}", responses={200: {"description": "Deleted"}})
def delete_one(name: str, request: Request, caller: Annotated[Caller, Depends(Needs(CURATE))]) -> Response:
    """Remove a source, exactly its graph, and say who pointed into it."""
    with service_of(request).writing() as store:
        before = _held(store, name)
        if before is None:
            raise _missing(name)
        check_match(request, etag(before))
        removal = uploads.remove(store, name, uploads.Author(caller.name or "", now()))
    pointers = [
        {"subject": one.subject, "property": one.property, "object": one.object, "source": one.source}
        for one in removal.dangling
    ]
    return JSONResponse({"name": removal.name, "triples": removal.triples, "dangling": pointers})


def etag(source: StoredSource) -> str:
    """The tag of a source: the hash of the bytes it was read from."""
    return f'"{source.sha256}"'


def _held(store: Any, name: str) -> StoredSource | None:
    return next((one for one in list_sources(store) if one.name == name), None)


def _missing(name: str) -> ClaimspineError:
    return ClaimspineError("no-such-source", f"there is no source named {name[:200]!r}")
