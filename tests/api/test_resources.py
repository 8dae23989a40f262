"""Lists, single things, traces, search, dereferencing, vocabulary."""

from __future__ import annotations

import json

import pytest
import rdflib


def ids(answer) -> list[str]:  # type: ignore[no-untyped-def]
    return [node["id"].rsplit("/", 1)[-1] for node in answer.json()["graph"]]


def test_pages_follow_one_another_without_gap_or_repeat(client) -> None:
    whole = ids(client.get("/api/works", params={"limit": 1000}))
    assert len(whole) == 56
    seen: list[str] = []
    where = "/api/works?limit=11"
    while where:
        answer = client.get(where)
        seen += ids(answer)
        where = answer.json()["page"]["next"]
        assert ("link" in answer.headers) == bool(where)
    assert seen == whole


def test_filters(client) -> None:
    def count(path: str, **filters: str) -> int:
        total: int = client.get(path, params=filters).json()["page"]["total"]
        return total

    assert count("/api/works", q="lancet walkback") == 1
    assert count("/api/works", standing="retracted") == 0
    assert count("/api/works", standing="current") == 56
    assert ids(client.get("/api/studies", params={"q": "walkback"})) == ["walkback"]
    every = count("/api/claims")
    verdicts = ["supported", "partly supported", "contradicted", "unsupported", "not enough information"]
    assert sum(count("/api/claims", verdict=verdict) for verdict in verdicts) == every
    assert 0 < count("/api/claims", certainty="low") < every
    assert count("/api/recommendations", mechanism="central-pattern-generation") == 1


@pytest.mark.parametrize(
    ("kind", "unfit"), [("claims", "standing"), ("works", "verdict"), ("studies", "mechanism")]
)
def test_a_filter_that_does_not_fit_is_refused(client, assert_problem, kind: str, unfit: str) -> None:
    """Else all claims would be given to who asks for those of retracted works."""
    values = {"standing": "retracted", "verdict": "supported", "mechanism": "x"}
    answer = client.get(f"/api/{kind}", params={unfit: values[unfit]})
    assert_problem(answer, 400, "no-such-parameter")
    described = client.get("/openapi.json").json()["paths"][f"/api/{kind}"]["get"]["parameters"]
    assert unfit not in {one["name"] for one in described}


@pytest.mark.parametrize("way", ["", "/trace", "/impact"])
def test_a_work_is_found_by_its_doi(client, assert_problem, way: str) -> None:
    doi = "10.1016/s0140-6736(24)00755-4"
    wanted = client.get(f"/api/works/pocovi2024walkback{way}").json()
    for written in (doi, doi.upper(), f"https://doi.org/{doi}", f"doi:{doi}"):
        assert client.get(f"/api/works/{written}{way}").json() == wanted
    assert_problem(client.get(f"/api/works/10.5555/none{way}"), 404, "unknown-identifier")


@pytest.mark.parametrize("kind", ["claims", "recommendations", "mechanisms"])
def test_a_mechanism_that_there_is_not_is_told(client, assert_problem, kind: str) -> None:
    """An empty list would say that nothing is explained by it."""
    answer = client.get(f"/api/{kind}", params={"mechanism": "central-patern-generation"})
    said = assert_problem(answer, 404, "unknown-identifier")
    assert "no mechanism" in said["detail"]
    assert "mechanism/central-pattern-generation" in said["hint"]


def test_a_parameter_that_a_list_does_not_have_is_refused(client, assert_problem) -> None:
    """Else `verdit=contradicted` would give every claim."""
    for wrong in ("verdit=contradicted", "sort=year", "limit=2&page=3"):
        said = assert_problem(client.get(f"/api/claims?{wrong}"), 400, "no-such-parameter")
        assert "verdict" in said["hint"]
    first = client.get("/api/claims?q=walking&limit=1").json()
    assert client.get(first["page"]["next"]).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/api/recommendations/walking-most-days/trace?fromat=text", "/api/audits?page=2", "/api/search?q=a&x=1"],
)
def test_so_is_one_that_any_other_route_does_not_have(client, assert_problem, address: str) -> None:
    said = assert_problem(client.get(address), 400, "no-such-parameter")
    assert said["hint"].startswith("it has ")


def test_a_thing_of_another_kind_is_told(client, assert_problem) -> None:
    said = assert_problem(client.get("/api/claims/walking-most-days"), 404, "unknown-identifier")
    assert said["detail"] == "there is no claim called 'walking-most-days', but a recommendation"
    assert said["hint"] == "ask for /api/recommendations/walking-most-days"
    assert client.get(said["hint"].removeprefix("ask for ")).status_code == 200


def test_a_method_that_a_route_does_not_have_is_told(client, assert_problem) -> None:
    said = assert_problem(client.delete("/api/works"), 405, "method-not-allowed")
    assert said["detail"] == "DELETE is not possible at /api/works"
    assert said["hint"] == "possible: GET, HEAD, OPTIONS"


def test_an_answer_is_json_ld(client) -> None:
    for path in (
        "/api/works?limit=2",
        "/api/recommendations",
        "/api/search?q=walking",
        "/api/claims?limit=3",
    ):
        graph = rdflib.Graph().parse(data=client.get(path).text, format="json-ld")
        predicates = {str(predicate) for predicate in graph.predicates()}
        assert predicates
        assert not [one for one in predicates if one.endswith(("#page", "#total", "#score", "#kind"))]


def test_one_thing_and_what_it_is_linked_to(client) -> None:
    work = client.get("/api/works/pocovi2024walkback").json()["graph"]
    assert work[0]["doi"] == "10.1016/S0140-6736(24)00755-4"
    assert {node["type"] for node in work} >= {"Work", "Study", "Finding"}
    study = client.get("/api/studies/walkback").json()["graph"]
    assert study[0]["type"] == "Study"
    claim = ids(client.get("/api/claims"))[0]
    assert "EvidenceLine" in {n["type"] for n in client.get(f"/api/claims/{claim}").json()["graph"]}


def test_what_is_not_there(client, assert_problem) -> None:
    for kind in ("recommendations", "claims", "mechanisms", "studies", "works"):
        assert_problem(client.get(f"/api/{kind}/nobody"), 404, "unknown-identifier")
    assert_problem(client.get("/api/works/walkback"), 404, "unknown-identifier")
    near = assert_problem(client.get("/api/works/pocovi2024walkbak"), 404, "unknown-identifier")
    assert "work/pocovi2024walkback" in near["hint"]
    near = assert_problem(client.get("/api/recommendations/walk-most-days/trace"), 404, "unknown-identifier")
    assert near["candidates"] == ["https://w3id.org/claimspine/id/recommendation/walking-most-days"]
    assert_problem(client.get("/nowhere"), 404, "not-found")
    assert_problem(client.get("/api/works", params={"cursor": "!"}), 404, "bad-cursor")
    assert_problem(client.get("/api/works", params={"standing": "fine"}), 422, "invalid-request")
    assert_problem(client.post("/api/works"), 405, "method-not-allowed")


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("application/ld+json", "{"),
        ("text/plain", "Recommendation: Walk"),
        ("image/svg+xml", "<svg"),
        ("text/vnd.mermaid", "flowchart"),
    ],
)
def test_a_trace_in_every_format(client, accept: str, start: str) -> None:
    answer = client.get("/api/recommendations/walking-most-days/trace", headers={"accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert answer.text.startswith(start)
    assert "Pocovi" in answer.text or "pocovi" in answer.text


def test_unchanged_is_304_and_a_write_changes_the_tag(client, bearer) -> None:
    first = client.get("/api/works")
    tag = first.headers["etag"].removeprefix("W/")  # it came as gzip
    assert client.get("/api/works", headers={"if-none-match": f'"other", W/{tag}'}).status_code == 304
    new = "id: work/tea\ntype: Work\ntitle: Tea\nworkType: journal-article\nyear: 2020\n"
    put = client.put(
        "/api/sources/tea", content=new, headers={**bearer("curate"), "content-type": "application/yaml"}
    )
    assert put.status_code == 201, put.text
    changed = client.get("/api/works", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert "tea" in changed.text


def test_search(client, assert_problem) -> None:
    hits = client.get("/api/search", params={"q": "walking recurrence"}).json()
    assert hits["graph"][0]["kind"] == "finding"
    assert [h["score"] for h in hits["graph"]] == sorted((h["score"] for h in hits["graph"]), reverse=True)
    works = client.get("/api/search", params={"q": "walked", "kind": "work", "limit": 3}).json()
    assert {node["type"] for node in works["graph"]} == {"Work"}
    second = client.get(works["page"]["next"]).json()
    assert not {n["id"] for n in works["graph"]} & {n["id"] for n in second["graph"]}
    for odd in ('"', "a AND", "(((", "title:x", "*", "!!", "walk~2^9"):
        assert client.get("/api/search", params={"q": odd}).status_code == 200, odd
    assert_problem(client.get("/api/search", params={"q": "x", "cursor": "zzzz"}), 404, "bad-cursor")


def test_dereferencing(client, assert_problem) -> None:
    page = client.get("/id/work/pocovi2024walkback", headers={"accept": "text/html"})
    assert "WalkBack" in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for kind, format in (
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        answer = client.get("/id/work/pocovi2024walkback", headers={"accept": kind})
        assert answer.headers["content-type"].startswith(kind)
        graph = rdflib.Graph().parse(data=answer.text, format=format)
        node = rdflib.URIRef("https://w3id.org/claimspine/id/work/pocovi2024walkback")
        assert graph.value(node, rdflib.URIRef("http://purl.org/ontology/bibo/doi"))
    assert "prefLabel" in client.get("/id/concept/sleep-duration.ttl").text
    assert client.get("/id/concept/sleep-duration.rdf").headers["content-type"] == "application/rdf+xml"
    assert_problem(client.get("/id/nothing/here"), 404, "unknown-identifier")
    assert_problem(client.get("/id/a%20b%3E"), 404, "unknown-identifier")


def test_a_name_may_end_like_a_format(client, bearer) -> None:
    curator = {**bearer("curate"), "content-type": "text/turtle"}
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
    body = prefix + '<concept/oat> a skos:Concept ; skos:prefLabel "oat"@en .'
    assert client.put("/api/sources/oats.ttl", content=body, headers=curator).status_code == 201
    for accept in ("text/html", "application/ld+json"):
        answer = client.get("/id/source/oats.ttl", headers={"accept": accept})
        assert answer.headers["content-type"].startswith(accept)
    assert "sha256" in client.get("/id/source/oats.ttl.ttl").text


def test_a_page_escapes_what_it_shows(client, bearer) -> None:
    bad = "<script>alert(1)</script>"
    body = f'id: concept/x\ntype: skos:Concept\nprefLabel: "{bad}"\n'
    put = client.put(
        "/api/sources/x", content=body, headers={**bearer("curate"), "content-type": "application/yaml"}
    )
    assert put.status_code == 201, put.text
    page = client.get("/id/concept/x", headers={"accept": "text/html"}).text
    assert bad not in page
    assert "&lt;script&gt;" in page


def test_vocabulary(client) -> None:
    for path in ("/ontology", "/ontology/concepts", "/shapes"):
        assert len(rdflib.Graph().parse(data=client.get(path).text, format="turtle")) > 100
    assert json.loads(client.get("/context.jsonld").text)["@context"]["spine"]
    assert client.get("/ontology/secrets").status_code == 404


def test_every_answer_carries_its_id_and_guards(client) -> None:
    answer = client.get("/api/works", headers={"x-request-id": "mine-1"})
    assert answer.headers["x-request-id"] == "mine-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    odd = client.get("/nowhere", headers={"x-request-id": "bad id\x7f"})
    assert odd.headers["x-request-id"] != "bad id\x7f"


def test_impact_and_what_if(client, assert_problem) -> None:
    told = client.get("/api/works/pocovi2024walkback/impact").json()
    assert told["change"] == "retracted"
    assert "recommendation/walking-most-days" in {one["id"].partition("/id/")[2] for one in told["affected"]}
    assert told["affected"][0]["lost"]
    text = client.get("/api/works/pocovi2024walkback/impact", headers={"accept": "text/plain"})
    assert text.text == client.get("/api/works/pocovi2024walkback/impact?format=text").text
    new = {"measure": "hazard-ratio", "value": 1.02, "low": 0.9, "high": 1.2}
    asked = {"of": ["pocovi2024walkback"], "corrected": {"finding/pocovi2024walkback/recurrence": new}}
    corrected = client.post("/api/what-if", json=asked).json()
    assert (corrected["change"], corrected["exact"]) == ("corrected", True)
    assert_problem(client.get("/api/works/nobody/impact"), 404, "unknown-identifier")
    strange = {**asked, "corrected": {"finding/x": new}}
    assert_problem(client.post("/api/what-if", json=strange), 409, "not-a-finding")
    bad = {**asked, "corrected": {"finding/x": {"measure": "x", "value": "NaN"}}}
    assert_problem(client.post("/api/what-if", json=bad), 422, "invalid-request")


@pytest.mark.parametrize("where", ["/api/what-if", "/api/decisions", "/api/audits"])
def test_what_is_no_json(client, bearer, assert_problem, where: str) -> None:
    curator = bearer("curate")
    for body in ("{", '{"of": [}', "", "[" * 100_000):
        told = {**curator, "content-type": "application/json"}
        answer = client.post(where, content=body, headers=told)
        assert answer.status_code in (400, 422), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert_problem(client.post(where, content="{", headers=told), 400, "json-syntax")
    form = {**curator, "content-type": "application/x-www-form-urlencoded"}
    assert_problem(client.post(where, content='{"of": []}', headers=form), 415, "unsupported-media-type")
