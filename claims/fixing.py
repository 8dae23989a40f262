"""Fixes: edits that a diagnostic offers, kept only when the edited article comes back clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from claims.model import AuditReport, Diagnostic, Document, Fix, Severity
from claims.reading import read_text

Reaudit = Callable[[Document], AuditReport]
_TEXT_TYPES = frozenset({"text/markdown", "text/plain", "text/html"})


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the fixes made, from the end backwards; of two that overlap the first one wins.

    >>> from claims.model import Span
    >>> apply_fixes("nearly halved it", [Fix(Span(0, 13), "cut")])
    'cut it'
    """
    for fix in reversed(without_overlaps(fixes)):
        text = text[: fix.span.start] + fix.text + text[fix.span.end :]
    return text


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
    alone. A .docx has no text to edit, so its fixes are kept as advice, unchecked ones left out.
    """
    fixable = tuple(one for one in report.diagnostics if one.fix is not None)
    if not fixable:
        return report
    if report.document.media_type not in _TEXT_TYPES:
        return _keep(report, frozenset())
    together = without_overlaps(one.fix for one in fixable if one.fix is not None)
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
    """Whether making these fixes lowers each code's count as it should and raises no other."""
    document = report.document
    text = apply_fixes(document.text, [one.fix for one in fixed if one.fix is not None])
    after = reaudit(read_text(text, document.media_type, document.path))
    said_before = Counter(one.code for one in report.diagnostics)
    said_after = Counter(one.code for one in after.diagnostics)
    settled = Counter(one.code for one in fixed)
    fell = all(said_after[code] <= said_before[code] - count for code, count in settled.items())
    loud_before, loud_after = _loud(report), _loud(after)
    return fell and all(count <= loud_before[code] for code, count in loud_after.items())


def _loud(report: AuditReport) -> Counter[str]:
    """How often each code is said at warning or above."""
    return Counter(one.code for one in report.diagnostics if one.severity is not Severity.INFO)
