"""The pool: a few worker processes, each over a snapshot, killed and replaced when they go too far.

The writing process never runs a stranger's query. A query waits for a free worker (only so many may wait),
runs for at most so long, and its whole answer is there before the first byte of it is sent.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from api.service import Service, now
from api.workers.kept import KeptAnswers
from api.workers.starting import Starter
from api.workers.turns import Turns
from api.workers.worker import Answer, Ended, Held, Worker
from graph.answering import Question
from graph.errors import ClaimspineError
from graph.snapshots import take

GRACE = 1.0  # seconds between the worker's own alarm and ours
SLOW_COPY = 0.25  # a snapshot that takes longer is not taken anew for every write

Place = Future[Worker | None]
T = TypeVar("T")


class Pool:
    """Query workers over one embedded store. Thread-safe; ``close`` ends them."""

    def __init__(self, service: Service, *, said: Callable[[str], None] = lambda outcome: None) -> None:
        """Workers start when the first query comes. ``said`` is told the outcome of each query."""
        self.service = service
        self.settings = service.settings
        self._said = said
        self._idle: list[Worker] = []
        self._alive = 0
        self._turns: Turns[Worker | None] = Turns(self.settings.query_workers, self.settings.queries_waiting)
        self._lock = threading.Lock()
        self._snapshots = threading.Lock()
        self._kept = KeptAnswers(self.settings.answers_kept_mb * 1_000_000)
        self._current: Held | None = None
        self._cost = 0.0
        self._closed = False
        self._starter = Starter("api.workers.process")

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

    def answer(self, question: Question, *, client: str = "") -> Answer:
        """Answer a query, bounded in time, memory, rows and bytes. ``client`` takes turns with the others.

        Raises:
            ClaimspineError: the query's own faults; ``query-too-long-running``, ``query-too-much-memory``,
                ``answer-too-large``, ``too-busy``, ``service-stopping``.
        """
        return self._run(_asked(question), question.query, self._fresh, client)

    async def ask(self, question: Question, *, client: str = "") -> Answer:
        """As ``answer``, on the event loop: a thread is needed only to start a worker or open a snapshot."""
        if (kept := self._kept_answer(question)) is not None:
            self._said("kept")
            return kept
        asked = _asked(question)
        worker = await self._borrow_soon(client)
        outcome, good = "failed", False
        try:
            if not self._is_fresh(worker.held):
                await self._in_thread(lambda: self._open(worker, self._fresh()))
            began, seconds = time.monotonic(), self.settings.query_seconds
            try:
                header, body = await worker.converse(asked, question.query, seconds + GRACE)
            except Ended:
                raise self._why(began, seconds) from None
            answer = self._read(worker, header, body)
            if answer.body is not None:
                self._kept.put(question, worker.held, answer.body)
            good, outcome = True, "answered"
            return answer
        except ClaimspineError as exc:
            outcome = exc.code
            good = self._is_well(worker, exc)
            raise
        finally:
            if good and not worker.tired:
                self._give_back(worker, True)
            else:  # to end a process takes a while
                self._in_thread(lambda: self._give_back(worker, good))
            self._said(outcome)

    def _kept_answer(self, key: Question) -> Answer | None:
        """The answer that a worker would give, if it was given before."""
        held = self._current
        if held is None or not self._is_fresh(held):
            return None
        body = self._kept.get(key, held)
        return None if body is None else Answer(body, None, len(body), self._freshness(held))

    def _in_thread(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self.service.waiting, work)

    def update(self, update: str) -> Answer:
        """Try an update on a copy of its own, bounded as a query is; gives the graphs it changed.

        Nothing is written to the store. What others write meanwhile is in ``service.generation``.
        """
        private = self._take(in_memory_quads=0)  # a backup is made sooner than a copy in memory
        try:
            return self._run({"do": "update"}, update, lambda: private, "", once=True)
        finally:
            private.snapshot.discard()

    def spooled(self, answer: Answer) -> Path:
        """The answer as a file."""
        path = self._starter.file("answer")
        path.write_bytes(answer.body or b"")
        return path

    def close(self) -> None:
        """End all workers and take their files away."""
        with self._lock:
            self._closed = True
            workers, self._idle = self._idle, []
            for place in self._turns.all():
                if place.set_running_or_notify_cancel():
                    place.set_exception(_stopping())
        for worker in workers:
            worker.kill()
            self._alive -= 1
        self._starter.close()

    def _run(
        self,
        asked: dict[str, Any],
        text: str,
        snapshot: Callable[[], Held],
        client: str,
        *,
        once: bool = False,
    ) -> Answer:
        worker = self._borrow(client)
        good = False
        outcome = "failed"
        try:
            self._open(worker, snapshot(), writable=once)
            began = time.monotonic()
            seconds = self._seconds(once)
            try:
                worker.send(asked, text)
                header, body = worker.receive(seconds + GRACE, watched=True)
            except Ended:
                raise self._why(began, seconds) from None
            answer = self._read(worker, header, body)
            good, outcome = not once, "answered"
            return answer
        except ClaimspineError as exc:
            outcome = exc.code
            good = not once and self._is_well(worker, exc)
            raise
        finally:
            self._give_back(worker, good, once=once)
            self._said(outcome)

    def _claim(self, client: str) -> Worker | Place | None:
        """An idle worker; None: start one, it is counted already; or a place in the line."""
        with self._lock:
            if self._closed:
                raise _stopping()
            self._bury()
            free = self._idle or self._alive < self.settings.query_workers
            if not free or not self._turns.may_hold(client):
                place = self._turns.wait(client)
                if place is None:
                    raise _busy()
                return place
            self._turns.hold(client)
            if self._idle:
                worker = self._idle.pop()
                worker.client = client
                return worker
            self._alive += 1
            return None

    def _bury(self) -> None:
        """Forget the idle workers that something else has ended, the one to be taken first of all."""
        while self._idle and self._idle[-1].process.poll() is not None:
            worker = self._idle.pop()
            self._let_go(worker)
            worker.kill()
            self._alive -= 1

    def _borrow(self, client: str) -> Worker:
        claimed = self._claim(client)
        if isinstance(claimed, Future):
            place = claimed
            try:
                claimed = place.result(self.settings.query_seconds)
            except TimeoutError:
                self._leave_line(client, place)
                raise _busy() from None
        return claimed or self._start(client)

    async def _borrow_soon(self, client: str) -> Worker:
        claimed = self._claim(client)
        if isinstance(claimed, Future):
            claimed = await self._turn(client, claimed)
        return await self._in_thread(lambda: self._start(client)) if claimed is None else claimed

    async def _turn(self, client: str, place: Place) -> Worker | None:
        try:
            return await asyncio.wait_for(asyncio.wrap_future(place), self.settings.query_seconds)
        except BaseException as exc:
            self._leave_line(client, place)
            if isinstance(exc, TimeoutError):
                raise _busy() from None
            raise

    def _leave_line(self, client: str, place: Place) -> None:
        with self._lock:
            self._turns.leave(client, place)
            if not place.cancel() and place.exception() is None:  # it was handed over just now
                self._turns.release(client)
                self._offer(place.result())

    def _give_back(self, worker: Worker, good: bool, *, once: bool = False) -> None:
        client, following = worker.client, None
        if worker.tired and self._cost < SLOW_COPY:
            good = False  # a fresh one costs little
        if good and not self._closed:
            following = worker
        else:
            self._let_go(worker)
            worker.kill()
            if not once:
                following = self._replacement()
        with self._lock:
            self._turns.release(client)
            if self._closed and following is not None:
                following.kill()
                following = None
            self._offer(following)

    def _replacement(self) -> Worker | None:
        """A worker for the next query, so that it need not wait; None: that query starts its own."""
        try:
            worker = self._starter.start()
            self._open(worker, self._fresh())
        except (Ended, OSError, RuntimeError):
            return None
        return worker

    def _offer(self, worker: Worker | None) -> None:
        """Hand a worker, or the right to start one, to who is next."""
        while (following := self._turns.next()) is not None:
            client, place = following
            if place.set_running_or_notify_cancel():
                self._turns.hold(client)
                if worker is not None:
                    worker.client = client
                place.set_result(worker)
                return
        if worker is not None:
            self._idle.append(worker)
        else:
            self._alive -= 1

    def _start(self, client: str) -> Worker:
        try:
            worker = self._starter.start()
        except BaseException:
            with self._lock:
                self._turns.release(client)
                self._offer(None)
            raise
        worker.client = client
        return worker

    def _is_fresh(self, held: Held | None) -> bool:
        """Whether it may be answered from: the last state, or a recent one where copies are slow."""
        if held is None or held is not self._current:
            return False
        if held.generation == self.service.generation:
            return True
        return self._cost > SLOW_COPY and time.monotonic() - held.clock < self.settings.snapshot_seconds

    def _fresh(self) -> Held:
        """The snapshot to answer from."""
        with self._snapshots:
            held = self._current
            if held is not None and self._is_fresh(held):
                return held
            began = time.monotonic()
            taken = self._take(in_memory_quads=self.settings.snapshot_in_memory_quads)
            self._cost = time.monotonic() - began
            if held is not None and held.users == 0:
                held.snapshot.discard()
            self._current = taken
            return taken

    def _take(self, *, in_memory_quads: int) -> Held:
        generation = self.service.generation
        at = self._starter.file("snapshot")
        snapshot = take(self.service.store, at, in_memory_quads=in_memory_quads)
        return Held(snapshot, generation, now(), time.monotonic())

    def _open(self, worker: Worker, held: Held, *, writable: bool = False) -> None:
        if worker.held is held:
            return
        self._let_go(worker)
        with self._snapshots:
            held.users += 1
            worker.held = held
        began = time.monotonic()
        limits = {
            "megabytes": self.settings.query_mb,
            "seconds": self._seconds(writable),
            "rows": self.settings.query_rows,
            "bytes": self.settings.answer_mb * 1_000_000,
            "spool": str(worker.spool),
        }
        snapshot = {"kind": held.snapshot.kind, "path": str(held.snapshot.path), "writable": writable}
        worker.send({"do": "open", **snapshot, **limits})
        worker.receive(600)
        if not writable:
            self._cost = max(self._cost, time.monotonic() - began)

    def _seconds(self, once: bool) -> float:
        """How long a query may take, or an update, whose worker is used once."""
        return self.settings.update_seconds if once else self.settings.query_seconds

    def _let_go(self, worker: Worker) -> None:
        with self._snapshots:
            held, worker.held = worker.held, None
            if held is not None:
                held.users -= 1
                if held.users == 0 and held is not self._current:
                    held.snapshot.discard()

    def _read(self, worker: Worker, header: dict[str, Any], body: bytes) -> Answer:
        if "code" in header:
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
            spool = worker.spool.rename(self._starter.file("answer"))
        return Answer(
            None if spool else body,
            spool,
            header["size"],
            self._freshness(worker.held),
            tuple(header.get("changed", ())),
        )

    def _is_well(self, worker: Worker, error: ClaimspineError) -> bool:
        """Whether a worker can go on after an error. What it left in its spool file goes."""
        worker.spool.unlink(missing_ok=True)
        ended = isinstance(error, Ended) or error.code in ENDED
        return not ended and worker.process.poll() is None

    def _why(self, began: float, seconds: float) -> ClaimspineError:
        """Why a worker ended: its own alarm, or the kernel's limit."""
        return _too_long(seconds) if time.monotonic() - began >= seconds * 0.95 else _too_much()

    def _freshness(self, held: Held) -> str:
        behind = self.service.generation - held.generation
        return f"taken={held.taken}; writes-since={behind}"


def _asked(question: Question) -> dict[str, Any]:
    """What goes with the text of a query."""
    return {
        "do": "query",
        "format": question.format,
        "default_graphs": question.default_graphs,
        "named_graphs": question.named_graphs,
    }


#: After these a worker is ended, if it has not ended already.
ENDED = ("query-too-long-running", "query-too-much-memory")


def _busy() -> ClaimspineError:
    return ClaimspineError("too-busy", "too many queries are waiting", hint="ask again in a moment")


def _stopping() -> ClaimspineError:
    return ClaimspineError("service-stopping", "the service is stopping")


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
