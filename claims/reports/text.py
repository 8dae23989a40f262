"""The report for a terminal, read from top to bottom like a compiler's output."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claims.model import AuditReport, Diagnostic, ReferenceStatus, Severity, Span, Verdict
from claims.reports.parts import assessments_of, in_order
from claims.reports.phrases import (
    SEVERITY_WORDS,
    STATUS_SIGNS,
    STATUS_WORDS,
    VERDICT_SIGNS,
    count,
    work_text,
)
from claims.reports.positions import Lines, one_line, ordered, shorten, visible

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_VERDICT_STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.PARTLY_SUPPORTED: "yellow",
    Verdict.OVERSTATED: "yellow",
    Verdict.CONTRADICTED: "red",
    Verdict.UNSUPPORTED: "red",
    Verdict.NOT_ENOUGH_INFORMATION: "dim",
}
_POINTERS_SHOWN = 4


def render_text(report: AuditReport, width: int = 100, colour: bool = False) -> str:
    """Points, then references, then claims, then one line of counts; at most ``width`` columns.

    Every control character of the article is shown as a sign, so that an article cannot drive the
    terminal that its report is read on.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, 40),
        height=1000,
        color_system="standard" if colour else None,
        force_terminal=colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},  # NO_COLOR, COLUMNS and the like are the caller's business
    )
    lines = Lines(report.document.text)
    for one in in_order(report.diagnostics):
        _point(console, one, report, lines)
    if report.references:
        _references(console, report)
    if report.claims:
        _claims(console, report, lines)
    console.print(_summary(report))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def _point(console: Console, one: Diagnostic, report: AuditReport, lines: Lines) -> None:
    place = lines.position(one.span.start)
    path = one_line(report.document.path) or "article"
    head = Text(f"{path}:{place.line}:{place.column}: ", style="bold", overflow="fold")
    head.append(SEVERITY_WORDS[one.severity].lower(), style=_STYLES[one.severity])
    head.append(f" {one.code} {one.name}", style="default")
    console.print(head, soft_wrap=True)
    console.print(Padding(Text(one_line(one.message)), (0, 0, 0, 2)))
    _source(console, one.span, _STYLES[one.severity], lines)
    for pointer in one.evidence[:_POINTERS_SHOWN]:
        _labelled(console, f"{one_line(pointer.kind)}:", shorten(pointer.quote or pointer.iri, 240))
    if len(one.evidence) > _POINTERS_SHOWN:
        _labelled(console, "", f"and {count(len(one.evidence) - _POINTERS_SHOWN, 'more place')} of evidence")
    if one.fix is not None:
        start, end = ordered(one.fix.span)
        before = shorten(report.document.text[start:end], 60)
        after = one_line(one.fix.text)
        if not before:
            shown = f"insert “{after}”"
        elif not after:
            shown = f"delete “{before}”"
        else:
            shown = f"“{before}” → “{after}”"
        _labelled(console, "fix:", shown, style="green")
    console.print()


def _labelled(console: Console, label: str, shown: str, style: str = "cyan") -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=10, justify="right", style=style, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(shorten(label, 10)), Text(shown))
    console.print(grid)


def _source(console: Console, span: Span, style: str, lines: Lines) -> None:
    """The line the span starts on, as much of it as fits, with marks under the span."""
    start, end = ordered(span)
    place = lines.position(start)
    text = visible(lines.text(place.line)).replace("\t", " ")
    if not text:
        return
    first = place.column - 1
    last = min(len(text), first + max(end - start, 1))
    gutter = f"{place.line:>5} │ "
    room = console.width - len(gutter)
    left, right = _window(text, first, last, room)
    before = ("…" if left else "") + text[left:first]
    shown = before + text[first : min(last, right)] + text[min(last, right) : right]
    shown += "…" if right < len(text) else ""
    console.print(Text(gutter, style="dim").append(shown, style="default"), soft_wrap=True)
    marks = " " * cell_len(before) + "^" * max(1, cell_len(text[first : min(last, right)]))
    console.print(Text("      │ ", style="dim").append(marks, style=style), soft_wrap=True)


def _window(text: str, first: int, last: int, room: int) -> tuple[int, int]:
    """The part of a line that fits ``room`` cells with the span in it, a third of the slack before it."""
    if cell_len(text) <= room:
        return 0, len(text)
    room -= 2  # an ellipsis on either side
    wide = cell_len(text[first:last])
    lead = max(0, room - wide) // 3
    left = first
    while left > 0 and cell_len(text[left - 1]) <= lead:
        lead -= cell_len(text[left - 1])
        left -= 1
    left_room = room - cell_len(text[left:first])
    right = first
    while right < len(text) and cell_len(text[right]) <= left_room:
        left_room -= cell_len(text[right])
        right += 1
    while left > 0 and left_room >= cell_len(text[left - 1]):
        left -= 1
        left_room -= cell_len(text[left])
    return left, right


def _references(console: Console, report: AuditReport) -> None:
    table = Table(box=box.SIMPLE_HEAD, title="References", title_justify="left", pad_edge=False, expand=False)
    table.title_style = "bold"
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Printed", overflow="fold", max_width=30)
    table.add_column("Status", no_wrap=True)
    table.add_column("What the record says", overflow="fold", ratio=1)
    styles = {ReferenceStatus.VERIFIED: "green", ReferenceStatus.AMBIGUOUS: "yellow"}
    for one in report.references:
        status = Text(
            f"{STATUS_SIGNS[one.status]} {STATUS_WORDS[one.status]}", style=styles.get(one.status, "red")
        )
        wrong = [field.field.replace("_", " ") for field in one.fields if field.agrees is False]
        if one.work is None:
            record = "no such work in the library" if one.status is ReferenceStatus.NOT_FOUND else ""
            if one.candidates:
                record = f"{count(len(one.candidates), 'work fits', 'works fit')} equally well"
        elif one.status is ReferenceStatus.VERIFIED:
            record = "agrees in every field that could be compared"
        else:
            record = work_text(one.work)
        if wrong:
            record += f" — differs in {', '.join(wrong)}"
        table.add_row(
            str(one.reference.index),
            Text(shorten(one.reference.label or one.reference.raw, 60)),
            status,
            Text(one_line(record)),
        )
    console.print(table)


def _claims(console: Console, report: AuditReport, lines: Lines) -> None:
    verdicts = assessments_of(report)
    table = Table(box=box.SIMPLE_HEAD, title="Claims", title_justify="left", pad_edge=False, expand=False)
    table.title_style = "bold"
    table.add_column("Line", justify="right", no_wrap=True, min_width=4)
    table.add_column("Verdict", no_wrap=True, min_width=max(len(one.value) + 2 for one in Verdict))
    table.add_column("Certainty", no_wrap=True)
    room = console.width - 4 - max(len(one.value) + 2 for one in Verdict) - 9 - 10
    table.add_column("Claim", width=max(room, 20), no_wrap=True, overflow="ellipsis")
    for linked in report.claims:
        found = verdicts.get(linked.claim.id)
        if found is None:
            verdict = Text("not assessed", style="dim")
        else:
            verdict = Text(
                f"{VERDICT_SIGNS[found.verdict]} {found.verdict.value}", _VERDICT_STYLES[found.verdict]
            )
        certainty = (found.certainty if found else None) or "unknown"
        table.add_row(
            str(lines.position(linked.claim.span.start).line),
            verdict,
            certainty.replace("-", " "),
            Text(one_line(linked.claim.text)),
        )
    console.print(table)


def _summary(report: AuditReport) -> Text:
    """``1 error, 3 warnings, 0 notes · 9 claims: 2 supported, … · 5 references: 1 verified, …``."""
    found = Text()
    for place, severity in enumerate(Severity):
        number = sum(one.severity is severity for one in report.diagnostics)
        word = SEVERITY_WORDS[severity].lower()
        found.append(", " if place else "")
        found.append(count(number, word), style=_STYLES[severity] if number else "default")
    verdicts = [one.verdict for one in report.assessments]
    named = ", ".join(f"{verdicts.count(one)} {one.value}" for one in Verdict if one in verdicts)
    found.append(f" · {count(len(report.claims), 'claim')}" + (f": {named}" if named else ""))
    statuses = [one.status for one in report.references]
    named = ", ".join(
        f"{statuses.count(one)} {STATUS_WORDS[one]}" for one in ReferenceStatus if one in statuses
    )
    found.append(f" · {count(len(report.references), 'reference')}" + (f": {named}" if named else ""))
    return found
