"""Look-ups give what a worker gives, and nothing that could take long is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graph.answering import Question, TooManyBytes, answer
from graph.answering.bounds import FITTING, MOST, bounded, counted
from graph.answering.lookups import LARGEST, LookUps
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


#: What a query may be made of where all that fits one pattern is needed.
HARMLESS = {
    *("SelectQuery", "Project", "Distinct", "Slice", "OrderBy", "OrderCondition", "Extend", "AggregateJoin"),
    *("Group", "ToMultiSet", "BGP", "Aggregate_Count", "Aggregate_Max", "Aggregate_Sample"),
}


def parts(query: str) -> set[str]:
    """The names of all parts of a query's algebra, by rdflib; one pattern of one triple is in it."""
    found: set[str] = set()

    def look(part: Any) -> None:
        if isinstance(part, CompValue):
            found.add(part.name)
            if part.name == "BGP":
                assert len(part.triples) == 1
            for value in part.values():
                look(value)
        elif isinstance(part, list | tuple):
            for value in part:
                look(value)

    look(prepareQuery(query).algebra)
    return found


@settings(deadline=None)
@given(
    st.tuples(*[st.sampled_from(TERMS)] * 3),
    st.sampled_from(
        [
            *("*", "?s", "?p $o", "?s ?p ?o", "?none", "DISTINCT ?p", "distinct *", "(COUNT(*) AS ?n)"),
            *(
                "?o (count( DISTINCT ?s) as ?many)",
                "?p(MAX(?o) AS ?most)(sample(*) AS ?x)",
                "(COUNT(?s) AS ?s)",
            ),
        ]
    ),
    st.sampled_from(
        [
            *("", " LIMIT 2", " LIMIT 200", " limit 201", " # LIMIT 3", " OFFSET 1", "\nLIMIT 3 # end"),
            *(" GROUP BY ?o", "group by ?p#\n?o order by DESC(?n) ?o", " ORDER BY ?s ASC( ?p ) LIMIT 500"),
            *(" GROUP BY ?o HAVING(?o > 1)", " ORDER BY STR(?o)", " GROUP BY (STR(?o) AS ?x)"),
        ]
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
    declarations = f"BASE <urn:base> {DECLARED} PREFIX x: <urn:x#> "
    read = bounded(query)
    if read is None:
        more = counted(query)
        assert more is not None
        assert parts(declarations + query[prologue_end(query) :]) <= HARMLESS
        assert parts(declarations + more.text[prologue_end(more.text) :]) <= HARMLESS
        count = more.fitting
        assert "Slice" in parts(declarations + count[prologue_end(count) :])
        assert f" LIMIT {FITTING + 1} }}" in count
        assert " ".join(pattern) in count
        return
    self_standing = declarations + read.text[prologue_end(read.text) :]
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
def test_what_has_no_bound(query: str) -> None:
    assert bounded(query) is None
    assert bounded(DECLARED + query) is None


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o . ?o ?q ?r }",
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p>+ ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o > 1) }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?s }",
        "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { ?a ?b ?c } }",
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) FROM <urn:g> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (REPLACE(?o, '(a*)*b', '') AS ?x)",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } HAVING(COUNT(*) > 1)",
        "SELECT (COUNT(*) + 1 AS ?n) { ?s ?p ?o }",
        "SELECT (GROUP_CONCAT(?o) AS ?n) { ?s ?p ?o }",
        "SELECT ?o { ?s ?p ?o } ORDER BY REPLACE(?o, '(a*)*b', '')",
        "SELECT ?o { ?s ?p ?o } ORDER BY ?o VALUES ?o { 1 }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o # \\u000A",
        "ASK { ?s ?p ?o }",
    ],
)
def test_what_cannot_be_counted_first(query: str) -> None:
    assert bounded(query) is None
    assert counted(query) is None


def test_all_that_fits_is_looked_at_only_where_it_is_little() -> None:
    with open_store("memory") as held:
        engine: ox.Store = held.engine  # type: ignore[attr-defined]
        where = ox.NamedNode("urn:g")
        for predicate, many in (("urn:few", FITTING), ("urn:many", FITTING + 1)):
            engine.extend(
                ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(predicate), ox.Literal(number), where)
                for number in range(many)
            )
        lookups = LookUps(held)

        def answered(query: str) -> bytes | None:
            return lookups.answer(Question(query, "csv"))

        assert answered("SELECT (COUNT(*) AS ?m) { ?n <urn:few> ?o }") == b"m\r\n2000\r\n"
        assert answered("SELECT (COUNT(*) AS ?m) { ?n <urn:many> ?o }") is None
        assert answered("SELECT DISTINCT ?n { ?n <urn:few> ?o }") == b"n\r\nurn:s\r\n"
        assert answered("SELECT DISTINCT ?o { ?n <urn:few> ?o }") is None  # too many rows


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


@pytest.mark.parametrize("asked", ["SELECT ?o { <urn:b> x:p ?o }", "SELECT (COUNT(*) AS ?n) { ?s x:p ?o }"])
def test_declarations_that_need_one_another_stay_together(asked: str) -> None:
    """A prefix may be declared by way of BASE, and twice, the later holding."""
    with open_store("memory") as held:
        engine: ox.Store = held.engine  # type: ignore[attr-defined]
        quad = (
            ox.NamedNode("urn:b"),
            ox.NamedNode("http://example.org/x#p"),
            ox.Literal("o"),
            ox.NamedNode("urn:g"),
        )
        engine.add(ox.Quad(*quad))
        whole = "http://example.org/x#"
        declared = [
            "BASE <http://example.org/> PREFIX y: <y#> PREFIX x: <x#> ",
            f"PREFIX y: <urn:y> PREFIX x: <{whole}> ",
            f"PREFIX x: <urn:x> PREFIX x: <{whole}> ",
        ]
        for format in ("csv", "json"):
            found = {LookUps(held).answer(Question(one + asked, format)) for one in declared}
            assert len(found) == 1
            assert found.pop() == LookUps(held).answer(Question(asked.replace("x:p", f"<{whole}p>"), format))


def test_too_many_bytes_is_raised_through_the_engine(store: EmbeddedStore) -> None:
    class Full(Held):
        def write(self, data: bytes) -> int:
            raise TooManyBytes

    with pytest.raises(TooManyBytes):
        answer(store.engine, Question("SELECT * { ?s ?p ?o }", "json"), Full(), max_rows=10)
