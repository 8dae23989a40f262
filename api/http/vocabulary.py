"""``/ontology``, ``/shapes``, ``/context.jsonld``: what the words of the answers mean."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from api.http.answers import LINKED, service_of, tagged
from api.http.problems import documented
from graph.jsonld import context as held_context
from ontology import loader

router = APIRouter(tags=["vocabulary"], responses=documented(404))

TURTLE = "text/turtle"
Part = Literal["schemes", "policies", "alignments", "concepts"]
_TURTLE: dict[int | str, dict[str, Any]] = {200: {"description": "Turtle", "content": {TURTLE: {}}}}


@router.get("/ontology", responses=_TURTLE, response_class=Response)
def ontology(request: Request) -> Response:
    """The classes and properties, as Turtle."""
    return tagged(request, loader.text("spine.ttl"), TURTLE)


@router.get("/ontology/{part}", responses=_TURTLE, response_class=Response)
def ontology_part(part: Part, request: Request) -> Response:
    """The schemes, the policies, the alignments or the shipped concepts, as Turtle."""
    return tagged(request, loader.text(f"{part}.ttl"), TURTLE)


@router.get("/shapes", responses=_TURTLE, response_class=Response)
def shapes(request: Request) -> Response:
    """The SHACL shapes that every write is held to, as Turtle."""
    return tagged(request, loader.text("shapes.ttl"), TURTLE)


@router.get(
    "/context.jsonld",
    responses={200: {"description": "JSON-LD", "content": {LINKED: {}}}},
    response_class=Response,
)
def context(request: Request) -> Response:
    """The JSON-LD context of the answers and of evidence files."""
    return tagged(request, {"@context": held_context(service_of(request).store.base)}, LINKED)
