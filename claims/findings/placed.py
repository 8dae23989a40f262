"""The results that an abstract prints, in reading order, each with the words that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims import quantities
from claims.findings.accuracy import ACCURACY, as_percent
from claims.findings.contexts import contexts_of
from claims.findings.extracting import extract
from claims.magnitude import ratio_of
from graph.evidence import EffectEstimate

__all__ = ["PRINTED_IN_PERCENT", "Placed", "is_value", "results_of"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A result as an abstract prints it. ``kind``: ratio, percent, an accuracy, or difference and its unit.

    ``value`` as printed (accuracies in percent). ``own``: the words that stand with this number alone;
    ``around``: those of its whole sentence. ``sentence`` is where that begins in the abstract.
    """

    kind: str
    value: Decimal
    effect: EffectEstimate | None
    own: str
    around: str
    sentence: int


PRINTED_IN_PERCENT = "change in percent"  # "82 % effective": a ratio only where the source tells it so


_RATIOS = (
    "hazard-ratio",
    "risk-ratio",
    "rate-ratio",
    "odds-ratio",
    "ratio",
    "percent-reduction",
    "percent-change",
)


_DIFFERENCES = ("mean-difference", "median-difference")


def _kind(effect: EffectEstimate) -> str | None:
    if effect.measure in ACCURACY:
        return effect.measure
    if effect.measure in _RATIOS:
        return "ratio"
    if effect.measure in _DIFFERENCES:
        return f"difference {effect.unit or 'point'}"
    return None


@lru_cache(maxsize=512)
def results_of(abstract: str, title: str | None = None) -> tuple[Placed, ...]:
    """The results of an abstract with the words that each stands with, in reading order.

    >>> text = "Falls were fewer in women (RR 0.70) and in men (RR 0.90)."
    >>> [(str(one.value), one.own.strip(" ()")) for one in results_of(text)]
    [('0.70', 'Falls were fewer in women'), ('0.90', 'and in men')]
    """
    found: list[Placed] = []
    groups: dict[int, dict[Decimal, str]] = {}
    by_sentence: dict[tuple[int, int], list[tuple[int, int, str, Decimal, EffectEstimate | None]]] = {}
    for one in extract(abstract, title=title):
        if one.quote_role not in ("result", "synthesis"):
            continue
        at = by_sentence.setdefault((one.start, one.end), [])
        for group in one.groups:
            if group.measure == "percent" and group.value is not None:
                groups.setdefault(one.start, {})[group.value] = group.label
        if one.effect is None or one.effect.value is None or one.effect_start is None:
            continue
        kind = _kind(one.effect)
        if kind is not None and one.effect_end is not None:
            value = one.effect.value
            if kind in ACCURACY:
                value = as_percent(value, one.effect.unit)
            at.append(
                (one.effect_start - one.start, one.effect_end - one.start, kind, abs(value), one.effect)
            )
    for (start, end), at in sorted(by_sentence.items()):
        sentence = abstract[start:end]
        taken = [(low, high) for low, high, *_ in at]
        for quantity in quantities.find(sentence):
            share = quantity.role == "percent" and quantity.unit == "percent" and quantity.high is None
            if share and not any(low <= quantity.start < high for low, high in taken):
                at.append((quantity.start, quantity.end, "percent", abs(quantity.value), None))
        at.sort(key=lambda one: one[0])
        contexts = contexts_of(sentence, [(low, high) for low, high, *_ in at])
        for (_, _, kind, value, effect), own in zip(at, contexts, strict=True):
            named = groups.get(start, {}).get(value) if kind == "percent" else None
            found.append(Placed(kind, value, effect, named or own, sentence, start))
    return tuple(found)


def is_value(one: Placed, kind: str, value: Decimal, slack: Decimal) -> bool:
    """Whether a result is ``value`` of that kind within ``slack``, as printed or as a change."""
    if kind == PRINTED_IN_PERCENT:
        effect = one.effect
        in_percent = effect is not None and effect.measure.startswith("percent-")
        return one.kind == "ratio" and in_percent and abs(one.value - value) <= slack
    if one.kind != kind:
        return False
    if kind == "ratio" and one.effect is not None:
        ratio = ratio_of(one.effect)
        if ratio is None:
            return False
        changes = (abs(1 - ratio[0]) * 100, abs(1 - 1 / ratio[0]) * 100 if ratio[0] else Decimal(0))
        return any(abs(change - value) <= slack for change in changes)
    return abs(one.value - value) <= slack or (kind in ACCURACY and abs(100 - one.value - value) <= slack)
