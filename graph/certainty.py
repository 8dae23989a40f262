"""Certainty of the evidence behind a claim, after GRADE, with a reason for each step.

Starting level and the eight reasons to move from it: Guyatt and others, GRADE guidelines 1 and 3
(Journal of Clinical Epidemiology 64, 2011), 4 risk of bias, 5 publication bias, 6 imprecision,
7 inconsistency, 8 indirectness, 9 rating up. What is not recorded moves nothing and is listed as
not judged; a curated level wins and is shown as such, beside the computed one.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.designs import in_group, included_designs, randomised, starting
from graph.evidence import EffectEstimate, EvidenceLine, Finding, GraphClaim, Iri, Study
from graph.nodes import last_part
from graph.structure import independent_studies
from graph.tracing import Trace

SOURCES = {
    "start": "GRADE guidelines 3: Balshem and others, J Clin Epidemiol 2011, 64: 401-406",
    "risk-of-bias": "GRADE guidelines 4: Guyatt and others, J Clin Epidemiol 2011, 64: 407-415",
    "publication-bias": "GRADE guidelines 5: Guyatt and others, J Clin Epidemiol 2011, 64: 1277-1282",
    "imprecision": "GRADE guidelines 6: Guyatt and others, J Clin Epidemiol 2011, 64: 1283-1293",
    "inconsistency": "GRADE guidelines 7: Guyatt and others, J Clin Epidemiol 2011, 64: 1294-1302",
    "indirectness": "GRADE guidelines 8: Guyatt and others, J Clin Epidemiol 2011, 64: 1303-1310",
    **dict.fromkeys(
        ("large-effect", "dose-response", "opposing-confounding"),
        "GRADE guidelines 9: Guyatt and others, J Clin Epidemiol 2011, 64: 1311-1316",
    ),
}
LEVELS = ("very-low", "low", "moderate", "high")
_RATIOS = frozenset({"hazard-ratio", "risk-ratio", "odds-ratio", "rate-ratio", "prevalence-ratio"})
_DIFFERENCES = frozenset({"mean-difference", "standardised-mean-difference", "risk-difference"})
_SMALL = 100  # people: small trials alone are where unpublished ones are looked for (GRADE guidelines 5)
_ENOUGH = 400  # people: the rule of thumb of GRADE guidelines 6 for an optimal information size


@dataclass(frozen=True, slots=True)
class Step:
    """One step down (negative) or up. ``domain`` is a last part of the scheme gradeDomain."""

    domain: str
    levels: int
    reason: str
    curated: bool = False

    @property
    def source(self) -> str:
        """The guideline paper that this step follows."""
        return SOURCES.get(self.domain, SOURCES["start"])


@dataclass(frozen=True, slots=True)
class Judgement:
    """The certainty of the evidence for one claim. ``level`` None: there is nothing to judge.

    ``curated``: ``level`` and ``curated_reasons`` are a person's; ``computed`` is what the steps give.
    ``left_out``: findings that do not count, since their paper is retracted.
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

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is this level, the person's reasons first where they decide."""
        if self.curated:
            return self.curated_reasons
        return (self.start_reason, *(step.reason for step in self.steps))


@dataclass(frozen=True, slots=True)
class _Item:
    line: EvidenceLine
    finding: Finding
    study: Study | None


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
        level = level or (None if deeper else _claim(trace, part).computed)
        if level in LEVELS:
            found = (LEVELS.index(level), trace.node(part).label, level)
            lowest = found if lowest is None else min(lowest, found)
    if lowest is None:
        return Judgement(claim, None, False, None, None, "none of the claims it rests on could be judged")
    reason = f"the least certain claim it rests on is of {lowest[2].replace('-', ' ')} certainty: {lowest[1]}"
    return Judgement(claim, lowest[2], False, lowest[2], lowest[2], reason)


def _claim(trace: Trace, claim: Iri) -> Judgement:
    items = _items(trace, claim)
    supporting = [item for item in items if item.line.direction == "supports"]
    refuting = [item for item in items if item.line.direction == "refutes"]
    gone = [edge.target for edge in trace.below(claim) if edge.target in trace.withdrawn]
    left_out = tuple(f"retracted: {trace.node(iri).label}" for iri in gone)
    if not supporting:
        return Judgement(claim, None, False, None, None, "nothing is known to support it", left_out=left_out)
    start, why = _start(supporting, trace)
    steps: list[Step] = []
    open_questions: list[str] = []
    value = trace.node(claim).value
    given = value.certainty_adjustments if isinstance(value, GraphClaim) else ()
    steps += [Step(one.domain, one.levels, one.rationale or "no reason given", True) for one in given]
    decided = {one.domain for one in given}  # where a person judged a domain, the program does not
    for domain, judge in _DOWN:
        found = None if domain in decided else judge(supporting, refuting)
        if isinstance(found, Step):
            steps.append(found)
        elif found:
            open_questions.append(found)
    if start == "low" and not any(step.levels < 0 for step in steps):
        for domain, raise_ in _UP:
            raised = None if domain in decided else raise_(supporting)
            if raised is not None:
                steps.append(raised)
    index = LEVELS.index(start) + sum(step.levels for step in steps)
    level = LEVELS[max(0, min(index, len(LEVELS) - 1))]
    return Judgement(
        claim, level, False, level, start, why, tuple(steps), tuple(open_questions), left_out=left_out
    )


def _items(trace: Trace, claim: Iri) -> list[_Item]:
    found = []
    withdrawn = trace.withdrawn
    for edge in trace.below(claim):
        finding = trace.node(edge.target).value
        if edge.line is None or not isinstance(finding, Finding) or edge.target in withdrawn:
            continue
        if finding.quote_role in ("background", "hypothesis"):
            continue  # said, not found
        study = trace.node(finding.study).value if finding.study else None
        found.append(_Item(edge.line, finding, study if isinstance(study, Study) else None))
    return found


def _start(items: list[_Item], trace: Trace) -> tuple[str, str]:
    designs = {item.study.design for item in items if item.study and item.study.design}
    if designs & randomised():
        return "high", "starts high: a randomised trial supports it"
    known = {node.iri: node.value for node in trace.of_kind("study") if isinstance(node.value, Study)}
    pooled = {
        item.study.iri: item.study
        for item in items
        if item.study and item.study.design in in_group("synthesis")
    }
    inside = [held for study in pooled.values() if (held := included_designs(study, known))]
    if any(one <= randomised() for one in inside):
        return "high", "starts high: the studies that the supporting syntheses include are randomised trials"
    if any(one & randomised() for one in inside):
        return (
            "low",
            "starts low: the supporting syntheses pool trials with other designs and do not part them",
        )
    if inside:
        return "low", "starts low: the studies that the supporting syntheses include are observational"
    if pooled:
        return "low", "starts low: what the supporting syntheses pool is not recorded as trials"
    low = designs & starting("low")
    if low & in_group("observational"):
        return "low", "starts low: the support is observational"
    if not designs:
        return "very-low", "starts very low: the designs behind it are not recorded"
    kinds = ", ".join(sorted(design.replace("-", " ") for design in designs))
    level = "low" if low else "very-low"
    return level, f"starts {level.replace('-', ' ')}: the support is {kinds}"


def _bias(supporting: list[_Item], refuting: list[_Item]) -> Step | str | None:
    studies = {item.study.iri: item.study for item in supporting if item.study}
    known = [study.risk_of_bias for study in studies.values() if study.risk_of_bias]
    if not known:
        return "risk of bias: not recorded"
    high = known.count("high")
    if 2 * high >= len(studies):
        return Step(
            "risk-of-bias", -1, f"risk of bias is high in {high} of {len(studies)} supporting studies"
        )
    return None


def _inconsistency(supporting: list[_Item], refuting: list[_Item]) -> Step | str | None:
    def groups(items: list[_Item]) -> int:
        return len(independent_studies(tuple({i.study.iri: i.study for i in items if i.study}.values())))

    credible = [item for item in refuting if item.line.strength in ("strong", "moderate")]
    if not credible:
        return None
    against, carried = groups(credible), groups(supporting)
    levels = -2 if against >= max(1, carried) and carried > 0 else -1
    said = f"{against} independent studies speak against it, {carried} for it"
    return Step("inconsistency", levels, said)


def _indirectness(supporting: list[_Item], refuting: list[_Item]) -> Step | str | None:
    species = {last_part(iri) for item in supporting if item.study for iri in item.study.species}
    if species and "human" not in species:
        return Step("indirectness", -2, "the support comes from other species: " + ", ".join(sorted(species)))
    directness = [item.line.directness for item in supporting]
    if "direct" in directness:
        return None
    if "indirect" in directness:
        return Step("indirectness", -1, "no supporting line bears on it directly")
    return "indirectness: not recorded"


def _imprecision(supporting: list[_Item], refuting: list[_Item]) -> Step | str | None:
    crossing, clear = [], 0
    for item in supporting:
        effect = item.finding.effect
        if effect is None or effect.low is None or effect.high is None:
            continue
        null = (
            Decimal(1)
            if effect.measure in _RATIOS
            else Decimal(0)
            if effect.measure in _DIFFERENCES
            else None
        )
        if null is None:
            continue
        if effect.low <= null <= effect.high:
            crossing.append(item)
        else:
            clear += 1
    if crossing and not clear:
        return Step("imprecision", -1, "the intervals behind it include no effect")
    studies = {item.study.iri: item.study for item in supporting if item.study}
    sizes = [study.sample_size for study in studies.values() if study.sample_size is not None]
    if not sizes:
        return "imprecision: no interval and no sample size recorded" if not clear else None
    if len(sizes) == len(studies) and sum(sizes) < _ENOUGH:
        return Step("imprecision", -1, f"{sum(sizes)} people in all, fewer than {_ENOUGH}")
    return None


def _publication(supporting: list[_Item], refuting: list[_Item]) -> Step | str | None:
    """Never a step of its own: a funnel of published studies says nothing of those that were not."""
    studies = {item.study.iri: item.study for item in supporting if item.study}
    sizes = [study.sample_size for study in studies.values()]
    if len(sizes) >= 3 and all(size is not None and size < _SMALL for size in sizes):
        return (
            f"publication bias: not assessed; all {len(sizes)} supporting studies have fewer than {_SMALL}"
            " people, a pattern in which GRADE asks to look for unpublished ones"
        )
    return "publication bias: not assessed"


def _dose_response(supporting: list[_Item]) -> Step | None:
    """Rating up: within one study, three or more rising doses, each with more of the effect than the last."""
    series: dict[tuple[object, ...], dict[Decimal, EffectEstimate]] = {}
    for item in supporting:
        effect = item.finding.effect
        doses = [dose for dose in item.finding.dose if dose.role == "category"]
        if item.study is None or effect is None or effect.measure not in _RATIOS or len(doses) != 1:
            continue
        middle = doses[0].low if doses[0].low is not None else doses[0].high
        if middle is None or effect.value is None:
            continue
        key = (item.study.iri, item.finding.outcome, effect.measure, doses[0].unit)
        series.setdefault(key, {})[middle] = effect
    for (study, _, _, unit), found in sorted(series.items(), key=str):
        ordered = [found[dose] for dose in sorted(found)]
        values = [one.value for one in ordered if one.value is not None]
        last = ordered[-1]
        rising = all(a < b for a, b in itertools.pairwise(values)) and values[0] >= 1
        falling = all(a > b for a, b in itertools.pairwise(values)) and values[0] <= 1
        if len(values) < 3 or not (rising or falling) or last.low is None or last.high is None:
            continue
        if not last.low <= 1 <= last.high:
            said = ", ".join(str(value) for value in values)
            return Step(
                "dose-response",
                1,
                f"more of it goes with more of the effect in {last_part(str(study))}:"
                f" {said} over rising doses in {unit}",
            )
    return None


def _large_effect(supporting: list[_Item]) -> Step | None:
    """Rating up: a risk at least doubled or halved, with an interval that excludes no effect."""
    best = Decimal(1)
    for item in supporting:
        effect = item.finding.effect
        if (
            effect is None
            or effect.measure not in _RATIOS - {"odds-ratio"}
            or item.line.directness != "direct"
        ):
            continue
        if effect.value is None or effect.low is None or effect.high is None or effect.low <= 0:
            continue
        if effect.low <= 1 <= effect.high or effect.value <= 0:
            continue
        best = max(best, effect.value, 1 / effect.value)
    if best >= 5:
        return Step("large-effect", 2, "the effect is very large: a risk changed at least fivefold")
    if best >= 2:
        return Step("large-effect", 1, "the effect is large: a risk at least doubled or halved")
    return None


_DOWN = (
    ("risk-of-bias", _bias),
    ("inconsistency", _inconsistency),
    ("indirectness", _indirectness),
    ("imprecision", _imprecision),
    ("publication-bias", _publication),
)
_UP = (("large-effect", _large_effect), ("dose-response", _dose_response))
