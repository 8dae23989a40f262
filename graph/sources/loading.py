"""Sources: one named graph each, replaced whole and all together, or not at all.

A source is an evidence file, a bibliography or any RDF file. What it says stands in the graph
``<base>source/<name>``, with its provenance (PROV) beside it in the same graph, so that deleting the
graph deletes the source and nothing else. Reading the same file twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from os import PathLike

import pyoxigraph as ox

from graph import files
from graph.errors import ClaimspineError, InvalidEvidence
from graph.garbage import uncollected
from graph.results import Term
from graph.sources.checking import check
from graph.sources.provenance import is_provenance, provenance_of, read_alike
from graph.sources.source_files import SUFFIXES, YAML_SUFFIXES, Source, graph_name, name_of_graph, source_of
from graph.sparql import stored
from graph.store import Store
from graph.validation import Fault

Progress = Callable[[str, int, int], None]

BULK = 20_000  # triples from which a new source is loaded in bulk


@dataclass(frozen=True, slots=True)
class LoadedSource:
    """What became of one source: ``added``, ``replaced`` or ``unchanged``."""

    name: str
    graph: str
    path: str
    status: str
    triples: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was loaded, and the warnings; errors are raised instead."""

    sources: tuple[LoadedSource, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointer:
    """A triple of another source that points at something the source described."""

    subject: str
    property: str
    object: str
    source: str


@dataclass(frozen=True, slots=True)
class Removal:
    """What was removed, and who now points at nothing."""

    name: str
    triples: int
    dangling: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source that the store holds."""

    name: str
    graph: str
    path: str | None
    sha256: str | None
    loaded_at: str | None


def load(
    store: Store,
    paths: Iterable[str | PathLike[str]],
    *,
    validate: bool = True,
    policies: bool = False,
    at: str | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Read files and folders, validate them together with the store, and replace their graphs.

    All or nothing: on any error nothing is written. A file that the store holds already, byte for
    byte, is left alone. ``at`` is the time to record, ISO 8601. ``progress`` is called with the name,
    the number done and the number of all.

    Raises:
        ClaimspineError: a file cannot be read. Several: an ExceptionGroup of them.
        InvalidEvidence: what was read breaks a shape; it carries all faults.
    """
    with uncollected():
        return _load(store, files.expand(paths, SUFFIXES), validate, policies, at, progress)


def _load(
    store: Store,
    named: Sequence[files.Named],
    validate: bool,
    policies: bool,
    at: str | None,
    progress: Progress | None,
) -> LoadReport:
    known = _held(store, named)
    sources, report = _read(store, named, known, progress)
    faults = [fault for source in sources for fault in source.faults]
    if sources and (validate or policies):
        faults += check(store, sources, validate, policies)
        _refuse_broken(faults)
    big = [one for one in sources if len(one.triples) >= BULK and not store.read_graph(one.graph)]
    _in_bulk(store, big, at)
    store.replace_graphs(
        {
            source.graph: [*content_of(source), *provenance_of(source, at)]
            for source in sources
            if all(source is not one for one in big)
        }
        | _history(store, {source.name: (source.sha256, source.path) for source in sources}, at)
    )
    if progress is not None:
        progress("", len(named), len(named))
    return LoadReport(tuple(report), tuple(faults))


def _read(
    store: Store, named: Sequence[files.Named], known: dict[str, StoredSource], progress: Progress | None
) -> tuple[list[Source], list[LoadedSource]]:
    """The sources that are new or changed, and what becomes of each file; every fault is found first."""
    sources: list[Source] = []
    report: list[LoadedSource] = []
    errors: list[Exception] = []
    seen: dict[str, str] = {}
    for done, file in enumerate(named):
        if progress is not None:
            progress(file.name, done, len(named))
        try:
            data = files.read_bytes(file.path)
            unchanged = unchanged_in(store, known, file, data)
            source = None if unchanged else source_of(file, data, store.base)
            graph = unchanged.graph if unchanged else source.graph if source else ""
            path = file.path.as_posix()
            if seen.setdefault(graph, path) != path:
                raise ClaimspineError(
                    "source-name-twice",
                    f"another file of this load has the same name: {seen[graph]}",
                    path=path,
                    hint="rename one of them, or load the folder above both",
                )
        except ClaimspineError as exc:
            errors.append(exc)
        except ExceptionGroup as exc:
            errors += exc.exceptions
        else:
            if unchanged:
                report.append(LoadedSource(unchanged.name, graph, path, "unchanged", 0))
            elif source is not None and all(source.graph != other.graph for other in sources):
                sources.append(source)
                status = "replaced" if source.graph in known else "added"
                report.append(LoadedSource(source.name, graph, path, status, len(source.triples)))
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup(f"{len(errors)} faults; nothing was loaded", errors)
    return sources, report


def _refuse_broken(faults: Iterable[Fault]) -> None:
    broken = tuple(fault for fault in faults if fault.severity == "error")
    if broken:
        raise InvalidEvidence(
            f"{len(broken)} fault{'s' if len(broken) > 1 else ''}; nothing was loaded\n"
            + "\n".join(f"  {fault}" for fault in broken),
            faults=broken,
        )


def _history(
    store: Store, changes: dict[str, tuple[str, str] | None], at: str | None
) -> dict[str, list[ox.Triple]]:
    """Versions are kept where the caller says what time it is."""
    if at is None or not changes:
        return {}
    from graph.sources.history import revised

    return revised(store, changes, at)


def _in_bulk(store: Store, sources: Sequence[Source], at: str | None) -> None:
    """New big sources, three times faster than in a transaction.

    The provenance comes last: a graph without it is of a load that was cut off, and is replaced whole
    by the next one.
    """
    done: list[str] = []
    try:
        for source in sources:
            done.append(source.graph)
            store.bulk_load(source.graph, content_of(source))
        for source in sources:
            store.bulk_load(source.graph, provenance_of(source, at))
    except ClaimspineError:
        store.replace_graphs(dict.fromkeys(done))
        raise


def content_of(source: Source) -> list[ox.Triple]:
    """What a source says; what the store says of sources it does not take from one."""
    graph = ox.NamedNode(source.graph)
    return [one for one in source.triples if one.subject != graph or not is_provenance(one, source.graph)]


def unchanged_in(
    store: Store,
    known: dict[str, StoredSource],
    file: files.Named,
    data: bytes,
    against: str | None = None,
) -> StoredSource | None:
    """The source as the store holds it, if it was read from these bytes in the same way."""
    suffix = file.path.suffix
    name = file.name.removesuffix(suffix) if suffix.lower() in YAML_SUFFIXES else file.name
    held = known.get(graph_name(name, store.base))
    if held is None or held.sha256 != hashlib.sha256(data).hexdigest():
        return None
    return held if read_alike(store.read_graph(held.graph), held.graph, against or store.base) else None


def _held(store: Store, named: Sequence[files.Named]) -> dict[str, StoredSource]:
    """What the store holds of these files: asked one by one where it holds many others."""
    if len(named) > 100:
        return {held.graph: held for held in list_sources(store)}
    found = {}
    for file in named:
        suffix = file.path.suffix
        name = file.name.removesuffix(suffix) if suffix.lower() in YAML_SUFFIXES else file.name
        graph = graph_name(name, store.base)
        for held, path, sha256, at in store.rows(stored("sources"), {"graph": Term.iri(graph)}):
            found[graph] = StoredSource(name_of_graph(held or "", store.base), graph, path, sha256, at)
    return found


def list_sources(store: Store) -> tuple[StoredSource, ...]:
    """The sources that the store holds, by name."""
    found = [
        StoredSource(name_of_graph(graph or "", store.base), graph or "", path, sha256, at)
        for graph, path, sha256, at in store.rows(stored("sources"))
    ]
    return tuple(sorted(found, key=lambda source: source.graph))


def remove(store: Store, name: str, *, at: str | None = None) -> Removal:
    """Remove one source, exactly its graph, and say who pointed into it.

    ``at`` is the time to record in its history, ISO 8601; the history stays.

    Raises:
        ClaimspineError: ``no-such-source``, naming those that are there.
    """
    graph = graph_name(name, store.base)
    if not store.has_graph(graph):
        held = [source.name for source in list_sources(store)]
        hint = "the store holds " + ", ".join(held[:10]) if held else "the store is empty"
        raise ClaimspineError("no-such-source", f"there is no source named {name!r}", hint=hint)
    dangling = [
        Pointer(subject or "", prop or "", target or "", name_of_graph(other or "", store.base))
        for subject, prop, target, other, _ in store.rows(stored("dangling"), {"source": Term.iri(graph)})
    ]
    count = len(store.read_graph(graph))
    noted = _history(store, {name: None}, at)
    if noted:
        store.replace_graphs({graph: None, **noted})
    else:
        store.delete_graph(graph)
    return Removal(name, count, tuple(sorted(set(dangling), key=lambda p: (p.subject, p.property, p.object))))
