"""What the rules on the standing of works share: the references that lead to a work of some standing."""

from __future__ import annotations

from collections.abc import Iterator

from claims.model import EvidencePointer, VerifiedReference
from claims.rule import Facts
from graph.evidence import Work


def of_standing(facts: Facts, standing: str) -> Iterator[tuple[VerifiedReference, Work]]:
    """Each reference whose work has this standing. An unknown standing is not "current", and says nothing."""
    for one in facts.references:
        if one.work is not None and one.work.standing == standing:
            yield one, one.work


def pointer(work: Work) -> tuple[EvidencePointer, ...]:
    """The work and its standing, as an evidence path."""
    said = ": ".join(part for part in (work.standing, work.standing_note) if part)
    told = f"{work.title or ''} ({said})" if said else work.title or ""
    return (EvidencePointer(work.iri, "work", told.strip()),)
