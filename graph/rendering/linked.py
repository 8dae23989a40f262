"""A trace as JSON: linked data with the context it uses, or its own lists of nodes and edges."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from graph.evidence import EvidenceLine
from graph.jsonld import TYPES, context_of, definitions
from graph.rendering import account
from graph.tracing import Trace, TraceEdge, TraceNode

_KEYS = {
    "certainty_reasons": "reasons",
    "limitations": "limitation",
    "work": "reportedIn",
    "effect": "effect",
    "size": "groupSize",
    "role": "doseRole",
}
_PARTS = {"dose": "Dose", "comparatorDose": "Dose", "effect": "EffectEstimate", "groups": "GroupValue"}


def document(trace: Trace, *, linked: bool = True, accounted: bool = False) -> dict[str, Any]:
    """The trace as a JSON-LD document: what every node says, evidence lines as nodes of their own.

    Without ``linked`` the context is left out and the trace's own node and edge lists are given.
    ``accounted``: certainty and structure too (for a whole trace only: a part of one would mislead).
    """
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
    graph = [{"id": node.iri, "type": TYPES[node.kind], **_node(node, typed=True)} for node in trace.nodes]
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
