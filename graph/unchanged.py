"""What was worked out of a store, kept in memory while nothing is written to it.

An embedded store counts its writes, and one process at a time writes: what was worked out at the present
count is right. Whoever began before a write fills what nobody gets any more.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.embedded import EmbeddedStore

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
        self._held: WeakKeyDictionary[EmbeddedStore, tuple[int, Kept]] = WeakKeyDictionary()

    def of(self, store: EmbeddedStore) -> Kept:
        """What is kept of the store as it is now."""
        with self._lock:
            held = self._held.get(store)
            if held is None or held[0] != store.revision:
                held = self._held[store] = store.revision, self._make()
            return held[1]
