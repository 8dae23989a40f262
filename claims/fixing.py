"""Fixes: edits that a diagnostic offers, kept only when the edited article comes back clean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from claims.model import AuditReport, Diagnostic, Document, Fix, Severity
from claims.reading import read_text

Reaudit = Callable[[Document], AuditReport]
_MARKUP = {  # characters that may open something here and close it elsewhere, or the other way round
    "text/markdown": re.compile(r"[*_`<>\[\]|~]|\n\s*\n"),
    "text/html": re.compile(r"[<>&]"),
}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Fixed:
    """An article with fixes made: the new text, the points that they settled, the audit of the new text.

    ``made`` is in reading order of the old text. Nothing to make: the old text and the old report.
    """

    text: str
    made: tuple[Diagnostic, ...]
    report: AuditReport


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes made, from the end backwards; of two that overlap the first one wins.

    >>> from claims.model import Span
    >>> apply_fixes("nearly halved it", [Fix(Span(0, 13), "cut")])
    'cut it'
    """
    for fix in reversed(without_overlaps(fixes)):
        text = text[: fix.span.start] + fix.text + text[fix.span.end :]
    return text


def fix_article(report: AuditReport, reaudit: Reaudit) -> Fixed:
    """Make the fixes of a report (as ``Checker.check`` gave it), all of those that stay clean together.

    Fixes that are clean alone may disturb one another: then they are made one by one in reading order,
    and each stays only if what was said before it is settled and nothing new is said.
    """
    document = report.document
    offered = [one for one in report.diagnostics if one.fix is not None and not _cuts_markup(one, document)]
    chosen = without_overlaps(_fix(one) for one in offered)
    made = tuple(one for one in offered if _fix(one) in chosen)
    if document.packed or not made:
        return Fixed(document.text, (), report)
    after = _with(report, made, reaudit)
    if _is_clean(report, after, made):
        return Fixed(after.document.text, made, after)
    kept: tuple[Diagnostic, ...] = ()
    best = report
    for one in made:
        after = _with(report, (*kept, one), reaudit)
        if _is_clean(report, after, (*kept, one)):
            kept, best = (*kept, one), after
    return Fixed(best.document.text, kept, best)


def _fix(diagnostic: Diagnostic) -> Fix:
    assert diagnostic.fix is not None
    return diagnostic.fix


def _cuts_markup(diagnostic: Diagnostic, document: Document) -> bool:
    """Whether the words to be replaced hold markup whose other half may stand outside them."""
    pattern = _MARKUP.get(document.media_type)
    span = _fix(diagnostic).span
    return pattern is not None and pattern.search(document.text, span.start, span.end) is not None


def without_overlaps(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes in reading order, leaving out any that touches one before it."""
    kept: list[Fix] = []
    for fix in sorted(set(fixes), key=lambda one: (one.span, one.text)):
        if not kept or fix.span.start >= kept[-1].span.end:
            kept.append(fix)
    return tuple(kept)


def keep_clean_fixes(report: AuditReport, reaudit: Reaudit) -> AuditReport:
    """The report with those fixes only that, once made, silence their point and raise no new one.

    All fixes are tried together first (one more audit); only when that is not clean is each tried
    alone. A .docx has no text to edit, so its fixes are left out, as are those that would cut markup.
    """
    fixable = tuple(
        one for one in report.diagnostics if one.fix is not None and not _cuts_markup(one, report.document)
    )
    if not fixable or report.document.packed:
        return _keep(report, frozenset())
    together = without_overlaps(_fix(one) for one in fixable)
    at_once = tuple(one for one in fixable if one.fix in together)
    clean = {one.id for one in at_once} if _clean(report, at_once, reaudit) else set()
    rest = [one for one in fixable if one.id not in clean]
    clean.update(one.id for one in rest if _clean(report, (one,), reaudit))
    return _keep(report, frozenset(clean))


def _keep(report: AuditReport, clean: frozenset[str]) -> AuditReport:
    return replace(
        report,
        diagnostics=tuple(
            one if one.fix is None or one.id in clean else replace(one, fix=None)
            for one in report.diagnostics
        ),
    )


def _clean(report: AuditReport, fixed: tuple[Diagnostic, ...], reaudit: Reaudit) -> bool:
    return _is_clean(report, _with(report, fixed, reaudit), fixed)


def _with(report: AuditReport, fixed: tuple[Diagnostic, ...], reaudit: Reaudit) -> AuditReport:
    """The audit of the article with these fixes made."""
    document = report.document
    fixes = [_fix(one) for one in fixed]
    if document.media_type == "text/html":
        fixes = [replace(fix, text=fix.text.translate(_ESCAPES)) for fix in fixes]
    return reaudit(read_text(apply_fixes(document.text, fixes), document.media_type, document.path))


def _is_clean(report: AuditReport, after: AuditReport, fixed: tuple[Diagnostic, ...]) -> bool:
    """Whether making these fixes lowered each code's count as it should and raised no other."""
    said_before = Counter(one.code for one in report.diagnostics)
    said_after = Counter(one.code for one in after.diagnostics)
    settled = Counter(one.code for one in fixed)
    fell = all(said_after[code] <= said_before[code] - count for code, count in settled.items())
    loud_before, loud_after = _loud(report), _loud(after)
    return fell and all(count <= loud_before[code] for code, count in loud_after.items())


def _loud(report: AuditReport) -> Counter[str]:
    """How often each code is said at warning or above."""
    return Counter(one.code for one in report.diagnostics if one.severity is not Severity.INFO)
