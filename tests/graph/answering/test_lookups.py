"""Look-ups give what a worker gives, and nothing that could take long is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from graph.answering import Question, TooManyBytes, answer
from graph.answering.lookups import LARGEST, MOST, LookUps, bounded
from graph.embedded.store import EmbeddedStore
from graph.sparql import PREFIXES, prologue_end, query_form
from graph.store import open_store

DECLARED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


class Held:
    """A sink without a limit."""

    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)

    def flush(self) -> None:
        pass

    def content(self) -> bytes:
        return self.data


@pytest.fixture(scope="module")
def store() -> Any:
    with open_store("memory") as held:
        held.update(
            "INSERT DATA { GRAPH <urn:g> { <urn:a> a <urn:C>, spine:Claim ;"
            " <urn:p> <urn:b>, 'x\"y'@en, 7, 0.5, _:n, 'z' ; <urn:other#Claim> 1 }"
            " GRAPH <urn:h> { <urn:a> a <urn:C> . <urn:b> a <urn:C> ; <urn:p> <urn:a>, 7 } }"
        )
        yield held


TERMS = [
    "<urn:a>",
    "<urn:b>",
    "<urn:C>",
    "<urn:p>",
    "?s",
    "?p",
    "$o",
    "spine:Claim",
    "x:b",
    "a",
    "rdf:type",
    '"7"',
    "7",
]


@given(
    st.tuples(*[st.sampled_from(TERMS)] * 3),
    st.sampled_from(["*", "?s", "?p $o", "?s ?p ?o", "?none"]),
    st.sampled_from(
        ["", " LIMIT 2", " LIMIT 200", " limit 201", " # LIMIT 3", " OFFSET 1", "\nLIMIT 3 # end"]
    ),
    st.sampled_from(
        [
            "",
            DECLARED,
            "# a > b\nPREFIX spine: <urn:other#>\n",
            "BASE <urn:x> ",
            "PREFIX x: <<> ",
            "# PREFIX x: <urn:no>\nPREFIX x: <urn:no> PREFIX x: <urn:> # PREFIX x: <urn:no>\n",
            "BASE <urn:> PREFIX x: <> PREFIX spine: <> ",
        ]
    ),
    st.sampled_from(["json", "xml", "csv", "tsv"]),
)
def test_a_look_up_gives_what_a_worker_gives(
    store: EmbeddedStore, pattern: tuple[str, str, str], wanted: str, tail: str, declared: str, format: str
) -> None:
    query = f"{declared}SELECT {wanted} WHERE {{ {' '.join(pattern)} }}{tail}"
    found = LookUps(store).answer(Question(query, format))
    if found is None:
        return
    sink = Held()
    answer(store.engine, Question(query, format), sink, max_rows=1000)
    assert found == sink.data
    read = bounded(query)
    assert read is not None
    known = f"BASE <urn:base> {DECLARED} PREFIX x: <urn:x#> " if read.names else ""
    self_standing = known + read.text
    algebra = prepareQuery(self_standing).algebra
    assert algebra.name == "SelectQuery"
    sliced = algebra.p
    assert sliced.name == "Slice"
    assert sliced.start == 0
    assert sliced.length <= MOST + 1
    project = sliced.p
    assert project.name == "Project"
    assert project.p.name == "BGP"
    assert len(project.p.triples) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { <urn:a> ?p ?o . <urn:b> ?q ?r }",
        "SELECT * { <urn:a> ?p ?o ; ?q ?r }",
        "SELECT * { <urn:a> ?p ?o , ?q }",
        "SELECT * { <urn:a> <urn:p>* ?o }",
        "SELECT * { <urn:a> <urn:p>|<urn:q> ?o }",
        "SELECT * { <urn:a> ^<urn:p> ?o }",
        "SELECT * { <urn:a> !a ?o }",
        "SELECT * { <urn:a> ?p ?p }",
        "SELECT * { <urn:a> ?p $p }",
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } LIMIT 201",
        "SELECT * { ?s ?p ?o } LIMIT 5 OFFSET 1000000",
        "SELECT * { ?s ?p ?o } OFFSET 1000000 LIMIT 5",
        "SELECT DISTINCT * { <urn:a> ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { <urn:a> ?p ?o }",
        "SELECT ?p { <urn:a> ?p ?o } ORDER BY ?o LIMIT 5",
        "SELECT ?p { <urn:a> ?p ?o } GROUP BY ?p",
        "SELECT ?p { <urn:a> ?p ?o FILTER(?o = 1) } LIMIT 5",
        "SELECT ?p { <urn:a> ?p ?o OPTIONAL { ?o ?q ?r } }",
        "SELECT ?p { { <urn:a> ?p ?o } UNION { ?s ?p ?o } }",
        "SELECT ?p { <urn:a> ?p ?o } VALUES ?p { <urn:p> }",
        "SELECT ?p FROM <urn:g> { <urn:a> ?p ?o }",
        "SELECT ?p { GRAPH ?g { <urn:a> ?p ?o } }",
        "SELECT ?p { SERVICE <http://127.0.0.1/> { <urn:a> ?p ?o } }",
        "SELECT ?p { <urn:a> ?p ?o } # \\u000A ; ?q ?r }",
        "SELECT ?p { <urn:a> ?p '''x''' }",
        "SELECT ?p { <relative> ?p ?o }",
        "SELECT ?p { _:a ?p ?o }",
        "SELECT ?p { << <urn:a> ?p ?o >> ?q ?r }",
        "SELECT ?q { <urn:a> ?p ?o }",
        "ASK { <urn:a> ?p ?o }",
        "DESCRIBE <urn:a>",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5",
        "SELECT ?p { <urn:a> ?p ?o }" + " " * 4000,
    ],
)
def test_what_is_no_look_up(query: str) -> None:
    assert bounded(query) is None
    assert bounded(DECLARED + query) is None


def test_a_look_up_has_so_many_rows_and_bytes_and_no_more() -> None:
    with open_store("memory") as held:
        engine: ox.Store = held.engine  # type: ignore[attr-defined]
        predicate = ox.NamedNode("urn:p")

        def add(subject: str, values: list[int | str], graph: str = "urn:g") -> None:
            where = ox.NamedNode(graph)
            engine.extend(
                ox.Quad(ox.NamedNode(subject), predicate, ox.Literal(value), where) for value in values
            )

        add("urn:s", list(range(MOST)))
        add("urn:large", ["x" * LARGEST])
        for number in range(MOST + 1):
            add("urn:t", [1], f"urn:{number}")  # one triple in many graphs: the union repeats it
        lookups = LookUps(held)

        def rows(subject: str, most: int = MOST) -> int | None:
            found = lookups.answer(Question(f"SELECT ?o {{ <{subject}> ?p ?o }}", "json"), most=most)
            return None if found is None else len(json.loads(found)["results"]["bindings"])

        assert rows("urn:s") == MOST
        assert rows("urn:s", MOST - 1) is None
        assert rows("urn:t") is None
        assert rows("urn:large") is None
        assert rows("urn:none") == 0
        add("urn:s", [-1])
        assert rows("urn:s") is None


def test_a_copy_gives_what_the_store_gives(store: EmbeddedStore) -> None:
    query = Question("SELECT ?p ?o { <urn:b> ?p ?o }", "csv")
    copied = LookUps(store, store.dump("nquads")).answer(query)
    assert copied is not None
    assert sorted(copied.split()) == sorted((LookUps(store).answer(query) or b"").split())


@pytest.mark.parametrize("gap", ["", " ", "# a <urn:x> comment >\n", "# PREFIX b: <urn:b>\n"])
def test_declarations_that_are_known_by_their_text_are_read_as_before(gap: str) -> None:
    long = DECLARED + gap
    for _ in range(2):
        assert long[prologue_end(long + "ASK {}") :] + "ASK {}" == "ASK {}"
        assert query_form(long + "PREFIX select: <urn:s> ASK {}") == "ASK"
        assert query_form(long + "# SELECT\nDESCRIBE <urn:a>") == "DESCRIBE"


def test_too_many_bytes_is_raised_through_the_engine(store: EmbeddedStore) -> None:
    class Full(Held):
        def write(self, data: bytes) -> int:
            raise TooManyBytes

    with pytest.raises(TooManyBytes):
        answer(store.engine, Question("SELECT * { ?s ?p ?o }", "json"), Full(), max_rows=10)
