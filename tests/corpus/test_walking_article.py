"""The article that Claimspine began from: what must be said of it, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.audit import Checker
from claims.model import AuditReport, Diagnostic
from claims.reading import read_article

INVENTED = {  # printed first author: the work it really is
    "Halliday": "work/pocovi2024walkback",
    "Hirano": "work/frigo2025spinelength",
    "Kim": "work/zhang2024opensim",
    "Shang": "work/haddadj2025walking",
}


@pytest.fixture(scope="module")
def report(walking: Path) -> AuditReport:
    checker = Checker.of(evidence=[walking / "evidence"])
    return checker.check(read_article(walking / "article.md"))


def said(report: AuditReport, code: str, words: str = "") -> list[Diagnostic]:
    """The diagnostics of a code whose marked line holds the words."""
    text = report.document.text

    def line(one: Diagnostic) -> str:
        return text[text.rfind("\n", 0, one.span.start) + 1 : (text + "\n").find("\n", one.span.start)]

    return [one for one in report.diagnostics if one.code == code and words.lower() in line(one).lower()]


@pytest.mark.parametrize("printed", INVENTED)
def test_four_references_are_not_what_they_claim_to_be(report: AuditReport, printed: str) -> None:
    reference = next(one for one in report.references if printed in one.reference.raw)
    assert reference.status == "mismatch"
    assert reference.work is not None
    assert reference.work.iri.endswith(INVENTED[printed])
    points = [one for one in report.diagnostics if one.reference == reference.reference.index]
    codes = {one.code for one in points}
    assert "S101" in codes or {"S102", "S103"} <= codes
    right = reference.work.authors[0].split()[0]
    assert any(right in one.message for one in points), "the right work is named"
    disagreeing = {field.field for field in reference.fields if field.agrees is False}
    assert {"authors", "title"} <= disagreeing


def test_the_fifth_reference_is_verified_and_nothing_is_said_against_it(report: AuditReport) -> None:
    reference = next(one for one in report.references if "MacKay" in one.reference.raw)
    assert reference.status == "verified"
    assert all(field.agrees for field in reference.fields if field.printed)
    agreeing = {field.field for field in reference.fields if field.agrees}
    assert agreeing >= {"authors", "year", "title", "journal"}
    assert not [one for one in report.diagnostics if one.reference == reference.reference.index]


def test_the_impossible_locator(report: AuditReport) -> None:
    assert said(report, "S108", "e2835297")


def test_nearly_halved_is_a_hazard_ratio_of_0_72(report: AuditReport) -> None:
    (point,) = said(report, "N102", "nearly halved")
    for words in ("0.72", "0.60", "0.85"):
        assert words in point.message
    assert point.fix is not None
    assert "28" in point.fix.text


def test_education_was_dropped(report: AuditReport) -> None:
    assert any("education" in one.message for one in said(report, "P104", "lancet"))


def test_a_causal_heading_over_a_cohort(report: AuditReport) -> None:
    assert said(report, "C101", "chronic")


def test_the_numbers_that_are_right_are_left_alone(report: AuditReport) -> None:
    loud = [one for one in report.diagnostics if one.code.startswith("N1") and one.severity != "info"]
    text = report.document.text
    for one in loud:
        marked = text[one.span.start : one.span.end]
        assert not any(number in marked for number in ("23", "78", "100", "112", "208")), one.message


def test_the_recommended_dose_is_below_the_cohorts(report: AuditReport) -> None:
    points = said(report, "P103", "most days")
    assert points
    assert any("78" in one.message or "100" in one.message or "101" in one.message for one in points)


def test_every_claim_has_a_verdict(report: AuditReport) -> None:
    assert [one.claim for one in report.assessments] == [one.claim.id for one in report.claims]
    assert len(report.claims) >= 9


def test_no_rule_crashed(report: AuditReport) -> None:
    assert not said(report, "X900")
