"""The evidence as FHIR R5 resources."""

from graph.export.fhir.bundle import check, write

__all__ = ["check", "write"]
