"""A trace for people and programs: text, JSON-LD, Mermaid, and (in ``drawing``) SVG."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from graph import wording
from graph.errors import ClaimspineError
from graph.evidence import EvidenceLine, Finding, Iri, Study, Work
from graph.jsonld import context_of, definitions
from graph.rendering.tallies import counts, summary
from graph.tracing import Trace, TraceEdge, TraceNode

FORMATS = ("text", "json", "jsonld", "mermaid", "svg")


def render(trace: Trace, format: str = "text", *, for_people: bool = True) -> str:
    """The trace as text, json, jsonld, mermaid or svg. The same trace gives the same characters.

    JSON that is not ``for_people`` is on one line: the encoder that indents takes a fifth of a trace's time.

    Raises:
        ClaimspineError: ``unknown-format``.
    """
    match format:
        case "text":
            return text(trace)
        case "json" | "jsonld":
            said = document(trace, linked=format == "jsonld", accounted=True)
            if for_people:
                return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
            return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
        case "mermaid":
            return mermaid(trace)
        case "svg":
            from graph.rendering.drawing import svg

            return svg(trace)
    raise ClaimspineError(
        "unknown-format", f"a trace cannot be written as {format}", hint="one of " + ", ".join(FORMATS)
    )


def text(trace: Trace) -> str:
    """What it amounts to, then a tree in plain words: ``+`` supports, ``−`` refutes, ``·`` is neutral."""
    from graph.rendering import account

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


_KEYS = {
    "certainty_reasons": "reasons",
    "limitations": "limitation",
    "work": "reportedIn",
    "effect": "effect",
    "size": "groupSize",
    "role": "doseRole",
}
_KINDS = {
    "recommendation": "Recommendation",
    "claim": "Claim",
    "mechanism": "Mechanism",
    "step": "MechanismStep",
    "finding": "Finding",
    "study": "Study",
    "work": "Work",
}
_PARTS = {"dose": "Dose", "comparatorDose": "Dose", "effect": "EffectEstimate", "groups": "GroupValue"}


def document(trace: Trace, *, linked: bool = True, accounted: bool = False) -> dict[str, Any]:
    """The trace as a JSON-LD document: what every node says, evidence lines as nodes of their own.

    Without ``linked`` the context is left out and the trace's own node and edge lists are given.
    ``accounted``: certainty and structure too (for a whole trace only: a part of one would mislead).
    """
    from graph.rendering import account

    if not linked:
        return {
            "root": trace.root,
            "nodes": [
                {"id": node.iri, "kind": node.kind, "label": node.label, **_node(node, typed=False)}
                for node in trace.nodes
            ],
            "edges": [_edge(edge) for edge in trace.edges],
            "unsupportedSteps": list(trace.unsupported_steps),
            **(account.document(trace) if accounted else {}),
        }
    graph = [{"id": node.iri, "type": _KINDS[node.kind], **_node(node, typed=True)} for node in trace.nodes]
    lines: dict[str, dict[str, Any]] = {}
    for edge in trace.edges:
        if edge.line is not None:
            entry = lines.setdefault(edge.line.iri, _line(edge.line))
            targets = entry.setdefault("bearsOn", [])
            if edge.source not in targets:
                targets.append(edge.source)
    graph += [lines[iri] for iri in sorted(lines)]
    graph += account.linked(trace) if accounted else []
    return {"@context": context_of(graph), "graph": graph}


def _line(line: EvidenceLine) -> dict[str, Any]:
    said = {key: value for key, value in _plain(line).items() if key != "bearsOn"}
    return {"id": line.iri, "type": "EvidenceLine", **said}


def _edge(edge: TraceEdge) -> dict[str, Any]:
    said: dict[str, Any] = {"source": edge.source, "target": edge.target, "relation": edge.relation}
    if edge.line is not None:
        for key in ("strength", "directness", "method", "rationale"):
            if getattr(edge.line, key):
                said[key] = getattr(edge.line, key)
        said["line"] = edge.line.iri
    return said


def _node(node: TraceNode, *, typed: bool) -> dict[str, Any]:
    if node.value is None:
        return {}
    said = _plain(node.value, typed=typed)
    if node.kind == "step" and "effect" in said:
        said["stepEffect"] = said.pop("effect")
    if node.kind == "mechanism":
        said["steps"] = [step["id"] if isinstance(step, dict) else step for step in said.get("steps", [])]
    return said


def _plain(value: Any, *, typed: bool = True) -> dict[str, Any]:
    """A frozen value under the keys of the context; what is unknown is left out."""
    said: dict[str, Any] = {}
    for name in value.__dataclass_fields__:
        found = getattr(value, name)
        if found is None or found == () or found == "":
            continue
        if name == "iri":
            if not isinstance(value, EvidenceLine):
                said["id"] = found
            continue
        key, scheme = _key(name)
        if key is None:
            continue
        said[key] = _json(found, key, typed=typed)
        if typed and scheme:  # in full: a bare "low" or "cohort" is a key of the context too
            said[key] = [scheme + v for v in said[key]] if isinstance(found, tuple) else scheme + said[key]
    return said


@cache
def _key(name: str) -> tuple[str | None, str | None]:
    """The key of the context that a field is written under, with the key's scheme; None: it is not."""
    key = _KEYS.get(name) or _camel(name)
    if name in ("kind", "quote") or key not in definitions():
        return None, None
    return key, definitions()[key].scheme


def _json(value: Any, key: str, *, typed: bool) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_json(item, key, typed=typed) for item in value]
    if is_dataclass(value):
        inner = _plain(value, typed=typed)
        if typed and key in _PARTS:
            inner = {"type": _PARTS[key], **inner}
        if key == "unconfirmed":
            raw = asdict(value)  # type: ignore[arg-type]
            inner = {"field": raw["field"], "recordedValue": raw["value"]}
        return inner
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if key == "year" else value
    return value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


_SHAPES = {
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
    names = {node.iri: f"n{number}" for number, node in enumerate(trace.nodes, 1)}
    from graph.rendering.drawing import details, drawn

    detail = details(trace)
    lines = ["flowchart LR"]
    for node in trace.nodes:
        opening, closing = _SHAPES[node.kind]
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
