from importlib.resources import files

import pytest

from graph.errors import ClaimspineError
from graph.sparql import query_form, refuse_remote, stored
from graph.store import Store

REMOTE = [
    "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICE<http://a.example/>{?s ?p ?o} }",
    "PREFIX : <http://a.example/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <http://a.example/> { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b)SERVICE$v#>\n{ ?s ?p ?o } }",
    "LOAD <http://a.example/>",
    'SELECT * { ?s ?p "\\"" . SERVICE <http://a.example/> { } }',
    "SELECT * { # '\nSERVICE <http://a.example/> { } }",
]
LOCAL = [
    "SELECT ?service { ?service a schema:Service ; schema:serviceType 'SERVICE <x>' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://a.example/>",
    "SELECT * { <http://example.org/service#load> ?p ?o FILTER(?o < 5 && ?o > 1) }",
    'SELECT * { ?s rdfs:label "load"@en, """a " SERVICE """ }',
]


@pytest.mark.parametrize("query", REMOTE)
def test_a_query_that_leaves_is_refused(query: str) -> None:
    with pytest.raises(ClaimspineError, match="query-leaves-store"):
        refuse_remote(query)


@pytest.mark.parametrize("query", LOCAL)
def test_a_query_that_stays_is_let_through(query: str, store: Store) -> None:
    refuse_remote(query)
    store.query(query)


def test_from_names_graphs_of_the_store_only() -> None:
    query = "SELECT * FROM <urn:one> FROM NAMED <urn:two> { ?s ?p ?o }"
    refuse_remote(query, graphs={"urn:one", "urn:two"})
    with pytest.raises(ClaimspineError, match="FROM <urn:two>"):
        refuse_remote(query, graphs={"urn:one"})


def test_the_place_is_named() -> None:
    with pytest.raises(ClaimspineError) as caught:
        refuse_remote("SELECT *\n{ SERVICE <http://a.example/> {} }")
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_stored_queries_run_and_have_titles(store: Store) -> None:
    held = files("graph").joinpath("queries").iterdir()
    names = [path.name.removesuffix(".rq") for path in held if path.name.endswith(".rq")]
    assert len(names) >= 9
    for name in names:
        text = stored(name)
        assert text.startswith("# title: ")
        assert "\n# question: " in text
        refuse_remote(text)
        store.query(text)
        assert query_form(text) in ("SELECT", "CONSTRUCT")


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX select: <urn:x> ASK { ?s ?p ?o }", "ASK"),
        (
            "# select\nBASE <urn:ask> prefix a.b-c: <urn:x#select>\n#x\nConstruct WHERE { ?s ?p ?o }",
            "CONSTRUCT",
        ),
        ("PREFIX é: <urn:x> DESCRIBE <urn:select>", "DESCRIBE"),
        ("PREFIX\n:<urn:ask>select*{}", "SELECT"),
        ("selected", "SELECT"),
        ("ASKED ASK", "ASK"),
    ],
)
def test_the_form_of_a_query(query: str, form: str) -> None:
    assert query_form(query) == form
