"""``/graphs``: the SPARQL 1.1 Graph Store Protocol, with graphs named in the address (``?graph=…``)."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.http import bodies, negotiation
from api.http.access import CURATE, Caller, Needs
from api.http.answers import check_match, in_format, service_of, tag, tagged
from api.http.bodies import MULTIPART
from api.http.problems import documented, problem
from api.http.protocol import pairs
from api.http.sparql import GRAPHS, answered, is_kept
from api.service import Service, now
from graph.answering import Question
from graph.errors import ClaimspineError
from graph.sources import uploads
from graph.sources.source_files import graph_name, name_of_graph

router = APIRouter(tags=["graphs"], responses=documented(404, 406, 412, 415))

_BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string"}} for kind in uploads.RDF_MEDIA_TYPES}
        | {
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "array", "items": {"type": "string", "format": "binary"}}
                    },
                }
            }
        },
    }
}
_MEDIA: dict[int | str, dict[str, Any]] = {
    200: {"description": "The graph", "content": {kind: {} for kind in GRAPHS}}
}
_PUT: dict[int | str, dict[str, Any]] = {
    201: {"description": "Made"},
    204: {"description": "Written, or as it was"},
}
Graph = Annotated[str | None, Query(max_length=2000, description="The graph's IRI.")]
Default = Annotated[str | None, Query(max_length=10, description="The union of all graphs.")]


@router.get("/graphs", responses=_MEDIA, response_class=Response)
async def get_graph(request: Request, graph: Graph = None, default: Default = None) -> Response:
    """The triples of a graph; of the default graph, those of all graphs."""
    name = named(request)
    media_type = negotiation.best(request.headers.get("accept"), list(GRAPHS))
    if media_type is None:
        return problem(406, "not-acceptable", "a graph can be had as " + ", ".join(GRAPHS))
    if name is None:
        everything = Question("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", GRAPHS[media_type])
        return await answered(request, everything, media_type)
    return await run_in_threadpool(_get, request, name, media_type)


def _get(request: Request, name: str, media_type: str) -> Response:
    triples = _held(service_of(request), name)
    format = GRAPHS[media_type]
    text = uploads.serialize(triples, format, service_of(request).store.base)
    etag = in_format(_version(triples), format)
    return tagged(request, text, media_type, headers={"Vary": "Accept"}, etag=etag)


@router.put("/graphs", openapi_extra=_BODY, responses=_PUT, response_class=Response, status_code=204)
async def put_graph(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(CURATE))],
    graph: Graph = None,
    default: Default = None,
) -> Response:
    """Put these triples in the place of a graph: validated first, whole or not at all."""
    name = writable(request, named(request))
    documents = await bodies.documents(request)
    status = await run_in_threadpool(_write, request, name, documents, caller, merge=False)
    return _done(name, status)


@router.post("/graphs", openapi_extra=_BODY, responses=_PUT, response_class=Response, status_code=204)
async def post_graph(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(CURATE))],
    graph: Graph = None,
    default: Default = None,
) -> Response:
    """Add these triples to a graph; to the graph store itself, as a new graph."""
    to_store = not request.url.query
    name = "" if to_store else writable(request, named(request))
    documents = await bodies.documents(request)
    if not any(one.data for one in documents):
        return Response(status_code=204)
    if to_store:
        digest = hashlib.sha256(b"\0".join(one.data for one in documents)).hexdigest()
        name = graph_name(f"graph-{digest[:20]}", service_of(request).store.base)
    status = await run_in_threadpool(_write, request, name, documents, caller, merge=not to_store)
    return _done(name, status, named_by_us=to_store)


@router.delete("/graphs", response_class=Response, status_code=204)
def delete_graph(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(CURATE))],
    graph: Graph = None,
    default: Default = None,
) -> Response:
    """Delete a graph."""
    name = writable(request, named(request))
    service = service_of(request)
    with service.writing() as store:
        check_match(request, _version(_held(service, name)))
        author = uploads.Author(caller.name or "", now())
        if source := name_of_graph(name, store.base):
            uploads.remove(store, source, author)
        else:
            uploads.write(store, {name: None}, author, f"delete graph {name}")
    return Response(status_code=204)


def _write(
    request: Request, name: str, documents: list[uploads.Document], caller: Caller, *, merge: bool
) -> str:
    service = service_of(request)
    with service.writing() as store:
        if "if-match" in request.headers or "if-none-match" in request.headers:
            check_match(request, _version(_held(service, name)) if store.has_graph(name) else None)
        author = uploads.Author(caller.name or "", now())
        try:
            return uploads.put_graph(store, name, documents, author, merge=merge)
        except ClaimspineError as exc:
            if exc.code == "rdf-syntax" and "content-type" not in request.headers:
                exc.hint = "it came without a Content-Type, so it was read as RDF/XML; say what it is"
            raise


def _done(name: str, status: str, *, named_by_us: bool = False) -> Response:
    headers = {"Location": f"/graphs?graph={quote(name, safe='')}"}
    if status == "added":
        return Response(status_code=201, headers=headers)
    return Response(status_code=204, headers=headers if named_by_us else {})


def named(request: Request) -> str | None:
    """The graph of a request; None is the default graph (Graph Store Protocol, 4.2).

    Raises:
        ClaimspineError: ``one-graph``, ``bad-graph``.
    """
    given = pairs(request.url.query)
    graphs = [value for key, value in given if key == "graph"]
    default = [value for key, value in given if key == "default"]
    if len(graphs) + len(default) != 1:
        raise ClaimspineError("one-graph", "name one graph", hint="?graph=<IRI>, or ?default")
    if default:
        return None
    if ":" not in graphs[0].partition("/")[0] or any(c in graphs[0] for c in '<>"{}|^`\\ \n\r\t\0'):
        raise ClaimspineError("bad-graph", f"{graphs[0][:80]!r} is not an absolute IRI")
    return graphs[0]


def writable(request: Request, name: str | None) -> str:
    """The graph, if it may be written from outside.

    Raises:
        ClaimspineError: ``graph-not-writable``.
    """
    if name is None:
        raise ClaimspineError(
            "graph-not-writable",
            "the default graph is the union of all graphs and is not written to",
            hint="name a graph: ?graph=<IRI>",
        )
    if is_kept(service_of(request).store.base, name):
        raise ClaimspineError("graph-not-writable", f"only the service itself writes {name}")
    return name


def _held(service: Service, name: str) -> list[Any]:
    try:
        there = service.store.has_graph(name)
    except ValueError as exc:
        raise ClaimspineError("bad-graph", f"{name[:80]!r} is not an absolute IRI") from exc
    if not there:
        raise ClaimspineError("no-such-graph", f"there is no graph {name[:200]}")
    return uploads.content(service.store.read_graph(name), name, service.store.base)


def _version(triples: list[Any]) -> str:
    """The tag of what a graph says, whatever the format."""
    return tag(uploads.serialize(triples, "ntriples").encode("utf-8"))
