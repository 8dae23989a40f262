"""A trace as a Mermaid flow chart."""

from __future__ import annotations

from graph.tracing import Trace

SHAPES = {
    "recommendation": ("([", "])"),
    "claim": ("(", ")"),
    "mechanism": ("{{", "}}"),
    "step": ("[/", "/]"),
    "finding": ("[", "]"),
    "study": ("[[", "]]"),
    "work": ("[(", ")]"),
}


def mermaid(trace: Trace) -> str:
    """A Mermaid flow chart: solid arrows support, crossed ones refute, dotted are neutral."""
    from graph.rendering.drawing import details, drawn  # an impact needs the rest of this module alone

    names = {node.iri: f"n{number}" for number, node in enumerate(trace.nodes, 1)}
    detail = details(trace)
    lines = ["flowchart LR"]
    for node in trace.nodes:
        opening, closing = SHAPES[node.kind]
        more = f"<br/>{escaped(detail[node.iri])}" if detail.get(node.iri) else ""
        lines.append(f'  {names[node.iri]}{opening}"{escaped(node.label)}{more}"{closing}')
    for edge in drawn(trace):
        arrow = {
            "supports": "-->|+ supports|",
            "refutes": "--x|− refutes|",
            "neutral": "-.->|· is neutral|",
        }.get(edge.relation, "-->")
        lines.append(f"  {names[edge.source]} {arrow} {names[edge.target]}")
    for step in trace.unsupported_steps:
        lines.append(f"  style {names[step]} stroke-dasharray:5 5")
    return "\n".join(lines) + "\n"


def escaped(label: str) -> str:
    """Mermaid reads HTML entities by number; quotes, brackets and markup must not reach it."""
    short = label if len(label) <= 90 else label[:89].rstrip() + "…"
    return "".join(
        character if character.isalnum() or character in " .,:()/+-–—−…'’" else f"#{ord(character)};"
        for character in short
    )
