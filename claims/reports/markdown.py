"""The report as GitHub-flavoured Markdown, short enough for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.model import (
    Assessment,
    AuditReport,
    Diagnostic,
    LinkedClaim,
    ReferenceStatus,
    Severity,
    Verdict,
    VerifiedReference,
)
from claims.reports.limits import limits
from claims.reports.parts import assessments_of, in_order
from claims.reports.phrases import (
    SEVERITY_SIGNS,
    SEVERITY_WORDS,
    STATUS_SIGNS,
    STATUS_WORDS,
    VERDICT_SIGNS,
    count,
    title_of,
    work_text,
)
from claims.reports.positions import Lines, one_line, ordered, shorten

_SPECIAL = re.compile(r"([\\`*_\[\]#!|~$])")
_LIMIT = 60_000  # GitHub refuses a comment of more than 65,536 characters
_SHOWN = (50, 25, 10, 3)  # rows of each table, fewer until they fit


def escape(text: str) -> str:
    """Text that stays text: no mark-up, no HTML, no link, no mention of a person or an issue.

    >>> escape("<b>@you</b> see #1 | *x*")
    '&lt;b&gt;@\\u200byou&lt;/b&gt; see \\\\#\\u200b1 \\\\| \\\\*x\\\\*'
    """
    shown = one_line(text).replace("&", "&amp;")
    shown = _SPECIAL.sub(r"\\\1", shown).replace("<", "&lt;").replace(">", "&gt;")
    # GitHub finds mentions, issues and bare links after the escapes are gone; an unseen space breaks them.
    shown = shown.replace("@", "@\u200b").replace("\\#", "\\#\u200b").replace("://", "\u200b://")
    return re.sub(r"(?i)www\.", lambda found: f"{found[0]}\u200b", shown)


def render_markdown(report: AuditReport) -> str:
    """A line of counts and a table of points, with references and claims folded away.

    What does not fit GitHub's limit for a comment is left out and counted, the gravest points last.
    """
    for shown in _SHOWN:
        written = _written(report, shown)
        if len(written) <= _LIMIT:
            break
    return written


def _written(report: AuditReport, shown: int) -> str:
    lines = Lines(report.document.text)
    points = sorted(in_order(report.diagnostics), key=lambda one: list(Severity).index(one.severity))
    out = [f"### Claim check: {escape(shorten(title_of(report.document), 200))}", "", _summary(report), ""]
    if points:
        out += ["| | Line | Words | What is wrong |", "|---|---:|---|---|"]
        out += [_row(one, report, lines) for one in points[:shown]]
        out += [*_left_out(len(points) - shown), ""]
    fixes = [one for one in points[:shown] if one.fix is not None]
    if fixes:
        body = [_fix(one, report, lines) for one in fixes]
        out += _folded(count(len(fixes), "suggested wording"), body)
    if report.references:
        body = ["| # | Printed | Status | Record |", "|---:|---|---|---|"]
        body += [_reference(one) for one in report.references[:shown]]
        body += _left_out(len(report.references) - shown)
        out += _folded(count(len(report.references), "reference"), body)
    if report.claims:
        verdicts = assessments_of(report)
        body = ["| Line | Verdict | Certainty | Claim |", "|---:|---|---|---|"]
        body += [_claim(one, verdicts.get(one.claim.id), lines) for one in report.claims[:shown]]
        body += _left_out(len(report.claims) - shown)
        out += _folded(count(len(report.claims), "claim"), body)
    out += [f"<sub>{escape(told)}</sub>\n" for told in limits(report)]
    out.append(
        "<sub>What the stored evidence licenses, not what is true; not medical advice. "
        "“Unknown” never means “no effect”.</sub>"
    )
    return "\n".join(out) + "\n"


def _left_out(number: int) -> list[str]:
    return ["", f"{number} more in the full report."] if number > 0 else []


def _claim(linked: LinkedClaim, found: Assessment | None, lines: Lines) -> str:
    verdict = f"{VERDICT_SIGNS[found.verdict]} {found.verdict.value}" if found else "not assessed"
    certainty = ((found.certainty if found else None) or "unknown").replace("-", " ")
    line = lines.position(linked.claim.span.start).line
    return f"| {line} | {escape(verdict)} | {certainty} | {escape(shorten(linked.claim.text, 120))} |"


def _summary(report: AuditReport) -> str:
    severities = [one.severity for one in report.diagnostics]
    told = [count(severities.count(one), SEVERITY_WORDS[one].lower()) for one in Severity]
    verdicts = [one.verdict for one in report.assessments]
    judged = ", ".join(f"{verdicts.count(one)} {one.value}" for one in Verdict if one in verdicts)
    statuses = [one.status for one in report.references]
    checked = ", ".join(
        f"{statuses.count(one)} {STATUS_WORDS[one]}" for one in ReferenceStatus if one in statuses
    )
    return (
        f"**{', '.join(told)}** · {count(len(report.claims), 'claim')}"
        + (f" ({judged})" if judged else "")
        + f" · {count(len(report.references), 'reference')}"
        + (f" ({checked})" if checked else "")
    )


def _row(one: Diagnostic, report: AuditReport, lines: Lines) -> str:
    start, end = ordered(one.span)
    sign = f"{SEVERITY_SIGNS[one.severity]} {SEVERITY_WORDS[one.severity]} `{one.code}`"
    words = escape(shorten(report.document.text[start:end], 60))
    return f"| {sign} | {lines.position(start).line} | {words} | {escape(shorten(one.message, 500))} |"


def _fix(one: Diagnostic, report: AuditReport, lines: Lines) -> str:
    if one.fix is None:
        return ""
    start, end = ordered(one.fix.span)
    before, after = escape(shorten(report.document.text[start:end], 200)), escape(shorten(one.fix.text, 400))
    place = f"- Line {lines.position(start).line}, `{one.code}`: "
    if not before:
        return f"{place}insert “{after}”"
    return f"{place}“{before}” → “{after}”" if after else f"{place}delete “{before}”"


def _reference(one: VerifiedReference) -> str:
    wrong = [field.field.replace("_", " ") for field in one.fields if field.agrees is False]
    record = "" if one.work is None else escape(shorten(work_text(one.work), 220))
    if wrong:
        record += f" (differs in {escape(', '.join(wrong))})"
    status = f"{STATUS_SIGNS[one.status]} {STATUS_WORDS[one.status]}"
    printed = escape(shorten(one.reference.name or one.reference.raw, 80))
    return f"| {one.reference.index} | {printed} | {escape(status)} | {record} |"


def _folded(summary: str, body: Iterable[str]) -> list[str]:
    return ["<details>", f"<summary>{summary}</summary>", "", *body, "", "</details>", ""]
