"""The workers of a pool: who has one, who waits for one, and that a lost one is replaced."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, Future
from typing import TypeVar

from api.settings import Settings
from api.workers.starting import Starter
from api.workers.turns import Turns
from api.workers.worker import Worker
from graph.errors import ClaimspineError

Place = Future[Worker | None]
T = TypeVar("T")


class Crew:
    """So many workers, lent to clients in turn. Thread-safe; ``close`` ends the idle ones."""

    def __init__(
        self,
        settings: Settings,
        starter: Starter,
        threads: Executor,
        *,
        ready: Callable[[Worker], None],
        let_go: Callable[[Worker], None],
    ) -> None:
        """Start none yet.

        ``ready`` has a new worker open what the next query is asked of; ``let_go`` is told of one's end.
        """
        self.settings = settings
        self._starter = starter
        self._threads = threads
        self._ready = ready
        self._ended = let_go
        self._idle: list[Worker] = []
        self._turns: Turns[Worker | None] = Turns(settings.query_workers, settings.queries_waiting)
        self._lock = threading.Lock()
        self._closed = False
        self.alive = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the idle workers."""
        with self._lock:
            return tuple(worker.process.pid for worker in self._idle)

    def borrow(self, client: str) -> Worker:
        """A worker, as soon as it is this client's turn.

        Raises:
            ClaimspineError: ``too-busy``, ``service-stopping``.
            Ended: a new worker did not start.
        """
        claimed = self._claim(client)
        if isinstance(claimed, Future):
            place = claimed
            try:
                claimed = place.result(self.settings.query_seconds)
            except TimeoutError:
                self._leave_line(client, place)
                raise _busy() from None
        return claimed or self._start(client)

    async def borrow_soon(self, client: str) -> Worker:
        """As ``borrow``, on the event loop."""
        claimed = self._claim(client)
        if isinstance(claimed, Future):
            claimed = await self._turn(client, claimed)
        return await self.in_thread(lambda: self._start(client)) if claimed is None else claimed

    def in_thread(self, work: Callable[[], T]) -> Awaitable[T]:
        """Work that takes a while, beside the event loop."""
        return asyncio.get_running_loop().run_in_executor(self._threads, work)

    def give_back(self, worker: Worker, *, good: bool, replaced: bool = True) -> None:
        """Take a worker back. One that is not ``good`` is ended and, if it is to be, ``replaced``."""
        client, following = worker.client, None
        if good and not self._closed:
            following = worker
        else:
            self._end(worker)
            if replaced:
                following = self._replacement()
        with self._lock:
            self._turns.release(client)
            if self._closed and following is not None:
                following.kill()
                following = None
            self._offer(following)

    def close(self) -> None:
        """End the idle workers, and send away who waits."""
        with self._lock:
            self._closed = True
            workers, self._idle = self._idle, []
            for place in self._turns.all():
                if place.set_running_or_notify_cancel():
                    place.set_exception(_stopping())
        for worker in workers:
            worker.kill()
            self.alive -= 1

    def _claim(self, client: str) -> Worker | Place | None:
        """An idle worker; None: start one, it is counted already; or a place in the line."""
        with self._lock:
            if self._closed:
                raise _stopping()
            self._bury()
            free = self._idle or self.alive < self.settings.query_workers
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
            self.alive += 1
            return None

    def _bury(self) -> None:
        """Forget the idle workers that something else has ended, the one to be taken first of all."""
        while self._idle and self._idle[-1].process.poll() is not None:
            self._end(self._idle.pop())
            self.alive -= 1

    def _end(self, worker: Worker) -> None:
        self._ended(worker)
        worker.kill()

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

    def _replacement(self) -> Worker | None:
        """A worker for the next query, so that it need not wait; None: that query starts its own."""
        worker = None
        try:
            worker = self._starter.start()
            self._ready(worker)
        except (ClaimspineError, OSError, RuntimeError):
            if worker is not None:
                self._end(worker)
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
            self.alive -= 1

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


def _busy() -> ClaimspineError:
    return ClaimspineError("too-busy", "too many queries are waiting", hint="ask again in a moment")


def _stopping() -> ClaimspineError:
    return ClaimspineError("service-stopping", "the service is stopping")
