"""A whole store as one file of N-Quads, and back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.store import EmbeddedStore, Store


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


def restore_backup(store: Store, path: Path) -> int:
    """Read a backup into an empty store; gives the number of graphs.

    Raises:
        ClaimspineError: ``store-not-empty``, ``no-such-file``, ``rdf-syntax``.
    """
    if store.graph_names():
        raise ClaimspineError(
            "store-not-empty", "a backup is restored into an empty store", hint="name a new folder"
        )
    if not path.is_file():
        raise ClaimspineError("no-such-file", "there is no such file", path=path, hint="check the name")
    try:
        if isinstance(store, EmbeddedStore):
            store.engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
            store.flush()
        else:
            for name, triples in _graphs(path):
                store.replace_graph(name, triples)
    except SyntaxError as exc:
        raise ClaimspineError("rdf-syntax", f"not a backup: {exc.msg}", path=path, line=exc.lineno) from exc
    except OSError as exc:
        raise ClaimspineError("store-failed", f"the backup could not be read: {exc}", path=path) from exc
    return len(store.graph_names())


def _graphs(path: Path) -> Iterator[tuple[str, list[ox.Triple]]]:
    """The graphs of a file, each whole: a graph's quads need not stand together."""
    quads = sorted(
        ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS),
        key=lambda quad: str(getattr(quad.graph_name, "value", "")),
    )
    for name, group in groupby(quads, key=lambda quad: str(getattr(quad.graph_name, "value", ""))):
        if name:
            yield name, [quad.triple for quad in group]
