"""A report with a proof can be run again, and says what is no longer the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.audit import Checker
from claims.proof import Inputs, compare, inputs_of, proof_of, proof_within
from claims.reading import read_text
from claims.reports.parts import to_dict
from graph.errors import ClaimspineError
from graph.sources import load
from graph.store import open_store

SLEEP = Path(__file__).parents[1] / "data" / "fictitious" / "sleep"


def audited(article: str, evidence: Path) -> dict[str, Any]:
    inputs = Inputs("article.md", evidence=(str(evidence),))
    with open_store("memory") as store:
        load(store, [evidence])
        checker = Checker.of(evidence=[evidence])
        report = checker.check(read_text(article, path="article.md"))
        whole = to_dict(report, labels={"x": "y"}) | {"proof": proof_of(report, checker, inputs, [store])}
    parsed: dict[str, Any] = json.loads(json.dumps(whole))
    return parsed


@pytest.fixture(scope="module")
def article() -> str:
    return (SLEEP / "article.md").read_text("utf-8")


@pytest.fixture(scope="module")
def proven(article: str) -> dict[str, Any]:
    return audited(article, SLEEP / "evidence.yaml")


def differing(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    return {one.what for one in compare(old["proof"], new["proof"]) if not one.same}


def test_the_same_again_is_the_same(article: str, proven: dict[str, Any]) -> None:
    assert differing(proven, audited(article, SLEEP / "evidence.yaml")) == set()


def test_another_article_differs(article: str, proven: dict[str, Any]) -> None:
    new = audited(article.replace("28% higher", "35% higher"), SLEEP / "evidence.yaml")
    assert differing(proven, new) == {"the article", "the result"}


def test_other_evidence_differs(article: str, proven: dict[str, Any], tmp_path: Path) -> None:
    changed = tmp_path / "evidence.yaml"
    text = (SLEEP / "evidence.yaml").read_text("utf-8")
    changed.write_text(text.replace("value: 1.28", "value: 1.38").replace("high: 1.46", "high: 1.6"), "utf-8")
    said = differing(proven, audited(article, changed))
    assert said >= {"references and evidence", "the triples behind the claims", "the result"}
    assert "the article" not in said


def test_the_triples_lead_from_the_claims_to_the_works(proven: dict[str, Any]) -> None:
    proof = proven["proof"]
    assert "SELECT" in proof["query"]
    assert "PREFIX spine:" in proof["query"]
    roots = {root for path in proof["paths"] for root in path["roots"]}
    text = "\n".join(proof["triples"])
    assert roots
    assert all(f"<{root}>" in text for root in roots)
    assert "10.5555/fe.2020.0012" in text


def test_a_report_that_was_changed_does_not_fit_its_proof(proven: dict[str, Any]) -> None:
    changed = json.loads(json.dumps(proven))
    changed["claims"][0]["verdict"] = "contradicted"
    with pytest.raises(ClaimspineError, match="changed after"):
        proof_within(changed)
    changed = json.loads(json.dumps(proven))
    changed["proof"]["triples"].pop()
    with pytest.raises(ClaimspineError, match="changed after"):
        proof_within(changed)
    assert inputs_of(proof_within(proven)).article == "article.md"


@pytest.mark.parametrize(
    "report",
    [
        {},
        [],
        None,
        7,
        {"proof": 1},
        {"proof": {"version": "1"}},
        {"proof": {"version": "1", "hashes": {}, "inputs": []}},
        {"proof": {"version": "9", "hashes": {}, "inputs": {}}},
    ],
)
def test_what_holds_no_proof_is_a_message(report: object) -> None:
    with pytest.raises(ClaimspineError):
        proof_within(report)
