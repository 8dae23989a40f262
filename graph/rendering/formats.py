"""A trace for people and programs: each format has a module, loaded when it is asked for."""

from __future__ import annotations

import json

from graph.errors import ClaimspineError
from graph.rendering.linked import document
from graph.tracing import Trace

FORMATS = ("text", "json", "jsonld", "mermaid", "svg")


def render(trace: Trace, format: str = "text", *, for_people: bool = True) -> str:
    """The trace as text, json, jsonld, mermaid or svg. The same trace gives the same characters.

    JSON that is not ``for_people`` is on one line: the encoder that indents takes a fifth of a trace's time.

    Raises:
        ClaimspineError: ``unknown-format``.
    """
    match format:
        case "text":
            from graph.rendering.text import text

            return text(trace)
        case "json" | "jsonld":
            said = document(trace, linked=format == "jsonld", accounted=True)
            if for_people:
                return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
            return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
        case "mermaid":
            from graph.rendering.mermaid import mermaid

            return mermaid(trace)
        case "svg":
            from graph.rendering.drawing import svg

            return svg(trace)
    raise ClaimspineError(
        "unknown-format", f"a trace cannot be written as {format}", hint="one of " + ", ".join(FORMATS)
    )
