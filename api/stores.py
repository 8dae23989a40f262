"""Opening a store with the credentials of the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store import Store


def open_store(
    where: str | os.PathLike[str] = "memory", *, read_only: bool = False, base: str | None = None
) -> Store:
    """As ``graph.store.open_store``, with ``CLAIMSPINE_BASE``; a SPARQL service is told who we are.

    ``CLAIMSPINE_STORE_TOKEN`` is a bearer token; ``CLAIMSPINE_STORE_USER`` and ``CLAIMSPINE_STORE_PASSWORD``
    are for basic and digest authentication.
    """
    from graph.store import open_store as open_plain

    base = base or os.environ.get("CLAIMSPINE_BASE") or None
    if not os.fspath(where).startswith(("http://", "https://")):
        return open_plain(where, read_only=read_only, base=base)
    from graph.remote.access import Credentials

    credentials = Credentials(
        os.environ.get("CLAIMSPINE_STORE_USER"),
        os.environ.get("CLAIMSPINE_STORE_PASSWORD"),
        os.environ.get("CLAIMSPINE_STORE_TOKEN"),
    )
    return open_plain(where, read_only=read_only, credentials=credentials, base=base)
