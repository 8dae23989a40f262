"""What writes touched: the subjects of the triples that came or went, since somebody last asked."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
MOST = 20_000  # subjects; of more it is only said that anything may have changed


class Touched:
    """The subjects that were touched, while they are few and somebody waits for them. Any thread may ask."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._lock = threading.Lock()
        self._subjects: set[Subject] | None = None

    def take(self) -> set[Subject] | None:
        """The subjects touched since the last time; None: anything may have changed."""
        with self._lock:
            taken, self._subjects = self._subjects, set()
            return taken

    def forget(self) -> None:
        """Anything may have changed."""
        with self._lock:
            self._subjects = None

    @contextmanager
    def writing(
        self, engine: ox.Store, graphs: Collection[str] | None, added: Iterable[ox.Triple] = ()
    ) -> Iterator[None]:
        """Around a write to these graphs (None: to anything; "": the default graph) and of these triples.

        It is noted when it is done: who reads meanwhile may see it or not, and is told of it the next time.
        """
        before = self._within(engine, graphs)
        try:
            yield
        except BaseException:
            self.forget()
            raise
        after = self._within(engine, graphs)
        new = None if before is None or after is None else before | after | {one.subject for one in added}
        with self._lock:
            if self._subjects is not None:
                both = None if new is None else self._subjects | new
                self._subjects = both if both is not None and len(both) <= MOST else None

    def _within(self, engine: ox.Store, graphs: Collection[str] | None) -> set[Subject] | None:
        """The subjects of these graphs, where somebody waits for them and they are few."""
        if graphs is None or self._subjects is None or len(graphs) > MOST:
            return None
        found: set[Subject] = set()
        for name in graphs:
            try:
                graph = ox.NamedNode(name) if name else ox.DefaultGraph()
            except ValueError:
                continue  # no graph can be called that
            for quad in engine.quads_for_pattern(None, None, None, graph):
                found.add(quad.subject)
                if len(found) > MOST:
                    return None
        return found
