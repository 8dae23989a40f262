"""The one door: names of formats, purity, what every format keeps out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from claims.model import (
    AuditReport,
    Confidence,
    Diagnostic,
    Document,
    EvidencePointer,
    Fix,
    Severity,
    Span,
)
from claims.reports import FORMATS, render, render_all
from graph.errors import ClaimspineError
from graph.evidence import Iri


def test_the_six_formats_are_offered() -> None:
    assert FORMATS == ("text", "json", "html", "sarif", "markdown", "github")


def test_an_unknown_format_is_an_error_that_names_the_known_ones(report: AuditReport) -> None:
    with pytest.raises(ClaimspineError) as caught:
        render(report, "pdf")
    assert caught.value.code == "unknown-format"
    assert "sarif" in (caught.value.hint or "")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_report_gives_the_same_bytes_whatever_the_environment(
    format: str, report: AuditReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = render(report, format)
    monkeypatch.setenv("COLUMNS", "44")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert render(report, format) == once


@pytest.mark.parametrize("format", FORMATS)
def test_diagnostics_in_another_order_give_the_same_report(format: str, report: AuditReport) -> None:
    turned = replace(report, diagnostics=tuple(reversed(report.diagnostics)))
    assert render(turned, format) == render(report, format)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_article_and_a_bare_report_can_be_rendered(
    format: str, make_document: Callable[..., Document]
) -> None:
    empty = AuditReport(make_document(""), (), (), (), (), ())
    assert render(empty, format) is not None


def test_several_reports_in_one(report: AuditReport) -> None:
    assert len(json.loads(render_all([report, report], "json"))) == 2
    assert render_all([report, report], "github") == render(report, "github") * 2
    with pytest.raises(ClaimspineError):
        render_all([report, report], "html")


HOSTILE = (
    "<script>alert(1)</script> \"quoted\" 'single' </style></title><img src=x onerror=alert(1)> "
    "{{ 7*7 }} [bold]x[/bold] :smile: \x00 \x1b[31mred\x1b[0m \u202eevil\u202c \r\n"
    "::error::spoofed %0A @team #1 |cell|"
)


@pytest.fixture
def hostile(make_document: Callable[..., Document]) -> AuditReport:
    document = make_document(HOSTILE, path="a,b:c%.md", title=HOSTILE)
    one = Diagnostic(
        "C103",
        "absolute-wording",
        Severity.ERROR,
        Confidence.HIGH,
        HOSTILE,
        Span(0, len(HOSTILE)),
        evidence=(EvidencePointer(Iri("javascript:alert(1)"), "<b>work</b>", HOSTILE),),
        fix=Fix(Span(0, 8), HOSTILE),
    )
    past_the_end = replace(one, code="C104", span=Span(10**6, 10**6 + 5), fix=Fix(Span(10**6, 10**6), "x"))
    backwards = replace(one, code="C105", span=Span(9, 3))
    return AuditReport(document, (), (), (), (one, past_the_end, backwards), ())


@pytest.mark.parametrize("format", ["text", "html", "markdown", "github"])
def test_no_control_character_of_the_article_gets_out(format: str, hostile: AuditReport) -> None:
    shown = render(hostile, format)
    assert not {character for character in shown if ord(character) < 32} - {"\n"}
    assert "\u202e" not in shown


@pytest.mark.parametrize("format", FORMATS)
def test_a_lone_surrogate_does_not_stop_the_report(
    format: str, make_document: Callable[..., Document]
) -> None:
    document = make_document("Tea \ud800 helps.")
    one = Diagnostic("C103", "x", Severity.INFO, Confidence.LOW, "\udfff", Span(0, 5))
    render(AuditReport(document, (), (), (), (one,), ()), format).encode("utf-8")


def test_github_commands_cannot_be_spoofed(hostile: AuditReport) -> None:
    lines = render(hostile, "github").splitlines()
    assert len(lines) == 3
    assert all(line.startswith("::error file=a%2Cb%3Ac%25.md,") for line in lines)


def test_markdown_stays_text(hostile: AuditReport) -> None:
    shown = render(hostile, "markdown")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "@team" not in shown
    assert "#1" not in shown.replace("\\#\u200b1", "")
    table = [line for line in shown.splitlines() if line.startswith("| ✖")]
    assert len(table) == 3
    for line in table:  # a bar in the article does not make a column
        assert line.replace("\\|", "").count("|") == 5


def test_markdown_fits_a_comment_and_counts_what_it_leaves_out(
    make_document: Callable[..., Document],
) -> None:
    text = "tea cures colds. " * 400
    points = tuple(
        Diagnostic("C103", "x", Severity.ERROR, Confidence.HIGH, "wrong " * 400, Span(at, at + 15))
        for at in range(0, 3400, 17)
    )
    shown = render(AuditReport(make_document(text), (), (), (), points, ()), "markdown")
    assert len(shown) <= 60_000
    assert "150 more in the full report." in shown
