"""What became of the sources: each version that was read, when, what it replaced, and when it was removed.

A source's own graph holds its present content alone. Its versions stand in a graph of their own
(``<base>history/<name>``, PROV): a line or two each, never the content, and they outlive the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox

from graph.reading.nodes import natural
from graph.sparql import stored
from graph.store import Store
from graph.terms import DATE_TIME, ENTITY, GENERATED_AT, LABEL, PROV, TYPE
from ontology.terms import Property

_UNTIL = ox.NamedNode(PROV + "invalidatedAtTime")
_REVISION, _ENDED = ox.NamedNode(PROV + "wasRevisionOf"), ox.NamedNode(PROV + "wasInvalidatedBy")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a source. ``until``: when it gave way; ``removed``: to nothing, not to another."""

    source: str
    number: int
    sha256: str
    path: str | None
    at: str | None
    until: str | None
    removed: bool


def history_graph(name: str, base: str) -> str:
    """The IRI of the graph that holds the versions of a source."""
    return f"{base}history/{quote(name, safe='/-._~')}"


def revised(
    store: Store, changes: Mapping[str, tuple[str, str] | None], at: str
) -> dict[str, list[ox.Triple]]:
    """The history graphs as they are to be once these sources change, to be written with the change.

    ``changes``: name → (sha256, path) of the new version, None where the source is removed.
    """
    found = {}
    time = ox.Literal(at, datatype=DATE_TIME)
    for name, new in sorted(changes.items()):
        graph = history_graph(name, store.base)
        held = list(store.read_graph(graph))
        ended = {t.subject for t in held if t.predicate == _UNTIL}
        versions = sorted(
            {t.subject for t in held if t.predicate == TYPE and isinstance(t.subject, ox.NamedNode)},
            key=lambda node: natural(node.value),
        )
        current = [node for node in versions if node not in ended]
        held += [ox.Triple(node, _UNTIL, time) for node in current]
        node = ox.NamedNode(f"{graph}/{len(versions) + 1}")
        if new is None:
            held += [ox.Triple(one, _ENDED, ox.NamedNode(f"{one.value}/removal")) for one in current]
        else:
            sha256, path = new
            held += [
                ox.Triple(node, TYPE, ENTITY),
                ox.Triple(node, ox.NamedNode(Property.SOURCE_NAME), ox.Literal(name)),
                ox.Triple(node, ox.NamedNode(Property.SHA256), ox.Literal(sha256)),
                ox.Triple(node, LABEL, ox.Literal(path)),
                ox.Triple(node, GENERATED_AT, time),
            ]
            held += [ox.Triple(node, _REVISION, one) for one in versions[-1:]]
        if held:
            found[graph] = held
    return found


def history(store: Store, name: str | None = None) -> tuple[Version, ...]:
    """The versions of all sources, or of one, by source and number; those removed included."""
    found = [
        Version(
            source or "",
            int((iri or "0").rpartition("/")[2]),
            sha256 or "",
            path,
            at,
            until,
            removed is not None,
        )
        for iri, source, sha256, path, at, until, removed in store.rows(stored("history"))
        if name is None or source == name
    ]
    return tuple(sorted(found, key=lambda one: (one.source, one.number)))


def sizes(store: Store) -> dict[str, int]:
    """How many triples each graph holds."""
    return {graph or "": int(count or 0) for graph, count in store.rows(stored("sizes"))}
