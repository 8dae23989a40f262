"""What an edit changed, written for a terminal, a program, a pull request or a GitHub log."""

from __future__ import annotations

import json
from typing import Any

from claims.diffing import Change, Difference
from claims.model import AuditReport, Diagnostic, Severity, Span
from claims.reports.parts import diagnostic_dict, document_dict, span_dict
from claims.reports.positions import Lines, one_line
from graph.errors import ClaimspineError

__all__ = ["difference_dict", "render_difference"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_difference(difference: Difference, format: str) -> str:
    """The difference as text, json, markdown or github.

    Raises ClaimspineError (``unknown-format``) for any other.
    """
    if format == "text":
        return _text(difference)
    if format == "json":
        return json.dumps(difference_dict(difference), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    if format == "markdown":
        return _markdown(difference)
    if format == "github":
        return _github(difference)
    raise ClaimspineError("unknown-format", f"an edit is not told as {format!r}")


def difference_dict(difference: Difference) -> dict[str, Any]:
    """Plain dictionaries: the two documents, the changes, the diagnostics raised and settled."""
    before, after = Lines(difference.old.document.text), Lines(difference.new.document.text)
    return {
        "schema_version": "1",
        "old": document_dict(difference.old.document, difference.old.base),
        "new": document_dict(difference.new.document, difference.new.base),
        "changes": [
            {
                "kind": one.kind,
                "severity": one.severity.value,
                "message": one.message,
                "before": None if one.before is None else span_dict(one.before, before),
                "after": None if one.after is None else span_dict(one.after, after),
                "claim": one.claim,
            }
            for one in difference.changes
        ],
        "raised": [diagnostic_dict(one, after) for one in difference.raised],
        "settled": [diagnostic_dict(one, before) for one in difference.settled],
    }


def _text(difference: Difference) -> str:
    old, new = difference.old, difference.new
    if not difference.changes and not difference.raised and not difference.settled:
        return "The edit changes nothing that is claimed.\n"
    lines = []
    if difference.changes:
        lines.append("What the edit changed")
        lines += [f"  {_place(one, old, new)}: {_told(one)}" for one in difference.changes]
    if difference.raised:
        lines += ["", "What is now to be said"] if lines else ["What is now to be said"]
        lines += [f"  {_at(one.span, new)}: {_said(one)}" for one in difference.raised]
    if difference.settled:
        lines += ["", "What is settled"] if lines else ["What is settled"]
        lines += [f"  {_at(one.span, old)} (old): {_said(one)}" for one in difference.settled]
    lines += ["", _counts(difference)]
    return "\n".join(lines) + "\n"


def _markdown(difference: Difference) -> str:
    old, new = difference.old, difference.new
    lines = [f"### What this edit changed in {_cell(new.document.path)}", "", _counts(difference), ""]
    if difference.changes:
        lines += ["| line | change | |", "|---|---|---|"]
        for one in difference.changes:
            lines.append(f"| {_line(one, old, new)} | {one.kind} | {_cell(one.message)} |")
        lines.append("")
    for title, said, report in (
        ("New points", difference.raised, new),
        ("Settled points", difference.settled, old),
    ):
        if said:
            lines += [f"#### {title}", ""]
            for point in said:
                at = Lines(report.document.text).position(point.span.start).line
                lines.append(f"- line {at}: **{point.code}** {point.severity.value}: {_cell(point.message)}")
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _github(difference: Difference) -> str:
    """Annotations on the new text: changes, and points that were not there before."""
    new = difference.new
    path = _escape(new.document.path, property=True)
    lines = Lines(new.document.text)
    written = []
    for change in difference.changes:
        at = f",line={lines.position(change.after.start).line}" if change.after else ""
        title = f"edit: {change.kind}"
        written.append(
            f"::{_COMMANDS[change.severity]} file={path}{at},title={_escape(title, property=True)}"
            f"::{_escape(one_line(change.message))}"
        )
    for one in difference.raised:
        title = _escape(f"{one.code} {one.name}", property=True)
        line = lines.position(one.span.start).line
        written.append(
            f"::{_COMMANDS[one.severity]} file={path},line={line},title={title}"
            f"::{_escape(one_line(one.message))}"
        )
    return "".join(f"{line}\n" for line in written)


def _counts(difference: Difference) -> str:
    def number(count: int, one: str, many: str) -> str:
        return f"{count} {one if count == 1 else many}"

    return (
        f"{number(len(difference.changes), 'change', 'changes')}, "
        f"{number(len(difference.raised), 'new point', 'new points')}, "
        f"{len(difference.settled)} settled"
    )


def _told(one: Change) -> str:
    return f"{one.severity.value} {one.kind}: {one_line(one.message)}"


def _said(one: Diagnostic) -> str:
    return f"{one.severity.value} {one.code} {one.name}: {one_line(one.message)}"


def _place(one: Change, old: AuditReport, new: AuditReport) -> str:
    if one.after is not None:
        return _at(one.after, new)
    return f"{_at(one.before or Span(0, 0), old)} (old)"


def _line(one: Change, old: AuditReport, new: AuditReport) -> str:
    report, span = (new, one.after) if one.after is not None else (old, one.before or Span(0, 0))
    number = Lines(report.document.text).position(span.start).line
    return str(number) if one.after is not None else f"{number} (old)"


def _at(span: Span, report: AuditReport) -> str:
    place = Lines(report.document.text).position(span.start)
    return f"{one_line(report.document.path)}:{place.line}:{place.column}"


def _cell(text: str) -> str:
    said = one_line(text).replace("\\", "\\\\")
    for sign in "|<>*_`[]@#":
        said = said.replace(sign, f"\\{sign}" if sign not in "<>" else {"<": "&lt;", ">": "&gt;"}[sign])
    return said


def _escape(text: str, *, property: bool = False) -> str:
    said = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return said.replace(":", "%3A").replace(",", "%2C") if property else said
