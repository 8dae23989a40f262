"""What a store says of nodes, looked up one by one when they are first asked for.

``trace.rq`` says what belongs to a trace; an embedded engine is asked for those of its nodes alone that
values are made of, and for the lines that bear on claims and steps. Other stores are asked the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from graph.embedded.store import EmbeddedStore
from graph.engine import from_term
from graph.evidence import Iri
from graph.reading.kept_nodes import KEPT_NODES, Said
from graph.reading.nodes import Facts, Nodes
from graph.results import Term
from graph.sparql import stored
from graph.store import Store
from graph.tracing.walking import below
from ontology.terms import Adopted, Property

_BEARS_ON = ox.NamedNode(Property.BEARS_ON)


@contextmanager
def nodes_below(store: Store, root: Iri) -> Iterator[Nodes]:
    """What a trace from ``root`` may need to know; of an embedded store, what was asked for is kept."""
    if isinstance(store, EmbeddedStore):
        nodes = _AskedNodes(store)
        yield nodes
        nodes.asked.keep()
    else:
        found = Nodes()
        found.take(below(store, "trace", root))
        yield found


def is_described(store: Store, iri: str) -> bool:
    """Whether the store gives a class to this IRI.

    Raises:
        ClaimspineError: ``not-a-term``: it is no IRI.
    """
    if not isinstance(store, EmbeddedStore):
        return any(store.rows(stored("described"), {"s": Term.iri(iri)}))
    from_term(Term.iri(iri))
    asked = _Asked(store)
    said = asked[iri]
    asked.keep()  # most who ask go on to trace it
    return Adopted.TYPE in said


class _AskedNodes(Nodes):
    """All nodes of an embedded store."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.asked = _Asked(store)
        super().__init__(self.asked)
        self._match = store.engine.quads_for_pattern

    def bearing_on(self, node: str) -> Sequence[str]:
        known = _named(node)
        found = [] if known is None else self._match(None, _BEARS_ON, known)
        return sorted({quad.subject.value for quad in found if not isinstance(quad.subject, ox.Triple)})


class _Asked(Facts):
    """Nodes by name: those read of late, others from the engine. A blank node goes by its label."""

    def __init__(self, store: EmbeddedStore) -> None:
        super().__init__()
        self._kept, self._match = KEPT_NODES.of(store), store.engine.quads_for_pattern
        self._read = dict[str, Said]()

    def keep(self) -> None:
        """Keep what had to be read."""
        if self._read:
            self._kept.keep(self._read)

    def __missing__(self, name: str) -> Said:
        said = self._kept.get(name)
        if said is None:
            node = _named(name)
            said = self._read[name] = Said() if node is None else _said(self._match(node, None, None))
        self[name] = said
        return said


def _said(quads: Iterable[ox.Quad]) -> Said:
    """What quads say of their subject."""
    said: dict[str, tuple[str, ...]] = {}
    for quad in quads:
        prop, target = quad.predicate.value, quad.object
        value = str(target) if isinstance(target, ox.Triple) else target.value
        if prop not in said:
            said[prop] = (value,)
        elif value not in said[prop]:  # else the same from another graph
            said[prop] += (value,)
    return Said(said)


def _named(name: str) -> ox.NamedNode | ox.BlankNode | None:
    """The node with this name, which is an IRI or the label of a blank node; None: it is a text."""
    try:
        return ox.NamedNode(name) if ":" in name else ox.BlankNode(name)
    except ValueError:
        return None
