"""Several audits in one output."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from claims.model import AuditReport
from claims.reports.formats import render
from claims.reports.parts import to_dict
from claims.reports.sarif import render_sarif
from claims.rule import Rule
from graph.errors import ClaimspineError


def render_all(
    reports: Sequence[AuditReport],
    format: str,
    *,
    labels: Mapping[str, str] | None = None,
    rules: tuple[Rule, ...] = (),
) -> str:
    """The reports in one text: JSON as an array, SARIF as one run, the others one after another.

    Raises ClaimspineError for several reports as HTML: a page tells of one article.
    """
    if len(reports) == 1:
        return render(reports[0], format, labels=labels, rules=rules)
    if format == "html":
        raise ClaimspineError(
            "one-article-a-page",
            "an HTML report tells of one article",
            hint="audit the articles one at a time, or choose another --format",
        )
    if format == "json":
        whole = [to_dict(report, labels=labels) for report in reports]
        return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if format == "sarif":
        return render_sarif(list(reports), rules=rules)
    written = [render(report, format, labels=labels, rules=rules) for report in reports]
    between = "" if format == "github" else "\n"
    return between.join(written)
