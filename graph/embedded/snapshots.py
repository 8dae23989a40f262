"""Snapshots of an embedded store, for processes that only read."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError
from graph.store import Store

BYTES_OF_A_QUAD = 150  # on disk, about


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A consistent copy. ``kind``: ``dump`` (a file, to be copied into memory) or ``backup`` (a folder)."""

    kind: str
    path: Path

    def discard(self) -> None:
        """Take it away; who has it open keeps it."""
        if self.kind == "backup":
            shutil.rmtree(self.path, ignore_errors=True)
        else:
            self.path.unlink(missing_ok=True)


def take(store: Store, at: Path, *, in_memory_quads: int) -> Snapshot:
    """Copy a store to ``at`` (which must not exist): a dump while it is small, else hard links.

    Raises:
        ClaimspineError: the store is not embedded, or the disk is full.
    """
    if not isinstance(store, EmbeddedStore):
        raise ClaimspineError("no-snapshot", "a SPARQL service has no snapshots here")
    folder = None if store.where == "memory" else Path(store.where)
    try:
        if folder is not None and size_of(folder) > in_memory_quads * BYTES_OF_A_QUAD:
            store.engine.backup(str(at))
            return Snapshot("backup", at)
        store.engine.dump(str(at), ox.RdfFormat.N_QUADS)
        return Snapshot("dump", at)
    except (OSError, RuntimeError) as exc:  # RuntimeError: the engine's files are not as it left them
        raise ClaimspineError("store-failed", f"no snapshot could be taken: {exc}") from exc


def size_of(folder: Path) -> int:
    """The bytes of a store's folder; files that go away meanwhile do not count."""
    total = 0
    for file in folder.iterdir():
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue
    return total
