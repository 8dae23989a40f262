"""The SPARQL 1.1 Graph Store HTTP Protocol, a sentence a test, with the recommendation's section numbers."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest
import rdflib
from rdflib.compare import isomorphic

MINE = "https://w3id.org/claimspine/id/source/mine"
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
    """5.1: the media types of both directions."""
    body = written(OAT).serialize(format=format)
    put = client.put(at(), content=body, headers={**bearer("curate"), "content-type": kind})
    assert put.status_code == 201, put.text
    answer = client.get(at(), headers={"accept": kind})
    assert answer.headers["content-type"].startswith(kind)
    assert isomorphic(graph_of(answer, format), written(OAT))


def test_without_accept_and_with_weights(client, bearer) -> None:
    """5.2: an RDF format where none is asked for, and the better liked of several."""
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    assert client.get(at()).headers["content-type"].startswith("text/turtle")
    liked = {"accept": "text/turtle;q=0.2, application/rdf+xml;q=0.9, image/png"}
    answer = client.get(at(), headers=liked)
    assert answer.headers["content-type"].startswith("application/rdf+xml")
    assert "accept" in answer.headers["vary"].lower()


def test_a_body_that_is_not_what_it_says_or_not_whole(client, bearer, assert_problem) -> None:
    """5.1, 5.3: 400 for a payload of another type than its header's; no Content-* header is passed over."""
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
        assert_problem(send(at(), content=RYE, headers=bearer("curate")), 415, "unsupported-media-type")
    assert isomorphic(graph_of(client.get(at())), written(OAT))


def test_post_of_an_empty_graph_changes_nothing(client, bearer, store, assert_problem) -> None:
    """5.5: the merge with an empty graph is the graph; a graph without triples is not kept."""
    curator = {**bearer("curate"), **TURTLE}
    for graph in (MINE, "urn:x"):
        client.put(at(graph), content=OAT, headers=curator)
        before = store.dump("nquads")
        assert client.post(at(graph), content=PREFIX, headers=curator).status_code == 204
        assert store.dump("nquads") == before
        assert_problem(client.post(at(graph), content="<urn:a> <", headers=curator), 400, "rdf-syntax")
    assert_problem(client.post(at("urn:new"), content=PREFIX, headers=curator), 400, "nothing-to-load")


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


def test_delete(client, bearer, assert_problem) -> None:
    """5.4: DELETE removes the graph; of one that is not there, 404."""
    curator = bearer("curate")
    client.put(at(), content=OAT, headers={**curator, **TURTLE})
    assert client.delete(at(), headers=curator).status_code == 204
    assert_problem(client.get(at()), 404, "no-such-graph")
    assert_problem(client.delete(at(), headers=curator), 404, "no-such-graph")


def test_head_is_get_without_a_body(client, bearer) -> None:
    """5.6."""
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    head, get = client.head(at()), client.get(at())
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]
    assert client.head(at("urn:none")).status_code == 404


def test_writing_twice_changes_nothing(client, bearer, store) -> None:
    """5.3: PUT is idempotent."""
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
    """4.2, 5.1: one graph, an absolute IRI; 400 for what is not well-formed, 415 for another type."""
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


def test_what_is_put_is_a_source_with_its_author(client, bearer) -> None:
    client.put(at(), content=OAT, headers={**bearer("curate"), **TURTLE})
    held = {one["name"] for one in client.get("/api/sources").json()["sources"]}
    assert "mine" in held
    who = client.get(
        "/sparql", params={"query": f"SELECT ?who {{ <{MINE}> prov:wasAttributedTo ?who }}"}
    ).json()["results"]["bindings"]
    assert [row["who"]["value"] for row in who] == ["curate 0"]
