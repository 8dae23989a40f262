"""N105: a relative change without what it is a change of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from claims import magnitude, quantities
from claims.findings import finding_in_words
from claims.findings.choosing import told_findings
from claims.model import Confidence, Diagnostic, LinkedClaim, LinkedFinding, Severity
from claims.pointing import path_to, source_of
from claims.rule import Facts, Rule, rule
from graph.contrasts import is_ratio
from graph.evidence import GroupValue
from graph.wording import number as as_number

_RISK = re.compile(
    r"\b(?:risks?|odds|chances?|likelihood|likely|rates?|incidence|mortality|deaths?|prevalence|cases"
    r"|probability"
    r"|hazard)\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\bper (?:100|1,?000|10,?000|100,?000|hundred|thousand)\b|\bpercentage points?\b|\bin every \d"
    r"|\bout of (?:every )?\d"
    r"|\b\d+ in \d|\bnumber needed to treat\b|\bNNT\b|\babsolute\b|\bfrom \d+(?:\.\d+)?\s?% to \d",
    re.IGNORECASE,
)


@rule(
    "N105",
    "relative-without-absolute",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    since="0.1.0",
    sources=(
        "Cochrane Handbook, chapter 15.4: absolute and relative effects (Schünemann et al. 2023)",
        "Akl et al. 2011, Using alternative statistical formats for presenting risks. "
        "Cochrane Database Syst Rev CD006776",
    ),
)
def check(rule: Rule, facts: Facts) -> Iterator[Diagnostic]:
    """A relative change of a risk is given without the absolute one."""
    for linked in facts.claims:
        text = linked.claim.sentence.text
        if (
            linked.claim.sentence.is_lead
            or not linked.works
            or not _RISK.search(text)
            or _gives_absolute(text)
        ):
            continue
        cues = [cue for cue in magnitude.words(text) if cue.kind in ("percent", "ratio")]
        if not cues or _neighbour_gives_it(linked, facts):
            continue
        told = told_findings(linked)
        if not told:
            continue
        for one in told:
            said = _absolute(one)
            if said is not None:
                break
        else:
            ratios = [each for each in told if _is_of_risk(each)]
            if not ratios:
                continue
            one = ratios[0]
            said = f"{finding_in_words(one.finding)}, with no shares on record: say how large the risk was"
        yield rule.diagnostic(
            f"“{cues[0].text}” is a relative change; in {source_of(one)} it was {said}",
            linked.claim.sentence.span_of(cues[0].start, cues[0].end),
            claim=linked.claim.id,
            evidence=path_to(one),
        )


def _is_of_risk(one: LinkedFinding) -> bool:
    """Whether a finding gives a relative change and no more."""
    effect = one.finding.effect
    return (
        effect is not None
        and effect.value is not None
        and (is_ratio(effect.measure) or effect.measure == "percent-reduction")
    )


def _gives_absolute(text: str) -> bool:
    if _ABSOLUTE.search(text):
        return True
    shares = {cue.start for cue in magnitude.words(text) if cue.kind == "percent"}
    plain_percents = [
        one for one in quantities.find(text) if one.role == "percent" and one.start not in shares
    ]
    return len(plain_percents) >= 2


def _neighbour_gives_it(linked: LinkedClaim, facts: Facts) -> bool:
    """Whether the rest of its sentence, the one before or the one after gives the absolute change."""
    sentences = facts.sentences
    start = linked.claim.span.start
    for index, sentence in enumerate(sentences):
        if sentence.span.start <= start < sentence.span.end and not sentence.is_lead:
            near = sentences[max(0, index - 1) : index + 2]
            return any(one.block == sentence.block and _gives_absolute(one.text) for one in near)
    return False


def _absolute(one: LinkedFinding) -> str | None:
    """The two groups' shares, their difference and the number needed to treat, in words."""
    if len(one.finding.groups) != 2:
        return None
    if len({group.label for group in one.finding.groups}) < 2:
        return None
    first, second = (_share(group) for group in one.finding.groups)
    if first is None or second is None or first == second:
        return None
    difference = abs(first - second)
    needed = (100 / difference).to_integral_value(rounding=ROUND_CEILING)
    labels = [group.label for group in one.finding.groups]
    points = as_number(_rounded(difference))
    return (
        f"{_percent(first)} ({labels[0]}) against {_percent(second)} ({labels[1]}): a difference of "
        f"{points} percentage {'point' if points == '1' else 'points'}, one in {as_number(needed)} people"
    )


def _share(group: GroupValue) -> Decimal | None:
    if group.value is None:
        return None
    if group.measure == "percent" or group.unit == "percent":
        return group.value
    if group.measure == "count" and group.size:
        return 100 * group.value / group.size
    return None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP).normalize() + 0


def _percent(value: Decimal) -> str:
    return f"{as_number(_rounded(value))} %"
