"""What a run left out by its own limits is said in every report that people read."""

from __future__ import annotations

from dataclasses import replace

from claims.model import AuditReport
from claims.propositions import MAXIMUM_CLAIMS
from claims.reading import read_text
from claims.reports import render
from claims.reports.limits import limits
from claims.reports.phrases import work_name
from claims.sentence.slots import MAXIMUM_LENGTH


def test_nothing_left_out_nothing_said(report: AuditReport) -> None:
    assert limits(report) == ()


def test_findings_left_out_are_counted_in_every_report(report: AuditReport) -> None:
    first, *others = report.claims
    full = replace(report, claims=(replace(first, left_out=7), *others))
    (told,) = limits(full)
    assert told.startswith("7 findings of 1 claim not shown")
    for kind in ("text", "markdown", "html"):
        shown = " ".join(render(full, kind).split())
        assert "7 findings of 1 claim not shown" in shown, kind
        assert "findings of 1 claim not shown" not in render(report, kind)


def test_long_articles_sentences_and_abstracts(report: AuditReport) -> None:
    many = replace(report, claims=(report.claims[0],) * MAXIMUM_CLAIMS)
    assert any(f"first {MAXIMUM_CLAIMS:,} claims" in told for told in limits(many))
    endless = read_text("Walking " + "and walking " * (MAXIMUM_LENGTH // 8) + "helps.", "text/markdown")
    assert any("1 sentence longer than 4,000" in told for told in limits(replace(report, document=endless)))
    linked = report.claims[0]
    wordy = replace(linked, works=(replace(linked.works[0], abstract="Walking helps. " * 500),))
    assert any("1 abstract longer than 6,000" in told for told in limits(replace(report, claims=(wordy,))))


def test_works_of_which_nothing_is_known_are_named(report: AuditReport) -> None:
    linked = report.claims[0]
    bare = replace(
        report, claims=(replace(linked, works=(replace(linked.works[0], abstract=None),), findings=()),)
    )
    (told,) = limits(bare)
    assert told.startswith(f"Nothing is known of what 1 cited work found ({work_name(linked.works[0])})")
    assert "with their abstracts" in told
    held = replace(
        bare, claims=(replace(linked, works=(replace(linked.works[0], abstract="Tea."),), findings=()),)
    )
    assert limits(held) == ()
