"""Sources: one named graph each, checked before it is stored, with its provenance."""

from graph.sources.loading import LoadReport, StoredSource, list_sources, load, remove

__all__ = ["LoadReport", "StoredSource", "list_sources", "load", "remove"]
