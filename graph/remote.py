"""A SPARQL 1.1 service as the store: query, update and Graph Store Protocol over HTTP.

The address is that of the query endpoint. The other two stand in its query string
(``https://host/sparql?update=https://host/update&graphs=https://host/data``), else they follow the habits of
known servers. Credentials are handed in by whoever opens the store (``api`` takes them from the environment).

Engines differ: some do not see all graphs by default, some cut answers at 10,000 rows without a word, some
spell typed literals anew. So queries name the union themselves where the engine needs it, and long graphs are
read through the Graph Store Protocol or in pages.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox

from graph.abbreviating import abbreviated
from graph.data_base import agreed
from graph.engine import GRAPH_FORMATS, RESULT_FORMATS, Parameters, from_term, triples_of
from graph.errors import ClaimspineError
from graph.jsonld import BASE
from graph.remote_access import Credentials, Endpoints, auth_of, endpoints_of, shown
from graph.remote_answers import check, document, parse, serialized, term_of, unreadable
from graph.remote_queries import bound, insert_of, prologue_of, with_from
from graph.results import Answer, Bindings
from graph.sparql import prefixes, query_form, stored
from graph.using import names_dataset

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
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
    store = RemoteStore(client, endpoints, shown(url), read_only=read_only)
    store.base = agreed(base, store.rows(stored("base")), store.where)
    return store


class RemoteStore:
    """A SPARQL service. Made by :func:`open_remote`."""

    def __init__(
        self, client: httpx.Client, endpoints: Endpoints, where: str, *, read_only: bool = False
    ) -> None:
        """Take over an HTTP client."""
        self.where = where
        self.base = BASE
        self._client = client
        self._at = endpoints
        self._read_only = read_only
        self._whole: bool | None = None

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
        accept = RESULTS["json"] if form in ("SELECT", "ASK") else "application/n-triples"
        given = [("default-graph-uri", one) for one in default_graphs or ()]
        given += [("named-graph-uri", one) for one in named_graphs or ()]
        text = self._prepared(query, None, whole=not given)
        until = time.monotonic() + seconds
        held = bytearray()
        try:
            with self._client.stream(
                "POST",
                self._at.query,
                content=urlencode([("query", text), *given]),
                headers={"accept": accept, "content-type": "application/x-www-form-urlencoded"},
                timeout=httpx.Timeout(seconds, connect=min(seconds, 5.0)),
            ) as response:
                if "x-sparql-maxrows" in response.headers:
                    raise ClaimspineError(
                        "answer-too-large",
                        f"the SPARQL service gives at most {response.headers['x-sparql-maxrows']} rows",
                        hint="add a LIMIT, or narrow the query",
                    )
                for chunk in response.iter_bytes():
                    held += chunk
                    if len(held) > limit:
                        raise ClaimspineError(
                            "answer-too-large",
                            f"the answer is larger than {limit // 1_000_000} MB",
                            hint="add a LIMIT, or narrow the query",
                        )
                    if time.monotonic() > until:
                        raise _too_long(seconds)
                check(response, bytes(held))
        except httpx.TimeoutException as exc:
            raise _too_long(seconds) from exc
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc
        written = self._rewritten(bytes(held), form, format)
        return out.write(written)

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
        self._post(
            self._at.update,
            {"update": prologue_of(sparql, self.base) + sparql},
            accept="*/*",
            code="update-failed",
        )

    def graph_names(self) -> tuple[str, ...]:
        """See ``Store``."""
        rows = self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return tuple(sorted({row[0] for row in rows if row[0] and not _housekeeping(row[0])}))

    def has_graph(self, name: str) -> bool:
        """See ``Store``. Not every service keeps empty graphs, so one that is empty is not there."""
        return self._boolean(f"ASK {{ GRAPH {ox.NamedNode(name)} {{ ?s ?p ?o }} }}")

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
        if self._at.graphs is not None:
            data = ox.serialize(held, format=ox.RdfFormat.N_TRIPLES) or b""
            self._send(
                "POST",
                self._at.graphs,
                params={"graph": name},
                content=data,
                headers={"content-type": "application/n-triples"},
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
        self._client.close()

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
        answer = self._ask(prologue + body)
        whole = document(answer.content)
        if "x-sparql-maxrows" not in answer.headers or "boolean" in whole:
            return whole
        rows: list[Any] = []
        while True:
            page = f"{prologue}SELECT * WHERE {{ {{ {body} }} }} LIMIT {PAGE} OFFSET {len(rows)}"
            found = document(self._ask(page).content)["results"]["bindings"]
            rows += found
            if len(found) < PAGE:
                break
        whole["results"]["bindings"] = rows
        return whole

    def _ask(self, text: str) -> httpx.Response:
        return self._send(
            "POST",
            self._at.query,
            data={"query": text},
            headers={"accept": RESULTS["json"]},
            code="query-failed",
        )

    def _triples(self, sparql: str, parameters: Parameters | None) -> Iterator[ox.Triple]:
        data = self._post(
            self._at.query,
            {"query": self._prepared(sparql, parameters)},
            accept="application/n-triples, text/turtle;q=0.5",
            code="query-failed",
        )
        for quad in parse(data):
            yield quad.triple

    def _prepared(self, sparql: str, parameters: Parameters | None, *, whole: bool = True) -> str:
        """The query as the service is to get it."""
        text = self._spelled(sparql, parameters, whole=whole)
        return prologue_of(text, self.base) + text

    def _spelled(self, sparql: str, parameters: Parameters | None, *, whole: bool = True) -> str:
        """The query with its values and, where the engine needs it, the union of all graphs."""
        text = bound(sparql, parameters or {})
        if whole and not names_dataset(text) and not self._sees_all():
            text = with_from(text, self._graphs())
        return text

    def _sees_all(self) -> bool:
        """Whether the engine's default graph is the union of all graphs."""
        if self._whole is None:
            ask = "ASK { ?s ?p ?o }"
            named = "ASK { GRAPH ?g { ?s ?p ?o } }"
            sees = self._boolean(ask)
            if not sees and not self._boolean(named):
                return True  # nothing is there yet, so nothing can be missed; asked again next time
            self._whole = sees and self._boolean_union()
        return self._whole

    def _boolean_union(self) -> bool:
        """A default graph with something in it may not have everything: look for one named triple."""
        return not self._boolean(
            "ASK { { SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o FILTER(!isBlank(?s)) } } LIMIT 1 } "
            "FILTER NOT EXISTS { ?s ?p ?o } }"
        )

    def _boolean(self, ask: str) -> bool:
        return bool(document(self._ask(ask).content).get("boolean"))

    def _graphs(self) -> list[str]:
        found = document(self._ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").content)
        return sorted(row["g"]["value"] for row in found["results"]["bindings"])

    def _post(self, url: str, form: dict[str, str], *, accept: str, code: str) -> bytes:
        answer = self._send("POST", url, data=form, headers={"accept": accept}, code=code)
        return answer.content

    def _send(self, method: str, url: str, *, code: str = "store-failed", **more: Any) -> httpx.Response:
        try:
            answer = self._client.request(method, url, **more)
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc
        check(answer, answer.content, code)
        return answer

    def _unreachable(self, exc: Exception) -> ClaimspineError:
        return ClaimspineError(
            "store-unreachable",
            f"the SPARQL service does not answer: {type(exc).__name__}",
            path=self.where,
            hint="check that it runs, and its address",
        )

    def _must_write(self) -> None:
        if self._read_only:
            raise ClaimspineError("store-read-only", "the store was opened for reading", path=self.where)


def _too_long(seconds: float) -> ClaimspineError:
    return ClaimspineError(
        "query-too-long-running",
        f"the query took longer than {seconds:g} seconds",
        hint="narrow it, or add a LIMIT",
    )


def _format(format: str, known: Mapping[str, object]) -> ClaimspineError:
    return ClaimspineError(
        "format-not-for-query",
        f"{format} cannot hold the answer to this query",
        hint="this query can be given as " + ", ".join(sorted(known)),
    )


_HOUSEKEEPING = re.compile(
    r"http://(?:www\.openlinksw\.com/schemas/|localhost:\d+/|www\.w3\.org/ns/ldp#|www\.w3\.org/2002/07/owl#|"
    r"www\.w3\.org/2001/XMLSchema|www\.w3\.org/1999/02/22-rdf-syntax-ns#|www\.w3\.org/2000/01/rdf-schema#)"
    r"|urn:(?:activitystreams-owl:map|core:services:sparql|rules\.)|virtrdf"
)


def _housekeeping(graph: str) -> bool:
    """Graphs that Virtuoso keeps about itself."""
    return _HOUSEKEEPING.match(graph) is not None
