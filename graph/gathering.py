"""Gathering the evidence for one run: a store, evidence files and bibliographies, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike

from graph.evidence import Evidence
from graph.reading import read_evidence
from graph.sources import load
from graph.store import Store, open_store
from graph.validation import Fault


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence, and the entries of bibliographies that could not be used."""

    evidence: Evidence
    faults: tuple[Fault, ...]


def gather(
    *,
    store: Store | None = None,
    evidence: Sequence[str | PathLike[str]] = (),
    refs: Sequence[str | PathLike[str]] = (),
) -> Gathered:
    """Read a store and, into a store in memory, the files; where both know an IRI the files win.

    Raises ClaimspineError (or a group) where a file cannot be read, InvalidEvidence where one breaks
    a shape.
    """
    held = read_evidence(store) if store is not None else None
    if held is not None and not evidence and not refs:
        return Gathered(held, ())
    with open_store("memory") as run:
        report = load(run, [*evidence, *refs]) if evidence or refs else None
        read = read_evidence(run)
    return Gathered(read if held is None else merged(held, read), report.faults if report else ())


def merged(under: Evidence, over: Evidence) -> Evidence:
    """Both, sorted by IRI; the second wins where both say something of an IRI."""
    lines = {line.iri: line for line in (*under.lines, *over.lines)}
    return Evidence(
        concepts=dict(sorted((under.concepts | over.concepts).items())),
        works=dict(sorted((under.works | over.works).items())),
        studies=dict(sorted((under.studies | over.studies).items())),
        findings=dict(sorted((under.findings | over.findings).items())),
        claims=dict(sorted((under.claims | over.claims).items())),
        mechanisms=dict(sorted((under.mechanisms | over.mechanisms).items())),
        lines=tuple(lines[iri] for iri in sorted(lines)),
    )
