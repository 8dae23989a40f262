"""RDF with the prefixes that it uses, in an order of their own: the engine's differs from run to run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from typing import IO, Protocol, cast

import pyoxigraph as ox

from graph.sparql import PREFIXES
from graph.terms import RDF, XSD

Statement = ox.Quad | ox.Triple
_HEAD = 1 << 13  # bytes in which a head of all prefixes has its end
_ABBREVIATE = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.RDF_XML)
#: That are not written: ``a``, and what a literal without a datatype has.
_UNWRITTEN = {RDF + "type", RDF + "langString", XSD + "string"}
_XMLNS = re.compile(rb' xmlns:[\w.-]+="[^"]*"')


class Sink(Protocol):
    """Where bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Take bytes."""


def abbreviated(
    statements: Collection[Statement], format: ox.RdfFormat, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """The statements as bytes. The same statements give the same bytes."""
    out = BytesIO()
    abbreviate(statements, out, format, prefixes)
    return out.getvalue()


def abbreviate(
    statements: Collection[Statement],
    sink: Sink,
    format: ox.RdfFormat,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write the statements as they are, in a format; quads in one for quads.

    Raises what the sink raises.
    """
    ordered = _Ordered(sink)
    kept = used(statements, prefixes) if format in _ABBREVIATE else {}
    ox.serialize(cast(Iterable[ox.Quad], statements), cast(IO[bytes], ordered), format=format, prefixes=kept)
    ordered.end()


def used(statements: Iterable[Statement], prefixes: Mapping[str, str] = PREFIXES) -> dict[str, str]:
    """The prefixes that abbreviate anything in these statements."""
    named = "\n".join(["", *({*_iris(statements)} - _UNWRITTEN)])
    return {name: iri for name, iri in prefixes.items() if f"\n{iri}" in named}


def _iris(statements: Iterable[Statement]) -> Iterator[str]:
    for one in statements:
        yield one.predicate.value
        for term in (one.subject, one.object, getattr(one, "graph_name", None)):
            if isinstance(term, ox.NamedNode):
                yield term.value
            elif isinstance(term, ox.Literal):
                yield term.datatype.value
            elif isinstance(term, ox.Triple):
                yield from _iris([term])


class _Ordered:
    """A sink that puts the declarations at the head in order and hands all on."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._head: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self._head is None:
            self._sink.write(data)
        else:
            self._head += data
            if len(self._head) >= _HEAD:
                self.end()
        return len(data)

    def flush(self) -> None:
        pass

    def end(self) -> None:
        """Hand the head on, if that has not been done."""
        head, self._head = self._head, None
        if head:
            self._sink.write(_sorted(head))


def _sorted(head: bytes) -> bytes:
    if head.startswith(b"@prefix "):
        lines = head.split(b"\n")
        count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
        return b"\n".join([*sorted(lines[:count]), *lines[count:]])
    start = head.find(b"<rdf:RDF")
    end = head.find(b">", start)
    if start < 0 or not head.startswith(b"<?xml"):
        return head
    names = b"".join(sorted(_XMLNS.findall(head, start, end)))
    return head[: start + len(b"<rdf:RDF")] + names + head[end:]
