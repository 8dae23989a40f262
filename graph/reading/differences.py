"""What differs between two states of the evidence, for those who hold the older one and want the newer.

Most writes change little of what a store says, so an index or another process is told of that alone. What is
the same object in both is not looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar

from graph.evidence import Evidence, EvidenceLine, Iri

Value = TypeVar("Value")
PARTS = ("concepts", "works", "studies", "findings", "claims", "mechanisms")


@dataclass(frozen=True, slots=True)
class Part(Generic[Value]):
    """What differs in one mapping of IRIs to values: which are ``gone``, and what is ``said`` instead."""

    gone: tuple[Iri, ...] = ()
    said: Mapping[Iri, Value] | None = None

    @property
    def touched(self) -> Iterator[Iri]:
        """The IRIs of whatever differs."""
        return chain(self.gone, self.said or ())


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, part by part; ``lines``: by the IRI of the line, which may bear on several claims."""

    parts: dict[str, Part[Any]]
    lines: Part[tuple[EvidenceLine, ...]]

    def __len__(self) -> int:
        """How many values differ."""
        return sum(1 for part in (*self.parts.values(), self.lines) for _ in part.touched)


def difference(old: Evidence, new: Evidence) -> Difference:
    """What makes the new state out of the old one.

    Raises:
        ValueError: they stand under different bases.

    >>> from graph.evidence import Work
    >>> one, two = (Evidence(works={Iri("urn:w"): Work(Iri("urn:w"), title)}) for title in ("A", "B"))
    >>> difference(one, two).parts["works"].said[Iri("urn:w")].title
    'B'
    >>> len(difference(one, one))
    0
    """
    if old.base != new.base:
        raise ValueError(f"the evidence stands under {old.base} and {new.base}")
    parts = {name: _part(getattr(old, name), getattr(new, name)) for name in PARTS}
    lines: Part[tuple[EvidenceLine, ...]] = Part()
    if old.lines is not new.lines:
        lines = _part(_by_iri(old.lines), _by_iri(new.lines))
    return Difference(parts, lines)


def applied(old: Evidence, differs: Difference) -> Evidence:
    """The new state; a mapping in which nothing differs is the same object."""
    changed: dict[str, Any] = {
        name: _over(getattr(old, name), part) for name, part in differs.parts.items() if part != Part()
    }
    if differs.lines != Part():
        changed["lines"] = tuple(chain.from_iterable(_over(_by_iri(old.lines), differs.lines).values()))
    return replace(old, **changed) if changed else old


def _part(old: Mapping[Iri, Value], new: Mapping[Iri, Value]) -> Part[Value]:
    if old is new:
        return Part()
    said = {iri: value for iri, value in new.items() if (held := old.get(iri)) is not value and held != value}
    gone = tuple(sorted(old.keys() - new.keys()))
    return Part(gone, said) if said or gone else Part()


def _over(old: Mapping[Iri, Value], part: Part[Value]) -> dict[Iri, Value]:
    """By IRI, as all evidence is."""
    found = {**old, **(part.said or {})}
    for iri in part.gone:
        del found[iri]
    return found if found.keys() <= old.keys() else {iri: found[iri] for iri in sorted(found)}


def _by_iri(lines: Iterable[EvidenceLine]) -> dict[Iri, tuple[EvidenceLine, ...]]:
    return {iri: tuple(found) for iri, found in groupby(lines, key=attrgetter("iri"))}
