"""What carries a recommendation or a claim: the whole path down to the papers.

Recommendation → claim → evidence line → finding → study and work, and recommendation or claim →
mechanism → step → evidence line → ...; lines against a claim and lines that do not decide are in it
too, and steps that nothing bears on are named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Protocol

from graph.evidence import (
    Evidence,
    EvidenceLine,
    Finding,
    GraphClaim,
    Iri,
    Mechanism,
    MechanismStep,
    Study,
    Work,
)
from graph.naming import work_label
from graph.reading.held import Held, held_of
from graph.reading.making import quickly
from graph.reading.nodes import Nodes, last_part, natural
from graph.reading.values import (
    claim_of,
    finding_of,
    lines_of,
    mechanism_of,
    step_of,
    study_of,
    with_study,
    work_of,
)
from graph.store import Store
from graph.tracing.asked_nodes import nodes_below
from graph.tracing.identifiers import resolve
from graph.tracing.values import Trace, TraceEdge, TraceNode, Value
from ontology.terms import Adopted, Class

_BORNE_ON = ("claim", "recommendation", "step")
_ORDER = {"supports": 0, "refutes": 1, "neutral": 2}
_STRENGTH = {"strong": 0, "moderate": 1, "weak": 2}


def trace(store: Store, identifier: str) -> Trace:
    """Trace an IRI, an id under the base (``recommendation/x``), a last part (``x``) or a work by its DOI.

    Raises:
        UnknownIdentifier: nothing, or more than one thing, has this id.
    """
    root = resolve(store, identifier)
    if (held := held_of(store)) is not None:
        return _walked(_InHeld(held), root)
    with nodes_below(store, root) as nodes:
        return _walked(_InNodes(nodes), root)


def trace_in(evidence: Evidence, root: Iri) -> Trace:
    """The same trace from evidence already read, for callers that hold no store."""
    return _walked(_InEvidence(evidence), root)


def traces_in(
    evidence: Evidence, roots: Iterable[Iri], *, steps: Iterable[MechanismStep] = ()
) -> Iterator[Trace]:
    """A trace of each root, the evidence indexed once; ``steps`` are known without their mechanism."""
    known = _InEvidence(evidence)
    for step in steps:
        known.steps.setdefault(step.iri, step)
    for root in roots:
        yield _walked(known, root)


class Traces:
    """Traces in evidence that was read, which is indexed once, when the first is asked for."""

    def __init__(self, evidence: Evidence) -> None:
        """Over evidence, which is not changed."""
        self._evidence = evidence

    @cached_property
    def _known(self) -> _InEvidence:
        return _InEvidence(self._evidence)

    def of(self, root: Iri) -> Trace:
        """As ``trace_in`` gives it."""
        return _walked(self._known, root)


class _Known(Protocol):
    """Who says what there is: evidence already read, or nodes."""

    def value(self, iri: Iri, kind: str) -> Value | None:
        """What is said of something as a ``claim``, mechanism, step, finding, study or work."""

    def lines(self, iri: Iri) -> Iterable[EvidenceLine]:
        """The lines that bear on something, in reading order."""


class _InEvidence:
    """From evidence that was read."""

    def __init__(self, evidence: Evidence) -> None:
        self.steps = {s.iri: s for m in evidence.mechanisms.values() for s in m.steps}
        self._held: dict[str, Mapping[Iri, Value]] = {
            "claim": evidence.claims,
            "mechanism": evidence.mechanisms,
            "step": self.steps,
            "finding": evidence.findings,
            "study": evidence.studies,
            "work": evidence.works,
        }
        self._lines: dict[Iri, list[EvidenceLine]] = {}
        for line in evidence.lines:
            self._lines.setdefault(line.bears_on, []).append(line)

    def value(self, iri: Iri, kind: str) -> Value | None:
        return self._held[kind].get(iri)

    def lines(self, iri: Iri) -> Iterable[EvidenceLine]:
        return sorted(self._lines.get(iri, ()), key=_line_order)


class _InHeld:
    """From the values of a whole store: the same that its nodes give, one by one."""

    def __init__(self, held: Held) -> None:
        self._works = held.values.works
        self._bearing = held.bearing
        self._steps: dict[Iri, MechanismStep] = {}
        self._held: dict[str, Mapping[Iri, Value]] = {
            "claim": held.values.claims,
            "mechanism": held.values.mechanisms,
            "step": held.values.steps,
            "finding": held.values.findings,
            "study": held.values.studies,
            "work": held.values.works,
        }

    def value(self, iri: Iri, kind: str) -> Value | None:
        if kind == "step" and iri in self._steps:
            return self._steps[iri]
        value = self._held[kind].get(iri)
        if isinstance(value, Mechanism):
            self._steps |= {step.iri: step for step in value.steps}
        elif isinstance(value, Finding) and value.study is None:
            return with_study(self._works, {iri: value})[iri]
        return value

    def lines(self, iri: Iri) -> Iterable[EvidenceLine]:
        found = self._bearing.get(iri, ())
        return sorted(found, key=_line_order) if len(found) > 1 else found


class _InNodes:
    """From nodes; the values that are made of one stay with it."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._steps: dict[Iri, MechanismStep] = {}

    def value(self, iri: Iri, kind: str) -> Value | None:
        if kind == "step" and iri in self._steps:
            return self._steps[iri]
        said = self._nodes.said(iri)
        classes, make = _MADE[kind]
        if classes.isdisjoint(said.get(Adopted.TYPE, ())):
            return None
        value = said.make(self._nodes, iri, make)
        if kind == "claim" and Class.MECHANISM_STEP in said[Adopted.TYPE]:
            return None
        if isinstance(value, Mechanism):
            self._steps |= {step.iri: step for step in value.steps}
        return value

    def lines(self, iri: Iri) -> Iterable[EvidenceLine]:
        said = self._nodes.said(iri)
        return said.make(self._nodes, iri, _lines_on) if said else _lines_on(self._nodes, iri)


def _lines_on(nodes: Nodes, node: str) -> Sequence[EvidenceLine]:
    names = [name for name in nodes.bearing_on(node) if nodes.is_a(name, Class.EVIDENCE_LINE)]
    lines = chain.from_iterable(nodes.said(name).make(nodes, name, lines_of) for name in names)
    found = [line for line in lines if line.bears_on == node]
    return sorted(found, key=_line_order) if len(found) > 1 else found


def _finding_of(nodes: Nodes, node: str) -> Finding:
    """A finding; one that names no study has that of its work, as ``with_study`` says."""
    finding = finding_of(nodes, node)
    work = finding.work
    if finding.study is None and work is not None and nodes.is_a(work, Class.WORK):
        held = nodes.said(work).make(nodes, work, work_of)
        return with_study({work: held}, {finding.iri: finding})[finding.iri]
    return finding


_KINDS = ("work", "study", "finding", "step", "mechanism", "claim")  # of a root that is several, the first
_MADE: Mapping[str, tuple[frozenset[str], Callable[[Nodes, str], Value]]] = {
    "claim": (frozenset({Class.CLAIM, Class.RECOMMENDATION}), claim_of),
    "mechanism": (frozenset({Class.MECHANISM}), mechanism_of),
    "step": (frozenset({Class.MECHANISM_STEP}), step_of),
    "finding": (frozenset({Class.FINDING}), _finding_of),
    "study": (frozenset({Class.STUDY}), study_of),
    "work": (frozenset({Class.WORK}), work_of),
}


_new_node, _new_edge = quickly(TraceNode), quickly(TraceEdge)


def _walked(known: _Known, root: Iri) -> Trace:
    """From a root down, each node once."""
    kind = next((kind for kind in _KINDS if known.value(root, kind) is not None), "claim")
    found: dict[Iri, TraceNode] = {}
    edges: list[TraceEdge] = []
    queue = deque([(root, kind)])
    while queue:
        iri, kind = queue.popleft()
        if iri not in found:
            node = found[iri] = _node(iri, kind, known.value(iri, kind))
            for relation, target, below, line in _ways(node, known):
                edges.append(_new_edge(iri, target, relation, line))
                queue.append((target, below))
    return Trace(root, tuple(found.values()), tuple(edges))


def _node(iri: Iri, kind: str, value: Value | None) -> TraceNode:
    if isinstance(value, GraphClaim):
        return _new_node(iri, value.kind, value.text or _fallback(iri), value)
    label = work_label(value) if isinstance(value, Work) else getattr(value, "label", None)
    return _new_node(iri, kind, label or _fallback(iri), value)


def _ways(node: TraceNode, known: _Known) -> list[tuple[str, Iri, str, EvidenceLine | None]]:
    """What a node leads to: relation, target, the kind of the target, the line between them."""
    value = node.value
    found: list[tuple[str, Iri, str, EvidenceLine | None]] = []
    if isinstance(value, Finding):
        if value.study:
            found.append(("of-study", value.study, "study", None))
        if value.work:
            found.append(("reported-in", value.work, "work", None))
    elif isinstance(value, Study):
        found += [("includes", iri, "study", None) for iri in value.includes]
    elif isinstance(value, Work):
        found += [("reports", iri, "study", None) for iri in value.reports]
    elif isinstance(value, GraphClaim):
        found += [("based-on", iri, "claim", None) for iri in value.based_on]
        found += [("explained-by", iri, "mechanism", None) for iri in value.explained_by]
    elif isinstance(value, Mechanism):
        found += [("step", step.iri, "step", None) for step in value.steps]
    if node.kind in _BORNE_ON:
        found += [(line.direction, line.finding, "finding", line) for line in known.lines(node.iri)]
    return found


def _line_order(line: EvidenceLine) -> tuple[int, int, list[str | int]]:
    return _ORDER.get(line.direction, 3), _STRENGTH.get(line.strength or "", 3), natural(line.finding)


def _fallback(iri: str) -> str:
    return last_part(iri).replace("-", " ").replace("_", " ")
