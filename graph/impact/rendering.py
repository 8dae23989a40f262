"""An impact for people and programs: text, JSON, JSON-LD, Mermaid."""

from __future__ import annotations

import json
from typing import Any

from graph.errors import ClaimspineError
from graph.impact.values import Affected, Impact, Standing
from graph.jsonld import context_of, definitions
from graph.rendering.mermaid import SHAPES, escaped
from graph.rendering.tallies import many

FORMATS = ("text", "json", "jsonld", "mermaid")


def render(impact: Impact, format: str = "text") -> str:
    """The impact as text, json, jsonld or mermaid. The same impact gives the same characters.

    Raises:
        ClaimspineError: ``unknown-format``.
    """
    match format:
        case "text":
            return text(impact)
        case "json" | "jsonld":
            said = document(impact) if format == "json" else linked(impact)
            return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
        case "mermaid":
            return mermaid(impact)
    raise ClaimspineError(
        "unknown-format", f"an impact cannot be written as {format}", hint="one of " + ", ".join(FORMATS)
    )


_WHAT = {"retracted": "is retracted", "corrected": "is corrected"}
_PLURAL = {"recommendation": "recommendations", "claim": "claims", "step": "steps"}


def text(impact: Impact) -> str:
    """What to look at again, in order, with what changes and why."""
    counts = [
        f"{len(found)} {_PLURAL[kind] if len(found) != 1 else kind}"
        for kind in _PLURAL
        if (found := impact.of_kind(kind))
    ]
    lines = [f"If this {impact.kind} {_WHAT[impact.change]}: {impact.label}"]
    if impact.also:
        lines.append("falling with it: " + ", ".join(iri.removeprefix(impact.base) for iri in impact.also))
    findings = many(len(impact.findings), "finding", "findings")
    hanging = many(impact.lines, "evidence line", "evidence lines")
    lines.append(
        f"{findings} and {hanging} hang on it; "
        + ("to look at again: " + ", ".join(counts) if counts else "nothing rests on it")
        + "."
    )
    if not impact.exact:
        lines.append("What comes after is the worst case: as if none of its numbers held.")
    for number, one in enumerate(impact.affected, 1):
        lines += ["", f"{number}. {one.kind}: {one.label}"]
        lines += [f"   {said}" for said in (_certainty(one), _carried(one), *one.reasons)]
        if one.judge_again:
            lines.append("   its certainty is a person's judgement, made with this work: judge it again")
    if impact.not_judged:
        lines += ["", f"{impact.not_judged} more claims lose as much or less and were not judged one by one."]
    return "\n".join(lines) + "\n"


def _certainty(one: Affected) -> str:
    was, now = (_level(standing.level) for standing in (one.before, one.after))
    by = " (curated)" if one.before.curated else ""
    if was == now:
        return f"certainty: {was}{by}, as before"
    return f"certainty: {was}{by} → {now}" + (
        f": {'; '.join(one.after.reasons)}" if one.after.reasons else ""
    )


def _level(level: str | None) -> str:
    return level.replace("-", " ") if level else "not enough to judge"


def _carried(one: Affected) -> str:
    was, now = one.before, one.after
    pairs = [
        ("independent studies", was.independent, now.independent),
        ("lines for it", was.supports, now.supports),
        ("against it", was.refutes, now.refutes),
        ("neutral", was.neutral, now.neutral),
    ]
    return "; ".join(
        f"{name}: {a}" if a == b else f"{name}: {a} → {b}"
        for name, a, b in pairs
        if a or b or name == pairs[0][0]
    )


def document(impact: Impact) -> dict[str, Any]:
    """The impact as plain JSON: counts, then what is affected in the order to look at it."""
    return {
        "root": impact.root,
        "kind": impact.kind,
        "label": impact.label,
        "change": impact.change,
        "exact": impact.exact,
        "also": list(impact.also),
        "findings": list(impact.findings),
        "lines": impact.lines,
        "syntheses": list(impact.syntheses),
        "counts": {_PLURAL[kind]: len(impact.of_kind(kind)) for kind in _PLURAL},
        "notJudged": impact.not_judged,
        "affected": [
            {
                "rank": rank,
                "id": one.iri,
                "kind": one.kind,
                "label": one.label,
                "before": _standing(one.before),
                "after": _standing(one.after),
                "levelsLost": one.levels_lost,
                "independentLost": one.independent_lost,
                "weight": one.weight,
                "lost": list(one.lost),
                "judgeAgain": one.judge_again,
                "reasons": list(one.reasons),
            }
            for rank, one in enumerate(impact.affected, 1)
        ],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "certainty": standing.level,
        "curated": standing.curated,
        "computed": standing.computed,
        "independentStudies": standing.independent,
        "supports": standing.supports,
        "refutes": standing.refutes,
        "neutral": standing.neutral,
        "reasons": list(standing.reasons),
    }


def linked(impact: Impact) -> dict[str, Any]:
    """The impact as JSON-LD: a ``spine:Impact`` with a certainty before and after for each claim."""
    said = {
        "type": "Impact",
        "about": impact.root,
        "change": _scheme("change", impact.change),
        "label": f"If this {impact.kind} {_WHAT[impact.change]}: {impact.label}",
        "consequences": [
            {
                "type": "Consequence",
                "about": one.iri,
                "before": _judged(one.before),
                "after": _judged(one.after),
                "lostLines": list(one.lost),
                "reasons": list(one.reasons),
            }
            for one in impact.affected
        ],
    }
    return {"@context": context_of(said, impact.base), **said}


def _judged(standing: Standing) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "Support",
        "independentStudies": standing.independent,
        "supportingLines": standing.supports,
        "refutingLines": standing.refutes,
        "neutralLines": standing.neutral,
    }
    if standing.level:
        said["certaintyLevel"] = _scheme("certaintyLevel", standing.level)
    if standing.computed:
        said["computedLevel"] = _scheme("certaintyLevel", standing.computed)
    if standing.reasons:
        said["reasons"] = list(standing.reasons)
    return said


def _scheme(key: str, value: str) -> str:
    return (definitions()[key].scheme or "") + value


def mermaid(impact: Impact) -> str:
    """A Mermaid flow chart from the work to what is affected, in order; dashed: certainty lost."""
    lines = ["flowchart LR", f'  w[("{escaped(impact.label)}")]']
    for rank, one in enumerate(impact.affected, 1):
        opening, closing = SHAPES[one.kind]
        lines.append(f'  n{rank}{opening}"{escaped(one.label)}"{closing}')
        said = f"{_level(one.before.level)} → {_level(one.after.level)}"
        lines.append(f'  w -->|"{escaped(said)}"| n{rank}')
        if one.levels_lost > 0:
            lines.append(f"  style n{rank} stroke-dasharray:5 5")
    return "\n".join(lines) + "\n"
