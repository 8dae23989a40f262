"""What carries a recommendation or a claim: the whole path down to the papers, in one query.

Recommendation → claim → evidence line → finding → study and work, and recommendation or claim →
mechanism → step → evidence line → ...; lines against a claim and lines that do not decide are in it
too, and steps that nothing bears on are named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

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
from graph.identifiers import resolve
from graph.jsonld import namespace
from graph.naming import work_label
from graph.nodes import Nodes, last_part, natural
from graph.store import Store
from graph.values import (
    claim_of,
    finding_of,
    lines_of,
    mechanism_of,
    step_of,
    study_of,
    with_study,
    work_of,
)
from graph.walking import traced

Value = GraphClaim | Mechanism | MechanismStep | Finding | Study | Work


@dataclass(frozen=True, slots=True)
class TraceNode:
    """One thing on the path. ``kind``: recommendation, claim, mechanism, step, finding, study, work.

    ``value`` is what the graph says of it; None when the graph only names it.
    """

    iri: Iri
    kind: str
    label: str
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class TraceEdge:
    """One link of the path.

    ``relation``: based-on, explained-by, step (in order), of-study, reported-in, includes, or the
    direction of an evidence line: supports, refutes, neutral. For these ``line`` is the line itself.
    """

    source: Iri
    target: Iri
    relation: str
    line: EvidenceLine | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The path below ``root``: nodes in the order they are met, edges in reading order."""

    root: Iri
    nodes: tuple[TraceNode, ...]
    edges: tuple[TraceEdge, ...]
    _nodes: dict[Iri, TraceNode] = field(init=False, repr=False, compare=False)
    _below: dict[Iri, list[TraceEdge]] = field(init=False, repr=False, compare=False)
    _kinds: dict[str, tuple[TraceNode, ...]] = field(init=False, repr=False, compare=False)
    withdrawn: frozenset[Iri] = field(init=False, repr=False, compare=False)
    """The findings of retracted works: shown, but they carry nothing."""

    def __post_init__(self) -> None:
        """Index the nodes and the edges, which are asked for often."""
        below: dict[Iri, list[TraceEdge]] = {}
        for edge in self.edges:
            below.setdefault(edge.source, []).append(edge)
        object.__setattr__(self, "_nodes", {node.iri: node for node in self.nodes})
        object.__setattr__(self, "_below", below)
        kinds: dict[str, list[TraceNode]] = {}
        for node in self.nodes:
            kinds.setdefault(node.kind, []).append(node)
        object.__setattr__(self, "_kinds", {kind: tuple(found) for kind, found in kinds.items()})
        gone = {
            node.iri
            for node in kinds.get("work", ())
            if isinstance(node.value, Work) and node.value.standing == "retracted"
        }
        object.__setattr__(
            self,
            "withdrawn",
            frozenset(
                node.iri
                for node in (kinds.get("finding", ()) if gone else ())
                if isinstance(node.value, Finding) and node.value.work in gone
            ),
        )

    def node(self, iri: Iri) -> TraceNode:
        """The node with this IRI."""
        return self._nodes[iri]

    def of_kind(self, kind: str) -> tuple[TraceNode, ...]:
        """The nodes of one kind."""
        return self._kinds.get(kind, ())

    def below(self, iri: Iri) -> tuple[TraceEdge, ...]:
        """The edges that start at a node, in reading order."""
        return tuple(self._below.get(iri, ()))

    @property
    def unsupported_steps(self) -> tuple[Iri, ...]:
        """The mechanism steps that no line supports, or only lines on retracted works."""
        gone = self.withdrawn
        supported = {e.source for e in self.edges if e.relation == "supports" and e.target not in gone}
        return tuple(node.iri for node in self.nodes if node.kind == "step" and node.iri not in supported)


_BORNE_ON = ("claim", "recommendation", "step")
_ORDER = {"supports": 0, "refutes": 1, "neutral": 2}
_STRENGTH = {"strong": 0, "moderate": 1, "weak": 2}


def trace(store: Store, identifier: str) -> Trace:
    """Trace an IRI, an id under the base (``recommendation/x``) or a last part (``x``).

    Raises:
        UnknownIdentifier: nothing, or more than one thing, has this id.
    """
    root = resolve(store, identifier)
    nodes = Nodes()
    nodes.take(traced(store, root))
    return _Tracer(nodes).run(root)


def trace_in(evidence: Evidence, root: Iri) -> Trace:
    """The same trace from evidence already read, for callers that hold no store."""
    return _Tracer(None, evidence).run(root)


def traces_in(
    evidence: Evidence, roots: Iterable[Iri], *, steps: Iterable[MechanismStep] = ()
) -> Iterator[Trace]:
    """A trace of each root, the evidence indexed once; ``steps`` are known without their mechanism."""
    tracer = _Tracer(None, evidence)
    for step in steps:
        tracer.steps.setdefault(step.iri, step)
    for root in roots:
        yield tracer.run(root)


class _Tracer:
    """Walks down from a root, each node once; ``evidence`` or ``nodes`` says what is there."""

    def __init__(self, nodes: Nodes | None, evidence: Evidence | None = None) -> None:
        self.evidence = evidence if evidence is not None else evidence_of(nodes or Nodes())
        self.steps = {s.iri: s for m in self.evidence.mechanisms.values() for s in m.steps}
        if nodes is not None:
            self.steps = nodes.values(step_of, namespace() + "MechanismStep") | self.steps
        self.held: dict[str, Mapping[Iri, Value]] = {
            "mechanism": self.evidence.mechanisms,
            "step": self.steps,
            "finding": self.evidence.findings,
            "study": self.evidence.studies,
            "work": self.evidence.works,
        }
        self.lines: dict[Iri, list[EvidenceLine]] = {}
        for line in self.evidence.lines:
            self.lines.setdefault(line.bears_on, []).append(line)

    def run(self, root: Iri) -> Trace:
        kind = "claim"
        for name, held in self.held.items():
            if root in held:
                kind = name
        found: dict[Iri, TraceNode] = {}
        edges: list[TraceEdge] = []
        queue = deque([(root, kind)])
        while queue:
            iri, kind = queue.popleft()
            if iri not in found:
                node = found[iri] = self.visit(iri, kind)
                for relation, target, kind, line in self.ways(node):
                    edges.append(TraceEdge(iri, target, relation, line))
                    queue.append((target, kind))
        return Trace(root, tuple(found.values()), tuple(edges))

    def visit(self, iri: Iri, kind: str) -> TraceNode:
        if kind in ("claim", "recommendation"):
            claim = self.evidence.claims.get(iri)
            if claim is not None:
                return TraceNode(iri, claim.kind, claim.text or _fallback(iri), claim)
            return TraceNode(iri, kind, _fallback(iri))
        value = self.held[kind].get(iri)
        label = work_label(value) if isinstance(value, Work) else getattr(value, "label", None)
        return TraceNode(iri, kind, label or _fallback(iri), value)

    def ways(self, node: TraceNode) -> list[tuple[str, Iri, str, EvidenceLine | None]]:
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
        lines = self.lines.get(node.iri, ()) if node.kind in _BORNE_ON else ()
        for line in sorted(lines, key=_line_order) if len(lines) > 1 else lines:
            found.append((line.direction, line.finding, "finding", line))
        return found


def _line_order(line: EvidenceLine) -> tuple[int, int, tuple[tuple[int, int, str], ...]]:
    return _ORDER.get(line.direction, 3), _STRENGTH.get(line.strength or "", 3), natural(line.finding)


def evidence_of(nodes: Nodes) -> Evidence:
    """What gathered nodes say of works, studies, findings, claims, mechanisms and lines."""
    kind = namespace()
    works = nodes.values(work_of, kind + "Work")
    claims = nodes.values(claim_of, kind + "Claim", kind + "Recommendation")
    return Evidence(
        works=works,
        studies=nodes.values(study_of, kind + "Study"),
        findings=with_study(works, nodes.values(finding_of, kind + "Finding")),
        claims={n: claim for n, claim in claims.items() if not nodes.is_a(n, kind + "MechanismStep")},
        mechanisms=nodes.values(mechanism_of, kind + "Mechanism"),
        lines=tuple(chain.from_iterable(nodes.values(lines_of, kind + "EvidenceLine").values())),
    )


def _fallback(iri: str) -> str:
    return last_part(iri).replace("-", " ").replace("_", " ")
