"""The service and the commands over data under a base of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from api.cli import app
from api.http import create_app
from api.settings import Settings
from api.tokens import Tokens
from graph.sources import load
from graph.store import open_store
from ontology.loader import DATA_BASE

OWN = "https://evidence.example.org/id/"
ARTICLE = "# Walking\n\nWalking prevents low back pain (Pocovi et al., 2024).\n"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TURTLE = f"<{OWN}concept/oat> a <{SKOS}Concept> ; <{SKOS}prefLabel> 'oats'@en ."


@pytest.fixture
def client(walking: Path, settings: Settings, tokens: Tokens) -> Iterator[TestClient]:
    with open_store("memory", base=OWN) as store:
        load(store, [walking / "evidence"])
        with TestClient(create_app(store, settings=settings, tokens=tokens)) as held:
            yield held


def test_the_service(client: TestClient, bearer: Callable[[str], dict[str, str]]) -> None:
    told = client.get("/api/recommendations/walking-most-days").json()
    assert told["@context"][0]["@base"] == OWN
    assert told["graph"][0]["id"] == OWN + "recommendation/walking-most-days"
    assert client.get("/context.jsonld").json()["@context"]["@base"] == OWN
    for path in ("recommendations/walking-most-days/trace", "works/pocovi2024walkback/impact"):
        assert client.get(f"/api/{path}", params={"format": "json"}).json()["root"].startswith(OWN)
    assert client.get("/api/near/work/pocovi2024walkback").json()["root"] == OWN + "work/pocovi2024walkback"
    thing = client.get("/id/work/pocovi2024walkback", headers={"Accept": "application/n-triples"})
    assert f"<{OWN}work/pocovi2024walkback>" in thing.text
    turtle_said = client.get("/id/work/pocovi2024walkback.ttl").text
    assert f"@prefix id: <{OWN}>" in turtle_said
    page = client.get("/id/work/pocovi2024walkback", headers={"Accept": "text/html"}).text
    assert 'href="/id/study/walkback"' in page
    assert "walking" in client.get("/id/concept/walking", headers={"Accept": "text/turtle"}).text
    asked = "ASK { id:unknown ?p ?o } # id: is the base"
    assert client.get("/sparql", params={"query": asked}).json()["boolean"] is False
    asked = "SELECT ?t { <work/pocovi2024walkback> dcterms:title ?t }"
    assert len(client.get("/sparql", params={"query": asked}).json()["results"]["bindings"]) == 1

    curator, admin = bearer("curate"), bearer("admin")
    graph = {"graph": f"{OWN}source/oats"}
    turtle = {"Content-Type": "text/turtle"}
    put = client.put("/graphs", params=graph, content=TURTLE, headers={**curator, **turtle})
    assert put.status_code == 201
    assert "oats" in [one["name"] for one in client.get("/api/sources").json()["sources"]]
    assert client.delete("/graphs", params=graph, headers=curator).status_code == 204
    journal = {"graph": f"{OWN}journal/x"}
    kept = client.put("/graphs", params=journal, content=TURTLE, headers={**curator, **turtle})
    assert kept.json()["type"].endswith("graph-not-writable")
    update = f"INSERT DATA {{ GRAPH <{OWN}decision/x> {{ <a> <b> <c> }} }}"
    refused = client.post("/update", data={"update": update}, headers=admin)
    assert refused.json()["type"].endswith("graph-not-writable")

    audit = client.post("/api/audits", content=ARTICLE, headers={"Content-Type": "text/markdown"})
    report = audit.json()
    assert report["document"]["id"].startswith(OWN + "document/")
    number = audit.headers["location"].rpartition("/")[2]
    body = {"audit": number, "diagnostic": report["diagnostics"][0]["id"], "decision": "accepted"}
    decided = client.post("/api/decisions", json=body, headers=curator)
    assert decided.status_code == 201, decided.text
    assert decided.json()["id"].startswith(OWN + "decision/")
    assert client.get(decided.headers["location"]).status_code == 200
    (found,) = client.get("/api/decisions", params={"audit": number}).json()["decisions"]
    assert found["status"] == "holds"
    front = client.get("/")
    assert front.status_code == 503 or f'<meta name="data-base" content="{OWN}">' in front.text


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_the_commands(walking: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, report = tmp_path / "store", tmp_path / "report.json"
    article = tmp_path / "article.md"
    article.write_text(ARTICLE, encoding="utf-8")
    monkeypatch.setenv("CLAIMSPINE_BASE", OWN)
    assert run("load", walking / "evidence", "--store", store).exit_code == 0
    audit = ("audit", article, "--format", "json", "--fail-on", "never")
    told = run(*audit, "--evidence", walking / "evidence", "--proof", "--output", report)
    assert told.exit_code == 0, told.output
    said: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert said["document"]["id"].startswith(OWN)
    monkeypatch.delenv("CLAIMSPINE_BASE")

    traced = json.loads(run("trace", "walking-most-days", "--store", store, "--format", "json").stdout)
    assert traced["root"] == OWN + "recommendation/walking-most-days"
    over = json.loads(run(*audit, "--store", store).stdout)
    assert over["document"] == said["document"]
    assert over["claims"] == said["claims"]
    verified = run("verify", report)
    assert verified.exit_code == 0, verified.output
    exported = run("export", "walking-most-days", "--store", store, "--format", "jsonld").stdout
    assert json.loads(exported)["@context"]["@base"] == OWN
    again = run("load", walking / "evidence", "--store", store)
    assert "unchanged" in again.output or again.exit_code == 0
    monkeypatch.setenv("CLAIMSPINE_BASE", DATA_BASE)
    refused = run("trace", "walking-most-days", "--store", store)
    assert "other-base" in str(refused.exception)
    monkeypatch.setenv("CLAIMSPINE_BASE", "evidence")
    refused = run("trace", "walking-most-days", "--evidence", walking / "evidence")
    assert "not-a-base" in str(refused.exception)
