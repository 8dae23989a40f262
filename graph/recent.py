"""Traces as they were written of late: given again while nothing was written to the store.

Many ask for the same few recommendations, and a trace with its certainty and structure is the same until
the store changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from weakref import WeakKeyDictionary

from graph.jsonld import BASE
from graph.rendering import render
from graph.store import EmbeddedStore, Store
from graph.tracing import trace

KEPT = 16_000_000  # characters for one store, some fifty large traces


def traced(store: Store, identifier: str, format: str = "text", *, base: str = BASE) -> str:
    """``render(trace(store, identifier), format)``, from memory where that is still right.

    Raises:
        UnknownIdentifier: nothing, or more than one thing, has this id.
        ClaimspineError: ``unknown-format``.
    """
    if not isinstance(store, EmbeddedStore):  # others may write to it
        return render(trace(store, identifier, base=base), format)
    with _LOCK:
        recent = _RECENT.setdefault(store, _Recent())
    return recent.traced(store, identifier, format, base)


class _Recent:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.revision = -1
        self.said: OrderedDict[tuple[str, str, str], str] = OrderedDict()
        self.size = 0

    def traced(self, store: EmbeddedStore, identifier: str, format: str, base: str) -> str:
        key = (identifier, format, base)
        with self.lock:
            now = store.revision
            if now != self.revision:
                self.said.clear()
                self.revision, self.size = now, 0
            if key in self.said:
                self.said.move_to_end(key)
                return self.said[key]
        text = render(trace(store, identifier, base=base), format)
        with self.lock:
            # nothing was written while it was made
            if self.revision == now == store.revision and key not in self.said:
                self.said[key] = text
                self.size += len(text)
                while self.size > KEPT:
                    self.size -= len(self.said.popitem(last=False)[1])
        return text


_LOCK = threading.Lock()
_RECENT: WeakKeyDictionary[EmbeddedStore, _Recent] = WeakKeyDictionary()
