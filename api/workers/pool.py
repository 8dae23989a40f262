"""The pool: a few worker processes, each over a snapshot, killed and replaced when they go too far.

The writing process never runs a stranger's query. A query waits for a free worker (only so many may wait),
runs for at most so long, and its whole answer is there before the first byte of it is sent. The deadline is
kept here: a worker has an alarm of its own, but one that gave way to others may not get to hear it in time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.service import Service, now
from api.workers.crew import Crew
from api.workers.kept import KeptAnswers
from api.workers.lookups import Nearby
from api.workers.process import request
from api.workers.snapshots import Snapshots
from api.workers.starting import Starter
from api.workers.worker import Answer, Ended, Worker
from graph.answering import Question
from graph.errors import ClaimspineError

Names = tuple[str, ...] | None
#: After these a worker is ended, if it has not ended already.
ENDED = ("query-too-long-running", "query-too-much-memory")


class Pool:
    """Query workers over one embedded store. Thread-safe; ``close`` ends them."""

    def __init__(self, service: Service, *, said: Callable[[str], None] = lambda outcome: None) -> None:
        """Workers start when the first query comes. ``said`` is told the outcome of each query."""
        self.service = service
        self.settings = service.settings
        self._said = said
        self._kept = KeptAnswers(self.settings.answers_kept_mb * 1_000_000)
        self._nearby = Nearby(service)
        self._starter = Starter("api.workers.process")
        self._snapshots = Snapshots(service, self._starter.file)
        self._crew = Crew(
            self.settings,
            self._starter,
            service.waiting,
            ready=self._open_fresh,
            let_go=self._snapshots.let_go,
        )

    def __enter__(self) -> Pool:
        """The pool itself."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Close."""
        self.close()

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return self._crew.alive

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the idle workers."""
        return self._crew.pids

    async def ask(self, question: Question, *, client: str = "") -> Answer:
        """Answer a query, bounded in time, memory, rows and bytes. ``client`` takes turns with the others.

        Raises:
            ClaimspineError: the query's own faults; ``query-too-long-running``, ``query-too-much-memory``,
                ``answer-too-large``, ``too-busy``, ``service-stopping``.
        """
        return self.at_once(question) or await self.by_worker(question, client=client)

    def at_once(self, question: Question) -> Answer | None:
        """The answer where nobody needs to wait for it: a worker has given it before, or it is a look-up."""
        held, generation = self._snapshots.current, self.service.generation  # before it is looked up
        fresh = held if held is not None and self._snapshots.is_fresh(held) else None
        outcome, body = "kept", self._kept.get(question, fresh.generation if fresh else generation)
        if body is None:
            fresh, outcome, body = None, "looked-up", self._nearby.answer(question)
            if body is None:
                return None
            self._kept.put(question, generation, body, cheap=True)
        self._said(outcome)
        age = self._snapshots.age_of(fresh) if fresh else f"taken={now()}; writes-since=0"
        return Answer(body, None, len(body), age)

    async def by_worker(self, question: Question, *, client: str = "") -> Answer:
        """As ``ask``, by a worker: a thread is needed only to start one or to open a snapshot."""
        worker = await self._crew.borrow_soon(client)
        outcome, good = "failed", False
        try:
            if not self._snapshots.is_fresh(self._snapshots.of(worker)):
                await self._crew.in_thread(lambda: self._open_fresh(worker))
            began, seconds = time.monotonic(), self.settings.query_seconds
            asked = _asked(question.format, question.default_graphs, question.named_graphs)
            try:
                header, body = await worker.converse(request(asked, question.query), seconds)
            except Ended:
                raise _why(began, seconds) from None
            held = self._snapshots.of(worker)
            assert held is not None
            answer = self._read(worker, header, body)
            if answer.body is not None:
                self._kept.put(question, held.generation, answer.body)
            good, outcome = True, "answered"
            return answer
        except ClaimspineError as exc:
            outcome, good = exc.code, self._is_well(worker, exc)
            raise
        finally:
            if good and not worker.tired:
                self._crew.give_back(worker, good=True)
            else:  # to end a process takes a while
                rested = good and self._is_rested(worker)
                self._crew.in_thread(lambda: self._crew.give_back(worker, good=rested))
            self._said(outcome)

    def update(self, update: str) -> Answer:
        """Try an update on a copy of its own, bounded as a query is; gives the graphs it changed.

        Nothing is written to the store. What others write meanwhile is in ``service.generation``.

        Raises:
            ClaimspineError: as ``answer``.
        """
        private, seconds = self._snapshots.private(), self.settings.update_seconds
        outcome = "failed"
        try:
            worker = self._crew.borrow("")
            try:
                self._snapshots.open(worker, private, seconds=seconds, writable=True)
                began = time.monotonic()
                try:
                    worker.send(request(b'{"do": "update"}', update))
                    header, body = worker.receive(seconds, watched=True)
                except Ended:
                    raise _why(began, seconds) from None
                outcome = "answered"
                return self._read(worker, header, body)
            except ClaimspineError as exc:
                outcome = exc.code
                raise
            finally:
                self._crew.give_back(worker, good=False, replaced=False)
                self._said(outcome)
        finally:
            private.snapshot.discard()

    def spooled(self, answer: Answer) -> Path:
        """The answer as a file."""
        path = self._starter.file("answer")
        path.write_bytes(answer.body or b"")
        return path

    def close(self) -> None:
        """End all workers and take their files away."""
        self._crew.close()
        self._starter.close()

    def _open_fresh(self, worker: Worker) -> None:
        self._snapshots.open(worker, self._snapshots.fresh(), seconds=self.settings.query_seconds)

    def _read(self, worker: Worker, header: dict[str, Any], body: bytes) -> Answer:
        if "code" in header:
            raise ClaimspineError(
                header["code"],
                header["message"],
                hint=header.get("hint"),
                line=header.get("line"),
                column=header.get("column"),
            )
        held = self._snapshots.of(worker)
        assert held is not None
        spool = worker.spool.rename(self._starter.file("answer")) if "spooled" in header else None
        return Answer(
            None if spool else body,
            spool,
            header.get("spooled", len(body)),
            self._snapshots.age_of(held),
            tuple(header.get("changed", ())),
        )

    def _is_well(self, worker: Worker, error: ClaimspineError) -> bool:
        """Whether a worker can go on after an error. What it left in its spool file goes."""
        worker.spool.unlink(missing_ok=True)
        ended = isinstance(error, Ended) or error.code in ENDED
        return not ended and worker.process.poll() is None

    def _is_rested(self, worker: Worker) -> bool:
        """Whether to keep a worker: one that gave way to others stays slow, and a new one may cost little."""
        return not worker.tired or self._snapshots.are_slow


def _why(began: float, seconds: float) -> ClaimspineError:
    """Why a worker ended: its own alarm, or the kernel's limit."""
    return _too_long(seconds) if time.monotonic() - began >= seconds * 0.95 else _too_much()


@lru_cache(maxsize=500)
def _asked(format: str, default_graphs: Names, named_graphs: Names) -> bytes:
    """What goes with the text of a query."""
    asked = {"format": format, "default_graphs": default_graphs, "named_graphs": named_graphs}
    return json.dumps({"do": "query", **asked}).encode("ascii")


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
