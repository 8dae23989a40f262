"""Shapes on the shipped vocabulary: with a store as without it, but for what the store changes."""

from __future__ import annotations

from itertools import chain

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.embedded.store import EmbeddedStore
from graph.shacl.compiling import compiled
from graph.shacl.neighbourhood import not_replaced, shipped
from graph.shacl.screening import screen
from graph.shacl.settled import changed
from graph.shacl.shape import Breach, run
from graph.store import open_store

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix : <urn:x:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix c: <https://w3id.org/claimspine/id/concept/> .
"""
SHAPES = [
    ":S sh:targetClass skos:Concept ; sh:property [ sh:path skos:altLabel ; sh:maxCount 3 ] .",
    ":S sh:targetClass skos:Concept ; sh:property [ sh:path ( skos:broader skos:note ) ; sh:maxCount 0 ] .",
    ":S sh:targetClass skos:Concept ; sh:property [ sh:path skos:broader ; sh:node [ sh:closed true ;"
    " sh:ignoredProperties ( rdf:type skos:prefLabel skos:altLabel skos:broader skos:exactMatch ) ] ] .",
    ":S sh:targetClass skos:Concept ; sh:property [ sh:path skos:broader ; sh:not [ sh:class :T ] ] .",
    ":S sh:targetClass skos:Concept ;"
    " sh:property [ sh:path [ sh:inversePath skos:broader ] ; sh:maxCount 4 ] .",
    ":S sh:targetClass :T ; sh:property [ sh:path skos:note ; sh:minCount 1 ] .",
    ":S sh:targetNode c:walking, :a ; sh:property [ sh:path skos:note ; sh:maxCount 0 ] .",
    ":S sh:targetSubjectsOf skos:broader ; sh:property [ sh:path skos:altLabel ; sh:minCount 1 ] .",
    ":S sh:targetObjectsOf skos:broader ; sh:property [ sh:path skos:note ; sh:minCount 1 ] .",
]
NODES = ["c:walking", "c:aerobic-exercise", ":a", "skos:Concept", ":T"]
SAYINGS = [
    *(f"{one} skos:note 'a', 'b' ." for one in NODES),
    *(f"{one} skos:altLabel 'k', 'l', 'm', 'n' ." for one in NODES),
    *(f"{one} skos:broader {other} ." for one in NODES[:3] for other in NODES[:3]),
    *(f"{one} a {kind} ." for one in NODES[:3] for kind in ("skos:Concept", ":T")),
    "c:walking skos:prefLabel 'Ambling'@en .",
    "c:aerobic-exercise skos:prefLabel 'Moving'@en .",
    ":T rdfs:subClassOf skos:Concept .",
    "skos:Concept rdfs:subClassOf :T .",
]


def _stored(triples: list[ox.Triple]) -> EmbeddedStore:
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    store.replace_graph("urn:x:g", triples)
    return store


def _key(breach: Breach) -> tuple[str, ...]:
    return str(breach.shape), str(breach.focus), str(breach.path), str(breach.value)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(SAYINGS), max_size=3))
def test_a_store_is_judged_with_the_vocabulary_as_if_all_stood_together(shape: str, said: list[str]) -> None:
    text = PREFIXES + shape.replace(":S ", ":S a sh:NodeShape ; ")
    triples = [q.triple for q in ox.parse(PREFIXES + "\n".join(said), format=ox.RdfFormat.TURTLE)]
    together = [*not_replaced(triples), *triples]
    described = {triple.subject for triple in together}
    expected = {_key(one) for one in run(compiled(text), together) if one.focus in described}
    assert {_key(one) for one in screen(_stored(triples), text)} == expected


def test_the_shapes_break_on_the_vocabulary_alone_and_only_with_a_store() -> None:
    broken = [bool(list(screen(_stored([]), PREFIXES + shape))) for shape in SHAPES]
    assert 2 <= sum(broken) < len(SHAPES) - 2


def test_what_leads_to_something_that_the_store_describes_may_change() -> None:
    walking = ox.NamedNode("https://w3id.org/claimspine/id/concept/walking")
    up = ox.NamedNode("http://www.w3.org/2004/02/skos/core#broader")
    [above] = shipped().out[walking][up]
    assert isinstance(above, ox.NamedNode)
    note = ox.Triple(above, ox.NamedNode("http://www.w3.org/2004/02/skos/core#note"), ox.Literal("n"))
    text = PREFIXES + SHAPES[0]
    assert changed(_stored([]), text) == set()
    found = changed(_stored([note]), text)
    assert {walking, above} <= found
    assert found == {above, *_leading_to(above)} < set(shipped().out)
    assert changed(_stored([]), PREFIXES + SHAPES[4]) == set(shipped().out)  # it asks who points there


def _leading_to(node: ox.NamedNode) -> set[object]:
    found: set[object] = set()
    queue: list[object] = [node]
    while queue:
        for subject in chain.from_iterable(shipped().back[queue.pop()].values()):  # type: ignore[index]
            if subject not in found:
                found.add(subject)
                queue.append(subject)
    return found
