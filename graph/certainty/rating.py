"""Certainty of the evidence behind a claim, after GRADE, with a reason for each step.

Randomised trials and other studies are rated apart and the better rated body counts (GRADE guidelines 3:
Balshem and others, Journal of Clinical Epidemiology 64, 2011). What lowers or raises a body stands in
``grading``. What is not recorded moves nothing and is listed as not judged; a curated level wins and is shown
as such, beside the computed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.certainty.bodies import Body, Item
from graph.certainty.grading import DOWN, SOURCES, UP, Open, Sound, Step
from graph.designs import design_label, in_group, included_designs, randomised, starting
from graph.evidence import CertaintyAdjustment, Finding, GraphClaim, Iri, Study
from graph.tracing import Trace

__all__ = ["LEVELS", "SOURCES", "Judgement", "Step", "certainty"]

LEVELS = ("very-low", "low", "moderate", "high")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The certainty of the evidence for one claim. ``level`` None: there is nothing to judge.

    ``curated``: ``level`` and ``curated_reasons`` are a person's; ``computed`` is what the steps give.
    ``not_serious``: domains that were judged and lower nothing. ``at_most``: something that was not
    judged could still lower ``computed``. ``left_out``: findings that do not count, since their paper is
    retracted.
    """

    claim: Iri
    level: str | None
    curated: bool
    computed: str | None
    start: str | None
    start_reason: str
    steps: tuple[Step, ...] = ()
    not_judged: tuple[str, ...] = ()
    curated_reasons: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    not_serious: tuple[str, ...] = ()
    at_most: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is this level, the person's reasons first where they decide."""
        if self.curated:
            return self.curated_reasons
        return (self.start_reason, *(step.reason for step in self.steps))

    @property
    def bounded(self) -> bool:
        """Whether ``level`` is no more than a bound from above."""
        return self.at_most and not self.curated

    @property
    def told(self) -> tuple[str, ...]:
        """The reasons, and what bounds them, for those who are given no more than the level and these."""
        more = [f"at most, since this was not judged: {'; '.join(self.not_judged)}"] if self.bounded else []
        return (*self.reasons, *more, *(f"does not count: {one}" for one in self.left_out))


def certainty(trace: Trace, claim: Iri) -> Judgement:
    """Judge one claim of a trace; a recommendation is as certain as the least certain of its claims."""
    value = trace.node(claim).value
    judged = _recommendation(trace, claim) if _rests_on(trace, claim) else _claim(trace, claim)
    if isinstance(value, GraphClaim) and value.certainty_level:
        return replace(
            judged, level=value.certainty_level, curated=True, curated_reasons=value.certainty_reasons
        )
    return judged


def _rests_on(trace: Trace, claim: Iri) -> list[Iri]:
    return [edge.target for edge in trace.below(claim) if edge.relation == "based-on"]


def _recommendation(trace: Trace, claim: Iri) -> Judgement:
    lowest: tuple[int, str, str] | None = None
    open_at: set[str] = set()  # levels of claims that could be lower still
    seen, queue = {claim}, _rests_on(trace, claim)
    while queue:
        part = queue.pop(0)
        if part in seen:
            continue
        seen.add(part)
        deeper = _rests_on(trace, part)
        queue += deeper
        value = trace.node(part).value
        level = value.certainty_level if isinstance(value, GraphClaim) else None
        if level is None and not deeper:
            judged = _claim(trace, part)
            level = judged.computed
            open_at |= {level} if level and judged.at_most else set()
        if level in LEVELS:
            found = (LEVELS.index(level), trace.node(part).label, level)
            lowest = found if lowest is None else min(lowest, found)
    if lowest is None:
        return Judgement(claim, None, False, None, None, "none of the claims it rests on could be judged")
    level = lowest[2]
    bound = "at most " if level in open_at else ""
    reason = (
        f"the least certain claim it rests on is of {bound}{level.replace('-', ' ')} certainty: {lowest[1]}"
    )
    return Judgement(claim, level, False, level, level, reason, at_most=level in open_at)


def _claim(trace: Trace, claim: Iri) -> Judgement:
    items = _items(trace, claim)
    supporting = [item for item in items if item.line.direction == "supports"]
    refuting = tuple(item for item in items if item.line.direction == "refutes")
    neutral = tuple(item for item in items if item.line.direction == "neutral")
    gone = [edge.target for edge in trace.below(claim) if edge.target in trace.withdrawn]
    left_out = tuple(f"retracted: {trace.node(iri).label}" for iri in gone)
    if not supporting:
        return Judgement(claim, None, False, None, None, "nothing is known to support it", left_out=left_out)
    value = trace.node(claim).value
    held = value if isinstance(value, GraphClaim) else None
    given = held.certainty_adjustments if held else ()
    direction = held.effect_direction if held else None
    known = {node.iri: node.value for node in trace.of_kind("study") if isinstance(node.value, Study)}
    tried: list[Item] = []
    others: list[Item] = []
    for item in supporting:
        (tried if _is_of_trials(item.study, known) else others).append(item)
    rated = [
        _rated(claim, Body(tuple(body), refuting, direction, neutral), known, given, _tainted(trace, body))
        for body in (tried, others)
        if body
    ]
    best = max(rated, key=lambda one: LEVELS.index(one.computed or LEVELS[0]))
    reason = best.start_reason
    if len(rated) > 1:
        which, apart = ("other studies", rated[1]) if best is rated[0] else ("trials", rated[0])
        level = (apart.computed or "").replace("-", " ")
        reason += f" (the support from {which}, rated apart, gives {level})"
    return replace(best, start_reason=reason, left_out=left_out)


def _rated(
    claim: Iri,
    body: Body,
    known: Mapping[Iri, Study],
    given: tuple[CertaintyAdjustment, ...],
    tainted: Sequence[Open],
) -> Judgement:
    """One body of evidence: where it starts, and what moves it."""
    start, why = _start(body.supporting, known)
    steps = [Step(one.domain, one.levels, one.rationale or "no reason given", True) for one in given]
    decided = {one.domain for one in given}  # where a person judged a domain, the program does not
    sound: list[str] = []
    unknown = [*tainted]
    for domain, judge in DOWN:
        if domain in decided:
            continue
        found = judge(body)
        if isinstance(found, Step):
            steps.append(found)
        elif isinstance(found, Sound):
            sound.append(found.reason)
        else:
            unknown.append(found)
    if start == "low" and not any(step.levels < 0 for step in steps):
        raised = (raise_(body) for domain, raise_ in UP if domain not in decided)
        steps += [step for step in raised if step is not None]
    index = LEVELS.index(start) + sum(step.levels for step in steps)
    level = LEVELS[max(0, min(index, len(LEVELS) - 1))]
    return Judgement(
        claim,
        level,
        False,
        level,
        start,
        why,
        tuple(steps),
        tuple(one.reason for one in unknown),
        not_serious=tuple(sound),
        at_most=level != LEVELS[0] and any(one.could_lower for one in unknown),
    )


def _tainted(trace: Trace, items: Sequence[Item]) -> list[Open]:
    """Syntheses that pool a study whose papers are retracted: what is left of them has to be worked out."""
    held = {False: set[Iri](), True: set[Iri]()}
    for node in trace.of_kind("finding"):
        if isinstance(node.value, Finding) and node.value.study:
            held[node.iri in trace.withdrawn].add(node.value.study)
    gone = held[True] - held[False]
    pooling = {item.study.iri: item.study for item in items if item.study and gone & set(item.study.includes)}
    found = []
    for iri, study in sorted(pooling.items()):
        inside = ", ".join(trace.node(one).label for one in study.includes if one in gone)
        left = "which is retracted; a person has to say what is left of it"
        found.append(Open(f"retraction: {trace.node(iri).label} pools {inside}, {left}"))
    return found


def _items(trace: Trace, claim: Iri) -> list[Item]:
    found = []
    withdrawn = trace.withdrawn
    for edge in trace.below(claim):
        finding = trace.node(edge.target).value
        if edge.line is None or not isinstance(finding, Finding) or edge.target in withdrawn:
            continue
        if finding.quote_role in ("background", "hypothesis"):
            continue  # said, not found
        study = trace.node(finding.study).value if finding.study else None
        found.append(Item(edge.line, finding, study if isinstance(study, Study) else None))
    return found


def _is_of_trials(study: Study | None, known: Mapping[Iri, Study]) -> bool:
    """A randomised trial, or a synthesis of nothing else."""
    if study is None or study.design is None:
        return False
    if study.design in in_group("synthesis"):
        inside = included_designs(study, known)
        return bool(inside) and inside <= randomised()
    return study.design in randomised()


def _start(items: Sequence[Item], known: Mapping[Iri, Study]) -> tuple[str, str]:
    designs = {item.study.design for item in items if item.study and item.study.design}
    if designs & randomised():
        return "high", "starts high: a randomised trial supports it"
    pooled = [item.study for item in items if item.study and item.study.design in in_group("synthesis")]
    inside = [held for study in pooled if (held := included_designs(study, known))]
    if any(one <= randomised() for one in inside):
        return "high", "starts high: the studies that the supporting syntheses include are randomised trials"
    if any(one & randomised() for one in inside):
        return (
            "low",
            "starts low: the supporting syntheses pool trials with other designs and do not part them",
        )
    if inside:
        return "low", "starts low: the studies that the supporting syntheses include are observational"
    if pooled and all(study.design == "clinical-guideline" for study in pooled):
        return "low", "starts low: guidelines support it, and the studies behind them are not recorded"
    if pooled:
        return "low", "starts low: what the supporting syntheses pool is not recorded as trials"
    low = designs & starting("low")
    if low & in_group("observational"):
        return "low", "starts low: the support is observational"
    if not designs:
        return "very-low", "starts very low: the designs behind it are not recorded"
    kinds = ", ".join(sorted(design_label(design) for design in designs))
    level = "low" if low else "very-low"
    return level, f"starts {level.replace('-', ' ')}: the support is {kinds}"
