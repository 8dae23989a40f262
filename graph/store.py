"""The store: one small interface, and the embedded engine behind it.

Nothing outside this interface may depend on the engine. Triples are handed over as pyoxigraph terms
inside ``graph`` only; what leaves ``graph`` are the values of ``graph.results``.

Numbers: the engine keeps values, not digits (``0.60`` comes back as ``0.6``, any derived integer
type as ``xsd:integer``), so content is validated as it was read, before it is stored.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import pyoxigraph as ox

from graph.engine import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    Parameters,
    from_term,
    query_syntax,
    to_term,
    triples_of,
)
from graph.errors import ClaimspineError, StoreInUse
from graph.jsonld import BASE
from graph.kept_lines import KeptLines, mark_of
from graph.line_index import LineIndex
from graph.results import Answer, Bindings
from graph.sparql import PREFIXES
from graph.using import names_dataset

if TYPE_CHECKING:
    from graph.remote_access import Credentials

FEW = 1000  # triples


class Store(Protocol):
    """A quad store. Queries see the union of all named graphs as the default graph; what they name by a
    relative IRI, without a BASE of their own, stands under the data base, as in evidence files.
    """

    where: str

    def query(self, sparql: str, parameters: Parameters | None = None) -> Answer:
        """Answer a query; ``parameters`` bind variables by name, never as text."""

    def rows(self, sparql: str, parameters: Parameters | None = None) -> Iterator[tuple[str | None, ...]]:
        """The rows of a SELECT as bare values: quick, for queries that know what they asked for."""

    def query_serialized(self, sparql: str, format: str, parameters: Parameters | None = None) -> bytes:
        """Answer as bytes: csv, tsv, json, xml (SELECT, ASK); turtle, ntriples, jsonld, rdfxml (graphs)."""

    def update(self, sparql: str) -> None:
        """Apply a SPARQL update, whole or not at all, and flush it."""

    def graph_names(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""

    def has_graph(self, name: str) -> bool:
        """Whether there is a graph of this name; it may be empty, where the engine keeps such."""

    def read_graph(self, name: str) -> list[ox.Triple]:
        """The triples of one named graph; empty when there is none."""

    def replace_graphs(self, graphs: Mapping[str, Iterable[ox.Triple] | None]) -> None:
        """Replace each named graph by these triples (``None``: delete it), all together or not at all.

        Without triples it becomes an empty graph, where the engine keeps such (SPARQL 1.1 Update, 3.2).
        """

    def replace_graph(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """Replace one named graph, whole."""

    def delete_graph(self, name: str) -> None:
        """Delete one named graph; nothing happens when there is none."""

    def bulk_load(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """Add many triples to a graph, quickly and not atomically."""

    def dump(self, format: str = "trig") -> bytes:
        """Everything, as trig or nquads."""

    def flush(self) -> None:
        """Return when everything acknowledged is on disk."""

    def close(self) -> None:
        """Flush and let go of the folder."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""


def open_store(
    where: str | os.PathLike[str] = "memory",
    *,
    read_only: bool = False,
    credentials: Credentials | None = None,
) -> Store:
    """Open the store ``where`` says: ``memory``, a folder, or the URL of a SPARQL 1.1 service.

    A folder is made when it is missing, unless ``read_only``. One process at a time writes; any
    number may read while none writes. ``credentials`` are for a SPARQL service.

    >>> with open_store("memory") as store:
    ...     store.graph_names()
    ()

    Raises:
        StoreInUse: another process has the folder open.
        ClaimspineError: the folder is no store, or cannot be read.
    """
    text = os.fspath(where)
    if text == "memory":
        return EmbeddedStore(ox.Store(), "memory", None, read_only=read_only)
    if text.startswith(("http://", "https://")):
        from graph.remote import open_remote

        return open_remote(text, read_only=read_only, credentials=credentials)
    return _open_folder(Path(text), read_only)


_OPEN: set[Path] = set()  # folders this process holds; a probe of the lock file would drop our own lock


def _open_folder(folder: Path, read_only: bool) -> Store:
    resolved = folder.resolve()
    if resolved in _OPEN:
        raise _in_use(folder, "this process")
    if folder.exists() and not folder.is_dir():
        raise ClaimspineError("not-a-store", "the store must be a folder, and this is a file", path=folder)
    is_store = (folder / "CURRENT").exists()
    if folder.is_dir() and not is_store and any(folder.iterdir()):
        raise ClaimspineError(
            "not-a-store",
            "the folder holds other things than a store",
            path=folder,
            hint="name an empty or a new folder",
        )
    if read_only and not is_store:
        raise ClaimspineError(
            "no-such-store", "there is no store here", path=folder, hint="load something first"
        )
    before = mark_of(folder)
    try:
        if read_only:
            if _locked(folder / "LOCK"):
                raise _in_use(folder, "another process")
            engine = ox.Store.read_only(str(folder))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            engine = ox.Store(str(folder))
    except OSError as exc:
        if "lock" in str(exc).lower():
            raise _in_use(folder, "another process") from exc
        raise ClaimspineError("store-failed", f"cannot open the store: {exc}", path=folder) from exc
    kept = KeptLines(folder, before, read_only=read_only)
    return EmbeddedStore(engine, text_path(folder), resolved, read_only=read_only, kept=kept)


def text_path(path: Path) -> str:
    """A path as users write it, with forward slashes."""
    return path.as_posix()


def _in_use(folder: Path, holder: str) -> StoreInUse:
    return StoreInUse(
        "store-in-use",
        f"the store is in use by {holder}",
        path=folder,
        hint="end the other `claimspine serve` or command, or ask the running service instead",
    )


def _locked(lock: Path) -> bool:
    """Whether another process holds the folder's lock (POSIX only; elsewhere opening tells)."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        with lock.open("rb+") as handle:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(handle, fcntl.LOCK_UN)
    except BlockingIOError:
        return True
    except OSError:  # no lock file, or a folder we may only read: nobody of ours is writing
        return False
    return False


class EmbeddedStore:
    """pyoxigraph in memory or in a folder. Made by :func:`open_store`."""

    def __init__(
        self,
        engine: ox.Store,
        where: str,
        folder: Path | None,
        *,
        read_only: bool,
        kept: KeptLines | None = None,
    ) -> None:
        """Take over an open engine; ``folder`` is what it holds, if any, and ``kept`` its index of lines."""
        self._kept = kept
        self.revision = 0  # rises with each write
        self.where = where
        self._engine: ox.Store | None = engine
        self._folder = folder
        self._read_only = read_only
        if folder is not None:
            _OPEN.add(folder)

    @property
    def engine(self) -> ox.Store:
        """The engine itself, for ``graph`` alone."""
        if self._engine is None:
            raise ClaimspineError("store-closed", "the store was closed", path=self.where)
        return self._engine

    def lines(self) -> LineIndex | None:
        """The index of all evidence lines, if one is kept; for ``graph`` alone."""
        return None if self._kept is None else self._kept.index(self.engine)

    def clear(self) -> None:
        """Empty it."""
        with self._writing(None):
            self.engine.clear()
            self.engine.flush()

    def bulk_load_file(self, path: Path, format: ox.RdfFormat) -> None:
        """Add the quads of a file, quickly and not atomically.

        Raises what the engine raises.
        """
        with self._writing(None):
            self.engine.bulk_load(path=str(path), format=format)
            self.engine.flush()
        if self._kept is not None:
            self._kept.read_all(self.engine)

    @contextmanager
    def _writing(self, graphs: Iterable[str] | None, triples: Sequence[ox.Triple] = ()) -> Iterator[None]:
        """Around a write of these triples to these graphs (None: anything may change)."""
        try:
            if self._kept is None:
                yield
            elif graphs is None:
                self._kept.forget()
                yield
            else:
                with self._kept.changing(self.engine, graphs, triples):
                    yield
        finally:
            self.revision += 1

    def query(self, sparql: str, parameters: Parameters | None = None) -> Answer:
        """See :class:`Store`."""
        answer = self._ask(sparql, parameters)
        try:
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples):
                found = sorted(answer, key=str)
                return triples_of(found)
            variables = tuple(variable.value for variable in answer.variables)
            return Bindings(variables, tuple(tuple(to_term(node) for node in row) for row in answer))
        except OSError as exc:
            raise _query_failed(exc) from exc

    def rows(self, sparql: str, parameters: Parameters | None = None) -> Iterator[tuple[str | None, ...]]:
        """See :class:`Store`."""
        answer = self._ask(sparql, parameters)
        if not isinstance(answer, ox.QuerySolutions):
            raise ClaimspineError("not-a-select", "only a SELECT has rows")
        for row in answer:
            yield tuple([None if node is None else node.value for node in row])

    def query_serialized(self, sparql: str, format: str, parameters: Parameters | None = None) -> bytes:
        """See :class:`Store`."""
        answer = self._ask(sparql, parameters)
        known = GRAPH_FORMATS if isinstance(answer, ox.QueryTriples) else RESULT_FORMATS
        try:
            if isinstance(answer, ox.QueryTriples):
                if format in known:
                    found = sorted(answer, key=str)
                    return ox.serialize(found, format=GRAPH_FORMATS[format], prefixes=PREFIXES) or b""
            elif format in known:
                return answer.serialize(format=RESULT_FORMATS[format]) or b""
        except OSError as exc:
            raise _query_failed(exc) from exc
        raise ClaimspineError(
            "format-not-for-query",
            f"{format} cannot hold the answer to this query",
            hint="this query can be given as " + ", ".join(sorted(known)),
        )

    def _ask(
        self, sparql: str, parameters: Parameters | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        bound = {ox.Variable(name): from_term(term) for name, term in (parameters or {}).items()}
        try:
            return self.engine.query(
                sparql,
                base_iri=BASE,
                prefixes=PREFIXES,
                use_default_graph_as_union=not names_dataset(sparql),
                substitutions=bound,
            )
        except SyntaxError as exc:
            raise query_syntax(exc) from exc
        except (OSError, ValueError) as exc:
            raise _query_failed(exc) from exc
        except RuntimeError as exc:  # a parameter that the SELECT does not project
            raise ClaimspineError(
                "unknown-parameter", str(exc), hint="a bound variable must stand after SELECT"
            ) from exc

    def update(self, sparql: str) -> None:
        """See :class:`Store`."""
        self._must_write()
        try:
            with self._writing(None):
                self.engine.update(sparql, base_iri=BASE, prefixes=PREFIXES)
                self.engine.flush()
        except SyntaxError as exc:
            raise query_syntax(exc) from exc
        except (OSError, RuntimeError) as exc:  # RuntimeError: a graph to be dropped or made is not as said
            raise _write_failed(exc, self.where) from exc

    def graph_names(self) -> tuple[str, ...]:
        """See :class:`Store`."""
        return tuple(sorted(name.value for name in self.engine.named_graphs()))

    def has_graph(self, name: str) -> bool:
        """See :class:`Store`."""
        return self.engine.contains_named_graph(ox.NamedNode(name))

    def read_graph(self, name: str) -> list[ox.Triple]:
        """See :class:`Store`."""
        return [quad.triple for quad in self.engine.quads_for_pattern(None, None, None, ox.NamedNode(name))]

    def replace_graphs(self, graphs: Mapping[str, Iterable[ox.Triple] | None]) -> None:
        """See :class:`Store`. One update is one transaction, so readers see before or after."""
        self._must_write()
        drops, blocks = [], []
        said: list[ox.Triple] = []
        for name, triples in sorted(graphs.items()):
            node = str(ox.NamedNode(name))
            drops.append(f"DROP SILENT GRAPH {node}")
            held = list(triples or ())
            said += held
            body = ox.serialize(held, format=ox.RdfFormat.N_TRIPLES) or b"" if held else b""
            if triples is not None and not held:
                drops.append(f"CREATE SILENT GRAPH {node}")
            elif body:
                blocks.append(f"GRAPH {node} {{\n{body.decode()}}}")
        # one block, since blank nodes may not be shared by several
        parts = [*drops, "INSERT DATA {\n" + "\n".join(blocks) + "\n}"] if blocks else drops
        if not parts:
            return
        try:
            with self._writing(graphs, said):
                self.engine.update(";\n".join(parts))
                self.engine.flush()
        except (SyntaxError, OSError) as exc:
            raise _write_failed(exc, self.where) from exc

    def replace_graph(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """See :class:`Store`."""
        self.replace_graphs({name: triples})

    def delete_graph(self, name: str) -> None:
        """See :class:`Store`."""
        self.replace_graphs({name: None})

    def bulk_load(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """See :class:`Store`."""
        self._must_write()
        graph = ox.NamedNode(name)
        held = triples if isinstance(triples, list | tuple) else list(triples)
        try:
            with self._writing((), held):
                # a handful is sooner there in a transaction than in files of its own
                add = self.engine.extend if len(held) < FEW else self.engine.bulk_extend
                add(ox.Quad(t.subject, t.predicate, t.object, graph) for t in held)
                self.engine.flush()
        except OSError as exc:
            raise _write_failed(exc, self.where) from exc

    def dump(self, format: str = "trig") -> bytes:
        """See :class:`Store`. Sorted, so that the same store gives the same bytes."""
        quads = sorted(self.engine.quads_for_pattern(None, None, None), key=str)
        return ox.serialize(quads, format=GRAPH_FORMATS[format], prefixes=PREFIXES) or b""

    def flush(self) -> None:
        """See :class:`Store`."""
        if not self._read_only:
            self.engine.flush()

    def close(self) -> None:
        """See :class:`Store`; closing twice is fine."""
        if self._engine is None:
            return
        self.flush()
        if self._kept is not None:
            self._kept.close()
        self._engine = None
        if self._folder is not None:
            _OPEN.discard(self._folder)

    def _must_write(self) -> None:
        if self._read_only:
            raise ClaimspineError("store-read-only", "the store was opened for reading", path=self.where)

    def __enter__(self) -> Self:
        """See :class:`Store`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See :class:`Store`."""
        self.close()


def _query_failed(exc: Exception) -> ClaimspineError:
    return ClaimspineError("query-failed", f"the query could not be answered: {exc}")


def _write_failed(exc: Exception, where: str) -> ClaimspineError:
    return ClaimspineError("store-failed", f"nothing was written: {exc}", path=where)
