"""One way in: a store, a format, and what to export."""

from __future__ import annotations

from graph.errors import ClaimspineError
from graph.export.publishing import Publisher
from graph.export.selecting import select, select_quads
from graph.store import Store

MEDIA_TYPES = {
    "trig": "application/trig",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "yaml": "application/yaml",
    "nanopub": "application/trig",
    "claimreview": "application/ld+json",
    "fhir": "application/fhir+json",
    "csv": "text/csv; charset=utf-8",
}
FORMATS = tuple(MEDIA_TYPES)


def export(
    store: Store,
    format: str,
    identifier: str | None = None,
    *,
    publisher: Publisher | None = None,
) -> bytes:
    """The evidence of a store, or of what ``identifier`` rests on, in a format; same store, same bytes.

    Nanopublications come unsigned; ``graph.export.signing`` signs them.

    Raises:
        ClaimspineError: ``unknown-format``; ``nothing-to-export``: no claim is there.
        UnknownIdentifier: nothing, or more than one thing, has this id.
    """
    by = publisher or Publisher()
    match format:
        case "trig" | "turtle" | "jsonld":
            from graph.export import rdf

            return rdf.write(select_quads(store, identifier), format, store.base)
        case "yaml":
            from graph.yamlld.writing import to_yaml

            quads = select_quads(store, identifier)
            return to_yaml(dict.fromkeys(quad.triple for quad in quads), base=store.base).encode()
        case "nanopub":
            from graph.export import nanopubs

            quads = select_quads(store, identifier)
            return nanopubs.write(select(store, identifier), quads, by, base=store.base)
        case "claimreview":
            from graph.export import claimreview

            return claimreview.write(select(store, identifier), by)
        case "fhir":
            from graph.export import fhir

            return fhir.write(select(store, identifier), by)
        case "csv":
            from graph.export.tables import write as write_table

            return write_table(select(store, identifier))
    raise ClaimspineError(
        "unknown-format", f"the evidence cannot be exported as {format}", hint="one of " + ", ".join(FORMATS)
    )
