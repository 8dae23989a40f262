"""What an export holds: all of a store, or what one thing rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from graph.engine import from_term
from graph.evidence import Concept, Evidence, Finding, GraphClaim, Iri, Mechanism, Study, Work
from graph.reading import read_concepts, read_evidence
from graph.reading.nodes import last_part
from graph.results import Term
from graph.sparql import stored
from graph.store import Store
from graph.tracing import Trace, trace
from graph.tracing.identifiers import resolve


@dataclass(frozen=True, slots=True)
class Selection:
    """The evidence of an export; ``root`` is what it was asked for, None for all."""

    evidence: Evidence
    root: Iri | None = None

    def label(self, concept: Iri) -> str:
        """What a concept is called."""
        held: Concept | None = self.evidence.concepts.get(concept)
        return held.label if held is not None else last_part(concept).replace("-", " ")

    def labels(self, concepts: tuple[Iri, ...]) -> str:
        """What several concepts are called, with semicolons between."""
        return "; ".join(self.label(concept) for concept in concepts)


def select(store: Store, identifier: str | None = None) -> Selection:
    """The evidence of a store, or of what one thing rests on.

    Raises:
        UnknownIdentifier: nothing, or more than one thing, has this id.
    """
    if identifier is None:
        return Selection(read_evidence(store))
    followed = trace(store, identifier)
    return Selection(_evidence(followed, read_concepts(store), store.base), followed.root)


def select_quads(store: Store, identifier: str | None = None) -> list[ox.Quad]:
    """The quads of a store, or of what one thing rests on, sorted, with the sources as their graphs.

    Nodes without a name are named by RDFC-1.0 (W3C, 2024): the same content gives the same bytes,
    wherever and in whatever order it was loaded.
    """
    if identifier is None:
        return _canonical(
            ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name))
            for name in store.graph_names()
            for t in store.read_graph(name)
        )
    root = resolve(store, identifier)
    answer = store.query(stored("trace_graphs"), {"root": Term.iri(root)})
    found = set()
    for row in getattr(answer, "rows", ()):
        subject, predicate, value, graph = (from_term(term) for term in row[:4])
        found.add(ox.Quad(subject, predicate, value, graph))  # type: ignore[arg-type]
    return _canonical(found)


def _canonical(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def _evidence(trace: Trace, concepts: dict[Iri, Concept], base: str) -> Evidence:
    """What a trace holds, as evidence, sorted by IRI."""
    lines = {edge.line.iri: edge.line for edge in trace.edges if edge.line is not None}
    values = {node.iri: node.value for node in sorted(trace.nodes, key=lambda node: node.iri)}
    return Evidence(
        concepts=concepts,
        works={iri: value for iri, value in values.items() if isinstance(value, Work)},
        studies={iri: value for iri, value in values.items() if isinstance(value, Study)},
        findings={iri: value for iri, value in values.items() if isinstance(value, Finding)},
        claims={iri: value for iri, value in values.items() if isinstance(value, GraphClaim)},
        mechanisms={iri: value for iri, value in values.items() if isinstance(value, Mechanism)},
        lines=tuple(lines[iri] for iri in sorted(lines)),
        base=base,
    )
