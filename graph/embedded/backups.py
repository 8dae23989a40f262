"""A whole store as one file of N-Quads, and back from that or from TriG."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError
from graph.store import Store

_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}


def write_backup(store: Store, path: Path) -> int:
    """Write every graph of the store as it is at one moment, also while it is written to; gives the bytes.

    The file is there whole or not at all.

    Raises:
        ClaimspineError: ``cannot-write``.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if isinstance(store, EmbeddedStore):
            store.engine.dump(str(part), ox.RdfFormat.N_QUADS)
        else:
            part.write_bytes(store.dump("nquads"))
        with part.open("rb") as handle:
            os.fsync(handle.fileno())
        size = part.stat().st_size
        part.replace(path)
    except OSError as exc:
        part.unlink(missing_ok=True)
        raise ClaimspineError("cannot-write", f"the backup could not be written: {exc}", path=path) from exc
    return size


def restore(store: Store, path: str | PathLike[str]) -> int:
    """Read a backup, or a TriG export of all, into an empty store; gives the number of graphs.

    Graphs, provenance and history come back as they were; nothing is checked on the way in
    (``graph.validation.validate`` checks the store as a whole afterwards), and memory stays bounded where
    the store is embedded. After a fault the store is empty again.

    Raises:
        ClaimspineError: ``store-not-empty``, ``no-such-file``, ``unknown-format``, ``rdf-syntax``,
            ``not-a-dump`` (triples that stand in no graph), ``store-failed``.
    """
    file = Path(path)
    if store.graph_names():
        raise ClaimspineError(
            "store-not-empty", "a backup is restored into an empty store", hint="name a new folder"
        )
    if not file.is_file():
        raise ClaimspineError("no-such-file", "there is no such file", path=file, hint="check the name")
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise ClaimspineError(
            "unknown-format",
            "a whole store is restored from N-Quads (.nq) or TriG (.trig)",
            path=file,
            hint="write one with `claimspine backup`, or with `claimspine export --format trig`",
        )
    try:
        _fill(store, file, form)
    except (ClaimspineError, SyntaxError, OSError) as exc:
        if isinstance(store, EmbeddedStore):
            store.clear()
        if isinstance(exc, SyntaxError):
            line = exc.lineno if exc.lineno and exc.lineno > 0 else None
            said = f"cannot be read: {exc.msg or exc}"
            raise ClaimspineError("rdf-syntax", said, path=file, line=line) from exc
        if isinstance(exc, OSError):
            raise ClaimspineError("store-failed", f"could not be restored: {exc}", path=file) from exc
        raise
    return len(store.graph_names())


def _fill(store: Store, file: Path, form: ox.RdfFormat) -> None:
    nowhere = ClaimspineError(
        "not-a-dump",
        "it has triples that stand in no graph, so it is no dump of a store",
        path=file,
        hint="read it as one source: `claimspine load`",
    )
    if not isinstance(store, EmbeddedStore):
        found = list(_graphs(file, form))
        if any(not name for name, _ in found):
            raise nowhere
        for name, triples in found:
            store.replace_graph(name, triples)
        return
    store.bulk_load_file(file, form)
    if next(store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None:
        raise nowhere


def _graphs(file: Path, form: ox.RdfFormat) -> Iterator[tuple[str, list[ox.Triple]]]:
    """The graphs of a file, each whole: a graph's quads need not stand together."""
    quads = sorted(
        ox.parse(path=str(file), format=form),
        key=lambda quad: str(getattr(quad.graph_name, "value", "")),
    )
    for name, group in groupby(quads, key=lambda quad: str(getattr(quad.graph_name, "value", ""))):
        yield name, [quad.triple for quad in group]
