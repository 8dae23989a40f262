"""What fits one triple pattern, written as the engine writes it, without a plan.

To read a query, plan it and set the plan up takes the engine longer than all else that it does for a few
rows, so these are taken out of its index and written here: JSON results (SPARQL 1.1 Query Results JSON
Format, 3), byte for byte what the engine would give.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring
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
        columns = [_column(name, place, quads) for name, place in pattern.wanted]
    except TypeError:
        return None
    names = '","'.join([name for name, _ in pattern.wanted])
    rows = "},{".join(map(",".join, zip(*columns, strict=True)))
    bindings = f"{{{rows}}}" if quads else ""
    return f'{{"head":{{"vars":["{names}"]}},"results":{{"bindings":[{bindings}]}}}}'.encode()


_STRING = "http://www.w3.org/2001/XMLSchema#string"


def _column(name: str, place: int, quads: Iterable[ox.Quad]) -> list[str]:
    """The values of a variable."""
    start = f'"{name}":'
    match place:
        case 0:
            return [start + _value(quad.subject) for quad in quads]
        case 1:
            return [start + _predicate(quad.predicate) for quad in quads]
        case _:
            return [start + _value(quad.object) for quad in quads]


@lru_cache(maxsize=1000)
def _predicate(term: ox.NamedNode) -> str:
    """A predicate: there are few, and each answer has some of the same."""
    return _value(term)


def _value(term: Term) -> str:
    """A term; those of RDF 1.2 (triples, directions) raise ``TypeError``."""
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{encode_basestring(term.value)}}}'
    if isinstance(term, ox.Literal):
        return _literal(term)
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":"{term.value}"}}'
    raise TypeError


def _literal(term: ox.Literal) -> str:
    value, kind = encode_basestring(term.value), term.datatype.value
    if kind == _STRING:
        return f'{{"type":"literal","value":{value}}}'
    if term.direction is not None:
        raise TypeError
    if term.language is not None:
        return f'{{"type":"literal","value":{value},"xml:lang":"{term.language}"}}'
    return f'{{"type":"literal","value":{value},"datatype":{encode_basestring(kind)}}}'
