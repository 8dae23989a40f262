"""Which graphs a service has, and which of them its queries see when they name none."""

from __future__ import annotations

import re

from graph.remote.answers import document
from graph.remote.connection import Connection
from graph.remote.queries import with_from
from graph.using import names_dataset

_OF_VIRTUOSO = re.compile(
    r"http://(?:www\.openlinksw\.com/schemas/|localhost:\d+/|www\.w3\.org/ns/ldp#|www\.w3\.org/2002/07/owl#|"
    r"www\.w3\.org/2001/XMLSchema|www\.w3\.org/1999/02/22-rdf-syntax-ns#|www\.w3\.org/2000/01/rdf-schema#)"
    r"|urn:(?:activitystreams-owl:map|core:services:sparql|rules\.)|virtrdf"
)


class Dataset:
    """The graphs of one service."""

    def __init__(self, connection: Connection) -> None:
        """Nothing is asked yet."""
        self._to = connection
        self._whole: bool | None = None

    def united(self, query: str) -> str:
        """The query over the union of all graphs, which are named where the engine needs it.

        Raises:
            ClaimspineError: as ``Connection.ask``.
        """
        if names_dataset(query) or self._sees_all():
            return query
        found = document(self._to.ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").content)
        return with_from(query, sorted(row["g"]["value"] for row in found["results"]["bindings"]))

    def _sees_all(self) -> bool:
        """Whether the engine's default graph is the union of all graphs."""
        if self._whole is None:
            sees = self._to.holds("ASK { ?s ?p ?o }")
            if not sees and not self._to.holds("ASK { GRAPH ?g { ?s ?p ?o } }"):
                return True  # nothing is there yet, so nothing can be missed; asked again next time
            self._whole = sees and self._has_named()
        return self._whole

    def _has_named(self) -> bool:
        """A default graph with something in it may not have everything: look for one named triple."""
        return not self._to.holds(
            "ASK { { SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o FILTER(!isBlank(?s)) } } LIMIT 1 } "
            "FILTER NOT EXISTS { ?s ?p ?o } }"
        )


def of_the_engine(graph: str) -> bool:
    """Whether Virtuoso keeps this graph about itself."""
    return _OF_VIRTUOSO.match(graph) is not None
