"""``/sparql`` and ``/update``: the SPARQL 1.1 Protocol.

Queries run in the query workers, or at the SPARQL service that is the store; their whole answer is there
before its first byte is sent, so a fault is always a problem and never the end of a 200.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from api.http import negotiation
from api.http.access import ADMIN, Caller, Needs, client_of
from api.http.answers import LINKED, service_of, tagged
from api.http.bodies import refuse_part
from api.http.problems import documented, problem
from api.http.protocol import FORM, QUERY, UPDATE, Operation, Way, in_address, in_body
from api.service import Service, now
from api.settings import Settings
from api.workers.pool import Pool
from api.workers.worker import Answer
from graph.answering import Changed, Question, read_changed
from graph.describing import service_description
from graph.errors import ClaimspineError
from graph.sources import uploads
from graph.sparql import query_form, refuse_remote
from graph.using import with_dataset

router = APIRouter(tags=["SPARQL"], responses=documented(406, 415))

RESULTS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    LINKED: "jsonld",
    "application/rdf+xml": "rdfxml",
}
CHUNK = 1 << 16
#: Graphs that only the service itself writes.
KEPT = ("journal/", "decision/", "audit/")

_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The answer", "content": {kind: {} for kind in (*RESULTS, *GRAPHS)}}
}
_FORM_SCHEMA = {"type": "object", "properties": {"query": {"type": "string"}}}


_QUERY_PARAMETERS = [
    {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
    for name in ("query", "default-graph-uri", "named-graph-uri")
]


@router.get(
    "/sparql", responses=_ANSWER, response_class=Response, openapi_extra={"parameters": _QUERY_PARAMETERS}
)
async def query_by_get(request: Request) -> Response:
    """Answer the query in the address; without one, describe the service."""
    if not request.scope["query_string"]:
        return _description(request)
    return await _answer(request, in_address(request.scope["query_string"]))


@router.post(
    "/sparql",
    responses=_ANSWER,
    response_class=Response,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                FORM: {"schema": _FORM_SCHEMA},
                "application/sparql-query": {"schema": {"type": "string"}},
            },
        }
    },
)
async def query_by_post(request: Request) -> Response:
    """Answer the query in a form, or in the body as ``application/sparql-query``."""
    return await _answer(request, await _sent(request, QUERY))


@router.post(
    "/update",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                FORM: {"schema": {"type": "object", "properties": {"update": {"type": "string"}}}},
                "application/sparql-update": {"schema": {"type": "string"}},
            },
        }
    },
)
async def update(request: Request, caller: Annotated[Caller, Depends(Needs(ADMIN))]) -> Response:
    """Apply an update: tried on a copy, validated, then written whole or not at all."""
    sent = await _sent(request, UPDATE)
    refuse_remote(sent.text)
    text = with_dataset(sent.text, sent.default_graphs, sent.named_graphs)
    threads = service_of(request).waiting
    return await asyncio.get_running_loop().run_in_executor(threads, _update, request, text, caller)


def _update(request: Request, text: str, caller: Caller) -> Response:
    service = service_of(request)
    if service.remote:
        with service.writing() as store:
            store.update(text)
        return JSONResponse({"changed": None})
    tried = _tried(service, text)
    with service.writing() as store:
        if service.generation != tried.generation:  # somebody wrote meanwhile
            tried = _tried(service, text)
        if tried.graphs:
            uploads.write(store, tried.graphs, uploads.Author(caller.name or "", now()), "update")
    return JSONResponse({"changed": list(tried.graphs)})


@dataclass(frozen=True, slots=True)
class Tried:
    """The graphs that an update changes, as it leaves them, while the store is as it was in a generation."""

    generation: int
    graphs: Changed


def _tried(service: Service, text: str) -> Tried:
    """Try an update on a copy and validate what comes of it; others may write meanwhile."""
    generation, pool = service.generation, service.pool
    assert isinstance(pool, Pool)  # of a SPARQL service nothing is tried
    tried = pool.update(text)
    try:
        for name in tried.changed:
            _writable(name, service.store.base)
        graphs = read_changed(tried.spool or pool.spooled(tried), tried.changed)
    finally:
        tried.discard()
    uploads.checked(service.store, graphs)
    return Tried(generation, graphs)


def is_kept(base: str, graph: str) -> bool:
    """Whether only the service itself writes to this graph."""
    return graph.startswith(tuple(base + one for one in KEPT))


def _writable(graph: str, base: str) -> None:
    if not graph:
        raise ClaimspineError(
            "graph-not-writable",
            "the default graph is the union of all graphs and is not written to",
            hint="name a graph: INSERT DATA { GRAPH <...> { ... } }",
        )
    if is_kept(base, graph):
        raise ClaimspineError("graph-not-writable", f"only the service itself writes {graph}")


async def _sent(request: Request, way: Way) -> Operation:
    content_type = request.headers.get("content-type")
    way.check(content_type)
    refuse_part(request)
    return in_body(way, content_type, await request.body(), request.scope["query_string"])


async def _answer(request: Request, asked: Operation) -> Response:
    accept = request.headers.get("accept")
    question, media_type = question_of(service_of(request).settings, asked, accept)
    return await answered(request, question, media_type)


def question_of(settings: Settings, asked: Operation, accept: str | None) -> tuple[Question, str]:
    """What to ask the query workers, and the media type of the answer.

    Raises:
        ClaimspineError: ``too-large``, ``not-acceptable``.
    """
    if len(asked.text) > settings.query_characters:
        raise ClaimspineError("too-large", f"a query has at most {settings.query_characters:,} characters")
    offered = RESULTS if query_form(asked.text) in ("SELECT", "ASK") else GRAPHS
    media_type = negotiation.best(accept, offered)
    if media_type is None:
        raise ClaimspineError("not-acceptable", "this query can be answered as " + ", ".join(offered))
    return Question(asked.text, offered[media_type], asked.default_graphs, asked.named_graphs), media_type


async def answered(request: Request, question: Question, media_type: str) -> Response:
    """The answer of the query workers."""
    answer = await service_of(request).pool.ask(question, client=client_of(request))
    return response_of(answer, media_type)


def response_of(answer: Answer, media_type: str) -> Response:
    """An answer of the query workers as it is sent."""
    headers = {"Vary": "Accept", "Claimspine-Snapshot": answer.freshness}
    if answer.body is not None:
        return Response(answer.body, media_type=media_type, headers=headers)
    headers["Content-Length"] = str(answer.size)
    return StreamingResponse(chunks_of(answer), media_type=media_type, headers=headers)


def chunks_of(answer: Answer) -> Iterator[bytes]:
    """The spooled answer; its file has no name any more, so nothing is left when the client goes away."""
    assert answer.spool is not None
    handle = os.open(answer.spool, os.O_RDONLY)
    answer.discard()

    def chunks() -> Iterator[bytes]:
        try:
            while chunk := os.read(handle, CHUNK):
                yield chunk
        finally:
            os.close(handle)

    return chunks()


def _description(request: Request) -> Response:
    media_type = negotiation.best(request.headers.get("accept"), list(GRAPHS))
    if media_type is None:
        return problem(406, "not-acceptable", "the service is described as " + ", ".join(GRAPHS))
    here = str(request.url.replace(query="", fragment=""))
    triples = service_description(here)
    return tagged(
        request, uploads.serialize(triples, GRAPHS[media_type]), media_type, headers={"Vary": "Accept"}
    )


#: Those that are asked most, for the way past the routes.
ENDPOINTS = {("GET", "/sparql"): query_by_get, ("POST", "/sparql"): query_by_post}
