"""Whose turn it is: clients in a circle, so that nobody's many queries hold up somebody else's one."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Who has something and who waits for it. Not thread-safe: the pool's lock is held around it.

    A client may hold all but one of what there is (or the only one), and half of the places to wait.
    """

    def __init__(self, things: int, places: int) -> None:
        """So many things to hold, so many places to wait."""
        self._most = max(1, things - 1)
        self._places = places
        self._held: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[Future[T]]] = OrderedDict()

    def may_hold(self, client: str) -> bool:
        """Whether the client may hold one more."""
        return self._held[client] < self._most

    def hold(self, client: str) -> None:
        """The client has one more."""
        self._held[client] += 1

    def release(self, client: str) -> None:
        """The client has one less."""
        self._held[client] -= 1
        if self._held[client] <= 0:
            del self._held[client]

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(len(queue) for queue in self._queues.values())

    def wait(self, client: str) -> Future[T] | None:
        """A place in the client's line; None: there is none left."""
        line = self._queues.get(client, ())
        if self.waiting >= self._places or len(line) >= max(1, self._places // 2):
            return None
        place: Future[T] = Future()
        self._queues.setdefault(client, deque()).append(place)
        return place

    def leave(self, client: str, place: Future[T]) -> None:
        """Give a place in the line up."""
        queue = self._queues.get(client)
        if queue is not None and place in queue:
            queue.remove(place)
            if not queue:
                del self._queues[client]

    def next(self) -> tuple[str, Future[T]] | None:
        """The next place, of the next client that may hold one more; it leaves the line."""
        for client in list(self._queues):
            if not self.may_hold(client):
                continue
            queue = self._queues[client]
            place = queue.popleft()
            if queue:
                self._queues.move_to_end(client)
            else:
                del self._queues[client]
            return client, place
        return None

    def all(self) -> list[Future[T]]:
        """All places, taken out of their lines."""
        found = [place for queue in self._queues.values() for place in queue]
        self._queues.clear()
        return found
