"""The SPARQL 1.1 Graph Store HTTP Protocol, a sentence a test.

Section numbers are the recommendation's (2013-03-21): 4.1 direct and 4.2 indirect identification,
5 operations, 5.1 status codes, 5.2 GET, 5.3 PUT, 5.4 DELETE, 5.5 POST, 5.6 HEAD, 5.7 PATCH, 6 security.
"""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest
import rdflib
from rdflib.compare import isomorphic

MINE = "https://w3id.org/claimspine/id/source/mine"
HISTORY = "https://w3id.org/claimspine/id/history/mine"
PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
OAT = PREFIX + '<urn:oat> a skos:Concept ; skos:prefLabel "oat"@en .'
RYE = PREFIX + '<urn:rye> a skos:Concept ; skos:prefLabel "rye"@en .'
TURTLE = {"content-type": "text/turtle"}


def at(graph: str = MINE) -> str:
    return f"/graphs?graph={quote(graph, safe='')}"


def graph_of(answer, format: str = "turtle") -> rdflib.Graph:  # type: ignore[no-untyped-def]
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format=format)


def written(text: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="turtle")


@pytest.mark.parametrize("graph", [MINE, "urn:my:graph", "https://example.org/g?x=1&y=ü"])
def test_put_stores_and_get_gives_the_same_graph(client, bearer, graph: str) -> None:
    """5.2, 5.3: GET retrieves what PUT stored. 4.2: the graph is indirectly named."""
    curator = bearer("curate")
    assert client.put(at(graph), content=OAT, headers={**curator, **TURTLE}).status_code == 201
    assert isomorphic(graph_of(client.get(at(graph))), written(OAT))
    assert client.put(at(graph), content=RYE, headers={**curator, **TURTLE}).status_code == 204
    assert isomorphic(graph_of(client.get(at(graph))), written(RYE))


@pytest.mark.parametrize(
    ("kind", "format"),
    [
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
    ],
)
def test_every_format_both_ways(client, bearer, kind: str, format: str) -> None:
    """5, 5.2: a payload is read by its Content-Type, and given in a format that Accept names."""
    body = written(OAT).serialize(format=format)
    put = client.put(at(), content=body, headers={**bearer("curate"), "content-type": kind})
    assert put.status_code == 201, put.text
    answer = client.get(at(), headers={"accept": kind})
    assert answer.headers["content-type"].startswith(kind)
    assert isomorphic(graph_of(answer, format), written(OAT))


def test_without_accept_and_with_weights(client, bearer) -> None:
    """5: an RDF format where none is asked for. 5.2: the better liked of several."""
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    assert client.get(at()).headers["content-type"].startswith("text/turtle")
    liked = {"accept": "text/turtle;q=0.2, application/rdf+xml;q=0.9, image/png"}
    answer = client.get(at(), headers=liked)
    assert answer.headers["content-type"].startswith("application/rdf+xml")
    assert "accept" in answer.headers["vary"].lower()


def test_a_body_that_is_not_what_it_says_or_not_whole(client, bearer, assert_problem) -> None:
    """5.1: 400 for a payload of another type than its header's. No Content-* header is passed over."""
    curator = {**bearer("curate"), **TURTLE}
    client.put(at(), content=OAT, headers=curator)
    xml = {**curator, "content-type": "application/rdf+xml"}
    for send in (client.put, client.post):
        assert_problem(send(at(), content=RYE, headers=xml), 400, "rdf-syntax")
        part = {**curator, "content-range": "bytes 0-3/100"}
        assert_problem(send(at(), content=RYE, headers=part), 400, "partial-body")
        packed = {**curator, "content-encoding": "gzip"}
        body = gzip.compress(RYE.encode())
        assert_problem(send(at(), content=body, headers=packed), 415, "unsupported-media-type")
        latin = {**curator, "content-type": "text/turtle; charset=ISO-8859-1"}
        assert_problem(send(at(), content=RYE, headers=latin), 415, "unsupported-media-type")
    assert isomorphic(graph_of(client.get(at())), written(OAT))


def test_post_of_an_empty_graph_changes_nothing(client, bearer, store, assert_problem) -> None:
    """5.5: the merge with an empty graph is the graph; 204 for an empty body."""
    curator = {**bearer("curate"), **TURTLE}
    for graph in (MINE, "urn:x"):
        client.put(at(graph), content=OAT, headers=curator)
        before = store.dump("nquads")
        assert client.post(at(graph), content=PREFIX, headers=curator).status_code == 204
        assert client.post(at(graph), content=b"", headers=curator).status_code == 204
        assert store.dump("nquads") == before
        assert_problem(client.post(at(graph), content="<urn:a> <", headers=curator), 400, "rdf-syntax")
    names = store.graph_names()
    for where in (at("urn:new"), at(MINE + "/new"), "/graphs"):
        assert client.post(where, content=b"", headers=curator).status_code == 204
    assert client.post(at("urn:new"), content=PREFIX, headers=curator).status_code == 204
    assert store.graph_names() == names


@pytest.mark.parametrize("graph", [MINE, "urn:my:graph"])
def test_put_of_an_empty_graph(client, bearer, graph: str) -> None:
    """5.3: it makes an empty graph where there is none, and takes the place of what is there."""
    curator = {**bearer("curate"), **TURTLE}
    assert client.put(at(graph), content=b"", headers=curator).status_code == 201
    assert len(graph_of(client.get(at(graph)))) == 0
    assert client.put(at(graph), content=b"", headers=curator).status_code == 204
    client.put(at(graph), content=OAT, headers=curator)
    assert client.put(at(graph), content=PREFIX, headers=curator).status_code == 204
    assert len(graph_of(client.get(at(graph)))) == 0
    assert client.head(at(graph)).status_code == 200
    assert client.delete(at(graph), headers=curator).status_code == 204
    assert client.get(at(graph)).status_code == 404


def test_an_empty_body_where_the_format_has_none_is_400(client, bearer, assert_problem) -> None:
    """5.3: an empty body is an empty graph only where the content type allows one."""
    curator = bearer("curate")
    for kind, code in (("application/ld+json", "json-syntax"), ("application/rdf+xml", "rdf-syntax")):
        answer = client.put(at(), content=b"", headers={**curator, "content-type": kind})
        assert_problem(answer, 400, code)


def test_without_a_content_type_the_payload_is_rdf_xml(client, bearer, assert_problem) -> None:
    """5: the server should then try RDF/XML."""
    curator = bearer("curate")
    assert client.put(at(), content=written(OAT).serialize(format="xml"), headers=curator).status_code == 201
    assert isomorphic(graph_of(client.get(at())), written(OAT))
    assert_problem(client.put(at(), content=RYE, headers=curator), 400, "rdf-syntax")


@pytest.mark.parametrize("graph", [MINE, "https://example.org/graphs/one"])
@pytest.mark.parametrize("send", ["put", "post"])
def test_relative_iris_are_resolved_against_the_graph(client, bearer, graph: str, send: str) -> None:
    """4.2: the request identifies the graph as its IRI does, so that is the base (RFC 3986, 5.1.3)."""
    body = "<> <urn:p> <part> , </root> , <#fragment> . <> a <urn:Thing> ."
    curator = {**bearer("curate"), **TURTLE}
    assert getattr(client, send)(at(graph), content=body, headers=curator).status_code == 201
    expected = rdflib.Graph().parse(data=body, format="turtle", publicID=graph)
    assert isomorphic(graph_of(client.get(at(graph))), expected)
    assert (rdflib.URIRef(graph), None, rdflib.URIRef(graph.rpartition("/")[0] + "/part")) in expected


def test_what_the_store_says_of_a_source_is_not_taken_from_its_graph(client, bearer) -> None:
    """A graph as SPARQL gives it has its provenance in it; written again, it is there once."""
    curator = {**bearer("curate"), **TURTLE}
    client.put(at(), content=OAT, headers=curator)
    whole = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}"
    got = client.get("/sparql", params={"query": whole}, headers={"accept": "text/turtle"}).text
    assert "sha256" in got
    assert client.put(at(), content=got, headers=curator).status_code == 204
    listed = [one for one in client.get("/api/sources").json()["sources"] if one["name"] == "mine"]
    assert len(listed) == 1
    assert isomorphic(graph_of(client.get(at())), written(OAT))


@pytest.mark.parametrize("graph", [MINE, "urn:my:graph"])
def test_post_of_a_form_merges_each_document(client, bearer, graph: str) -> None:
    """5.5: multipart/form-data is the merge of the graphs of its documents into the graph."""
    curator = bearer("curate")
    client.put(at(graph), content=OAT, headers={**curator, **TURTLE})
    blank = "_:x <urn:p> 1 ."
    files = [
        ("file", ("rye.ttl", RYE + "\n" + blank, "text/turtle; charset=utf-8")),
        (
            "file",
            ("wheat.rdf", written("<urn:wheat> <urn:p> 2 .").serialize(format="xml"), "application/rdf+xml"),
        ),
        ("other", ("more.nt", "_:x <urn:p> <urn:b> .", "application/octet-stream")),
    ]
    assert client.post(at(graph), files=files, headers=curator).status_code == 204
    rye = RYE.replace(PREFIX, "")
    expected = written(f"{OAT} {rye} {blank} <urn:wheat> <urn:p> 2 . [] <urn:p> <urn:b> .")
    assert isomorphic(graph_of(client.get(at(graph))), expected)


def test_a_form_makes_a_new_graph_too(client, bearer) -> None:
    """5.5: with the graph store itself as the target."""
    files = [("file", ("oat.ttl", OAT, "text/turtle")), ("file", ("rye.ttl", RYE, "text/turtle"))]
    made = client.post("/graphs", files=files, headers=bearer("curate"))
    assert made.status_code == 201
    both = written(OAT + RYE.replace(PREFIX, ""))
    assert isomorphic(graph_of(client.get(made.headers["location"])), both)


def test_forms_that_cannot_be_read(client, bearer, store, assert_problem) -> None:
    """5.1, 5.5: each document is held to what a body is; one that is wrong and nothing is written."""
    curator = bearer("curate")
    before = store.dump("nquads")
    good = ("file", ("oat.ttl", OAT, "text/turtle"))
    for part, status, code in (
        (("file", ("x.ttl", "<urn:a> <", "text/turtle")), 400, "rdf-syntax"),
        (("file", ("x.csv", "a,b", "text/csv")), 415, "unsupported-media-type"),
        (("file", ("x", "a", "application/octet-stream")), 415, "unsupported-media-type"),
        (("file", ("x.ttl", OAT, "text/turtle; charset=utf-16")), 415, "unsupported-media-type"),
        (("file", ("x.ttl", "<urn:w> a <https://w3id.org/claimspine/ns#Work> .", "text/turtle")), 422, None),
    ):
        answer = client.post(at(), files=[good, part], headers=curator)
        assert_problem(answer, status, code or "invalid-evidence")
    field = client.post(at(), files=[good], data={"words": "<urn:a> <urn:b> 1 ."}, headers=curator)
    assert_problem(field, 400, "no-document")
    empty = {**curator, "content-type": "multipart/form-data; boundary=x"}
    assert_problem(client.post(at(), content=b"--x--\r\n", headers=empty), 400, "no-document")
    assert store.dump("nquads") == before


def test_post_merges(client, bearer) -> None:
    """5.5: POST adds to what is there, and makes the graph where there is none."""
    curator = {**bearer("curate"), **TURTLE}
    first = client.post(at(), content=OAT, headers=curator)
    assert (first.status_code, first.headers["location"]) == (201, at())
    assert client.post(at(), content=RYE, headers=curator).status_code == 204
    assert isomorphic(graph_of(client.get(at())), written(OAT + RYE.replace(PREFIX, "")))


def test_post_to_the_store_makes_a_new_graph(client, bearer) -> None:
    """5.5: with the graph store itself as the target, 201 and the new graph's address."""
    made = client.post("/graphs", content=OAT, headers={**bearer("curate"), **TURTLE})
    assert made.status_code == 201
    assert isomorphic(graph_of(client.get(made.headers["location"])), written(OAT))
    again = client.post("/graphs", content=OAT, headers={**bearer("curate"), **TURTLE})
    assert (again.status_code, again.headers["location"]) == (204, made.headers["location"])


def test_delete(client, bearer, assert_problem) -> None:
    """5.4: DELETE removes the graph; of one that is not there, 404."""
    curator = bearer("curate")
    client.put(at(), content=OAT, headers={**curator, **TURTLE})
    assert client.delete(at(), headers=curator).status_code == 204
    assert_problem(client.get(at()), 404, "no-such-graph")
    assert_problem(client.delete(at(), headers=curator), 404, "no-such-graph")


def test_head_is_get_without_a_body(client, bearer) -> None:
    """5.6: the fields of GET, without its body."""
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    head, get = client.head(at()), client.get(at())
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]
    assert client.head(at("urn:none")).status_code == 404


def test_writing_twice_changes_nothing(client, bearer, store) -> None:
    """5.3 by way of RFC 9110, 9.2.2: PUT is idempotent."""
    curator = {**bearer("curate"), **TURTLE}
    for graph in (MINE, "urn:x"):
        client.put(at(graph), content=OAT, headers=curator)
        before = store.dump("nquads")
        assert client.put(at(graph), content=OAT, headers=curator).status_code == 204
        assert store.dump("nquads") == before


def test_the_default_graph_is_the_union_and_is_not_written(client, bearer, assert_problem) -> None:
    """4.2: ?default names it."""
    whole = graph_of(client.get("/graphs?default", headers={"accept": "application/n-triples"}), "nt")
    assert len(whole) > 5000
    answer = client.put("/graphs?default", content=OAT, headers={**bearer("curate"), **TURTLE})
    assert_problem(answer, 403, "graph-not-writable")
    curator = bearer("curate")
    assert_problem(client.delete("/graphs?default", headers=curator), 403, "graph-not-writable")
    answer = client.post("/graphs?default", content=OAT, headers={**curator, **TURTLE})
    assert_problem(answer, 403, "graph-not-writable")


def test_bad_requests(client, bearer, assert_problem) -> None:
    """4.2: an absolute IRI, else 400. 5.1: 400 for what cannot be parsed, 405 and 415. 5.2: 406."""
    curator = bearer("curate")
    assert_problem(client.get("/graphs"), 400, "one-graph")
    assert_problem(client.get("/graphs?graph=urn:a&graph=urn:b"), 400, "one-graph")
    assert_problem(client.get("/graphs?graph=urn:a&default"), 400, "one-graph")
    assert_problem(client.get("/graphs?graph=relative"), 400, "bad-graph")
    assert_problem(client.get(at("urn:a b")), 400, "bad-graph")
    assert_problem(client.put(at(), content="<urn:a> <", headers={**curator, **TURTLE}), 400, "rdf-syntax")
    other = {**curator, "content-type": "text/csv"}
    assert_problem(client.put(at(), content=OAT, headers=other), 415, "unsupported-media-type")
    assert_problem(client.patch(at(), content=OAT, headers=curator), 405, "method-not-allowed")
    assert_problem(client.get(at(), headers={"accept": "image/png"}), 406, "not-acceptable")


def test_writes_are_validated_and_need_the_scope(client, bearer, store, assert_problem) -> None:
    """6: 401 for whom nobody knows, 403 for what is not allowed."""
    before = store.dump("nquads")
    bad = "<urn:w> a <https://w3id.org/claimspine/ns#Work> ."
    assert_problem(client.put(at(), content=bad, headers=TURTLE), 401, "no-token")
    curator = {**bearer("curate"), **TURTLE}
    for graph in (MINE, "urn:x"):
        body = assert_problem(client.put(at(graph), content=bad, headers=curator), 422, "invalid-evidence")
        assert "title" in body["errors"][0]["detail"]
    assert_problem(
        client.put(at("https://w3id.org/claimspine/id/journal/x"), content=OAT, headers=curator),
        403,
        "graph-not-writable",
    )
    assert store.dump("nquads") == before


def test_conditional_writes(client, bearer, assert_problem) -> None:
    curator = {**bearer("curate"), **TURTLE}
    only_new = {**curator, "if-none-match": "*"}
    assert client.put(at(), content=OAT, headers=only_new).status_code == 201
    assert_problem(client.put(at(), content=RYE, headers=only_new), 412, "precondition-failed")
    tag = client.get(at()).headers["etag"]
    assert client.put(at(), content=RYE, headers={**curator, "if-match": tag}).status_code == 204
    assert_problem(client.delete(at(), headers={**curator, "if-match": tag}), 412, "precondition-failed")
    xml = client.get(at(), headers={"accept": "application/rdf+xml"}).headers["etag"]
    assert xml != client.get(at()).headers["etag"]
    assert client.delete(at(), headers={**curator, "if-match": xml}).status_code == 204


def test_a_graph_that_is_deleted_is_deleted_in_its_history(client, bearer) -> None:
    """The graph of a source: whoever reads its history sees when it went."""
    curator = bearer("curate")
    client.put(at(), content=OAT, headers={**curator, **TURTLE})
    client.delete(at(), headers=curator)
    ended = f"ASK {{ ?version prov:invalidatedAtTime ?at . FILTER(STRSTARTS(STR(?version), '{HISTORY}')) }}"
    assert client.get("/sparql", params={"query": ended}).json()["boolean"] is True


def test_what_is_put_is_a_source_with_its_author(client, bearer) -> None:
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    held = {one["name"] for one in client.get("/api/sources").json()["sources"]}
    assert "mine" in held
    who = client.get(
        "/sparql", params={"query": f"SELECT ?who {{ <{MINE}> prov:wasAttributedTo ?who }}"}
    ).json()["results"]["bindings"]
    assert [row["who"]["value"] for row in who] == ["curate 0"]


def test_the_documents_of_a_form_reach_nothing_and_bombs_are_refused(
    client, bearer, assert_problem, listener: tuple[str, list[str]]
) -> None:
    url, seen = listener
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    nested = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    for name, text, code in (
        (
            "a.jsonld",
            f'{{"@context": "{url}/context", "@id": "urn:a", "urn:b": 1}}',
            "json-ld-remote-context",
        ),
        ("a.jsonld", f'{{"@context": {{"@import": "{url}/import"}}}}', "json-ld-remote-context"),
        ("a.rdf", f'<!DOCTYPE r [<!ENTITY x SYSTEM "{url}/entity">]>{rdf}', "xml-entities"),
        ("a.rdf", f'<!DOCTYPE r [<!ENTITY e0 "ha">{nested}]>{rdf}', "xml-entities"),
        ("a.jsonld", '{"@context": {}, "urn:b": ' * 100_000, "json-too-deep"),
    ):
        answer = client.post(at(), files={"file": (name, text)}, headers=bearer("curate"))
        assert_problem(answer, 400, code)
    many = [("file", (f"{n}.ttl", OAT, "text/turtle")) for n in range(101)]
    assert_problem(client.post(at(), files=many, headers=bearer("curate")), 400, "bad-request")
    assert seen == []
    assert client.get(at()).status_code == 404


def test_what_is_read_as_rdf_xml_for_want_of_a_type_says_so(client, bearer, assert_problem) -> None:
    """5.3: a body without a media type is RDF/XML."""
    sent = client.build_request("PUT", "/graphs?graph=urn:t", content=b"<urn:a> <urn:b> 1 .")
    sent.headers.update(bearer("curate"))
    sent.headers.pop("content-type", None)
    assert "without a Content-Type" in assert_problem(client.send(sent), 400, "rdf-syntax")["hint"]


def test_a_graph_that_is_known_is_not_sent_again(client, bearer) -> None:
    """5.2: HTTP holds: If-None-Match (RFC 9110, 13.1.2), in each format its own tag; Range is passed over."""
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    turtle = client.get(at(), headers={"accept": "text/turtle"})
    nt = client.get(at(), headers={"accept": "application/n-triples"})
    assert turtle.headers["etag"] != nt.headers["etag"]
    known = {"accept": "text/turtle", "if-none-match": f'"x", {turtle.headers["etag"]}'}
    for send in (client.get, client.head):
        again = send(at(), headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == turtle.headers["etag"]
    assert client.get(at(), headers={**known, "accept": "application/n-triples"}).status_code == 200
    part = client.get(at(), headers={"accept": "text/turtle", "range": "bytes=0-3"})
    assert (part.status_code, part.text) == (200, turtle.text)
    client.put(at(), content=RYE, headers={**bearer("curate"), **TURTLE})
    assert client.get(at(), headers=known).status_code == 200
