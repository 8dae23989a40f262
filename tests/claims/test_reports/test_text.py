"""The terminal report: places, marks under the words, tables, the last line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from rich.cells import cell_len

from claims.model import AuditReport, Confidence, Diagnostic, Document, EvidencePointer, Severity, Span
from claims.reports import render, render_text
from claims.reports.positions import Lines, shorten, visible
from graph.evidence import Iri


def test_a_point_is_told_like_a_compiler_tells_it(report: AuditReport) -> None:
    shown = render(report, "text")
    assert "articles/beetroot.md:5:33: warning N102 magnitude-word-differs" in shown
    assert "fix: “cures” → “lowers”" in shown
    assert "finding: first stroke: HR 0.91 (95 % CI 0.80 to 1.04)" in shown


def test_the_path_stands_below_each_note_on_a_reference(report: AuditReport) -> None:
    first, second = (
        Diagnostic(
            "S109",
            "reference-without-identifier",
            Severity.INFO,
            Confidence.HIGH,
            f"{name} can be linked",
            report.references[place].reference.span,
            reference=place + 1,
            evidence=(EvidencePointer(Iri(f"https://example.org/{name}"), "work", f"{name} 2019, “Tea”"),),
        )
        for place, name in enumerate(("Lee", "Roe"))
    )
    shown = render_text(replace(report, diagnostics=(first, second)))
    assert "     work: Lee 2019, “Tea”" in shown
    assert "     work: Roe 2019, “Tea”" in shown


def _marked(shown: str, words: str) -> bool:
    """Whether some line of the report has exactly these words above its carets."""
    lines = shown.splitlines()
    for above, below in pairwise(lines):
        if below.strip(" │").startswith("^"):
            start = cell_len(below) - len(below.lstrip(" │"))
            width = below.count("^")
            at, found = 0, ""
            for character in above:
                if start <= at < start + width:
                    found += character
                at += cell_len(character)
            if found == words:
                return True
    return False


@pytest.mark.parametrize("width", [60, 100, 400])
def test_the_marks_stand_under_the_words(width: int, report: AuditReport) -> None:
    shown = render_text(report, width)
    for words in ("cures", "nearly halved", "Science shows", "Nitrate and blood pressure"):
        assert _marked(shown, words), words


def test_the_marks_stand_under_wide_and_tabbed_text(make_document: Callable[..., Document]) -> None:
    text = "緑茶は\tcures 全ての病気 " + "とても" * 80
    start = text.index("cures")
    one = Diagnostic(
        "C103", "absolute-wording", Severity.ERROR, Confidence.HIGH, "no", Span(start, start + 5)
    )
    shown = render_text(AuditReport(make_document(text), (), (), (), (one,), ()), 80)
    assert _marked(shown, "cures")


@pytest.mark.parametrize("width", [60, 72, 100, 160])
def test_no_line_is_wider_than_asked_but_the_head_of_a_point(width: int, report: AuditReport) -> None:
    for line in render_text(report, width).splitlines():
        if not line.startswith("articles/"):  # a path is not broken, so that it can be clicked
            assert cell_len(line) <= width, line


def test_references_name_the_work_and_the_fields_that_differ(report: AuditReport) -> None:
    shown = render_text(report, 200)
    assert (
        "Dietary nitrate and clinic blood pressure in adults with hypertension: a randomised trial" in shown
    )
    assert "differs in title" in shown
    assert "no such work in the library" in shown


def test_claims_show_line_verdict_and_certainty_whole(report: AuditReport) -> None:
    shown = render_text(report, 100)
    assert "not enough information" in shown
    assert "very low" in shown


def test_the_last_lines_count(report: AuditReport) -> None:
    assert render_text(report, 200).splitlines()[-3:] == [
        "2 errors, 2 warnings, 1 note",
        "3 claims: 1 overstated, 1 contradicted, 1 not enough information",
        "3 references: 1 mismatched, 1 not found, 1 retracted",
    ]


@pytest.mark.timeout(60)  # a hang is a failure; how fast it is stands in bench/
def test_a_line_of_a_megabyte_is_not_walked_for_every_point(make_document: Callable[..., Document]) -> None:
    text = "tea cures " * 100_000
    points = tuple(
        Diagnostic("C103", "x", Severity.ERROR, Confidence.HIGH, "m", Span(at, at + 5))
        for at in range(4, 200_000, 1000)
    )
    document = make_document("Tea.")
    shown = render_text(AuditReport(replace(document, text=text), (), (), (), points, ()), 80)
    assert _marked(shown, "cures")


def test_colour_only_when_asked(report: AuditReport) -> None:
    assert "\x1b[" not in render_text(report)
    assert "\x1b[" in render_text(report, colour=True)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_editors_end_them(newline: str) -> None:
    lines = Lines(f"a{newline}bc{newline}")
    at = len("a" + newline) + 1
    assert lines.position(at) == (2, 2)
    assert lines.text(2) == "bc"
    assert lines.position(10**9).line == 3


def test_visible_keeps_the_length_and_the_marks_that_scripts_need() -> None:
    text = "\x1b\x00\u202e\u200fשלום\x9b"
    assert len(visible(text)) == len(text)
    assert visible("\u200fשלום") == "\u200fשלום"


def test_shorten_cuts_at_a_word() -> None:
    assert shorten("walking every day is good", 15) == "walking every…"
    assert shorten("short", 15) == "short"
