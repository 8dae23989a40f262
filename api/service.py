"""The service's state: one store, one writer at a time, and what was made of the store's last state."""

from __future__ import annotations

import gc
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from api.search import Index
from api.settings import Settings
from claims.library import Library
from graph.errors import ClaimspineError
from graph.evidence import Evidence, Iri
from graph.garbage import uncollected
from graph.reading import read_evidence
from graph.reading.differences import difference
from graph.store import Store
from graph.tracing import Traces

if TYPE_CHECKING:
    from api.auditing import Asked, Audited
    from api.workers.worker import Answer
    from graph.answering import Question


def now() -> str:
    """The time, ISO 8601, UTC."""
    return written_time(time.time())


def written_time(at: float) -> str:
    """A time in seconds since 1970, ISO 8601, UTC, with six places.

    >>> written_time(0.25)
    '1970-01-01T00:00:00.250000Z'
    """
    second, rest = divmod(int(at * 1_000_000), 1_000_000)
    return f"{_second(second)}.{rest:06d}Z"


@lru_cache(maxsize=4)
def _second(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class State:
    """One state of the evidence, and what audits and lists need of it.

    ``directions`` counts the lines on each claim by their direction; ``traces`` follows them.
    """

    generation: int
    evidence: Evidence
    library: Library
    directions: dict[Iri, Counter[str]]
    traces: Traces


class Queries(Protocol):
    """The query workers over an embedded store, or what asks the SPARQL service."""

    async def ask(self, question: Question, *, client: str = "") -> Answer:
        """Answer a query, bounded; ``client`` takes turns with the others."""

    def at_once(self, question: Question) -> Answer | None:
        """The answer, where nobody needs to wait for it."""

    async def by_worker(self, question: Question, *, client: str = "") -> Answer:
        """The answer of somebody who is to be waited for."""

    def close(self) -> None:
        """End what was started."""


class Audits(Protocol):
    """The processes that check strangers' articles."""

    def prepare(self, state: State) -> None:
        """Have a worker hold a state before the first article comes."""

    def audit(self, asked: Asked, state: State, client: str = "") -> Audited:
        """Check an article, bounded."""

    def close(self) -> None:
        """End what was started."""


class Service:
    """What every route works on. Thread-safe."""

    def __init__(self, store: Store, settings: Settings) -> None:
        """Take an open store; who opened it closes it."""
        self.store = store
        self.settings = settings
        self.remote = store.where.startswith(("http://", "https://"))
        self.audits: Kept = Kept(settings.audits_kept)
        self._pool: Queries | None = None
        self._auditor: Audits | None = None
        self.waiting = self._threads()
        self._generation = 0
        self._writing = threading.RLock()
        self._reading = threading.Lock()
        self._opening = threading.Lock()
        self._indexing = threading.Lock()
        self._state: State | None = None
        self._index: tuple[Evidence, Index] | None = None
        self._read_at = 0.0

    def _threads(self) -> ThreadPoolExecutor:
        size = self.settings.query_workers + self.settings.queries_waiting
        return ThreadPoolExecutor(size, thread_name_prefix="claimspine-query")

    def open(self, pool: Callable[[], Queries], auditor: Callable[[], Audits] | None = None) -> None:
        """Make ready for queries and audits, also after ``close``."""
        with self._opening:
            if self._pool is None:
                self.waiting = self._threads()  # first: the pool holds on to them
                self._pool = pool()
            if self._auditor is None and auditor is not None:
                self._auditor = auditor()

    @property
    def pool(self) -> Queries:
        """Who answers strangers' queries.

        Raises:
            ClaimspineError: ``service-stopping``, or it was not opened.
        """
        if self._pool is None:
            raise ClaimspineError("service-stopping", "the service is stopping")
        return self._pool

    @property
    def auditor(self) -> Audits:
        """Who checks strangers' articles.

        Raises:
            ClaimspineError: as ``pool``.
        """
        if self._auditor is None:
            raise ClaimspineError("service-stopping", "the service is stopping")
        return self._auditor

    def close(self) -> None:
        """End what was started for the queries; the store stays open."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
        if self._auditor is not None:
            self._auditor.close()
            self._auditor = None
        self.waiting.shutdown(wait=False, cancel_futures=True)

    @property
    def generation(self) -> int:
        """Counts the writes; a SPARQL service may change without us, so its count goes up with time."""
        if self.remote and time.monotonic() - self._read_at > self.settings.remote_seconds:
            return self._generation + 1
        return self._generation

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store, for one writer; what was derived from its old state is made anew when next asked for."""
        with self._writing:
            try:
                yield self.store
            finally:
                self._generation += 1

    def state(self) -> State:
        """The evidence as it is now."""
        with self._reading:
            held = self._state
            if held is None or held.generation != self.generation:
                if self.remote and held is not None:
                    self._generation += 1
                generation = self._generation
                self._read_at = time.monotonic()
                held = self._state = self._read(generation, held)
            return held

    def _read(self, generation: int, last: State | None) -> State:
        """The state that the store is in now.

        Its values are many and live long: to search all of them for garbage takes longer, at 40,000 claims
        half a second for which everybody waits, than to read what a write touched. They are kept from it.
        """
        gc.collect()  # what is garbage by now is not to be kept
        with uncollected():
            state = _state(generation, read_evidence(self.store), last)
            if last is None or state.evidence is not last.evidence:
                gc.freeze()
        return state

    def index(self) -> Index:
        """The index of words over the evidence as it is now."""
        with self._indexing:
            evidence, held = self.state().evidence, self._index
            if held is not None and held[0] is evidence:
                return held[1]
            index, self._index = None if held is None else _renewed(held, evidence), None
            self._index = evidence, index or Index(evidence)
            return self._index[1]


def _state(generation: int, evidence: Evidence, last: State | None) -> State:
    """The state of this evidence; of what the last one had too, the same objects."""
    if last is not None and last.evidence.works is evidence.works:
        library = last.library
    else:
        library = Library.of(evidence.works.values())
    traces = last.traces if last is not None and last.evidence is evidence else Traces(evidence)
    if last is not None and last.evidence.lines is evidence.lines:
        return State(generation, evidence, library, last.directions, traces)
    directions: dict[Iri, Counter[str]] = {}
    for line in evidence.lines:
        directions.setdefault(line.bears_on, Counter())[line.direction] += 1
    return State(generation, evidence, library, directions, traces)


def _renewed(held: tuple[Evidence, Index], evidence: Evidence) -> Index | None:
    """The index of another state, taken on to this one where that is worth it."""
    old, index = held
    return index if index.renew(old, evidence, difference(old, evidence)) else None


class Kept:
    """The newest reports by id, at most so many."""

    def __init__(self, limit: int) -> None:
        """Start empty."""
        self._limit = limit
        self._held: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, key: str, value: Any) -> None:
        """Keep a value; the oldest goes when there are too many."""
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            while len(self._held) > self._limit:
                self._held.popitem(last=False)

    def get(self, key: str) -> Any | None:
        """The value, or None."""
        with self._lock:
            return self._held.get(key)

    def newest(self) -> list[tuple[str, Any]]:
        """All, the newest first."""
        with self._lock:
            return list(reversed(self._held.items()))
