"""The report for a terminal, read from top to bottom like a compiler's output.

Styles and the widths of characters are Rich's; lines are laid out here, since Rich's own tables take
milliseconds a row and an article may be of any size.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.color import ColorSystem
from rich.style import Style

from claims.model import (
    Assessment,
    AuditReport,
    Diagnostic,
    LinkedClaim,
    ReferenceStatus,
    Severity,
    Span,
    Verdict,
    VerifiedReference,
)
from claims.reports.limits import limits
from claims.reports.parts import assessments_of, in_order
from claims.reports.phrases import (
    SEVERITY_WORDS,
    STATUS_SIGNS,
    STATUS_WORDS,
    VERDICT_SIGNS,
    count,
    guessed_by,
    work_text,
)
from claims.reports.positions import Lines, one_line, ordered, shorten, visible

_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_VERDICT_STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.PARTLY_SUPPORTED: "yellow",
    Verdict.OVERSTATED: "yellow",
    Verdict.CONTRADICTED: "red",
    Verdict.UNSUPPORTED: "red",
    Verdict.NOT_ENOUGH_INFORMATION: "dim",
}
_STATUS_STYLES = {
    ReferenceStatus.VERIFIED: "green",
    ReferenceStatus.MISMATCH: "red",
    ReferenceStatus.NOT_FOUND: "red",
    ReferenceStatus.AMBIGUOUS: "yellow",
    ReferenceStatus.RETRACTED: "red",
    ReferenceStatus.UNCHECKED: "dim",
}
_VERDICT_WIDTH = max(len(one.value) for one in Verdict) + 2
_STATUS_WIDTH = max(len(word) for word in STATUS_WORDS.values()) + 2
_POINTERS_SHOWN = 4
_POINTER_LENGTH = 400  # a work with a long title keeps its DOI
_LABEL_WIDTH = 11


def render_text(report: AuditReport, width: int = 100, colour: bool = False) -> str:
    """Points, then references, then claims, then one line of counts; at most ``width`` columns.

    Of notes on references only the first of each rule is shown in its line; the path stands below each.
    A line with a path may be longer, so that the path stays whole. Every control character of the
    article is shown as a sign, so that an article cannot drive the terminal that its report is read on.
    """
    sheet = _Sheet(max(width, 50), colour)
    lines = Lines(report.document.text)
    shown: set[str] = set()
    for one in in_order(report.diagnostics):
        like = one.code in shown and one.severity is Severity.INFO and one.claim is None
        _point(sheet, one, report, lines, short=like)
        shown.add(one.code)
    if report.references:
        _references(sheet, report.references)
    if report.claims:
        _claims(sheet, report.claims, assessments_of(report), lines)
    _summary(sheet, report)
    return sheet.text()


@cache
def _style(name: str) -> Style:
    return Style.parse(name)


class _Sheet:
    """Lines of styled text, growing downwards."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = width
        self._colour = colour
        self._lines: list[str] = []

    def line(self, *parts: str | tuple[str, str]) -> None:
        """Add one line of plain texts and (text, style) pairs."""
        if self._colour:
            shown = "".join(
                part
                if isinstance(part, str)
                else _style(part[1]).render(part[0], color_system=ColorSystem.STANDARD)
                for part in parts
            )
        else:
            shown = "".join(part if isinstance(part, str) else part[0] for part in parts)
        self._lines.append(shown.rstrip())

    def paragraph(self, text: str, first: str = "", rest: str | None = None, style: str = "") -> None:
        """Add wrapped text: ``first`` (in ``style``) stands before line one, ``rest`` before the others."""
        hang = " " * cell_len(first) if rest is None else rest
        for place, piece in enumerate(wrap(text, self.width - cell_len(hang))):
            self.line((first, style) if style and not place else (hang if place else first), piece)

    def text(self) -> str:
        """Everything, with a line feed after each line."""
        return "".join(f"{line}\n" for line in self._lines)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, broken at spaces, and within a word that is itself wider.

    >>> wrap("walking most days", 12)
    ['walking most', 'days']
    """
    if cell_len(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = cell_len(word)
        if line and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        while size > width:
            head = chop_cells(word, width)[0]
            lines.append(head)
            word = word[len(head) :]
            size = cell_len(word)
        line, used = word, size
    return [*lines, line] if line else lines


def _point(sheet: _Sheet, one: Diagnostic, report: AuditReport, lines: Lines, *, short: bool) -> None:
    place = lines.position(one.span.start)
    path = one_line(report.document.path) or "article"
    style = _SEVERITY_STYLES[one.severity]
    sheet.line(
        (f"{path}:{place.line}:{place.column}: ", "bold"),
        (SEVERITY_WORDS[one.severity].lower(), style),
        f" {one.code} {one_line(one.name)}",
    )
    sheet.paragraph(one_line(one.message), "  ")
    if not short:
        _source(sheet, one.span, style, lines)
    for pointer in one.evidence[:_POINTERS_SHOWN]:
        kind = "direction" if pointer.kind == "line" else shorten(pointer.kind, 9)
        label = f"{kind}:".rjust(_LABEL_WIDTH - 1) + " "
        sheet.paragraph(shorten(pointer.quote or pointer.iri, _POINTER_LENGTH), label, style="cyan")
    if len(one.evidence) > _POINTERS_SHOWN:
        more = count(len(one.evidence) - _POINTERS_SHOWN, "more place", "more places")
        sheet.line(" " * _LABEL_WIDTH, f"and {more} of evidence")
    if one.fix is not None:
        start, end = ordered(one.fix.span)
        before, after = shorten(report.document.text[start:end], 160), one_line(one.fix.text)
        if not before:
            shown = f"insert “{after}”"
        elif not after:
            shown = f"delete “{before}”"
        else:
            shown = f"“{before}” → “{after}”"
        sheet.paragraph(shown, "fix: ".rjust(_LABEL_WIDTH), style="green")
    sheet.line()


def _source(sheet: _Sheet, span: Span, style: str, lines: Lines) -> None:
    """The line the span starts on, as much of it as fits, with marks under the span."""
    start, end = ordered(span)
    place = lines.position(start)
    first = place.column - 1
    # A line may be a whole article: only what could be shown is looked at.
    whole = lines.text(place.line)
    room = sheet.width - 8
    left = max(0, first - room)
    cut = visible(whole[left : first + room + 1]).replace("\t", " ")
    if not cut.strip():
        return
    first -= left
    last = min(len(cut), first + max(end - start, 1))
    if left or len(whole) > len(cut) or cell_len(cut) > room:
        low, high = _window(cut, first, last, room - 2)
        low_more, high_more = left + low > 0, left + high < len(whole)
    else:
        low, high, low_more, high_more = 0, len(cut), False, False
    before = ("…" if low_more else "") + cut[low:first]
    marked = cut[first : min(last, high)]
    after = cut[min(last, high) : high] + ("…" if high_more else "")
    sheet.line((f"{place.line:>5} │ ", "dim"), before, marked, after)
    sheet.line(("      │ ", "dim"), " " * cell_len(before), ("^" * max(1, cell_len(marked)), style))


def _window(text: str, first: int, last: int, room: int) -> tuple[int, int]:
    """The part of a line that fits ``room`` cells with the span in it, a third of the slack before it."""
    lead = max(0, room - cell_len(text[first:last])) // 3
    left = first
    while left > 0 and cell_len(text[left - 1]) <= lead:
        left -= 1
        lead -= cell_len(text[left])
    spare = room - cell_len(text[left:first])
    right = first
    while right < len(text) and cell_len(text[right]) <= spare:
        spare -= cell_len(text[right])
        right += 1
    while left > 0 and cell_len(text[left - 1]) <= spare:
        left -= 1
        spare -= cell_len(text[left])
    return left, right


def _references(sheet: _Sheet, references: Sequence[VerifiedReference]) -> None:
    sheet.line(("References", "bold"))
    for one in references:
        status = f"{STATUS_SIGNS[one.status]} {STATUS_WORDS[one.status]}"
        head = f"{one.reference.index:>5}  "
        printed = shorten(one.reference.name or one.reference.raw, sheet.width - _STATUS_WIDTH - 10)
        sheet.line(head, (status.ljust(_STATUS_WIDTH), _STATUS_STYLES[one.status]), "  ", printed)
        if one.status is not ReferenceStatus.VERIFIED:
            sheet.paragraph(_record(one), " " * 7)
    sheet.line()


def _record(one: VerifiedReference) -> str:
    """What the library holds, and where the printed entry differs from it."""
    wrong = [field.field.replace("_", " ") for field in one.fields if field.agrees is False]
    if one.work is None:
        if one.candidates:
            return f"{count(len(one.candidates), 'work fits', 'works fit')} equally well"
        return "no such work in the library"
    guessed = guessed_by(one)
    it = f"most likely meant, by {guessed}: " if wrong and guessed else "it is "
    return one_line((f"differs in {', '.join(wrong)}; " if wrong else "") + it + work_text(one.work))


def _claims(
    sheet: _Sheet, claims: Sequence[LinkedClaim], verdicts: dict[str, Assessment], lines: Lines
) -> None:
    sheet.line(("Claims", "bold"))
    sheet.line((f"{'line':>5}  {'verdict'.ljust(_VERDICT_WIDTH)}  certainty  claim", "dim"))
    room = sheet.width - 7 - _VERDICT_WIDTH - 2 - 11
    for linked in claims:
        found = verdicts.get(linked.claim.id)
        verdict = f"{VERDICT_SIGNS[found.verdict]} {found.verdict.value}" if found else "not assessed"
        style = _VERDICT_STYLES[found.verdict] if found else "dim"
        certainty = ((found.certainty if found else None) or "unknown").replace("-", " ")
        words = shorten(linked.claim.text, max(room, 12))
        if cell_len(words) > room:
            words = set_cell_size(words, max(room - 1, 1)).rstrip() + "…"
        line = f"{lines.position(linked.claim.span.start).line:>5}  "
        sheet.line(line, (verdict.ljust(_VERDICT_WIDTH), style), "  ", certainty.ljust(11), words)
    sheet.line()


def _summary(sheet: _Sheet, report: AuditReport) -> None:
    """Counts of points, then of claims and references."""
    parts: list[str | tuple[str, str]] = []
    for place, severity in enumerate(Severity):
        number = sum(one.severity is severity for one in report.diagnostics)
        told = count(number, SEVERITY_WORDS[severity].lower())
        parts += [", "] if place else []
        parts.append((told, _SEVERITY_STYLES[severity]) if number else told)
    sheet.line(*parts)
    verdicts = [one.verdict for one in report.assessments]
    named = ", ".join(f"{verdicts.count(one)} {one.value}" for one in Verdict if one in verdicts)
    sheet.paragraph(count(len(report.claims), "claim") + (f": {named}" if named else ""), rest="  ")
    statuses = [one.status for one in report.references]
    named = ", ".join(
        f"{statuses.count(one)} {STATUS_WORDS[one]}" for one in ReferenceStatus if one in statuses
    )
    sheet.paragraph(count(len(report.references), "reference") + (f": {named}" if named else ""), rest="  ")
    for told in limits(report):
        sheet.paragraph(told, rest="  ")
