"""``/sparql`` and ``/update``: the SPARQL 1.1 Protocol.

Queries run in the query workers, or at the SPARQL service that is the store; their whole answer is there
before its first byte is sent, so a fault is always a problem and never the end of a 200.
"""

from __future__ import annotations

import asyncio
import os
import re
from binascii import a2b_qp
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
FORM = "application/x-www-form-urlencoded"
CHUNK = 1 << 16
FIELDS = 1000
_PLAIN = re.compile(r"[A-Za-z0-9%&=+._*~:/?@!$(),;-]*+", re.ASCII)
_QUOTED = bytes.maketrans(b"%+", b"= ")
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


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of operation is sent: its parameter, its media type, the parameters of its dataset."""

    name: str
    media_type: str
    default: str
    named: str

    def check(self, content_type: str | None) -> str:
        """The media type of a body that may hold one.

        Raises:
            ClaimspineError: ``unsupported-media-type``.
        """
        kind = FORM if content_type == FORM else bodies.media_type(content_type)
        if kind not in (FORM, self.media_type):
            raise ClaimspineError(
                "unsupported-media-type",
                f"a body of type {kind[:80] or 'nothing'}",
                hint=f"send {FORM} or {self.media_type}",
            )
        return kind


QUERY = Way("query", "application/sparql-query", "default-graph-uri", "named-graph-uri")
UPDATE = Way("update", "application/sparql-update", "using-graph-uri", "using-named-graph-uri")

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
    return in_body(way, content_type, await request.body(), request.scope["query_string"])


def in_address(query_string: bytes) -> Operation:
    """The query of a GET (SPARQL 1.1 Protocol, 2.1.1).

    Raises:
        ClaimspineError: as ``pairs`` and ``operation``.
    """
    return operation(pairs(query_string.decode("latin-1")), QUERY)


def in_body(way: Way, content_type: str | None, body: bytes, query_string: bytes) -> Operation:
    """The operation of a POST (SPARQL 1.1 Protocol, 2.1.2, 2.1.3, 2.2.1, 2.2.2).

    Raises:
        ClaimspineError: as ``Way.check``, ``pairs`` and ``operation``; ``not-utf-8``.
    """
    kind = way.check(content_type)
    if kind == FORM and not query_string and (only := _only(way.name, body)) is not None:
        return Operation(only)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ClaimspineError("not-utf-8", f"the {way.name} is not UTF-8") from exc
    sent = pairs(text) if kind == FORM else [(way.name, text)]
    if query_string:
        graphs = pairs(query_string.decode("latin-1"))
        sent = [*sent, *(pair for pair in graphs if pair[0] in (way.default, way.named))]
    return operation(sent, way)


def _only(name: str, form: bytes) -> str | None:
    """The value of a form's only field, read natively: ``%2F`` is ``=2F`` in quoted-printable.

    None: it has more fields, or is not well-formed, and is for ``pairs``.
    """
    before, _, value = form.partition(b"=")
    if before != name.encode("ascii") or b"&" in value or b"=" in value:
        return None
    if b"\r" in value or b"\n" in value:
        return None
    read = a2b_qp(value.translate(_QUOTED))
    if len(value) - len(read) != 2 * value.count(b"%"):
        return None  # a per cent sign that begins no escape
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        return None


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


def operation(given: list[tuple[str, str]], way: Way) -> Operation:
    """Exactly one operation, with any number of graphs.

    Raises:
        ClaimspineError: ``one-query`` (or ``one-update``), ``bad-graph``.
    """
    name = way.name
    texts = [value for key, value in given if key == name]
    if len(texts) != 1 or any(key in ("query", "update") and key != name for key, _ in given):
        raise ClaimspineError(f"one-{name}", f"give exactly one {name}, and nothing else to do")

    def graphs(key: str) -> tuple[str, ...] | None:
        found = tuple(value for one, value in given if one == key)
        for value in found:
            if not value or any(c in value for c in '<>"{}|^`\\ \n\r\t') or ":" not in value:
                raise ClaimspineError("bad-graph", f"{value[:80]!r} is not the IRI of a graph")
        return found or None

    return Operation(texts[0], graphs(way.default), graphs(way.named))


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
