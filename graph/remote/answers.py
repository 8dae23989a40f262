"""What a SPARQL service answers, as the standard writes it, or as the error that it means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

import httpx
import pyoxigraph as ox

from graph.engine import RESULT_FORMATS
from graph.errors import ClaimspineError
from graph.results import Term


def check(answer: httpx.Response, body: bytes, code: str = "query-failed") -> None:
    """Raise what an answer that is no success means.

    Raises:
        ClaimspineError: ``store-refused``, ``query-syntax``, or ``code``.
    """
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


def document(data: bytes) -> dict[str, Any]:
    """The results, as the standard writes them: some engines use the draft's ``typed-literal``.

    Raises:
        ClaimspineError: ``store-failed``: the answer is none.
    """
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
        raise unreadable(exc) from exc
    return cast(dict[str, Any], found)


def serialized(found: dict[str, Any], format: str) -> bytes:
    """Results in another of the formats of results.

    Raises:
        ClaimspineError: ``store-failed``: they cannot be read.
    """
    data = json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace")
    try:
        read = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        return read.serialize(format=RESULT_FORMATS[format]) or b""
    except (SyntaxError, ValueError) as exc:
        raise unreadable(exc) from exc


def term_of(value: dict[str, Any]) -> Term:
    """One value of the results."""
    if value["type"] == "uri":
        return Term.iri(value["value"])
    if value["type"] == "bnode":
        return Term("blank", value["value"])
    return Term.literal(value["value"], datatype=value.get("datatype"), language=value.get("xml:lang"))


def parse(data: bytes) -> Iterator[ox.Quad]:
    """The triples of an answer in Turtle, which holds N-Triples too.

    Raises:
        ClaimspineError: ``store-failed``: they cannot be read.
    """
    try:
        yield from ox.parse(data, format=ox.RdfFormat.TURTLE)
    except SyntaxError as exc:
        raise unreadable(exc) from exc


def unreadable(exc: Exception) -> ClaimspineError:
    """The error of an answer that is no answer."""
    return ClaimspineError("store-failed", f"the SPARQL service's answer cannot be read: {exc}")
