"""``/api/recommendations``, ``claims``, ``mechanisms``, ``studies``, ``works``: what the graph holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from api.http import negotiation
from api.http.answers import LINKED, linked, service_of, tagged
from api.http.listing import is_one, list_of, things
from api.http.problems import documented, problem
from api.service import State
from graph.bibliography.names import doi as as_doi
from graph.errors import UnknownIdentifier
from graph.evidence import Evidence, Finding, Iri
from graph.reading.nodes import natural
from graph.rendering import document
from graph.rendering.recent import traced as written_trace
from graph.tracing import Trace, TraceEdge, TraceNode
from graph.tracing.identifiers import unknown

router = APIRouter(prefix="/api", tags=["evidence"], responses=documented(400, 404, 406))

Kind = Literal["recommendations", "claims", "mechanisms", "studies", "works"]
SINGULAR = {
    "recommendations": "recommendation",
    "claims": "claim",
    "mechanisms": "mechanism",
    "studies": "study",
    "works": "work",
}
TRACES = {
    LINKED: "jsonld",
    "application/json": "json",
    "text/plain": "text",
    "image/svg+xml": "svg",
    "text/vnd.mermaid": "mermaid",
}


def _trace(kind: str) -> Callable[..., Response]:
    def traced(
        identifier: str,
        request: Request,
        format: Annotated[
            Literal["jsonld", "json", "text", "svg", "mermaid"] | None,
            Query(description="Instead of Accept."),
        ] = None,
    ) -> Response:
        by_accept = negotiation.best(request.headers.get("accept"), list(TRACES))
        media_type = next((m for m, f in TRACES.items() if f == format), by_accept)
        if media_type is None:
            return problem(406, "not-acceptable", "a trace can be had as " + ", ".join(TRACES))
        store = service_of(request).store
        said = written_trace(store, full(identifier, kind, store.base), TRACES[media_type])
        return tagged(request, said, media_type, headers={"Vary": "Accept"})

    traced.__name__ = f"trace_{kind}"
    traced.__doc__ = f"From a {kind} down to every finding, study and work, those against it included."
    return traced


def _one(kind: str) -> Callable[..., Response]:
    def one(identifier: str, request: Request) -> Response:
        state = service_of(request).state()
        iri = find(state.evidence, identifier, kind)
        near = neighbourhood(state, iri, kind)
        said = document(near)
        return tagged(request, linked(request, {"graph": said["graph"]}))

    one.__name__ = f"get_{kind}"
    one.__doc__ = f"A {kind}, first in the graph, and what it is linked to directly."
    return one


def find(evidence: Evidence, identifier: str, kind: str) -> Iri:
    """The thing of this kind with this IRI, id or last part; a work by its DOI too.

    Raises:
        UnknownIdentifier: there is none.
    """
    iri = full(identifier, kind, evidence.base)
    if is_one(evidence, kind, iri):
        return Iri(iri)
    known = {one.iri for one in things(evidence, kind)}
    if kind == "work" and (doi := as_doi(identifier)):
        held = (one for one in evidence.works.values() if (one.doi or "").lower() == doi.lower())
        if (work := min(held, key=lambda one: natural(one.iri), default=None)) is not None:
            return work.iri  # several are records of one paper
    fitting = sorted(one for one in known if one.endswith("/" + identifier.strip("/")))
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UnknownIdentifier(
            "ambiguous-identifier",
            f"{identifier!r} may be any of {len(fitting)} things",
            candidates=tuple(fitting),
        )
    for plural, other in SINGULAR.items():
        for one in things(evidence, other) if identifier else ():
            if one.iri == iri or one.iri.endswith("/" + identifier.strip("/")):
                name = one.iri.removeprefix(evidence.base)
                said = f"there is no {kind} called {identifier[:200]!r}, but a {other}"
                hint = f"ask for /api/{plural}/{name.removeprefix(other + '/')}"
                raise UnknownIdentifier("unknown-identifier", said, candidates=(one.iri,), hint=hint)
    raise unknown(identifier, sorted(known), what=kind, base=evidence.base)


def neighbourhood(state: State, iri: Iri, kind: str) -> Trace:
    """A thing, what it leads to in one step, and the findings that a study or a work holds."""
    evidence, whole = state.evidence, state.traces.of(iri)
    edges = list(whole.below(iri))
    held: list[Finding] = []
    if kind == "work":
        held = [one for one in evidence.findings.values() if one.work == iri]
    elif kind == "study":
        held = [one for one in evidence.findings.values() if one.study == iri]
    edges += [TraceEdge(iri, one.iri, "finding") for one in held]
    nodes = {one.iri: one for one in whole.nodes if one.iri == iri or any(e.target == one.iri for e in edges)}
    for found in held:
        nodes.setdefault(found.iri, TraceNode(found.iri, "finding", found.label or found.iri, found))
    return Trace(iri, tuple(nodes.values()), tuple(edges))


def full(identifier: str, kind: str, base: str) -> str:
    """An IRI, an id under the base, or a last part of this kind, as an IRI; a work's DOI as it is."""
    if identifier.startswith(("http://", "https://", "urn:")) or (kind == "work" and as_doi(identifier)):
        return identifier
    return base + (identifier if identifier.startswith(f"{kind}/") else f"{kind}/{identifier}")


def _register() -> None:
    for plural, kind in SINGULAR.items():
        linked: dict[int | str, dict[str, Any]] = {
            200: {"description": "JSON-LD", "content": {LINKED: {}}},
            304: {"description": "Unchanged"},
        }
        traces: dict[int | str, dict[str, Any]] = {
            200: {"description": "The path", "content": {m: {} for m in TRACES}},
            **{304: linked[304]},
        }
        router.add_api_route(
            f"/{plural}", list_of(plural, kind), methods=["GET"], responses=linked, response_class=Response
        )
        router.add_api_route(
            f"/{plural}/{{identifier:path}}/trace",
            _trace(kind),
            methods=["GET"],
            responses=traces,
            response_class=Response,
        )
        router.add_api_route(
            f"/{plural}/{{identifier:path}}",
            _one(kind),
            methods=["GET"],
            responses=linked,
            response_class=Response,
        )


_register()
