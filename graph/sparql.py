"""SPARQL text: the standard prefixes, the stored queries, and keeping a query at home.

An engine follows ``SERVICE`` to any host by default, so a query is scanned before it runs. The
scan errs on the side of refusing: a grammar without word boundaries (``1SERVICE<...>`` parses) and
code point escapes (SPARQL 1.1, 19.2) are both taken into account.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from graph.errors import ClaimspineError
from ontology.loader import DATA_BASE, NAMESPACE

PREFIXES: dict[str, str] = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "id": DATA_BASE,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spine": NAMESPACE,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def prefixes(base: str) -> dict[str, str]:
    """The standard prefixes, ``id:`` for this base. Not to be changed by callers."""
    return {**PREFIXES, "id": base}


TOKEN = re.compile(
    r"""
      (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!\"\"))*+(?:\"\"\"|\Z)|'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\Z)
               |"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>[\w.-]{0,200}:(?:[\w.:%-]|\\.)*+)
    | (?P<word>\w+)
    | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_DECLARED = r"""BASE\s*+<[^<>"{}|^`\\\x00-\x20]*> | PREFIX\s++[\w.-]{0,200}:\s*+<[^<>"{}|^`\\\x00-\x20]*+>"""
_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII
_DECLARATIONS = re.compile(rf"(?: \s++ | {_DECLARED} )*+", _FLAGS)
_PROLOGUE = re.compile(rf"(?: \s++ | \#[^\n\r]*+ | {_DECLARED} )*+", _FLAGS)
_FORM = re.compile(r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", _FLAGS)
_LONG = 100  # characters of declarations that are worth remembering
_remembered: tuple[str, ...] = ()
_last: tuple[str, tuple[str, int]] = ("", ("", 0))  # the query that was asked of last, and what was said


def prologue_end(query: str) -> int:
    """Where the declarations of prefixes end, and the comments among them.

    >>> prologue_end("PREFIX a: <urn:a#> # b\\nASK {}")
    23
    """
    return prologue(query)[1]


def prologue(query: str) -> tuple[str, int]:
    """The declarations of prefixes with the comments among them, and where they end.

    A client sends the same ones with each query: the last few that were read are known by their text, and
    where blanks alone follow them that very text is given.

    >>> prologue("PREFIX a: <urn:a#> ASK {}")
    ('PREFIX a: <urn:a#> ', 19)
    """
    global _remembered, _last
    last, read = _last
    if query is last:  # it is asked of one query by several
        return read
    start, known = 0, ""
    for one in _remembered:
        if query.startswith(one):
            start, known = len(one), one
            break
    whole = _PROLOGUE.match(query, start)
    assert whole is not None  # it matches nothing at all
    end = whole.end()
    if end > start + _LONG:
        declared = _DECLARATIONS.match(query, start)  # not to end within a comment
        shut = query.rfind(">", start, declared.end()) + 1 if declared else 0
        if shut > start + _LONG:
            _remembered = (query[:shut], *_remembered[:3])
    read = known if known and query[start:end].isspace() else query[:end], end
    _last = query, read
    return read


@cache
def stored(name: str) -> str:
    """The text of ``graph/queries/<name>.rq``."""
    return files("graph").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")


def refuse_remote(query: str, *, graphs: Collection[str] | None = None) -> None:
    """Refuse a query that would leave this store.

    ``SERVICE`` is refused wherever it could be read as a keyword; ``FROM`` may only name graphs in
    ``graphs`` (``None``: any graph, for an engine that never fetches one).

    Raises:
        ClaimspineError: ``query-leaves-store``.
    """
    lower = query.lower()
    if graphs is None and not any(sign in lower for sign in ("service", "load", "\\u")):
        return  # no token of it could be refused
    for text in {query, _ESCAPE.sub(_unescape, query)}:
        _scan(text, graphs)


def _unescape(match: re.Match[str]) -> str:
    point = int(match[1] or match[2], 16)
    return chr(point) if point <= 0x10FFFF else match[0]


def _scan(query: str, graphs: Collection[str] | None) -> None:
    after_from = False
    for token in TOKEN.finditer(query):
        kind, text = token.lastgroup, token[0]
        lower = text.lower()
        if kind == "other" and text.isspace():
            continue
        hidden = (
            (kind == "word" and ("service" in lower or lower.endswith("load")))
            or (kind == "name" and "service" in lower.partition(":")[0])
            # `?a<?b)SERVICE$v#>` looks like an IRI but may be a comparison
            or (kind == "iri" and ")" in text and "service" in lower.partition(")")[2])
        )
        if hidden:
            raise _leaves(query, token.start(), "SERVICE and LOAD ask other hosts")
        if after_from and graphs is not None:
            if kind == "word" and lower == "named":
                continue
            if kind != "iri" or text[1:-1] not in graphs:
                raise _leaves(query, token.start(), f"FROM {text} is not a graph of this store")
        after_from = kind == "word" and lower == "from"


def _leaves(query: str, offset: int, why: str) -> ClaimspineError:
    line = query.count("\n", 0, offset) + 1
    column = offset - (query.rfind("\n", 0, offset) + 1) + 1
    return ClaimspineError(
        "query-leaves-store",
        f"the query is refused: {why}",
        line=line,
        column=column,
        hint="a query may read this store only; write a FROM graph as a whole IRI",
    )


def query_form(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; SELECT when the text is no query (the engine will say so).

    >>> query_form("# ask\\nPREFIX select: <urn:x> ASK { ?s ?p ?o }")
    'ASK'
    """
    if (plain := _FORM.match(query, prologue_end(query))) is not None:
        return plain[1].upper()
    for token in TOKEN.finditer(query):
        if token.lastgroup == "word" and token[0].upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return token[0].upper()
    return "SELECT"
