"""How the values of a key are read: as text, terms, numbers or nodes, one or several."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from graph.jsonld import Definition
from graph.reading.nodes import Nodes, bare, first, natural, to_count, to_decimal

__all__ = [
    "Reader",
    "Reading",
    "as_count",
    "as_flag",
    "as_items",
    "as_number",
    "as_parts",
    "as_term",
    "as_terms",
    "as_text",
    "as_texts",
    "first_one",
]


Values = tuple[str, ...]
One = Callable[[Nodes, str], Any]


class Reading(NamedTuple):
    """How the values of a key are read: a single one by itself or with the nodes, and several."""

    several: Callable[[Nodes, Values], Any]
    one: One | None = None
    alone: Callable[[str], Any] | None = None


Reader = Callable[[Definition], Reading]


def first_one(one: One) -> Reading:
    """Where sources differ, the first in order."""
    return Reading(lambda nodes, values: one(nodes, first(values)), one)


def _first_alone(one: Callable[[str], Any]) -> Reading:
    return Reading(lambda nodes, values: one(first(values)), alone=one)


def _each(one: One) -> Reading:
    """All values, in order."""
    return Reading(
        lambda nodes, values: tuple([one(nodes, value) for value in sorted(values, key=natural)]),
        lambda nodes, value: (one(nodes, value),),
    )


def _short(key: Definition) -> Callable[[str], str]:
    """A value of a scheme as its last part; there are few, so each is worked out once."""
    return lru_cache(1024)(partial(bare, scheme=key.scheme))


def as_text(key: Definition) -> Reading:
    """As it is written."""
    return Reading(lambda nodes, values: first(values))


def as_texts(key: Definition) -> Reading:
    """All of them as they are written, in order."""
    return Reading(lambda nodes, values: tuple(sorted(values, key=natural)), alone=lambda value: (value,))


def as_term(key: Definition) -> Reading:
    """A term of a scheme by its short name."""
    return _first_alone(_short(key))


def as_terms(key: Definition) -> Reading:
    """Terms of a scheme by their short names, in order."""
    short = _short(key)
    return _each(lambda nodes, value: short(value))


def as_number(key: Definition) -> Reading:
    """A decimal number."""
    return _first_alone(to_decimal)


def as_count(key: Definition) -> Reading:
    """A whole number."""
    return _first_alone(to_count)


def as_flag(key: Definition) -> Reading:
    """True or false; None where it says neither."""
    return _first_alone({"true": True, "1": True, "false": False, "0": False}.get)


def as_items(key: Definition) -> Reading:
    """The items of a list, of several lists the longest."""
    return Reading(Nodes.longest, Nodes.items)


def as_parts(make: One) -> Reader:
    """Parts that are nodes of their own, each made by ``make``."""
    return lambda key: _each(make)
