"""What an estimate says of "no effect": the null value of its measure, and where its interval lies to it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from graph.evidence import EffectEstimate
from graph.vocabulary import triples
from ontology.terms import Property, value

__all__ = ["includes_no_effect", "is_difference", "is_ratio", "null_value", "side_of"]

_SIGNIFICANT = Decimal("0.05")


@cache
def null_value(measure: str) -> Decimal | None:
    """The number at which a measure says "no effect"; None for measures of one group, which have none.

    >>> null_value("hazard-ratio"), null_value("mean-difference"), null_value("median")
    (Decimal('1.0'), Decimal('0.0'), None)
    """
    subject = value("measure", measure)
    for triple in triples("schemes.ttl"):
        named = isinstance(triple.subject, ox.NamedNode) and triple.subject.value == subject
        if named and triple.predicate.value == Property.NULL_VALUE and isinstance(triple.object, ox.Literal):
            return Decimal(triple.object.value)
    return None


def is_ratio(measure: str) -> bool:
    """Whether a measure compares by division: no effect is one.

    >>> is_ratio("odds-ratio"), is_ratio("percent-reduction"), is_ratio("mean")
    (True, False, False)
    """
    return null_value(measure) == 1


def is_difference(measure: str) -> bool:
    """Whether a measure compares by subtraction, in its own unit, in percent or in standard deviations.

    >>> is_difference("mean-difference"), is_difference("risk-ratio"), is_difference("mean")
    (True, False, False)
    """
    return null_value(measure) == 0


def includes_no_effect(effect: EffectEstimate) -> bool | None:
    """Whether the interval includes no effect; None without both ends, or for a measure of one group.

    Both ends belong to the interval: one that reaches 1.00 includes no effect, for a 95 % interval holds
    the values that a test at p < 0.05 does not reject (Cochrane Handbook, 15.3.1). Where it only touches
    no effect and the p value beside it is below 0.05, the touch comes of rounding: no effect is outside.

    >>> includes_no_effect(EffectEstimate("risk-ratio", Decimal("0.8"), Decimal("0.64"), Decimal("1.00")))
    True
    """
    null = null_value(effect.measure)
    if null is None or effect.low is None or effect.high is None:
        return None
    if null in (effect.low, effect.high) and effect.low != effect.high:
        return not _significant(effect)
    return effect.low <= null <= effect.high


def _significant(effect: EffectEstimate) -> bool:
    if effect.p_value is None or effect.p_bound == "greater-than" or effect.level not in (None, 95):
        return False
    return effect.p_value < _SIGNIFICANT or (effect.p_value == _SIGNIFICANT and effect.p_bound == "less-than")


def side_of(effect: EffectEstimate, *, by_value: bool = False) -> int | None:
    """Below no effect (-1), above it (1), or an interval that includes it (0). None: unknown.

    ``by_value``: without an interval the estimate itself says the side.

    >>> side_of(EffectEstimate("hazard-ratio", Decimal("0.72"), Decimal("0.60"), Decimal("0.85")))
    -1
    """
    null = null_value(effect.measure)
    if null is None:
        return None
    includes = includes_no_effect(effect)
    if includes:
        return 0
    if effect.low is not None and effect.high is not None:
        return 1 if effect.low >= null else -1
    if not by_value or effect.value is None:
        return None
    return (effect.value > null) - (effect.value < null)
