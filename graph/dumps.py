"""A whole store from a dump: N-Quads or TriG with their graphs, loaded by the engine in bulk.

For moving house and for graphs too large to read as one source (``graph.sources``). Nothing is checked
on the way in; ``graph.validation.validate`` checks the store as a whole afterwards.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from graph.errors import ClaimspineError
from graph.store import EmbeddedStore, Store

_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}


def restore(store: Store, path: str | PathLike[str]) -> None:
    """Add a dump to an empty embedded store, its graphs as they are named. Memory stays bounded.

    Raises:
        ClaimspineError: ``not-empty``, ``not-embedded``, ``unknown-format``, ``not-found``, ``rdf-syntax``;
            after a fault of syntax the store holds what stood before it and is best thrown away.
    """
    file = Path(path)
    if not isinstance(store, EmbeddedStore):
        raise ClaimspineError("not-embedded", "a dump is restored into a folder or into memory", path=file)
    if store.graph_names():
        raise ClaimspineError(
            "not-empty", "a dump is restored into an empty store", path=file, hint="name a new folder"
        )
    form = _FORMATS.get(file.suffix.lower())
    if form is None:
        raise ClaimspineError(
            "unknown-format", "a dump is N-Quads (.nq) or TriG (.trig)", path=file, hint="export one"
        )
    try:
        store.engine.bulk_load(path=str(file), format=form)
        store.engine.flush()
    except FileNotFoundError as exc:
        raise ClaimspineError("not-found", "there is no such file", path=file) from exc
    except SyntaxError as exc:
        line = exc.lineno if exc.lineno and exc.lineno > 0 else None
        raise ClaimspineError(
            "rdf-syntax", f"cannot be read: {exc.msg or exc}", path=file, line=line
        ) from exc
    except OSError as exc:
        raise ClaimspineError("store-failed", f"cannot be written: {exc}", path=file) from exc
