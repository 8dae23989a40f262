"""The HTTP service over the walking example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http import create_app
from api.http.problems import title_of
from graph.sources import load
from graph.store import open_store


@pytest.fixture(scope="module")
def client(walking: Path) -> Iterator[TestClient]:
    with open_store("memory") as store:
        load(store, [walking / "evidence"])
        with TestClient(create_app(store), raise_server_exceptions=False) as held:
            yield held


def assert_problem(answer, status: int, code: str) -> None:  # type: ignore[no-untyped-def]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    body = answer.json()
    assert body["status"] == status
    assert body["type"].endswith(code)
    assert body["detail"]


def test_recommendations(client: TestClient) -> None:
    answer = client.get("/api/recommendations")
    assert answer.headers["content-type"].startswith("application/ld+json")
    (one,) = answer.json()["graph"]
    assert one["id"].endswith("recommendation/walking-most-days")


def test_trace_reaches_both_studies_and_what_speaks_against(client: TestClient) -> None:
    body = client.get("/api/recommendations/walking-most-days/trace").json()
    ids = {node["id"].rsplit("/", 1)[-1] for node in body["graph"] if "id" in node}
    assert {"pocovi2024walkback", "haddadj2025walking"} <= ids
    directions = {node.get("direction", "").rsplit("-", 1)[-1] for node in body["graph"]}
    assert {"supports", "refutes", "neutral"} <= directions


def test_a_work(client: TestClient) -> None:
    nodes = client.get("/api/works/pocovi2024walkback").json()["graph"]
    assert nodes[0]["doi"] == "10.1016/S0140-6736(24)00755-4"


def test_what_is_not_there(client: TestClient) -> None:
    assert client.get("/api/works/nobody2020").status_code == 404
    assert_problem(client.get("/nowhere"), 404, "not-found")


def test_an_audit(client: TestClient) -> None:
    claim = "Walking nearly halved the risk of recurrent low back pain in a trial (Pocovi et al., 2024)."
    text = f"# Backs\n\n{claim}\n"
    reference = "\n## References\n\nPocovi, N. C., et al. (2024). Effectiveness and cost-effectiveness of an individualised, progressive walking and education intervention for the prevention of low back pain recurrence in Australia (WalkBack): a randomised controlled trial. The Lancet, 404(10448), 134-144.\n"  # noqa: E501
    body = client.post("/api/audits", json={"text": text + reference}).json()
    assert body["references"][0]["status"] == "verified"
    assert "N102" in {one["code"] for one in body["diagnostics"]}


def test_bad_audits_are_problems(client: TestClient) -> None:
    assert_problem(client.post("/api/audits", json={"text": ""}), 422, "invalid-request")
    assert_problem(client.post("/api/audits", json={"text": "x", "more": 1}), 422, "invalid-request")
    assert_problem(client.post("/api/audits", json={"text": "Tea.", "select": ["Q9"]}), 400, "unknown-rule")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        (None, "json"),
    ],
)
def test_sparql_by_every_way_in(client: TestClient, accept: str | None, kind: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?work a spine:Work }"
    headers = {"accept": accept} if accept else {}
    answers = [
        client.get("/sparql", params={"query": query}, headers=headers),
        client.post("/sparql", data={"query": query}, headers=headers),
        client.post(
            "/sparql", content=query, headers={**headers, "content-type": "application/sparql-query"}
        ),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert kind in answer.headers["content-type"]
        assert "56" in answer.text


def test_sparql_stays_at_home_and_reads_only(client: TestClient) -> None:
    remote = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    assert_problem(client.get("/sparql", params={"query": remote}), 400, "query-leaves-store")
    assert client.get("/sparql", params={"query": "DELETE WHERE { ?s ?p ?o }"}).status_code == 400
    assert_problem(client.get("/sparql", params={"query": "SELECT"}), 400, "query-syntax")
    construct = "CONSTRUCT { ?s a spine:Work } WHERE { ?s a spine:Work }"
    turtle = client.get("/sparql", params={"query": construct}, headers={"accept": "text/turtle"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert_problem(
        client.get("/sparql", params={"query": construct}, headers={"accept": "text/csv"}),
        406,
        "not-acceptable",
    )


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("store-in-use", "Store in use"),
        ("json-syntax", "JSON syntax"),
        ("not-an-iri", "Not an IRI"),
        ("one-query", "Exactly one query is needed"),
    ],
)
def test_titles_read_as_a_person_writes(code: str, title: str) -> None:
    assert title_of(code) == title
