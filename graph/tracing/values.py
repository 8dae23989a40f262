"""A trace as frozen values: nodes, edges, and the path that they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.evidence import EvidenceLine, Finding, GraphClaim, Iri, Mechanism, MechanismStep, Study, Work

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
