"""A trace told to people and programs."""

from graph.rendering.formats import FORMATS, document, render

__all__ = ["FORMATS", "document", "render"]
