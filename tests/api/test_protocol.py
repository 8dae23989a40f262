"""The SPARQL 1.1 Protocol, a sentence a test.

Section numbers are the recommendation's (2013-03-21): 2.1.1 to 2.1.3 how a query is sent, 2.1.4 its dataset,
2.1.5 formats, 2.1.6 success, 2.1.7 failure; 2.2.1 and 2.2.2 how an update is sent, 2.2.3 its dataset,
2.2.4 success, 2.2.5 failure; 2.3 the base IRI.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote

import pytest
import rdflib
from defusedxml import ElementTree
from fastapi.testclient import TestClient

from api.http import create_app
from api.settings import Settings
from graph.store import open_store

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?work a spine:Work }"
WORKS = "SELECT ?work ?title WHERE { ?work a spine:Work ; dcterms:title ?title } ORDER BY ?work LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a spine:Work } WHERE { ?s a spine:Work }"
CLAIMS = "https://w3id.org/claimspine/id/source/claims"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def n(answer) -> int:  # type: ignore[no-untyped-def]
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


class TestQuery:
    """2.1 query operation."""

    def test_via_get(self, client) -> None:
        """2.1.1: the query string is the parameter ``query``, percent-encoded."""
        assert n(client.get("/sparql", params={"query": COUNT})) == 56

    def test_via_post_with_url_encoded_parameters(self, client) -> None:
        """2.1.2: parameters in the body, content type application/x-www-form-urlencoded."""
        assert n(client.post("/sparql", data={"query": COUNT})) == 56

    def test_via_post_directly(self, client) -> None:
        """2.1.3: the unencoded query is the body, content type application/sparql-query."""
        kind = {"content-type": "application/sparql-query; charset=utf-8"}
        assert n(client.post("/sparql", content=COUNT, headers=kind)) == 56

    def test_parameters_of_a_direct_post_stand_in_the_address(self, client) -> None:
        """2.1.3: the dataset may be given as parameters of the request URI."""
        kind = {"content-type": "application/sparql-query"}
        where = f"/sparql?default-graph-uri={CLAIMS}"
        assert n(client.post(where, content="SELECT (COUNT(*) AS ?n) { ?w a spine:Work }", headers=kind)) == 0

    @pytest.mark.parametrize("method", ["get", "form", "direct"])
    def test_default_graph_uri(self, client, method: str) -> None:
        """2.1.4: the default graph is the merge of the graphs named."""
        query = "SELECT (COUNT(*) AS ?n) { ?s a spine:Claim }"
        whole = n(client.get("/sparql", params={"query": query}))
        where = {"default-graph-uri": CLAIMS}
        if method == "get":
            answer = client.get("/sparql", params={"query": query, **where})
        elif method == "form":
            answer = client.post("/sparql", data={"query": query, **where})
        else:
            kind = {"content-type": "application/sparql-query"}
            answer = client.post("/sparql", params=where, content=query, headers=kind)
        assert 0 < n(answer) <= whole
        two = [("query", query), ("default-graph-uri", CLAIMS), ("default-graph-uri", CLAIMS + "x")]
        assert n(client.get("/sparql", params=two)) == n(answer)

    def test_named_graph_uri(self, client) -> None:
        """2.1.4: GRAPH sees the graphs named, and no others."""
        query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        assert n(client.get("/sparql", params={"query": query})) == len(
            client.get("/api/sources").json()["sources"]
        )
        given = {"query": query, "named-graph-uri": CLAIMS}
        assert n(client.get("/sparql", params=given)) == 1
        empty = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "named-graph-uri": CLAIMS}
        assert n(client.get("/sparql", params=empty)) == 0

    def test_the_protocols_dataset_goes_before_the_querys(self, client) -> None:
        """2.1.4: where both name a dataset, the protocol's is used."""
        query = "SELECT (COUNT(*) AS ?n) FROM <urn:nothing> { ?s a spine:Claim }"
        assert n(client.get("/sparql", params={"query": query})) == 0
        assert n(client.get("/sparql", params={"query": query, "default-graph-uri": CLAIMS})) > 0

    def test_the_dataset_of_both_kinds(self, client) -> None:
        """2.1.4: default and named graphs together, each several times."""
        claims = "SELECT (COUNT(*) AS ?n) { ?c a spine:Claim . FILTER NOT EXISTS { GRAPH ?g { ?c ?p ?o } } }"
        given = [("query", claims), ("default-graph-uri", CLAIMS), ("default-graph-uri", "urn:none")]
        beside = [("named-graph-uri", "urn:none"), ("named-graph-uri", "urn:nor")]
        assert n(client.get("/sparql", params=[*given, *beside])) > 0
        assert n(client.get("/sparql", params=[*given, *beside, ("named-graph-uri", CLAIMS)])) == 0

    def test_a_dataset_in_the_address_of_a_form_is_not_passed_over(self, client) -> None:
        """2.1.2 puts it into the body; an answer from another dataset than the one named would be wrong."""
        asked = {"query": "ASK { ?s ?p ?o }"}
        answer = client.post("/sparql?default-graph-uri=urn:none", data=asked)
        assert answer.json()["boolean"] is False

    def test_the_encoding_of_forms(self, client) -> None:
        """2.1.1, 2.1.2: a plus is a space, names of media types have no case, other parameters are let be."""
        assert client.get("/sparql?query=ASK+%7b%7d&timeout=5").json()["boolean"] is True
        kind = {"content-type": "Application/X-WWW-Form-URLEncoded; charset=UTF-8"}
        assert client.post("/sparql", content="query=ASK+%7B%7D", headers=kind).json()["boolean"] is True

    @pytest.mark.parametrize("method", ["get", "form", "direct"])
    def test_any_character(self, client, method: str) -> None:
        """2.1.1 to 2.1.3: queries are Unicode, in UTF-8."""
        query = "SELECT ('ü€\U0001d11e+&=%41' AS ?x) {}"
        if method == "get":
            answer = client.get("/sparql", params={"query": query})
        elif method == "form":
            answer = client.post("/sparql", data={"query": query})
        else:
            kind = {"content-type": "application/sparql-query"}
            answer = client.post("/sparql", content=query.encode(), headers=kind)
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "ü€\U0001d11e+&=%41"

    def test_the_better_liked_format_is_given(self, client) -> None:
        """2.1.5, 2.1.6: the Accept header with its weights; Content-Type says what was given."""
        liked = "application/sparql-results+json;q=0.1, application/sparql-results+xml"
        answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"accept": liked})
        assert answer.headers["content-type"].startswith("application/sparql-results+xml")
        liked = "text/csv, application/rdf+xml;q=0.5, text/turtle;q=0.4"
        answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"accept": liked})
        assert answer.headers["content-type"].startswith("application/rdf+xml")

    @pytest.mark.parametrize(
        ("accept", "given"),
        [
            ("*/*", "application/sparql-results+json"),
            ("", "application/sparql-results+json"),
            ("*/*;q=0.1, text/csv;q=0.2", "text/csv"),
            ("text/*", "text/csv"),
            ("TEXT/CSV; Q=0.5", "text/csv"),
            ("text/csv;header=present;q=0.3, application/json;q=0.2", "text/csv"),
            ("text/html, image/png, */*;q=0.01", "application/sparql-results+json"),
            ("application/sparql-results+json;q=0, application/*", "application/json"),
            (
                "application/sparql-results+xml;q=0.5,text/tab-separated-values;q=0.51",
                "text/tab-separated-values",
            ),
            (" , text/csv ,, ", "text/csv"),
            ("*/*;q=0", None),
            ("text/csv;q=0", None),
            ("text/csv;q=much", None),
        ],
    )
    @pytest.mark.parametrize("sent", ["get", "form", "body"])
    def test_how_accept_is_read(self, client, accept: str, given: str | None, sent: str) -> None:
        """2.1.5: ranges, weights, parameters and refusals (RFC 9110, 12.4.2, 12.5.1), however it is sent."""
        headers = {"accept": accept}
        if sent == "get":
            answer = client.get("/sparql", params={"query": COUNT}, headers=headers)
        elif sent == "form":
            answer = client.post("/sparql", data={"query": COUNT}, headers=headers)
        else:
            headers["content-type"] = "application/sparql-query"
            answer = client.post("/sparql", content=COUNT, headers=headers)
        assert answer.status_code == (406 if given is None else 200)
        if given is not None:
            assert answer.headers["content-type"].partition(";")[0] == given

    def test_a_part_of_an_answer_is_not_given(self, client) -> None:
        """2: HTTP holds: a server may pass over Range, and then gives all (RFC 9110, 14.2)."""
        asked = {"query": COUNT}
        whole = client.get("/sparql", params=asked)
        part = client.get("/sparql", params=asked, headers={"range": "bytes=0-3", "if-range": '"x"'})
        assert (part.status_code, part.content) == (200, whole.content)
        assert "content-range" not in part.headers

    def test_graphs_are_named_by_any_iri(self, client, bearer) -> None:
        """2.1.4: percent-encoded once in the address, however the IRI itself is written."""
        for graph in ("urn:ü", "urn:%C3%BC", "https://example.org/g?a=1&b=2#c", "urn:a+b"):
            put = {**bearer("curate"), "content-type": "text/turtle"}
            where = f"/graphs?graph={quote(graph, safe='')}"
            assert client.put(where, content=f'<urn:s> <urn:p> "{graph}" .', headers=put).status_code == 201
            asked = {"query": "SELECT ?o { <urn:s> <urn:p> ?o }", "default-graph-uri": graph}
            for answer in (client.get("/sparql", params=asked), client.post("/sparql", data=asked)):
                assert [row["o"]["value"] for row in answer.json()["results"]["bindings"]] == [graph]

    @pytest.mark.parametrize(
        ("accept", "read"),
        [
            ("application/sparql-results+json", lambda t: len(json.loads(t)["results"]["bindings"])),
            ("application/json", lambda t: len(json.loads(t)["results"]["bindings"])),
            (
                "application/sparql-results+xml",
                lambda t: len(ElementTree.fromstring(t).findall(".//{*}result")),
            ),
            ("text/csv", lambda t: len(list(csv.reader(io.StringIO(t)))) - 1),
            ("text/tab-separated-values", lambda t: len(t.splitlines()) - 1),
        ],
    )
    def test_accepted_result_formats(self, client, accept: str, read) -> None:  # type: ignore[no-untyped-def]
        """2.1.5: content negotiation; each format is read by another's parser."""
        answer = client.get("/sparql", params={"query": WORKS}, headers={"accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        assert "accept" in answer.headers["vary"].lower()
        assert read(answer.text) == 3

    @pytest.mark.parametrize(
        ("accept", "format"),
        [
            ("text/turtle", "turtle"),
            ("application/n-triples", "nt"),
            ("application/ld+json", "json-ld"),
            ("application/rdf+xml", "xml"),
        ],
    )
    def test_accepted_graph_formats(self, client, accept: str, format: str) -> None:
        """2.1.5, 2.1.6: CONSTRUCT and DESCRIBE give RDF graphs."""
        for query in (CONSTRUCT, "DESCRIBE ?w WHERE { ?w a spine:Recommendation ; a ?w2 } LIMIT 1"):
            answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
            assert answer.headers["content-type"].startswith(accept)
            assert len(rdflib.Graph().parse(data=answer.text, format=format)) > 0

    def test_ask(self, client) -> None:
        """2.1.6: a boolean in the results formats."""
        ask = "ASK { ?work a spine:Work }"
        assert client.get("/sparql", params={"query": ask}).json()["boolean"] is True
        xml = client.get(
            "/sparql", params={"query": ask}, headers={"accept": "application/sparql-results+xml"}
        )
        assert "<boolean>true</boolean>" in xml.text

    def test_success_is_2xx_and_a_bad_query_400(self, client, assert_problem) -> None:
        """2.1.6, 2.1.7: 400 when the query is not a legal sequence of characters of the grammar."""
        body = assert_problem(client.get("/sparql", params={"query": "SELECT"}), 400, "query-syntax")
        assert (body["line"], body["column"]) == (1, 7)

    def test_more_or_less_than_one_query_is_400(self, client, assert_problem) -> None:
        """2.1: exactly one ``query``."""
        two = [("query", COUNT), ("query", COUNT)]
        assert_problem(client.get("/sparql", params=two), 400, "one-query")
        assert_problem(client.get("/sparql", params={"default-graph-uri": CLAIMS}), 400, "one-query")
        assert_problem(client.post("/sparql", content="", headers=FORM), 400, "one-query")

    def test_an_update_is_no_query(self, client, assert_problem) -> None:
        """2.2: updates are sent to another operation, and never by GET."""
        drop = "DROP ALL"
        assert_problem(client.get("/sparql", params={"update": drop}), 400, "one-query")
        assert_problem(client.post("/sparql", data={"update": drop}), 400, "one-query")
        assert_problem(client.get("/sparql", params={"query": drop}), 400, "query-syntax")
        assert n(client.get("/sparql", params={"query": COUNT})) == 56

    def test_another_content_type_is_415(self, client, assert_problem) -> None:
        """2.1.2, 2.1.3: the content type must be one of two. 2.1.7: other 4xx codes for other failures."""
        answer = client.post("/sparql", content=COUNT, headers={"content-type": "text/plain"})
        assert_problem(answer, 415, "unsupported-media-type")
        update = {"content-type": "application/sparql-update"}
        assert_problem(client.post("/sparql", content=COUNT, headers=update), 415, "unsupported-media-type")
        for body in (b"query=ASK%7B%7D", b"ASK {}"):
            assert_problem(client.post("/sparql", content=body), 415, "unsupported-media-type")

    def test_what_cannot_be_given_is_406(self, client, assert_problem) -> None:
        """2.1.5: by the negotiation of HTTP (RFC 9110, 15.5.7)."""
        asked = {"query": COUNT}
        answer = client.get("/sparql", params=asked, headers={"accept": "text/turtle"})
        assert_problem(answer, 406, "not-acceptable")
        answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"accept": "text/csv"})
        assert_problem(answer, 406, "not-acceptable")

    def test_what_is_not_utf_8_is_refused(self, client, assert_problem) -> None:
        """2.1.3: UTF-8 is the only valid charset."""
        for charset in ("UTF-16", "iso-8859-1"):
            told = {"content-type": f"application/sparql-query; charset={charset}"}
            answer = client.post("/sparql", content="ASK {}".encode(charset), headers=told)
            assert_problem(answer, 415, "unsupported-media-type")
        kind = {"content-type": "application/sparql-query"}
        assert_problem(client.post("/sparql", content=b"ASK { \xff }", headers=kind), 400, "not-utf-8")
        assert_problem(client.get("/sparql?query=%FF"), 400, "bad-form")
        assert_problem(client.get("/sparql?query=ASK%7B%7D&default-graph-uri=x%3Ey:"), 400, "bad-graph")

    def test_other_methods_are_405(self, client, assert_problem) -> None:
        """2.1: GET or POST."""
        answer = client.put("/sparql", content=COUNT)
        assert_problem(answer, 405, "method-not-allowed")
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}

    def test_head_and_options(self, client) -> None:
        """2: HTTP holds: HEAD has the fields of GET (RFC 9110, 9.3.2), OPTIONS tells methods."""
        asked = {"query": COUNT}
        head, get = client.head("/sparql", params=asked), client.get("/sparql", params=asked)
        assert (head.status_code, head.content) == (200, b"")
        for field in ("content-type", "content-length", "vary"):
            assert head.headers[field] == get.headers[field]
        told = client.options("/sparql")
        assert (told.status_code, told.content) == (204, b"")
        assert "POST" in told.headers["allow"]

    def test_the_base_iri(self, client) -> None:
        """2.3: the service has a base of its own, that of the data; BASE in the query goes before it."""
        query = "SELECT (<work/a> AS ?a) (<> AS ?b) (<#c> AS ?c) {}"
        row = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]
        base = "https://w3id.org/claimspine/id/"
        assert [row[name]["value"] for name in "abc"] == [base + "work/a", base, base + "#c"]
        assert (
            n(client.get("/sparql", params={"query": COUNT.replace("?work", "<work/pocovi2024walkback>")}))
            == 1
        )
        own = client.get("/sparql", params={"query": "BASE <urn:x:> " + query.replace("<>", "<urn:b>")})
        assert own.json()["results"]["bindings"][0]["c"]["value"] == "urn:x:#c"

    def test_a_bare_get_describes_the_service(self, client) -> None:
        """Service Description, 2: by dereferencing the endpoint."""
        for accept, format in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
            answer = client.get("/sparql", headers={"accept": accept})
            graph = rdflib.Graph().parse(data=answer.text, format=format)
            sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
            endpoints = {str(one) for one in graph.objects(None, sd.endpoint)}
            assert endpoints == {"http://testserver/sparql"}
            assert (None, sd.feature, sd.UnionDefaultGraph) in graph
            assert (None, sd.supportedLanguage, sd.SPARQL11Query) in graph

    def test_cors(self, client) -> None:
        """A page of another origin may ask."""
        asked = {"origin": "https://example.org"}
        answer = client.get("/sparql", params={"query": COUNT}, headers=asked)
        assert answer.headers["access-control-allow-origin"] == "*"
        before = {
            **asked,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        answer = client.options("/sparql", headers=before)
        assert answer.status_code == 200
        assert "POST" in answer.headers["access-control-allow-methods"]

    def test_freshness_is_stated_and_own_writes_are_seen(self, client, bearer) -> None:
        first = client.get("/sparql", params={"query": COUNT})
        assert first.headers["claimspine-snapshot"].endswith("writes-since=0")
        body = "id: work/tea\ntype: Work\ntitle: Tea\nworkType: journal-article\nyear: 2020\n"
        kind = {"content-type": "application/yaml"}
        client.put("/api/sources/tea", content=body, headers={**bearer("curate"), **kind})
        assert n(client.get("/sparql", params={"query": COUNT})) == 57


class TestUpdate:
    """2.2 update operation."""

    INSERT = "INSERT DATA { GRAPH <urn:mine> { <urn:oat> a skos:Concept ; skos:prefLabel 'oat'@en } }"

    def count(self, client) -> int:  # type: ignore[no-untyped-def]
        return n(
            client.get(
                "/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH <urn:mine> { ?s ?p ?o } }"}
            )
        )

    def test_the_base_iri(self, client, bearer) -> None:
        """2.3: of an update too."""
        insert = "INSERT DATA { GRAPH <urn:mine> { <oat> a skos:Concept ; skos:prefLabel 'oat'@en } }"
        assert client.post("/update", data={"update": insert}, headers=bearer("admin")).status_code == 200
        ask = "ASK { <https://w3id.org/claimspine/id/oat> a skos:Concept }"
        assert client.get("/sparql", params={"query": ask}).json()["boolean"] is True

    def test_via_post_with_url_encoded_parameters(self, client, bearer) -> None:
        """2.2.1."""
        answer = client.post("/update", data={"update": self.INSERT}, headers=bearer("admin"))
        assert answer.json() == {"changed": ["urn:mine"]}
        assert self.count(client) == 2

    def test_what_others_write_while_it_is_tried_counts(self, client, bearer, monkeypatch) -> None:
        """It is tried beside the writing, and again when somebody wrote meanwhile: nothing is overwritten."""
        admin = bearer("admin")
        client.post("/update", data={"update": self.INSERT}, headers=admin)
        pool = client.app.state.service.pool
        tried, more = pool.update, self.INSERT.replace("oat", "rye")

        def update(text: str) -> Any:
            found = tried(text)
            if text != more and more not in written:
                written.append(more)
                assert client.post("/update", data={"update": more}, headers=admin).status_code == 200
            return found

        written: list[str] = []
        monkeypatch.setattr(pool, "update", update)
        insert = self.INSERT.replace("oat", "tea")
        assert client.post("/update", data={"update": insert}, headers=admin).status_code == 200
        assert self.count(client) == 6

    def test_of_a_store_that_is_read_from_disk(self, tmp_path, tokens, bearer) -> None:
        """It is tried on a copy that may be written to, and what it names is all that is looked at."""
        with open_store(tmp_path / "store") as store:
            app = create_app(store, settings=Settings(snapshot_in_memory_quads=0), tokens=tokens)
            with TestClient(app) as client:
                admin = bearer("admin")
                answer = client.post("/update", data={"update": self.INSERT}, headers=admin)
                assert answer.json() == {"changed": ["urn:mine"]}
                assert self.count(client) == 2
                answer = client.post("/update", data={"update": "DROP ALL"}, headers=admin)
                assert answer.status_code == 403  # the journal is the service's own

    def test_via_post_directly(self, client, bearer) -> None:
        """2.2.2."""
        kind = {"content-type": "application/sparql-update"}
        answer = client.post("/update", content=self.INSERT, headers={**bearer("admin"), **kind})
        assert answer.status_code == 200
        assert self.count(client) == 2

    def test_using_graph_uri(self, client, bearer) -> None:
        """2.2.3: the dataset of WHERE; an error where the update names one itself."""
        admin = bearer("admin")
        client.post("/update", data={"update": self.INSERT}, headers=admin)
        copy = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
        asked = {"update": copy, "using-graph-uri": "urn:mine"}
        assert client.post("/update", data=asked, headers=admin).json() == {"changed": ["urn:copy"]}
        query = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:copy> { ?s ?p ?o } }"
        assert n(client.get("/sparql", params={"query": query})) == 2
        both = {**asked, "update": copy.replace("WHERE", "USING <urn:x> WHERE")}
        assert client.post("/update", data=both, headers=admin).status_code == 400

    @pytest.mark.parametrize("given", ["using-graph-uri", "using-named-graph-uri"])
    @pytest.mark.parametrize(
        "update",
        [
            "INSERT { GRAPH <urn:h> { ?s ?p ?o } } USING <urn:g> WHERE { ?s ?p ?o }",
            "INSERT { GRAPH <urn:h> { ?s ?p ?o } } USING NAMED <urn:g> WHERE { GRAPH ?g { ?s ?p ?o } }",
            "WITH <urn:mine> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        ],
    )
    def test_a_dataset_named_twice_is_400(
        self, client, bearer, assert_problem, given: str, update: str
    ) -> None:
        """2.2.3: USING, USING NAMED and WITH beside either parameter."""
        admin = bearer("admin")
        client.post("/update", data={"update": self.INSERT}, headers=admin)
        answer = client.post("/update", data={"update": update, given: "urn:mine"}, headers=admin)
        assert_problem(answer, 400, "dataset-twice")
        assert self.count(client) == 2

    def test_using_named_graph_uri(self, client, bearer) -> None:
        """2.2.3: as parameters of the address where the update is the body."""
        kind = {**bearer("admin"), "content-type": "application/sparql-update"}
        client.post("/update", content=self.INSERT, headers=kind)
        copy = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
        where = {"using-named-graph-uri": "urn:mine"}
        answer = client.post("/update", params=where, content=copy, headers=kind)
        assert answer.json() == {"changed": ["urn:copy"]}
        count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:copy> { ?s ?p ?o } }"
        assert n(client.get("/sparql", params={"query": count})) == 2

    def test_exactly_one_update_of_a_known_type(self, client, bearer, assert_problem) -> None:
        """2.2: one ``update``, and no query beside it. 2.2.1, 2.2.2: of one of two types."""
        admin = bearer("admin")
        for body in ("update=CLEAR+ALL&update=CLEAR+ALL", "update=CLEAR+ALL&query=ASK%7B%7D", ""):
            answer = client.post("/update", content=body, headers={**admin, **FORM})
            assert_problem(answer, 400, "one-update")
        direct = {**admin, "content-type": "application/sparql-update"}
        assert_problem(client.post("/update", content=b"CLEAR ALL #\xff", headers=direct), 400, "not-utf-8")
        for kind in ("text/plain", "application/sparql-query"):
            answer = client.post("/update", content="CLEAR ALL", headers={**admin, "content-type": kind})
            assert_problem(answer, 415, "unsupported-media-type")
        assert n(client.get("/sparql", params={"query": COUNT})) == 56

    def test_never_by_get_and_never_without_the_scope(self, client, bearer, assert_problem) -> None:
        """2.2: by POST alone. 2.2.5: other 4xx codes for other failures."""
        assert_problem(client.get("/update", params={"update": "DROP ALL"}), 405, "method-not-allowed")
        asked = {"update": "DROP ALL"}
        assert_problem(client.post("/update", data=asked), 401, "no-token")
        assert_problem(client.post("/update", data=asked, headers=bearer("curate")), 403, "not-allowed")
        assert n(client.get("/sparql", params={"query": COUNT})) == 56

    def test_faults(self, client, bearer, assert_problem) -> None:
        """2.2.5: 400 for what is no update; nothing is written by one that fails."""
        admin = bearer("admin")
        for update, code in (
            ("INSERT", "query-syntax"),
            ("LOAD <http://127.0.0.1:9/x>", "query-leaves-store"),
            (
                "INSERT { GRAPH <urn:x> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
                "query-leaves-store",
            ),
        ):
            assert_problem(client.post("/update", data={"update": update}, headers=admin), 400, code)
        default = {"update": "INSERT DATA { <urn:a> <urn:b> 1 }"}
        assert_problem(client.post("/update", data=default, headers=admin), 403, "graph-not-writable")
        bad = "INSERT DATA { GRAPH <urn:mine> { <urn:w> a spine:Work } }"
        assert_problem(client.post("/update", data={"update": bad}, headers=admin), 422, "invalid-evidence")
        assert self.count(client) == 0

    def test_it_is_whole_or_not_at_all(self, client, bearer) -> None:
        two = self.INSERT + " ; INSERT DATA { GRAPH <urn:mine> { <urn:w> a spine:Work } }"
        assert client.post("/update", data={"update": two}, headers=bearer("admin")).status_code == 422
        assert self.count(client) == 0
