"""The one door to every format. Each writer is imported when it is asked for, which keeps start-up short."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from claims.model import AuditReport
from claims.reports import parts
from claims.rule import Rule
from graph.errors import ClaimspineError

Labels = Mapping[str, str]


class _Writer(Protocol):
    def __call__(
        self, report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str
    ) -> str: ...


def _text(report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str) -> str:
    return render_text(report)


def _json(report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str) -> str:
    whole = parts.to_dict(report, labels=labels, tool_version=version)
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _html(report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str) -> str:
    from claims.reports.html import render_html

    return render_html(report, labels=labels, tool_version=version)


def _sarif(report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str) -> str:
    from claims.reports.sarif import render_sarif

    return render_sarif([report], rules=rules, tool_version=version)


def _markdown(report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str) -> str:
    from claims.reports.markdown import render_markdown

    return render_markdown(report)


def _github(report: AuditReport, *, labels: Labels, rules: tuple[Rule, ...], version: str) -> str:
    from claims.reports.github import render_github

    return render_github(report)


_WRITERS: dict[str, _Writer] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "sarif": _sarif,
    "markdown": _markdown,
    "github": _github,
}

#: The names that ``render`` takes.
FORMATS = tuple(_WRITERS)


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
    tool_version: str = parts.TOOL_VERSION,
) -> str:
    """The report in one of ``FORMATS``: pure, and the same bytes for the same report.

    ``labels`` names concepts by IRI where the article itself does not mention them; ``rules`` gives
    SARIF the rules' titles and sources. The text can always be encoded as UTF-8. Raises
    ``ClaimspineError`` (``unknown-format``).
    """
    writer = _WRITERS.get(format)
    if writer is None:
        raise ClaimspineError(
            "unknown-format", f"there is no report format {format!r}", hint=f"one of: {', '.join(FORMATS)}"
        )
    written = writer(report, labels=labels or {}, rules=tuple(rules), version=tool_version)
    # A lone surrogate (only a broken reader can make one) must not stop the report from being written.
    return written.encode("utf-8", "backslashreplace").decode("utf-8")
