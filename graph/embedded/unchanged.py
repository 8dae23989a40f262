"""What was worked out of a store, kept in memory while nothing is written to it.

One process at a time writes to an embedded store, and each write drops what was kept: what is there is right.
Whoever began before a write fills what nobody gets any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from graph.embedded.store import EmbeddedStore

Kept = TypeVar("Kept")


class WhileUnchanged(Generic[Kept]):
    """One thing for each store, made anew after each write. Any thread may ask.

    >>> from graph.store import open_store
    >>> words, store = WhileUnchanged(list[str]), open_store("memory")
    >>> words.of(store).append("kept"), words.of(store)
    (None, ['kept'])
    >>> store.update("CLEAR ALL"), words.of(store)
    (None, [])
    """

    def __init__(self, make: Callable[[], Kept]) -> None:
        """Keep what ``make`` gives."""
        self._make, self._lock = make, threading.Lock()

    def of(self, store: EmbeddedStore) -> Kept:
        """What is kept of the store as it is now."""
        with self._lock:
            derived = store.derived
            if self not in derived:
                derived[self] = self._make()
            return cast("Kept", derived[self])
