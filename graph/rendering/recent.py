"""Traces as they were written of late: given again while nothing was written to the store.

Many ask for the same few recommendations, and a trace with its certainty and structure is the same until
the store changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from graph.embedded.store import EmbeddedStore
from graph.embedded.unchanged import WhileUnchanged
from graph.rendering.formats import render
from graph.store import Store
from graph.tracing import trace

KEPT = 16_000_000  # characters for one store, some fifty large traces


def traced(store: Store, identifier: str, format: str = "text") -> str:
    """``render(trace(store, identifier), format, for_people=False)``, from memory where that is still right.

    Raises:
        UnknownIdentifier: nothing, or more than one thing, has this id.
        ClaimspineError: ``unknown-format``.
    """
    if not isinstance(store, EmbeddedStore):  # others may write to it
        return render(trace(store, identifier), format, for_people=False)
    recent, key = _RECENT.of(store), (identifier, format)
    said = recent.get(key)
    if said is None:
        said = render(trace(store, identifier), format, for_people=False)
        recent.keep(key, said)
    return said


class _Recent:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.said: OrderedDict[tuple[str, str], str] = OrderedDict()
        self.size = 0

    def get(self, key: tuple[str, str]) -> str | None:
        with self.lock:
            if key in self.said:
                self.said.move_to_end(key)
            return self.said.get(key)

    def keep(self, key: tuple[str, str], text: str) -> None:
        with self.lock:
            if key not in self.said:
                self.said[key] = text
                self.size += len(text)
                while self.size > KEPT:
                    self.size -= len(self.said.popitem(last=False)[1])


_RECENT = WhileUnchanged(_Recent)
