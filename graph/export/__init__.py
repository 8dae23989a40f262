"""The evidence in other people's formats: RDF, nanopublications, ClaimReview, FHIR, CSV."""

from graph.export.exporting import FORMATS, MEDIA_TYPES, export
from graph.export.publishing import Publisher

__all__ = ["FORMATS", "MEDIA_TYPES", "Publisher", "export"]
