"""What fits one triple pattern, written as the engine writes it, without a plan.

To read a query, plan it and set the plan up takes the engine longer than all else that it does for a few
rows, so these are taken out of its index and written here: JSON results (SPARQL 1.1 Query Results JSON
Format, 3), byte for byte what the engine would give.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from json.encoder import encode_basestring
from operator import attrgetter
from typing import NamedTuple

import pyoxigraph as ox

FEW = 16  # rows, about as many as the engine writes in the time that it takes to plan
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Pattern(NamedTuple):
    """A triple pattern and the variables that are wanted of it.

    ``terms`` are its subject, predicate and object, None where there is a variable, and ``wanted`` says of
    each variable which of the three it is.
    """

    terms: tuple[ox.NamedNode | None, ox.NamedNode | None, ox.NamedNode | None]
    wanted: tuple[tuple[str, int], ...]
    limit: int


def written(engine: ox.Store, pattern: Pattern) -> bytes | None:
    """The rows in all graphs; None: more than ``FEW``, or with terms that are not written here.

    >>> store = ox.Store()
    >>> store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("b")))
    >>> written(store, Pattern((ox.NamedNode("urn:a"), None, None), (("o", 2),), 5))
    b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"b"}}]}}'
    """
    quads = list(islice(engine.quads_for_pattern(*pattern.terms), min(pattern.limit, FEW + 1)))
    if len(quads) > FEW:
        return None
    try:
        columns = [_column(name, map(_PLACES[place], quads)) for name, place in pattern.wanted]
    except TypeError:
        return None
    names = '","'.join([name for name, _ in pattern.wanted])
    rows = "},{".join(map(",".join, zip(*columns, strict=True)))
    bindings = f"{{{rows}}}" if quads else ""
    return f'{{"head":{{"vars":["{names}"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()


_PLACES = attrgetter("subject"), attrgetter("predicate"), attrgetter("object")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def _column(name: str, terms: Iterable[Term]) -> list[str]:
    """The values of a variable."""
    start = f'"{name}":{{"type":"uri","value":'
    return [
        start + encode_basestring(term.value) + "}"
        if isinstance(term, ox.NamedNode)
        else f'"{name}":{_other(term)}'
        for term in terms
    ]


def _other(term: ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term that is no IRI; those of RDF 1.2 (triples, directions) raise ``TypeError``."""
    if not isinstance(term, ox.Literal):
        if isinstance(term, ox.Triple):
            raise TypeError
        return f'{{"type":"bnode","value":"{term.value}"}}'
    value, language = encode_basestring(term.value), term.language
    if language is not None:
        if term.direction is not None:
            raise TypeError
        return f'{{"type":"literal","value":{value},"xml:lang":"{language}"}}'
    if (kind := term.datatype.value) == _STRING:
        return f'{{"type":"literal","value":{value}}}'
    return f'{{"type":"literal","value":{value},"datatype":{encode_basestring(kind)}}}'
