"""Look-ups in the service's own process: what needs neither a worker nor anybody to wait."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from pathlib import Path

from api.service import Service
from graph.answering import Question
from graph.answering.lookups import LookUps
from graph.embedded.snapshots import BYTES_OF_A_QUAD, size_of
from graph.errors import ClaimspineError

COPIED = 250_000  # quads of a folder that are copied into memory, about 90 MB
REST = 10.0  # times as long as a copy takes: so long a copy is not made again


class Nearby:
    """Over one embedded store, while it is small: the pages of a large one may have to come from the disk,
    and the event loop would wait for them. Used on the event loop.
    """

    def __init__(self, service: Service) -> None:
        """Look at the store when the first query comes, and after writes."""
        self._service = service
        self._settings = service.settings
        self._generation = -1
        self._live: LookUps | None = None  # None: the store is too large
        self._small = False  # enough for a copy
        self._copy: tuple[int, LookUps] | None = None  # of a generation
        self._copying = False
        self._next = 0.0  # when a copy may be made again (monotonic seconds)

    def answer(self, question: Question) -> bytes | None:
        """The answer to a look-up; None: a worker is to be asked."""
        generation = self._service.generation
        if self._generation != generation:
            self._generation = generation
            self._look()
        if self._copy is not None and self._copy[0] == generation:
            return self._copy[1].answer(question, most=self._settings.query_rows)
        if self._small and not self._copying and time.monotonic() >= self._next:
            self._copying = True
            with suppress(RuntimeError):  # the service is stopping
                self._service.waiting.submit(self._make_copy)
        return None if self._live is None else self._live.answer(question, most=self._settings.query_rows)

    def _look(self) -> None:
        """How large the store is."""
        store = self._service.store
        quads = 0.0
        if store.where != "memory":
            quads = float("inf")
            with suppress(OSError):
                quads = size_of(Path(store.where)) / BYTES_OF_A_QUAD
        self._live = LookUps(store) if quads <= self._settings.lookups_quads else None
        self._small = 0 < quads <= min(COPIED, self._settings.snapshot_in_memory_quads)

    def _make_copy(self) -> None:
        """In a thread: a copy in memory, to be used until something is written."""
        began, generation = time.monotonic(), self._service.generation
        try:
            self._copy = generation, LookUps(self._service.store, self._service.store.dump("nquads"))
        except ClaimspineError:
            logging.getLogger("claimspine.workers").warning("no copy for look-ups could be made")
        finally:
            now = time.monotonic()
            self._next, self._copying = now + REST * (now - began), False
