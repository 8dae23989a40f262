"""Evidence read ahead of who asks for it: at the start, and again when writes have come to rest.

Reading it takes a quarter of a millisecond for each claim, so at ten thousands of them the first who lists,
searches or checks anything would wait for seconds. Nothing waits for this; without it all is as right.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from api.service import Service
from graph.embedded.snapshots import BYTES_OF_A_QUAD, size_of
from graph.errors import ClaimspineError

REST = 0.5  # seconds without a write, at the least
LOOK = 0.2  # seconds from one look at the writes to the next


class Ahead:
    """A thread that reads ahead, until it is closed."""

    def __init__(self, service: Service) -> None:
        """Begin to read. A large store, or a SPARQL service, is left until it is asked for."""
        self._service = service
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="claimspine-ahead", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; what is being read now is let go of, but for what takes no longer than a moment."""
        self._closed.set()
        self._thread.join(timeout=2.0)

    def _run(self) -> None:
        read, took = -1, 0.0  # the generation that was read, and how long that took
        seen, since = -1, 0.0  # the generation at the last look, and since when it is that
        while not self._closed.wait(LOOK):  # before the first look too: the service answers first
            generation, now = self._service.generation, time.monotonic()
            if generation != seen:
                seen, since = generation, now
            rested = read < 0 or now - since >= max(REST, took)
            if generation != read and rested and self._fits():
                try:
                    self._read()
                except (ClaimspineError, ExceptionGroup, OSError):  # who asks next is told
                    logging.getLogger("claimspine.ahead").warning("the evidence could not be read ahead")
                read, took = generation, time.monotonic() - now

    def _fits(self) -> bool:
        """Whether the store is of a size to be held in memory unasked."""
        if self._service.remote:
            return False
        if self._service.store.where == "memory":
            return True
        most = self._service.settings.ahead_quads * BYTES_OF_A_QUAD
        with suppress(OSError):
            return size_of(Path(self._service.store.where)) <= most
        return False

    def _read(self) -> None:
        state = self._service.state()
        if not self._closed.is_set():
            self._service.auditor.prepare(state)
        if not self._closed.is_set():
            self._service.index()
        import_module("claims.linking")  # what reports say of the checker's limits is asked of its modules
