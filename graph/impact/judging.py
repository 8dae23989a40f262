"""What changes if a work is retracted, a number in it corrected, or a study falls.

Each claim, step and recommendation that the work reaches is judged twice, with it and without it:
certainty after GRADE, independent studies, lines. The list is ordered for a person who has to look
again: what loses most first. Nothing in the store is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.certainty import LEVELS, Judgement, certainty
from graph.errors import ClaimspineError
from graph.evidence import (
    EffectEstimate,
    Evidence,
    Iri,
    MechanismStep,
)
from graph.impact.consequences import affected_by, most_lost_first
from graph.impact.falling import as_current, uncurated, with_levels, without
from graph.impact.in_evidence import InEvidence
from graph.impact.in_store import InStore
from graph.impact.reach import Reach
from graph.impact.values import Affected, Impact
from graph.reading.nodes import natural
from graph.store import Store
from graph.tracing import Trace, trace_in, traces_in

__all__ = ["CHANGES", "impact", "what_if"]

CHANGES = ("retracted", "corrected")
LIMIT = 500  # judged before and after; of more, those that lose most


def impact(
    store: Store | Evidence,
    identifier: str,
    *,
    change: str = "retracted",
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
    return what_if(store, [identifier], change=change, limit=limit)


def what_if(
    store: Store | Evidence,
    falling: Sequence[str],
    *,
    change: str = "retracted",
    corrected: Mapping[Iri, EffectEstimate] | None = None,
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
    held = InEvidence(store) if isinstance(store, Evidence) else InStore(store)
    asked = tuple(held.resolve(one) for one in falling)
    roots = tuple(dict.fromkeys(same for one in asked for same in held.same_works(one)))
    new = dict(corrected or {})
    beside = held.siblings(list(new)) if new else set[Iri]()  # the findings of corrected papers
    reached = held.reach(roots, limit, beside - set(new) if new else None)
    known = set(reached.findings)
    _refuse_strangers(new, known)
    judged = list(reached.first)
    above = held.above(judged)
    evidence, steps = held.standing([*judged, *sorted(above)])
    fallen = known - beside
    affected = _judge(evidence, steps, [*judged, *sorted(above - set(judged))], reached, fallen, new)
    label, kind = _named(held, asked[0])
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
        not_judged=reached.direct - len(judged),
        base=held.base,
    )


def _refuse_strangers(corrected: Iterable[Iri], known: set[Iri]) -> None:
    strangers = sorted(set(corrected) - known)
    if strangers:
        raise ClaimspineError(
            "not-a-finding",
            f"{strangers[0]} is no finding of these works that a claim rests on",
            hint="their findings are " + ", ".join(sorted(known)[:10]) if known else None,
        )


def _named(held: InStore | InEvidence, root: Iri) -> tuple[str, str]:
    node = trace_in(held.named(root), root).node(root)
    if node.kind not in ("work", "study"):
        raise ClaimspineError(
            "not-a-source-of-evidence",
            f"{root} is neither a work nor a study, so nothing rests on it in this sense",
            hint="ask for the impact of a paper or a study; `claimspine trace` shows what a claim rests on",
        )
    return node.label, node.kind


def _judge(
    evidence: Evidence,
    steps: tuple[MechanismStep, ...],
    targets: list[Iri],
    reached: Reach,
    fallen: set[Iri],
    new: Mapping[Iri, EffectEstimate],
) -> list[Affected]:
    counted = as_current(evidence, reached)
    before: dict[Iri, tuple[Trace, Judgement]] = {
        iri: (found, certainty(found, iri))
        for iri, found in zip(targets, traces_in(counted, targets, steps=steps), strict=True)
    }
    ordered = _claims_first(targets, evidence)
    after: dict[Iri, tuple[Trace, Judgement]] = {}
    moved = without(counted, fallen, new)
    for depth in ordered:
        for iri, found in zip(depth, traces_in(moved, depth, steps=steps), strict=True):
            after[iri] = found, _moved(before[iri][1], certainty(uncurated(found, iri), iri))
        moved = with_levels(moved, {iri: after[iri][1] for iri in depth})
    return sorted(
        (affected_by(iri, before[iri], after, reached, fallen, new) for iri in targets), key=most_lost_first
    )


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


def _moved(before: Judgement, after: Judgement) -> Judgement:
    """A curated level moves as far as the computed one does; a person has to judge it again."""
    if not before.curated or before.level not in LEVELS:
        return after
    if after.computed is None or before.computed is None:
        return replace(after, level=None if after.computed is None else before.level)
    lost = LEVELS.index(before.computed) - LEVELS.index(after.computed)
    level = LEVELS[max(0, min(LEVELS.index(before.level) - lost, len(LEVELS) - 1))]
    return replace(after, level=level)
