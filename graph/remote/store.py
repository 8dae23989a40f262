"""A SPARQL 1.1 service as the store: query, update and Graph Store Protocol over HTTP.

The address is that of the query endpoint. The other two stand in its query string
(``https://host/sparql?update=https://host/update&graphs=https://host/data``), else they follow the habits of
known servers. Credentials are handed in by whoever opens the store (``api`` takes them from the environment).

Engines differ: some do not see all graphs by default, some cut answers at 10,000 rows without a word, some
spell typed literals anew. So queries name the union themselves where the engine needs it, and long graphs are
read through the Graph Store Protocol or in pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import IO, Any, Self

import httpx
import pyoxigraph as ox

from graph.abbreviating import abbreviated
from graph.data_base import agreed
from graph.engine import GRAPH_FORMATS, RESULT_FORMATS, Parameters, from_term, triples_of
from graph.errors import ClaimspineError
from graph.remote.access import Credentials, auth_of, endpoints_of, shown
from graph.remote.answers import document, parse, serialized, term_of, unreadable
from graph.remote.connection import RESULTS, TRIPLES, Connection
from graph.remote.dataset import Dataset, of_the_engine
from graph.remote.queries import bound, insert_of, prologue_of
from graph.results import Answer, Bindings
from graph.sparql import prefixes, query_form, stored
from ontology.loader import DATA_BASE

PAGE = 5_000  # below the cut of every engine that is known to cut
BATCH = 1_000  # triples of one INSERT DATA: some engines limit the length of an update


def open_remote(
    url: str,
    *,
    read_only: bool = False,
    credentials: Credentials | None = None,
    seconds: float = 60.0,
    base: str | None = None,
) -> RemoteStore:
    """Open a SPARQL service as a store, and ask it what its ids stand under: so it is seen to be there.

    Raises:
        ClaimspineError: ``store-unreachable``, ``store-refused``, ``not-a-base``, ``other-base``.
    """
    endpoints = endpoints_of(url)
    client = httpx.Client(timeout=seconds, follow_redirects=False, auth=auth_of(credentials), trust_env=False)
    connection = Connection(client, endpoints, shown(url))
    store = RemoteStore(connection, read_only=read_only)
    store.base = agreed(base, store.rows(stored("base")), store.where)
    return store


class RemoteStore:
    """A SPARQL service. Made by :func:`open_remote`."""

    def __init__(self, connection: Connection, *, read_only: bool = False) -> None:
        """Take over a connection."""
        self.where = connection.where
        self.base = DATA_BASE
        self._to = connection
        self._read_only = read_only
        self._dataset = Dataset(connection)

    def query(self, sparql: str, parameters: Parameters | None = None) -> Answer:
        """See ``Store``."""
        if query_form(sparql) in ("SELECT", "ASK"):
            found = self._results(sparql, parameters)
            if "boolean" in found:
                return bool(found["boolean"])
            variables = tuple(found["head"]["vars"])
            given = parameters or {}
            return Bindings(
                variables,
                tuple(
                    tuple(term_of(row[name]) if name in row else given.get(name) for name in variables)
                    for row in found["results"]["bindings"]
                ),
            )
        triples = sorted(set(self._triples(sparql, parameters)), key=str)
        return triples_of(triples)

    def rows(self, sparql: str, parameters: Parameters | None = None) -> Iterator[tuple[str | None, ...]]:
        """See ``Store``."""
        answer = self.query(sparql, parameters)
        if not isinstance(answer, Bindings):
            raise ClaimspineError("not-a-select", "only a SELECT has rows")
        for row in answer.rows:
            yield tuple(None if term is None else term.value for term in row)

    def query_serialized(self, sparql: str, format: str, parameters: Parameters | None = None) -> bytes:
        """See ``Store``."""
        form = query_form(sparql)
        if form in ("SELECT", "ASK"):
            if format not in RESULT_FORMATS:
                raise _format(format, RESULT_FORMATS)
            return serialized(self._results(sparql, parameters), format)
        if format not in GRAPH_FORMATS:
            raise _format(format, GRAPH_FORMATS)
        triples = sorted(set(self._triples(sparql, parameters)), key=str)
        return abbreviated(triples, GRAPH_FORMATS[format], prefixes(self.base))

    def relay(
        self,
        query: str,
        format: str,
        out: IO[bytes],
        *,
        default_graphs: tuple[str, ...] | None,
        named_graphs: tuple[str, ...] | None,
        seconds: float,
        limit: int,
    ) -> int:
        """Hand a stranger's query on and write the whole answer; gives its size.

        Raises:
            ClaimspineError: ``query-too-long-running``, ``answer-too-large``, and the service's own refusals.
        """
        form = query_form(query)
        accept = RESULTS if form in ("SELECT", "ASK") else TRIPLES
        given = [("default-graph-uri", one) for one in default_graphs or ()]
        given += [("named-graph-uri", one) for one in named_graphs or ()]
        text = self._prepared(query, None, whole=not given)
        held = self._to.within([("query", text), *given], accept, seconds=seconds, limit=limit)
        return out.write(self._rewritten(held, form, format))

    def _rewritten(self, data: bytes, form: str, format: str) -> bytes:
        """The whole answer in the format asked for; a body that was cut off cannot be read: an error."""
        try:
            if form in ("SELECT", "ASK"):
                return serialized(document(data), format)
            triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
            return abbreviated(triples, GRAPH_FORMATS[format], prefixes(self.base))
        except (SyntaxError, ValueError, OSError) as exc:
            raise unreadable(exc) from exc

    def update(self, sparql: str) -> None:
        """See ``Store``. Whether it is whole or not at all is up to the service."""
        self._must_write()
        self._to.update(prologue_of(sparql, self.base) + sparql)

    def graph_names(self) -> tuple[str, ...]:
        """See ``Store``."""
        rows = self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return tuple(sorted({row[0] for row in rows if row[0] and not of_the_engine(row[0])}))

    def has_graph(self, name: str) -> bool:
        """See ``Store``. Not every service keeps empty graphs, so one that is empty is not there."""
        return self._to.holds(f"ASK {{ GRAPH {ox.NamedNode(name)} {{ ?s ?p ?o }} }}")

    def read_graph(self, name: str) -> list[ox.Triple]:
        """See ``Store``."""
        node = ox.NamedNode(name)
        answer = self.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}")
        assert isinstance(answer, Bindings)
        return [ox.Triple(*(from_term(term) for term in row if term)) for row in answer.rows]  # type: ignore[arg-type]

    def replace_graphs(self, graphs: Mapping[str, Iterable[ox.Triple] | None]) -> None:
        """See ``Store``. One request where the triples fit in one, so that it is one transaction."""
        self._must_write()
        drops, data = [], []
        for name, triples in sorted(graphs.items()):
            node = ox.NamedNode(name)
            drops.append(f"DROP SILENT GRAPH {node}")
            for triple in triples or ():
                data.append((node, triple))
        blank = any(isinstance(part, ox.BlankNode) for _, t in data for part in (t.subject, t.object))
        size = len(data) if blank else BATCH * 10
        parts = [";\n".join(drops)] if drops else []
        for start in range(0, len(data), max(size, 1)):
            parts.append(insert_of(data[start : start + size]))
        if parts:
            self.update(";\n".join(parts))

    def replace_graph(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """See ``Store``."""
        self.replace_graphs({name: triples})

    def delete_graph(self, name: str) -> None:
        """See ``Store``."""
        self.replace_graphs({name: None})

    def bulk_load(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """See ``Store``. Through the Graph Store Protocol where there is one."""
        self._must_write()
        held = list(triples)
        if not held:
            return
        if self._to.at.graphs is not None:
            data = ox.serialize(held, format=ox.RdfFormat.N_TRIPLES) or b""
            self._to.send(
                "POST",
                self._to.at.graphs,
                params={"graph": name},
                content=data,
                headers={"content-type": TRIPLES},
            )
            return
        node = ox.NamedNode(name)
        self.update(insert_of([(node, triple) for triple in held]))

    def dump(self, format: str = "trig") -> bytes:
        """See ``Store``."""
        quads = [
            ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name))
            for name in self.graph_names()
            for t in self.read_graph(name)
        ]
        return abbreviated(sorted(quads, key=str), GRAPH_FORMATS[format], prefixes(self.base))

    def flush(self) -> None:
        """The service writes what it acknowledges."""

    def close(self) -> None:
        """Close the connections."""
        self._to.close()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _results(self, sparql: str, parameters: Parameters | None) -> dict[str, Any]:
        """The results document; where the service says that it cut the rows, all of them in pages."""
        body = self._spelled(sparql, parameters)
        prologue = prologue_of(body, self.base)
        answer = self._to.ask(prologue + body)
        whole = document(answer.content)
        if "x-sparql-maxrows" not in answer.headers or "boolean" in whole:
            return whole
        rows: list[Any] = []
        while True:
            page = f"{prologue}SELECT * WHERE {{ {{ {body} }} }} LIMIT {PAGE} OFFSET {len(rows)}"
            found = document(self._to.ask(page).content)["results"]["bindings"]
            rows += found
            if len(found) < PAGE:
                break
        whole["results"]["bindings"] = rows
        return whole

    def _triples(self, sparql: str, parameters: Parameters | None) -> Iterator[ox.Triple]:
        for quad in parse(self._to.triples(self._prepared(sparql, parameters))):
            yield quad.triple

    def _prepared(self, sparql: str, parameters: Parameters | None, *, whole: bool = True) -> str:
        """The query as the service is to get it."""
        text = self._spelled(sparql, parameters, whole=whole)
        return prologue_of(text, self.base) + text

    def _spelled(self, sparql: str, parameters: Parameters | None, *, whole: bool = True) -> str:
        """The query with its values and, where the engine needs it, the union of all graphs."""
        text = bound(sparql, parameters or {})
        return self._dataset.united(text) if whole else text

    def _must_write(self) -> None:
        if self._read_only:
            raise ClaimspineError("store-read-only", "the store was opened for reading", path=self.where)


def _format(format: str, known: Mapping[str, object]) -> ClaimspineError:
    return ClaimspineError(
        "format-not-for-query",
        f"{format} cannot hold the answer to this query",
        hint="this query can be given as " + ", ".join(sorted(known)),
    )
