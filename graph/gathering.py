"""Gathering the evidence for one run: a store, evidence files and bibliographies, as one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from graph.bibliography import read_bibliography
from graph.evidence import Evidence, Iri, Work
from graph.reading import read_evidence
from graph.reading.merging import kept_apart, merge
from graph.sources import load
from graph.sources.source_files import BIBLIOGRAPHIES, fault_of
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
    base: str | None = None,
) -> Gathered:
    """Read a store and the files; where both know an IRI the files win.

    ``base`` is what the ids of the files stand under; None: what those of the store do, else the default.

    A bibliography is read straight into works: nothing in it points anywhere, and a library of 100,000
    works would take a store in memory several times the room and the time.

    Raises ClaimspineError (or a group) where a file cannot be read, InvalidEvidence where one breaks
    a shape.
    """
    held = read_evidence(store) if store is not None else None
    if held is not None and not evidence and not refs:
        return Gathered(held, ())
    listed = [path for path in refs if _is_bibliography(path)]
    files = [*evidence, *(path for path in refs if not _is_bibliography(path))]
    if base is None and store is not None:
        base = store.base
    with open_store("memory", base=base) as run:
        report = load(run, files) if files else None
        read = read_evidence(run)
        apart = kept_apart(run)
        base = run.base
    works, faults = _listed(listed, base)
    if works:
        together, findings, _ = merge(works | read.works, read.findings, apart)
        read = replace(read, works=dict(sorted(together.items())), findings=findings)
    all_faults = (*(report.faults if report else ()), *faults)
    return Gathered(read if held is None else merged(held, read), all_faults)


def _is_bibliography(path: str | PathLike[str]) -> bool:
    return Path(path).suffix.lower() in BIBLIOGRAPHIES


def _listed(paths: Sequence[str | PathLike[str]], base: str) -> tuple[dict[Iri, Work], tuple[Fault, ...]]:
    """The works of bibliographies, and their entries that could not be used."""
    works: dict[Iri, Work] = {}
    faults: list[Fault] = []
    for path in paths:
        read = read_bibliography(path, base=base)
        works |= {work.iri: work for work in read.works}
        faults += [fault_of(one, str(path)) for one in read.faults]
    return works, tuple(faults)


def merged(under: Evidence, over: Evidence) -> Evidence:
    """Both, sorted by IRI; the second wins where both say something of an IRI."""
    lines = {line.iri: line for line in (*under.lines, *over.lines)}
    return Evidence(
        base=under.base,
        concepts=dict(sorted((under.concepts | over.concepts).items())),
        works=dict(sorted((under.works | over.works).items())),
        studies=dict(sorted((under.studies | over.studies).items())),
        findings=dict(sorted((under.findings | over.findings).items())),
        claims=dict(sorted((under.claims | over.claims).items())),
        mechanisms=dict(sorted((under.mechanisms | over.mechanisms).items())),
        lines=tuple(lines[iri] for iri in sorted(lines)),
    )
