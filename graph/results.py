"""What a query gives back: light values of our own, so that no engine's types leave ``graph``."""

from __future__ import annotations

from dataclasses import dataclass

STRING = "http://www.w3.org/2001/XMLSchema#string"
LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term. ``kind`` is ``iri``, ``literal`` or ``blank``; ``value`` has no quotes or brackets.

    >>> Term.literal("0.60", datatype="http://www.w3.org/2001/XMLSchema#decimal").value
    '0.60'
    """

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None

    @classmethod
    def iri(cls, value: str) -> Term:
        """An IRI."""
        return cls("iri", value)

    @classmethod
    def literal(cls, value: str, *, datatype: str | None = None, language: str | None = None) -> Term:
        """A literal; without a datatype or a language, a string."""
        return cls("literal", value, None if language else datatype or STRING, language)

    def __str__(self) -> str:
        """The bare value."""
        return self.value


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Bindings:
    """The answer to a SELECT: one row per solution, in the engine's order; ``None`` is unbound."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE, sorted as N-Triples."""

    triples: tuple[tuple[Term, Term, Term], ...]


Answer = Bindings | Triples | bool
