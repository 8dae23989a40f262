"""A trace told to people and programs."""

from graph.rendering.formats import FORMATS, render
from graph.rendering.linked import document

__all__ = ["FORMATS", "document", "render"]
