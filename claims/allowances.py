"""Allowances: a person's "yes, we know", written beside the words, with the reason.

In Markdown and HTML an allowance is a comment, ``<!-- claimspine: allow C101 because the trial
that we cite in the next part is experimental -->``. At the end of a line it covers that line; on
a line of its own it covers the next line that has text. A profile may carry allowances too, by
code and by the words they cover (plain text and .docx have no comments).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from claims.model import Diagnostic, Document, Span

_COMMENT = re.compile(
    r"<!--[ \t]*claimspine:[ \t]*allow[ \t]+(?P<codes>[A-Za-z0-9, \t-]{1,200}?)"
    r"(?:[ \t]+because\b(?P<reason>[^<>]{0,1000}?))?[ \t]*-->"
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Codes allowed over ``covers``. ``span`` is where the allowance itself is written."""

    codes: tuple[str, ...]
    reason: str | None
    span: Span
    covers: Span

    def allows(self, diagnostic: Diagnostic) -> bool:
        """Whether this allowance covers the diagnostic (its code or its name)."""
        named = diagnostic.code.upper() in self.codes or diagnostic.name.upper() in self.codes
        return named and self.covers.start <= diagnostic.span.start < self.covers.end


@dataclass(frozen=True, slots=True)
class WordedAllowance:
    """An allowance kept in a profile: the codes, the exact words they cover, the reason."""

    codes: tuple[str, ...]
    words: str
    reason: str | None = None


def find_allowances(document: Document, worded: Iterable[WordedAllowance] = ()) -> tuple[Allowance, ...]:
    """Every allowance that applies to the document, in reading order."""
    text = document.text
    found = []
    for match in _COMMENT.finditer(text):
        codes = tuple(code for code in re.split(r"[,\s]+", match["codes"].upper()) if code)
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = _line_end(text, match.end())
        if not text[line_start : match.start()].strip() and not text[match.end() : line_end].strip():
            line_start, line_end = _next_written_line(text, line_end)
        reason = (match["reason"] or "").strip()
        reason = reason if re.search(r"\w", reason) else None  # "because ." says nothing
        found.append(Allowance(codes, reason, Span(*match.span()), Span(line_start, line_end)))
    for allowance in worded:
        start = text.find(allowance.words)
        while allowance.words and start >= 0:
            covers = Span(start, start + len(allowance.words))
            codes = tuple(code.upper() for code in allowance.codes)
            found.append(Allowance(codes, allowance.reason, covers, covers))
            start = text.find(allowance.words, covers.end)
    return tuple(sorted(found, key=lambda one: (one.span, one.codes)))


def split_allowed(
    diagnostics: Iterable[Diagnostic], allowances: tuple[Allowance, ...]
) -> tuple[tuple[Diagnostic, ...], tuple[Allowance, ...]]:
    """The diagnostics that no allowance (with a reason) covers, and the allowances that did nothing."""
    used: set[Allowance] = set()
    kept = []
    for diagnostic in diagnostics:
        covering = [one for one in allowances if one.allows(diagnostic)]
        used.update(covering)
        if not any(one.reason for one in covering):
            kept.append(diagnostic)
    return tuple(kept), tuple(one for one in allowances if one not in used)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _next_written_line(text: str, position: int) -> tuple[int, int]:
    start = min(position + 1, len(text))
    while start < len(text):
        end = _line_end(text, start)
        if text[start:end].strip():
            return start, end
        start = end + 1
    return len(text), len(text)
