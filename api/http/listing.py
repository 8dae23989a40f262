"""Things of one kind in pages, filtered by what a kind can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import signature
from typing import Annotated, Any, Literal

from fastapi import Query, Request, Response

from api.http.answers import page, paged, service_of
from api.service import State
from claims.model import Verdict
from graph.evidence import Evidence, GraphClaim, Iri, Mechanism, Study, Work
from graph.naming import work_label
from graph.rendering import document
from graph.tracing import Trace, TraceNode
from graph.tracing.identifiers import unknown
from ontology.terms import value as term_of

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


def is_one(evidence: Evidence, kind: str, iri: str) -> bool:
    """Whether it is among the things of a kind."""
    match kind:
        case "recommendation" | "claim":
            claim = evidence.claims.get(Iri(iri))
            return claim is not None and claim.kind == kind
        case "mechanism":
            return iri in evidence.mechanisms
        case "study":
            return iri in evidence.studies
        case _:
            return iri in evidence.works


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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a list is filtered by; None: by nothing."""

    words: tuple[str, ...]
    mechanism: str | None
    verdict: Verdict | None
    certainty: str | None
    standing: str | None

    def fits(self, value: Value, state: State) -> bool:
        """Whether a thing is among those that are wanted."""
        said = words(value) if self.words else ""
        if not all(word in said for word in self.words):
            return False
        base = state.evidence.base
        if isinstance(value, GraphClaim):
            if self.mechanism and not any(_is(iri, self.mechanism, base) for iri in value.explained_by):
                return False
            if self.verdict and verdict(value, state.directions) != self.verdict.value:
                return False
            return not self.certainty or value.certainty_level == self.certainty
        if isinstance(value, Work):
            return not self.standing or (value.standing or "current") == self.standing
        return not (
            isinstance(value, Mechanism) and self.mechanism and not _is(value.iri, self.mechanism, base)
        )


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


def _listed(kind: str, value: Value, state: State) -> dict[str, Any]:
    """A thing as an item of a list."""
    said = node(kind, value)
    said["kind"] = kind
    if isinstance(value, GraphClaim):
        said["verdict"] = term_of("verdict", verdict(value, state.directions).replace(" ", "-"))
        if kind == "recommendation":
            said["claims"] = len(value.based_on)
    return said


def list_of(plural: str, kind: str) -> Callable[..., Response]:
    """The route that lists the things of a kind: it takes what the kind can be filtered by, and no more."""

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
        if mechanism:
            _check_mechanism(state.evidence, mechanism)
        size = limit or service.settings.page_size
        held = things(state.evidence, kind)
        if FILTERS[kind] & set(request.query_params):
            wanted = _Wanted(tuple((q or "").casefold().split()), mechanism, verdict_, certainty, standing)
            held = [one for one in held if wanted.fits(one, state)]
        found = page(held, lambda one: str(one.iri), cursor, size, of=plural)
        return paged(request, found, [_listed(kind, value, state) for value in found.items], size)

    of_others = {{"verdict": "verdict_"}.get(name, name) for name in ALL_FILTERS - FILTERS[kind]}
    given = signature(listed, eval_str=True)
    own = [one for name, one in given.parameters.items() if name not in of_others]
    listed.__signature__ = given.replace(parameters=own)  # type: ignore[attr-defined]
    listed.__name__ = f"list_{kind}"
    listed.__doc__ = f"The {plural}, in pages, filtered."
    return listed
