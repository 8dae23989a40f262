"""A SPARQL 1.1 service as the store (query, update, graph store protocol). Not there yet."""

from __future__ import annotations

from graph.errors import ClaimspineError
from graph.store import Store


def open_remote(url: str, *, read_only: bool = False) -> Store:
    """Refuse, clearly.

    Raises:
        ClaimspineError: always, for now.
    """
    raise ClaimspineError(
        "remote-store-not-yet",
        f"a SPARQL service cannot be the store yet: {url}",
        hint="use a folder, or memory",
    )
