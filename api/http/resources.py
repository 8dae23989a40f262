"""``/api/recommendations``, ``claims``, ``mechanisms``, ``studies``, ``works``: what the graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from inspect import signature
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from api.http import negotiation
from api.http.answers import LINKED, linked, page, paged, service_of, tagged
from api.http.problems import documented, problem
from claims.model import Verdict
from graph.errors import UnknownIdentifier
from graph.evidence import Evidence, Finding, GraphClaim, Iri, Mechanism, Study, Work
from graph.naming import work_label
from graph.rendering import document
from graph.rendering.recent import traced as written_trace
from graph.tracing import Trace, TraceEdge, TraceNode, trace_in
from graph.tracing.identifiers import unknown
from ontology.terms import value as term_of

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
CERTAINTIES = Literal["high", "moderate", "low", "very-low"]
STANDINGS = Literal["current", "corrected", "concern", "retracted", "superseded"]

#: What each kind can be filtered by.
FILTERS = {
    "recommendation": {"q", "mechanism", "verdict", "certainty"},
    "claim": {"q", "mechanism", "verdict", "certainty"},
    "mechanism": {"q", "mechanism"},
    "study": {"q"},
    "work": {"q", "standing"},
}
ALL_FILTERS = set().union(*FILTERS.values())

Value = GraphClaim | Mechanism | Study | Work


def things(evidence: Evidence, kind: str) -> list[Value]:
    """The things of a kind, by IRI."""
    found: Iterable[Value]
    match kind:
        case "recommendation" | "claim":
            found = [claim for claim in evidence.claims.values() if claim.kind == kind]
        case "mechanism":
            found = evidence.mechanisms.values()
        case "study":
            found = evidence.studies.values()
        case _:
            found = evidence.works.values()
    return sorted(found, key=lambda one: one.iri)


def label(value: Value) -> str:
    """What a thing is called."""
    if isinstance(value, GraphClaim):
        return value.text
    if isinstance(value, Work):
        return work_label(value)
    return value.label or value.iri


def words(value: Value) -> str:
    """All its words, for the filter by text."""
    said: list[str | None] = [value.iri, label(value)]
    if isinstance(value, Work):
        said += [value.title, value.journal, value.doi, value.pmid, *value.authors]
    elif isinstance(value, Study):
        said += [value.design, value.population_note, *value.registration]
    return " ".join(filter(None, said)).casefold()


def verdict(claim: GraphClaim, directions: dict[Iri, Counter[str]]) -> str:
    """What the curated lines on a claim come to, in the words of a verdict."""
    lines = directions.get(claim.iri, Counter())
    if lines["supports"]:
        return (Verdict.PARTLY_SUPPORTED if lines["refutes"] else Verdict.SUPPORTED).value
    if lines["refutes"]:
        return Verdict.CONTRADICTED.value
    return (Verdict.UNSUPPORTED if lines else Verdict.NOT_ENOUGH_INFORMATION).value


def node(kind: str, value: Value) -> dict[str, Any]:
    """One thing as a node of JSON-LD."""
    alone = Trace(value.iri, (TraceNode(value.iri, kind, label(value), value),), ())
    said: dict[str, Any] = document(alone)["graph"][0]
    if isinstance(value, Work):
        said["name"] = label(value)  # what to show where no title is recorded
    return said


def _list(
    kind: str,
) -> Callable[..., Response]:
    def listed(
        request: Request,
        q: Annotated[str | None, Query(max_length=300, description="Words that it must hold.")] = None,
        mechanism: Annotated[
            str | None,
            Query(max_length=500, description="Explained by this mechanism: an IRI or its last part."),
        ] = None,
        verdict_: Annotated[
            Verdict | None, Query(alias="verdict", description="What the curated lines come to.")
        ] = None,
        certainty: Annotated[CERTAINTIES | None, Query(description="Curated certainty.")] = None,
        standing: Annotated[STANDINGS | None, Query(description="Standing of a work.")] = None,
        cursor: Annotated[str | None, Query(max_length=2000, description="From `page.next`.")] = None,
        limit: Annotated[int | None, Query(ge=1, le=1000, description="Items on a page.")] = None,
    ) -> Response:
        service = service_of(request)
        state = service.state()
        evidence, directions = state.evidence, state.directions
        wanted = (q or "").casefold().split()
        if mechanism:
            _check_mechanism(evidence, mechanism)

        def fits(value: Value) -> bool:
            said = words(value) if wanted else ""
            if not all(word in said for word in wanted):
                return False
            if isinstance(value, GraphClaim):
                if mechanism and not any(_is(iri, mechanism, evidence.base) for iri in value.explained_by):
                    return False
                if verdict_ and verdict(value, directions) != verdict_.value:
                    return False
                return not certainty or value.certainty_level == certainty
            if isinstance(value, Work):
                return not standing or (value.standing or "current") == standing
            return not (
                isinstance(value, Mechanism) and mechanism and not _is(value.iri, mechanism, evidence.base)
            )

        size = limit or service.settings.page_size
        held = things(evidence, kind)
        if FILTERS[kind] & set(request.query_params):
            held = [one for one in held if fits(one)]
        found = page(held, lambda one: str(one.iri), cursor, size)
        graph = []
        for value in found.items:
            said = node(kind, value)
            said["kind"] = kind
            if isinstance(value, GraphClaim):
                said["verdict"] = term_of("verdict", verdict(value, directions).replace(" ", "-"))
                if kind == "recommendation":
                    said["claims"] = len(value.based_on)
            graph.append(said)
        return paged(request, found, graph, size)

    of_others = {{"verdict": "verdict_"}.get(name, name) for name in ALL_FILTERS - FILTERS[kind]}
    given = signature(listed, eval_str=True)
    own = [one for name, one in given.parameters.items() if name not in of_others]
    listed.__signature__ = given.replace(parameters=own)  # type: ignore[attr-defined]
    listed.__name__ = f"list_{kind}"
    plural = next(plural for plural, one in SINGULAR.items() if one == kind)
    listed.__doc__ = f"The {plural}, in pages, filtered."
    return listed


def _is(iri: str, named: str, base: str) -> bool:
    return iri in (named, base + named) or iri.endswith("/" + named.strip("/"))


def _check_mechanism(evidence: Evidence, named: str) -> None:
    """Hold a filter to what there is: a name that nothing has would give a list as empty as a true one.

    Raises:
        UnknownIdentifier: nothing has this name.
    """
    if any(_is(iri, named, evidence.base) for iri in evidence.mechanisms):
        return
    told = {iri for claim in evidence.claims.values() for iri in claim.explained_by}
    if not any(_is(iri, named, evidence.base) for iri in told):
        raise unknown(named, sorted(evidence.mechanisms), what="mechanism", base=evidence.base)


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
        evidence = service_of(request).state().evidence
        iri = find(evidence, identifier, kind)
        near = neighbourhood(evidence, iri, kind)
        said = document(near)
        return tagged(request, linked(request, {"graph": said["graph"]}))

    one.__name__ = f"get_{kind}"
    one.__doc__ = f"A {kind}, first in the graph, and what it is linked to directly."
    return one


def find(evidence: Evidence, identifier: str, kind: str) -> Iri:
    """The thing of this kind with this IRI, id or last part.

    Raises:
        UnknownIdentifier: there is none.
    """
    iri = full(identifier, kind, evidence.base)
    known = {one.iri for one in things(evidence, kind)}
    if iri in known:
        return Iri(iri)
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


def neighbourhood(evidence: Evidence, iri: Iri, kind: str) -> Trace:
    """A thing, what it leads to in one step, and the findings that a study or a work holds."""
    whole = trace_in(evidence, iri)
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
    """An IRI, an id under the base, or a last part of this kind, as an IRI."""
    if identifier.startswith(("http://", "https://", "urn:")):
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
            f"/{plural}", _list(kind), methods=["GET"], responses=linked, response_class=Response
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
