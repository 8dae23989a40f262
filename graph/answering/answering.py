"""Answering a stranger's query, bounded: inside a query worker, over a snapshot, into a sink that may refuse.

``graph.embedded.snapshots`` makes the snapshots; ``api.workers`` runs this in processes of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol, cast

import pyoxigraph as ox

from graph.abbreviating import abbreviate
from graph.answering.operations import Operation, operations
from graph.engine import GRAPH_FORMATS, RESULT_FORMATS, query_syntax
from graph.errors import ClaimspineError
from graph.sparql import prefixes, refuse_remote
from graph.using import may_change, names_dataset
from ontology.loader import DATA_BASE


class Sink(Protocol):
    """Where an answer is written. ``write`` may raise ``TooManyBytes``."""

    def write(self, data: bytes) -> int:
        """Take bytes."""

    def flush(self) -> None:
        """Nothing."""

    def content(self) -> bytes:
        """What was written, for counting the rows in it."""


class TooManyBytes(Exception):  # noqa: N818 - what happened, as one says it
    """The answer is larger than the limit."""


class Question(NamedTuple):
    """A query with all that makes its answer what it is: the format, and its dataset.

    ``default_graphs`` and ``named_graphs`` None: as the query says, else the union of all graphs.
    """

    query: str
    format: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def open_snapshot(kind: str, path: str, *, writable: bool = False) -> ox.Store:
    """The engine over a snapshot: a ``dump`` is copied into memory, a ``backup`` is opened where it is.

    A backup that is opened to be written to must be nobody else's.
    """
    if kind == "backup":
        return ox.Store(path) if writable else ox.Store.read_only(path)
    engine = ox.Store()
    engine.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    return engine


def answer(engine: ox.Store, question: Question, sink: Sink, *, max_rows: int, base: str = DATA_BASE) -> None:
    """Write the answer, of at most so many rows, into the sink. ``base``: the store's.

    Raises:
        ClaimspineError: the query cannot be read, leaves the store, has too many rows, or fails.
        TooManyBytes: from the sink.
    """
    refuse_remote(question.query)
    try:
        answered = found(engine, question, base)
        if isinstance(answered, ox.QueryTriples):
            _triples(answered, question, sink, max_rows, base)
        else:
            if question.format not in RESULT_FORMATS:
                raise _unfit(question.format)
            answered.serialize(cast(IO[bytes], sink), format=RESULT_FORMATS[question.format])
            if isinstance(answered, ox.QuerySolutions):
                count_rows(sink.content(), question.format, max_rows)
    except SyntaxError as exc:
        raise query_syntax(exc, question.query) from exc
    except (OSError, ValueError) as exc:
        raise ClaimspineError("query-failed", f"the query could not be answered: {exc}") from exc


def found(engine: ox.Store, question: Question, base: str = DATA_BASE) -> Any:
    """The engine's own answer; its errors as it raises them."""
    asked: Callable[..., Any] = partial(
        engine.query,
        question.query,
        base_iri=base,
        use_default_graph_as_union=question.default_graphs is None
        and question.named_graphs is None
        and not names_dataset(question.query),
        default_graph=_graphs(question.default_graphs, question.named_graphs),  # type: ignore[arg-type]
        named_graphs=_graphs(question.named_graphs, question.default_graphs),  # type: ignore[arg-type]
    )
    with suppress(SyntaxError):  # most declare all that they use, and to be told ours takes a while
        return asked()
    return asked(prefixes=prefixes(base))


def _graphs(wanted: Sequence[str] | None, other: Sequence[str] | None) -> list[ox.NamedNode] | None:
    """SPARQL 1.1 Protocol, 2.1.4: a dataset that the request gives is the whole dataset."""
    if wanted is None:
        return None if other is None else []
    return [ox.NamedNode(graph) for graph in wanted]


def _triples(found: ox.QueryTriples, question: Question, sink: Sink, max_rows: int, base: str) -> None:
    if question.format not in GRAPH_FORMATS:
        raise _unfit(question.format)
    triples = list(islice(found, max_rows + 1))
    if len(triples) > max_rows:
        raise too_many_rows(max_rows)
    abbreviate(sorted(set(triples), key=str), sink, GRAPH_FORMATS[question.format], prefixes(base))


_QUOTED_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"')
_QUOTED_CSV = re.compile(rb'"(?:[^"]|"")*+"')


def count_rows(written: bytes | bytearray, format: str, max_rows: int) -> None:
    """Hold the rows of an answer to the limit.

    Raises:
        ClaimspineError: ``answer-too-large``.
    """
    if len(written) <= max_rows:  # each row takes a byte at the least
        return
    match format:
        case "xml":
            rows = written.count(b"<result>")
        case "tsv":
            rows = written.count(b"\n") - 1
        case "csv":
            rows = _QUOTED_CSV.sub(b"", written).count(b"\n") - 1
        case _:
            rows = written.count(b"},{") + 1
            if rows > max_rows:  # some may stand within texts
                rows = _QUOTED_JSON.sub(b"", written).count(b"},{") + 1
    if rows > max_rows:
        raise too_many_rows(max_rows)


def too_many_rows(limit: int) -> ClaimspineError:
    """The answer has too many rows."""
    return ClaimspineError(
        "answer-too-large",
        f"the answer has more than {limit:,} rows",
        hint="add a LIMIT, or narrow the query",
    )


def _unfit(format: str) -> ClaimspineError:
    return ClaimspineError("not-acceptable", f"the answer to this query cannot be written as {format}")


def changed_by(engine: ox.Store, update: str, sink: Sink, *, base: str = DATA_BASE) -> list[str]:
    """Apply an update to a private copy; write the graphs that it changed, whole, as N-Quads.

    Gives the names of the changed graphs (the empty name is the default graph); a graph of which nothing
    was written is gone.

    Raises:
        ClaimspineError: ``query-syntax``, ``update-failed``, or it would reach another host.
    """
    refuse_remote(update)
    known = prefixes(base)
    touched, steps = may_change(update, base), None
    if touched is None and (steps := operations(update)) is not None:
        touched = may_change(update, base, variables=True)
    before = _digests(engine, touched)
    try:
        if touched is None or steps is None:
            engine.update(update, base_iri=base, prefixes=known)
        else:
            for step in steps:
                named = _named(engine, step, base) - touched
                before |= _digests(engine, named)
                touched |= named
                engine.update(step.text, base_iri=base, prefixes=known)
    except SyntaxError as exc:
        raise query_syntax(exc, update, update=True) from exc
    except (OSError, ValueError) as exc:
        raise ClaimspineError("update-failed", f"the update could not be made: {exc}") from exc
    after = _digests(engine, touched)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in changed:
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        quads = sorted(engine.quads_for_pattern(None, None, None, graph), key=str)
        ox.serialize(quads, cast(IO[bytes], sink), format=ox.RdfFormat.N_QUADS)
    return changed


def _named(engine: ox.Store, step: Operation, base: str) -> frozenset[str]:
    """The graphs that the variables of an operation name now."""
    if step.graphs is None:
        return frozenset()
    known = prefixes(base)
    try:
        rows = cast(ox.QuerySolutions, engine.query(step.graphs, base_iri=base, prefixes=known))
    except SyntaxError:
        engine.update(step.text, base_iri=base, prefixes=known)  # which says where in the update
        raise
    return frozenset(term.value for row in rows for term in row if isinstance(term, ox.NamedNode))


def _digests(engine: ox.Store, names: Collection[str] | None) -> dict[str, bytes]:
    """A digest of each graph (of these; None: of all) that has anything in it.

    The engine gives a graph in the same order again.
    """
    found = {}
    for graph in (ox.DefaultGraph(), *engine.named_graphs()) if names is None else map(_graph, names):
        digest = _Digest()
        if graph is not None:
            engine.dump(cast(IO[bytes], digest), ox.RdfFormat.N_TRIPLES, from_graph=graph)
        if digest.size:
            found[getattr(graph, "value", "") or ""] = digest.hash.digest()
    return found


def _graph(name: str) -> ox.NamedNode | ox.DefaultGraph | None:
    """The graph of this name; None where it cannot be one's."""
    try:
        return ox.NamedNode(name) if name else ox.DefaultGraph()
    except ValueError:
        return None


class _Digest:
    """A sink that keeps the digest of what it was given."""

    def __init__(self) -> None:
        self.hash = blake2b()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do."""


#: Graphs as an update leaves them; None: the graph is gone.
Changed = dict[str, list[ox.Triple] | None]


def read_changed(path: Path, names: Iterable[str]) -> Changed:
    """What ``changed_by`` wrote."""
    found: Changed = dict.fromkeys(names)
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        held = found[getattr(quad.graph_name, "value", "")]
        if held is None:
            held = found[getattr(quad.graph_name, "value", "")] = []
        held.append(quad.triple)
    return found
