"""Curated evidence: YAML read as JSON-LD, and written."""

from graph.yamlld.reading import Lines, Reading, read
from graph.yamlld.writing import to_yaml

__all__ = ["Lines", "Reading", "read", "to_yaml"]
