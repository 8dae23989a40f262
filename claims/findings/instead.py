"""What a source has instead of a number that it does not give: its numbers of the same kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.expressions import expression
from claims.findings.agreeing import in_unit
from claims.findings.choosing import told_findings
from claims.findings.known import KnownNumber
from claims.joining import SET_AGAINST, THAN
from claims.magnitude import MagnitudeCue
from claims.model import LinkedClaim, LinkedFinding, Quantity
from graph.evidence import Finding

_PEOPLE = expression(
    r"\s(?:[a-z-]{2,20}\s){0,2}?(?:participants?|people|adults|patients|men|women|subjects|individuals|volunteers"
    r"|children|adolescents)\b",
    re.IGNORECASE,
)
_WHOLE_STUDY = expression(
    r"\b(?:trial|study|cohort|review|analysis|survey|sample|followed|enrolled|recruited|randomi[sz]ed|tracked"
    r"|included|involving|involved|on|total of|data (?:from|on))\s(?:of\s|in\s|on\s|with\s|about\s|nearly\s"
    r"|more than\s|over\s|almost\s|some\s|around\s|roughly\s)*$",
    re.IGNORECASE,
)
_PAIR_AFTER = expression(rf"\s?%?\s(?:\w+\s)?(?:to|{SET_AGAINST}|in the (?:control|placebo))\b")
_PAIR_BEFORE = expression(
    rf"\b(?:from|median of|mean of|average of|to|{SET_AGAINST})\s(?:an?\s|the\s)?"
    r"(?:median\s|mean\s|average\s)?(?:of\s)?(?:about\s)?$",
    re.IGNORECASE,
)
_RATIO_BEFORE = expression(
    r"\b(?:a?HR|a?RR|a?OR|hazard ratio|risk ratio|odds ratio|relative risk|rate ratio)s?\b[^\d]{0,12}$",
    re.IGNORECASE,
)


_GROUP_AFTER = expression(
    r"\s?%?\s(?:of|in|on|among|with|for)\s(?:(?:the|those|people|them|all|their|who)\s){0,2}(?:\w[\w-]*\s){0,4}?"
    r"(?:groups?|arms?|placebo|controls?|sham|list|care|treat(?:ment|ed)|runners|users|\w+ers|taking|took|given|"
    r"receiving|assigned|waiting)\b",
    re.IGNORECASE,
)
_DIFFERENCE_BEFORE = expression(
    r"\b(?:S?MD|WMD|(?:standardi[sz]ed |weighted )?mean differences?|effect sizes?"
    r"|Cohen['’]s d|Hedges['’]? g)\b"
    r"[^\d]{0,14}$"
)
_BY_BEFORE = expression(r"\bby\s(?:about\s|around\s|roughly\s|nearly\s|almost\s|an average of\s)?$")


@dataclass(frozen=True, slots=True)
class Instead:
    """The numbers of the same kind that a source gives (``against``), and the finding that they are of."""

    against: tuple[KnownNumber, ...]
    linked: LinkedFinding


def instead_of(
    quantity: Quantity,
    text: str,
    start: int,
    end: int,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    known: Sequence[KnownNumber],
) -> Instead | None:
    """What the source says instead, where it has a number of just this kind."""
    told = sorted(told_findings(linked), key=_without_interval)
    if not told:
        return None
    candidates = _candidates(quantity, text, start, end, cue, linked, known, told)
    if not candidates:
        return None
    of_finding = next(
        (one for one in told if any(number.finding == one.finding for number in candidates)), told[0]
    )
    return Instead(candidates, of_finding)


def _candidates(
    quantity: Quantity,
    text: str,
    start: int,
    end: int,
    cue: MagnitudeCue | None,
    linked: LinkedClaim,
    known: Sequence[KnownNumber],
    told: Sequence[LinkedFinding],
) -> tuple[KnownNumber, ...]:
    """The numbers of the findings told that answer what this one answers, by how it is printed."""
    own = {one.finding.iri for one in told}
    unit = quantity.unit
    left = text[max(0, start - 60) : start]

    def of(*kinds: str) -> tuple[KnownNumber, ...]:
        return tuple(
            number
            for number in known
            if number.kind in kinds and (number.finding is None or number.finding.iri in own)
        )

    def in_units(*kinds: str) -> tuple[KnownNumber, ...]:
        return tuple(
            number for number in of(*kinds) if unit and number.unit and in_unit(number, unit) is not None
        )

    if cue is not None:
        changes = of("change", "group-change") if unit == "percent" else ()
        return changes + tuple(number for number in of("effect") if number.unit == "percent")
    if quantity.role == "statistic" and _RATIO_BEFORE.search(left):
        return of("ratio")
    if unit is None and _DIFFERENCE_BEFORE.search(left):
        return tuple(number for number in of("effect") if number.unit is None)
    if quantity.role == "duration" and unit is not None and _BY_BEFORE.search(left):
        return in_units("effect", "difference")
    if quantity.role == "interval" and quantity.high is not None:
        return of("interval")
    if quantity.role == "dose" and unit is not None:
        return () if _of_the_others(quantity, linked, left, told) else in_units("dose")
    if quantity.role == "count" and _PEOPLE.match(text, end) and _WHOLE_STUDY.search(left):
        return tuple(number for number in known if number.kind == "size")
    if unit is None and quantity.role in ("other", "count") and _BY_BEFORE.search(left):
        return tuple(  # "by 0.9 attacks a month": whatever the source counts
            number
            for number in of("effect", "difference", "group")
            if number.unit is None and number.finding is not None and _plain(number.finding)
        )
    if unit == "percent":
        return _shares(quantity, text, end, left, linked, of)
    if unit is None:
        return ()
    if quantity.role != "other" and not (_PAIR_AFTER.match(text, end) or _PAIR_BEFORE.search(left)):
        return ()
    return tuple(
        number
        for number in of("group", *(("effect",) if quantity.role == "other" else ()), "difference")
        if (number.unit and in_unit(number, unit) is not None)
        or (unit == "point" and number.unit is None and _is_difference(number))
    )


def _shares(
    quantity: Quantity,
    text: str,
    end: int,
    left: str,
    linked: LinkedClaim,
    of: Callable[..., tuple[KnownNumber, ...]],
) -> tuple[KnownNumber, ...]:
    """The same, of a percentage: that of a group, or a part of something ("lose 25 % of your weight")."""
    if (
        _PAIR_AFTER.match(text, end)
        or _PAIR_BEFORE.search(left)
        or _GROUP_AFTER.match(text, end)
        or _beside_a_group(quantity, linked, of("group"))
    ):
        return tuple(number for number in of("group") if number.unit == "percent")
    if _PART_OF.match(text, end):
        return tuple(
            number
            for number in of("group", "effect", "difference")
            if number.unit in ("percent", "percentage_point")
        )
    return ()


_THAN = expression(rf"\b(?:{THAN})\s(?:[a-z]+\s){{0,2}}$", re.IGNORECASE)


def _of_the_others(quantity: Quantity, linked: LinkedClaim, left: str, told: Sequence[LinkedFinding]) -> bool:
    """Whether a dose is that of the comparison group ("250 mg did no more than 60 mg"), of which a curated
    record says nothing."""
    if not _THAN.search(left) or any(one.finding.comparator_dose for one in told):
        return False
    if any(one.finding.method == "automatic" for one in told):
        return False  # an abstract prints both
    return any(
        one.role == "dose" and one.span < quantity.span and one.unit == quantity.unit
        for one in linked.claim.quantities
    )


def _is_difference(number: KnownNumber) -> bool:
    """Whether it is a plain difference without a unit, as points of a scale are printed."""
    effect = number.finding.effect if number.finding is not None else None
    return number.kind == "effect" and effect is not None and effect.measure == "mean-difference"


_PART_OF = expression(
    r"\s+of\s+(?:your|their|his|her|its|the|initial|baseline|starting|body|total)\b", re.IGNORECASE
)


def _plain(finding: Finding) -> bool:
    """Whether a finding counts in no unit, and is no ratio."""
    effect = finding.effect
    return effect is None or effect.measure in ("mean-difference", "median-difference", "other")


def _beside_a_group(quantity: Quantity, linked: LinkedClaim, groups: Sequence[KnownNumber]) -> bool:
    """Whether another share in the sentence is that of one of the groups: then this is the other's."""
    others = {one.value for one in linked.claim.quantities if one.role == "percent" and one is not quantity}
    return any(number.unit == "percent" and number.value in others for number in groups)


def _without_interval(one: LinkedFinding) -> bool:
    """Of findings that fit alike, the one with an interval is told of first."""
    return one.finding.effect is None or one.finding.effect.low is None
