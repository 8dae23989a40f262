"""Bibliographies read as works."""

from graph.bibliography.works import Bibliography, read_bibliography, read_bibliography_bytes

__all__ = ["Bibliography", "read_bibliography", "read_bibliography_bytes"]
