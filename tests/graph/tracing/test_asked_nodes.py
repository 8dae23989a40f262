"""Nodes asked for one by one give the trace that the stored query gives, however odd the graph."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

from graph.reading import read_evidence
from graph.reading.nodes import Nodes
from graph.results import Term
from graph.sparql import stored
from graph.store import Store, open_store
from graph.tracing import Trace, trace
from graph.tracing.following import _InNodes, _walked
from ontology.loader import DATA_BASE

KINDS = ("Recommendation", "Claim", "MechanismStep", "Mechanism", "EvidenceLine", "Finding", "Study", "Work")
LINKS = (
    "basedOn",
    "explainedBy",
    "bearsOn",
    "finding",
    "study",
    "reportedIn",
    "reports",
    "includes",
    "effect",
)
FACTS = (
    "spine:direction spine:direction-supports",
    "spine:direction spine:direction-refutes",
    "spine:strength spine:strength-weak",
    'spine:certainty [ spine:certaintyLevel spine:certaintyLevel-low ; spine:reason ( "because" "so" ) ]',
    'spine:text "A claim."',
    'rdfs:label "two", "labels"',
    'spine:authors ( "Abara A" "Brandt B" )',
    'spine:authors "no list"',
    "spine:value 0.60 ; spine:low 0.5",
    "spine:sampleSize 40, 50",
    'spine:dose [ spine:unit "min/day" ; spine:low 20 ], [ spine:unit "min/day" ; spine:low 10 ]',
    'oa:hasSelector [ oa:exact "words" ]',
)


def by_query(store: Store, root: str) -> Trace:
    """The trace from the rows of the query, as of a store elsewhere."""
    nodes = Nodes()
    nodes.add(row[:3] for row in store.rows(stored("trace"), {"root": Term.iri(root)}))
    return _walked(_InNodes(nodes), root)  # type: ignore[arg-type]


def odd_graph(chance: random.Random) -> Iterator[str]:
    """Nodes with any classes, or none, that say anything of each other, in two graphs."""
    names = [f"id:n{number}" for number in range(14)]
    steps = " ".join(chance.sample(names, 3))
    lines = [f"{chance.choice(names)} a spine:Mechanism ; spine:steps ( {steps} ) ."]
    for number, way in enumerate(("supports", "refutes", "neutral")):
        named = " ; ".join(f"spine:{link} {chance.choice(names)}" for link in ("bearsOn", "finding"))
        lines.append(
            f"id:line{number} a spine:EvidenceLine ; {named} ; spine:direction spine:direction-{way} ."
        )
    for name in names:
        for kind in chance.sample(KINDS, chance.choice((0, 1, 1, 1, 1, 2))):
            lines.append(f"{name} a spine:{kind} .")
        for link in chance.sample(LINKS, 6):
            lines.append(f"{name} spine:{link} {chance.choice(names)} .")
        lines += [f"{name} {fact} ." for fact in (chance.choice(FACTS[:2]), *chance.sample(FACTS, 3))]
    for graph in ("urn:g", "urn:h"):
        yield f"GRAPH <{graph}> {{ {' '.join(chance.sample(lines, len(lines) * 7 // 8))} }}"


def test_of_any_graph_the_trace_is_that_of_the_query_whether_all_was_read_or_not() -> None:
    seen: Counter[str] = Counter()
    for seed in range(16):
        with open_store() as store:
            store.update("INSERT DATA { " + "\n".join(odd_graph(random.Random(seed))) + " }")
            roots = [f"{DATA_BASE}n{number}" for number in range(14)]
            asked = {}
            for root in roots:
                if any(store.rows(stored("described"), {"s": Term.iri(root)})):
                    found = asked[root] = trace(store, root)
                    assert found == by_query(store, root)
                    seen.update(edge.relation for edge in found.edges)
                    seen.update(node.kind for node in found.nodes if node.value is not None)
            read_evidence(store)
            assert {root: trace(store, root) for root in asked} == asked
    assert len(seen) == 16
    assert min(seen.values()) > 5


def test_a_text_in_the_place_of_a_link_says_nothing(store: Store) -> None:
    store.update(
        'INSERT DATA { GRAPH <urn:g> { id:c a spine:Claim ; spine:text "A claim." ;'
        ' spine:basedOn "a text: of words", "words" ; spine:certainty "low" . } }'
    )
    assert trace(store, DATA_BASE + "c") == by_query(store, DATA_BASE + "c")
