"""The texts that are sent to a SPARQL service: prefixes, bound values, datasets, inserts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.engine import from_term
from graph.errors import ClaimspineError
from graph.results import Term
from graph.sparql import TOKEN, prefixes, query_form


def insert_of(data: list[tuple[ox.NamedNode, ox.Triple]]) -> str:
    """The update that adds these triples, each to its graph."""
    blocks: dict[str, list[str]] = {}
    for node, triple in data:
        blocks.setdefault(str(node), []).append(f"{triple} .")
    inside = "\n".join(f"GRAPH {node} {{\n" + "\n".join(lines) + "\n}" for node, lines in blocks.items())
    blank = any(isinstance(part, ox.BlankNode) for _, t in data for part in (t.subject, t.object))
    # Virtuoso takes no blank nodes as data; in a template they are made anew, once, which is the same
    return f"INSERT {{\n{inside}\n}} WHERE {{}}" if blank else f"INSERT DATA {{\n{inside}\n}}"


_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\"{}|^`\\\x00-\x20]*>")

_OWN_BASE = re.compile(r"\bBASE\s*<", re.IGNORECASE)  # Virtuoso takes one only


def prologue_of(sparql: str, base: str) -> str:
    """The base and the usual prefixes, where the text uses them; its own come after and win."""
    known = prefixes(base)
    used = [name for name in known if re.search(rf"(?<![\w.-]){name}:", sparql)]
    under = f"BASE <{base}>\n" if _RELATIVE.search(sparql) and not _OWN_BASE.search(sparql) else ""
    return under + "".join(f"PREFIX {name}: <{known[name]}>\n" for name in used)


def bound(sparql: str, parameters: Mapping[str, Term]) -> str:
    """Values bound as a VALUES block at the start of the outermost WHERE; the engine serialises the terms.

    Raises:
        ClaimspineError: ``unknown-parameter``, one is not in the query.
    """
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
    depth, templates = 0, 0
    constructing = query_form(sparql) == "CONSTRUCT"
    for token in TOKEN.finditer(sparql):
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


def with_from(sparql: str, graphs: Iterable[str]) -> str:
    """The query over the merge of these graphs, each of which it may name too."""
    held = list(graphs)
    clauses = " ".join([*(f"FROM <{one}>" for one in held), *(f"FROM NAMED <{one}>" for one in held)])
    opening = _outermost(sparql)
    before = sparql[:opening]
    where = [t for t in TOKEN.finditer(before) if t.lastgroup == "word" and t[0].upper() == "WHERE"]
    at = where[-1].start() if where else opening
    return f"{sparql[:at]} {clauses} {sparql[at:]}"
