"""Requests that no client of ours sends: each is told what is wrong, and none does less than it seems to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

Problem = Callable[..., dict[str, Any]]
ASK = "/sparql?query=ASK%7B%7D"


@pytest.mark.parametrize(
    "address",
    [
        "/api/works?limit=1&limit=2",
        "/api/works?limit=1&limit=1",
        "/api/claims?verdict=supported&verdict=contradicted",
        "/api/search?q=walk&q=back",
        "/api/recommendations/walking-most-days/trace?format=text&format=svg",
        "/api/works/pocovi2024walkback/impact?change=retracted&change=corrected",
        "/api/decisions?code=N102&code=S101",
    ],
)
def test_a_parameter_given_twice_is_refused(
    client: TestClient, assert_problem: Problem, address: str
) -> None:
    said = assert_problem(client.get(address), 400, "parameter-twice")
    assert said["detail"].endswith("is given 2 times")


def test_what_may_be_repeated_may_be(client: TestClient) -> None:
    both = client.get("/api/search?q=walking&kind=work&kind=study&limit=200").json()["graph"]
    assert {hit["kind"] for hit in both} == {"work", "study"}


def test_parameters_are_utf_8(client: TestClient, assert_problem: Problem) -> None:
    assert_problem(client.get("/api/works?q=caf%e9"), 400, "bad-form")
    assert client.get("/api/works?q=caf%c3%a9").status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/audits", "/api/rules", "/sparql", "/ontology", "/health", "/openapi.json"]
)
def test_a_slash_at_the_end_leads_nowhere(client: TestClient, assert_problem: Problem, path: str) -> None:
    for method in ("GET", "POST", "PUT"):
        answer = client.request(method, f"{path}/", follow_redirects=False)
        assert f"try {path}, without" in assert_problem(answer, 404, "not-found")["hint"]
    assert "without" not in assert_problem(client.get("/api/"), 404, "not-found")["hint"]
    assert_problem(client.get("/id", follow_redirects=False), 404, "not-found")


def test_the_description_says_its_methods_too(client: TestClient) -> None:
    told = "GET, HEAD, OPTIONS"
    assert client.options("/openapi.json").headers["allow"] == told
    refused = client.post("/openapi.json")
    assert (refused.status_code, refused.headers["allow"]) == (405, told)


def test_a_cursor_is_of_one_list(client: TestClient, assert_problem: Problem) -> None:
    given = client.get("/api/works?limit=1").json()["page"]["next"]
    assert client.get(given).status_code == 200
    for other in ("claims", "studies", "decisions", "search"):
        more = "&q=walk" if other == "search" else ""
        assert_problem(client.get(given.replace("works", other) + more), 404, "bad-cursor")
    for made_up in ("", "YQ", "d29ya3M", "d29ya3Mg"):  # nothing, "a", "works", "works "
        assert_problem(client.get(f"/api/works?cursor={made_up}"), 404, "bad-cursor")


@pytest.mark.parametrize("accept", ["*", ",", " , ,", "text/html, image/gif, *; q=.2"])
def test_anything_may_be_asked_for_in_more_than_one_way(client: TestClient, accept: str) -> None:
    trace = "/api/recommendations/walking-most-days/trace"
    assert client.get(trace, headers={"accept": accept}).headers["content-type"] == "application/ld+json"


@pytest.mark.parametrize(
    "headers", [{"content-encoding": "gzip"}, {"transfer-encoding": "gzip, chunked"}], ids=str
)
def test_a_pressed_query_is_not_taken_for_a_plain_one(
    client: TestClient,
    assert_problem: Problem,
    bearer: Callable[[str], dict[str, str]],
    headers: dict[str, str],
) -> None:
    plain = {"content-type": "application/sparql-query"}
    assert client.post("/sparql", content="ASK {}", headers=plain).status_code == 200
    assert_problem(
        client.post("/sparql", content="ASK {}", headers={**plain, **headers}), 415, "unsupported-media-type"
    )
    told = {"content-type": "application/sparql-update", **headers, **bearer("admin")}
    assert_problem(client.post("/update", content="CLEAR ALL", headers=told), 415, "unsupported-media-type")


def test_what_is_wrong_is_said_in_words_of_json(client: TestClient, assert_problem: Problem) -> None:
    assert_problem(client.post("/api/audits"), 400, "no-article")
    for where, sent, said in (
        ("/api/audits", "[]", ("/body", "give a JSON object")),
        ("/api/what-if", "null", ("/body", "give a JSON object")),
        ("/api/what-if", "", ("/body", "it is missing")),
        ("/api/what-if", '{"of": ["a"], "on": 1}', ("/body/on", "there is no such field")),
    ):
        answer = client.post(where, content=sent, headers={"content-type": "application/json"})
        (one,) = assert_problem(answer, 422, "invalid-request")["errors"]
        assert (one["pointer"], one["detail"]) == said


def test_a_long_name_is_not_said_again_whole(client: TestClient, assert_problem: Problem) -> None:
    said = assert_problem(client.get("/api/works/" + "a" * 3000), 404, "unknown-identifier")
    assert len(said["detail"]) < 300


def test_the_same_bytes_as_another_kind_of_text_are_another_article(client: TestClient) -> None:
    ids, kinds = set(), []
    for kind in ("text/markdown", "text/html"):
        made = client.post("/api/audits", content="<p>Tea.</p>", headers={"content-type": kind})
        ids.add(made.json()["id"])
        kinds.append(client.get(made.headers["location"] + "/article").json()["media_type"])
    assert len(ids) == 2
    assert kinds == ["text/markdown", "text/html"]
