"""A SPARQL 1.1 service as the store: query, update and Graph Store Protocol over HTTP.

The address is that of the query endpoint. The other two stand in its query string
(``https://host/sparql?update=https://host/update&graphs=https://host/data``), else they follow the habits of
known servers. Credentials are handed in by whoever opens the store (``api`` takes them from the environment).

Engines differ: some do not see all graphs by default, some cut answers at 10,000 rows without a word, some
spell typed literals anew. So queries name the union themselves where the engine needs it, and long graphs are
read through the Graph Store Protocol or in pages.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self, cast
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx
import pyoxigraph as ox

from graph.engine import GRAPH_FORMATS, RESULT_FORMATS, Parameters, from_term, triples_of
from graph.errors import ClaimspineError
from graph.results import Answer, Bindings, Term
from graph.sparql import PREFIXES, query_form
from graph.using import names_dataset

RESULTS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
PAGE = 5_000  # below the cut of every engine that is known to cut
BATCH = 1_000  # triples of one INSERT DATA: some engines limit the length of an update


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a service is asked. ``graphs`` None: it has no Graph Store Protocol, so updates are used."""

    query: str
    update: str
    graphs: str | None = None


@dataclass(frozen=True, slots=True)
class Credentials:
    """How we say who we are: a user and a password, or a bearer token."""

    user: str | None = None
    password: str | None = None
    token: str | None = None


def open_remote(
    url: str, *, read_only: bool = False, credentials: Credentials | None = None, seconds: float = 60.0
) -> RemoteStore:
    """Open a SPARQL service as a store, and ask it one question to see that it is there.

    Raises:
        ClaimspineError: ``store-unreachable``, ``store-refused``.
    """
    endpoints = endpoints_of(url)
    client = httpx.Client(timeout=seconds, follow_redirects=False, auth=_auth(credentials), trust_env=False)
    store = RemoteStore(client, endpoints, _shown(url), read_only=read_only)
    store.query("ASK { ?s ?p ?o }")
    return store


def endpoints_of(url: str) -> Endpoints:
    """The endpoints of an address.

    >>> endpoints_of("http://localhost:7878").update
    'http://localhost:7878/update'
    >>> endpoints_of("http://h/sparql?update=http://h/u").update
    'http://h/u'
    """
    parts = urlsplit(url)
    given = parse_qs(parts.query)
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    root = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    if "update" in given or "graphs" in given:
        return Endpoints(bare, given.get("update", [bare])[0], given.get("graphs", [None])[0])
    if parts.path in ("", "/", "/query"):  # oxigraph, fuseki's dataset root
        return Endpoints(f"{root}/query", f"{root}/update", f"{root}/store")
    if parts.path.endswith("/query"):
        return Endpoints(bare, bare.removesuffix("/query") + "/update", None)
    if "/repositories/" in parts.path and not parts.path.endswith("/statements"):  # GraphDB, RDF4J
        return Endpoints(bare, bare + "/statements", bare + "/rdf-graphs/service")
    return Endpoints(bare, bare, None)


def _shown(url: str) -> str:
    """The address without a user or a password that somebody wrote into it."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


class _EitherAuth(httpx.Auth):
    """Digest or basic, as the service asks: a service of digest refuses an unasked basic without a word."""

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Any:
        """One request where the service is known, else up to three."""
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            wanted = response.headers.get("www-authenticate", "").lower()
            self._chosen = self._digest if wanted.startswith("digest") else self._basic
        yield from self._chosen.auth_flow(request)


def _auth(credentials: Credentials | None) -> httpx.Auth | None:
    if credentials is None:
        return None
    if credentials.token:
        return _Bearer(credentials.token)
    if credentials.user is not None:
        return _EitherAuth(credentials.user, credentials.password or "")
    return None


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Any:
        """With the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class RemoteStore:
    """A SPARQL service. Made by :func:`open_remote`."""

    def __init__(
        self, client: httpx.Client, endpoints: Endpoints, where: str, *, read_only: bool = False
    ) -> None:
        """Take over an HTTP client."""
        self.where = where
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
                    tuple(_term(row[name]) if name in row else given.get(name) for name in variables)
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
            return _serialized(self._results(sparql, parameters), format)
        if format not in GRAPH_FORMATS:
            raise _format(format, GRAPH_FORMATS)
        triples = sorted(set(self._triples(sparql, parameters)), key=str)
        return ox.serialize(triples, format=GRAPH_FORMATS[format], prefixes=PREFIXES) or b""

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
                _check(response, bytes(held))
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
                return _serialized(_document(data), format)
            triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
            return ox.serialize(triples, format=GRAPH_FORMATS[format], prefixes=PREFIXES) or b""
        except (SyntaxError, ValueError, OSError) as exc:
            raise _unreadable(exc) from exc

    def update(self, sparql: str) -> None:
        """See ``Store``. Whether it is whole or not at all is up to the service."""
        self._must_write()
        self._post(
            self._at.update,
            {"update": _prefixed(sparql)},
            accept="*/*",
            code="update-failed",
        )

    def graph_names(self) -> tuple[str, ...]:
        """See ``Store``."""
        rows = self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return tuple(sorted({row[0] for row in rows if row[0] and not _housekeeping(row[0])}))

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
            parts.append(_insert(data[start : start + size]))
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
        self.update(_insert([(node, triple) for triple in held]))

    def dump(self, format: str = "trig") -> bytes:
        """See ``Store``."""
        quads = [
            ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name))
            for name in self.graph_names()
            for t in self.read_graph(name)
        ]
        return ox.serialize(sorted(quads, key=str), format=GRAPH_FORMATS[format], prefixes=PREFIXES) or b""

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
        text = self._prepared(sparql, parameters)
        answer = self._ask(text)
        whole = _document(answer.content)
        if "x-sparql-maxrows" not in answer.headers or "boolean" in whole:
            return whole
        prologue, _, body = text.rpartition(">\n") if text.startswith("PREFIX ") else ("", "", text)
        prologue += ">\n" if prologue else ""
        rows: list[Any] = []
        while True:
            page = f"{prologue}SELECT * WHERE {{ {{ {body} }} }} LIMIT {PAGE} OFFSET {len(rows)}"
            found = _document(self._ask(page).content)["results"]["bindings"]
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
        for quad in _parse(data):
            yield quad.triple

    def _prepared(self, sparql: str, parameters: Parameters | None, *, whole: bool = True) -> str:
        """The query with prefixes, values and, where the engine needs it, the union of all graphs."""
        text = _bound(sparql, parameters or {})
        if whole and not names_dataset(text) and not self._sees_all():
            text = _with_from(text, self._graphs())
        return _prefixed(text)

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
        return bool(_document(self._ask(ask).content).get("boolean"))

    def _graphs(self) -> list[str]:
        found = _document(self._ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").content)
        return sorted(row["g"]["value"] for row in found["results"]["bindings"])

    def _post(self, url: str, form: dict[str, str], *, accept: str, code: str) -> bytes:
        answer = self._send("POST", url, data=form, headers={"accept": accept}, code=code)
        return answer.content

    def _send(self, method: str, url: str, *, code: str = "store-failed", **more: Any) -> httpx.Response:
        try:
            answer = self._client.request(method, url, **more)
        except httpx.HTTPError as exc:
            raise self._unreachable(exc) from exc
        _check(answer, answer.content, code)
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


def _check(answer: httpx.Response, body: bytes, code: str = "query-failed") -> None:
    if answer.is_success:
        return
    said = " ".join(body[:300].decode("utf-8", "replace").split())
    if answer.status_code in (401, 403):
        raise ClaimspineError(
            "store-refused",
            f"the SPARQL service refused: {answer.status_code}",
            hint="set CLAIMSPINE_STORE_USER and CLAIMSPINE_STORE_PASSWORD, or CLAIMSPINE_STORE_TOKEN",
        )
    if answer.status_code == 400:
        raise ClaimspineError("query-syntax", f"the SPARQL service cannot read this: {said}")
    raise ClaimspineError(code, f"the SPARQL service answered {answer.status_code}: {said}")


def _document(data: bytes) -> dict[str, Any]:
    """The results, as the standard writes them: some engines use the draft's ``typed-literal``."""
    try:
        found = json.loads(data)
        if found["head"].get("vars") == ["__ASK_RETVAL"]:  # Virtuoso, of an ASK that finds something
            values = [row["__ASK_RETVAL"]["value"] for row in found["results"]["bindings"]]
            found = {"head": {}, "boolean": values == ["1"]}
        if "boolean" not in found:
            for row in found["results"]["bindings"]:
                for value in row.values():
                    if value["type"] == "typed-literal":
                        value["type"] = "literal"
                    elif value["type"] == "bnode":
                        value["value"] = re.sub(r"\W", "", value["value"])
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise _unreadable(exc) from exc
    return cast(dict[str, Any], found)


def _serialized(found: dict[str, Any], format: str) -> bytes:
    data = json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace")
    try:
        read = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        return read.serialize(format=RESULT_FORMATS[format]) or b""
    except (SyntaxError, ValueError) as exc:
        raise _unreadable(exc) from exc


def _term(value: dict[str, Any]) -> Term:
    if value["type"] == "uri":
        return Term.iri(value["value"])
    if value["type"] == "bnode":
        return Term("blank", value["value"])
    return Term.literal(value["value"], datatype=value.get("datatype"), language=value.get("xml:lang"))


def _parse(data: bytes) -> Iterator[ox.Quad]:
    """Turtle holds N-Triples too."""
    try:
        yield from ox.parse(data, format=ox.RdfFormat.TURTLE)
    except SyntaxError as exc:
        raise _unreadable(exc) from exc


def _unreadable(exc: Exception) -> ClaimspineError:
    return ClaimspineError("store-failed", f"the SPARQL service's answer cannot be read: {exc}")


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


def _insert(data: list[tuple[ox.NamedNode, ox.Triple]]) -> str:
    blocks: dict[str, list[str]] = {}
    for node, triple in data:
        blocks.setdefault(str(node), []).append(f"{triple} .")
    inside = "\n".join(f"GRAPH {node} {{\n" + "\n".join(lines) + "\n}" for node, lines in blocks.items())
    blank = any(isinstance(part, ox.BlankNode) for _, t in data for part in (t.subject, t.object))
    # Virtuoso takes no blank nodes as data; in a template they are made anew, once, which is the same
    return f"INSERT {{\n{inside}\n}} WHERE {{}}" if blank else f"INSERT DATA {{\n{inside}\n}}"


_HOUSEKEEPING = re.compile(
    r"http://(?:www\.openlinksw\.com/schemas/|localhost:\d+/|www\.w3\.org/ns/ldp#|www\.w3\.org/2002/07/owl#|"
    r"www\.w3\.org/2001/XMLSchema|www\.w3\.org/1999/02/22-rdf-syntax-ns#|www\.w3\.org/2000/01/rdf-schema#)"
    r"|urn:(?:activitystreams-owl:map|core:services:sparql|rules\.)|virtrdf"
)


def _housekeeping(graph: str) -> bool:
    """Graphs that Virtuoso keeps about itself."""
    return _HOUSEKEEPING.match(graph) is not None


def _prefixed(sparql: str) -> str:
    """The text under the usual prefixes that it uses; its own declarations come after and win."""
    used = [name for name in PREFIXES if re.search(rf"(?<![\w.-]){name}:", sparql)]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + sparql


def _bound(sparql: str, parameters: Mapping[str, Term]) -> str:
    """Values bound as a VALUES block at the start of the outermost WHERE; the engine serialises the terms."""
    if not parameters:
        return sparql
    names = sorted(parameters)
    opening = _outermost(sparql)
    for name in names:
        if not re.search(rf"[?$]{re.escape(name)}\b|\*", sparql[:opening]):
            raise ClaimspineError(
                "unknown-parameter",
                f"?{name} is not in the query",
                hint="a bound variable must stand after SELECT",
            )
    values = " ".join(str(from_term(parameters[name])) for name in names)
    block = f" VALUES ({' '.join('?' + name for name in names)}) {{ ({values}) }} "
    return sparql[: opening + 1] + block + sparql[opening + 1 :]


def _outermost(sparql: str) -> int:
    """Where the group of the WHERE clause opens: after the template of a CONSTRUCT."""
    from graph.sparql import _TOKEN

    depth, templates = 0, 0
    constructing = query_form(sparql) == "CONSTRUCT"
    for token in _TOKEN.finditer(sparql):
        if token.lastgroup != "other":
            continue
        if token[0] == "{":
            if depth == 0 and not (constructing and templates == 0):
                return token.start()
            templates += depth == 0
            depth += 1
        elif token[0] == "}":
            depth -= 1
    raise ClaimspineError("query-syntax", "the query has no group of patterns")


def _with_from(sparql: str, graphs: Iterable[str]) -> str:
    """The query over the merge of these graphs, each of which it may name too."""
    from graph.sparql import _TOKEN

    held = list(graphs)
    clauses = " ".join([*(f"FROM <{one}>" for one in held), *(f"FROM NAMED <{one}>" for one in held)])
    opening = _outermost(sparql)
    before = sparql[:opening]
    where = [t for t in _TOKEN.finditer(before) if t.lastgroup == "word" and t[0].upper() == "WHERE"]
    at = where[-1].start() if where else opening
    return f"{sparql[:at]} {clauses} {sparql[at:]}"
