"""Spans that end where their last character does, when the original writes it with several (``&rdquo;``)."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from claims.model import AuditReport, Span

_WRITTEN_LONG = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|\\[!-/:-@\[-`{-~]"
)
_T = TypeVar("_T")


def whole(report: AuditReport) -> AuditReport:
    """The report with every span reaching to the end of the entity or escape that it ends with."""
    document = report.document
    if document.media_type not in ("text/html", "text/markdown"):
        return report
    ends = {match.start() + 1: match.end() for match in _WRITTEN_LONG.finditer(document.text)}
    if not ends:
        return report
    walk = _Walk(ends)
    return replace(
        report,
        references=walk.of(report.references),
        citations=walk.of(report.citations),
        claims=walk.of(report.claims),
        diagnostics=walk.of(report.diagnostics),
    )


class _Walk:
    """Goes through the checker's values; what holds no span to mend is handed back as it is."""

    def __init__(self, ends: dict[int, int]) -> None:
        self.ends = ends
        self.seen: dict[int, tuple[object, object]] = {}

    def of(self, value: _T) -> _T:
        """The value with its spans mended."""
        if isinstance(value, Span):
            end = self.ends.get(value.end)
            return replace(value, end=end) if end is not None and value.end > value.start else value
        if isinstance(value, tuple):
            if not value or isinstance(value[0], int | str):
                return value
            mended = tuple(map(self.of, value))
            return value if all(map(_same, value, mended)) else mended  # type: ignore[return-value]
        kind: Any = type(value)
        names = _names(kind)
        if not names:
            return value
        known = self.seen.get(id(value))
        if known is not None:
            return known[1]  # type: ignore[return-value]
        changed = {}
        for name in names:
            before = getattr(value, name)
            after = self.of(before)
            if after is not before:
                changed[name] = after
        mended_value = replace(value, **changed) if changed else value  # type: ignore[type-var]
        self.seen[id(value)] = (value, mended_value)
        return mended_value


def _same(one: object, other: object) -> bool:
    return one is other


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of one of the checker's own values; what comes from the evidence has no spans."""
    if not is_dataclass(kind) or not kind.__module__.startswith("claims.model."):
        return ()
    return tuple(one.name for one in fields(kind))
