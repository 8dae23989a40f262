"""GitHub annotations: one workflow command a diagnostic.

Escapes follow "Workflow commands for GitHub Actions" (docs.github.com): percent, CR and LF in the
message, and colon and comma too in a property.
"""

from __future__ import annotations

from claims.model import AuditReport, Diagnostic, Severity
from claims.reports.parts import in_order
from claims.reports.positions import Lines, one_line, ordered, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(report: AuditReport) -> str:
    """One line a diagnostic, in reading order; empty when there is nothing to say."""
    lines = Lines(report.document.text)
    return "".join(f"{_command(one, report, lines)}\n" for one in in_order(report.diagnostics))


def _command(one: Diagnostic, report: AuditReport, lines: Lines) -> str:
    start, end = ordered(one.span)
    first = lines.position(start)
    last = lines.position(max(start, end - 1))
    properties = {"file": report.document.path, "line": str(first.line), "endLine": str(last.line)}
    if first.line == last.line:  # GitHub takes columns only within one line
        properties |= {"col": str(first.column), "endColumn": str(last.column + 1)}
    properties["title"] = f"{one.code} {one.name}"
    message = one_line(one.message)
    if one.fix is not None:
        message += (
            f"\nSuggested wording: {one_line(one.fix.text)}" if one.fix.text else "\nSuggested: delete this"
        )
    if one.evidence:
        message += "\nEvidence: " + "; ".join(one_line(pointer.quote) for pointer in one.evidence[:3])
        message += "; …" if len(one.evidence) > 3 else ""
    inside = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{_COMMANDS[one.severity]} {inside}::{_message(message)}"


def _message(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
