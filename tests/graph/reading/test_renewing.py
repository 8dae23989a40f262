"""Evidence renewed after writes is the evidence that is read whole, whatever was written."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.embedded import touched
from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError
from graph.evidence import Evidence, Iri
from graph.reading import read_evidence, renewing
from graph.reading import whole as reading
from graph.reading.held import Held, held_of
from graph.sources import load, remove
from graph.sparql import PREFIXES
from graph.store import Store, open_store
from graph.tracing import trace

GRAPHS = ("urn:g:1", "urn:g:2", "urn:g:3")
# What sources may say, in pieces: parts and lists may stand in one graph and their owners in another, things
# may have no class, several, or lose one; blank nodes are those of one graph.
_SAID = """
:w1 a spine:Work | :w1 dcterms:title "A long title of one paper" | :w1 bibo:doi "10.5555/one" | :w1 spine:reports :s1
:w2 a spine:Work | :w2 dcterms:title "Another" | :w2 bibo:doi "10.5555/one" | :w1 spine:differentFrom :w2
:w2 spine:authors _:a | _:a rdf:first "Lee A" ; rdf:rest _:b | _:b rdf:first "Roe B" ; rdf:rest () | :w1 spine:authors :list
:list rdf:first "Named C" | :list rdf:rest rdf:nil | :list rdf:rest :more | :more rdf:first "More D" ; rdf:rest ()
:w2 spine:unconfirmed _:u | _:u spine:field "pages" ; spine:recordedValue "1-2" | :w1 spine:unconfirmed :u | :u spine:field "year"
:s1 a spine:Study | :s1 spine:design spine:design-cohort | :s1 spine:includes :s2 | :s2 a spine:Study ; rdfs:label "two"
:f1 a spine:Finding | :f1 spine:reportedIn :w1 | :f1 spine:study :s2 | :f1 spine:effect :e | :f2 spine:effect _:e
:e spine:measure spine:measure-risk-ratio ; spine:value 0.5 | :e spine:low 0.25 | _:e spine:value 2.5 | :f2 a spine:Finding
:f2 spine:reportedIn :w2 | :f2 spine:certainty :cert | :f1 oa:hasSelector _:span | _:span oa:exact "exact words" | :f1 spine:group :e
:f1 spine:dose :d1, :d2 | :d1 spine:unit "min/day" ; spine:low 10 | :d2 spine:unit "week" | :e a spine:Finding
:c1 a spine:Claim | :c1 spine:text "One claim." | :c1 spine:certainty :cert | :cert spine:certaintyLevel spine:certaintyLevel-low
:cert spine:adjustment :adj | :adj spine:gradeDomain spine:gradeDomain-imprecision ; spine:levels -1 | :adj spine:rationale "few"
:cert spine:reason _:r | _:r rdf:first "a reason" ; rdf:rest () | :c2 a spine:Recommendation ; spine:basedOn :c1 | :c2 rdfs:label "Two"
:m1 a spine:Mechanism | :m1 spine:steps (:st1 :st2) | :m1 rdfs:label "chain" | :st1 a spine:MechanismStep, spine:Claim
:st1 rdfs:label "first step" | :st2 rdfs:label "no step yet" | :st2 a spine:MechanismStep | :f2 spine:group :st2 | :c1 a spine:MechanismStep
:l1 a spine:EvidenceLine ; spine:bearsOn :c1 ; spine:finding :f1 | :l1 spine:direction spine:direction-supports | :l1 spine:bearsOn :st1
:l2 a spine:EvidenceLine ; spine:bearsOn :c2 ; spine:finding :f2 ; spine:direction spine:direction-refutes | :w1 a spine:Finding
:k a skos:Concept ; skos:prefLabel "own concept"@en | :k skos:altLabel "other name"@en | <urn:other> <urn:says> "nothing of it"
:e spine:value 0.1 | :adj spine:rationale "another" | :st1 rdfs:label "a step" | :st2 rdfs:label "b" | :more rdf:first "Abe"
:d1 spine:low 1 | :u spine:recordedValue "3" | :cert spine:certaintyLevel spine:certaintyLevel-high | :s2 rdfs:label "a"
:m1 spine:steps :chain | :chain rdf:first :st2 ; rdf:rest :end | :end rdf:first :st1 | :end rdf:rest () | :cert spine:reason :list
"""  # noqa: E501
SAID = [piece.strip() for line in _SAID.strip().splitlines() for piece in line.split(" | ")]
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "PREFIX : <urn:x:>\n"

_piece = st.sampled_from(SAID)
_much = st.sets(_piece, max_size=12).map(lambda without: tuple(one for one in SAID if one not in without))
_some = st.lists(_piece, max_size=30, unique=True).map(tuple)
_few = st.lists(_piece, min_size=1, max_size=3, unique=True).map(tuple)
_graph = st.sampled_from(GRAPHS)
_writes = st.one_of(
    st.tuples(st.just("replace"), st.dictionaries(_graph, st.none() | _few, min_size=1, max_size=2)),
    st.tuples(st.just("replace"), st.dictionaries(_graph, st.none() | _some | _much, min_size=1)),
    st.tuples(st.just("add"), st.dictionaries(_graph, _few, min_size=1, max_size=1)),
    st.tuples(st.just("update"), st.dictionaries(_graph, st.none(), min_size=1, max_size=1)),
    st.tuples(st.just("fail"), st.just({})),
)


def triples_of(pieces: tuple[str, ...]) -> list[ox.Triple]:
    text = _HEAD + "".join(f"{piece} .\n" for piece in pieces)
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]


def whole(store: Store) -> Evidence:
    return reading._evidence(store, reading._whole(store), None).evidence


def opened() -> EmbeddedStore:
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    return store


def test_all_that_is_said_makes_values_of_every_kind() -> None:
    with opened() as store:
        read_evidence(store)
        store.replace_graph(GRAPHS[0], triples_of(tuple(SAID)))
        found = read_evidence(store)
        assert found == whole(store)
        assert all([found.works, found.studies, found.findings, found.claims, found.mechanisms, found.lines])
        assert [step.label for mechanism in found.mechanisms.values() for step in mechanism.steps]


@settings(max_examples=100, deadline=None)
@given(_much, st.lists(st.tuples(_writes, st.booleans()), min_size=1, max_size=8))
def test_after_any_writes_it_is_what_is_read_whole(
    first: tuple[str, ...], writes: list[tuple[tuple[str, dict[str, tuple[str, ...] | None]], bool]]
) -> None:
    with opened() as store:
        store.replace_graph("urn:g:0", triples_of(first))
        assert read_evidence(store) == whole(store)
        for (kind, what), is_read in writes:
            _write(store, kind, what)
            if is_read:
                assert read_evidence(store) == whole(store)
        assert read_evidence(store) == whole(store)
        assert read_evidence(store) is read_evidence(store)
        held = held_of(store)
        assert held is not None
        assert held.bearing == Held(held.values).bearing


@pytest.mark.parametrize("piece", SAID)
def test_each_thing_that_is_said_or_no_longer_said_is_seen(piece: str) -> None:
    with opened() as store:
        store.replace_graph(GRAPHS[0], triples_of(tuple(one for one in SAID if one != piece)))
        without = read_evidence(store)
        store.replace_graph(GRAPHS[1], triples_of((piece,)))
        assert read_evidence(store) == whole(store)
        store.delete_graph(GRAPHS[1])
        assert read_evidence(store) == without


def test_an_item_of_no_class_has_its_label_as_in_a_trace() -> None:
    steps = (":m1 a spine:Mechanism ; spine:steps (:st2)", ':st2 rdfs:label "no class"')
    with opened() as store:
        store.replace_graph(GRAPHS[0], triples_of(steps))
        for more in (
            (),
            (":f2 spine:group :st2",),
            (":m1 rdfs:seeAlso :f1",),
            (':st2 rdfs:label "a label"',),
        ):
            store.bulk_load(GRAPHS[1], triples_of(more))
            assert read_evidence(store) == whole(store)
        [mechanism] = read_evidence(store).mechanisms.values()
        assert [step.label for step in mechanism.steps] == ["a label"]
        assert trace(store, "urn:x:m1").node(mechanism.iri).value == mechanism


def _write(store: EmbeddedStore, kind: str, what: dict[str, tuple[str, ...] | None]) -> None:
    said = {name: None if pieces is None else triples_of(pieces) for name, pieces in what.items()}
    if kind == "replace":
        store.replace_graphs(said)
    elif kind == "add":
        for name, triples in said.items():
            store.bulk_load(name, triples or ())
    elif kind == "update":
        for name in said:
            store.update(
                f"DELETE {{ GRAPH <{name}> {{ ?s a ?c }} }} WHERE {{ GRAPH <{name}> {{ ?s a ?c }} }}"
            )
    else:
        for update in ("INSERT DATA {", "INSERT DATA { GRAPH <urn:%zz [> { <urn:a> <urn:b> 1 } }"):
            with pytest.raises(ClaimspineError, match="cannot read"):
                store.update(update)


def test_only_what_was_touched_is_read_again(
    loaded: Store, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(loaded, EmbeddedStore)
    before = read_evidence(loaded)
    monkeypatch.setattr(reading, "_whole", lambda _: pytest.fail("all was read again"))
    load(loaded, [later], validate=False)
    after = read_evidence(loaded)
    assert after != before
    kept = [iri for iri in before.studies if before.studies[iri] is after.studies.get(iri)]
    assert kept
    remove(loaded, "later")
    assert read_evidence(loaded) == before


def test_an_update_touches_the_graphs_that_it_names(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read_evidence(loaded)
    monkeypatch.setattr(reading, "renewed", lambda *given: (renewals.append(1), renewing.renewed(*given))[1])
    for update, renewals in (
        ("INSERT DATA { GRAPH <urn:g> { <urn:c> a spine:Claim ; spine:text 'One.' } }", [0]),
        ("INSERT DATA { <urn:c> spine:exposure <urn:e> }", [0]),  # into the default graph
        ("DELETE WHERE { GRAPH <urn:g> { <urn:c> spine:text ?text } }", [0]),
    ):
        loaded.update(update)
        assert read_evidence(loaded) == whole(loaded)
        assert renewals == [0, 1], update
    loaded.update("DELETE WHERE { GRAPH ?any { ?claim spine:exposure ?exposure } }")
    assert read_evidence(loaded) == whole(loaded)
    assert renewals == [0, 1], "it was not read whole"
    assert read_evidence(loaded).claims[Iri("urn:c")].exposure == (Iri("urn:e"),)  # of the default graph


def test_what_says_nothing_of_evidence_leaves_it_the_same_object(loaded: Store) -> None:
    before = read_evidence(loaded)
    said = ox.Triple(ox.NamedNode("urn:audit"), ox.NamedNode("urn:found"), ox.Literal("nothing"))
    loaded.replace_graph("urn:audits", [said])
    assert read_evidence(loaded) is before
    graph = next(name for name in loaded.graph_names() if name != "urn:audits")
    loaded.replace_graph(graph, loaded.read_graph(graph))
    assert read_evidence(loaded).works is before.works


def test_too_much_is_read_whole(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(loaded, EmbeddedStore)
    monkeypatch.setattr(touched, "MOST", 10)
    monkeypatch.setattr(reading, "renewed", lambda *_: pytest.fail("it was not read whole"))
    read_evidence(loaded)
    loaded.bulk_load("urn:g", triples_of(tuple(SAID)))
    assert read_evidence(loaded) == whole(loaded)


def test_what_is_written_while_it_is_read_is_read_the_next_time(
    loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(loaded, EmbeddedStore)
    read_evidence(loaded)
    loaded.bulk_load(GRAPHS[0], triples_of(tuple(SAID)))
    gathered = renewing._gathered

    def late(*given: object) -> object:
        found = gathered(*given)  # type: ignore[arg-type]
        loaded.bulk_load(GRAPHS[1], triples_of((':c1 spine:text "Said meanwhile."', ":w1 a spine:Study")))
        return found

    monkeypatch.setattr(renewing, "_gathered", late)
    read_evidence(loaded)
    monkeypatch.undo()
    assert read_evidence(loaded) == whole(loaded)


def test_whoever_fails_has_it_read_whole(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read_evidence(loaded)
    loaded.bulk_load(GRAPHS[0], triples_of(tuple(SAID)))
    monkeypatch.setattr(renewing, "_gathered", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        read_evidence(loaded)
    monkeypatch.undo()
    assert read_evidence(loaded) == whole(loaded)
