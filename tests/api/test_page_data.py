"""The routes that the web page asks for beside the reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http import create_app, pages
from api.settings import Settings
from graph.store import Store

ARTICLE = "# Salt 🧂\n\nScience **shows** that salt &amp; sugar cause gout 🧂 and always will.\n"


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    settings = Settings(requests_per_minute=0, audits_per_minute=0, query_workers=1)
    with TestClient(create_app(store, settings=settings)) as held:
        yield held


def audited(client: TestClient, text: str, media_type: str = "text/markdown") -> dict[str, Any]:
    answer = client.post("/api/audits", content=text.encode(), headers={"Content-Type": media_type})
    assert answer.status_code == 201
    return dict(answer.json())


@pytest.mark.parametrize("media_type", ["text/markdown", "text/html", "text/plain"])
def test_the_runs_of_a_block_lead_back_to_the_original(client: TestClient, media_type: str) -> None:
    text = ARTICLE if media_type != "text/html" else f"<h1>Salt</h1><p>{ARTICLE}</p>"
    found = client.get(f"/api/audits/{audited(client, text, media_type)['id']}/article").json()
    assert found["media_type"] == media_type
    assert found["text"] == text
    assert found["blocks"]
    for block in found["blocks"]:
        runs = block["runs"]
        assert runs[0][0] == 0
        for (begin, offset), (end, _) in zip(runs, [*runs[1:], (len(block["text"]), 0)], strict=True):
            words = block["text"][begin:end]
            if words.isascii() and words.isalpha():
                assert text[offset : offset + end - begin] == words
        assert block["end"] <= len(text)


def test_the_plots_of_a_claim_carry_what_the_article_says(client: TestClient, walking: Path) -> None:
    report = audited(client, (walking / "article.md").read_text(encoding="utf-8"))
    plots = client.get(f"/api/audits/{report['id']}/plots").json()
    claims = {one["id"] for one in report["claims"]}
    assert plots
    assert set(plots) <= claims
    claimed = [plot["claimed"]["words"] for found in plots.values() for plot in found if plot["claimed"]]
    assert "nearly halved" in claimed
    for found in plots.values():
        for plot in found:
            assert plot["rows"]
            assert plot["none"] == (1.0 if plot["logarithmic"] else 0.0)


@pytest.mark.parametrize("part", ["article", "plots"])
def test_an_audit_that_is_not_kept_is_not_found(client: TestClient, part: str) -> None:
    assert client.get(f"/api/audits/{'0' * 64}/{part}").status_code == 404


def test_every_rule_has_a_page_in_pieces(client: TestClient) -> None:
    listed = client.get("/api/rules").json()
    assert len(listed) >= 45
    for one in listed:
        page = client.get(f"/api/rules/{one['code']}").json()
        headings = [part["text"][0][1] for part in page["body"] if part["kind"] == "heading"]
        assert headings[:2] == ["Why is this bad?", "How to fix"], one["code"]
        assert any(part["kind"] == "code" for part in page["body"]), one["code"]
    assert client.get("/api/rules/n102").json()["code"] == "N102"
    assert client.get("/api/rules/Z999").status_code == 404


def test_the_structure_below_a_recommendation(client: TestClient) -> None:
    found = client.get("/api/structure/walking-most-days").json()
    assert found["root"]["supports"] > found["root"]["refutes"] > 0
    assert found["unsupportedSteps"]
    assert found["root"]["certainty"]["level"] == "low"
    below = client.get("/api/structure/walking-lowers-recurrence", params={"kind": "claim"}).json()
    assert below["root"]["kind"] == "claim"
    judged = below["root"]["certainty"]
    assert {(one["domain"], one["levels"]) for one in judged["steps"]} == {
        ("indirectness", -1),
        ("risk-of-bias", -1),
    }
    assert [one.partition(":")[0] for one in judged["notSerious"]] == ["inconsistency", "imprecision"]
    assert judged["notJudged"] == ["publication bias: not assessed"]
    assert not judged["atMost"]
    parts = {one["label"]: one["certainty"] for one in found["parts"]}
    assert parts["Guidelines advise exercise for chronic low back pain."]["atMost"]
    assert client.get("/api/structure/none-such").status_code == 404
    assert client.get("/api/structure/x", params={"kind": "planet"}).status_code == 422


def test_what_is_near_a_thing(client: TestClient) -> None:
    found = client.get("/api/near/work/pocovi2024walkback").json()
    assert "@context" not in found
    assert {one["kind"] for one in found["nodes"]} >= {"work", "finding"}
    for wrong in ("work/none-such", "planet/x", "work/", "a%00b", "https://example.org/work/x"):
        assert client.get(f"/api/near/{wrong}").status_code in (404, 409, 422), wrong


def test_nothing_is_to_be_looked_at_again_while_all_stands(client: TestClient) -> None:
    assert client.get("/api/re-review").json() == []


def test_the_example_queries_are_served_with_their_questions(client: TestClient) -> None:
    found = client.get("/api/queries").json()
    assert len(found) >= 20
    for one in found:
        assert one["title"]
        assert "?" in one["question"], one["name"]
        assert not one["text"].startswith("#")


def test_the_example_is_audited_with_its_own_evidence_and_nothing_is_stored() -> None:
    if pages.read("example/article.md") is None:
        pytest.skip("the page is not built: make web")
    from graph.store import open_store

    with open_store("memory") as empty, TestClient(create_app(empty)) as bare:
        made = bare.post("/api/example", json={}).json()
        report = bare.get(f"/api/audits/{made['audit']}", params={"format": "json"}).json()
        assert report["summary"]["references"]["mismatch"] + report["summary"]["references"]["not-found"] == 4
        assert any(one["code"] == "N102" for one in report["diagnostics"])
        edited = bare.post("/api/example", json={"text": "# Tea\n\nTea is warm.\n"}).json()
        assert edited["audit"] != made["audit"]
        assert bare.get("/api/sources").json() == {"sources": []}
        assert bare.get("/api/recommendations").json()["graph"] == []
        assert bare.post("/api/example", json={"text": ""}).status_code == 422
