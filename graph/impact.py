"""What changes if a work is retracted, a number in it corrected, or a study falls.

Each claim, step and recommendation that the work reaches is judged twice, with it and without it:
certainty after GRADE, independent studies, lines. The list is ordered for a person who has to look
again: what loses most first. Nothing in the store is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph import reach, wording
from graph.certainty import LEVELS, Judgement, certainty
from graph.errors import ClaimspineError, UnknownIdentifier
from graph.evidence import (
    EffectEstimate,
    Evidence,
    EvidenceLine,
    Finding,
    GraphClaim,
    Iri,
    MechanismStep,
    Study,
)
from graph.identifiers import resolve
from graph.impact_rendering import Affected, Impact, Standing, document, render
from graph.jsonld import BASE
from graph.nodes import natural
from graph.store import Store
from graph.structure import independent_studies
from graph.tracing import Trace, trace_in, traces_in
from graph.vocabulary import null_value

__all__ = ["CHANGES", "Affected", "Impact", "Standing", "document", "impact", "render", "what_if"]

CHANGES = ("retracted", "corrected")
LIMIT = 500  # judged before and after; of more, those that lose most
_KINDS = {"recommendation": 0, "claim": 1, "step": 2}


def impact(
    store: Store | Evidence,
    identifier: str,
    *,
    change: str = "retracted",
    base: str = BASE,
    limit: int | None = LIMIT,
) -> Impact:
    """What changes if this work (or study) falls, most weight lost first.

    ``change``: ``retracted``: what it found no longer counts. ``corrected``: its numbers are in doubt,
    so what comes after is the worst case; give the new numbers to :func:`what_if` for the exact one.
    At most ``limit`` claims are judged before and after (None: all); the rest are counted.

    Raises:
        UnknownIdentifier: nothing, or more than one thing, has this id.
        ClaimspineError: ``not-a-source-of-evidence``: the id is of neither a work nor a study.
        ClaimspineError: ``unknown-change``.
    """
    return what_if(store, [identifier], change=change, base=base, limit=limit)


def what_if(
    store: Store | Evidence,
    falling: Sequence[str],
    *,
    change: str = "retracted",
    corrected: Mapping[Iri, EffectEstimate] | None = None,
    base: str = BASE,
    limit: int | None = LIMIT,
) -> Impact:
    """The same for several works and studies falling together.

    ``corrected``: finding → its new estimate. These findings are judged with the new numbers, and the
    other findings of the same papers stay as they are.

    Raises:
        ClaimspineError: as for :func:`impact`; ``not-a-finding``: a corrected finding is not of these works.
    """
    if change not in CHANGES:
        raise ClaimspineError("unknown-change", f"unknown change {change!r}", hint=" or ".join(CHANGES))
    if not falling:
        raise ClaimspineError("nothing-falls", "name at least one work or study")
    asked = tuple(_resolve(store, one, base) for one in falling)
    roots = asked
    if not isinstance(store, Evidence):
        roots = tuple(dict.fromkeys(same for one in asked for same in reach.same_works(store, one)))
    reached = (
        reach.reach_in(store, roots, limit)
        if isinstance(store, Evidence)
        else reach.reach_in_store(store, roots, limit)
    )
    new = dict(corrected or {})
    known = set(reached.findings)
    strangers = sorted(set(new) - known)
    if strangers:
        raise ClaimspineError(
            "not-a-finding",
            f"{strangers[0]} is no finding of these works that a claim rests on",
            hint="their findings are " + ", ".join(sorted(known)[:10]) if known else None,
        )
    judged = list(reached.first)
    beyond = reached.direct - len(judged)
    evidence, steps = _standing(store, [*judged, *sorted(_above(store, judged))])
    fallen = known - _of_corrected_papers(evidence, new)
    if new:  # what rests on other findings of the corrected papers alone is not touched
        moved = fallen.union(new)
        judged = [iri for iri in judged if not moved.isdisjoint(reached.targets.get(iri, {}).values())]
    above = _above(store, judged)
    affected = _judge(evidence, steps, [*judged, *sorted(above - set(judged))], reached, fallen, new)
    label, kind = _named(store, asked[0])
    return Impact(
        root=asked[0],
        label=label,
        kind=kind,
        change=change if not new else "corrected",
        exact=bool(new) or change == "retracted",
        also=tuple(iri for iri in roots if iri != asked[0]),
        findings=tuple(Iri(iri) for iri in sorted(known, key=natural)),
        lines=reached.lines,
        syntheses=reached.syntheses,
        affected=tuple(affected),
        not_judged=beyond,
    )


def _of_corrected_papers(evidence: Evidence, new: Mapping[Iri, EffectEstimate]) -> set[Iri]:
    """The corrected findings, and the others of their papers, which are corrected and not withdrawn."""
    papers = {evidence.findings[iri].work for iri in new if iri in evidence.findings} - {None}
    return set(new) | {iri for iri, finding in evidence.findings.items() if finding.work in papers}


def _resolve(store: Store | Evidence, identifier: str, base: str) -> Iri:
    if not isinstance(store, Evidence):
        try:
            return resolve(store, identifier, base=base)
        except UnknownIdentifier as exc:
            work = f"{base}work/{identifier.strip()}"
            if work in exc.candidates and exc.code == "ambiguous-identifier":
                return Iri(work)  # a paper and its study often share their last part
            raise
    for candidate in (identifier, base + identifier, f"{base}work/{identifier}", f"{base}study/{identifier}"):
        if candidate in store.works or candidate in store.studies:
            return Iri(candidate)
    raise ClaimspineError("unknown-identifier", f"no work and no study is called {identifier!r}")


def _named(store: Store | Evidence, root: Iri) -> tuple[str, str]:
    if isinstance(store, Evidence):
        traced = trace_in(store, root)
    else:
        traced = trace_in(reach.named_in_store(store, root), root)
    node = traced.node(root)
    if node.kind not in ("work", "study"):
        raise ClaimspineError(
            "not-a-source-of-evidence",
            f"{root} is neither a work nor a study, so nothing rests on it in this sense",
            hint="ask for the impact of a paper or a study; `claimspine trace` shows what a claim rests on",
        )
    return node.label, node.kind


def _above(store: Store | Evidence, targets: Iterable[Iri]) -> set[Iri]:
    if isinstance(store, Evidence):
        return reach.above_in(store, targets)
    return reach.above_in_store(store, targets)


def _standing(store: Store | Evidence, targets: Iterable[Iri]) -> tuple[Evidence, tuple[MechanismStep, ...]]:
    return (store, ()) if isinstance(store, Evidence) else reach.standing_in_store(store, targets)


def _judge(
    evidence: Evidence,
    steps: tuple[MechanismStep, ...],
    targets: list[Iri],
    reached: reach.Reach,
    fallen: set[Iri],
    new: Mapping[Iri, EffectEstimate],
) -> list[Affected]:
    counted = _counted(evidence, reached)
    without = _without(counted, fallen, new)
    before: dict[Iri, tuple[Trace, Judgement]] = {
        iri: (found, certainty(found, iri))
        for iri, found in zip(targets, traces_in(counted, targets, steps=steps), strict=True)
    }
    ordered = _claims_first(targets, evidence)
    after: dict[Iri, tuple[Trace, Judgement]] = {}
    moved = without
    for depth in ordered:
        for iri, found in zip(depth, traces_in(moved, depth, steps=steps), strict=True):
            after[iri] = found, _moved(before[iri][1], certainty(_uncurated(found, iri), iri))
        moved = _with_levels(moved, {iri: after[iri][1] for iri in depth})
    return sorted(
        (_affected(iri, before[iri], after, reached, fallen, new) for iri in targets), key=_most_lost_first
    )


def _counted(evidence: Evidence, reached: reach.Reach) -> Evidence:
    """As if the works were current: what falls must have stood before."""
    works = {
        iri: replace(work, standing=None)
        if work.standing == "retracted" and _of(reached, evidence, iri)
        else work
        for iri, work in evidence.works.items()
    }
    return replace(evidence, works=works)


def _of(reached: reach.Reach, evidence: Evidence, work: Iri) -> bool:
    return any(
        (finding := evidence.findings.get(iri)) is not None and finding.work == work
        for iri in reached.findings
    )


def _without(evidence: Evidence, fallen: set[Iri], new: Mapping[Iri, EffectEstimate]) -> Evidence:
    findings = {
        iri: replace(finding, effect=new[iri]) if iri in new else finding
        for iri, finding in evidence.findings.items()
    }
    lines = tuple(_turned(line, evidence, new) for line in evidence.lines if line.finding not in fallen)
    return replace(evidence, findings=findings, lines=lines)


def _turned(line: EvidenceLine, evidence: Evidence, new: Mapping[Iri, EffectEstimate]) -> EvidenceLine:
    """A line whose number is corrected, as it counts until a person has judged it again.

    What no longer excludes no effect carries nothing; what now lies on the other side, clear of no
    effect, speaks for the opposite.
    """
    finding = evidence.findings.get(line.finding)
    if line.finding not in new or finding is None or line.direction not in _OPPOSITE:
        return line
    match _side(new[line.finding]):
        case None:
            return line
        case 0:
            return replace(line, direction="neutral", strength=None)
        case side:
            was = _side(finding.effect, by_value=True) if finding.effect else None
            return replace(line, direction=_OPPOSITE[line.direction]) if was and was != side else line


_OPPOSITE = {"supports": "refutes", "refutes": "supports"}


def _side(effect: EffectEstimate, *, by_value: bool = False) -> int | None:
    """Below no effect (-1), above it (1), or an interval that includes it (0). None: unknown."""
    null = null_value(effect.measure)
    if null is None:
        return None
    if effect.low is not None and effect.high is not None:
        if effect.low <= null <= effect.high:
            return 0
        return 1 if effect.low > null else -1
    if not by_value or effect.value is None:
        return None
    return (effect.value > null) - (effect.value < null)


def _claims_first(targets: Sequence[Iri], evidence: Evidence) -> list[list[Iri]]:
    """The targets by how far above the lines they stand, so that each is judged after what it rests on."""
    depths: dict[Iri, int] = {}

    def depth(iri: Iri, path: frozenset[Iri]) -> int:
        if iri not in depths:
            claim = evidence.claims.get(iri)
            below = [part for part in (claim.based_on if claim else ()) if part not in path]
            depths[iri] = 1 + max((depth(part, path | {iri}) for part in below[:1000]), default=-1)
        return depths[iri]

    found: dict[int, list[Iri]] = {}
    for iri in targets:
        found.setdefault(depth(iri, frozenset()), []).append(iri)
    return [found[level] for level in sorted(found)]


def _uncurated(trace: Trace, claim: Iri) -> Trace:
    """The trace with the claim's own curated level put aside: it was given with the work in mind."""
    nodes = tuple(
        replace(node, value=replace(node.value, certainty_level=None, certainty_reasons=()))
        if node.iri == claim and isinstance(node.value, GraphClaim)
        else node
        for node in trace.nodes
    )
    return replace(trace, nodes=nodes)


def _moved(before: Judgement, after: Judgement) -> Judgement:
    """A curated level moves as far as the computed one does; a person has to judge it again."""
    if not before.curated or before.level not in LEVELS:
        return after
    if after.computed is None or before.computed is None:
        return replace(after, level=None if after.computed is None else before.level)
    lost = LEVELS.index(before.computed) - LEVELS.index(after.computed)
    level = LEVELS[max(0, min(LEVELS.index(before.level) - lost, len(LEVELS) - 1))]
    return replace(after, level=level)


def _with_levels(evidence: Evidence, judged: Mapping[Iri, Judgement]) -> Evidence:
    """Curated levels replaced by what is left of them, for what rests on these claims."""
    claims = dict(evidence.claims)
    for iri, judgement in judged.items():
        if iri in claims and claims[iri].certainty_level:
            claims[iri] = replace(claims[iri], certainty_level=judgement.level)
    return replace(evidence, claims=claims)


def _affected(
    iri: Iri,
    before: tuple[Trace, Judgement],
    after: Mapping[Iri, tuple[Trace, Judgement]],
    reached: reach.Reach,
    fallen: set[Iri],
    new: Mapping[Iri, EffectEstimate],
) -> Affected:
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
    reached: reach.Reach,
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
    side, before = _side(effect), None if old is None else _side(old, by_value=True)
    if held is None:
        return
    if side == 0 and held.direction in _OPPOSITE:
        yield "the new interval includes no effect: the line counts as neutral until it is judged again"
    elif side and before and side != before and held.direction in _OPPOSITE:
        yield "the new number changes sides: the line counts for the opposite until it is judged again"
    elif side and held.direction not in _OPPOSITE:
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


def _most_lost_first(one: Affected) -> tuple[object, ...]:
    return (
        -one.levels_lost,
        -one.independent_lost,
        -one.weight,
        _KINDS.get(one.kind, 3),
        natural(one.iri),
    )
