"""``/api/recommendations`` and ``/api/works``: what the graph holds, as JSON-LD."""

from __future__ import annotations

from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from graph.jsonld import BASE, context
from graph.rendering import document
from graph.store import Store
from graph.tracing import trace

router = APIRouter(prefix="/api", tags=["evidence"])

LINKED = "application/ld+json"
RECOMMENDATIONS = """
SELECT ?id ?text (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?id a spine:Recommendation ; spine:text ?text .
  OPTIONAL { ?id spine:basedOn ?claim }
} GROUP BY ?id ?text ORDER BY ?id
"""


def linked(body: dict[str, Any]) -> JSONResponse:
    """JSON-LD; its context is the ontology's."""
    return JSONResponse(body, media_type=LINKED)


def store_of(request: Request) -> Store:
    """The store that this service reads."""
    return cast(Store, request.app.state.store)


@router.get("/recommendations")
def recommendations(request: Request) -> JSONResponse:
    """All recommendations, with the number of claims that each rests on."""
    rows = store_of(request).rows(RECOMMENDATIONS)
    found = [
        {"id": id_, "type": "Recommendation", "text": text, "claims": int(n or 0)} for id_, text, n in rows
    ]
    return linked({"@context": context(), "graph": found})


@router.get("/recommendations/{identifier:path}/trace")
def recommendation_trace(identifier: str, request: Request) -> JSONResponse:
    """From a recommendation to every finding, study and work, those against it included."""
    return linked(document(trace(store_of(request), _full(identifier, "recommendation"))))


@router.get("/works/{identifier:path}")
def work(identifier: str, request: Request) -> JSONResponse:
    """A work's record and the studies that it reports."""
    return linked(document(trace(store_of(request), _full(identifier, "work"))))


def _full(identifier: str, kind: str) -> str:
    """An IRI, a relative id, or a last part of this kind, as an IRI."""
    if identifier.startswith(("http://", "https://")):
        return identifier
    return BASE + (identifier if identifier.startswith(f"{kind}/") else f"{kind}/{identifier}")
