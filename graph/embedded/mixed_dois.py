"""Works whose DOI is written in small and in capital letters, by the DOI in small ones.

Others are looked up as they are spelt. To look through all DOIs takes long in a large store, so what was
found stays, and what is written later is added. What was taken away may still be there: whoever asks looks.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

import pyoxigraph as ox

from graph.jsonld import term
from graph.sparql import PREFIXES, stored


class MixedDois:
    """Those of one store. Any thread may ask."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._lock = threading.Lock()
        self._found: dict[str, set[ox.NamedNode]] | None = None

    def works(self, engine: ox.Store, doi: str) -> list[ox.NamedNode]:
        """The works of the store that have this DOI in mixed letters."""
        with self._lock:
            if self._found is None:
                self._found = {}
                found = engine.query(stored("mixed_dois"), prefixes=PREFIXES, use_default_graph_as_union=True)
                assert isinstance(found, ox.QuerySolutions)
                for work, spelt, *_ in found:
                    self._add(self._found, work, spelt)
            known = self._found.get(doi.lower(), set()).copy()
        prop = ox.NamedNode(term("doi"))
        return [
            work
            for work in known
            if any(
                getattr(quad.object, "value", "").lower() == doi.lower()
                for quad in engine.quads_for_pattern(work, prop, None)
            )
        ]

    def written(self, triples: Iterable[ox.Triple] | None) -> None:
        """These were written, or tried to be; None: anything."""
        with self._lock:
            if self._found is None or triples is None:
                self._found = None
                return
            prop = ox.NamedNode(term("doi"))
            for triple in triples:
                if triple.predicate == prop:
                    self._add(self._found, triple.subject, triple.object)

    @staticmethod
    def _add(found: dict[str, set[ox.NamedNode]], work: object, doi: object) -> None:
        spelt = getattr(doi, "value", "")
        if isinstance(work, ox.NamedNode) and spelt not in (spelt.lower(), spelt.upper()):
            found.setdefault(spelt.lower(), set()).add(work)
