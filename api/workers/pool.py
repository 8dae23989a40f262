"""The pool: a few worker processes, each over a snapshot, killed and replaced when they go too far.

The writing process never runs a stranger's query. A query waits for a free worker (only so many may wait),
runs for at most so long, and its whole answer is there before the first byte of it is sent.
"""

from __future__ import annotations

import json
import logging
import os
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.service import Service, now
from graph.errors import ClaimspineError
from graph.snapshots import Snapshot, take

GRACE = 1.0  # seconds between the worker's own alarm and ours
STARTING = 30.0
SLOW_COPY = 0.25  # a snapshot that takes longer is not taken anew for every write
_ROOT = str(Path(__file__).parents[2])  # where the packages are, installed or not
_START = "import sys; sys.path[:] = sys.argv[2:]; from api.workers.process import main; main()"


@dataclass(slots=True)
class Held:
    """A snapshot in use. ``users`` is how many workers have it open."""

    snapshot: Snapshot
    generation: int
    taken: str
    clock: float
    users: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whole: bytes, or a file."""

    body: bytes | None
    spool: Path | None
    size: int
    freshness: str
    changed: tuple[str, ...] = ()

    def discard(self) -> None:
        """Take the spool file away."""
        if self.spool is not None:
            self.spool.unlink(missing_ok=True)


@dataclass(slots=True)
class Worker:
    """A process and the snapshot it has open."""

    process: subprocess.Popen[bytes]
    walled: bool
    held: Held | None = None
    spool: Path = field(default_factory=Path)

    def kill(self) -> None:
        """End it now."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


class Pool:
    """Query workers over one embedded store. Thread-safe; ``close`` ends them."""

    def __init__(self, service: Service, *, said: Callable[[str], None] = lambda outcome: None) -> None:
        """Workers start when the first query comes. ``said`` is told the outcome of each query."""
        self.service = service
        self.settings = service.settings
        self._said = said
        self._idle: list[Worker] = []
        self._alive = 0
        self._waiting = 0
        self._lock = threading.Condition()
        self._snapshots = threading.Lock()
        self._current: Held | None = None
        self._cost = 0.0
        self._number = 0
        self._closed = False
        # The kernel ends a worker when the *thread* that started it ends, so one thread starts them all.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="claimspine-starter")
        self._folder = _own_folder()
        self._errors = (self._folder / "errors").open("ab")

    def __enter__(self) -> Pool:
        """The pool itself."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Close."""
        self.close()

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return self._alive

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the idle workers."""
        with self._lock:
            return tuple(worker.process.pid for worker in self._idle)

    def answer(
        self,
        query: str,
        format: str,
        *,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
    ) -> Answer:
        """Answer a query, bounded in time, memory, rows and bytes.

        Raises:
            ClaimspineError: the query's own faults; ``query-too-long-running``, ``query-too-much-memory``,
                ``answer-too-large``, ``too-busy``, ``service-stopping``.
        """
        asked = {
            "do": "query",
            "query": query,
            "format": format,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "rows": self.settings.query_rows,
        }
        return self._run(asked, self._fresh)

    def update(self, update: str) -> Answer:
        """Try an update on a copy of its own, bounded as a query is; gives the graphs it changed.

        Nothing is written to the store. Call it while holding ``service.writing()``.
        """
        private = self._take()
        try:
            return self._run({"do": "update", "query": update}, lambda: private, once=True)
        finally:
            private.snapshot.discard()

    def spooled(self, answer: Answer) -> Path:
        """The answer as a file."""
        self._number += 1
        path = self._folder / f"answer-{self._number}"
        path.write_bytes(answer.body or b"")
        return path

    def close(self) -> None:
        """End all workers and take their files away."""
        with self._lock:
            self._closed = True
            workers, self._idle = self._idle, []
            self._lock.notify_all()
        for worker in workers:
            worker.kill()
            self._alive -= 1
        self._starter.shutdown(wait=False, cancel_futures=True)
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, asked: dict[str, Any], snapshot: Callable[[], Held], *, once: bool = False) -> Answer:
        worker = self._borrow()
        good = False
        outcome = "failed"
        try:
            self._open(worker, snapshot())
            answer = self._ask(worker, asked)
            good, outcome = not once, "answered"
            return answer
        except ClaimspineError as exc:
            outcome = exc.code
            good = not once and worker.process.poll() is None and exc.code != "query-too-much-memory"
            raise
        finally:
            self._give_back(worker, good)
            self._said(outcome)

    def _borrow(self) -> Worker:
        until = time.monotonic() + self.settings.query_seconds
        with self._lock:
            if self._waiting >= self.settings.queries_waiting and not self._free():
                raise _busy()
            self._waiting += 1
            try:
                while not self._free():
                    left = until - time.monotonic()
                    if self._closed:
                        raise ClaimspineError("service-stopping", "the service is stopping")
                    if left <= 0 or not self._lock.wait(left):
                        raise _busy()
            finally:
                self._waiting -= 1
            if self._closed:
                raise ClaimspineError("service-stopping", "the service is stopping")
            if self._idle:
                return self._idle.pop()
            self._alive += 1
        try:
            return self._start()
        except BaseException:
            with self._lock:
                self._alive -= 1
                self._lock.notify()
            raise

    def _free(self) -> bool:
        return bool(self._idle) or self._alive < self.settings.query_workers

    def _give_back(self, worker: Worker, good: bool) -> None:
        if not good or self._closed:
            self._leave(worker)
            worker.kill()
        with self._lock:
            if good and not self._closed:
                self._idle.append(worker)
            else:
                self._alive -= 1
            self._lock.notify()

    def _start(self) -> Worker:
        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [sys.executable, "-I", "-c", _START, str(os.getpid()), _ROOT, *filter(None, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,
                cwd=self._folder,
                env={"PATH": os.environ.get("PATH", ""), "MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "1"},
            )

        process = self._starter.submit(start).result()
        self._number += 1
        worker = Worker(process, False, spool=self._folder / f"spool-{self._number}")
        try:
            header, _ = self._receive(worker, STARTING)
        except ClaimspineError:
            worker.kill()
            said = (self._folder / "errors").read_text(encoding="utf-8", errors="replace")[-2000:]
            logging.getLogger("claimspine.workers").error("a query worker did not start: %s", said)
            raise
        worker.walled = bool(header.get("walled"))
        return worker

    def _fresh(self) -> Held:
        """The snapshot to answer from: a new one after writes, unless copies are slow and one is recent."""
        with self._snapshots:
            held = self._current
            if held is not None and held.generation == self.service.generation:
                return held
            recent = held is not None and time.monotonic() - held.clock < self.settings.snapshot_seconds
            if held is not None and recent and self._cost > SLOW_COPY:
                return held
            taken = self._take()
            if held is not None and held.users == 0:
                held.snapshot.discard()
            self._current = taken
            return taken

    def _take(self) -> Held:
        began = time.monotonic()
        self._number += 1
        generation = self.service.generation
        at = self._folder / f"snapshot-{self._number}"
        snapshot = take(self.service.store, at, in_memory_quads=self.settings.snapshot_in_memory_quads)
        self._cost = time.monotonic() - began
        return Held(snapshot, generation, now(), time.monotonic())

    def _open(self, worker: Worker, held: Held) -> None:
        if worker.held is held:
            return
        self._leave(worker)
        with self._snapshots:
            held.users += 1
            worker.held = held
        began = time.monotonic()
        megabytes = self.settings.query_mb
        path = str(held.snapshot.path)
        self._send(worker, {"do": "open", "kind": held.snapshot.kind, "path": path, "megabytes": megabytes})
        self._receive(worker, 600)
        self._cost = max(self._cost, time.monotonic() - began)

    def _leave(self, worker: Worker) -> None:
        with self._snapshots:
            held, worker.held = worker.held, None
            if held is not None:
                held.users -= 1
                if held.users == 0 and held is not self._current:
                    held.snapshot.discard()

    def _ask(self, worker: Worker, asked: dict[str, Any]) -> Answer:
        seconds = self.settings.query_seconds
        self._send(
            worker,
            {
                **asked,
                "seconds": seconds,
                "bytes": self.settings.answer_mb * 1_000_000,
                "spool": str(worker.spool),
            },
        )
        began = time.monotonic()
        try:
            header, body = self._receive(worker, seconds + GRACE)
        except ClaimspineError:
            worker.kill()
            worker.spool.unlink(missing_ok=True)
            late = time.monotonic() - began >= seconds * 0.95
            raise _too_long(seconds) if late else _too_much() from None
        if "code" in header:
            worker.spool.unlink(missing_ok=True)
            raise ClaimspineError(
                header["code"],
                header["message"],
                hint=header.get("hint"),
                line=header.get("line"),
                column=header.get("column"),
            )
        assert worker.held is not None
        spool = None
        if header["spooled"]:
            self._number += 1
            spool = worker.spool.rename(worker.spool.with_name(f"answer-{self._number}"))
        return Answer(
            None if spool else body,
            spool,
            header["size"],
            self._freshness(worker.held),
            tuple(header.get("changed", ())),
        )

    def _freshness(self, held: Held) -> str:
        behind = self.service.generation - held.generation
        return f"taken={held.taken}; writes-since={behind}"

    def _send(self, worker: Worker, asked: dict[str, Any]) -> None:
        assert worker.process.stdin is not None
        try:
            worker.process.stdin.write(json.dumps(asked).encode("utf-8") + b"\n")
            worker.process.stdin.flush()
        except OSError as exc:
            raise ClaimspineError("query-failed", "a query worker ended", hint="ask again") from exc

    def _receive(self, worker: Worker, seconds: float) -> tuple[dict[str, Any], bytes]:
        assert worker.process.stdout is not None
        until = time.monotonic() + seconds
        fd = worker.process.stdout.fileno()

        def read(size: int) -> bytes:
            parts = []
            while size:
                left = until - time.monotonic()
                if left <= 0 or not select.select([fd], [], [], left)[0]:
                    raise ClaimspineError("query-failed", "a query worker did not answer")
                part = os.read(fd, min(size, 1 << 20))
                if not part:
                    raise ClaimspineError("query-failed", "a query worker ended")
                parts.append(part)
                size -= len(part)
            return b"".join(parts)

        head, body = struct.unpack(">QQ", read(16))
        return json.loads(read(head)), read(body)


_PREFIX = "claimspine-workers-"


def _own_folder() -> Path:
    """A new folder; those of services that were killed are taken away."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        if pid.isdecimal() and not _lives(int(pid)):
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _busy() -> ClaimspineError:
    return ClaimspineError("too-busy", "too many queries are waiting", hint="ask again in a moment")


def _too_long(seconds: float) -> ClaimspineError:
    return ClaimspineError(
        "query-too-long-running",
        f"the query took longer than {seconds:g} seconds",
        hint="narrow it, or add a LIMIT",
    )


def _too_much() -> ClaimspineError:
    return ClaimspineError(
        "query-too-much-memory",
        "the query needs more memory than it may use",
        hint="narrow it, or add a LIMIT",
    )
