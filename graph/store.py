"""The store: one small interface, and how one is opened.

Nothing outside this interface may depend on the engine. Triples are handed over as pyoxigraph terms
inside ``graph`` only; what leaves ``graph`` are the values of ``graph.results``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

import pyoxigraph as ox

from graph.data_base import agreed
from graph.embedded.folder import open_folder
from graph.embedded.store import EmbeddedStore
from graph.engine import Parameters
from graph.results import Answer

if TYPE_CHECKING:
    from graph.remote.access import Credentials


class Store(Protocol):
    """A quad store. Queries see the union of all named graphs as the default graph; what they name by a
    relative IRI, without a BASE of their own, stands under the data base, as in evidence files.
    """

    where: str
    base: str
    """What the ids of its data stand under."""

    def query(self, sparql: str, parameters: Parameters | None = None) -> Answer:
        """Answer a query; ``parameters`` bind variables by name, never as text."""

    def rows(self, sparql: str, parameters: Parameters | None = None) -> Iterator[tuple[str | None, ...]]:
        """The rows of a SELECT as bare values: quick, for queries that know what they asked for."""

    def query_serialized(self, sparql: str, format: str, parameters: Parameters | None = None) -> bytes:
        """Answer as bytes: csv, tsv, json, xml (SELECT, ASK); turtle, ntriples, jsonld, rdfxml (graphs)."""

    def update(self, sparql: str) -> None:
        """Apply a SPARQL update, whole or not at all, and flush it."""

    def graph_names(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""

    def has_graph(self, name: str) -> bool:
        """Whether there is a graph of this name; it may be empty, where the engine keeps such."""

    def read_graph(self, name: str) -> list[ox.Triple]:
        """The triples of one named graph; empty when there is none."""

    def replace_graphs(self, graphs: Mapping[str, Iterable[ox.Triple] | None]) -> None:
        """Replace each named graph by these triples (``None``: delete it), all together or not at all.

        Without triples it becomes an empty graph, where the engine keeps such (SPARQL 1.1 Update, 3.2).
        """

    def replace_graph(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """Replace one named graph, whole."""

    def delete_graph(self, name: str) -> None:
        """Delete one named graph; nothing happens when there is none."""

    def bulk_load(self, name: str, triples: Iterable[ox.Triple]) -> None:
        """Add many triples to a graph, quickly and not atomically."""

    def dump(self, format: str = "trig") -> bytes:
        """Everything, as trig or nquads."""

    def flush(self) -> None:
        """Return when everything acknowledged is on disk."""

    def close(self) -> None:
        """Flush and let go of the folder."""

    def __enter__(self) -> Self:
        """The store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""


def open_store(
    where: str | os.PathLike[str] = "memory",
    *,
    read_only: bool = False,
    credentials: Credentials | None = None,
    base: str | None = None,
) -> Store:
    """Open the store ``where`` says: ``memory``, a folder, or the URL of a SPARQL 1.1 service.

    A folder is made when it is missing, unless ``read_only``. One process at a time writes; any
    number may read while none writes. ``credentials`` are for a SPARQL service. ``base`` is what the ids of
    its data stand under (``https://evidence.example.org/id/``); None: what those of its sources stand under,
    and of a store without any the default.

    >>> with open_store("memory") as store:
    ...     store.graph_names()
    ()

    Raises:
        StoreInUse: another process has the folder open.
        ClaimspineError: the folder is no store, or cannot be read.
        ClaimspineError: ``not-a-base``; ``other-base``: its sources stand under another base.
    """
    text = os.fspath(where)
    if text == "memory":
        return EmbeddedStore(ox.Store(), "memory", read_only=read_only, base=agreed(base, (), text))
    if text.startswith(("http://", "https://")):
        from graph.remote.store import open_remote

        return open_remote(text, read_only=read_only, credentials=credentials, base=base)
    return open_folder(Path(text), read_only=read_only, base=base)
