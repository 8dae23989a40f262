"""A folder as a store: who may open it, and that only one process at a time writes to it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.data_base import agreed
from graph.embedded.kept_lines import KeptLines, mark_of
from graph.embedded.store import EmbeddedStore
from graph.errors import ClaimspineError, StoreInUse
from graph.sparql import stored

_OPEN: set[Path] = set()  # folders this process holds; a probe of the lock file would drop our own lock


def open_folder(folder: Path, *, read_only: bool, base: str | None = None) -> EmbeddedStore:
    """Open the store in a folder; it is made when it is missing, unless ``read_only``.

    Raises:
        StoreInUse: this or another process has it open.
        ClaimspineError: ``not-a-store``, ``no-such-store``, ``store-failed``; ``not-a-base``, ``other-base``.
    """
    resolved = folder.resolve()
    if resolved in _OPEN:
        raise _in_use(folder, "this process")
    if folder.exists() and not folder.is_dir():
        raise ClaimspineError("not-a-store", "the store must be a folder, and this is a file", path=folder)
    is_store = (folder / "CURRENT").exists()
    if folder.is_dir() and not is_store and any(folder.iterdir()):
        raise ClaimspineError(
            "not-a-store",
            "the folder holds other things than a store",
            path=folder,
            hint="name an empty or a new folder",
        )
    if read_only and not is_store:
        raise ClaimspineError(
            "no-such-store", "there is no store here", path=folder, hint="load something first"
        )
    before = mark_of(folder)
    try:
        if read_only:
            if _locked(folder / "LOCK"):
                raise _in_use(folder, "another process")
            engine = ox.Store.read_only(str(folder))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            engine = ox.Store(str(folder))
    except OSError as exc:
        if "lock" in str(exc).lower():
            raise _in_use(folder, "another process") from exc
        raise ClaimspineError("store-failed", f"cannot open the store: {exc}", path=folder) from exc
    sources = list(EmbeddedStore(engine, folder.as_posix(), read_only=True).rows(stored("base")))
    try:
        base = agreed(base, sources, folder.as_posix())
    except ClaimspineError:
        del engine  # lets go of the folder
        raise
    _OPEN.add(resolved)
    return EmbeddedStore(
        engine,
        folder.as_posix(),
        read_only=read_only,
        kept=KeptLines(folder, before, read_only=read_only),
        let_go=lambda: _OPEN.discard(resolved),
        base=base,
    )


def _in_use(folder: Path, holder: str) -> StoreInUse:
    return StoreInUse(
        "store-in-use",
        f"the store is in use by {holder}",
        path=folder,
        hint="end the other `claimspine serve` or command, or ask the running service instead",
    )


def _locked(lock: Path) -> bool:
    """Whether another process holds the folder's lock (POSIX only; elsewhere opening tells)."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        with lock.open("rb+") as handle:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(handle, fcntl.LOCK_UN)
    except BlockingIOError:
        return True
    except OSError:  # no lock file, or a folder we may only read: nobody of ours is writing
        return False
    return False
