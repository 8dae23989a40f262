"""What a page shows of one diagnostic: its place, its message, its path of evidence, its edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.model import Diagnostic, EvidencePointer
from claims.reports import phrases
from claims.reports.positions import Lines, one_line, ordered, shorten, visible

_CONTEXT = 42  # characters of the article shown around a fix


@dataclass(frozen=True, slots=True)
class Point:
    """A diagnostic as the page shows it."""

    number: int
    code: str
    name: str
    severity: str
    sign: str
    word: str
    confidence: str
    message: str
    words: str
    line: int
    evidence: tuple[tuple[tuple[str, str, str], ...], ...]  # paths of kind, quote, IRI
    fix: tuple[str, str, str, str] | None  # text before, words removed, words put in, text after


def point_of(number: int, one: Diagnostic, text: str, lines: Lines) -> Point:
    """The ``number``-th diagnostic of a report on ``text``."""
    start, end = ordered(one.span)
    return Point(
        number=number,
        code=one.code,
        name=phrases.rule_name(one.name),
        severity=one.severity.value,
        sign=phrases.SEVERITY_SIGNS[one.severity],
        word=phrases.SEVERITY_WORDS[one.severity],
        confidence=one.confidence.value,
        message=one_line(one.message),
        words=shorten(text[start:end], 160),
        line=lines.position(start).line,
        evidence=_paths(one.evidence),
        fix=_fix(one, text, lines),
    )


def _fix(one: Diagnostic, text: str, lines: Lines) -> tuple[str, str, str, str] | None:
    if one.fix is None:
        return None
    start, end = ordered(one.fix.span)
    line = lines.position(start).line
    before = text[max(lines.start(line), start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT].partition("\n")[0]
    if start - _CONTEXT > lines.start(line):
        before = "…" + before.partition(" ")[2]
    if after and end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return visible(before), visible(text[start:end]), visible(one.fix.text), visible(after)


def _paths(pointers: Sequence[EvidencePointer]) -> tuple[tuple[tuple[str, str, str], ...], ...]:
    """The places of evidence as paths: a kind that comes again, or follows a line, begins the next."""
    paths: list[list[tuple[str, str, str]]] = []
    for at in pointers:
        kind = one_line(at.kind)
        if not paths or any(kind == other for other, _, _ in paths[-1]) or _ended(paths[-1]):
            paths.append([])
        paths[-1].append((kind, one_line(at.quote) or one_line(at.iri), one_line(at.iri)))
    return tuple(tuple(path) for path in paths)


def _ended(path: list[tuple[str, str, str]]) -> bool:
    """Whether a path from the work has come to the evidence line, its last place."""
    return len(path) > 1 and path[-1][0] == "line"
