"""Near which line of an RDF file a thing is described; the parser says no positions.

A light reading: strings and comments are passed over, statements begin after a full stop or a brace, and
names are read through the file's own prefixes. It leads a person to the place and decides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable
from functools import cached_property

import pyoxigraph as ox

from graph.terms import RDF

Pointing = Callable[[str], Iterable[ox.Triple]]  # the triples that end in a blank node of this name

SUFFIXES = (".ttl", ".trig", ".nt", ".nq")  # where statements are looked for; elsewhere a name in quotes
_APART = re.compile(
    r"<[^<>\"{}|^`\s]*>"
    r'|"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"' + r"|'(?:[^'\\\n]|\\.)*'|#[^\n]*",
    re.DOTALL,
)
_PREFIX = re.compile(r"@?prefix\s+([\w.-]{0,100}):\s*<([^<>\s]*)>", re.IGNORECASE)
_BASE = re.compile(r"@?base\s+<([^<>\s]*)>", re.IGNORECASE)
_START = re.compile(r"(?:\A|[.{}])\s*(<[^<>\s]*>|[\w.-]{0,100}:[^\s;,<>\"']{0,1000})(?=\s)")
_NOT_NEXT = r"(?![\w/#.-]*[\w/#-])"


class RdfLines:
    """The lines of one file.

    >>> held = RdfLines('@prefix : <urn:> .\\n:a :p 1 ;\\n  :q "x. :b :q" .\\n:b :q 2 .', ".ttl", "urn:base/")
    >>> held.near("urn:a"), held.near("urn:a", "urn:q"), held.near("urn:b", "urn:q"), held.near("urn:c")
    (2, 3, 4, None)
    """

    def __init__(self, text: str, suffix: str, base: str) -> None:
        """Keep the text; it is read when somebody asks."""
        self._text, self._suffix, self._base = text, suffix, base

    def near(self, subject: str, prop: str | None = None, value: str | None = None) -> int | None:
        """The line where this is said of the subject, else where the subject is described, from 1."""
        if self._suffix not in SUFFIXES:
            names = [f'"{name}"' for name in (subject, subject.removeprefix(self._base)) if name]
            found = [at for name in names if (at := self._text.find(name)) >= 0]
            return self._line(min(found)) if found else None
        starts = self._starts.get(subject, [])
        for start in starts if prop else ():
            end = self._ends[bisect(self._ends, start)]
            said = self._written(prop or "").search(self._bare, start, end)
            if said is not None and (place := self._value(value, said.end(), end)) is not None:
                return self._line(place)
        return self._line(starts[0]) if starts else None

    def _value(self, value: str | None, start: int, end: int) -> int | None:
        """Where a value stands; where the property stands, when its values are not told apart."""
        if value is None:
            return start
        found = self._written(value).search(self._bare, start, end) if ":" in value else None
        if found is not None:
            return found.start()
        place = self._text.find(value.splitlines()[0] if value else value, start, end)
        if place >= 0:
            return place
        return None if self._suffix in (".nt", ".nq") else start

    def _line(self, place: int) -> int:
        return self._text.count("\n", 0, place) + 1

    def _written(self, iri: str) -> re.Pattern[str]:
        """The ways in which the file may write an IRI."""
        ways = [f"<{re.escape(iri)}>"]
        if iri.startswith(self._own_base):
            ways.append(f"<{re.escape(iri.removeprefix(self._own_base))}>")
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace):
                local = re.escape(iri.removeprefix(namespace)).replace("/", r"\\?/")
                ways.append(rf"(?<![\w.:-]){re.escape(prefix)}:{local}{_NOT_NEXT}")
        if iri == RDF + "type":
            ways.append(r"(?<=\s)a(?=\s)")
        return re.compile("|".join(ways))

    @cached_property
    def _bare(self) -> str:
        """The text with blanks for strings and comments, IRIs as they are."""
        return _APART.sub(
            lambda found: found[0] if found[0][0] == "<" else re.sub(r"[^\n]", " ", found[0]), self._text
        )

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        return {found[1]: found[2] for found in _PREFIX.finditer(self._bare)}

    @cached_property
    def _own_base(self) -> str:
        found = _BASE.search(self._bare)
        return found[1] if found else self._base

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where statements about each subject begin, by IRI."""
        found: dict[str, list[int]] = {}
        text = self._bare  # a directive without a full stop ends too
        for directive in (_PREFIX, _BASE):
            text = directive.sub(lambda said: re.sub(r"[^\n]", " ", said[0])[:-1] + ".", text)
        for start in _START.finditer(text):
            found.setdefault(self._iri(start[1]), []).append(start.start(1))
        return found

    @cached_property
    def _ends(self) -> list[int]:
        return [*sorted(start for starts in self._starts.values() for start in starts), len(self._text)]

    def _iri(self, written: str) -> str:
        if written.startswith("<"):
            inner = written[1:-1]
            return inner if ":" in inner.partition("/")[0] else self._own_base + inner
        prefix, _, local = written.partition(":")
        return self._prefixes.get(prefix, prefix + ":") + local.replace("\\", "")


def owner_of(node: str, pointing: Pointing) -> tuple[str, str] | None:
    """The named thing, and its property, that a blank node is a part of."""
    seen: set[str] = set()
    while node not in seen:
        seen.add(node)
        for triple in pointing(node):
            if isinstance(triple.subject, ox.NamedNode):
                return triple.subject.value, triple.predicate.value
            node = str(getattr(triple.subject, "value", ""))
            break
    return None


def pointing_in(triples: Iterable[ox.Triple]) -> Pointing:
    """The triples that end in a blank node, by its name."""
    found: dict[str, list[ox.Triple]] = {}
    for triple in triples:
        if isinstance(triple.object, ox.BlankNode):
            found.setdefault(triple.object.value, []).append(triple)
    return lambda node: found.get(node, ())
