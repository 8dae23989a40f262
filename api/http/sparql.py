"""``/sparql`` and ``/update``: the SPARQL 1.1 Protocol.

Queries run in the query workers, or at the SPARQL service that is the store; their whole answer is there
before its first byte is sent, so a fault is always a problem and never the end of a 200.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic_core import Url

from api.http import bodies, negotiation
from api.http.access import ADMIN, Caller, Needs, client_of
from api.http.answers import LINKED, service_of, tagged
from api.http.problems import documented, problem
from api.service import Service, now
from api.workers.pool import Pool
from api.workers.worker import Answer
from graph import uploads
from graph.answering import Changed, Question, read_changed
from graph.describing import service_description
from graph.errors import ClaimspineError
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
FORM = "application/x-www-form-urlencoded"
CHUNK = 1 << 16
FIELDS = 1000
_PLAIN = re.compile(r"[A-Za-z0-9%&=+._*~:/?@!$(),;-]*+", re.ASCII)
#: Graphs that only the service itself writes.
KEPT = ("journal/", "decision/", "audit/")

_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The answer", "content": {kind: {} for kind in (*RESULTS, *GRAPHS)}}
}
_FORM_SCHEMA = {"type": "object", "properties": {"query": {"type": "string"}}}


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update as it was sent, with the dataset it named."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


_QUERY_PARAMETERS = [
    {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
    for name in ("query", "default-graph-uri", "named-graph-uri")
]


@router.get(
    "/sparql", responses=_ANSWER, response_class=Response, openapi_extra={"parameters": _QUERY_PARAMETERS}
)
async def query_by_get(request: Request) -> Response:
    """Answer the query in the address; without one, describe the service."""
    given = pairs(_in_address(request))
    if not given:
        return _description(request)
    return await _answer(request, operation(given, "query", "default-graph-uri", "named-graph-uri"))


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
    sent = await _sent(request, "query", "application/sparql-query", "default-graph-uri", "named-graph-uri")
    return await _answer(request, sent)


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
    sent = await _sent(
        request, "update", "application/sparql-update", "using-graph-uri", "using-named-graph-uri"
    )
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


async def _sent(request: Request, name: str, media_type: str, default: str, named: str) -> Operation:
    """The operation of a POST (SPARQL 1.1 Protocol, 2.1.2, 2.1.3, 2.2.1, 2.2.2)."""
    kind = bodies.media_type(request.headers.get("content-type"))
    if kind not in (FORM, media_type):
        raise ClaimspineError(
            "unsupported-media-type",
            f"a body of type {kind[:80] or 'nothing'}",
            hint=f"send {FORM} or {media_type}",
        )
    body = await request.body()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ClaimspineError("not-utf-8", f"the {name} is not UTF-8") from exc
    sent = pairs(text) if kind == FORM else [(name, text)]
    given = [pair for pair in pairs(_in_address(request)) if pair[0] in (default, named)]
    return operation([*sent, *given], name, default, named)


def _in_address(request: Request) -> str:
    """The query string; taking the whole address apart takes longer."""
    sent: bytes = request.scope["query_string"]
    return sent.decode("latin-1")


def pairs(encoded: str) -> list[tuple[str, str]]:
    """The parameters of a query string or a form.

    Raises:
        ClaimspineError: ``bad-form``.
    """
    if not encoded:
        return []
    if _PLAIN.fullmatch(encoded) and encoded.count("&") < FIELDS:
        # the same form of the same standard, read natively; what is not UTF-8 comes back as U+FFFD
        found = Url("http://form/?" + encoded).query_params()
        if not any("\ufffd" in part for pair in found for part in pair):
            return found
    try:
        return parse_qsl(
            encoded, keep_blank_values=True, strict_parsing=False, errors="strict", max_num_fields=FIELDS
        )
    except (ValueError, UnicodeDecodeError) as exc:
        raise ClaimspineError("bad-form", "the parameters are not well-formed UTF-8") from exc


def operation(given: list[tuple[str, str]], name: str, default: str, named: str) -> Operation:
    """Exactly one operation, with any number of graphs.

    Raises:
        ClaimspineError: ``one-query`` (or ``one-update``), ``bad-graph``.
    """
    texts = [value for key, value in given if key == name]
    if len(texts) != 1 or any(key in ("query", "update") and key != name for key, _ in given):
        raise ClaimspineError(f"one-{name}", f"give exactly one {name}, and nothing else to do")

    def graphs(key: str) -> tuple[str, ...] | None:
        found = tuple(value for one, value in given if one == key)
        for value in found:
            if not value or any(c in value for c in '<>"{}|^`\\ \n\r\t') or ":" not in value:
                raise ClaimspineError("bad-graph", f"{value[:80]!r} is not the IRI of a graph")
        return found or None

    return Operation(texts[0], graphs(default), graphs(named))


async def _answer(request: Request, asked: Operation) -> Response:
    service = service_of(request)
    if len(asked.text) > service.settings.query_characters:
        return problem(
            413, "too-large", f"a query has at most {service.settings.query_characters:,} characters"
        )
    refuse_remote(asked.text)
    offered = RESULTS if query_form(asked.text) in ("SELECT", "ASK") else GRAPHS
    media_type = negotiation.best(request.headers.get("accept"), list(offered))
    if media_type is None:
        return problem(406, "not-acceptable", "this query can be answered as " + ", ".join(offered))
    return await answered(request, asked, media_type, offered[media_type])


async def answered(request: Request, asked: Operation, media_type: str, format: str) -> Response:
    """The answer of the query workers in a format."""
    question = Question(asked.text, format, asked.default_graphs, asked.named_graphs)
    answer = await service_of(request).pool.ask(question, client=client_of(request))
    headers = {"Vary": "Accept", "Claimspine-Snapshot": answer.freshness}
    if answer.body is not None:
        return Response(answer.body, media_type=media_type, headers=headers)
    headers["Content-Length"] = str(answer.size)
    return StreamingResponse(_stream(answer), media_type=media_type, headers=headers)


def _stream(answer: Answer) -> Iterator[bytes]:
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
