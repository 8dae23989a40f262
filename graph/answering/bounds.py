"""Queries of one triple pattern, whose cost can be told before they are asked.

The engine takes what fits one pattern out of one stretch of one index and gives it as it goes, without
looking for doubles, so a LIMIT bounds all that it does (pyoxigraph 0.5: five of 200,000 quads of one subject,
or of one triple in 200,000 graphs, take 0.02 ms): such a query is ``bounded``. One that counts, groups, sorts
or looks for doubles needs all that fits, however few rows it gives; it costs little where little fits, which
is to be ``counted`` first. No second pattern, path, filter or dataset is let through, nor a variable twice,
which would be a filter: such queries are for the query workers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from graph.sparql import prologue

MOST = 200  # rows of a look-up
FITTING = 2000  # triples that may fit a pattern of which all are needed: about a millisecond
LONGEST = 4000  # characters of the query

_GAP = r"(?:\s|\#[^\n\r]*+(?:[\n\r]|\Z))"
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*+:[^<>\"{}|^`\\\x00-\x20]*+>"
_NAME = r"[A-Za-z][\w-]*+:[A-Za-z][\w-]*+"
_VARIABLE = r"[?$][A-Za-z_]\w*+"
_LITERAL = rf"\"[^\"\\\n\r]*+\"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|\^\^{_IRI})?+"
_PATTERN = rf"""
    {_GAP}*+ (?:WHERE{_GAP}*+)?+
    \{{ {_GAP}*+
        ({_IRI}|{_NAME}|{_VARIABLE}) {_GAP}++
        ({_IRI}|{_NAME}|{_VARIABLE}|(?-i:a)) {_GAP}++
        ({_IRI}|{_NAME}|{_VARIABLE}|{_LITERAL}) {_GAP}*+
        (?:\.{_GAP}*+)?+
    \}} {_GAP}*+"""
_LIMIT = rf"(?:LIMIT{_GAP}++([0-9]{{1,9}}){_GAP}*+)?+"
_FLAGS = re.VERBOSE | re.IGNORECASE | re.ASCII
_BOUNDED = re.compile(
    rf"SELECT{_GAP}++ (\*|{_VARIABLE}(?:\s++{_VARIABLE})*+) {_PATTERN} {_LIMIT}",
    _FLAGS,
)
_TALLY = rf"""\( {_GAP}*+ (?:COUNT|SUM|AVG|MIN|MAX|SAMPLE) {_GAP}*+
    \( {_GAP}*+ (?:DISTINCT{_GAP}++)?+ (?:\*|{_VARIABLE}) {_GAP}*+ \) {_GAP}*+
    AS {_GAP}++ {_VARIABLE} {_GAP}*+ \)"""
_KEY = rf"(?:{_VARIABLE}|(?:ASC|DESC){_GAP}*+\({_GAP}*+{_VARIABLE}{_GAP}*+\))"
_COUNTED = re.compile(
    rf"""SELECT{_GAP}++ (?:DISTINCT{_GAP}++)?+ (?:\*|(?:(?:{_VARIABLE}|{_TALLY}){_GAP}*+)++) {_PATTERN}
    (?:GROUP{_GAP}++BY{_GAP}++ (?:{_VARIABLE}{_GAP}*+)++)?+
    (?:ORDER{_GAP}++BY{_GAP}++ (?:{_KEY}{_GAP}*+)++)?+ {_LIMIT}""",
    _FLAGS,
)
_DECLARATION = re.compile(
    r"""\#[^\n\r]*+ | (?P<declared>PREFIX\s++([\w.-]{0,200}):\s*+<([^<>]*+)>)""", _FLAGS
)


class Bounded(NamedTuple):
    """A query with a LIMIT of at most one more than ``MOST``; its declarations end at ``start``.

    ``terms`` are those of its pattern as they are written, ``places`` where in it each variable stands,
    ``wanted`` the variables of its rows in order, ``declared`` its own prefixes, None where the engine cannot
    read them.
    """

    query: str
    start: int
    terms: list[str]
    places: dict[str, int]
    wanted: list[str]
    given: bool
    limit: int
    declared: dict[str, str] | None

    @property
    def text(self) -> str:
        """The query with its LIMIT, without the declarations that it does not use."""
        text = (
            self.query if self.declared is None else _short(self.query, self.start, self.terms, self.declared)
        )
        return text if self.given else f"{text}\nLIMIT {self.limit}"


class Counted(NamedTuple):
    """A query to be answered where little fits its pattern, without the declarations that it does not use.

    ``fitting`` asks how much fits, up to one beyond ``FITTING``.
    """

    text: str
    fitting: str


def bounded(query: str) -> Bounded | None:
    """The query with its bound; None: it has none.

    >>> bounded("PREFIX x: <urn:x> SELECT * { <urn:a> ?p ?o }").text
    'SELECT * { <urn:a> ?p ?o }\\nLIMIT 201'
    >>> bounded("SELECT ?s { ?s a x:C } LIMIT 5")[2:]
    (['?s', 'a', 'x:C'], {'s': 0}, ['s'], True, 5, {})
    >>> bounded("SELECT * { ?s ?p ?o }"), bounded("SELECT * { <urn:a> ?p ?p }")
    (None, None)
    """
    if len(query) > LONGEST or "\\" in query:
        return None
    declarations, start = prologue(query)
    read = _BOUNDED.fullmatch(query, start)
    if read is None:
        return None
    wanted, *terms, limit = read.groups()
    if int(limit) > MOST if limit is not None else terms[0][0] in "?$":
        return None
    places: dict[str, int] = {}
    for place, term in enumerate(terms):
        if term[0] in "?$":
            if term[1:] in places:
                return None
            places[term[1:]] = place
    # all are given in the order that the engine gives them in
    names = sorted(places) if wanted == "*" else [name[1:] for name in wanted.split()]
    if not names or not places.keys() >= set(names):
        return None
    most = MOST + 1 if limit is None else int(limit)
    return Bounded(query, start, terms, places, names, limit is not None, most, _declared(declarations))


def counted(query: str) -> Counted | None:
    """The query, and what is to be counted first; None: it is of more than one pattern.

    >>> counted("SELECT ?d (COUNT(*) AS ?n) { ?s x:design ?d } GROUP BY ?d ORDER BY DESC(?n)").fitting
    'SELECT (COUNT(*) AS ?n) { SELECT * { ?s x:design ?d } LIMIT 2001 }'
    >>> counted("PREFIX x: <urn:x> PREFIX y: <urn:y> SELECT DISTINCT ?d { ?s x:design ?d }").text
    'PREFIX x:<urn:x> SELECT DISTINCT ?d { ?s x:design ?d }'
    >>> counted("SELECT DISTINCT ?d { ?s x:design ?d . ?s ?p ?o }")
    """
    if len(query) > LONGEST or "\\" in query:
        return None
    declarations, start = prologue(query)
    read = _COUNTED.fullmatch(query, start)
    if read is None:
        return None
    terms = list(read.groups()[:3])
    variables = [term[1:] for term in terms if term[0] in "?$"]
    if len(set(variables)) < len(variables):
        return None
    free = next(name for name in ("n", "m", "k", "j") if name not in variables)
    some = f"SELECT * {{ {' '.join(terms)} }} LIMIT {FITTING + 1}"
    fitting = f"{declarations}SELECT (COUNT(*) AS ?{free}) {{ {some} }}"
    return Counted(_short(query, start, terms, _declared(declarations)), fitting)


def _short(query: str, start: int, terms: list[str], declared: dict[str, str] | None) -> str:
    """The query with those of its declarations that its terms use, if they can be read.

    To read all of them again and again takes the engine half as long as all the rest.
    """
    if declared is None:
        return query
    names = [term.partition(":")[0] for term in terms if term[0] not in '?$<"' and term != "a"]
    used = [f"PREFIX {name}:<{declared[name]}> " for name in dict.fromkeys(names) if name in declared]
    return "".join(used) + query[start:]


@lru_cache(maxsize=100)
def _declared(declarations: str) -> dict[str, str] | None:
    """The prefixes that are declared; None: the engine cannot read them, or they are relative to a BASE."""
    try:
        ox.Store().query(declarations + " ASK {}")
    except SyntaxError:
        return None
    if _DECLARATION.sub("", declarations).strip():
        return None
    return {read[2]: read[3] for read in _DECLARATION.finditer(declarations) if read["declared"]}
