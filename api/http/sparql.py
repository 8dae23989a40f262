"""``/sparql``: read-only queries by the SPARQL 1.1 Protocol."""

from __future__ import annotations

from typing import Annotated, cast
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request, Response

from api.http import negotiation
from api.http.problems import problem
from graph.sparql import refuse_remote
from graph.store import Store

router = APIRouter(tags=["SPARQL"])

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
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
MAX_QUERY_BYTES = 100_000


@router.get("/sparql")
def by_get(request: Request, query: Annotated[str, Query(max_length=MAX_QUERY_BYTES)]) -> Response:
    """Answer a query given in the address."""
    return _answer(request, query)


@router.post("/sparql")
async def by_post(request: Request) -> Response:
    """Answer a query given in a form or as the body (``application/sparql-query``)."""
    body = await request.body()
    if len(body) > MAX_QUERY_BYTES:
        return problem(413, "query-too-long", f"a query has at most {MAX_QUERY_BYTES} bytes")
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return problem(400, "not-utf-8", "a query is UTF-8 text")
    if kind == "application/sparql-query":
        return _answer(request, text)
    if kind == "application/x-www-form-urlencoded":
        queries = parse_qs(text).get("query", [])
        if len(queries) != 1:
            return problem(400, "one-query", "give exactly one query parameter")
        return _answer(request, queries[0])
    return problem(415, "unsupported-media-type", "send a form, or application/sparql-query")


def _answer(request: Request, query: str) -> Response:
    refuse_remote(query)
    store = cast(Store, request.app.state.store)
    from graph.sparql import query_form

    offered = RESULTS if query_form(query) in ("SELECT", "ASK") else GRAPHS
    media_type = negotiation.best(request.headers.get("accept"), list(offered))
    if media_type is None:
        return problem(406, "not-acceptable", "this query can be answered as " + ", ".join(offered))
    return Response(
        store.query_serialized(query, offered[media_type]), media_type=media_type, headers={"Vary": "Accept"}
    )
