"""Look-ups: queries of one triple pattern, which may be answered where they are asked.

The engine takes what fits one pattern out of one stretch of one index and gives it as it goes, without
looking for doubles, so a LIMIT bounds all that it does (pyoxigraph 0.5: five of 200,000 quads of one subject,
or of one triple in 200,000 graphs, take 0.02 ms). No second pattern, path, filter, aggregate, order or
dataset is let through, nor a variable twice, which would be a filter: such queries are for the query workers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

from graph.answering.answering import Question, TooManyBytes, count_rows
from graph.answering.matches import FEW, Pattern, written
from graph.embedded.store import EmbeddedStore
from graph.engine import RESULT_FORMATS
from graph.errors import ClaimspineError
from graph.jsonld import RDF
from graph.sparql import prefixes, prologue
from graph.store import Store

MOST = 200  # rows of a look-up
LARGEST = 1 << 16  # bytes of its answer
LONGEST = 4000  # characters of the query

_GAP = r"(?:\s|\#[^\n\r]*+(?:[\n\r]|\Z))"
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*+:[^<>\"{}|^`\\\x00-\x20]*+>"
_NAME = r"[A-Za-z][\w-]*+:[A-Za-z][\w-]*+"
_VARIABLE = r"[?$][A-Za-z_]\w*+"
_LITERAL = rf"\"[^\"\\\n\r]*+\"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|\^\^{_IRI})?+"
_LOOK_UP = re.compile(
    rf"""SELECT{_GAP}++ (\*|{_VARIABLE}(?:\s++{_VARIABLE})*+) {_GAP}*+ (?:WHERE{_GAP}*+)?+
    \{{ {_GAP}*+
        ({_IRI}|{_NAME}|{_VARIABLE}) {_GAP}++
        ({_IRI}|{_NAME}|{_VARIABLE}|(?-i:a)) {_GAP}++
        ({_IRI}|{_NAME}|{_VARIABLE}|{_LITERAL}) {_GAP}*+
        (?:\.{_GAP}*+)?+
    \}} {_GAP}*+ (?:LIMIT{_GAP}++([0-9]{{1,9}}){_GAP}*+)?+""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_DECLARED = re.compile(
    r"""\#[^\n\r]*+ | (?P<declared>PREFIX\s++([\w.-]{0,200}):\s*+<([^<>]*+)>)""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TYPE = ox.NamedNode(RDF + "type")
#: The fewest bytes of a row with a value in it.
_LEAST = {"json": 26, "xml": 26}


class Bounded(NamedTuple):
    """A look-up with a LIMIT of at most one more than ``MOST``; ``names``: it needs the standard prefixes.

    ``terms`` are those of its pattern as they are written, ``wanted`` the variables of its rows in order,
    ``declared`` its own prefixes, None where the engine cannot read them.
    """

    text: str
    names: bool
    terms: list[str]
    wanted: list[str]
    limit: int
    declared: dict[str, str] | None


def bounded(query: str) -> Bounded | None:
    """The query as a look-up; None: it is none.

    Declarations that it does not use are left out, if the engine can read them: to read them again and again
    takes half as long as all the rest.

    >>> bounded("PREFIX x: <urn:x> SELECT * { <urn:a> ?p ?o }")[:2]
    ('SELECT * { <urn:a> ?p ?o }\\nLIMIT 201', False)
    >>> bounded("SELECT ?s { ?s a x:C } LIMIT 5")[2:]
    (['?s', 'a', 'x:C'], ['s'], 5, {})
    >>> bounded("SELECT * { ?s ?p ?o }"), bounded("SELECT * { <urn:a> ?p ?p }")
    (None, None)
    """
    if len(query) > LONGEST or "\\" in query:
        return None
    declarations, start = prologue(query)
    read = _LOOK_UP.fullmatch(query, start)
    if read is None:
        return None
    wanted, *terms, limit = read.groups()
    if int(limit) > MOST if limit is not None else terms[0][0] in "?$":
        return None
    variables = [term[1:] for term in terms if term[0] in "?$"]
    # all are given in the order that the engine gives them in
    names = sorted(variables) if wanted == "*" else [name[1:] for name in wanted.split()]
    known = set(variables)
    if not known or len(known) < len(variables) or not known.issuperset(names):
        return None
    named = not all(term[0] in '?$<"' or term == "a" for term in terms)
    declared = _declared(declarations)
    text = query[start:] if not named and declared is not None else query
    if limit is None:
        return Bounded(f"{text}\nLIMIT {MOST + 1}", named, terms, names, MOST + 1, declared)
    return Bounded(text, named, terms, names, int(limit), declared)


@lru_cache(maxsize=100)
def _declared(declarations: str) -> dict[str, str] | None:
    """The prefixes that are declared; None: the engine cannot read them."""
    try:
        ox.Store().query(declarations + " ASK {}")
    except SyntaxError:
        return None
    return {read[2]: read[3] for read in _DECLARED.finditer(declarations) if read["declared"]}


def _pattern(asked: Bounded, base: str) -> Pattern | None:
    """The look-up as a pattern; None: it is for the engine to read."""
    if asked.declared is None or len(set(asked.wanted)) < len(asked.wanted):
        return None
    terms: list[ox.NamedNode | None] = []
    places: dict[str, int] = {}
    for place, term in enumerate(asked.terms):
        sign = term[0]
        if sign in "?$":
            places[term[1:]] = place
            terms.append(None)
        elif sign == "<":
            terms.append(ox.NamedNode(term[1:-1]))
        elif sign == '"':
            return None
        elif term == "a":
            terms.append(_TYPE)
        else:
            prefix, _, name = term.partition(":")
            start = asked.declared.get(prefix, prefixes(base).get(prefix))
            if start is None:
                return None
            terms.append(ox.NamedNode(start + name))  # one that is not whole is refused
    wanted = tuple([(name, places[name]) for name in asked.wanted])
    return Pattern((terms[0], terms[1], terms[2]), wanted, asked.limit)


class LookUps:
    """Look-ups in an embedded store: where it is, or in a copy in memory, which is quicker than a folder."""

    def __init__(self, store: Store, copied: bytes | None = None) -> None:
        """Over the store; ``copied``: over what it held, as N-Quads."""
        assert isinstance(store, EmbeddedStore)
        self._store, self._base = store, store.base
        self._copy: ox.Store | None = None
        if copied is not None:
            self._copy = ox.Store()
            self._copy.bulk_load(copied, ox.RdfFormat.N_QUADS)

    def answer(self, question: Question, *, most: int = MOST) -> bytes | None:
        """The answer to a look-up of at most ``most`` rows; None: it is for a query worker.

        So is what has more rows or bytes, and what cannot be read: the worker says what is wrong.
        """
        if question.default_graphs is not None or question.named_graphs is not None:
            return None
        format, asked = RESULT_FORMATS.get(question.format), bounded(question.query)
        if format is None or asked is None:
            return None
        sink, most = _Sink(), min(most, MOST)
        engine = self._copy or self._store.engine
        try:
            if question.format == "json" and most >= FEW and (pattern := _pattern(asked, self._base)):
                rows = written(engine, pattern)
                if rows is not None and len(rows) <= LARGEST:
                    return rows
            found = engine.query(
                asked.text,
                base_iri=self._base,
                prefixes=prefixes(self._base) if asked.names else None,
                use_default_graph_as_union=True,
            )
            cast(ox.QuerySolutions, found).serialize(cast(IO[bytes], sink), format)
            if len(sink.written) > most * _LEAST.get(question.format, 1):
                count_rows(sink.written, question.format, most)
        except (TooManyBytes, SyntaxError, ValueError, OSError, ClaimspineError):
            return None
        return bytes(sink.written)


class _Sink:
    """Takes so many bytes."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        self.written += data
        if len(self.written) > LARGEST:
            raise TooManyBytes
        return len(data)

    def flush(self) -> None:
        """Nothing to do."""
