"""The one door to every format. Each writer is imported when it is asked for, which keeps start-up short."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from claims.model import AuditReport
from claims.reports.parts import to_dict
from claims.rule import Rule
from graph.errors import ClaimspineError

Labels = Mapping[str, str]


FORMATS = ("text", "json", "html", "sarif", "markdown", "github")


def render_text(report: AuditReport, width: int = 100, colour: bool = False) -> str:
    """The report for a terminal, at most ``width`` columns wide; see ``claims.reports.text``."""
    from claims.reports.text import render_text as write

    return write(report, width, colour)


def render(
    report: AuditReport,
    format: str,
    *,
    labels: Labels | None = None,
    rules: Iterable[Rule] = (),
) -> str:
    """The report in one of ``FORMATS``: pure, and the same bytes for the same report.

    ``labels`` names concepts by IRI where the article itself does not mention them; ``rules`` gives
    SARIF the rules' titles and sources. The text can always be encoded as UTF-8. Raises
    ``ClaimspineError`` (``unknown-format``).
    """
    written = _written(report, format, labels or {}, tuple(rules))
    # A lone surrogate (only a broken reader can make one) must not stop the report from being written.
    return written.encode("utf-8", "backslashreplace").decode("utf-8")


def _written(report: AuditReport, format: str, labels: Labels, rules: tuple[Rule, ...]) -> str:
    match format:
        case "text":
            return render_text(report)
        case "json":
            whole = to_dict(report, labels=labels)
            return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        case "html":
            from claims.reports.html import render_html

            return render_html(report, labels=labels)
        case "sarif":
            from claims.reports.sarif import render_sarif

            return render_sarif([report], rules=rules)
        case "markdown":
            from claims.reports.markdown import render_markdown

            return render_markdown(report)
        case "github":
            from claims.reports.github import render_github

            return render_github(report)
    raise ClaimspineError(
        "unknown-format", f"there is no report format {format!r}", hint=f"one of: {', '.join(FORMATS)}"
    )
