"""The JSON report against its published schema, and what stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from claims.model import AuditReport, Document, LinkedFinding
from claims.reports import render, to_dict
from claims.reports.evidence_parts import as_number
from graph.evidence import EffectEstimate, Finding, Iri

SCHEMA = Path(__file__).parents[3] / "docs" / "audit-report.schema.json"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_report_is_valid(report: AuditReport, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(json.loads(render(report, "json")))


def test_an_empty_report_is_valid(
    make_document: Callable[..., Document], validator: jsonschema.Draft202012Validator
) -> None:
    validator.validate(to_dict(AuditReport(make_document("", path=""), (), (), (), (), ())))


def _objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)


def test_the_schema_demands_every_field_it_names_and_admits_no_other() -> None:
    objects = list(_objects(json.loads(SCHEMA.read_text(encoding="utf-8"))))
    assert len(objects) > 20
    for one in objects:
        assert one["additionalProperties"] is False
        optional = {"proof"} if "schema_version" in one["properties"] else set()  # only with --proof
        assert set(one["required"]) == set(one["properties"]) - optional


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claims", 0, "verdict"), "proven"),
        (("claims", 0, "span", "line"), 0),
        (("diagnostics", 0, "code"), "c103"),
        (("references", 0, "status"), "fine"),
        (("schema_version",), "2"),
    ],
)
def test_the_schema_refuses_what_is_wrong(
    path: tuple[str | int, ...],
    value: object,
    report: AuditReport,
    validator: jsonschema.Draft202012Validator,
) -> None:
    whole: Any = json.loads(render(report, "json"))
    inside = whole
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    assert not validator.is_valid(whole)


def test_spans_have_line_and_column_and_quote_the_article(report: AuditReport) -> None:
    whole = to_dict(report)
    halved = next(one for one in whole["diagnostics"] if one["code"] == "N102")
    assert halved["span"]["line"] == 5
    assert halved["span"]["column"] == 33
    assert report.document.text[halved["span"]["start"] : halved["span"]["end"]] == "nearly halved"
    for claim in whole["claims"]:
        assert report.document.text[claim["span"]["start"] : claim["span"]["end"]] == claim["text"]


def test_slots_carry_the_labels_given_else_the_name_that_the_iri_spells(report: AuditReport) -> None:
    pressure = report.claims[0].claim.proposition.outcome[0]
    slot = to_dict(report)["claims"][0]["proposition"]
    assert slot["exposure"][0]["label"] == "beetroot juice"
    assert slot["outcome"][0]["label"] == "systolic blood pressure"
    named = to_dict(report, labels={pressure: "clinic pressure"})["claims"][0]["proposition"]
    assert named["outcome"][0]["label"] == "clinic pressure"


def test_a_concept_with_a_number_for_a_name_is_called_by_the_words_of_the_article(
    report: AuditReport,
) -> None:
    first = report.claims[0]
    mesh = Iri("http://id.nlm.nih.gov/mesh/D018757")
    mention = replace(first.claim.mentions[0], concept=mesh, label="beetroot")
    claim = replace(
        first.claim, mentions=(mention,), proposition=replace(first.claim.proposition, exposure=(mesh,))
    )
    slot = to_dict(replace(report, claims=(replace(first, claim=claim),)))["claims"][0]["proposition"]
    assert slot["exposure"] == [{"id": mesh, "label": "beetroot"}]


def test_what_is_unknown_is_null_and_counts_name_every_verdict(report: AuditReport) -> None:
    whole = to_dict(report)
    assert whole["claims"][2]["certainty"] == {"level": None, "reasons": []}
    assert whole["claims"][1]["evidence"][1]["finding"]["effect"]["low"] is None
    assert whole["summary"]["verdicts"]["supported"] == 0
    assert whole["summary"]["references"] == {
        "verified": 0,
        "mismatch": 1,
        "not-found": 1,
        "ambiguous": 0,
        "retracted": 1,
        "unchecked": 0,
    }
    assert whole["references"][0]["fields"][4]["agrees"] is None


def test_the_claim_lists_its_diagnostics_and_its_evidence(report: AuditReport) -> None:
    claim = to_dict(report)["claims"][1]
    assert claim["diagnostics"] == ["diagnostic-2", "diagnostic-3"]
    assert [one["direction"] for one in claim["evidence"]] == ["neutral", "refutes"]
    assert claim["evidence"][0]["work"]["name"] == "Choi and Bell 2021"
    assert claim["evidence"][0]["finding"]["effect"]["value"] == 0.91


def test_a_diagnostic_without_an_id_gets_one(report: AuditReport) -> None:
    bare = replace(report, diagnostics=tuple(replace(one, id="") for one in report.diagnostics))
    ids = [one["id"] for one in to_dict(bare)["diagnostics"]]
    assert len(set(ids)) == 5


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("0.60"), 0.6),
        (Decimal("30"), 30),
        (Decimal("1E+400"), None),
        (Decimal("NaN"), None),
        (Decimal("Infinity"), None),
        (None, None),
    ],
)
def test_numbers(value: Decimal | None, shown: object) -> None:
    assert as_number(value) == shown


def test_numbers_that_are_none_stay_valid_json(
    report: AuditReport, validator: jsonschema.Draft202012Validator
) -> None:
    odd = Finding(Iri("urn:x"), effect=EffectEstimate("odds-ratio", Decimal("NaN"), Decimal("-Infinity")))
    first = replace(report.claims[0], findings=(LinkedFinding(odd, None, None, "neutral", "topic", 0.1),))
    validator.validate(json.loads(render(replace(report, claims=(first,)), "json")))
