"""Answers that are given again while the evidence does not change: the same query needs no worker then."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

from graph.answering import Question

#: What makes an answer another each time (SPARQL 1.1, 17.4.2, 17.4.4, 17.4.5); an escape may hide it (19.2).
_CHANGING = re.compile(r"(?:rand|now|uuid|bnode)\s*[(#]|\\u")
_SIGNS = ("rand", "now", "uuid", "bnode", "\\u")
ONCE = 1000  # cheap questions that are remembered
OVERHEAD = 500  # bytes that an entry takes beside its text and its answer, about


class KeptAnswers:
    """Answers over one state of the store, the last asked for, up to so many bytes. Thread-safe.

    A state is known by its generation.
    """

    def __init__(self, most: int) -> None:
        """Keep up to ``most`` bytes; 0: keep nothing."""
        self._most = most
        self._size = 0
        self._generation = -1
        self._held: OrderedDict[Question, bytes] = OrderedDict()
        self._once: set[int] = set()  # hashes of cheap questions that were asked for
        self._lock = threading.Lock()

    def get(self, asked: Question, generation: int) -> bytes | None:
        """The answer over this state, if it is kept."""
        with self._lock:
            found = self._held.get(asked) if generation == self._generation else None
            if found is not None:
                self._held.move_to_end(asked)
            return found

    def put(self, asked: Question, generation: int, body: bytes, *, cheap: bool = False) -> None:
        """Keep an answer, unless the query may be answered otherwise the next time.

        ``cheap``: it never is, and to answer it anew costs little more than to keep it, so it is kept once
        it was asked for twice.
        """
        if cheap and not self._came_before(hash(asked)):
            return
        size = _size(asked, body)
        if size > self._most or (not cheap and _changes(asked.query)):
            return
        with self._lock:
            if generation != self._generation:
                self._held.clear()
                self._generation, self._size = generation, 0
            if asked in self._held:
                return
            self._held[asked] = body
            self._size += size
            while self._size > self._most:
                old, left = self._held.popitem(last=False)
                self._size -= _size(old, left)

    def _came_before(self, sign: int) -> bool:
        if sign in self._once:
            return True
        if len(self._once) >= ONCE:
            self._once.clear()
        self._once.add(sign)
        return False


def _changes(query: str) -> bool:
    """Whether the same query may be answered otherwise the next time."""
    lower = query.lower()  # to look for words takes a twentieth of the time of the pattern
    return any(sign in lower for sign in _SIGNS) and _CHANGING.search(lower) is not None


def _size(asked: Question, body: bytes) -> int:
    size = len(asked.query) + len(body) + OVERHEAD
    if asked.default_graphs or asked.named_graphs:
        size += sum(map(len, (*(asked.default_graphs or ()), *(asked.named_graphs or ()))))
    return size
