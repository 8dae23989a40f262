"""``/api/search``: find anything in the evidence by words."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from api.http.answers import LINKED, Page, bad_cursor, paged, read_cursor, service_of, write_cursor
from api.http.problems import documented
from graph.jsonld import TYPES

router = APIRouter(prefix="/api", tags=["evidence"], responses=documented(404))

Kind = Literal["recommendation", "claim", "mechanism", "step", "finding", "study", "work", "concept"]
DEEPEST = 10_000


@router.get(
    "/search", responses={200: {"description": "JSON-LD", "content": {LINKED: {}}}}, response_class=Response
)
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=300, description="Words; all must be found.")],
    kind: Annotated[list[Kind] | None, Query(description="Only these kinds.")] = None,
    cursor: Annotated[str | None, Query(max_length=200, description="From `page.next`.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> Response:
    """Recommendations, claims, mechanisms, findings, studies, works and concepts, best first."""
    index = service_of(request).index()
    kinds = tuple(sorted(set(kind or ())))
    at = read_cursor(cursor, "search") or "0"
    if not (at.isascii() and at.isdecimal()) or int(at) > DEEPEST:
        raise bad_cursor()
    offset = int(at)
    total = index.count(q, kinds=kinds)
    hits = index.find(q, kinds=kinds, limit=limit, offset=offset)
    following = write_cursor(str(offset + limit), "search") if total > offset + limit <= DEEPEST else None
    graph = [
        {"id": hit.iri, "type": TYPES[hit.kind], "kind": hit.kind, "label": hit.label, "score": hit.score}
        for hit in hits
    ]
    return paged(request, Page(hits, total, following), graph, limit)
