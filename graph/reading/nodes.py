"""Rows of subject, property, object gathered by subject, and read key by key of the context."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from graph.evidence import Iri
from graph.jsonld import definitions
from graph.reading.kept_nodes import Made, Said
from graph.sparql import stored
from graph.store import Store
from graph.terms import RDF
from ontology.terms import Property

_NIL, _TYPE = RDF + "nil", RDF + "type"
_DIGITS = re.compile(r"(\d{1,4000})", re.ASCII)  # of longer numbers Python makes no int
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)


class Facts(dict[str, Said]):
    """What is said of each node; of one that is not there, nothing."""

    def __missing__(self, node: str) -> Said:
        """Nothing, and it is not noted that somebody asked."""
        return _NOTHING


_NOTHING = Said()


class Nodes:
    """What the store says of some nodes, held in memory while values are made of it."""

    def __init__(self, facts: Facts | None = None) -> None:
        """Start with some facts, or with none."""
        self._facts = Facts() if facts is None else facts
        self._bearing: dict[str, list[str]] | None = None
        self._cells: dict[str, tuple[str, str]] = {}
        self._classes: dict[str, list[str]] | None = None
        self._keys = definitions()

    @classmethod
    def of(cls, store: Store, *queries: str) -> Nodes:
        """Gather what stored queries with the columns subject, property, object give, and all lists."""
        nodes = cls()
        for name in queries:
            nodes.add(store.rows(stored(name)))
        nodes.take_cells(store.rows(stored("lists")))
        return nodes

    def add(self, rows: Iterable[tuple[str | None, ...]]) -> None:
        """Take in rows; the same triple from two graphs counts once."""
        facts, self._classes = self._facts, None
        for subject, prop, value in rows:
            said = facts.get(subject or "")
            if said is None:
                said = facts[subject or ""] = Said()
            if value is not None:
                said.add(prop or "", value)

    def take(self, said: Iterable[tuple[str, Said]]) -> None:
        """Take in subjects with their values by property, no subject twice."""
        self._facts.update(said)
        self._classes = None

    def take_cells(self, rows: Iterable[tuple[str | None, ...]]) -> None:
        """Take in cells of lists: cell, first, rest. Of a cell that says several things the least counts."""
        for cell, *said in rows:
            pair, held = (said[0] or "", said[1] or ""), self._cells.get(cell or "")
            self._cells[cell or ""] = pair if held is None or pair < held else held

    def values(self, make: Callable[[Nodes, str], Made], *classes: str) -> dict[Iri, Made]:
        """The value that ``make`` gives for each node of these classes, by IRI, sorted."""
        facts = self._facts
        return {Iri(node): facts[node].make(self, node, make) for node in self.of_class(*classes)}

    def of_class(self, *classes: str) -> list[str]:
        """The nodes of these classes (local names are appended to the ontology's namespace), sorted."""
        if self._classes is None:
            self._classes = {}
            for node in sorted(self._facts):
                for kind in self._facts[node].get(_TYPE, ()):
                    self._classes.setdefault(kind, []).append(node)
        found = [self._classes[kind] for kind in classes if kind in self._classes]
        return found[0] if len(found) == 1 else sorted(set(chain.from_iterable(found)))

    def said(self, node: str) -> Said:
        """What is said of a node, by property. Not to be changed by callers."""
        return self._facts[node]

    def is_a(self, node: str, kind: str) -> bool:
        """Whether a node has this class."""
        return kind in self._facts[node].get(_TYPE, ())

    def bearing_on(self, node: str) -> Sequence[str]:
        """What says that it bears on a node, sorted."""
        if self._bearing is None:
            self._bearing = {}
            for name in sorted(self._facts):
                for target in self._facts[name].get(Property.BEARS_ON, ()):
                    self._bearing.setdefault(target, []).append(name)
        return self._bearing.get(node, ())

    def all(self, node: str, key: str) -> Sequence[str]:
        """All values of a key, sorted, numbers inside them by size (``dose/2`` before ``dose/10``)."""
        values = self._facts[node].get(self._keys[key].iri)
        if not values:
            return ()
        return values if len(values) == 1 else sorted(values, key=natural)

    def one(self, node: str, key: str) -> str | None:
        """The value of a key; where sources differ, the first in order."""
        values = self._facts[node].get(self._keys[key].iri)
        return first(values) if values else None

    def iris(self, node: str, key: str) -> tuple[Iri, ...]:
        """All values of a key that holds links."""
        return tuple([Iri(value) for value in self.all(node, key)])

    def term(self, node: str, key: str) -> str | None:
        """The value of a key with a scheme, as its last part (``hazard-ratio``)."""
        value = self.one(node, key)
        return None if value is None else bare(value, self._keys[key].scheme)

    def terms(self, node: str, key: str) -> tuple[str, ...]:
        """All values of a key with a scheme, as last parts."""
        scheme = self._keys[key].scheme
        return tuple([bare(value, scheme) for value in self.all(node, key)])

    def number(self, node: str, key: str) -> Decimal | None:
        """A decimal; what is no finite number is unknown."""
        return to_decimal(self.one(node, key))

    def count(self, node: str, key: str) -> int | None:
        """A whole number; anything else is unknown."""
        return to_count(self.one(node, key))

    def ordered(self, node: str, key: str) -> tuple[str, ...]:
        """The items of a list; where sources give several lists, the longest."""
        return self.longest(self.all(node, key))

    def longest(self, heads: Iterable[str]) -> tuple[str, ...]:
        """The items of the longest of some lists."""
        return max(map(self.items, heads), key=lambda items: (len(items), items), default=())

    def items(self, head: str) -> tuple[str, ...]:
        """The items of a list."""
        found: list[str] = []
        seen = set()
        while head != _NIL and head not in seen:
            seen.add(head)
            cell = self._cells.get(head) or self._cell(head)
            if cell is None:
                break
            found.append(cell[0])
            head = cell[1]
        return tuple(found)

    def _cell(self, node: str) -> tuple[str, str] | None:
        facts = self._facts[node]
        first, rest = facts.get(RDF + "first"), facts.get(RDF + "rest")
        return (min(first), min(rest)) if first and rest else None


def first(values: Sequence[str]) -> str:
    """The first of some values in natural order."""
    return values[0] if len(values) == 1 else min(values, key=natural)


def natural(value: str) -> list[str | int]:
    """Order text with the numbers in it by size: text and number in turn."""
    parts: list[str | int] = [*_DIGITS.split(value)]
    parts[1::2] = map(int, parts[1::2])
    return parts


def last_part(iri: str) -> str:
    """What follows the last slash or hash."""
    iri = iri.rstrip("/#")
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def bare(value: str, scheme: str | None) -> str:
    """A value of a key with a scheme, as its last part."""
    return value[len(scheme) :] if scheme and value.startswith(scheme) else last_part(value)


@lru_cache(10_000)
def to_decimal(value: str | None) -> Decimal | None:
    """A decimal as XML Schema spells it (no exponent), or None."""
    if value is None or len(value) > 60 or not _DECIMAL.fullmatch(value):
        return None
    return Decimal(value)


def to_count(value: str | None) -> int | None:
    """A whole number as XML Schema spells it, or a decimal of the same value; else None."""
    if value is not None and len(value) <= 60 and value.isdecimal() and value.isascii():
        return int(value)
    number = to_decimal(value)
    return int(number) if number is not None and number == number.to_integral_value() else None
