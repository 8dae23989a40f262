"""The snapshots that workers answer from: the one of now, how old it may be, and who has which open."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.service import Service, now
from api.workers.process import request
from api.workers.worker import Worker
from graph.embedded.snapshots import Snapshot, take

SLOW_COPY = 0.25  # seconds: a snapshot that takes longer is not taken anew for every write
OPENING = 600.0  # seconds that a worker may take to open one


@dataclass(slots=True)
class Taken:
    """A snapshot in use. ``at`` (ISO 8601) and ``clock`` (monotonic seconds) say when it was taken, ``users``
    how many workers have it open.
    """

    snapshot: Snapshot
    generation: int
    at: str
    clock: float
    users: int = 0


class Snapshots:
    """Takes snapshots of a service's store and discards those that nobody has open. Thread-safe."""

    def __init__(self, service: Service, new_file: Callable[[str], Path]) -> None:
        """Take none yet; ``new_file`` gives a path that nothing else has."""
        self.service = service
        self.settings = service.settings
        self.current: Taken | None = None
        self._new_file = new_file
        self._lock = threading.Lock()
        self._open: dict[Worker, Taken] = {}
        self._cost = 0.0  # seconds that it takes to copy, or to open what was copied

    @property
    def are_slow(self) -> bool:
        """Whether a snapshot takes so long that an older one is answered from for a while."""
        return self._cost > SLOW_COPY

    def is_fresh(self, held: Taken | None) -> bool:
        """Whether it may be answered from: the last state, or a recent one where copies are slow."""
        if held is None or held is not self.current:
            return False
        if held.generation == self.service.generation:
            return True
        return self.are_slow and time.monotonic() - held.clock < self.settings.snapshot_seconds

    def age_of(self, held: Taken) -> str:
        """What a client is told of the state that its answer is of."""
        return f"taken={held.at}; writes-since={self.service.generation - held.generation}"

    def fresh(self) -> Taken:
        """The snapshot to answer from, taken anew where the last is too old."""
        with self._lock:
            held = self.current
            if held is not None and self.is_fresh(held):
                return held
            began = time.monotonic()
            taken = self._take(in_memory_quads=self.settings.snapshot_in_memory_quads)
            self._cost = time.monotonic() - began
            if held is not None and held.users == 0:
                held.snapshot.discard()
            self.current = taken
            return taken

    def private(self) -> Taken:
        """A snapshot for one worker alone, to write to; its taker discards it."""
        return self._take(in_memory_quads=0)  # a backup is made sooner than a copy in memory

    def _take(self, *, in_memory_quads: int) -> Taken:
        generation = self.service.generation
        snapshot = take(self.service.store, self._new_file("snapshot"), in_memory_quads=in_memory_quads)
        return Taken(snapshot, generation, now(), time.monotonic())

    def of(self, worker: Worker) -> Taken | None:
        """What a worker has open."""
        return self._open.get(worker)

    def open(self, worker: Worker, held: Taken, *, seconds: float, writable: bool = False) -> None:
        """Have a worker open a snapshot and answer from it, each time for at most so many ``seconds``.

        Raises:
            Ended: the worker has ended.
        """
        if self.of(worker) is held:
            return
        self.let_go(worker)
        with self._lock:
            held.users += 1
            self._open[worker] = held
        began = time.monotonic()
        limits = {
            "megabytes": self.settings.query_mb,
            "seconds": seconds,
            "rows": self.settings.query_rows,
            "bytes": self.settings.answer_mb * 1_000_000,
            "spool": str(worker.spool),
        }
        snapshot = {"kind": held.snapshot.kind, "path": str(held.snapshot.path), "writable": writable}
        snapshot["base"] = self.service.store.base
        worker.send(request(json.dumps({"do": "open", **snapshot, **limits}).encode("ascii")))
        worker.receive(OPENING)
        if not writable:
            self._cost = max(self._cost, time.monotonic() - began)

    def let_go(self, worker: Worker) -> None:
        """A worker has nothing open any more; what is old and nobody's is discarded."""
        with self._lock:
            held = self._open.pop(worker, None)
            if held is not None:
                held.users -= 1
                if held.users == 0 and held is not self.current:
                    held.snapshot.discard()
