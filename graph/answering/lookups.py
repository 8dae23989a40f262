"""Look-ups: queries that cost so little (``bounds``) that they may be answered where they are asked."""

from __future__ import annotations

from typing import IO, cast

import pyoxigraph as ox

from graph.answering.answering import Question, TooManyBytes, count_rows, found
from graph.answering.bounds import FITTING, MOST, Bounded, bounded, counted
from graph.answering.matches import FEW, Pattern, written
from graph.embedded.store import EmbeddedStore
from graph.engine import RESULT_FORMATS
from graph.errors import ClaimspineError
from graph.sparql import prefixes
from graph.store import Store
from graph.terms import TYPE

LARGEST = 1 << 16  # bytes of an answer
COUNTS = 500  # patterns of which it is remembered whether few triples fit

#: The fewest bytes of a row with a value in it.
_LEAST = {"json": 26, "xml": 26}


def _pattern(asked: Bounded, base: str) -> Pattern | None:
    """The look-up as a pattern; None: it is for the engine to read."""
    if asked.declared is None or len(set(asked.wanted)) < len(asked.wanted):
        return None
    try:
        subject, predicate, object = [_term(term, asked.declared, base) for term in asked.terms]
    except LookupError:
        return None
    wanted = tuple([(name, asked.places[name]) for name in asked.wanted])
    return Pattern((subject, predicate, object), wanted, asked.limit)


def _term(written: str, declared: dict[str, str], base: str) -> ox.NamedNode | None:
    """A term of a pattern; None: a variable.

    Raises:
        LookupError: a literal, or a prefix that is not known.
    """
    match written[0]:
        case "?" | "$":
            return None
        case "<":
            return ox.NamedNode(written[1:-1])
        case '"':
            raise LookupError
    if written == "a":
        return TYPE
    prefix, _, name = written.partition(":")
    start = declared[prefix] if prefix in declared else prefixes(base)[prefix]
    return ox.NamedNode(start + name)  # one that is not whole is refused


class LookUps:
    """Look-ups in an embedded store: where it is, or in a copy in memory, which is quicker than a folder.

    Made anew when something was written: how much fits a pattern is counted once.
    """

    def __init__(self, store: Store, copied: bytes | None = None) -> None:
        """Over the store; ``copied``: over what it held, as N-Quads."""
        assert isinstance(store, EmbeddedStore)
        self._store, self._base = store, store.base
        self._few: dict[str, bool] = {}
        self._copy: ox.Store | None = None
        if copied is not None:
            self._copy = ox.Store()
            self._copy.bulk_load(copied, ox.RdfFormat.N_QUADS)

    def answer(self, question: Question, *, most: int = MOST) -> bytes | None:
        """The answer to a look-up of at most ``most`` rows; None: it is for a query worker.

        So is what has more rows or bytes, and what cannot be read: the worker says what is wrong.
        """
        if question.default_graphs is not None or question.named_graphs is not None:
            return None
        if question.format not in RESULT_FORMATS:
            return None
        most, engine = min(most, MOST), self._copy or self._store.engine
        try:
            if (bound := bounded(question.query)) is not None:
                return self._bounded(engine, question.format, bound, most)
            if (more := counted(question.query)) is not None and self._few_fit(engine, more.fitting):
                asked = Question(more.text, question.format)
                return _serialized(found(engine, asked, self._base), question.format, most)
        except (TooManyBytes, SyntaxError, ValueError, OSError, ClaimspineError):
            pass
        return None

    def _bounded(self, engine: ox.Store, format: str, asked: Bounded, most: int) -> bytes:
        if format == "json" and most >= FEW and (pattern := _pattern(asked, self._base)):
            rows = written(engine, pattern)
            if rows is not None and len(rows) <= LARGEST:
                return rows
        return _serialized(found(engine, Question(asked.text, format), self._base), format, most)

    def _few_fit(self, engine: ox.Store, count: str) -> bool:
        """Whether few enough triples fit a pattern; remembered, since the same ones are asked for."""
        known = self._few.get(count)
        if known is None:
            rows = cast(ox.QuerySolutions, found(engine, Question(count, "json"), self._base))
            known = int(cast(ox.Literal, next(rows)[0]).value) <= FITTING
            if len(self._few) >= COUNTS:
                self._few.clear()
            self._few[count] = known
        return known


def _serialized(answered: object, format: str, most: int) -> bytes:
    sink = _Sink()
    cast(ox.QuerySolutions, answered).serialize(cast(IO[bytes], sink), RESULT_FORMATS[format])
    if len(sink.written) > most * _LEAST.get(format, 1):
        count_rows(sink.written, format, most)
    return bytes(sink.written)


class _Sink:
    """Takes so many bytes."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        self.written += data
        if len(self.written) > LARGEST:
            raise TooManyBytes
        return len(data)

    def flush(self) -> None:
        """Nothing to do."""
