"""Fixes are made only where the article, audited again, comes back clean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from claims.audit import Checker
from claims.fixing import apply_fixes, fix_article, without_overlaps
from claims.model import AuditReport, Document, Fix, Severity, Span
from claims.reading import read_article, read_text


@pytest.fixture(scope="module")
def checker(walking: Path) -> Checker:
    return Checker.of(evidence=[walking / "evidence"])


@pytest.fixture(scope="module")
def report(checker: Checker, walking: Path) -> AuditReport:
    return checker.check(read_article(walking / "article.md"))


def test_the_walking_article_is_mended(checker: Checker, report: AuditReport) -> None:
    fixed = fix_article(report, checker.check)
    assert {one.code for one in fixed.made} >= {"N102", "P104"}
    assert "nearly halved" not in fixed.text
    assert "28 %" in fixed.text
    again = checker.check(read_text(fixed.text, "text/markdown", report.document.path))
    assert again.diagnostics == fixed.report.diagnostics
    assert len(again.diagnostics) <= len(report.diagnostics) - len(fixed.made)
    assert fix_article(again, checker.check).made == ()


def test_all_else_stays_as_it_was(checker: Checker, report: AuditReport) -> None:
    fixed = fix_article(report, checker.check)
    before, after = report.document.text.splitlines(), fixed.text.splitlines()
    changed = {
        report.document.text.count("\n", 0, one.fix.span.start) for one in fixed.made if one.fix is not None
    }
    assert [line for number, line in enumerate(before) if number not in changed] == [
        line for number, line in enumerate(after) if number not in changed
    ]


def test_a_fix_that_raises_another_point_is_not_made(report: AuditReport, checker: Checker) -> None:
    point = next(one for one in report.diagnostics if one.code == "N102")
    assert point.fix is not None
    worse = replace(point, fix=Fix(point.fix.span, "cured"))
    spoiled = replace(report, diagnostics=tuple(worse if one is point else one for one in report.diagnostics))

    def strict(document: Document) -> AuditReport:
        after = checker.check(document)
        if "cured" in document.text:
            extra = replace(point, code="C103", severity=Severity.ERROR)
            return replace(after, diagnostics=(*after.diagnostics, extra))
        return after

    fixed = fix_article(spoiled, strict)
    assert "cured" not in fixed.text
    assert {one.code for one in fixed.made} >= {"P104"}, "the other fixes are made one by one"


def test_a_fix_that_would_cut_markup_is_not_made(report: AuditReport, checker: Checker) -> None:
    text = "Walking **nearly** halved it."
    point = replace(
        next(one for one in report.diagnostics if one.code == "N102"), fix=Fix(Span(8, 25), "lowered")
    )
    cut = replace(report, document=read_text(text), diagnostics=(point,))
    assert fix_article(cut, lambda document: replace(report, document=document, diagnostics=())).made == ()


def test_fixes_in_html_are_escaped(report: AuditReport) -> None:
    document = read_text("<p>Walking halves pain.</p>", "text/html")
    point = replace(
        next(one for one in report.diagnostics if one.code == "N102"),
        fix=Fix(Span(11, 17), "p < 0.05 & eases"),
    )
    page = replace(report, document=document, diagnostics=(point,))
    fixed = fix_article(page, lambda edited: replace(report, document=edited, diagnostics=()))
    assert fixed.text == "<p>Walking p &lt; 0.05 &amp; eases pain.</p>"


def test_of_two_that_overlap_the_first_is_made() -> None:
    fixes = [Fix(Span(2, 4), "X"), Fix(Span(0, 3), "Y"), Fix(Span(4, 5), "Z")]
    assert apply_fixes("abcdef", fixes) == "YdZf"
    assert without_overlaps(fixes) == (fixes[1], fixes[2])
