"""What becomes of one claim, step or recommendation when works fall: how it stood, how it stands, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph import wording
from graph.certainty import Judgement, certainty
from graph.contrasts import side_of
from graph.evidence import (
    EffectEstimate,
    Finding,
    Iri,
    Study,
)
from graph.impact.falling import OPPOSITE
from graph.impact.reach import Reach
from graph.impact.values import Affected, Standing
from graph.reading.nodes import natural
from graph.tracing import Trace
from graph.tracing.structure import independent_studies

__all__ = ["affected_by", "most_lost_first"]

_KINDS = {"recommendation": 0, "claim": 1, "step": 2}


def affected_by(
    iri: Iri,
    before: tuple[Trace, Judgement],
    after: Mapping[Iri, tuple[Trace, Judgement]],
    reached: Reach,
    fallen: set[Iri],
    new: Mapping[Iri, EffectEstimate],
) -> Affected:
    """How ``iri`` stood and how it stands once the works have fallen.

    ``before`` is its trace and judgement with them, ``after`` those without them of all that is affected;
    ``fallen`` the findings that are gone, ``new`` the estimates that replace others.
    """
    node = before[0].node(iri)
    was, now = _standing_of(*before), _standing_of(*after[iri])
    hanging = reached.targets.get(iri, {})
    lines = tuple(line for line in hanging if hanging[line] in fallen)
    moved = lines or any(finding in new for finding in hanging.values())
    reasons = list(_reasons(iri, before, after, reached, fallen, new))
    bare = [
        edge.target
        for edge in before[0].below(iri)
        if edge.relation == "based-on"
        and edge.target in after
        and _bare(after[edge.target][1], edge.target, before)
    ]
    if bare:
        now = replace(now, level=None, reasons=("a claim it rests on has no support left",))
    return Affected(
        iri=iri,
        kind=node.kind,
        label=node.label,
        before=was,
        after=now,
        lost=lines,
        weight=reached.weight(iri) if moved else 0,
        judge_again=before[1].curated,
        reasons=tuple(reasons),
    )


def _bare(after: Judgement, part: Iri, before: tuple[Trace, Judgement]) -> bool:
    return after.level is None and certainty(before[0], part).level is not None


def _reasons(
    iri: Iri,
    before: tuple[Trace, Judgement],
    after: Mapping[Iri, tuple[Trace, Judgement]],
    reached: Reach,
    fallen: set[Iri],
    new: Mapping[Iri, EffectEstimate],
) -> Iterator[str]:
    hanging = reached.targets.get(iri, {})
    lost = [line for line in hanging if hanging[line] in fallen]
    if lost:
        yield f"{len(lost)} of its lines hang{'s' if len(lost) == 1 else ''} on it"
    for line, finding in hanging.items():
        if finding in new:
            yield from _corrected(before[0], line, finding, new[finding])
    for synthesis in reached.through.get(iri, ()):
        yield f"{_label(before[0], synthesis)} includes a study of it, and has to be looked at again"
    for edge in before[0].edges:
        if edge.relation == "based-on" and edge.source == iri and edge.target in after:
            yield f"it rests on: {_label(before[0], edge.target)}"
        elif edge.relation == "step" and edge.target in after:
            bare = _bare(after[edge.target][1], edge.target, before)
            left = ", which has no support left" if bare else ""
            yield f"a step of its mechanism is touched: {_label(before[0], edge.target)}{left}"


def _corrected(trace: Trace, line: Iri, finding: Iri, effect: EffectEstimate) -> Iterator[str]:
    held = next((e.line for e in trace.edges if e.line is not None and e.line.iri == line), None)
    value = trace.node(finding).value
    old = value.effect if isinstance(value, Finding) else None
    was = "no number" if old is None else wording.estimate(old)
    yield f"a number behind it is corrected: {_label(trace, finding)}: {was} → {wording.estimate(effect)}"
    side, before = side_of(effect), None if old is None else side_of(old, by_value=True)
    if held is None:
        return
    if side == 0 and held.direction in OPPOSITE:
        yield "the new interval includes no effect: the line counts as neutral until it is judged again"
    elif side and before and side != before and held.direction in OPPOSITE:
        yield "the new number changes sides: the line counts for the opposite until it is judged again"
    elif side and held.direction not in OPPOSITE:
        yield "the new interval excludes no effect: the neutral line has to be judged again"


def _label(trace: Trace, iri: Iri) -> str:
    return next((node.label for node in trace.nodes if node.iri == iri), iri)


def _standing_of(trace: Trace, judged: Judgement) -> Standing:
    iri = judged.claim
    own, queue = {iri}, [iri]
    while queue:
        deeper = {e.target for e in trace.below(queue.pop()) if e.relation == "based-on"} - own
        own |= deeper
        queue += deeper
    gone = trace.withdrawn
    edges = [e for e in trace.edges if e.source in own and e.line is not None and e.target not in gone]
    carrying = {edge.target for edge in edges if edge.relation == "supports"}
    reached = {e.target for e in trace.edges if e.source in carrying and e.relation == "of-study"}
    studies = tuple(
        node.value for node in trace.of_kind("study") if node.iri in reached and isinstance(node.value, Study)
    )
    return Standing(
        level=judged.level,
        curated=judged.curated,
        computed=judged.computed,
        independent=len(independent_studies(studies)),
        supports=sum(edge.relation == "supports" for edge in edges),
        refutes=sum(edge.relation == "refutes" for edge in edges),
        neutral=sum(edge.relation == "neutral" for edge in edges),
        reasons=judged.reasons,
    )


def most_lost_first(one: Affected) -> tuple[object, ...]:
    """A key for sorting: certainty lost, then studies, then weight of lines, then kind and id."""
    return (
        -one.levels_lost,
        -one.independent_lost,
        -one.weight,
        _KINDS.get(one.kind, 3),
        natural(one.iri),
    )
