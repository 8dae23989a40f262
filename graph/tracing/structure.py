"""What a trace hangs on: independent studies, bottlenecks, the weakest link, untested steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.designs import design_label, in_group
from graph.evidence import EvidenceLine, Finding, Iri, Study
from graph.reading.nodes import last_part
from graph.tracing.values import Trace, TraceNode

if TYPE_CHECKING:
    import networkx as nx

# Best first, after the order of the Oxford Centre for Evidence-Based Medicine's levels (2011) for
# questions about treatment; designs not named here say the least about people.
_DESIGNS = (
    ("network-meta-analysis", "meta-analysis", "systematic-review"),
    ("randomised-controlled-trial", "cluster-randomised-trial", "crossover-trial"),
    ("non-randomised-trial", "cohort", "secondary-analysis"),
    ("case-control", "cross-sectional", "within-person-experiment"),
    ("case-series", "in-vivo-measurement", "laboratory-experiment"),
)
_STRENGTHS = {"strong": 0, "moderate": 1, "weak": 2}
_SINK = "urn:sink"


@dataclass(frozen=True, slots=True)
class StudyGroup:
    """Studies that count as one, and why: one registration, one cohort, or one inside the other.

    A synthesis stands in several groups where it pools studies of several.
    """

    studies: tuple[Iri, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What every supporting path passes through. ``kind``: study, cohort, laboratory, registration."""

    iri: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Support:
    """How one claim or step is carried. Lines on claims that it rests on count too."""

    iri: Iri
    kind: str
    label: str
    supports: int
    refutes: int
    neutral: int
    independent: tuple[StudyGroup, ...]
    bottlenecks: tuple[Bottleneck, ...]


@dataclass(frozen=True, slots=True)
class WeakestLink:
    """The claim or step that a path is no stronger than, and why."""

    iri: Iri
    kind: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure of a trace: of its root, of each claim and of each step."""

    root: Support
    parts: tuple[Support, ...]
    weakest_claim: WeakestLink | None
    weakest_steps: tuple[WeakestLink, ...]  # one for each mechanism
    unsupported_steps: tuple[Iri, ...]


def structure(trace: Trace) -> Structure:
    """Work out the structure of a trace. Paths for it are counted, paths through mechanisms are not."""
    graph = _supporting(trace)
    nodes = {node.iri: node for node in trace.nodes}
    parts = [node for node in trace.nodes if node.kind in ("claim", "recommendation", "step")]
    claims = [node for node in parts if node.kind == "claim"]
    return Structure(
        root=_support(trace, graph, nodes[trace.root]),
        parts=tuple(_support(trace, graph, node) for node in parts if node.iri != trace.root),
        weakest_claim=_weakest(trace, claims),
        weakest_steps=tuple(
            link
            for mechanism in trace.of_kind("mechanism")
            if (link := _weakest(trace, [nodes[e.target] for e in trace.below(mechanism.iri)]))
        ),
        unsupported_steps=trace.unsupported_steps,
    )


def independent_studies(studies: tuple[Study, ...]) -> tuple[StudyGroup, ...]:
    """Studies grouped so that each group counts once.

    One trial has several papers and one registration; one cohort several analyses. A synthesis of trials that
    are named beside it adds none: it stands in the group of each of them. Syntheses alone that share studies
    are not independent of one another.
    """
    reasons = _bound(studies)
    pooling = {study.iri for study in studies if is_synthesis(study)}
    found, grouped = [], set[Iri]()
    for start in sorted(
        reasons, key=lambda iri: iri in pooling
    ):  # syntheses last, where none names their trials
        if start in grouped:
            continue
        members = _reached(start, reasons, pooling)
        grouped |= members
        whys = {why for one in members for other, why in reasons[one].items() if other in members}
        found.append(StudyGroup(tuple(sorted(members)), tuple(sorted(whys))))
    return tuple(sorted(found, key=lambda group: group.studies))


def is_synthesis(study: Study) -> bool:
    """Whether a study is made of other studies."""
    return bool(study.includes) or study.design in in_group("synthesis")


def _bound(studies: tuple[Study, ...]) -> dict[Iri, dict[Iri, str]]:
    """Which studies are not independent of which, and why."""
    reasons: dict[Iri, dict[Iri, str]] = {study.iri: {} for study in studies}

    def same(one: Iri, other: Iri, why: str) -> None:
        reasons[one][other] = reasons[other][one] = why

    owners: dict[str, Iri] = {}
    for study in sorted(studies, key=lambda one: (is_synthesis(one), one.iri)):
        numbers = [number.strip().upper() for number in study.registration]
        marks = [(f"registration {number}", number) for number in numbers]
        if study.cohort:
            marks.append((f"cohort {_name(study.cohort)}", study.cohort))
        for inner in study.includes:
            if inner in reasons:
                same(study.iri, inner, f"{_name(study.iri)} includes {_name(inner)}")
            marks.append((f"both include {_name(inner)}", f"includes {inner}"))
        for why, mark in marks:
            first = owners.setdefault(mark, study.iri)
            if first != study.iri and study.iri not in reasons[first]:
                same(first, study.iri, f"same {why}" if not why.startswith("both") else why)
    return reasons


def _reached(start: Iri, reasons: dict[Iri, dict[Iri, str]], pooling: set[Iri]) -> set[Iri]:
    """What counts with a study: other trials are not reached through a synthesis that pools both."""
    members: set[Iri] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in members:
            members.add(one)
            waiting += [other for other in reasons[one] if one not in pooling or other in pooling]
    return members


def _name(iri: str) -> str:
    return last_part(iri)


def _supporting(trace: Trace) -> nx.DiGraph:
    """Claims → supporting findings → studies → what identifies them → one sink."""
    import networkx as nx  # needed for what a trace hangs on alone, and slow to load

    graph = nx.DiGraph()
    graph.add_node(_SINK)
    withdrawn = trace.withdrawn
    for edge in trace.edges:
        if edge.relation in ("based-on", "supports", "of-study") and edge.target not in withdrawn:
            graph.add_edge(edge.source, edge.target)
    for node in trace.of_kind("finding"):
        if isinstance(node.value, Finding) and node.value.study is None and node.value.work:
            graph.add_edge(node.iri, node.value.work)
            graph.add_edge(node.value.work, _SINK)
    for node in trace.of_kind("study"):
        last: str = node.iri
        if isinstance(node.value, Study):
            chain = [*(f"registration:{r}" for r in node.value.registration[:1])]
            chain += [mark for mark in (node.value.cohort, node.value.laboratory) if mark]
            for mark in chain:
                graph.add_edge(last, mark)
                last = mark
        graph.add_edge(last, _SINK)
    return graph


def _support(trace: Trace, graph: nx.DiGraph, node: TraceNode) -> Support:
    import networkx as nx

    reached = {node.iri}
    if node.iri in graph:
        reached |= set(nx.descendants(graph, node.iri))
    judged = (*trace.of_kind("claim"), *trace.of_kind("recommendation"))
    claims = {one.iri for one in judged if one.iri in reached} | {node.iri}
    edges = (edge for claim in claims for edge in trace.below(claim))
    lines = [edge.relation for edge in edges if edge.target not in trace.withdrawn]
    counts = {sign: lines.count(sign) for sign in ("supports", "refutes", "neutral")}
    studies = tuple(
        one.value for one in trace.of_kind("study") if one.iri in reached and isinstance(one.value, Study)
    )
    return Support(
        node.iri,
        node.kind,
        node.label,
        **counts,
        independent=independent_studies(studies),
        bottlenecks=_bottlenecks(trace, graph, node.iri),
    )


def _bottlenecks(trace: Trace, graph: nx.DiGraph, start: Iri) -> tuple[Bottleneck, ...]:
    """The dominators of the sink below ``start``, nearest to the claim first."""
    import networkx as nx

    if start not in graph:
        return ()
    above = nx.immediate_dominators(graph, start)
    labels = {node.iri: node for node in trace.nodes}
    laboratories = {node.value.laboratory for node in trace.of_kind("study") if isinstance(node.value, Study)}
    found: list[Bottleneck] = []
    current: str | None = above.get(_SINK)
    while current is not None and current != start:
        node = labels.get(Iri(current))
        if node is not None and node.kind in ("study", "work"):
            found.append(Bottleneck(current, node.kind, node.label))
        elif node is None:
            if current.startswith("registration:"):
                kind = "registration"
            else:
                kind = "laboratory" if current in laboratories else "cohort"
            found.append(Bottleneck(current, kind, _name(current.removeprefix("registration:"))))
        current = above.get(current)
    return tuple(reversed(found))


def _weakest(trace: Trace, nodes: list[TraceNode]) -> WeakestLink | None:
    """The one whose best supporting line is weakest; the first of several."""
    if not nodes:
        return None
    ranked = [(_best(trace, node), -number, node) for number, node in enumerate(nodes)]
    (_, reason), _, node = max(ranked, key=lambda one: (one[0][0], one[1]))
    return WeakestLink(node.iri, node.kind, node.label, reason)


def _best(
    trace: Trace, node: TraceNode, above: frozenset[Iri] = frozenset()
) -> tuple[tuple[int, int, int], str]:
    """How well a node is supported (low is good), and its best line in words; circles are cut."""
    best: tuple[tuple[int, int, int], str] | None = None
    for edge in trace.below(node.iri):
        if edge.relation == "supports" and edge.line is not None and edge.target not in trace.withdrawn:
            found = _rank(trace, edge.line, edge.target)
            best = found if best is None else min(best, found)
        elif edge.relation == "based-on" and edge.target not in above | {node.iri}:
            found = _best(trace, trace.node(edge.target), above | {node.iri})
            best = found if best is None else min(best, found)
    return best or ((9, 9, 9), "nothing is known to support it")


def _rank(trace: Trace, line: EvidenceLine, finding: Iri) -> tuple[tuple[int, int, int], str]:
    value = trace.node(finding).value
    study = trace.node(value.study).value if isinstance(value, Finding) and value.study else None
    design = study.design if isinstance(study, Study) else None
    level = next((n for n, names in enumerate(_DESIGNS) if design in names), len(_DESIGNS))
    strength = _STRENGTHS.get(line.strength or "", 3)
    indirect = int(line.directness != "direct")
    said = [line.strength or "of unknown strength", line.directness or "of unknown directness"]
    said.append(design_label(design) if design else "design unknown")
    return (indirect, strength, level), "its best support is " + ", ".join(said)
