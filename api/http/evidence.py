"""What carries a recommendation, what is to be looked at again, and what a thing is linked to."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from api.http.answers import service_of
from api.http.problems import documented
from api.http.resources import SINGULAR, find, full, neighbourhood
from graph import impact
from graph.certainty import certainty
from graph.errors import UnknownIdentifier
from graph.rendering import document
from graph.tracing import trace
from graph.tracing.structure import structure

router = APIRouter(prefix="/api", tags=["page"], responses=documented(404, 409, 415))


MOST_FALLEN = 100
STANDINGS = ("retracted", "concern", "superseded", "corrected")


class OfGraph(BaseModel):
    """What is said of the graph, with keys as in the context and in a trace's JSON: ``atMost``."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Group(OfGraph):
    """Studies that count as one, and why."""

    studies: list[str]
    reasons: list[str]


class Narrow(OfGraph):
    """What everything passes through."""

    id: str
    kind: str
    label: str


class Moved(OfGraph):
    """One step of a certainty, down (negative) or up, and why."""

    domain: str
    levels: int
    reason: str


class Judged(OfGraph):
    """A certainty with its reasons, and what was and was not judged: as in a trace's JSON."""

    level: str | None
    curated: bool
    computed: str | None
    at_most: bool
    reasons: list[str]
    start_reason: str
    steps: list[Moved]
    not_serious: list[str]
    not_judged: list[str]


class Carried(OfGraph):
    """How a claim, a step or the root is carried."""

    id: str
    kind: str
    label: str
    supports: int
    refutes: int
    neutral: int
    independent: list[Group]
    bottlenecks: list[Narrow]
    certainty: Judged | None


class Weak(OfGraph):
    """A weakest link, and why it is."""

    id: str
    kind: str
    label: str
    reason: str


class TraceStructure(OfGraph):
    """The structure of a trace: what it hangs on."""

    root: Carried
    parts: list[Carried]
    weakest_claim: Weak | None
    weakest_steps: list[Weak]
    unsupported_steps: list[str]


@router.get("/structure/{identifier:path}")
def structure_of(
    identifier: str,
    request: Request,
    kind: Literal["recommendation", "claim", "mechanism"] = "recommendation",
) -> TraceStructure:
    """Independent studies, bottlenecks, weakest links, untested steps and certainties below a thing."""
    store = service_of(request).store
    followed = trace(store, full(identifier, kind, store.base))
    made = structure(followed)

    def carried(one: Any) -> Carried:
        judged = certainty(followed, one.iri) if one.kind in ("claim", "recommendation") else None
        return Carried(
            id=one.iri,
            kind=one.kind,
            label=one.label,
            supports=one.supports,
            refutes=one.refutes,
            neutral=one.neutral,
            independent=[Group(studies=list(g.studies), reasons=list(g.reasons)) for g in one.independent],
            bottlenecks=[Narrow(id=b.iri, kind=b.kind, label=b.label) for b in one.bottlenecks],
            certainty=None
            if judged is None
            else Judged(
                level=judged.level,
                curated=judged.curated,
                computed=judged.computed,
                at_most=judged.at_most,
                reasons=[reason for reason in judged.reasons if reason],
                start_reason=judged.start_reason,
                steps=[Moved(domain=s.domain, levels=s.levels, reason=s.reason) for s in judged.steps],
                not_serious=list(judged.not_serious),
                not_judged=list(judged.not_judged),
            ),
        )

    def weak(one: Any) -> Weak:
        return Weak(id=one.iri, kind=one.kind, label=one.label, reason=one.reason)

    return TraceStructure(
        root=carried(made.root),
        parts=[carried(one) for one in made.parts],
        weakest_claim=None if made.weakest_claim is None else weak(made.weakest_claim),
        weakest_steps=[weak(one) for one in made.weakest_steps],
        unsupported_steps=list(made.unsupported_steps),
    )


class Level(OfGraph):
    """How a claim stands: before a change, or after it."""

    certainty: str | None
    curated: bool
    computed: str | None
    independent_studies: int
    supports: int
    refutes: int
    neutral: int
    reasons: list[str]


class Reviewed(OfGraph):
    """A claim, a step or a recommendation to look at again, and why."""

    rank: int
    id: str
    kind: str
    label: str
    before: Level
    after: Level
    levels_lost: int
    independent_lost: int
    weight: int
    lost: list[str]
    judge_again: bool
    reasons: list[str]


class Fallen(OfGraph):
    """A work that no longer stands as it was, and what rests on it, in the order to look again."""

    root: str
    label: str
    standing: str
    change: str
    lines: int
    affected: list[Reviewed]
    not_judged: int


@router.get("/re-review")
def re_review(request: Request) -> list[Fallen]:
    """Works that are retracted, in doubt, superseded or corrected, and what rests on each."""
    service = service_of(request)
    works = [one for one in service.state().evidence.works.values() if one.standing not in (None, "current")]
    works.sort(key=lambda one: (STANDINGS.index(str(one.standing)), one.iri))
    found = []
    for one in works[:MOST_FALLEN]:
        change = "corrected" if one.standing == "corrected" else "retracted"
        said = impact.document(impact.impact(service.store, one.iri, change=change))
        told = {name: said[name] for name in ("root", "label", "change", "lines", "affected", "notJudged")}
        found.append(Fallen(standing=str(one.standing), **told))
    return found


@router.get("/near/{identifier:path}")
def near(identifier: str, request: Request) -> dict[str, Any]:
    """A thing and what it is linked to directly, as nodes and edges without JSON-LD's context."""
    state = service_of(request).state()
    kind = identifier.removeprefix(state.evidence.base).partition("/")[0]
    if kind not in SINGULAR.values():
        raise UnknownIdentifier("unknown-identifier", f"nothing here is called {identifier[:200]!r}")
    return document(neighbourhood(state, find(state.evidence, identifier, kind), kind), linked=False)
