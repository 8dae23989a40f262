"""The example article, audited and told in every format."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from claims.audit import audit
from claims.model import AuditReport
from claims.reports import FORMATS, render

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "walking-spine"


@pytest.fixture(scope="module")
def walking() -> AuditReport:
    return audit(EXAMPLE / "article.md", evidence=[EXAMPLE / "evidence"])


def test_the_json_is_valid(walking: AuditReport) -> None:
    schema = json.loads((ROOT / "docs" / "audit-report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(render(walking, "json")))


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in ("github", "sarif")])
def test_the_right_work_is_named_for_a_reference_that_is_not_what_it_claims_to_be(
    format: str, walking: AuditReport
) -> None:
    shown = " ".join(render(walking, format).split())
    assert "Pocovi NC" in shown or "Pocovi et al" in shown
    assert "Haddadj R" in shown or "Haddadj et al" in shown


def test_the_page_draws_what_nearly_halved_means(walking: AuditReport) -> None:
    page = render(walking, "html")
    assert "article: “nearly halved”" in page
    assert "HR 0.72 (0.60 to 0.85)" in page
