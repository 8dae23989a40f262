"""The values of a whole store as they were read of late, while nothing is written to it.

Who read all of the evidence has made a value of each of its nodes. Whoever follows some of them needs not ask
the engine again: from disk that is most of the time that a trace takes.
"""

from __future__ import annotations

from itertools import chain

from graph.embedded.store import EmbeddedStore
from graph.embedded.unchanged import WhileUnchanged
from graph.evidence import EvidenceLine, Iri
from graph.reading.renewing import Values
from graph.store import Store


class Held:
    """The values, and the lines by what they bear on, each in the order of their IRIs."""

    def __init__(self, values: Values, last: Held | None = None) -> None:
        """Index the lines, unless they are those of the ``last`` state.

        To index all takes half as long as to find out which differ.
        """
        self.values = values
        self.bearing: dict[Iri, list[EvidenceLine]] = {}
        if last is not None and last.values.lines is values.lines:
            self.bearing = last.bearing
            return
        for line in chain.from_iterable(values.lines.values()):
            self.bearing.setdefault(line.bears_on, []).append(line)

    def __contains__(self, iri: object) -> bool:
        """Whether this is something that a value was made of."""
        said = self.values
        return any(
            iri in part
            for part in (said.claims, said.mechanisms, said.findings, said.studies, said.works, said.steps)
        )


class Holder:
    """What one state of a store is kept in, once it was read."""

    def __init__(self) -> None:
        """Nothing was read yet."""
        self.held: Held | None = None


#: Asked for before a store is read: what is written meanwhile leaves the reader with one that nobody asks.
HOLDERS = WhileUnchanged(Holder)


def held_of(store: Store) -> Held | None:
    """What the store says now, if it was read since the last write; None: it was not."""
    return HOLDERS.of(store).held if isinstance(store, EmbeddedStore) else None
