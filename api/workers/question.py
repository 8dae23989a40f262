"""A query that a client asks, with all that makes its answer what it is."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """The query, the format of its answer, and its dataset where the request names one (else None)."""

    query: str
    format: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
