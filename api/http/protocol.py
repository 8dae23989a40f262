"""Queries and updates as the SPARQL 1.1 Protocol sends them: in an address, in a form, as they are."""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pydantic_core import Url

from api.http import bodies
from graph.errors import ClaimspineError

FORM = "application/x-www-form-urlencoded"
FIELDS = 1000
_PLAIN = re.compile(r"[A-Za-z0-9%&=+._*~:/?@!$(),;-]*+", re.ASCII)
_QUOTED = bytes.maketrans(b"%+", b"= ")


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update as it was sent, with the dataset it named."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind of operation is sent: its parameter, its media type, the parameters of its dataset."""

    name: str
    media_type: str
    default: str
    named: str

    def check(self, content_type: str | None) -> str:
        """The media type of a body that may hold one.

        Raises:
            ClaimspineError: ``unsupported-media-type``.
        """
        kind = FORM if content_type == FORM else bodies.media_type(content_type)
        if kind not in (FORM, self.media_type):
            raise ClaimspineError(
                "unsupported-media-type",
                f"a body of type {kind[:80] or 'nothing'}",
                hint=f"send {FORM} or {self.media_type}",
            )
        return kind


QUERY = Way("query", "application/sparql-query", "default-graph-uri", "named-graph-uri")
UPDATE = Way("update", "application/sparql-update", "using-graph-uri", "using-named-graph-uri")


def in_address(query_string: bytes) -> Operation:
    """The query of a GET (SPARQL 1.1 Protocol, 2.1.1).

    Raises:
        ClaimspineError: as ``pairs`` and ``operation``.
    """
    return operation(pairs(query_string.decode("latin-1")), QUERY)


def in_body(way: Way, content_type: str | None, body: bytes, query_string: bytes) -> Operation:
    """The operation of a POST (SPARQL 1.1 Protocol, 2.1.2, 2.1.3, 2.2.1, 2.2.2).

    Raises:
        ClaimspineError: as ``Way.check``, ``pairs`` and ``operation``; ``not-utf-8``.
    """
    kind = way.check(content_type)
    if kind == FORM and not query_string and (only := _only(way.name, body)) is not None:
        return Operation(only)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise ClaimspineError("not-utf-8", f"the {way.name} is not UTF-8") from exc
    sent = pairs(text) if kind == FORM else [(way.name, text)]
    if query_string:
        graphs = pairs(query_string.decode("latin-1"))
        sent = [*sent, *(pair for pair in graphs if pair[0] in (way.default, way.named))]
    return operation(sent, way)


def _only(name: str, form: bytes) -> str | None:
    """The value of a form's only field; None: it has more, or is not well-formed, and is for ``pairs``."""
    field = name.encode("ascii") + b"="
    return _value(form[len(field) :]) if form.startswith(field) else None


def _value(encoded: bytes) -> str | None:
    """A value of a form, read natively: ``%2F`` is ``=2F`` in quoted-printable; None: not well-formed."""
    if b"&" in encoded or b"=" in encoded or b"\r" in encoded or b"\n" in encoded:
        return None
    read = a2b_qp(encoded.translate(_QUOTED))
    if len(encoded) - len(read) != 2 * encoded.count(b"%"):
        return None  # a per cent sign that begins no escape
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        return None


def pairs(encoded: str) -> list[tuple[str, str]]:
    """The parameters of a query string or a form.

    Raises:
        ClaimspineError: ``bad-form``.
    """
    if not encoded:
        return []
    if _PLAIN.fullmatch(encoded) and encoded.count("&") < FIELDS:
        # the same form of the same standard, read natively; what is not UTF-8 comes back as U+FFFD
        found = Url("http://form/?" + encoded).query_params()
        if not any("\ufffd" in part for pair in found for part in pair):
            return found
    try:
        return parse_qsl(
            encoded, keep_blank_values=True, strict_parsing=False, errors="strict", max_num_fields=FIELDS
        )
    except (ValueError, UnicodeDecodeError) as exc:
        raise ClaimspineError("bad-form", "the parameters are not well-formed UTF-8") from exc


def operation(given: list[tuple[str, str]], way: Way) -> Operation:
    """Exactly one operation, with any number of graphs.

    Raises:
        ClaimspineError: ``one-query`` (or ``one-update``), ``bad-graph``.
    """
    name = way.name
    texts = [value for key, value in given if key == name]
    if len(texts) != 1 or any(key in ("query", "update") and key != name for key, _ in given):
        raise ClaimspineError(
            f"one-{name}",
            f"give exactly one {name}, and nothing else to do",
            hint=f"send it in the parameter {name}, of the address or of a form, or as {way.media_type}",
        )

    def graphs(key: str) -> tuple[str, ...] | None:
        found = tuple(value for one, value in given if one == key)
        for value in found:
            if not value or any(c in value for c in '<>"{}|^`\\ \n\r\t') or ":" not in value:
                raise ClaimspineError("bad-graph", f"{value[:80]!r} is not the IRI of a graph")
        return found or None

    return Operation(texts[0], graphs(way.default), graphs(way.named))
