"""``/graphs``: the SPARQL 1.1 Graph Store Protocol, with graphs named in the address (``?graph=…``)."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.http import negotiation
from api.http.access import CURATE, Caller, Needs
from api.http.answers import check_match, service_of, tag, tagged
from api.http.problems import documented, problem
from api.http.sources import suffix_of
from api.http.sparql import GRAPHS, KEPT, pairs
from api.service import Service, now
from graph import uploads
from graph.errors import ClaimspineError
from graph.jsonld import BASE

router = APIRouter(tags=["graphs"], responses=documented(404, 406, 412, 415))

_BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string"}} for kind in uploads.RDF_MEDIA_TYPES},
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


def get_graph(request: Request, graph: Graph = None, default: Default = None) -> Response:
    """The triples of a graph; of the default graph, those of all graphs."""
    name = named(request)
    media_type = negotiation.best(request.headers.get("accept"), list(GRAPHS))
    if media_type is None:
        return problem(406, "not-acceptable", "a graph can be had as " + ", ".join(GRAPHS))
    service = service_of(request)
    if name is None:
        text: bytes | str = service.store.query_serialized(
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", GRAPHS[media_type]
        )
    else:
        text = uploads.serialize(_held(service, name), GRAPHS[media_type])
    return tagged(request, text, media_type, headers={"Vary": "Accept"})


router.add_api_route(
    "/graphs",
    get_graph,
    methods=["GET"],
    responses=_MEDIA,
    response_class=Response,
)
router.add_api_route("/graphs", get_graph, methods=["HEAD"], include_in_schema=False)


@router.put("/graphs", openapi_extra=_BODY, responses=_PUT, response_class=Response, status_code=204)
async def put_graph(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(CURATE))],
    graph: Graph = None,
    default: Default = None,
) -> Response:
    """Put these triples in the place of a graph: validated first, whole or not at all."""
    name = writable(named(request))
    suffix = suffix_of(request, uploads.RDF_MEDIA_TYPES)
    data = await request.body()
    return await run_in_threadpool(_write, request, name, data, suffix, caller, merge=False)


@router.post("/graphs", openapi_extra=_BODY, responses=_PUT, response_class=Response, status_code=204)
async def post_graph(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(CURATE))],
    graph: Graph = None,
    default: Default = None,
) -> Response:
    """Add these triples to a graph; to the graph store itself, as a new graph."""
    data = await request.body()
    suffix = suffix_of(request, uploads.RDF_MEDIA_TYPES)
    if not request.url.query:
        new = f"{BASE}source/graph-{hashlib.sha256(data).hexdigest()[:20]}"
        return await run_in_threadpool(_write, request, new, data, suffix, caller, merge=False)
    name = writable(named(request))
    return await run_in_threadpool(_write, request, name, data, suffix, caller, merge=True)


@router.delete("/graphs", response_class=Response, status_code=204)
def delete_graph(
    request: Request,
    caller: Annotated[Caller, Depends(Needs(CURATE))],
    graph: Graph = None,
    default: Default = None,
) -> Response:
    """Delete a graph."""
    name = writable(named(request))
    service = service_of(request)
    with service.writing() as store:
        check_match(request, _tag(service, name))
        _held(service, name)
        uploads.write(store, {name: None}, uploads.Author(caller.name or "", now()), f"delete graph {name}")
    return Response(status_code=204)


def _write(request: Request, name: str, data: bytes, suffix: str, caller: Caller, *, merge: bool) -> Response:
    service = service_of(request)
    with service.writing() as store:
        if "if-match" in request.headers or "if-none-match" in request.headers:
            check_match(request, _tag(service, name))
        author = uploads.Author(caller.name or "", now())
        status = uploads.put_graph(store, name, data, suffix, author, merge=merge)
    if status == "added":
        from urllib.parse import quote

        return Response(status_code=201, headers={"Location": f"/graphs?graph={quote(name, safe='')}"})
    return Response(status_code=204)


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


def writable(name: str | None) -> str:
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
    if name.startswith(KEPT):
        raise ClaimspineError("graph-not-writable", f"only the service itself writes {name}")
    return name


def _held(service: Service, name: str) -> list[Any]:
    try:
        triples = service.store.read_graph(name)
    except ValueError as exc:
        raise ClaimspineError("bad-graph", f"{name[:80]!r} is not an absolute IRI") from exc
    if not triples:
        raise ClaimspineError("no-such-graph", f"there is no graph {name[:200]}")
    return uploads.content(triples, name)


def _tag(service: Service, name: str) -> str | None:
    """The tag of the graph as Turtle, which is what a GET without Accept gives."""
    try:
        return tag(uploads.serialize(_held(service, name), "turtle").encode("utf-8"))
    except ClaimspineError:
        return None
