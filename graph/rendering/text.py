"""A trace as a tree in plain words."""

from __future__ import annotations

from graph import wording
from graph.evidence import Finding, Iri, Study, Work
from graph.rendering import account
from graph.rendering.tallies import counts, summary
from graph.tracing import Trace, TraceEdge, TraceNode


def text(trace: Trace) -> str:
    """What it amounts to, then a tree in plain words: ``+`` supports, ``−`` refutes, ``·`` is neutral."""
    root = trace.node(trace.root)
    head = account.head(trace)
    lines = [f"{root.kind.capitalize()}: {root.label}", *_told(root), *head]
    beside = account.beside(trace)
    below: dict[Iri, list[TraceEdge]] = {}
    for edge in trace.edges:
        below.setdefault(edge.source, []).append(edge)
    nodes = {node.iri: node for node in trace.nodes}
    shown: set[Iri] = {trace.root}
    stack = [(edge, "", index == 0) for index, edge in enumerate(reversed(below.get(trace.root, [])))]
    while stack:
        edge, indent, last = stack.pop()
        node = nodes[edge.target]
        lines.append(f"{indent}{'└─' if last else '├─'} {_said(edge, node)}")
        deeper = indent + ("   " if last else "│  ")
        lines += [f"{deeper}{more}" for more in (*_more(edge, node), *beside.get(node.iri, ()))]
        if edge.target in shown:
            if below.get(edge.target) and node.kind in ("claim", "mechanism", "recommendation"):
                lines.append(f"{deeper}(shown above)")
            continue
        if node.kind != "finding":
            shown.add(edge.target)
        inner = [one for one in below.get(edge.target, []) if one.relation not in ("reports", "includes")]
        if node.kind == "finding" and inner and all(one.target in shown for one in inner):
            known = "; ".join(nodes[one.target].label for one in inner)
            lines.append(f"{deeper}└─ as above: {known}")
            continue
        if node.kind == "step" and not any(one.line for one in inner):
            lines.append(f"{deeper}no evidence line: nobody is known to have tested this step")
        stack += [(one, deeper, index == 0) for index, one in enumerate(reversed(inner))]
    lines += ["", counts(trace) if head else summary(trace)]  # the head names untested steps too
    return "\n".join(lines) + "\n"


def _said(edge: TraceEdge, node: TraceNode) -> str:
    match edge.relation:
        case "based-on":
            return f"rests on: {node.label}"
        case "explained-by":
            return f"explained by: {node.label}"
        case "step":
            return f"step: {node.label}"
        case "of-study":
            return f"study: {node.label}"
        case "reported-in":
            return f"work: {node.label}"
        case "reports" | "includes":
            return f"{edge.relation}: {node.label}"
    sign = wording.SIGNS.get(edge.relation, "?")
    said = wording.line(edge.line) if edge.line is not None else edge.relation
    return f"{sign} {said}: {node.label}"


def _more(edge: TraceEdge, node: TraceNode) -> list[str]:
    more = _told(node)
    if edge.line is not None and edge.line.rationale:
        more.append(edge.line.rationale)
    return more


def _told(node: TraceNode) -> list[str]:
    """What is known of a finding, a study or a work itself."""
    value = node.value
    more = []
    if isinstance(value, Finding):
        more.append(wording.finding(value))
        if value.method == "automatic":
            more.append("read automatically, not reviewed")
    elif isinstance(value, Study):
        more.append(wording.study(value))
    elif isinstance(value, Work):
        more.append(wording.work(value))
    return [line for line in more if line]
