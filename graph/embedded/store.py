"""The embedded engine behind the store's interface: pyoxigraph, in memory or in a folder.

Numbers: the engine keeps values, not digits (``0.60`` comes back as ``0.6``, any derived integer
type as ``xsd:integer``), so content is validated as it was read, before it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from graph.abbreviating import abbreviated
from graph.embedded.kept_lines import KeptLines
from graph.embedded.line_index import LineIndex
from graph.embedded.mixed_dois import MixedDois
from graph.embedded.touched import Touched
from graph.engine import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    Parameters,
    from_term,
    query_syntax,
    to_term,
    triples_of,
)
from graph.errors import ClaimspineError
from graph.results import Answer, Bindings
from graph.sparql import prefixes
from graph.using import may_change, names_dataset
from ontology.loader import DATA_BASE

FEW = 1000  # triples


class EmbeddedStore:
    """pyoxigraph in memory or in a folder. Made by :func:`graph.store.open_store`."""

    def __init__(
        self,
        engine: ox.Store,
        where: str,
        *,
        read_only: bool,
        kept: KeptLines | None = None,
        let_go: Callable[[], None] = lambda: None,
        base: str = DATA_BASE,
    ) -> None:
        """Take over an open engine; ``kept`` is its index of lines, ``let_go`` is called at its close."""
        self._kept = kept
        self.derived: dict[object, object] = {}  # from its present state, by who keeps it
        self.touched = Touched()  # by writes, for who keeps the evidence
        self.mixed_dois = MixedDois()
        self.where = where
        self.base = base
        self._engine: ox.Store | None = engine
        self._read_only = read_only
        self._let_go = let_go

    @property
    def engine(self) -> ox.Store:
        """The engine itself, for ``graph`` alone.

        Raises:
            ClaimspineError: ``store-closed``.
        """
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
    def _writing(
        self,
        graphs: Collection[str] | None,
        triples: Sequence[ox.Triple] = (),
        *,
        within: Collection[str] | None = None,
    ) -> Iterator[None]:
        """Around a write of these triples to these graphs (None: to anything, or ``within`` some graphs)."""
        try:
            touching = within if graphs is None else graphs
            with self.touched.writing(self.engine, touching, () if graphs else triples):
                if self._kept is None:
                    yield
                elif graphs is None:
                    self._kept.forget()
                    yield
                else:
                    with self._kept.changing(self.engine, graphs, triples):
                        yield
        finally:
            self.mixed_dois.written(None if graphs is None else triples)
            self.forget()

    def forget(self) -> None:
        """Drop what was derived from its present state, as each write does."""
        self.derived = {}

    def query(self, sparql: str, parameters: Parameters | None = None) -> Answer:
        """See :class:`graph.store.Store`."""
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
        """See :class:`graph.store.Store`."""
        answer = self._ask(sparql, parameters)
        if not isinstance(answer, ox.QuerySolutions):
            raise ClaimspineError("not-a-select", "only a SELECT has rows")
        for row in answer:
            yield tuple([None if node is None else node.value for node in row])

    def query_serialized(self, sparql: str, format: str, parameters: Parameters | None = None) -> bytes:
        """See :class:`graph.store.Store`."""
        answer = self._ask(sparql, parameters)
        known = GRAPH_FORMATS if isinstance(answer, ox.QueryTriples) else RESULT_FORMATS
        try:
            if isinstance(answer, ox.QueryTriples):
                if format in known:
                    found = sorted(answer, key=str)
                    return abbreviated(found, GRAPH_FORMATS[format], prefixes(self.base))
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
                base_iri=self.base,
                prefixes=prefixes(self.base),
                use_default_graph_as_union=not names_dataset(sparql),
                substitutions=bound,
            )
        except SyntaxError as exc:
            raise query_syntax(exc, sparql) from exc
        except (OSError, ValueError) as exc:
            raise _query_failed(exc) from exc
        except RuntimeError as exc:  # a parameter that the SELECT does not project
            raise ClaimspineError(
                "unknown-parameter", str(exc), hint="a bound variable must stand after SELECT"
            ) from exc

    def update(self, sparql: str) -> None:
        """See :class:`graph.store.Store`."""
        self._must_write()
        try:
            with self._writing(None, within=may_change(sparql, self.base)):
                self.engine.update(sparql, base_iri=self.base, prefixes=prefixes(self.base))
                self.engine.flush()
        except SyntaxError as exc:
            raise query_syntax(exc, sparql, update=True) from exc
        except (OSError, RuntimeError) as exc:  # RuntimeError: a graph to be dropped or made is not as said
            raise _write_failed(exc, self.where) from exc

    def graph_names(self) -> tuple[str, ...]:
        """See :class:`graph.store.Store`."""
        return tuple(sorted(name.value for name in self.engine.named_graphs()))

    def has_graph(self, name: str) -> bool:
        """See :class:`graph.store.Store`."""
        return self.engine.contains_named_graph(ox.NamedNode(name))

    def read_graph(self, name: str) -> list[ox.Triple]:
        """See :class:`graph.store.Store`."""
        return [quad.triple for quad in self.engine.quads_for_pattern(None, None, None, ox.NamedNode(name))]

    def replace_graphs(self, graphs: Mapping[str, Iterable[ox.Triple] | None]) -> None:
        """See :class:`graph.store.Store`. One update is one transaction, so readers see before or after."""
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
        """See :class:`graph.store.Store`."""
        self.replace_graphs({name: triples})

    def delete_graph(self, name: str) -> None:
        """See :class:`graph.store.Store`."""
        self.replace_graphs({name: None})

    def bulk_load(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """See :class:`graph.store.Store`."""
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
        """See :class:`graph.store.Store`. Sorted, so that the same store gives the same bytes."""
        quads = sorted(self.engine.quads_for_pattern(None, None, None), key=str)
        return abbreviated(quads, GRAPH_FORMATS[format], prefixes(self.base))

    def flush(self) -> None:
        """See :class:`graph.store.Store`."""
        if not self._read_only:
            self.engine.flush()

    def close(self) -> None:
        """See :class:`graph.store.Store`; closing twice is fine."""
        if self._engine is None:
            return
        self.flush()
        if self._kept is not None:
            self._kept.close()
        self._engine = None
        self._let_go()

    def _must_write(self) -> None:
        if self._read_only:
            raise ClaimspineError("store-read-only", "the store was opened for reading", path=self.where)

    def __enter__(self) -> Self:
        """See :class:`graph.store.Store`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See :class:`graph.store.Store`."""
        self.close()


def _query_failed(exc: Exception) -> ClaimspineError:
    return ClaimspineError("query-failed", f"the query could not be answered: {exc}")


def _write_failed(exc: Exception, where: str) -> ClaimspineError:
    return ClaimspineError("store-failed", f"nothing was written: {exc}", path=where)
