"""Content negotiation: which of the media types we have the client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache


def best(accept: str | None, offered: Iterable[str]) -> str | None:
    """The offered media type of the highest quality, the earlier of equals; None when none will do.

    >>> best("text/html;q=0.5, application/*", ["text/html", "application/json"])
    'application/json'
    >>> best(None, ["text/csv"]), best("text/html, *; q=.2", ["text/csv"])
    ('text/csv', 'text/csv')
    """
    if not accept or not accept.strip(" \t,"):
        return next(iter(offered))
    return _remembered(accept, tuple(offered)) if len(accept) <= SHORT else _best(accept, offered)


SHORT = 300  # characters of a header whose answer is remembered: a client sends the same one each time


@lru_cache(maxsize=500)
def _remembered(accept: str, offered: tuple[str, ...]) -> str | None:
    return _best(accept, offered)


def _best(accept: str, offered: Iterable[str]) -> str | None:
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    scored = []
    for position, media_type in enumerate(offered):
        fitting = [(specific, quality) for pattern, specific, quality in ranges if _fits(pattern, media_type)]
        if fitting and (quality := max(fitting)[1]) > 0:
            scored.append((-quality, position, media_type))
    return min(scored)[2] if scored else None


def _range(part: str) -> tuple[str, int, float]:
    pattern, *parameters = [piece.strip().lower() for piece in part.split(";")]
    if pattern == "*":  # as Java's own client writes it
        pattern = "*/*"
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return pattern, (pattern != "*/*") + (not pattern.endswith("/*")), quality


def _fits(pattern: str, media_type: str) -> bool:
    return pattern in ("*/*", media_type) or (pattern.endswith("/*") and media_type.startswith(pattern[:-1]))
