"""What a trace amounts to: certainty with its reasons, and structure, as words, JSON and JSON-LD."""

from __future__ import annotations

from typing import Any

from graph.certainty import Judgement, certainty
from graph.evidence import Iri
from graph.jsonld import definitions
from graph.tracing import Trace
from graph.tracing.structure import StudyGroup, Support, WeakestLink, structure

_JUDGED = ("recommendation", "claim", "step")


def head(trace: Trace) -> list[str]:
    """What the whole trace amounts to, line by line; nothing where its root is no claim."""
    if trace.node(trace.root).kind not in _JUDGED:
        return []
    judged, found = certainty(trace, trace.root), structure(trace)
    lines = _judgement(judged)
    lines += _carried(trace, found.root)
    if found.weakest_claim is not None:
        lines.append(_weakest("weakest claim", found.weakest_claim))
    untested = set(found.unsupported_steps)
    lines += [
        _weakest(f"weakest step of {mechanism_of(trace, link.iri)}", link)
        for link in found.weakest_steps
        if link.iri not in untested
    ]
    if untested:
        lines.append("steps that no line supports:")
        lines += [
            f"  ? {trace.node(step).label} ({mechanism_of(trace, step)})" for step in found.unsupported_steps
        ]
    return lines


def mechanism_of(trace: Trace, step: Iri) -> str:
    """The mechanism that a step belongs to, by its label; of several, the first."""
    owners = [edge.source for edge in trace.edges if edge.relation == "step" and edge.target == step]
    return trace.node(owners[0]).label if owners else "a mechanism"


def beside(trace: Trace) -> dict[Iri, list[str]]:
    """For each claim below the root: its certainty and how many independent studies carry it.

    A step that nothing supports is left out: its line in the trace says so.
    """
    said = {}
    for one in structure(trace).parts:
        if one.kind != "step":
            said[one.iri] = [level(certainty(trace, one.iri)), _count(one)]
        elif one.supports:
            said[one.iri] = [_count(one)]
    return said


def _judgement(judged: Judgement) -> list[str]:
    lines = [level(judged)]
    lines += [f"  {reason}" for reason in judged.reasons]
    if judged.curated and judged.computed:
        lines.append(f"  what the stored evidence gives by itself: {_computed(judged)}")
        lines += [f"    {reason}" for reason in (judged.start_reason, *(s.reason for s in judged.steps))]
    elif judged.curated:
        lines.append(f"  what the stored evidence gives by itself: {judged.start_reason}")
    if judged.not_serious:
        lines.append("  not serious: " + "; ".join(judged.not_serious))
    if judged.not_judged:
        lines.append("  not judged: " + "; ".join(judged.not_judged))
    lines += [f"  does not count: {what}" for what in judged.left_out]
    return lines


def level(judged: Judgement) -> str:
    """``certainty (curated): low; the stored evidence by itself gives at most high``."""
    if judged.level is None:
        return "certainty: not enough to judge"
    if not judged.curated:
        return f"certainty (computed): {_computed(judged)}"
    said = f"certainty (curated): {_words(judged.level)}"
    differs = judged.computed and judged.computed != judged.level
    return f"{said}; the stored evidence by itself gives {_computed(judged)}" if differs else said


def _computed(judged: Judgement) -> str:
    """The computed level; "at most" where something that was not judged could still lower it."""
    return ("at most " if judged.at_most else "") + _words(judged.computed or "")


def _words(level: str) -> str:
    return level.replace("-", " ")


def _carried(trace: Trace, support: Support) -> list[str]:
    lines = [_count(support)]
    for group in support.independent:
        if len(group.studies) > 1:
            names = ", ".join(trace.node(study).label for study in group.studies)
            why = f" ({_few(group.reasons)})" if group.reasons else ""
            lines.append(f"  counted once: {names}{why}")
    if support.bottlenecks:
        lines.append("all of its support passes through:")
        lines += [f"  {one.kind} {one.label}" for one in support.bottlenecks]
    elif support.independent:
        lines.append("no single study, cohort or laboratory carries all of it")
    return lines


def _count(support: Support) -> str:
    studies = len({study for group in support.independent for study in group.studies})
    said = f"independent studies that support it: {len(support.independent)}"
    return said if studies == len(support.independent) else f"{said} (of {studies} named)"


def _few(reasons: tuple[str, ...]) -> str:
    shown = "; ".join(reasons[:3])
    return shown if len(reasons) <= 3 else f"{shown}; and {len(reasons) - 3} more"


def _weakest(what: str, link: WeakestLink) -> str:
    return f"{what}: {link.label.rstrip('.')}: {link.reason}"


def document(trace: Trace) -> dict[str, Any]:
    """Certainty and structure as plain JSON; empty where the root is no claim."""
    if trace.node(trace.root).kind not in _JUDGED:
        return {}
    found = structure(trace)
    return {
        "support": [_support(trace, one) for one in (found.root, *found.parts)],
        "weakestClaim": _link(found.weakest_claim),
        "weakestSteps": [_link(link) for link in found.weakest_steps],
    }


def _support(trace: Trace, one: Support) -> dict[str, Any]:
    judged = certainty(trace, one.iri)
    return {
        "about": one.iri,
        "kind": one.kind,
        "certainty": {
            "level": judged.level,
            "curated": judged.curated,
            "computed": judged.computed,
            "start": judged.start,
            "startReason": judged.start_reason,
            "steps": [
                {"domain": step.domain, "levels": step.levels, "reason": step.reason} for step in judged.steps
            ],
            "reasons": list(judged.reasons),
            "notSerious": list(judged.not_serious),
            "notJudged": list(judged.not_judged),
            "atMost": judged.at_most,
            "leftOut": list(judged.left_out),
        },
        "supports": one.supports,
        "refutes": one.refutes,
        "neutral": one.neutral,
        "independentStudies": [_group(group) for group in one.independent],
        "bottlenecks": [{"id": b.iri, "kind": b.kind, "label": b.label} for b in one.bottlenecks],
    }


def _group(group: StudyGroup) -> dict[str, Any]:
    return {"studies": list(group.studies), "reasons": list(group.reasons)}


def _link(link: WeakestLink | None) -> dict[str, str] | None:
    if link is None:
        return None
    return {"id": link.iri, "kind": link.kind, "label": link.label, "reason": link.reason}


def linked(trace: Trace) -> list[dict[str, Any]]:
    """A ``spine:Support`` for the root and each claim and step, in JSON-LD with the context's keys."""
    if trace.node(trace.root).kind not in _JUDGED:
        return []
    found = structure(trace)
    nodes = []
    for one in (found.root, *found.parts):
        judged = certainty(trace, one.iri)
        said: dict[str, Any] = {
            "type": "Support",
            "about": one.iri,
            "independentStudies": len(one.independent),
            "supportingLines": one.supports,
            "refutingLines": one.refutes,
            "neutralLines": one.neutral,
        }
        if judged.level:
            said["certaintyLevel"] = _scheme("certaintyLevel", judged.level)
            said["method"] = _scheme("method", "curated" if judged.curated else "automatic")
        if judged.computed:
            said["computedLevel"] = _scheme("certaintyLevel", judged.computed)
        if judged.reasons:
            said["reasons"] = list(judged.reasons)
        passed = [b.iri for b in one.bottlenecks if b.kind != "registration"]
        if passed:
            said["bottlenecks"] = passed
        if one.iri == trace.root:
            if found.weakest_claim is not None:
                said["weakestLink"] = found.weakest_claim.iri
            if found.unsupported_steps:
                said["unsupportedSteps"] = list(found.unsupported_steps)
        nodes.append(said)
    return nodes


def _scheme(key: str, value: str) -> str:
    return (definitions()[key].scheme or "") + value
