"""What the ids of data stand under: chosen before a store gets its first source, and from then on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from graph.errors import ClaimspineError
from ontology.loader import DATA_BASE, NAMESPACE

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*[/#]")


def source_path(name: str) -> str:
    """What follows the base in the IRI of a source's graph.

    >>> source_path("my notes.ttl")
    'source/my%20notes.ttl'
    """
    return f"source/{quote(name, safe='/-._~')}"


def agreed(asked: str | None, sources: Iterable[tuple[str | None, ...]], where: str) -> str:
    """The base of a store: that of its sources (graph, name), else what was asked for, else the default.

    >>> agreed(None, [("https://data.example/source/tea", "tea")], "memory")
    'https://data.example/'

    Raises:
        ClaimspineError: ``not-a-base``; ``other-base``: the store's sources stand under another one.
    """
    if asked is not None:
        check_base(asked)
    for graph, name in sources:
        path = source_path(name or "")
        held = (graph or "").removesuffix(path)
        if held in (graph, asked):
            continue
        if asked is not None:
            raise ClaimspineError(
                "other-base",
                f"the ids of this store stand under {held}, not under {asked}",
                path=where,
                hint=f"set CLAIMSPINE_BASE={held}, or leave it unset; a new store can have another base",
            )
        return held
    return asked or DATA_BASE


def check_base(base: str) -> None:
    """Refuse what ids cannot stand under.

    Raises:
        ClaimspineError: ``not-a-base``.
    """
    if not _BASE.fullmatch(base) or base.startswith(NAMESPACE.rstrip("#")):
        raise ClaimspineError(
            "not-a-base",
            f"ids cannot stand under {base[:200]!r}",
            hint="give an IRI of your own that ends in / or #, such as https://evidence.example.org/id/",
        )
